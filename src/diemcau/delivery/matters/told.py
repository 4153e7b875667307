"""Matters in time: how often one was asked for, what came of it, what people joined of it."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db.models import (
    Count,
    Exists,
    F,
    IntegerField,
    Max,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Coalesce
from django.utils import timezone

from diemcau.delivery.models import (
    Evidence,
    Saying,
    Task,
    Thread,
    ThreadChange,
    Transition,
)
from diemcau.delivery.queries import list_sayings
from diemcau.delivery.row_reports import asks, is_report
from diemcau.delivery.states import Status
from diemcau.documents.models import LIVE, Statement
from diemcau.documents.rules import Reader, seen

__all__ = [
    "Between",
    "Line",
    "Outcome",
    "get_line",
    "list_changes",
    "list_threads",
    "outcome_of",
    "seen_changes",
]


class Outcome(StrEnum):
    """What has come of a matter."""

    NOTHING = "nothing"
    BEGUN = "begun"
    SHOWN = "shown"
    WAITING = "waiting"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Between:
    """One saying of a matter, and what was delivered from it until the next.

    Args:
        again: whether an earlier day asked for it too; two texts of one day are one saying.
        reported: it tells what came of the matter, and asks for nothing.
        waited: nothing was delivered from it until it was asked for again.
    """

    statement: Statement
    again: bool
    reported: bool
    waited: bool
    moves: tuple[Transition, ...]
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A matter in time.

    Args:
        times: on how many days it was asked for, those of no known day by their documents.
        first: the first of these days; None if none is known.
        outcome: of its tasks together, the furthest.
        done_on: the day it was delivered, for DONE.
        n_evidence: pieces that stand.
    """

    sayings: tuple[Between, ...]
    times: int
    first: dt.date | None
    outcome: Outcome
    done_on: dt.date | None
    n_evidence: int


def get_line(by: Reader, thread: Thread | int) -> Line:
    """A matter with everything said of it, and what came between two sayings.

    Only what the person may see is counted.
    """
    said = list_sayings(by, thread)
    tasks = _each_once(
        Task.objects.filter(
            seen(by), statement__in=[s.pk for s in said], withdrawn_at=None
        ).in_bulk()
    )
    moves = list(
        Transition.objects.filter(task__in=tasks).exclude(move="").select_related("by", "body")
    )
    evidence = list(
        Evidence.objects.filter(task__in=tasks, withdrawn_at=None).select_related(
            "document", "body"
        )
    )
    days = [s.document.spoken_on for s in said]
    sayings, met = [], set()
    for at, statement in enumerate(said):
        later = [day for day in days[at + 1 :] if day is not None and day != days[at]]
        last_of_day = at + 1 == len(said) or days[at + 1] != days[at]
        until = later[0] if later else None
        since = days[at]
        came = [m for m in moves if _within(timezone.localdate(m.at), since, until)]
        shown = [
            e for e in evidence if _within(e.on or timezone.localdate(e.added_at), since, until)
        ]
        if not last_of_day:
            came, shown = [], []
        sayings.append(
            Between(
                statement,
                again=bool(met) and days[at] not in met,
                reported=is_report(statement),
                waited=not (came or shown) and at + 1 < len(said) and not is_report(said[at + 1]),
                moves=tuple(came),
                evidence=tuple(shown),
            )
        )
        if not is_report(statement):
            met.add(days[at])
    asked = [s for s in said if not is_report(s)]
    known = {day for s in asked if (day := s.document.spoken_on) is not None}
    unknown = {s.document_id for s in asked if s.document.spoken_on is None}
    outcome, done_on = _outcome(tasks.values(), bool(evidence))
    return Line(
        tuple(sayings),
        len(known) + len(unknown),
        min(known, default=None),
        outcome,
        done_on,
        len(evidence),
    )


def _each_once(tasks: dict[int, Task]) -> dict[int, Task]:
    """Without those for which another of them stands: what came of it is told there."""
    return {pk: one for pk, one in tasks.items() if one.replaced_by_id not in tasks}


def _within(day: dt.date, since: dt.date | None, until: dt.date | None) -> bool:
    return (since is None or since <= day) and (until is None or day < until)


def _outcome(tasks: Iterable[Task], shown: bool) -> tuple[Outcome, dt.date | None]:
    states = {task.status for task in tasks}
    if Status.DONE in states:
        days = [t.delivered_on for t in tasks if t.status == Status.DONE and t.delivered_on]
        return Outcome.DONE, max(days, default=None)
    if Status.AWAITING in states:
        return Outcome.WAITING, None
    if shown:
        return Outcome.SHOWN, None
    if states & {Status.IN_PROGRESS, Status.REDO}:
        return Outcome.BEGUN, None
    return Outcome.NOTHING, None


def outcome_of(thread: Any) -> Outcome:
    """What has come of a matter of `list_threads`: the same rule as `get_line`."""
    found = (
        (Outcome.DONE, thread.n_done),
        (Outcome.WAITING, thread.n_waiting),
        (Outcome.SHOWN, thread.n_evidence),
        (Outcome.BEGUN, thread.n_begun),
    )
    return next((outcome for outcome, n in found if n), Outcome.NOTHING)


def list_threads(by: Reader, *, nothing_yet: bool = False) -> QuerySet[Thread]:
    """Matters said at least twice that a person sees, those not done and asked for most first.

    Annotations: `times` (days it was asked for), `n_documents`, `first_on`, `last_on` (of these),
    `n_done` (its tasks done), `n_waiting` (reported done), `n_begun`, `n_evidence` (pieces that
    stand). A row for which another of the matter stands is not counted beside it.
    """
    day = Coalesce("statement__document__event_on", "statement__document__published_on")
    said = (
        Saying.objects.filter(
            seen(by, "statement__document"),
            statement__state__in=LIVE,
            thread=OuterRef("pk"),
        )
        .annotate(day=day)
        .order_by()
        .values("thread")
    )

    asked = said.filter(asks())

    def one(rows: QuerySet[Saying], **what: object) -> Subquery:
        (name,) = what
        return Subquery(rows.annotate(**what).values(name))

    def n_tasks(*states: Status) -> Coalesce:
        found = of_tasks.filter(status__in=states).annotate(n=Count("pk")).values("n")
        return Coalesce(Subquery(found, output_field=IntegerField()), Value(0))

    standing = Task.objects.filter(
        seen(by),
        statement__saying__thread=OuterRef("statement__saying__thread"),
        pk=OuterRef("replaced_by"),
    )
    tasks = Task.objects.filter(
        ~Exists(standing), seen(by), statement__saying__thread=OuterRef("pk"), withdrawn_at=None
    ).order_by()
    of_tasks = tasks.values("statement__saying__thread")
    shown = (
        Evidence.objects.filter(
            seen(by, "task__document"),
            task__statement__saying__thread=OuterRef("pk"),
            task__withdrawn_at=None,
            withdrawn_at=None,
        )
        .order_by()
        .values("task__statement__saying__thread")
        .annotate(n=Count("pk"))
        .values("n")
    )
    found = Thread.objects.annotate(
        n_documents=Coalesce(one(said, n_documents=Count("statement__document", distinct=True)), 0),
        days=Coalesce(one(asked, days=Count("day", distinct=True)), 0),
        dateless=Coalesce(
            one(asked, dateless=Count("statement__document", filter=Q(day=None), distinct=True)), 0
        ),
        first_on=one(asked, first_on=Min("day")),
        last_on=one(asked, last_on=Max("day")),
        n_done=n_tasks(Status.DONE),
        n_waiting=n_tasks(Status.AWAITING),
        n_begun=n_tasks(Status.IN_PROGRESS, Status.REDO),
        n_evidence=Coalesce(Subquery(shown, output_field=IntegerField()), Value(0)),
    ).filter(n_documents__gt=1)
    found = found.annotate(times=F("days") + F("dateless"))
    if nothing_yet:
        found = found.filter(n_done=0, n_waiting=0, n_evidence=0)
    return found.order_by("n_done", "n_waiting", "-times", F("first_on").asc(nulls_last=True), "pk")


def seen_changes(by: Reader) -> QuerySet[ThreadChange]:
    """What people joined or set apart, where they see all the statements it touched."""
    visible = Statement.objects.filter(seen(by)).order_by().values("pk")
    hidden = Statement.objects.filter(thread_changes=OuterRef("pk")).exclude(pk__in=visible)
    return ThreadChange.objects.filter(~Exists(hidden))


def list_changes(by: Reader, statements: Iterable[Statement]) -> list[ThreadChange]:
    """What people joined or set apart among some statements, the latest first."""
    touched = seen_changes(by).filter(statements__in=[s.pk for s in statements])
    return list(touched.distinct().select_related("made_by", "undone_by").order_by("-pk"))
