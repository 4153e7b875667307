"""Matters over conferences: how often one was asked for, what came of it, what became of a list."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
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

from diemcau.delivery.matters.likeness import syllables
from diemcau.delivery.matters.proposals import is_proposal
from diemcau.delivery.matters.threads import said_on
from diemcau.delivery.models import (
    Evidence,
    Saying,
    Task,
    Thread,
    ThreadChange,
    Transition,
)
from diemcau.delivery.queries import list_echoes, list_sayings
from diemcau.delivery.row_reports import asks, is_report
from diemcau.delivery.states import Status
from diemcau.documents.models import LIVE, Statement, StatementKind
from diemcau.documents.order import said_order
from diemcau.documents.rules import Reader, seen
from diemcau.documents.sentences import with_sentences

__all__ = [
    "Between",
    "Compared",
    "Line",
    "Outcome",
    "Part",
    "compare_conferences",
    "conference_days",
    "get_line",
    "list_changes",
    "list_conferences",
    "list_threads",
    "outcome_of",
    "seen_changes",
]

_SAME_WORDS = 0.8
"""From this share of its words on a task said again is repeated; below, it is reworded."""


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
    days = [said_on(s) for s in said]
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
    known = {day for s in asked if (day := said_on(s)) is not None}
    unknown = {s.document_id for s in asked if said_on(s) is None}
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


# Two conferences side by side


class Part(StrEnum):
    """What became of a task between two conferences."""

    NEW = "new"
    UNDECIDED = "undecided"
    REPEATED = "repeated"
    REWORDED = "reworded"
    DELIVERED = "delivered"
    REPORTED = "reported"
    DROPPED = "dropped"
    PROPOSED = "proposed"


@dataclass(frozen=True, slots=True)
class Compared:
    """A task of two conferences, or of one of them.

    Args:
        part: REPORTED was reported done and nobody confirmed it yet; PROPOSED is no conclusion:
            somebody asked for it there who may not order it.
        earlier, later: how it was said; None where it was not.
        alike: share of the words of the shorter saying the other has, for those in both.
    """

    part: Part
    earlier: Statement | None
    later: Statement | None
    alike: float = 0.0


def list_conferences(by: Reader) -> list[tuple[dt.date, int]]:
    """The days at which tasks that hold were said, latest first, each with how many."""
    rows = (
        _said(by)
        .exclude(document__event_on=None)
        .values_list("document__event_on")
        .annotate(n=Count("pk"))
        .order_by("-document__event_on")
    )
    return list(rows)


def conference_days(by: Reader) -> set[dt.date]:
    """The days of whose meetings a document says "hội nghị": talks and committees are others."""
    events = Statement.objects.filter(
        seen(by), kind=StatementKind.EVENT, state__in=LIVE, folded__contains="hoi nghi"
    ).exclude(document__event_on=None)
    return set(events.order_by().values_list("document__event_on", flat=True).distinct())


def compare_conferences(by: Reader, *, earlier: dt.date, later: dt.date) -> list[Compared]:
    """What the later of two conferences took up of the earlier one, and what it left out.

    A task is the same where a confirmed thread ties the two; where a pair still waits for a
    decision, it is told as that, neither new nor left out. Several reports of one day are one
    conference. Left out is only what was not done, nor reported done, by the later day.
    What a report tells, and what was only proposed there, is no conclusion.
    Returns:
        Every task of either day once, in the order of `Part`, then of the text; a later one again
        beside each further task that may be the same.
    """
    rows = with_sentences(_said(by).filter(document__event_on__in=(earlier, later))).select_related(
        "document", "task", "saying", "clause"
    )
    said: dict[dt.date, dict[int, Statement]] = {earlier: {}, later: {}}
    proposed = []
    for row in sorted(rows, key=said_order):
        if is_proposal(row):
            proposed.append(row)
        else:
            said[row.document.event_on].setdefault(_key(row), row)
    waiting, left = _undecided(by, rows, earlier, later)
    paired = set()
    before = _known_before(by, later, said[later])
    done, reported = _done_by(by, said[earlier].values(), later)
    found = []
    for key, row in said[later].items():
        first = said[earlier].get(key)
        if first is not None:
            alike = _alike(first, row)
            part = Part.REPEATED if alike >= _SAME_WORDS else Part.REWORDED
            found.append(Compared(part, first, row, alike))
        elif key in before:
            first = before[key]
            alike = _alike(first, row)
            part = Part.REPEATED if alike >= _SAME_WORDS else Part.REWORDED
            found.append(Compared(part, first, row, alike))
        elif key in waiting:
            first = waiting[key]
            paired.add(first.pk)
            found.append(Compared(Part.UNDECIDED, first, row, _alike(first, row)))
        else:
            found.append(Compared(Part.NEW, None, row))
    for key, row in said[earlier].items():
        if key not in said[later] and row.pk not in paired:
            if row.pk in done:
                found.append(Compared(Part.DELIVERED, row, None))
            elif key in left:
                again = left[key]
                found.append(Compared(Part.UNDECIDED, row, again, _alike(row, again)))
            elif row.pk in reported:
                found.append(Compared(Part.REPORTED, row, None))
            else:
                found.append(Compared(Part.DROPPED, row, None))
    for row in proposed:
        is_later = row.document.event_on == later
        sides = (None, row) if is_later else (row, None)
        found.append(Compared(Part.PROPOSED, *sides))
    order = list(Part)
    return sorted(found, key=lambda one: order.index(one.part))


def _undecided(
    by: Reader, rows: Iterable[Statement], earlier: dt.date, later: dt.date
) -> tuple[dict[int, Statement], dict[int, Statement]]:
    """What undecided pairs tie to the later day.

    Returns:
        By key of a task of the later day, the saying before it: one of the earlier day before any
        other, then the strongest reason. By key of a task of the earlier day, the later saying.
    """
    keys = {row.pk: _key(row) for row in rows}
    shown = {}
    for row in sorted((one for one in rows if one.document.event_on == earlier), key=said_order):
        shown.setdefault(keys[row.pk], row)
    pairs = list_echoes(by).filter(
        later__document__event_on=later, earlier__document__event_on__lt=later
    )
    found: dict[int, Statement] = {}
    left: dict[int, Statement] = {}
    for echo in pairs:
        key = keys.get(echo.later_id)
        if key is None or (
            echo.earlier.document.event_on == earlier and echo.earlier_id not in keys
        ):
            continue
        of_the_day = echo.earlier.document.event_on == earlier
        first = echo.earlier
        if of_the_day:
            first = shown[keys[first.pk]]
            left.setdefault(keys[first.pk], echo.later)
        held = found.get(key)
        if held is None or (of_the_day and held.document.event_on != earlier):
            found[key] = first
    return found, left


def _key(row: Statement) -> int:
    """The same for every saying of one matter."""
    saying = getattr(row, "saying", None)
    return saying.thread_id if saying else -row.pk


def _said(by: Reader) -> QuerySet[Statement]:
    """The statements that hold and ask for work; a report's row asks for none."""
    return Statement.objects.filter(seen(by), asks(""), kind=StatementKind.TASK, state__in=LIVE)


def _known_before(by: Reader, day: dt.date, said: dict[int, Statement]) -> dict[int, Statement]:
    """The last earlier saying of threads that a conference took up from before the other one."""
    threads = [key for key in said if key > 0]
    rows = (
        _said(by)
        .filter(saying__thread__in=threads, document__event_on__lt=day)
        .select_related("document", "saying", "clause")
        .defer("folded")
    )
    found: dict[int, Statement] = {}
    for row in sorted(rows, key=said_order):
        found[row.saying.thread_id] = row
    return found


def _done_by(by: Reader, rows: Iterable[Statement], day: dt.date) -> tuple[set[int], set[int]]:
    """Ids of statements whose task, or another of their thread, was delivered by a day; and of
    those of which that was reported, and waits to be confirmed."""
    held: dict[int, set[int]] = defaultdict(set)
    threads = {}
    for row in rows:
        if saying := getattr(row, "saying", None):
            threads[saying.thread_id] = row.pk
        if hasattr(row, "task"):
            held[row.task.pk].add(row.pk)
    tied = Task.objects.filter(seen(by), statement__saying__thread__in=threads, withdrawn_at=None)
    for pk, thread in tied.values_list("pk", "statement__saying__thread"):
        held[pk].add(threads[thread])
    came = Q(status=Status.DONE, delivered_on__lte=day) | Q(status=Status.AWAITING)
    found: dict[str, set[int]] = {Status.DONE: set(), Status.AWAITING: set()}
    tasks = Task.objects.filter(came, seen(by), pk__in=held).exclude(delivered_on__gt=day)
    for task, status in tasks.values_list("pk", "status"):
        found[status] |= held[task]
    return found[Status.DONE], found[Status.AWAITING]


def _alike(first: Statement, second: Statement) -> float:
    left, right = (set(_words(s)) for s in (first, second))
    if not left or not right:
        return 0.0
    return len(left & right) / min(len(left), len(right))


def _words(statement: Statement) -> Sequence[str]:
    clause = getattr(statement, "clause", None)
    if clause is not None:
        return clause.words.split()
    return [word for word, _start, _end in syllables(statement.quote)]
