"""Which body a figure's subject was in its period: a name that passed on is two rows, not one."""

from collections.abc import Iterable
from dataclasses import dataclass

from diemcau.indicators.periods import read_period
from vanban.directory.resolve import resolve
from vanban.directory.rows import Entry

__all__ = ["UnitOfPeriod", "units_of"]


@dataclass(frozen=True, slots=True)
class UnitOfPeriod:
    """The body a name meant in a period.

    Args:
        unit: the body on the last day of the period; None if the period is not known.
        is_mixed: the name passed to another body within the period, so the figure may count
            either, or both.
    """

    unit: Entry | None
    is_mixed: bool = False


def units_of(subject: str, periods: Iterable[str]) -> dict[str, UnitOfPeriod]:
    """The bodies a subject's name meant in some periods, if not the same one in all.

    Old Bắc Ninh's 2022 figure and new Bắc Ninh's 2026 figure are figures of two bodies.
    Args:
        subject: as the documents have it.
        periods: as read, "2022", "2025-H1"; "" if not said.
    Returns:
        Empty if the name has had one bearer only, or the periods all fall to one.
    """
    if resolve(subject, kinds=("body",)).reason != "needs_date":
        return {}
    found = {period: _unit_of(subject, period) for period in periods}
    bearers = {one.unit.id if one.unit else "" for one in found.values()}
    if len(bearers) < 2 and not any(one.is_mixed for one in found.values()):
        return {}
    return found


def _unit_of(subject: str, text: str) -> UnitOfPeriod:
    period = read_period(text)
    if period is None:
        return UnitOfPeriod(None)
    first, last = (resolve(subject, on=day, kinds=("body",)) for day in (period.first, period.last))
    unit = last.candidates[0] if last.id else None
    return UnitOfPeriod(unit, first.id != last.id)
