"""The reporting calendar: which period a day lies in, when its report is due, whether it came.

Source: Nghị định 09/2019/NĐ-CP. Data of a month run from the 15th of the month before to the 14th,
those of a quarter, a half-year and a year to the 14th of their last month; statistical reports use
the months of the calendar. Weeks run from Monday to Sunday.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from diemcau.delivery.deadlines import DueRule
from diemcau.delivery.periods import period_of, read_span
from diemcau.urging.working import WorkingTime

__all__ = ["Expected", "Period", "Punctuality", "Rhythm", "period_on", "periods", "punctuality"]


class Rhythm(TextChoices):
    """How often a report is due."""

    WEEK = "week", gettext_lazy("every week")
    MONTH = "month", gettext_lazy("every month")
    QUARTER = "quarter", gettext_lazy("every quarter")
    HALF = "half", gettext_lazy("every half-year")
    NINE = "nine", gettext_lazy("after nine months")
    YEAR = "year", gettext_lazy("every year")


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """One reporting period with its days, both inside; the last is the cut-off.

    Args:
        name: as reports name it: "2026-W09", "2026-03", "2026-Q1", "2026-H1", "2026".
    """

    first: dt.date
    last: dt.date
    name: str


def period_on(day: dt.date, rhythm: str, basis: str = DueRule.ADMINISTRATIVE) -> Period:
    """The period a day lies in.

    Args:
        rhythm: a `Rhythm`.
        basis: a `DueRule`; weeks are the same under either.
    """
    if rhythm == Rhythm.WEEK:
        first = day - dt.timedelta(days=day.weekday())
        year, week, _weekday = day.isocalendar()
        return Period(first, first + dt.timedelta(days=6), f"{year:04d}-W{week:02d}")
    if rhythm == Rhythm.NINE:
        return _nine_months(day, basis)
    name = period_of(day, rhythm, DueRule(basis))
    span = read_span(name, basis)
    if span is None:  # pragma: no cover - period_of names only what read_span reads
        raise ValueError(name)
    return Period(span.first, span.last, name)


def _nine_months(day: dt.date, basis: str) -> Period:
    """The nine months a day lies in, or those that begin next: they leave out the end of a year."""
    year = day.year
    while True:
        name = f"{year:04d}-01/{year:04d}-09"
        span = read_span(name, basis)
        if span is None:  # pragma: no cover - the form is one that read_span reads
            raise ValueError(name)
        if day <= span.last:
            return Period(span.first, span.last, name)
        year += 1


def periods(rhythm: str, basis: str, *, since: dt.date, until: dt.date) -> Iterator[Period]:
    """The periods whose cut-off lies between two days, both inside, the earliest first."""
    one = period_on(since, rhythm, basis)
    while one.last <= until:
        yield one
        one = period_on(one.last + dt.timedelta(days=1), rhythm, basis)


@dataclass(frozen=True, slots=True)
class Expected:
    """A report a period asks for.

    Args:
        n_days: working days after the cut-off it may be sent in.
        due: last day it is on time.
        next_cut_off: until the day before it, a report without a period answers this one.
    """

    period: Period
    n_days: int
    due: dt.date
    next_cut_off: dt.date

    @classmethod
    def of(
        cls, period: Period, rhythm: str, basis: str, n_days: int, time: WorkingTime
    ) -> "Expected":
        """What a period asks for under a rule."""
        following = period_on(period.last + dt.timedelta(days=1), rhythm, basis)
        return cls(period, n_days, time.after(period.last, n_days), following.last)

    def is_answered_by(self, period: str, released: dt.date) -> bool:
        """Whether a report answers it: it names the period, or names none and was released from
        its cut-off until the next one."""
        if period:
            return period == self.period.name
        return self.period.last <= released < self.next_cut_off

    @property
    def words(self) -> str:
        """The rule that decides, with its days: what is printed beside every on time and late."""
        how = ngettext(
            "end of the period + %(n)d working day",
            "end of the period + %(n)d working days",
            self.n_days,
        )
        return _("Period %(first)s–%(last)s, due %(due)s = %(how)s") % {
            "first": f"{self.period.first:%d/%m/%Y}",
            "last": f"{self.period.last:%d/%m/%Y}",
            "due": f"{self.due:%d/%m/%Y}",
            "how": how % {"n": self.n_days},
        }


class Punctuality(TextChoices):
    """What became of an expected report."""

    ON_TIME = "on_time", gettext_lazy("On time")
    LATE = "late", pgettext_lazy("report", "Late")
    NONE = "none", gettext_lazy("None came")
    WAITING = "waiting", gettext_lazy("Not due yet")
    EXCUSED = "excused", gettext_lazy("Excused")


def punctuality(due: dt.date, released: dt.date | None, *, on: dt.date) -> Punctuality:
    """The one rule of on time, late and none.

    Args:
        due: last day the report is on time.
        released: day its body's approver released it; None if none came by `on`.
        on: the day asked about.
    """
    if released is not None and released <= on:
        return Punctuality.LATE if released > due else Punctuality.ON_TIME
    return Punctuality.NONE if on > due else Punctuality.WAITING
