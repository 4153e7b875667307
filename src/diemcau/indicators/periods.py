"""Periods as read ("2025", "2025-H1", "2024-Q3", "2022/2026") and the calendar days they cover."""

import calendar
import datetime as dt
import re
from dataclasses import dataclass

__all__ = ["Period", "in_year_of", "read_day", "read_period", "year_before"]

_FORM = re.compile(
    r"(?P<year>\d{4})(?:-(?:H(?P<half>[12])|Q(?P<quarter>[1-4])|"
    r"(?P<month>\d{2})(?:-(?P<day>\d{2}))?))?"
)


@dataclass(frozen=True, slots=True)
class Period:
    """First and last calendar day, both inside, and how finely the text named them.

    Args:
        first: first day.
        last: last day.
        precision: "day", "month", "quarter", "half", "year", or "years" for a span of years.
    """

    first: dt.date
    last: dt.date
    precision: str

    def contains(self, other: "Period") -> bool:
        """Whether every day of the other period is a day of this one."""
        return self.first <= other.first and other.last <= self.last

    @property
    def days(self) -> int:
        """Number of days, at least 1."""
        return (self.last - self.first).days + 1


def read_day(text: str | None) -> dt.date | None:
    """A day as the reader gives it, "2025-06-30"; None for nothing and for less than a day."""
    try:
        return dt.date.fromisoformat(text or "")
    except ValueError:
        return None


def read_period(text: str | None) -> Period | None:
    """Read one of the period forms of the evaluation schema.

    Args:
        text: "2025-06-30", "2025-06", "2024-Q3", "2025-H2", "2025", "2022/2026",
            "2025-01/2025-10"; None or "" when the text gives none.
    Returns:
        The period; None for no period or another form, and for days that do not exist.
    """
    if not text:
        return None
    first, slash, last = text.strip().partition("/")
    begin = _single(first)
    if not slash or begin is None:
        return begin
    end = _single(last)
    if end is None or end.last < begin.first:
        return None
    return Period(begin.first, end.last, "years" if end.precision == "year" else end.precision)


def _single(text: str) -> Period | None:
    match = _FORM.fullmatch(text)
    if match is None:
        return None
    year = int(match["year"])
    try:
        if match["day"]:
            day = dt.date(year, int(match["month"]), int(match["day"]))
            return Period(day, day, "day")
        if match["month"]:
            return _months(year, int(match["month"]), 1, "month")
        if match["quarter"]:
            return _months(year, 3 * int(match["quarter"]) - 2, 3, "quarter")
        if match["half"]:
            return _months(year, 6 * int(match["half"]) - 5, 6, "half")
        return _months(year, 1, 12, "year")
    except ValueError:
        return None


def _months(year: int, first: int, count: int, precision: str) -> Period:
    last = first + count - 1
    return Period(
        dt.date(year, first, 1),
        dt.date(year, last, calendar.monthrange(year, last)[1]),
        precision,
    )


def year_before(text: str) -> str:
    """The same period one year earlier, in the same form ("2025-H1" gives "2024-H1")."""
    return re.sub(r"\d{4}(?=$|[-/])", lambda m: f"{int(m[0]) - 1:04d}", text)


def in_year_of(text: str, year: str) -> str:
    """The same part of a year that is named alone ("2026-H1" and "2025" give "2025-H1").

    Args:
        text: a period within one year, in any of the forms.
        year: a period; given back as it is if it is not a bare year, or `text` is no part of one.
    """
    parts = set(re.findall(r"\d{4}(?=$|[-/])", text))
    if len(parts) != 1 or not re.fullmatch(r"\d{4}", year):
        return year
    moved = re.sub(r"\d{4}(?=$|[-/])", year, text)
    return moved if read_period(moved) else year
