"""Who was asked to do a task: giving it, answering, expanding many into bodies, each one's part."""

import datetime as dt
from typing import Annotated, Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from ninja import Router, Schema, Status
from pydantic import Field

from diemcau.api.fields import Id, Text, answers
from diemcau.api.following.evidence import EvidenceShown, shown_in
from diemcau.api.following.rows import Versioned, listed, of_task, same, task_of
from diemcau.api.paging import Cut, Page
from diemcau.delivery import actions
from diemcau.delivery.actions.assigning import EarlierLead
from diemcau.delivery.actions.expanding import Group
from diemcau.delivery.models import Answer, Assignment, AssignmentRole, Completion

router = Router(tags=["assignments"])

_Name = Annotated[Text, Field(description="Ref or name of one body that stands today.")]


class GivenOut(Schema):
    """Who was asked, what they answered, and whether their part is there."""

    id: int
    task: int
    role: AssignmentRole
    as_written: str
    body: str | None
    is_collective: bool
    completion: Completion | None
    expanded_from: int | None
    answer: Answer
    delivered_at: dt.datetime | None
    ended_at: dt.datetime | None
    ended_because: str


class Members(Schema):
    """The bodies a collective was said to mean."""

    items: list[GivenOut]


class GiveIn(Versioned):
    """A body, and how it takes part in the task."""

    body: _Name
    role: AssignmentRole
    earlier_lead: EarlierLead | None = Field(
        None, description="What becomes of whoever leads now, when the lead is given to another."
    )


class AnswerIn(Versioned):
    """What a body says to its assignment; returning and refusing ask for a reason."""

    answer: Answer
    reason: Text = ""


class ReasonIn(Versioned):
    """Why, in words; the version is the task's."""

    reason: Text


class ExpansionIn(Versioned):
    """Which bodies a collective means."""

    groups: list[Group] = Field([], max_length=10)
    bodies: list[_Name] = Field([], max_length=300)
    completion: Completion
    on: dt.date | None = Field(None, description="As the bodies stood this day; today without it.")


class DeliveredIn(Versioned):
    """One body's part is there."""

    shown: EvidenceShown | None = Field(
        None, description="Evidence that comes with it; without it the body has shown some before."
    )


@router.get(
    "/tasks/{int:pk}/assignments",
    response=answers(Page[GivenOut]),
    summary=_("Who was asked to do a task, those who no longer are with them"),
)
def task_assignments(request: HttpRequest, pk: Id, page: Cut) -> Any:
    return listed(request, pk, page, Assignment.objects.all(), _given)


@router.post(
    "/tasks/{int:pk}/assignments",
    response=answers(GivenOut, status=201, writes=True),
    summary=_("Give a task to a body, in a role"),
)
def task_give(request: HttpRequest, pk: Id, said: GiveIn) -> Any:
    task_of(request, pk)
    made = actions.assign_body(
        request.auth,
        task=pk,
        body=said.body,
        role=said.role,
        earlier_lead=said.earlier_lead,
        seen=said.version,
    )
    return Status(201, _one(request, made.pk))


@router.post(
    "/assignments/{int:pk}/answer",
    response=answers(GivenOut, writes=True),
    summary=_("Accept, return or refuse an assignment; the version is the task's"),
)
def assignment_answer(request: HttpRequest, pk: Id, said: AnswerIn) -> Any:
    _one(request, pk)
    actions.answer_assignment(
        request.auth, assignment=pk, answer=said.answer, reason=said.reason, seen=said.version
    )
    return _one(request, pk)


@router.post(
    "/assignments/{int:pk}/end",
    response=answers(GivenOut, writes=True),
    summary=_("Take a task from a body; the version is the task's"),
)
def assignment_end(request: HttpRequest, pk: Id, said: ReasonIn) -> Any:
    _one(request, pk)
    actions.end_assignment(request.auth, assignment=pk, reason=said.reason, seen=said.version)
    return _one(request, pk)


@router.post(
    "/assignments/{int:pk}/members",
    response=answers(Members, status=201, writes=True),
    summary=_("Say which bodies a collective means; the version is the task's"),
)
def assignment_expand(request: HttpRequest, pk: Id, said: ExpansionIn) -> Any:
    _one(request, pk)
    values = said.dict(exclude={"version"})
    made = actions.expand_collective(request.auth, assignment=pk, **values, seen=said.version)
    rows = Assignment.objects.filter(pk__in=[one.pk for one in made]).order_by("pk")
    return Status(201, {"items": [_given(row) for row in rows]})


@router.post(
    "/assignments/{int:pk}/members/undo",
    response=answers(GivenOut, writes=True),
    summary=_("Take back which bodies a collective means; the version is the task's"),
)
def assignment_unexpand(request: HttpRequest, pk: Id, said: Versioned) -> Any:
    _one(request, pk)
    actions.undo_expansion(request.auth, assignment=pk, seen=said.version)
    return _one(request, pk)


@router.post(
    "/assignments/{int:pk}/delivery",
    response=answers(GivenOut, writes=True),
    summary=_("Say that one body's part is there; the version is the task's"),
)
def assignment_deliver(request: HttpRequest, pk: Id, said: DeliveredIn) -> Any:
    _one(request, pk)
    shown = shown_in(request, said.shown, "body.shown") if said.shown else None
    actions.deliver_part(request.auth, assignment=pk, shown=shown, seen=said.version)
    return _one(request, pk)


@router.post(
    "/assignments/{int:pk}/delivery/return",
    response=answers(GivenOut, writes=True),
    summary=_("Return one body's part; the version is the task's"),
)
def assignment_return(request: HttpRequest, pk: Id, said: ReasonIn) -> Any:
    _one(request, pk)
    actions.return_part(request.auth, assignment=pk, reason=said.reason, seen=said.version)
    return _one(request, pk)


def _one(request: HttpRequest, pk: int) -> dict[str, Any]:
    return _given(of_task(request, Assignment.objects.all(), pk))


def _given(row: Assignment) -> dict[str, Any]:
    names = (
        *("role", "as_written", "is_collective", "answer"),
        *("delivered_at", "ended_at", "ended_because"),
    )
    return {
        **same(row, names),
        "task": row.task_id,
        "body": row.body_ref or None,
        "completion": row.completion or None,
        "expanded_from": row.expanded_from_id,
    }
