"""Which reports the calendar expects of which body, and which of them came."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import DateField, F, QuerySet, TimeField, Value
from django.db.models.functions import Cast, Coalesce
from django.utils import timezone

from diemcau.delivery.models import (
    Assignment,
    AssignmentRole,
    Handover,
    Progress,
    ProgressState,
    Task,
    Transition,
)
from diemcau.delivery.states import OPEN
from diemcau.directory.models import Body
from diemcau.directory.queries import links_by_body, responsible_on
from diemcau.directory.reach import reaches
from diemcau.urging.models import Duty, DutyException, Holiday, Hours
from diemcau.urging.reporting import Expected, Period, Punctuality, periods, punctuality
from diemcau.urging.working import WorkingTime

__all__ = [
    "Answering",
    "Report",
    "last_period",
    "last_periods",
    "reports_of",
    "reports_said",
    "working_time",
]

_LOOK_BACK = dt.timedelta(days=800)
"""Longer than the longest period, so that the latest cut-off lies in it."""


def working_time() -> WorkingTime:
    """Holidays and hours as the coordinators have them."""
    no_day, no_time = Cast(Value(None), DateField()), Cast(Value(None), TimeField())
    hours = Hours.objects.order_by().annotate(
        e_day=no_day, e_on=Value(False), e_opens=F("opens"), e_closes=F("closes")
    )
    days = Holiday.objects.order_by().annotate(
        e_day=F("day"), e_on=F("is_worked"), e_opens=no_time, e_closes=no_time
    )
    columns = ("e_day", "e_on", "e_opens", "e_closes")
    known: dict[bool, set[dt.date]] = {False: set(), True: set()}
    between = {}
    for day, is_worked, opens, closes in hours.values_list(*columns).union(
        days.values_list(*columns), all=True
    ):
        if day is None:
            between = {"opens": opens, "closes": closes}
        else:
            known[is_worked].add(day)
    return WorkingTime(off=known[False], on=known[True], **between)


class Answering:
    """Which bodies of a day answer for tasks: those that lead; where none does, all asked.

    A division a person decided on and successions of whole bodies are followed.
    Args:
        bodies: every body by its id in the directory, where they are at hand.
    """

    def __init__(
        self,
        on: dt.date,
        tasks: Iterable[int] | QuerySet[Task],
        *,
        bodies: Mapping[str, Body] | None = None,
    ) -> None:
        self._on = on
        self._links = links_by_body()
        self._bodies = bodies or {one.ref: one for one in Body.objects.all()}
        self._today: dict[str, str] = {}
        rows, said = _given(tasks)
        found: dict[int, dict[bool, list[Body]]] = defaultdict(lambda: defaultdict(list))
        for task, ref, role in rows:
            body = self.body(said.get((task, ref), ref))
            named = found[task][role == AssignmentRole.LEAD]
            if body is not None and body not in named:
                named.append(body)
        self._of = {task: by_role[True] or by_role[False] for task, by_role in found.items()}

    def of(self, task: int) -> list[Body]:
        """The bodies that answer for a task; none where the directory knows none."""
        return self._of.get(task, [])

    def body(self, ref: str) -> Body | None:
        """The body that answers on the day for one of whatever day."""
        if ref not in self._today:
            found = responsible_on(ref, self._on, links=self._links).responsible
            self._today[ref] = found or ref
        return self._bodies.get(self._today[ref])


def _given(
    tasks: Iterable[int] | QuerySet[Task],
) -> tuple[list[tuple[int, str, str]], dict[tuple[int, str], str]]:
    """To whom tasks are given, in which role, and who a person said answers instead; one statement.

    Returns:
        Rows of task, id of the body, role; ids by task and body.
    """
    if not isinstance(tasks, QuerySet):
        tasks = list(tasks)
    given = Assignment.objects.filter(task__in=tasks, ended_at=None, is_collective=False)
    named = given.exclude(body="").order_by().annotate(e_body=F("body"), e_to=Value(""))
    handed = Handover.objects.filter(task__in=tasks).order_by()
    handed = handed.annotate(e_body=F("from_ref"), role=Value(""), e_to=F("to_ref"))
    columns = ("task", "pk", "e_body", "role", "e_to")
    both = named.values_list(*columns).union(handed.values_list(*columns), all=True)
    rows, said = [], {}
    for task, _pk, body, role, to in sorted(both):
        if role:
            rows.append((task, body, role))
        else:
            said[task, body] = to
    return rows, said


def last_periods(duty: Duty, on: dt.date, n: int) -> list[Period]:
    """The latest n periods whose cut-off has passed, the newest first."""
    passed = periods(duty.rhythm, duty.basis, since=duty.starts_on, until=on - dt.timedelta(days=1))
    return list(passed)[: -n - 1 : -1]


def last_period(duty: Duty, on: dt.date) -> Period | None:
    """The latest period of a duty whose cut-off has passed; None before the first one."""
    since = max(duty.starts_on, on - _LOOK_BACK)
    passed = periods(duty.rhythm, duty.basis, since=since, until=on - dt.timedelta(days=1))
    return max(passed, default=None)


@dataclass(frozen=True, slots=True)
class Report:
    """A report one body owes for one task and one period.

    Args:
        released: the first day its approver released one that answers; None if none.
        excused: why it is not asked for; "" if it is.
    """

    duty: Duty
    task: Task
    body: Body
    expected: Expected
    released: dt.date | None
    excused: str = ""

    def stands(self, on: dt.date) -> Punctuality:
        """On time, late, none, not due yet, or excused."""
        if self.excused:
            return Punctuality.EXCUSED
        return punctuality(self.expected.due, self.released, on=on)

    @property
    def key(self) -> str:
        """The same for the same report, whatever is asked when."""
        return f"{self.duty.key}:{self.expected.period.name}:{self.body.ref}"


def reports_of(
    duty: Duty,
    asked: Sequence[Period],
    *,
    on: dt.date,
    time: WorkingTime,
    among: QuerySet[Task],
    body: Body | None = None,
    bodies: Mapping[str, Body] | None = None,
) -> list[Report]:
    """What periods ask of every body: a report for each task that was open on the cut-off.

    Args:
        among: tasks it is asked of.
        body: only what this one owes.
        bodies: as `Answering` takes them.
    """
    tasks = among.filter(withdrawn_at=None, replaced_by=None)
    if duty.nature:
        tasks = tasks.filter(nature=duty.nature)
    rows = list(tasks.order_by("pk"))
    answering = Answering(on, [one.pk for one in rows], bodies=bodies)
    reach = reaches([duty.body_id])[duty.body_id] if duty.body_id else None
    exceptions = {
        one.body_id: one for one in DutyException.objects.filter(duty=duty, ended_at=None)
    }
    moves, said = _told([one.pk for one in rows])
    found = []
    for period in asked:
        wanted: dict[int, Expected] = {}
        for task in rows:
            if not _was_open(moves[task.pk], period.last):
                continue
            for one in answering.of(task.pk):
                if (reach is not None and one.pk not in reach) or (body and one.pk != body.pk):
                    continue
                other = exceptions.get(one.pk)
                n_days, excused = duty.n_days, ""
                if other is not None and other.n_days is not None:
                    n_days = other.n_days
                elif other is not None:
                    excused = other.reason
                if n_days not in wanted:
                    wanted[n_days] = Expected.of(period, duty.rhythm, duty.basis, n_days, time)
                expected = wanted[n_days]
                days = [
                    day
                    for by, name, day in said[task.pk]
                    if (by is None or answering.body(by) == one)
                    and expected.is_answered_by(name, day)
                ]
                found.append(Report(duty, task, one, expected, min(days, default=None), excused))
    return found


_Moves = dict[int, list[tuple[dt.date, str]]]
"""By task: the states it went through with the days they began, in time."""
_Said = dict[int, list[tuple[str | None, str, dt.date]]]
"""By task: the reports released for it, by which body, for which period, on which day."""


def _told(tasks: Collection[int]) -> tuple[_Moves, _Said]:
    """What became of tasks and what was reported of them; one statement."""
    moves: _Moves = defaultdict(list)
    said: _Said = defaultdict(list)
    moved = Transition.objects.filter(task__in=tasks).order_by()
    moved = moved.annotate(e_at=F("at"), e_after=F("after"), e_body=Value(""), e_period=Value(""))
    columns = ("pk", "task", "e_at", "e_after", "e_body", "e_period")
    both = moved.values_list(*columns).union(_released(tasks).values_list(*columns), all=True)
    for _pk, task, at, after, body, period in sorted(both):
        day = timezone.localtime(at).date()
        if after:
            moves[task].append((day, after))
        else:
            said[task].append((body or None, period, day))
    return moves, said


def _released(tasks: Collection[int]) -> QuerySet[Progress]:
    rows = Progress.objects.filter(task__in=tasks, state=ProgressState.RELEASED).order_by()
    return rows.annotate(
        e_at=F("released_at"),
        e_after=Value(""),
        e_body=Coalesce("body__ref", Value("")),
        e_period=F("period"),
    )


def reports_said(tasks: Collection[int]) -> _Said:
    """The reports released for tasks; one statement."""
    found: _Said = defaultdict(list)
    for task, at, body, period in _released(tasks).values_list(
        "task", "e_at", "e_body", "e_period"
    ):
        found[task].append((body or None, period, timezone.localtime(at).date()))
    return found


def _was_open(moves: list[tuple[dt.date, str]], day: dt.date) -> bool:
    """Whether work was owed at the end of a day; not before the task was there."""
    held = [after for on, after in moves if on <= day]
    return bool(held) and held[-1] in OPEN
