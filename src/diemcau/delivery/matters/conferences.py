"""Two conferences side by side: what the later one took up of the earlier, and what it left out."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Case, Count, F, Q, QuerySet, Value, When

from diemcau.delivery.matters.likeness import syllables
from diemcau.delivery.matters.proposals import is_proposal
from diemcau.delivery.models import Task
from diemcau.delivery.queries import list_echoes, list_tasks
from diemcau.delivery.row_reports import asks
from diemcau.delivery.states import Status
from diemcau.documents.models import LIVE, Statement, StatementKind
from diemcau.documents.order import said_order
from diemcau.documents.rules import Reader, seen
from diemcau.documents.sentences import with_sentences

__all__ = ["Compared", "Part", "compare_conferences", "conference_days", "list_conferences"]

_SAME_WORDS = 0.8
"""From this share of its words on a task said again is repeated; below, it is reworded."""


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
        first = said[earlier].get(key) or before.get(key)
        if first is not None:
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
        found.append(Compared(Part.PROPOSED, *((None, row) if is_later else (row, None))))
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
    those of which that was reported, and waited to be confirmed.

    As they stood on the day; and as they stand now where a day of delivery by then is known, for
    what is learned late was delivered all the same.
    """
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
    came = (Status.DONE, Status.AWAITING)
    then = Q(held_status__in=came) & (Q(held_delivered=None) | Q(held_delivered__lte=day))
    since = Q(status__in=came, delivered_on__lte=day)
    tasks = list_tasks(by, on=day).filter(then | since, pk__in=held)
    found: dict[str, set[int]] = {status: set() for status in came}
    for task, on_day, status in tasks.annotate(
        now=Case(When(since, then=F("status")), default=Value(""))
    ).values_list("pk", "held_status", "now"):
        found[status or on_day] |= held[task]
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
