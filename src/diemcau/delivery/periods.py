"""Reporting periods: which days a quarter, half-year or year of the reporting calendar covers.

Source: Nghị định 09/2019/NĐ-CP, whose periods run from the 15th to the 14th, beside those of the
calendar.
"""

import datetime as dt
from dataclasses import dataclass

from diemcau.delivery.deadlines import DueRule, read_deadline

__all__ = ["Span", "offer_periods", "period_of", "read_span"]


@dataclass(frozen=True, slots=True)
class Span:
    """A period with its days, both inside.

    Args:
        name: as it is read: "2025-Q3", "2025-01-01/2025-10-20".
    """

    name: str
    rule: DueRule
    first: dt.date
    last: dt.date

    def day_asked(self, today: dt.date) -> dt.date:
        """The day figures of the period are told for: its last, or today while it runs."""
        return min(self.last, today)


def read_span(name: str, rule: str) -> Span | None:
    """The days of a period; None for none, or a form that is not known."""
    held = DueRule(rule) if rule in DueRule.values else DueRule.ADMINISTRATIVE
    found = read_deadline(name, rule=held)
    return Span(name, held, found.due_from, found.due_to) if found else None


def period_of(day: dt.date, kind: str, rule: DueRule) -> str:
    """The name of the month, quarter, half-year or year a day lies in.

    Args:
        kind: "month", "quarter", "half", "year".
    """
    year, month = day.year, day.month
    if rule == DueRule.ADMINISTRATIVE and day.day >= 15:
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    match kind:
        case "month":
            return f"{year:04d}-{month:02d}"
        case "quarter":
            return f"{year:04d}-Q{(month + 2) // 3}"
        case "half":
            return f"{year:04d}-H{1 if month < 7 else 2}"
    return f"{year:04d}"


def offer_periods(today: dt.date, rule: DueRule) -> list[str]:
    """The periods people ask for: of the last two years by quarter, half-year and year, the month
    that runs and the one before, and from 1 January to today; the latest first."""
    found = [period_of(today, "month", rule)]
    before = read_span(found[0], rule)
    if before is not None:
        found.append(period_of(before.first - dt.timedelta(days=1), "month", rule))
    for kind, n in (("quarter", 5), ("half", 4), ("year", 3)):
        day = today
        for _at in range(n):
            name = period_of(day, kind, rule)
            found.append(name)
            span = read_span(name, rule)
            if span is None:
                break
            day = span.first - dt.timedelta(days=1)
    found.append(f"{today.year:04d}-01-01/{today.isoformat()}")
    return found
