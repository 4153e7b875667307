"""The day a page of the directory speaks of, and the slider that moves it."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from diemcau.directory.cells import number_in
from diemcau.web.days import read_typed_day

__all__ = ["Days", "read_days"]

_FIRST = date(2022, 1, 1)
_LANDMARKS = (
    (date(2024, 12, 20), _("conference of December 2024")),
    (date(2025, 3, 1), _("new Government bodies")),
    (date(2025, 7, 1), _("34 provinces and cities")),
)


@dataclass(frozen=True, slots=True)
class Days:
    """A chosen day, and what the slider needs.

    Args:
        day: the day the page speaks of.
        today: the day of the reader.
        month, last_month: steps of the slider since January 2022.
        landmarks: days that are offered, with their names.
        wrong: what was typed, if it is no day.
    """

    day: date
    today: date
    month: int
    last_month: int
    landmarks: tuple[tuple[date, str], ...]
    wrong: str = ""

    @property
    def is_past(self) -> bool:
        return self.day != self.today

    @property
    def query(self) -> str:
        """What keeps the day in an address of such a page; "" of today."""
        return f"?ngay={self.day.isoformat()}" if self.is_past else ""


def read_days(request: HttpRequest) -> Days:
    """The day asked for by `ngay` (a day) or `thang` (a step of the slider); today if neither."""
    today = timezone.localdate()
    last_month = _month(today)
    text, step = request.GET.get("ngay", "").strip(), number_in(request.GET.get("thang", ""))
    day, wrong = today, ""
    if text:
        try:
            day = read_typed_day(text) or today
        except ValueError:
            wrong = text
    elif step is not None:
        chosen = min(step, last_month)
        day = date(_FIRST.year + chosen // 12, chosen % 12 + 1, 1)
        if chosen == last_month:
            day = today
    return Days(
        day, today, min(max(_month(day), 0), last_month), last_month, _landmarks(day), wrong
    )


def _landmarks(day: date) -> tuple[tuple[date, str], ...]:
    # The day before a reform stands beside it: before and after, one click apart.
    found = []
    for on, name in _LANDMARKS:
        found.append((on, name))
        if on.day == 1:
            found.insert(-1, (on - timedelta(days=1), _("the day before")))
    return tuple(found)


def _month(day: date) -> int:
    return (day.year - _FIRST.year) * 12 + day.month - 1
