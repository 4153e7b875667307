"""The task statistics of the administration: four cells, what they cannot hold, and their shares.

Every task counted is in exactly one cell, so cells add up to their total, and rows of a table to
its last row; both are checked where they are printed.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.db.models import Case, Count, F, Q, QuerySet, Value, When

from diemcau.delivery.doers.leads import PARTNERS_SIDE, UNKNOWN_BODY
from diemcau.delivery.models import Handover, Task
from diemcau.delivery.states import Standing, Status
from diemcau.directory.models import Body, Succession, SuccessionKind

__all__ = ["CELLS", "Cells", "Row", "Share", "count_by_body", "count_cells", "shares_of"]

CELLS: Mapping[str, tuple[Standing, ...]] = {
    "done_on_time": (Standing.DONE_ON_TIME,),
    "done_late": (Standing.DONE_LATE,),
    "in_time": (Standing.IN_TIME, Standing.NEAR),
    "overdue": (Standing.LATE,),
    "done_no_deadline": (Standing.DONE,),
    "no_deadline": (Standing.NONE,),
    "suspended": (Standing.SUSPENDED,),
    "refused": (Standing.REFUSED,),
}
"""The cells by name, the official four first, and the standings each holds.

Source: Report 1270/BC-TCTTTg of 27 December 2017 for the four.
"""


@dataclass(frozen=True, slots=True)
class Cells:
    """How many tasks stand in each cell.

    Args:
        counts: by cell, each of `CELLS`.
        awaiting: how many of the open ones were reported done and wait for confirmation.
    """

    counts: Mapping[str, int] = field(default_factory=dict)
    awaiting: int = 0

    def of(self, *cells: str) -> int:
        """The sum of some cells."""
        return sum(self.counts.get(cell, 0) for cell in cells)

    @property
    def total(self) -> int:
        return self.of(*CELLS)

    @property
    def done(self) -> int:
        return self.of("done_on_time", "done_late", "done_no_deadline")

    @property
    def fell_due(self) -> int:
        """Done with a deadline, or overdue: the base by which reports told of punctuality."""
        return self.of("done_on_time", "done_late", "overdue")

    def __add__(self, other: "Cells") -> "Cells":
        counts = Counter(self.counts)
        counts.update(other.counts)
        return Cells(counts, self.awaiting + other.awaiting)


@dataclass(frozen=True, slots=True)
class Share:
    """A share with what it is of.

    Args:
        what: "done", "done_on_time", "overdue".
        base: "all" (every task counted), "fell_due", "done_with_deadline".
    """

    what: str
    base: str
    part: int
    whole: int


def shares_of(cells: Cells) -> list[Share]:
    """The shares reports tell, on both bases of punctuality.

    Source: the report of 2017 tells shares of what fell due, those of 2025 shares of all.
    """
    with_deadline = cells.of("done_on_time", "done_late")
    on_time, overdue = cells.of("done_on_time"), cells.of("overdue")
    return [
        Share("done", "all", cells.done, cells.total),
        Share("done", "fell_due", with_deadline, cells.fell_due),
        Share("done_on_time", "fell_due", on_time, cells.fell_due),
        Share("done_on_time", "done_with_deadline", on_time, with_deadline),
        Share("overdue", "all", overdue, cells.total),
        Share("overdue", "fell_due", overdue, cells.fell_due),
    ]


def count_cells(tasks: QuerySet[Task]) -> Cells:
    """Count tasks of `list_tasks` by cell; one statement."""
    return _cells(
        (row["standing"], row["n"], row["awaiting"])
        for row in tasks.order_by().values("standing").annotate(n=Count("pk"), awaiting=_AWAITING)
    )


_AWAITING = Count("pk", filter=Q(held_status=Status.AWAITING))
_CELL_OF = {standing: cell for cell, standings in CELLS.items() for standing in standings}


def _cells(rows: Iterable[tuple[str, int, int]]) -> Cells:
    counts, waiting = dict.fromkeys(CELLS, 0), 0
    for standing, n, awaiting in rows:
        counts[_CELL_OF[Standing(standing)]] += n
        waiting += awaiting
    return Cells(counts, waiting)


# By body


@dataclass(frozen=True, slots=True)
class Row:
    """The tasks led by one body and what it reaches.

    Args:
        ref: id of the body; "?" for leads the directory does not know, "~" for promises that the
            partner's side keeps, "" for tasks without a single lead.
        body: its row; None for those three.
        how: "reach" (with all under it and taken over), "own" (the body alone), "under" (one that
            stands under it, with its reach), "inherited" (one it took over, with its reach).
    """

    ref: str
    body: Body | None
    how: str
    cells: Cells


def count_by_body(tasks: QuerySet[Task], *, under: str = "") -> list[Row]:
    """The tasks by who leads them today, each in one row.

    A person's word on which successor answers for a divided body is followed. Without `under`,
    rows are the bodies at the top: ministries, provinces, missions.
    Args:
        tasks: of `list_tasks`; with `under`, those its reach leads.
        under: id of a body whose own tasks, bodies under it and predecessors are told apart.
    """
    tree = _Tree()
    grouped: dict[tuple[str, str], list[tuple[str, int, int]]] = defaultdict(list)
    who = Case(When(is_partners=True, then=Value(PARTNERS_SIDE)), default=F("lead"))
    rows = tasks.order_by().annotate(who=who).values_list("who", "standing")
    for lead, standing, n, awaiting in rows.annotate(n=Count("pk"), awaiting=_AWAITING):
        grouped[tree.row_of(lead, under)].append((standing, n, awaiting))
    # Handed over by a person's word: taken out of the row of the name, put into the successor's.
    moved = Handover.objects.filter(task__in=tasks.order_by().values("pk"))
    to = {(task, was): ref for task, was, ref in moved.values_list("task", "from_ref", "to_ref")}
    if to:
        held = tasks.filter(pk__in={task for task, _was in to}).order_by()
        for pk, lead, standing, status in held.values_list("pk", "lead", "standing", "held_status"):
            if (pk, lead) in to:
                awaiting = int(status == Status.AWAITING)
                grouped[tree.row_of(lead, under)].append((standing, -1, -awaiting))
                grouped[tree.row_of(to[pk, lead], under)].append((standing, 1, awaiting))
    bodies = Body.objects.in_bulk([ref for ref, _how in grouped if ref], field_name="ref")
    found = [
        Row(ref, bodies.get(ref), how, cells)
        for (ref, how), counts in grouped.items()
        if (cells := _cells(counts)).total
    ]
    return sorted(found, key=_row_order)


def _row_order(row: Row) -> tuple[int, int, str]:
    kinds = ("own", "under", "reach", "inherited")
    return (
        2 if not row.ref else 1 if row.body is None else 0,
        kinds.index(row.how),
        row.body.sort if row.body else row.ref,
    )


_UMBRELLAS = ("party", "state")


class _Tree:
    """Which row of the table a body's tasks stand in; two statements.

    Bodies at the top stand under none, or under one that holds all of its kind together, as the
    Government does the ministries: such an umbrella has a row for what it leads itself.
    """

    def __init__(self) -> None:
        under = Body.objects.exclude(parent=None).values_list(
            "ref", "parent__ref", "parent__kind", "parent__parent"
        )
        self.parent = {ref: parent for ref, parent, _kind, _above in under}
        self.umbrellas = {
            parent for _ref, parent, kind, above in under if above is None and kind in _UMBRELLAS
        }
        whole = Succession.objects.filter(
            kind__in=(SuccessionKind.MERGED, SuccessionKind.RENAMED), what=""
        )
        self.after = dict(whole.order_by("on", "pk").values_list("before__ref", "after__ref"))

    def row_of(self, lead: str, under: str) -> tuple[str, str]:
        if lead in ("", PARTNERS_SIDE, UNKNOWN_BODY):
            return lead, "reach"
        if not under:
            return self._top(lead)
        if lead == under:
            return lead, "own"
        # The last body before `under` on the way up, by the tree or by succession.
        met, at = {lead}, lead
        while True:
            for step, how in ((self.parent.get(at), "under"), (self.after.get(at), "inherited")):
                if step == under:
                    return at, how
            # What a body was taken over by is nearer than what it once stood under.
            following = self.after.get(at) or self.parent.get(at)
            if following is None or following in met:
                return lead, "under"
            met.add(following)
            at = following

    def _top(self, lead: str) -> tuple[str, str]:
        if lead in self.umbrellas:
            return lead, "own"
        met, at = {lead}, lead
        while True:
            following = self.after.get(at) or self.parent.get(at)
            if following is None or following in met or following in self.umbrellas:
                return at, "reach"
            met.add(following)
            at = following
