"""What is put under a task: parts it is split into, and what a body passes on to one below."""

from typing import Annotated, Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from ninja import Router, Schema, Status
from pydantic import Field

from diemcau.api.fields import Id, Text, answers
from diemcau.api.following.rows import Versioned, of_task, task_of
from diemcau.api.tasks import TaskOut, one_task
from diemcau.delivery import actions
from diemcau.delivery.actions.parts import Part
from diemcau.delivery.models import Assignment

router = Router(tags=["assignments"])

_Deadline = Annotated[
    str,
    Field(
        max_length=30,
        pattern=r"^[^\x00]*$",
        description="2031-06-30, 2031-H1, 2031; not after the task's, which it is if empty.",
    ),
]


class PartIn(Schema):
    """One part of a task."""

    title: Text
    body: Text = Field("", description="Ref or name; empty, whoever leads the whole.")
    deadline: _Deadline = ""
    product: Text = ""


class PartsIn(Versioned):
    """The parts of a task, which must all be done before the whole can be."""

    parts: list[PartIn] = Field(min_length=1, max_length=50)


class PassIn(Versioned):
    """What a body gives on to one below it; the version is the task's."""

    to: Text = Field(description="Ref or name of a body under the one that passes it on.")
    title: Text = Field("", description="What is asked of it, if less than the whole.")
    deadline: _Deadline = ""
    product: Text = ""


class Tasks(Schema):
    """Some tasks, in the order they were asked for."""

    items: list[TaskOut]


@router.post(
    "/tasks/{int:pk}/parts",
    response=answers(Tasks, status=201, writes=True),
    summary=_("Split a task into parts"),
)
def task_split(request: HttpRequest, pk: Id, said: PartsIn) -> Any:
    task_of(request, pk)
    parts = [Part(**one.dict()) for one in said.parts]
    made = actions.split_task(request.auth, task=pk, parts=parts, seen=said.version)
    return Status(201, {"items": [one_task(request, one.pk) for one in made]})


@router.post(
    "/assignments/{int:pk}/pass-on",
    response=answers(TaskOut, status=201, writes=True),
    summary=_("Pass a task on to a body below; the version is the task's"),
)
def assignment_pass_on(request: HttpRequest, pk: Id, said: PassIn) -> Any:
    of_task(request, Assignment.objects.all(), pk)
    values = said.dict(exclude={"version"})
    made = actions.pass_on(request.auth, assignment=pk, **values, seen=said.version)
    return Status(201, one_task(request, made.pk))
