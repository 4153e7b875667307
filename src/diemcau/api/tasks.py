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
from diemcau.delivery.deadlines import DueRule, read_deadline
from diemcau.delivery.models import (
    Agreement,
    AssignmentRole,
    DecidingLevel,
    Nature,
    PromiseForm,
    Side,
    Task,
)
from diemcau.delivery.queries import TaskFilter
from diemcau.delivery.states import NEAR_DAYS, Standing, Status
from diemcau.documents.rules import seen
from diemcau.engagements.models import Event

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


class CommitmentOut(Schema):
    """The promise a task keeps."""

    form: PromiseForm
    content: str
    n_texts: int | None = Field(description="How many texts it stands for; null for one promise.")
    timeline: str
    agreement: int | None = Field(description="Null too where the person may not see it.")
    event: int | None = Field(description="Where it was made; null too where it is not seen.")


class TaskOut(Schema):
    """One task, with its state on the day asked about."""

    id: int
    version: int = Field(description="Send it with a change; another one since is answered 409.")
    nature: Nature
    programme: str
    code: str = Field(description="The number another register knows it by.")
    lead: str | None = Field(description="Ref of the one body that leads; “?” if it is unknown.")
    product: str
    place: str = Field(description="Where in its document a typed or imported task stands.")
    parent: int | None
    directive: int | None
    status: Status = Field(description="Where the work stood on the day.")
    delivered_on: dt.date | None
    last_word_at: dt.datetime | None = Field(description="When somebody last said how it goes.")
    commitment: CommitmentOut | None
    title: str
    action: str
    issuer: str
    said_on: dt.date | None
    deadline: str = Field(description="As read: 2025-06-30, 2025-H2, 2025; empty if none is given.")
    due_from: dt.date | None
    due_to: dt.date | None = Field(description="Late only after this day.")
    due_rule: DueRule | None
    state: Standing = Field(description="Its standing on the day, one of nine.")
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
    status: Status | None = None
    nature: Nature | None = None
    body: Text = Field("", description="Ref: given to it, to what is under it or it took over.")
    alone: bool = Field(False, description="Of that body, not of those under or before it.")
    leads: bool = Field(False, description="Of that body, only what it leads.")
    issuer: Text = ""
    assignee: Text = Field("", description="As written.")
    programme: Text = ""
    document: IdField | None = None
    instrument: IdField | None = None
    directive: IdField | None = None
    partner: Text = Field("", description="Ref of a party of its commitment.")
    said: Text = Field("", description="Said in this period: 2025, 2025-H1, 2025-07-22.")
    due: Text = Field("", description="Last day in this period.")
    rule: DueRule = Field(DueRule.CALENDAR, description="How these periods are counted.")
    again: bool = Field(False, description="Only what was said more than once.")
    no_lead: bool = Field(False, description="Only what no single body leads.")
    no_deadline: bool = False
    silent: int | None = Field(None, ge=0, le=36500, description="Days without a word, or more.")
    obstacle: bool = Field(False, description="Only with an open obstacle.")
    side: Side | None = Field(None, description="On whose side an open obstacle lies.")
    level: DecidingLevel | None = Field(None, description="Who can decide on it.")
    slip_waiting: bool = Field(False, description="Only with another deadline asked for.")
    mine: bool = Field(False, description="Only of bodies the person acts for.")
    to_report: bool = Field(False, description="Only what the person has to report on.")
    to_confirm: bool = Field(False, description="Only what the person has to judge.")
    to_answer: bool = Field(False, description="Only what the person's bodies have not answered.")
    words: Words = ""
    on: dt.date | None = Field(None, description="The day states are told for; today without it.")
    sort: Literal["due", "said", "issuer", "action"] = "due"


class _On(Schema):
    on: dt.date | None = Field(None, description="Today without it.")


def tasks_for(request: HttpRequest, on: dt.date | None) -> QuerySet[Task]:
    """The tasks the person may see, with what an answer tells of them."""
    return (
        queries.list_tasks(request.auth, on=_day(on))
        .select_related("document", "statement__document", "commitment")
        .prefetch_related(queries.standing_assignments())
    )


@router.get("/tasks", response=answers(Page[TaskOut]), summary=_("List the register of tasks"))
def tasks(request: HttpRequest, asked: Query[_Asked], page: Cut) -> Any:
    for name in ("said", "due"):
        period = getattr(asked, name)
        if period and read_deadline(period, rule=asked.rule) is None:
            raise Refused(f"query.{name}", period, say("a period as 2025, 2025-H1, 2025-07-22"))
    values = asked.dict(exclude={"state", "on", "sort"})
    narrowed = TaskFilter(
        standings=(asked.state,) if asked.state else (),
        **{name: value for name, value in values.items() if value is not None},
    )
    rows = queries.filter_tasks(
        tasks_for(request, asked.on), narrowed, by=request.auth, on=_day(asked.on)
    )
    found = cut(rows, SORTS[asked.sort], page)
    found["items"] = told_tasks(request, found["items"])
    return found


@router.get("/tasks/counts", response=answers(Counts), summary=_("Count the tasks by state"))
def counts(request: HttpRequest, asked: Query[_On]) -> Any:
    on = _day(asked.on)
    return {"on": on, **queries.count_tasks(request.auth, on=on)}


@router.get("/tasks/{int:pk}", response=answers(TaskOut), summary=_("One task"))
def task(request: HttpRequest, pk: Id, asked: Query[_On]) -> Any:
    return one_task(request, pk, asked.on)


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
    return one_task(request, pk)


def _day(on: dt.date | None) -> dt.date:
    # "Near" looks some days ahead, and days end with the year 9999.
    return min(on or timezone.localdate(), dt.date.max - dt.timedelta(days=NEAR_DAYS))


def one_task(request: HttpRequest, pk: int, on: dt.date | None = None) -> dict[str, Any]:
    """A task the person may see, as an answer; 404 without one."""
    (told,) = told_tasks(request, [get_object_or_404(tasks_for(request, on), pk=pk)])
    return told


_SAME = (
    *("title", "action", "issuer", "said_on", "deadline", "due_from", "due_to", "has_lead"),
    *("version", "nature", "programme", "code", "product", "place", "last_word_at"),
)


def told_tasks(request: HttpRequest, rows: list[Any]) -> list[dict[str, Any]]:
    """Tasks of `tasks_for` as answers; what else they lead to is told where the person sees it."""
    promises = [row.commitment for row in rows if hasattr(row, "commitment")]
    agreements = {one.agreement_id for one in promises} - {None}
    events = {one.occasion_id for one in promises} - {None}
    parents = {row.parent_id for row in rows} - {None}
    by = request.auth
    known = (
        _seen_among(Agreement.objects.filter(seen(by)), agreements),
        _seen_among(Event.objects.filter(seen(by)), events),
        _seen_among(Task.objects.filter(seen(by)), parents),
    )
    return [_told(row, *known) for row in rows]


def _seen_among(rows: QuerySet, wanted: set[int]) -> set[int]:
    return set(rows.filter(pk__in=wanted).values_list("pk", flat=True)) if wanted else set()


def _told(row: Any, agreements: set[int], events: set[int], parents: set[int]) -> dict[str, Any]:
    promise = getattr(row, "commitment", None)
    return {
        "id": row.pk,
        **{name: getattr(row, name) for name in _SAME},
        "lead": row.lead or None,
        "parent": row.parent_id if row.parent_id in parents else None,
        "directive": row.directive_id,
        "status": row.held_status,
        "delivered_on": row.held_delivered,
        "commitment": promise
        and {
            **{name: getattr(promise, name) for name in ("form", "content", "n_texts", "timeline")},
            "agreement": promise.agreement_id if promise.agreement_id in agreements else None,
            "event": promise.occasion_id if promise.occasion_id in events else None,
        },
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
