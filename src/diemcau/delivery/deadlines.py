"""A deadline as an interval: what "2025-H2" allows, to which day, and by which rule.

Nothing is late before the last day of its period is over. A deadline nobody gave is a state of its
own, not a default.
"""

import datetime as dt
import re
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from diemcau.indicators.periods import read_period

__all__ = ["DueRule", "Interval", "read_deadline", "typed_period"]

_TYPED_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_TYPED_MONTH = re.compile(r"(\d{1,2})[/.-](\d{4})")
_TYPED_PART = re.compile(r"(?:quý|q)\s*([1-4]|i{1,3}|iv)\s*[/.-]\s*(\d{4})", re.IGNORECASE)
_QUARTERS = {"i": "1", "ii": "2", "iii": "3", "iv": "4"}
_TYPED_YEARS = re.compile(r"(\d{4})\s*[-–]\s*(\d{4})")


class DueRule(TextChoices):
    """Which year a month, quarter, half-year or year is part of.

    Source of the administrative periods, which close on the 14th: Nghị định 09/2019/NĐ-CP.
    """

    CALENDAR = "calendar", _("calendar periods: half-years end on 30 June and 31 December")
    ADMINISTRATIVE = (
        "administrative",
        _("administrative periods of Decree 09/2019: half-years end on 14 June and 14 December"),
    )


@dataclass(frozen=True, slots=True)
class Interval:
    """First and last day a deadline names, both inside, and the rule that made them.

    Args:
        due_from: first day of the period.
        due_to: last day; late only after it.
        precision: "day", "month", "quarter", "half", "year", "years".
        rule: the rule that made the days.
    """

    due_from: dt.date
    due_to: dt.date
    precision: str
    rule: DueRule


def read_deadline(deadline: str | None, *, rule: DueRule = DueRule.CALENDAR) -> Interval | None:
    """Turn a deadline as read into its interval of days.

    Source: Nghị định 09/2019/NĐ-CP for the administrative periods: each runs from the 15th of the
    month before to the 14th of its last month.
    Args:
        deadline: a period as `read_period` takes it; None or "" when the text gives none.
        rule: which periods are meant; a day is the same day under either.
    Returns:
        The interval; None if there is no deadline or its form is unknown.
    """
    period = read_period(deadline)
    if period is None:
        return None
    first, last = period.first, period.last
    if rule == DueRule.ADMINISTRATIVE and period.precision != "day":
        first = (first - dt.timedelta(days=1)).replace(day=15)
        last = last.replace(day=14)
    return Interval(first, last, period.precision, rule)


def typed_period(typed: str) -> str:
    """A deadline as people type it, in the form the register keeps.

    Args:
        typed: "30/06/2026", "6/2026", "quý III/2026", "2022-2026", or the register's own form.
    Returns:
        "2026-06-30", "2026-06", "2026-Q3", "2022/2026"; anything else as it was typed.
    """
    typed = " ".join(typed.split())
    if match := _TYPED_DAY.fullmatch(typed):
        day, month, year = match.groups()
        return f"{year}-{int(month):02d}-{int(day):02d}"
    if match := _TYPED_PART.fullmatch(typed):
        quarter, year = match.groups()
        return f"{year}-Q{_QUARTERS.get(quarter.lower(), quarter)}"
    if match := _TYPED_YEARS.fullmatch(typed):
        return f"{match[1]}/{match[2]}"
    if match := _TYPED_MONTH.fullmatch(typed):
        return f"{match[2]}-{int(match[1]):02d}"
    return typed
