"""Figures of provinces or ministries as they were, and in the units of another day.

Only accepted figures of one measure, unit of measure and period stand together. A value is summed
only where it is one exact number: bounds, ranges and claims that differ are shown, never averaged.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet

from diemcau.directory.queries import answers_for, links_by_body, responsible_on
from diemcau.documents.rules import Reader, seen
from diemcau.indicators.models import Figure
from diemcau.indicators.periods import read_period
from vanban.directory.resolve import resolve
from vanban.directory.rows import Entry, bodies
from vanban.directory.succession import Link

__all__ = ["ByUnit", "UnitRow", "by_unit", "list_choices"]

_NOT_ADDITIVE = ("percent", "rank", "ratio")


@dataclass(slots=True)
class UnitRow:
    """What is claimed of one unit.

    Args:
        unit: the body; None in the row of what no unit of the day answers for alone.
        figures: the figures as claimed.
        value: their one exact value, or the sum of `parts`; None if there is none.
        parts: rows as it was, of the units that make this one up today.
        missing: units that make this one up and of which nothing exact is claimed.
    """

    unit: Entry | None
    figures: list[Figure] = field(default_factory=list)
    value: Decimal | None = None
    parts: list["UnitRow"] = field(default_factory=list)
    missing: list[Entry] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class ByUnit:
    """A measure in a period, twice over the same figures.

    Args:
        as_it_was: one row per unit of the period.
        today: one row per unit of the day.
        total, total_today: sums of the exact values; equal, since each figure stands once in
            each list. None if the unit of measure does not add up (percent, rank).
    """

    as_it_was: list[UnitRow]
    today: list[UnitRow]
    total: Decimal | None
    total_today: Decimal | None


def list_choices(by: Reader) -> list[tuple[str, str, str]]:
    """Measure, period and unit of measure of accepted figures about two bodies or more."""
    subjects: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    rows = _standing(by).values_list("measure", "period", "unit", "subject").distinct()
    for measure, period, unit, subject in rows:
        found = _unit_of(subject, period)
        if found:
            subjects[measure, period, unit].add(found.id)
    return sorted(choice for choice, ids in subjects.items() if len(ids) > 1)


def by_unit(by: Reader, measure: str, period: str, unit: str, *, on: date) -> ByUnit:
    """The figures of bodies for a measure and period, as they were and in the units of a day.

    Args:
        measure, period, unit: one of `list_choices`.
        on: the day whose units the second list is in.
    """
    own: dict[str, UnitRow] = {}
    figures = _standing(by).filter(measure=measure, period=period, unit=unit)
    for figure in figures.select_related("statement__document").order_by("subject", "pk"):
        found = _unit_of(figure.subject, period)
        if found:
            own.setdefault(found.id, UnitRow(found)).figures.append(figure)
    adds_up = unit not in _NOT_ADDITIVE
    for row in own.values():
        row.value = _exact(row.figures)
    links = links_by_body()
    later: dict[str, UnitRow] = {}
    for ref, row in own.items():
        answers = responsible_on(ref, on, links=links).responsible
        target = later.setdefault(answers or "", UnitRow(bodies().get(answers or "")))
        target.parts.append(row)
    for ref, row in later.items():
        row.figures = [figure for part in row.parts for figure in part.figures]
        row.missing = _missing(ref, row, period, on, links)
        row.value = _sum(row.parts) if adds_up or len(row.parts) == 1 else None
    return ByUnit(
        list(own.values()),
        list(later.values()),
        _sum(list(own.values())) if adds_up else None,
        _sum(list(later.values())) if adds_up else None,
    )


def _standing(by: Reader) -> QuerySet[Figure]:
    seen_by = seen(by, "statement__document")
    return Figure.objects.filter(seen_by, withdrawn_at=None, role="actual").exclude(subject="")


def _unit_of(subject: str, period: str) -> Entry | None:
    """The body a subject was on the last day of the period."""
    span = read_period(period)
    found = resolve(subject, on=span.last, kinds=("body",)) if span else None
    return found.candidates[0] if found and found.id else None


def _exact(figures: Sequence[Figure]) -> Decimal | None:
    """The one value all claims give exactly; None if they differ or only bound it."""
    values = {f.value for f in figures if f.bound == "eq" and f.value_high is None}
    exact = all(f.bound == "eq" and f.value_high is None for f in figures)
    return values.pop() if exact and len(values) == 1 else None


def _sum(rows: Sequence[UnitRow]) -> Decimal | None:
    values = [row.value for row in rows if row.value is not None]
    return sum(values, Decimal(0)) if values else None


def _missing(
    ref: str, row: UnitRow, period: str, on: date, links: dict[str, list[Link]]
) -> list[Entry]:
    """Units of the period that make a unit up and have no exact value."""
    span = read_period(period)
    if not ref or span is None:
        return []
    day = span.last.isoformat()
    made_of = [bodies()[r] for r in answers_for(ref, on, links=links).whole if r in bodies()]
    exact = {part.unit.id for part in row.parts if part.unit and part.value is not None}
    return [unit for unit in made_of if unit.is_valid(day) and unit.id not in exact]
