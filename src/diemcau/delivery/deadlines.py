"""A deadline as an interval: what "2025-H2" allows, to which day, and by which rule.

Nothing is late before the last day of its period is over. A deadline nobody gave is a state of its
own, not a default.
"""

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from diemcau.indicators.periods import read_period
from vanban.letters import fold

__all__ = ["DueRule", "Interval", "is_far_off", "read_deadline", "typed_period"]

_YEARS_BACK, _YEARS_AHEAD = 10, 50
"""How far from its document's day a deadline may lie; further away its year is mistyped."""

_QUARTERS = {"i": "1", "ii": "2", "iii": "3", "iv": "4"}
_HALVES = {"dau": "1", "cuoi": "2", "first": "1", "second": "2"}
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_TYPED: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    (
        re.compile(r"(?:ngay )?(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})"),
        lambda m: f"{m[3]}-{int(m[2]):02d}-{int(m[1]):02d}",
    ),
    (re.compile(r"(\d{4}) ?[-–] ?(\d{4})"), lambda m: f"{m[1]}/{m[2]}"),
    (
        re.compile(r"(?:quy|quarter|q) ?([1-4]|i{1,3}|iv)(?: ?[/.-] ?| nam | of | )(\d{4})"),
        lambda m: f"{m[2]}-Q{_QUARTERS.get(m[1], m[1])}",
    ),
    (
        re.compile(r"(?:(?:6|sau) thang|nua) (dau|cuoi)(?: nam)? (\d{4})"),
        lambda m: f"{m[2]}-H{_HALVES[m[1]]}",
    ),
    (re.compile(r"(first|second) half of (\d{4})"), lambda m: f"{m[2]}-H{_HALVES[m[1]]}"),
    (
        re.compile(r"(?:(?:9|chin) thang dau(?: nam)?|first nine months of) (\d{4})"),
        lambda m: f"{m[1]}-01/{m[1]}-09",
    ),
    (re.compile(r"(\d{4}-[hq][1-4])"), lambda m: m[1].upper()),
    (
        re.compile(rf"({'|'.join(_MONTHS)}) (\d{{4}})"),
        lambda m: f"{m[2]}-{_MONTHS.index(m[1]) + 1:02d}",
    ),
    (
        re.compile(rf"(\d{{1,2}}) ({'|'.join(_MONTHS)}) (\d{{4}})"),
        lambda m: f"{m[3]}-{_MONTHS.index(m[2]) + 1:02d}-{int(m[1]):02d}",
    ),
    (
        re.compile(r"(?:thang )?(\d{1,2})(?: ?[/.-] ?| nam )(\d{4})"),
        lambda m: f"{m[2]}-{int(m[1]):02d}",
    ),
    (re.compile(r"nam (\d{4})"), lambda m: m[1]),
)
"""Forms in letters without marks, and what the register keeps for each."""


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


def is_far_off(due: dt.date, *, on: dt.date) -> bool:
    """Whether a deadline lies so far from the day it was set on that its year must be wrong."""
    years = (due - on).days / 365.25
    return not -_YEARS_BACK <= years <= _YEARS_AHEAD


def typed_period(typed: str) -> str:
    """A deadline as people type it, in the form the register keeps.

    What `say_period` prints is among it, so what a page shows may be typed.
    Args:
        typed: "30/06/2026", "6/2026", "quý III/2026", "6 tháng đầu năm 2026", "năm 2026",
            "2022-2026", two of them with a dash between, or the register's own form.
    Returns:
        "2026-06-30", "2026-06", "2026-Q3", "2026-H1", "2026", "2022/2026"; anything else as it
        was typed.
    """
    typed = " ".join(typed.split())
    plain = fold(typed)
    for pattern, keep in _TYPED:
        if match := pattern.fullmatch(plain):
            return keep(match)
    first, dash, last = (part.strip() for part in typed.partition("–"))
    return f"{typed_period(first)}/{typed_period(last)}" if dash else typed
