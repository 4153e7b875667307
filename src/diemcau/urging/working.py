"""Working days and the hours in which messages go out; pure, over rows somebody read before."""

import datetime as dt
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

__all__ = ["WorkingTime"]

_LONGEST = 400
"""Days looked through for a working one; a table that has none for longer is a mistake."""


@dataclass(frozen=True, slots=True)
class WorkingTime:
    """Weekdays, but for public holidays, and Saturdays worked in exchange; from an hour to an hour.

    Source: Bộ luật Lao động 2019, Điều 112 for the holidays; the Government's notice of each year
    for days exchanged.
    Args:
        off: days nobody works beside Saturdays and Sundays.
        on: Saturdays and Sundays that are worked.
        opens, closes: messages go out from the one to just before the other, local time.
    """

    off: AbstractSet[dt.date] = field(default_factory=frozenset)
    on: AbstractSet[dt.date] = field(default_factory=frozenset)
    opens: dt.time = dt.time(8)
    closes: dt.time = dt.time(17)

    def is_working(self, day: dt.date) -> bool:
        """Whether people work on a day."""
        return day in self.on or (day.weekday() < 5 and day not in self.off)

    def after(self, day: dt.date, n: int) -> dt.date:
        """The n-th working day after a day; for n = 0 the day itself, or the next working one.

        Raises:
            ValueError: n is negative, or no working day is found for more than a year.
        """
        if n < 0:
            raise ValueError(f"{n} working days after {day}")
        at = day
        for _looked in range(_LONGEST + 2 * n):
            if n == 0 and self.is_working(at):
                return at
            at += dt.timedelta(days=1)
            if n and self.is_working(at):
                n -= 1
        raise ValueError(f"no working day for {_LONGEST} days after {day}")

    def is_open(self, at: dt.datetime) -> bool:
        """Whether a message may go out at a local instant."""
        return self.is_working(at.date()) and self.opens <= at.time() < self.closes

    def opening(self, at: dt.datetime) -> dt.datetime:
        """The first instant from a local one on at which a message may go out."""
        if self.is_open(at):
            return at
        day = at.date()
        if at.time() >= self.opens:
            day += dt.timedelta(days=1)
        return dt.datetime.combine(self.after(day, 0), self.opens, tzinfo=at.tzinfo)
