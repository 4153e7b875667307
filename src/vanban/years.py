"""The year of a document, and with it the years its dates leave out.

"Chiều 3/7" and "6 tháng đầu năm" carry no year; the document does: in its own date line, in the
period its title names, in the years its sentences speak of. Without such evidence a year stays
unknown; no clock is asked.
"""

import re
from bisect import bisect_left
from collections import Counter
from functools import cache
from operator import attrgetter

from vanban.data import load
from vanban.document import Document
from vanban.letters import plain_blanks
from vanban.patterns import alternation, regex
from vanban.values.times import Time

__all__ = [
    *("dates_a_paper", "document_year", "is_dated"),
    *("settle_years", "year_looked_from", "year_to_come"),
]

_NUMBERED = regex(r"[A-ZĐ]{2}[\w-]*(?:\s*,)?\s+(?:ngày\s+)?$")
"""A numbered document right before its date, which says nothing of the year of this one."""
_NUMBER = regex(r"[-/][A-ZĐ]{2}")
_LONGEST_DATE_LINE = 90
_LEAD = 500
"""Code points at the head of a text in which a day told in full is that of the event."""
_OPENING = 1500
"""Code points of a text whose years weigh double."""


def settle_years(times: tuple[Time, ...], year: int | None) -> tuple[Time, ...]:
    """Fill in the years the times leave out from the document's, marked inferred.

    Args:
        times: as `find_times` gives them.
        year: the document's; None leaves every time as it is.
    """
    if year is None:
        return times
    return tuple(_settled(t, year) if t.year is None else t for t in times)


def _settled(time: Time, year: int) -> Time:
    if time.relative is not None:
        return time.with_year(year + time.relative)
    # "Cùng kỳ" is the year before whatever its sentence speaks of, not the document's.
    return time if time.kind == "same_period" else time.with_year(year)


def document_year(document: Document, times: tuple[Time, ...]) -> int | None:
    """The year in which the document's events take place, as far as its text fixes it.

    Source: `data/years.yml`.
    Args:
        document: the document.
        times: its time expressions, years as written.
    Returns:
        The year; None if nothing in the text speaks for one.
    """
    text = plain_blanks(document.flow)
    first = next((t for t in times if _tells_when(text, t)), None)
    month = (first.month if first is not None else None) or 0
    published = _published(document, times)
    if published is not None:
        year, month_published = published
        # "Chiều 28/12, ...", told in January; below the opening a day may be one to come.
        is_news = first is not None and first.start < _OPENING
        return year - 1 if is_news and month > month_published + 1 else year
    if first is not None:
        beside = _said_in_full(first, times) or _said_beside(text, first, times)
        if beside is not None:
            return beside
    return _most_spoken_of(text, times, month)


def is_dated(document: Document, times: tuple[Time, ...]) -> bool:
    """Whether a document bears its own date; else its year is gathered from what it tells."""
    return _published(document, times) is not None


def _said_in_full(first: Time, times: tuple[Time, ...]) -> int | None:
    """The year of the newest day told in full, if it is the same: "từ ngày 17 đến 19/9/2025"."""
    days = [t for t in times if t.kind == "date" and t.year is not None]
    newest = max((t.year for t in days if t.year is not None), default=None)
    same = {t.year for t in days if (t.day, t.month) == (first.day, first.month)}
    return newest if newest in same else None


_BESIDE = 160
_MONTHS_BACK = 2


def _said_beside(text: str, first: Time, times: tuple[Time, ...]) -> int | None:
    """The year that a month just over gives to a day before it: "2/12, họp báo tháng 11/2020"."""
    if first.kind != "date" or first.month is None:
        return None
    for t in times:
        if not first.end <= t.start <= first.end + _BESIDE or t.kind != "month":
            continue
        if t.year is None or t.month is None or "\n" in text[first.end : t.start]:
            continue
        if (first.month - t.month) % 12 <= _MONTHS_BACK:
            return t.year + (first.month < t.month)
    return None


_DUE = regex(
    r"(?i:trước|chậm nhất|hạn|hoàn thành|muộn nhất|đến|tới|vào|trong)"
    r"(?:\s+(?:ngày|hết|là|cuối|đầu))*\s*$"
)


def _tells_when(text: str, time: Time) -> bool:
    """Whether a date without a year is one of what happened, not of what is due."""
    if time.year is not None or time.kind not in ("date", "month"):
        return False
    return _DUE.search(text, max(0, time.start - 30), time.start) is None


def _most_spoken_of(text: str, times: tuple[Time, ...], month: int) -> int | None:
    """The year most of the times name; `month` is that of the first date without one, 0 if none."""
    until = month or max((_months_in(t) for t in times if t.year is None), default=0)
    votes: Counter[int] = Counter()
    compared: Counter[int] = Counter()
    coming: Counter[int] = Counter()
    newest_part = max((t.year for t in times if t.year and _is_told_of(text, t)), default=0)
    for t in times:
        if t.year is None or t.kind == "range":
            continue
        before = text[max(0, t.start - 100) : t.start]
        if _founded().search(before) or (
            t.kind == "year" and (_PART_OF.search(before) or _GREW_FROM.search(before))
        ):
            continue
        weight = 2 if t.start < _OPENING else 1
        than = (t.kind == "same_period" and t.year + 1 >= newest_part) or (
            t.kind == "year" and _THAN.search(before)
        )
        if than and _is_base_of_a_part(text, t, times):
            # "Trong 9 tháng ... so với cùng kỳ năm 2023" is of 2024, whatever else is told.
            votes[t.year + 1] += 3 * weight
            continue
        if t.kind == "month" and t.month and until and _THAN.search(before):
            # "4 tháng đầu năm ... so với cuối tháng 4/2017" is of 2018.
            compared[t.year + (until <= t.month)] += weight
            continue
        if t.kind == "same_period" or (
            t.kind in ("year", "half", "months") and _THAN.search(before)
        ):
            # "10 tháng đầu năm nay ... so với cùng kỳ năm 2021" is of 2022.
            compared[t.year + 1 + _is_of_last_year(text, t, times)] += weight
            continue
        if t.kind in ("half", "quarter", "months"):
            votes[t.year] += 3 * weight
        elif t.kind == "year":
            if _horizon().search(before) and not (
                _BY_NOW.match(text, t.end) or _REACHED_THEN.search(before)
            ):
                continue
            if (looked := year_looked_from(text, t, month)) is not None:
                votes[looked] += 2 * weight
            elif (before_it := year_to_come(text, t, month)) is not None:
                coming[before_it] += weight
            else:
                votes[t.year] += weight
        elif not dates_a_paper(text, t):
            in_lead = t.kind == "date" and t.start < _LEAD and _DUE.search(before) is None
            votes[t.year] += 3 * weight if in_lead else weight
    votes = votes or compared or coming
    if not votes:
        return _of_the_event(text)
    # When relations began, or a war was won, is often told by its day, and more than once.
    newest = max(votes)
    recent = {year: n for year, n in votes.items() if year > newest - _HISTORY}
    best = max(recent.values())
    return max(year for year, n in recent.items() if n == best)


def dates_a_paper(text: str, time: Time) -> bool:
    """Whether a time is the date of a numbered paper: "Quyết định số 12/QĐ-BNG ngày 4/5/2025"."""
    return _NUMBERED.search(text, max(0, time.start - _BEFORE_A_PART), time.start) is not None


def _of_the_event(text: str) -> int | None:
    """The year that the names of events at the head of a text bear: "Gặp gỡ Nhật Bản 2022"."""
    years = {m["year"] for m in _EVENT.finditer(text, 0, _OPENING)}
    return int(years.pop()) if len(years) == 1 else None


_EVENT = regex(
    r"(?:Hội nghị|Hội thảo|Diễn đàn|Gặp gỡ|Hội chợ|Triển lãm|Tuần|Lễ hội|Ngày hội|Festival"
    r"|Expo|EXPO)"
    r"(?: (?!đến |tới |tầm |giai )[^\s,;.:()”\"]+){1,8} (?P<year>20[12]\d)(?![\d/–-])"
)


def _is_of_last_year(text: str, base: Time, times: tuple[Time, ...]) -> bool:
    """Whether what is compared with a year is of last year: "Năm ngoái ... so với năm 2020"."""
    at = bisect_left(times, base.start, key=attrgetter("start"))
    now = times[at - 1] if at else None
    return now is not None and now.relative == -1 and not _STOP.search(text, now.end, base.start)


def _is_told_of(text: str, time: Time) -> bool:
    """Whether a part of a year is one that a text tells of, neither a base nor to come."""
    if time.kind not in ("month", "quarter", "half", "months"):
        return False
    before = text[max(0, time.start - _BEFORE_A_PART) : time.start]
    return not (_THAN.search(before) or _horizon().search(before))


_BEFORE_A_PART = 40


def _is_base_of_a_part(text: str, base: Time, times: tuple[Time, ...]) -> bool:
    """Whether a part of a year that says no year is compared with "cùng kỳ năm 2023"."""
    first = bisect_left(times, base.start - _SAME_CLAIM - _LONGEST, key=attrgetter("start"))
    for t in times[first : first + _MOST]:
        if t.start >= base.start:
            return False
        part = t.year is None and t.kind in ("months", "half", "quarter", "month")
        if part and base.start - t.end < _SAME_CLAIM and "\n" not in text[t.end : base.start]:
            last = bisect_left(times, base.start, key=attrgetter("start"))
            between = [o for o in times[first:last] if t.end <= o.start and o.year is not None]
            return not between
    return False


_SAME_CLAIM = 220
_MOST = 60
"""Times that stand in so few code points."""
_LONGEST = 60
"""Code points of the longest time expression."""


def _months_in(time: Time) -> int:
    """Up to which month of its year a part of it goes; 0 if it is none."""
    per = {"months": 1, "quarter": 3, "half": 6}.get(time.kind, 0)
    return per * (time.number or 0)


_BY_NOW = regex(r" (?:đã|thì đã|chỉ còn|mới chỉ) ")
"""Behind a year, that something was so by then: "đến năm 2013 đã xuất khẩu 6 triệu tấn"."""
_REACHED_THEN = regex(r"lần đầu(?: tiên)? (?:vượt|đạt|cán mốc|chạm|có)(?!\w)[^.;:\n]{0,60}$")
"""Before a year, what it saw for the first time: "lần đầu tiên vượt 500 tỷ USD vào năm 2019"."""
_PART_OF = regex(r"(?:bằng|tương đương)(?: \w+)? \d[\d.,]* ?%(?: của| mức| so với)*(?: cả)? $")
"""Before a year, a yardstick for others: "chỉ bằng 64% năm 2019"."""
_GREW_FROM = regex(r"(?<!\w)từ (?:mức |con số |khoảng |gần |hơn )*\d[^.;:()\n]{0,40}$")
"""Before a year, where a growth began: "tăng từ mức 200 triệu USD năm 2000 lên"."""
_THAN = regex(r"so (?:với|cùng) (?!kế hoạch|chỉ tiêu|dự toán|mục tiêu|nghị quyết)(?:\w+ ){0,3}$")
_HISTORY = 8
"""Years before the newest a text names, at which it looks back and no more reports."""


@cache
def _founded() -> re.Pattern[str]:
    return regex(rf"(?:{alternation(load('years')['founded'])})(?!\w)[^,.;:\n]{{0,70}}$")


@cache
def _horizon() -> re.Pattern[str]:
    return regex(rf"(?:{alternation(load('years')['horizon'])})\s+$", re.IGNORECASE)


@cache
def _looking(direction: str) -> re.Pattern[str]:
    return regex(rf"(?:{alternation(load('years')[f'looking_{direction}'])})", re.IGNORECASE)


def year_looked_from(text: str, time: Time, month: int) -> int | None:
    """The year in which a text looks back on a year, or ahead to it; None if it does neither.

    Args:
        text: the document's.
        time: a year it names.
        month: in which the text speaks, 0 if it does not say.
    """
    if time.year is None:
        return None
    before = text[max(0, time.start - 100) : time.start]
    if 0 < month <= _LAST_OF_TOTALS and _TOTAL.match(text, time.end) and _OF_MONEY.search(before):
        # "Kim ngạch hai chiều năm 2024 đạt gần 8 tỷ USD", said on a day of August.
        return time.year + 1
    back, ahead = _looks("back", before), _looks("ahead", before)
    if back > ahead:
        return time.year + (1 if 0 < month <= 2 else 0)
    return time.year - (1 if month >= _LATE else 0) if ahead >= 0 else None


def year_to_come(text: str, time: Time, month: int) -> int | None:
    """The year in which a text says what a year will be; None if it does not say so.

    "Năm 2020 sẽ là dịp ...", said in November, is of 2019; said in May it may be of 2020.

    Args:
        text: the document's.
        time: a year it names.
        month: in which the text speaks, 0 if it does not say.
    """
    if time.year is None:
        return None
    if not (
        _WILL.match(text, time.end) or _ON_TO.search(text, max(0, time.start - 12), time.start)
    ):
        return None
    return time.year - (1 if month >= _LATE else 0)


_LATE = 11
"""The month from which on what will be in a year is of the next one."""
_WILL = regex(r"(?:, [^,.;\n]{2,40})? sẽ(?!\w)")
_ON_TO = regex(r"(?<!\w)(?:qua|sang|bước vào) $")
_LAST_OF_TOTALS = 10
"""The last month in which the whole of a year is that of the year before."""
_TOTAL = regex(r"(?: đã)? đạt (?:gần |hơn |trên |khoảng |mức |con số |kỷ lục )*\d")
_OF_MONEY = regex(r"(?:[Kk]im ngạch|[Tt]hương mại|[Xx]uất khẩu|[Nn]hập khẩu|[Vv]ốn)[^;.\n]{0,60} $")
_REACH = {"back": 80, "ahead": 60}
"""Code points in which words that look back or ahead tell what a year behind them is."""


def _looks(direction: str, before: str) -> int:
    """Where the last words before a year begin that look back or ahead; -1 if none do."""
    last = -1
    for m in _looking(direction).finditer(before):
        if len(before) - m.end() <= _REACH[direction] and not _STOP.search(before, m.end()):
            last = m.start()
    return last


_STOP = regex(r"[.;\n]")


def _published(document: Document, times: tuple[Time, ...]) -> tuple[int, int] | None:
    """Year and month of the document's own date: its metadata, or a date line of its own."""
    if document.published:
        return int(document.published[:4]), int(document.published[5:7] or 1)
    if stamp := _STAMPED_MONTH.match(document.flow):
        return int(stamp[1]), int(stamp[2])
    full = [t for t in times if t.kind == "date" and t.year is not None]
    starts = [t.start for t in full]
    for block in document.blocks:
        if block.end - block.start > _LONGEST_DATE_LINE:
            continue
        for t in full[bisect_left(starts, block.start) : bisect_left(starts, block.end)]:
            line = document.flow[block.start : t.start]
            alone = len(line) < 40 and not _NUMBER.search(line)
            if t.year is not None and t.month is not None and (block.kind == "furniture" or alone):
                return t.year, t.month
    return _opens_with(plain_blanks(document.flow), times, full)


_STAMPED_MONTH = regex(r"\s*date\s(\d{4})-(\d\d)(?![\d-])")
"""How a page's text begins that bears the month it was made in."""
_ON_THE_DAY = regex(r"\s*(?:(?:Sáng|Trưa|Chiều|Tối|Hôm)(?: ngày)?|Ngày) $")


def _opens_with(text: str, times: tuple[Time, ...], full: list[Time]) -> tuple[int, int] | None:
    """Year and month of the day a text opens with: "Ngày 18/7/2024, ... cho biết".

    A day that years after it are told of is one of the past.
    """
    first = full[0] if full else None
    if first is None or not _ON_THE_DAY.fullmatch(text, 0, first.start):
        return None
    newest = max(t.year for t in times if t.year is not None)
    year, month = first.year, first.month
    return (year, month) if year is not None and month is not None and year >= newest else None
