"""A deadline as an interval: what "2025-H2" allows, to which day, and by which rule.

Nothing is late before the last day of its period is over. A deadline nobody gave is a state of its
own, not a default.
"""

import datetime as dt
import re
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

__all__ = ["RULE_NAMES", "DueRule", "DueState", "Interval", "due_state", "read_deadline"]

SOON = dt.timedelta(days=30)
"""How long before its last day a task counts as near its deadline."""


class DueRule(StrEnum):
    """Which year a half-year, a quarter or a year is part of."""

    CALENDAR = "calendar"
    ADMINISTRATIVE = "administrative"
    """Reporting periods of Nghị định 09/2019/NĐ-CP: they close on the 14th."""


RULE_NAMES = {
    DueRule.CALENDAR: _("calendar periods (half-years end 30 June and 31 December)"),
    DueRule.ADMINISTRATIVE: _(
        "administrative periods (Decree 09/2019: half-years end 14 June and 14 December)"
    ),
}


class DueState(StrEnum):
    """Where today stands against a deadline."""

    LATE = "late"
    NEAR = "near"
    IN_TIME = "in_time"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Interval:
    """First and last day a deadline names, both inside.

    Args:
        due_from: first day; None if the text names only the end.
        due_to: last day; late only after it.
        precision: "day", "month", "quarter", "half", "year", "years".
        rule: the rule that made the days.
    """

    due_from: dt.date
    due_to: dt.date
    precision: str
    rule: DueRule


_FORM = re.compile(
    r"(?P<year>\d{4})(?:-(?:H(?P<half>[12])|Q(?P<quarter>[1-4])|"
    r"(?P<month>\d{2})(?:-(?P<day>\d{2}))?))?"
)


def read_deadline(deadline: str | None, *, rule: DueRule = DueRule.CALENDAR) -> Interval | None:
    """Turn a deadline as read into its interval of days.

    Source: ISO 8601 forms of the evaluation schema; Nghị định 09/2019/NĐ-CP for the
    administrative periods (month: 15th to 14th; quarter, half-year and year accordingly).
    Args:
        deadline: "2025-06-30", "2025-06", "2024-Q3", "2025-H2", "2025", "2022/2026"; None or ""
            when the text gives none.
        rule: which periods are meant; a day is a day under either.
    Returns:
        The interval; None if there is no deadline or its form is not one of the above.
    """
    if not deadline:
        return None
    first, slash, last = deadline.strip().partition("/")
    begin = _period(first, rule)
    if not slash:
        return begin
    end = _period(last, rule)
    if begin is None or end is None or end.due_to < begin.due_from:
        return None
    precision = "years" if begin.precision == "year" else end.precision
    return Interval(begin.due_from, end.due_to, precision, rule)


def _period(text: str, rule: DueRule) -> Interval | None:
    match = _FORM.fullmatch(text)
    if match is None:
        return None
    year = int(match["year"])
    try:
        if match["day"]:
            day = dt.date(year, int(match["month"]), int(match["day"]))
            return Interval(day, day, "day", rule)
        if match["month"]:
            return _months(year, int(match["month"]), 1, "month", rule)
        if match["quarter"]:
            return _months(year, 3 * int(match["quarter"]) - 2, 3, "quarter", rule)
        if match["half"]:
            return _months(year, 6 * int(match["half"]) - 5, 6, "half", rule)
        return _months(year, 1, 12, "year", rule)
    except ValueError:
        # 2025-02-30, year 0000: not a day, so not a deadline anybody can be late for.
        return None


def _months(year: int, first: int, count: int, precision: str, rule: DueRule) -> Interval:
    start = dt.date(year, first, 1)
    after = first + count
    stop = dt.date(year + (after > 12), after - 12 if after > 12 else after, 1)
    if rule is DueRule.ADMINISTRATIVE:
        start = (start - dt.timedelta(days=1)).replace(day=15)
        return Interval(start, (stop - dt.timedelta(days=1)).replace(day=14), precision, rule)
    return Interval(start, stop - dt.timedelta(days=1), precision, rule)


def due_state(due_to: dt.date | None, *, on: dt.date) -> DueState:
    """Where a day stands against a last day.

    Args:
        due_to: last day of the deadline; None if there is none.
        on: the day asked about.
    Returns:
        LATE only after `due_to`; NEAR on the 30 days that end with it.
    """
    if due_to is None:
        return DueState.NONE
    if on > due_to:
        return DueState.LATE
    return DueState.NEAR if due_to - on < SOON else DueState.IN_TIME
