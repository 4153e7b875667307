"""From signed to delivered: how many commitments went how far by a day, and how long it took.

Everything is told from rows of the day asked about: transitions, evidence, obstacles. Nothing is
told from what a task is today.
"""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from statistics import quantiles

from django.db.models import Q, QuerySet, TextChoices
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from diemcau.delivery.agreements import without_commitment
from diemcau.delivery.models import (
    Agreement,
    Nature,
    Side,
    Task,
    Transition,
)
from diemcau.delivery.on_day import end_of, open_obstacles, standing_evidence
from diemcau.delivery.promises import with_n_texts
from diemcau.delivery.states import Move, Status
from diemcau.documents.models import Statement, StatementKind, StatementState
from diemcau.documents.rules import Reader, seen

__all__ = ["AGES", "Ageing", "Days", "Funnel", "Reach", "Step", "age_bucket", "count_funnel"]


class Step(TextChoices):
    """How far a commitment has come; whoever reached one reached those before it."""

    SIGNED = "signed", _("Signed or promised")
    STARTED = "started", _("Started")
    DELIVERING = "delivering", _("Delivering: with a first result")
    DELIVERED = "delivered", _("Delivered and confirmed")


_ORDER = list(Step)
AGES: tuple[tuple[int, int | None], ...] = ((0, 90), (91, 180), (181, 365), (366, None))
"""Days since it was signed or promised, both ends inside; the last has no end."""


@dataclass(frozen=True, slots=True)
class Days:
    """Days from the signing to a step, over the commitments whose two days are known."""

    n: int
    median: float
    lower: float
    upper: float


@dataclass(frozen=True, slots=True)
class Reach:
    """One step of the funnel.

    Args:
        n: commitments that reached it by the day.
        of: those that reached the step before, the base of its share; for the first, all.
        days: from the signing; None at the first step, or where no day is known.
        tasks: ids of their tasks.
    """

    step: Step
    n: int
    of: int
    days: Days | None
    tasks: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Ageing:
    """Commitments still open, of one side of obstacle, by age.

    Args:
        side: of `Side`; "" where no obstacle is known.
        n: by bucket of `AGES`.
        unknown: whose day of signing is not known.
    """

    side: str
    n: tuple[int, ...]
    unknown: int

    @property
    def total(self) -> int:
        return sum(self.n) + self.unknown


@dataclass(frozen=True, slots=True)
class Funnel:
    """Where commitments stand on a day.

    Args:
        steps: in their order.
        ageing: a row for each side; their sums are `open`.
        open: commitments not delivered, suspended or refused on the day.
        stopped: suspended or refused.
        undated: ids of the tasks whose day of signing or promising is not known.
        unfollowed: agreements signed by the day from which no commitment was recorded.
        counted: accepted sentences that only count ("253 agreements were signed"), of any body;
            what they count is in no number here and not added up, since sources repeat it.
    """

    on: dt.date
    steps: tuple[Reach, ...]
    ageing: tuple[Ageing, ...]
    open: int
    stopped: int
    undated: tuple[int, ...]
    unfollowed: int
    counted: int


@dataclass(slots=True)
class _One:
    signed: dt.date | None
    reached: Step = Step.SIGNED
    days: dict[Step, dt.date] = field(default_factory=dict)
    status: str = Status.NEW
    sides: set[str] = field(default_factory=set)


def age_bucket(days: int) -> int:
    """The place in `AGES` of an age in days, at least 0."""
    return next(at for at, (_first, last) in enumerate(AGES) if last is None or days <= last)


def count_funnel(by: Reader, tasks: QuerySet[Task], *, on: dt.date) -> Funnel:
    """How far the commitments among some tasks have come by a day.

    A commitment is started by the first move of its work, delivering by the first evidence that
    still stood on the day or the first report of a result, delivered while its confirmation holds.
    Args:
        tasks: those a person sees, as `list_tasks` gives them for the same day; orders among them
            are left out, and sentences that only count commitments are told apart.
        on: the day asked about; what came after it is not looked at.
    """
    owed = tasks.filter(nature__in=(Nature.COMMITMENT, Nature.AGREEMENT)).filter(
        Q(said_on=None) | Q(said_on__lte=on)
    )
    owed = owed.exclude(commitment__n_texts__gt=1)
    found = _signed(owed, on)
    wanted = owed.order_by().values("pk")
    _moved(found, wanted, on)
    _shown(found, wanted, on)
    _hindered(found, by, wanted, on)
    ones = list(found.values())
    stopped = [one for one in ones if one.status in (Status.SUSPENDED, Status.REFUSED)]
    open_ = [
        one for one in ones if one.status not in (Status.DONE, Status.SUSPENDED, Status.REFUSED)
    ]
    return Funnel(
        on=on,
        steps=tuple(_steps(found)),
        ageing=tuple(_ageing(open_, on)),
        open=len(open_),
        stopped=len(stopped),
        undated=tuple(sorted(pk for pk, one in found.items() if one.signed is None)),
        unfollowed=_unfollowed(by, on),
        counted=_counted(by, on),
    )


def _counted(by: Reader, on: dt.date) -> int:
    rows = with_n_texts(Statement.objects.all()).filter(
        seen(by),
        n_texts__gt=1,
        kind=StatementKind.COMMITMENT,
        state=StatementState.ACCEPTED,
    )
    said_on = Coalesce("document__event_on", "document__published_on")
    return rows.annotate(said_on=said_on).filter(Q(said_on=None) | Q(said_on__lte=on)).count()


def _unfollowed(by: Reader, on: dt.date) -> int:
    rows = Agreement.objects.filter(seen(by), without_commitment(on), withdrawn_at=None)
    return rows.count()


def _signed(owed: QuerySet[Task], on: dt.date) -> dict[int, _One]:
    rows = owed.order_by("pk").values_list("pk", "said_on", "commitment__agreement__signed_on")
    found = {}
    for pk, said, signed in rows.iterator(chunk_size=5000):
        if signed is not None and signed > on:
            continue
        found[pk] = _One(signed or said)
    return found


def _reach(one: _One, step: Step, day: dt.date | None) -> None:
    if _ORDER.index(step) > _ORDER.index(one.reached):
        one.reached = step
    if day is not None:
        one.days[step] = min(day, one.days.get(step, day))


def _moved(found: dict[int, _One], wanted: QuerySet, on: dt.date) -> None:
    rows = Transition.objects.filter(task__in=wanted, at__lte=end_of(on)).order_by("pk")
    delivered: dict[int, dt.date | None] = {}
    for task, move, after, at, delivered_on in rows.values_list(
        "task", "move", "after", "at", "delivered_on"
    ).iterator(chunk_size=5000):
        if (one := found.get(task)) is None:
            continue
        one.status = after
        day = timezone.localdate(at)
        if move in (Move.START, Move.SUBMIT, Move.CONFIRM):
            _reach(one, Step.STARTED, day)
        if move == Move.SUBMIT:
            _reach(one, Step.DELIVERING, delivered_on or day)
        delivered[task] = (delivered_on or day) if after == Status.DONE else None
    for task, day in delivered.items():
        if found[task].status == Status.DONE:
            _reach(found[task], Step.DELIVERED, day)


def _shown(found: dict[int, _One], wanted: QuerySet, on: dt.date) -> None:
    rows = standing_evidence(on=on).filter(task__in=wanted).order_by("pk")
    for task, day, at in rows.values_list("task", "on", "added_at").iterator(chunk_size=5000):
        if one := found.get(task):
            _reach(one, Step.DELIVERING, day or timezone.localdate(at))


def _hindered(found: dict[int, _One], by: Reader, wanted: QuerySet, on: dt.date) -> None:
    rows = open_obstacles(by, on=on).filter(task__in=wanted).order_by()
    for task, side in rows.values_list("task", "side").distinct():
        if one := found.get(task):
            one.sides.add(side)


def _steps(found: dict[int, _One]) -> Iterable[Reach]:
    before = len(found)
    for at, step in enumerate(_ORDER):
        there = {pk: one for pk, one in found.items() if _ORDER.index(one.reached) >= at}
        took = [
            max((one.days[step] - one.signed).days, 0)
            for one in there.values()
            if one.signed is not None and step in one.days
        ]
        days = None if step == Step.SIGNED else _days(took)
        yield Reach(step, len(there), before, days, tuple(sorted(there)))
        before = len(there)


def _days(took: Sequence[int]) -> Days | None:
    if not took:
        return None
    if len(took) == 1:
        return Days(1, took[0], took[0], took[0])
    lower, median, upper = quantiles(took, n=4, method="inclusive")
    return Days(len(took), median, lower, upper)


def _ageing(open_: list[_One], on: dt.date) -> Iterable[Ageing]:
    counts: dict[str, Counter[int]] = defaultdict(Counter)
    for one in open_:
        bucket = -1 if one.signed is None else age_bucket(max((on - one.signed).days, 0))
        counts[_side(one.sides)][bucket] += 1
    for side in (*Side.values, ""):
        n = counts[side]
        yield Ageing(side, tuple(n[at] for at in range(len(AGES))), n[-1])


def _side(sides: set[str]) -> str:
    """One side for all obstacles of a commitment: both, where they lie on either."""
    return next(iter(sides)) if len(sides) == 1 else (Side.BOTH if sides else "")
