"""The register of tasks: the same filters as its page, and how a deadline is counted."""

import datetime as dt
from typing import Any, Literal

from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _
from ninja import Query, Router, Schema
from pydantic import Field

from diemcau.api.errors import Refused
from diemcau.api.fields import Anchor, Id, IdField, Text, Words, anchor_of, answers
from diemcau.api.paging import Cut, Key, Page, cut
from diemcau.delivery import queries
from diemcau.delivery.actions import choose_due_rule
from diemcau.delivery.deadlines import DueRule
from diemcau.delivery.models import AssignmentRole, Task
from diemcau.delivery.queries import TaskFilter
from diemcau.delivery.states import NEAR_DAYS, Standing

router = Router(tags=["tasks"])

_SAID = Key("said_on", descending=True, nullable=True)
SORTS = {
    "due": (
        Key("due_to", nullable=True),
        Key("said_on", descending=True, nullable=True),
        Key("pk"),
    ),
    "said": (Key("said_on", descending=True, nullable=True), Key("pk")),
    "issuer": (Key("issuer"), Key("pk")),
    "action": (Key("action"), Key("pk")),
}


class AssignmentOut(Schema):
    """Who was asked, as written, and which body of the directory that is."""

    as_written: str
    role: AssignmentRole
    body: str | None
    is_collective: bool


class TaskOut(Schema):
    """One task, with its state on the day asked about."""

    id: int
    title: str
    action: str
    issuer: str
    said_on: dt.date | None
    deadline: str = Field(description="As read: 2025-06-30, 2025-H2, 2025; empty if none is given.")
    due_from: dt.date | None
    due_to: dt.date | None = Field(description="Late only after this day.")
    due_rule: DueRule | None
    state: Standing
    has_lead: bool = Field(description="One body leads, not a collective.")
    times_said: int
    assignments: list[AssignmentOut]
    document: int
    source: Anchor | None = Field(description="Its sentence; none if a person typed it.")


class Counts(Schema):
    """How many tasks stand; the nine standings add up to all."""

    on: dt.date
    all: int
    late: int
    near: int
    in_time: int
    none: int
    done_on_time: int
    done_late: int
    done: int
    suspended: int
    refused: int
    no_lead: int
    again: int
    matters: int


class RuleIn(Schema):
    """Which periods a deadline means."""

    rule: DueRule


class _Asked(Schema):
    state: Standing | None = None
    issuer: Text = ""
    assignee: Text = ""
    document: IdField | None = None
    again: bool = Field(False, description="Only what was said more than once.")
    no_lead: bool = Field(False, description="Only what no single body leads.")
    words: Words = ""
    on: dt.date | None = Field(None, description="The day states are told for; today without it.")
    sort: Literal["due", "said", "issuer", "action"] = "due"


class _On(Schema):
    on: dt.date | None = Field(None, description="Today without it.")


def tasks_for(request: HttpRequest, on: dt.date | None) -> QuerySet[Task]:
    """The tasks the person may see, with what an answer tells of them."""
    return (
        queries.list_tasks(request.auth, on=_day(on))
        .select_related("document", "statement__document")
        .prefetch_related(queries.standing_assignments())
    )


@router.get("/tasks", response=answers(Page[TaskOut]), summary=_("List the register of tasks"))
def tasks(request: HttpRequest, asked: Query[_Asked], page: Cut) -> Any:
    narrowed = TaskFilter(
        standings=(asked.state,) if asked.state else (),
        issuer=asked.issuer,
        assignee=asked.assignee,
        document=asked.document,
        again=asked.again,
        no_lead=asked.no_lead,
        words=asked.words,
    )
    rows = queries.filter_tasks(
        tasks_for(request, asked.on), narrowed, by=request.auth, on=_day(asked.on)
    )
    found = cut(rows, SORTS[asked.sort], page)
    found["items"] = [_told(row) for row in found["items"]]
    return found


@router.get("/tasks/counts", response=answers(Counts), summary=_("Count the tasks by state"))
def counts(request: HttpRequest, asked: Query[_On]) -> Any:
    on = _day(asked.on)
    return {"on": on, **queries.count_tasks(request.auth, on=on)}


@router.get("/tasks/{int:pk}", response=answers(TaskOut), summary=_("One task"))
def task(request: HttpRequest, pk: Id, asked: Query[_On]) -> Any:
    return _told(get_object_or_404(tasks_for(request, asked.on), pk=pk))


@router.post(
    "/tasks/{int:pk}/due-rule",
    response=answers(TaskOut, writes=True),
    summary=_("Say whether a deadline counts calendar or administrative periods"),
)
def due_rule(request: HttpRequest, pk: Id, said: RuleIn) -> Any:
    row = get_object_or_404(tasks_for(request, None), pk=pk)
    if row.due_to is None:
        raise Refused("path.pk", pk, say("a task with a deadline"))
    choose_due_rule(request.auth, task=row, rule=said.rule)
    return _told(get_object_or_404(tasks_for(request, None), pk=pk))


def _day(on: dt.date | None) -> dt.date:
    # "Near" looks some days ahead, and days end with the year 9999.
    return min(on or timezone.localdate(), dt.date.max - dt.timedelta(days=NEAR_DAYS))


_SAME = ("title", "action", "issuer", "said_on", "deadline", "due_from", "due_to", "has_lead")


def _told(row: Any) -> dict[str, Any]:
    return {
        "id": row.pk,
        **{name: getattr(row, name) for name in _SAME},
        "due_rule": row.due_rule or None,
        "state": row.standing,
        "times_said": row.n_said or 1,
        "assignments": [
            {
                "as_written": one.as_written,
                "role": one.role,
                "body": one.body_ref or None,
                "is_collective": one.is_collective,
            }
            for one in row.assignments.all()
        ],
        "document": row.document_id,
        "source": anchor_of(row.statement) if row.statement else None,
    }
