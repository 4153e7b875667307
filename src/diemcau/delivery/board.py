"""What a body owes as its leader looks at it: standings down its tree, what is late and why."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.db.models import (
    Case,
    Count,
    F,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from diemcau.delivery.models import Handover, Obstacle, Progress, ProgressState, Slip, Task
from diemcau.delivery.narrowing import SILENT_DAYS, is_silent, is_unheard
from diemcau.delivery.on_day import end_of, open_obstacles, waiting_slips
from diemcau.delivery.queries import list_tasks
from diemcau.delivery.row_reports import with_words
from diemcau.delivery.rules import given_to, sees_progress
from diemcau.delivery.states import Standing
from diemcau.directory.models import Body
from diemcau.directory.reach import Family
from diemcau.documents.rules import Reader

__all__ = ["Board", "Row", "board_of", "board_of_all"]


@dataclass
class Row:
    """The standings of the tasks that one body, or all it reaches, leads.

    Args:
        body: None for what no single known body leads.
        part: "own", "under" (a body under it, with all below), "before" (one whose whole work it
            took over), "lead" (one that leads, on the board of all).
        counts: by standing.
        silent: how many of those owed are silent.
        unheard: how many of those owed nobody has said a word of.
    """

    body: Body | None
    part: str
    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(Standing.values, 0))
    silent: int = 0
    unheard: int = 0

    @property
    def n(self) -> int:
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True)
class Board:
    """Where a body stands on a day.

    Args:
        rows: itself, each body under it, each it took over; every task in one row.
        counts: of all rows, by standing, with `all`.
        attention: tasks late, then silent ones, each with `obstacles_open` and `is_silent`.
        obstacles: number of open ones by (level, side).
        slips: other deadlines that wait for a decision.
        reports: the last ones released.
    """

    rows: list[Row]
    counts: dict[str, int]
    silent: int
    unheard: int
    attention: list[Task]
    obstacles: dict[tuple[str, str], int]
    slips: list[Slip]
    reports: list[Progress]


def board_of(by: Reader, family: Family, *, on: dt.date, most: int = 10) -> Board:
    """Where a body stands on a day; every task it, or a body it reaches, leads is counted once.

    Args:
        most: rows of each list.
    """
    tasks = list_tasks(by, on=on).filter(given_to(family.refs, leads=True))
    return _board(by, tasks, _rows(tasks, family, on), on, most)


def board_of_all(by: Reader, *, on: dt.date, most: int = 7) -> Board:
    """Where everything a person may see stands on a day, by the body that leads.

    Args:
        most: rows of each list but that of the bodies, which has them all, the latest first.
    """
    tasks = list_tasks(by, on=on)
    return _board(by, tasks, _leads(tasks, on), on, most)


def _board(by: Reader, tasks: QuerySet[Task], rows: list[Row], on: dt.date, most: int) -> Board:
    counts = {one: sum(row.counts[one] for row in rows) for one in Standing.values}
    wanted = tasks.order_by().values("pk")
    obstacles = open_obstacles(by, on=on)
    return Board(
        rows=rows,
        counts=counts | {"all": sum(counts.values())},
        silent=sum(row.silent for row in rows),
        unheard=sum(row.unheard for row in rows),
        attention=_attention(tasks, obstacles, on, most),
        obstacles={
            (level, side): n
            for level, side, n in obstacles.filter(task__in=wanted)
            .order_by("level", "side")
            .values_list("level", "side")
            .annotate(n=Count("pk"))
        },
        slips=list(
            waiting_slips(on=on)
            .filter(task__in=wanted)
            .select_related("task")
            .order_by("asked_at", "pk")[:most]
        ),
        reports=list(
            with_words(
                by,
                Progress.objects.filter(
                    sees_progress(by),
                    state=ProgressState.RELEASED,
                    released_at__lte=end_of(on),
                    task__in=wanted,
                ),
            )
            .select_related("task", "body")
            .order_by("-released_at", "-pk")[:most]
        ),
    )


def _rows(tasks: QuerySet[Task], family: Family, on: dt.date) -> list[Row]:
    """The counts of all parts in one statement, by the body that answers for the lead."""
    rows = [Row(family.body, "own")]
    place = {family.body.ref: rows[0]}
    for part, members in (("under", family.under), ("before", family.before)):
        for body, refs in members:
            rows.append(Row(body, part))
            place |= dict.fromkeys(refs, rows[-1])
    for found in _grouped(tasks, on):
        _count_in(place[found["answering"]], found)
    return rows


def _leads(tasks: QuerySet[Task], on: dt.date) -> list[Row]:
    """A row for each body that leads a task, those with most late ones first, and one for the
    rest; two statements."""
    grouped = list(_grouped(tasks, on))
    refs = {found["answering"] for found in grouped}
    bodies = Body.objects.in_bulk(refs, field_name="ref")
    rows: dict[str, Row] = {}
    for found in grouped:
        body = bodies.get(found["answering"])
        _count_in(rows.setdefault(body.ref if body else "", Row(body, "lead")), found)
    return sorted(
        rows.values(),
        key=lambda row: (row.body is None, -row.counts[Standing.LATE], -row.silent, -row.n),
    )


def _grouped(tasks: QuerySet[Task], on: dt.date) -> QuerySet[Task, dict[str, Any]]:
    """Counts by `answering`, the body that answers for the lead, and standing."""
    said = Handover.objects.filter(task=OuterRef("pk"), from_ref=OuterRef("lead"))
    answering = Coalesce(Subquery(said.values("to_ref")[:1]), F("lead"))
    return (
        tasks.annotate(answering=answering)
        .order_by()
        .values("answering", "standing")
        .annotate(
            n=Count("pk"),
            silent=Count("pk", filter=is_silent(SILENT_DAYS, on)),
            unheard=Count("pk", filter=is_unheard()),
        )
    )


def _count_in(row: Row, found: dict[str, Any]) -> None:
    row.counts[found["standing"]] += found["n"]
    row.silent += found["silent"]
    row.unheard += found["unheard"]


def _attention(
    tasks: QuerySet[Task], obstacles: QuerySet[Obstacle], on: dt.date, most: int
) -> list[Task]:
    silent = is_silent(SILENT_DAYS, on)
    late = Q(standing=Standing.LATE)
    found = (
        tasks.filter(late | silent)
        .annotate(is_late=_whether(late), is_silent=_whether(silent))
        .order_by("-is_late", F("held_due").asc(nulls_last=True), "pk")
    )
    shown = Prefetch("obstacles", obstacles.order_by("pk"), to_attr="obstacles_open")
    return list(found.prefetch_related(shown)[:most])


def _whether(condition: Q) -> Case:
    return Case(When(condition, then=Value(1)), default=Value(0))
