"""Days and periods in words: 20/12/2024 and "6 tháng cuối năm 2025", or 20 Dec 2024."""

import datetime as dt
import re

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext

from diemcau.indicators.periods import read_period

__all__ = ["say_day", "say_instant", "say_period", "say_span"]

_ROMAN = {"1": "I", "2": "II", "3": "III", "4": "IV"}


def say_day(day: dt.date | None) -> str:
    """Print a day: 20/12/2024 in Vietnamese, 20 Dec 2024 in English; "" for None."""
    if day is None:
        return ""
    if (get_language() or "").startswith("vi"):
        return f"{day.day}/{day.month}/{day.year:04d}"
    return date_format(day, "j M Y")


def say_instant(at: dt.datetime | None, *, seconds: bool = False) -> str:
    """Print an instant on the installation's clock: 19:03 22/11/2026, or 22 Nov 2026, 19:03.

    Args:
        at: an aware instant; None is printed as "".
        seconds: print them too.
    """
    if at is None:
        return ""
    here = timezone.localtime(at)
    clock = f"{here:%H:%M:%S}" if seconds else f"{here:%H:%M}"
    day = say_day(here.date())
    if (get_language() or "").startswith("vi"):
        return f"{clock} {day}"
    return f"{day}, {clock}"


def say_span(first: dt.date | None, last: dt.date | None) -> str:
    """Print the days of a span: "1/7/2025 – 31/12/2025"; one day once; "" for None."""
    if first is None or last is None or first == last:
        return say_day(last or first)
    return f"{say_day(first)} – {say_day(last)}"


def say_period(text: str | None) -> str:
    """Print a period as read ("2025-H2", "2024-Q3", "2022/2026") in words.

    A form that is not known is printed as it is; "" for none.
    """
    if not text or read_period(text) is None:
        return text or ""
    if match := re.fullmatch(r"(\d{4})-01/\1-09", text):
        return gettext("first nine months of %(year)s") % {"year": match[1]}
    if "/" in text:
        first, last = (say_period(part) for part in text.split("/"))
        return f"{first}–{last}"
    if match := re.fullmatch(r"(\d{4})-H([12])", text):
        if match[2] == "1":
            return gettext("first half of %(year)s") % {"year": match[1]}
        return gettext("second half of %(year)s") % {"year": match[1]}
    if match := re.fullmatch(r"(\d{4})-Q([1-4])", text):
        return gettext("quarter %(quarter)s of %(year)s") % {
            "quarter": _ROMAN[match[2]],
            "year": match[1],
        }
    if match := re.fullmatch(r"(\d{4})-(\d{2})", text):
        if (get_language() or "").startswith("vi"):
            return f"{int(match[2])}/{match[1]}"
        return date_format(dt.date(int(match[1]), int(match[2]), 1), "M Y")
    if re.fullmatch(r"\d{4}", text):
        return text
    return say_day(dt.date.fromisoformat(text))
