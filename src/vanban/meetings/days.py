"""The day of a meeting: its year only as far as the text itself fixes it."""

from collections import Counter
from functools import cache

from vanban.data import load
from vanban.layers import Layers
from vanban.letters import UPPER
from vanban.meetings.meeting import Meeting, of_a_document
from vanban.patterns import Ending, alternation, regex
from vanban.values.times import Time, iso
from vanban.years import year_looked_from, year_to_come

__all__ = ["day_of_meeting"]

_MONTHS_BACK = 2
"""Months over before a meeting that a report of it may still speak of as of the present."""


def day_of_meeting(layers: Layers, meeting: Meeting) -> str | None:
    """The day of a meeting, "YYYY-MM-DD"; None if the text does not fix it.

    A year that is gathered from years the text happens to name is no year told: one of them must
    speak of the meeting's own time.
    """
    time = meeting.time
    if time is not None and time.year is None:
        named = _years_named(layers, meeting)
        if not named:
            just_before = [
                other.year
                for other in layers.times_between(meeting.start, meeting.end)
                if other.kind == "date"
                and other.year is not None
                and not other.inferred
                and _just_before(other, time)
            ]
            # "72 năm thiết lập quan hệ (18-1-1950 - 18-1-2022)".
            named = {max(just_before)} if just_before else set()
        return iso(time._replace(year=named.pop())) if len(named) == 1 else None
    if time is None or not time.inferred or time.month is None:
        return meeting.day
    named = _years_named(layers, meeting)
    if len(named) == 1 and not layers.is_dated:
        # "nhân dịp Tết Bunpimay 2018": it is nearer than the years of figures.
        return iso(time._replace(year=named.pop()))
    beside = set()
    for other in layers.times_between(meeting.start, meeting.end):
        if other.kind == "year" and other.year == time.year and not other.inferred:
            # "Hội nghị tham tán năm 2025".
            return meeting.day
        if (
            other.kind == "date"
            and other.year is not None
            and not other.inferred
            and other.month is not None
            and abs(other.month - time.month) <= 1
            and (not of_a_document(layers, other) or _just_before(other, time))
        ):
            # "Chiều 4/7, ... sẽ thăm Nhật Bản từ ngày 8/7/2025".
            beside.add(other.year)
    if beside:
        # "70 năm ngày thành lập (17/11/1950 - 17/11/2020)".
        return iso(time._replace(year=time.year if time.year in beside else max(beside)))
    if layers.is_dated:
        return meeting.day
    if not _is_of_the_present(layers, time):
        return None
    return None if _is_behind_what_is_to_come(layers, time) else meeting.day


def _is_behind_what_is_to_come(layers: Layers, time: Time) -> bool:
    """Whether a day would lie behind one that the text says is to come: its year is another.

    "Ngày 24/12 ... Hội nghị sẽ diễn ra ngày 22/02/2020" is not of 2020.
    """
    return any(
        other.kind == "date"
        and other.year == time.year
        and not other.inferred
        and (other.month or 0, other.day or 0) < (time.month or 0, time.day or 0)
        and _said_to_come(layers, other)
        for other in layers.times
    )


def _said_to_come(layers: Layers, time: Time) -> bool:
    """Whether the words before a time, in its sentence, tell what is to come."""
    low = max(0, time.start - _SENTENCE)
    line = max(layers.text.rfind("\n", low, time.start), layers.text.rfind(". ", low, time.start))
    if _SINCE.search(layers.text, low, time.start) is not None:
        # "sẽ giao nhiệm vụ ... sau sáp nhập từ ngày 1/7/2025": since when, not what is to come.
        return False
    return _TO_COME.search(layers.text, max(line, low), time.start) is not None


_SENTENCE = 320
_SINCE = regex(r"(?<!\w)(?:từ|kể từ|sau)(?: ngày| tháng| năm)? $")
_TO_COME = regex(
    r"(?<!\w)(?:sẽ|[Dd]ự kiến|sắp tới|tới đây|thời gian tới|(?:các|những) năm tới)(?!\w)"
)


def _years_named(layers: Layers, meeting: Meeting) -> set[int]:
    """The years at the end of names in the sentence that tells a meeting."""
    return {int(m[1]) for m in _NAMED_YEAR.finditer(layers.text, meeting.start, meeting.end)}


def _just_before(other: Time, time: Time) -> bool:
    """Whether a day is one of the last before another, be it that of a paper acted on."""
    days = 31 * ((time.month or 0) - (other.month or 0)) + (time.day or 0) - (other.day or 0)
    return 0 <= days <= _DAYS_BACK


_DAYS_BACK = 7


def _is_of_the_present(layers: Layers, time: Time) -> bool:
    """Whether a time of the text with the year gathered for a day speaks of the day's own time."""
    years: Counter[int] = Counter()
    for other in layers.times:
        if other.year is None or other.inferred or other.kind == "range":
            continue
        if _is_base(layers, other) and other.year + 1 == time.year:
            return True
        if _of_old(layers, other):
            continue
        if other.kind == "year":
            month = time.month or 0
            if year_looked_from(layers.text, other, month) == time.year:
                return True
            coming = year_to_come(layers.text, other, month)
            if coming == time.year and other.year != time.year:
                return True
            if coming is None and not _said_to_come(layers, other):
                years[other.year] += 1
        elif other.year != time.year:
            continue
        elif other.kind in ("half", "quarter", "months") or (
            other.month is not None and other.month - (time.month or 0) >= -_MONTHS_BACK
        ):
            return True
    told = years.pop(time.year, 0) if time.year is not None else 0
    return told > max(years.values(), default=0)


def _is_base(layers: Layers, time: Time) -> bool:
    """Whether what this year brought is compared with a time: "so với cùng kỳ năm 2021"."""
    if time.kind != "same_period":
        return False
    low = max(0, time.start - _REACH)
    return any(
        t.kind in ("months", "half", "quarter", "month") and (t.inferred or t.relative is not None)
        for t in layers.times_between(low, time.start)
    )


def _of_old(layers: Layers, time: Time) -> bool:
    """Whether a time is that of a paper, of a beginning, or of what was before."""
    low = max(0, time.start - _REACH)
    text = layers.text
    if of_a_document(layers, time) or time.kind == "same_period":
        return True
    horizon = _horizon().search(text, low, time.start)
    of_now = time.kind in ("date", "month") and _BY_NOW.search(text, low, time.start)
    if horizon is not None and not of_now:
        return True
    line = max(text.rfind("\n", 0, time.start), text.rfind(". ", 0, time.start))
    return _BEFORE.search(text, max(line, low), time.start) is not None


_BY_NOW = regex(r"[Tt]ính đến (?:hết |cuối |nay, )?$")
"""Before a time that is no horizon: what was so by then."""
_NAMED_YEAR = regex(rf"(?:[{UPPER}]\w*|\)) (20[0-3]\d)(?![\d/]|[.,]\d| ?[-–] ?\d)")
"""The year at the end of a name: "Gặp gỡ đầu Xuân 2019", "(APEC) 2023"."""
_REACH = 120
_BEFORE = regex(
    r"[Tt]rước đó|[Ss]o (?:với|cùng)|[Kk]ể từ|[Tt]ừ sau|[Hh]iệp định|[Nn]ghị quyết|[Cc]hỉ thị"
    r"|[Qq]uyết định|[Ll]uật|[Nn]ghị định|thành lập|thiết lập"
)


@cache
def _horizon() -> Ending:
    words = load("years")["horizon"]
    return Ending(rf"(?i:(?<!\w)(?:{alternation(words)}))\s+$", words)
