"""The register of tasks: the same filters as its page, and how a deadline is counted."""

import datetime as dt
from collections.abc import Collection
from typing import Any, Literal

from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _
from ninja import Query, Router, Schema
from pydantic import Field

from diemcau.api.errors import Refused
from diemcau.api.fields import Anchor, Id, IdField, Text, Words, answer_plain, answers
from diemcau.api.paging import Cut, Key, Page, cut
from diemcau.delivery import queries
from diemcau.delivery.actions import choose_due_rule
from diemcau.delivery.deadlines import DueRule, read_deadline
from diemcau.delivery.models import (
    Agreement,
    Assignment,
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
from diemcau.operation.answers import keep_answer

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


class BodyCounts(Schema):
    """How many tasks one body leads; the nine standings add up to all."""

    lead: str = Field(description="Its id in the directory; “?” if unknown, empty if none leads.")
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


class CountsByBody(Schema):
    """The tasks by the body that leads them, each counted once."""

    on: dt.date
    bodies: list[BodyCounts]


class RuleIn(Schema):
    """Which periods a deadline means."""

    rule: DueRule


class TasksNarrowed(Schema):
    """What tasks are narrowed by, whatever day their states are told for."""

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
    due_by: dt.date | None = Field(None, description="Last day of the deadline, at the latest.")
    owed: bool = Field(False, description="Only what is still to be done, late or not.")
    rule: DueRule = Field(DueRule.CALENDAR, description="How these periods are counted.")
    again: bool = Field(False, description="Only what was said more than once.")
    no_lead: bool = Field(False, description="Only what no single body leads.")
    theirs: bool = Field(False, description="Only promises that the partner's side keeps.")
    no_deadline: bool = False
    undated: bool = Field(False, description="Only what no known day of giving ties to a period.")
    unheard: bool = Field(False, description="Only what is owed and nobody has spoken of.")
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


class TasksAsked(TasksNarrowed):
    """What a list of tasks, or a figure over them, is narrowed by."""

    on: dt.date | None = Field(None, description="The day states are told for; today without it.")


class _Asked(TasksAsked):
    sort: Literal["due", "said", "issuer", "action"] = "due"


class _On(Schema):
    on: dt.date | None = Field(None, description="Today without it.")


def narrowing_of(asked: TasksNarrowed) -> TaskFilter:
    """What is asked, as the register takes it.

    Raises:
        Refused: a period is none.
    """
    for name in ("said", "due"):
        period = getattr(asked, name)
        if period and read_deadline(period, rule=asked.rule) is None:
            raise Refused(f"query.{name}", period, say("a period as 2025, 2025-H1, 2025-07-22"))
    wanted = set(TasksNarrowed.model_fields) - {"state"}
    values = {name: getattr(asked, name) for name in wanted}
    return TaskFilter(
        standings=(asked.state,) if asked.state else (),
        **{name: value for name, value in values.items() if value is not None},
    )


def tasks_for(request: HttpRequest, on: dt.date | None) -> QuerySet[Task]:
    """The tasks the person may see, with their document at hand."""
    return queries.list_tasks(request.auth, on=day_of(on)).select_related("document")


@router.get("/tasks", response=answers(Page[TaskOut]), summary=_("List the register of tasks"))
@keep_answer
def tasks(request: HttpRequest, asked: Query[_Asked], page: Cut) -> Any:
    narrowed = narrowing_of(asked)
    on, order = day_of(asked.on), SORTS[asked.sort]
    listed = queries.list_tasks(request.auth, on=on)
    rows = queries.filter_tasks(listed, narrowed, by=request.auth, on=on)
    # Sorting carries the order alone; what an answer tells is read of the page's rows.
    found = cut(rows.values(*(key.name for key in order)), order, page)
    found["items"] = _told(request, listed, [row["pk"] for row in found["items"]])
    return answer_plain(found)


@router.get("/tasks/counts", response=answers(Counts), summary=_("Count the tasks by state"))
def counts(request: HttpRequest, asked: Query[_On]) -> Any:
    on = day_of(asked.on)
    return {"on": on, **queries.count_tasks(request.auth, on=on)}


@router.get(
    "/tasks/counts/by-body",
    response=answers(CountsByBody),
    summary=_("Count the tasks by the body that leads them and by state"),
)
@keep_answer
def counts_by_body(request: HttpRequest, asked: Query[_On]) -> Any:
    on = day_of(asked.on)
    found = queries.count_by_lead(request.auth, on=on)
    rows = [{"lead": lead, **counts} for lead, counts in sorted(found.items())]
    return answer_plain({"on": on, "bodies": rows})


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


def day_of(on: dt.date | None) -> dt.date:
    """The day asked about; today without one."""
    # "Near" looks some days ahead, and days end with the year 9999.
    return min(on or timezone.localdate(), dt.date.max - dt.timedelta(days=NEAR_DAYS))


def one_task(request: HttpRequest, pk: int, on: dt.date | None = None) -> dict[str, Any]:
    """A task the person may see, as an answer.

    Raises:
        Http404: there is none.
    """
    if told := _told(request, queries.list_tasks(request.auth, on=day_of(on)), [pk]):
        return told[0]
    raise Http404


_SAME = (
    *("title", "action", "issuer", "said_on", "deadline", "due_from", "due_to", "has_lead"),
    *("version", "nature", "programme", "code", "product", "place", "last_word_at", "document"),
    "directive",
)
_PROMISE = ("form", "content", "n_texts", "timeline", "agreement", "occasion")
_STATEMENT = ("document", "document__title", "document__name", "start", "end", "quote")
_COLUMNS = (
    *("pk", *_SAME, "lead", "parent", "held_status", "held_delivered", "due_rule", "standing"),
    *("n_said", "statement", *(f"statement__{name}" for name in _STATEMENT)),
    *("commitment", *(f"commitment__{name}" for name in _PROMISE)),
)


def _told(request: HttpRequest, tasks: QuerySet[Task], ids: list[int]) -> list[dict[str, Any]]:
    """The tasks of these ids, of those listed for a person, in their order, as answers.

    What else they lead to is told where the person sees it. A page makes no objects: its columns
    are all it needs.
    """
    these = tasks.filter(pk__in=ids).order_by()
    found = {row["pk"]: row for row in these.values(*_COLUMNS)}
    rows = [found[pk] for pk in ids if pk in found]
    given = _assignments_of(found)
    by = seen(request.auth)
    agreements = _seen_among(Agreement.objects.filter(by), rows, "commitment__agreement")
    events = _seen_among(Event.objects.filter(by), rows, "commitment__occasion")
    parents = _seen_among(Task.objects.filter(by), rows, "parent")
    return [
        {
            "id": row["pk"],
            **{name: row[name] for name in _SAME},
            "lead": row["lead"] or None,
            "parent": row["parent"] if row["parent"] in parents else None,
            "status": row["held_status"],
            "delivered_on": row["held_delivered"],
            "commitment": _promise_of(row, agreements, events) if row["commitment"] else None,
            "due_rule": row["due_rule"] or None,
            "state": row["standing"],
            "times_said": row["n_said"] or 1,
            "assignments": given[row["pk"]],
            "source": _anchor_of(row) if row["statement"] else None,
        }
        for row in rows
    ]


def _assignments_of(tasks: Collection[int]) -> dict[int, list[dict[str, Any]]]:
    given: dict[int, list[dict[str, Any]]] = {pk: [] for pk in tasks}
    held = Assignment.objects.filter(task__in=list(tasks), ended_at=None).order_by("pk")
    columns = ("task", "as_written", "role", "body_ref", "is_collective")
    for task, as_written, role, body, is_collective in held.values_list(*columns):
        given[task].append(
            {
                "as_written": as_written,
                "role": role,
                "body": body or None,
                "is_collective": is_collective,
            }
        )
    return given


def _promise_of(row: dict[str, Any], agreements: set[int], events: set[int]) -> dict[str, Any]:
    *said, agreement, event = (row[f"commitment__{name}"] for name in _PROMISE)
    return {
        **dict(zip(_PROMISE, said, strict=False)),
        "agreement": agreement if agreement in agreements else None,
        "event": event if event in events else None,
    }


def _anchor_of(row: dict[str, Any]) -> dict[str, Any]:
    document, title, name, start, end, quote = (row[f"statement__{one}"] for one in _STATEMENT)
    return {
        "statement": row["statement"],
        "document": document,
        "document_name": title or name,
        "start": start,
        "end": end,
        "quote": quote,
    }


def _seen_among(rows: QuerySet, tasks: list[dict[str, Any]], column: str) -> set[int]:
    wanted = {task[column] for task in tasks} - {None}
    return set(rows.filter(pk__in=wanted).values_list("pk", flat=True)) if wanted else set()
