"""Dates and periods: "20/12", "quý III/2025", "6 tháng đầu năm", "giai đoạn 2022-2026".

A time is read as written first; what it leaves out (the year of "3/7", the year of "6 tháng đầu
năm") is filled from the document by `years.settle_years`, and marked inferred. No clock is asked.
"""

import re
from dataclasses import dataclass, replace
from itertools import chain
from typing import Literal

from vanban.words import Words

__all__ = ["Time", "TimeKind", "find_times", "iso"]

TimeKind = Literal["date", "month", "quarter", "half", "months", "year", "range", "same_period"]


@dataclass(frozen=True, slots=True)
class Time:
    """A time expression, `text[start:end]`.

    Args:
        kind: what it names; "months" is the first `number` months of a year, "same_period" is
            "cùng kỳ" (of the year before, unless a year is said).
        year, month, day: as far as known; `year` None if the text does not say it here.
        number: the quarter, the half or the count of months.
        end_year: last year of a range.
        inferred: the year was taken from elsewhere in the document.
        relative: years to add to the document's year ("năm ngoái" -1, "năm nay" 0).
    """

    start: int
    end: int
    kind: TimeKind
    year: int | None = None
    month: int | None = None
    day: int | None = None
    number: int | None = None
    end_year: int | None = None
    inferred: bool = False
    relative: int | None = None

    def with_year(self, year: int) -> "Time":
        """The same time with an inferred year."""
        return replace(self, year=year, inferred=True)


def iso(time: Time) -> str | None:
    """The time in the schema's notation: "2024-12-20", "2025-H1", "2024-Q3", "2022/2026".

    Returns:
        None if the year is unknown or the time names no period of its own.
    """
    if time.year is None or time.kind == "same_period":
        return None
    year = f"{time.year:04d}"
    match time.kind:
        case "date":
            return f"{year}-{time.month:02d}-{time.day:02d}"
        case "month":
            return f"{year}-{time.month:02d}"
        case "quarter":
            return f"{year}-Q{time.number}"
        case "half":
            return f"{year}-H{time.number}"
        case "months":
            return f"{year}-01/{year}-{time.number:02d}"
        case "range":
            return f"{year}/{time.end_year:04d}"
    return year


_S = "[ ]"
"""A blank, written so that a verbose pattern does not drop it."""
_YEAR = r"(?:19|20)\d\d"
_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_MONTH_WORDS = {
    "một": 1, "giêng": 1, "hai": 2, "ba": 3, "tư": 4, "bốn": 4, "năm": 5, "sáu": 6,
    "bảy": 7, "tám": 8, "chín": 9, "mười": 10, "mười một": 11, "mười hai": 12, "chạp": 12,
}  # fmt: skip
_COUNTS = {
    "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9, "mười": 10, "mười một": 11,
}  # fmt: skip
_MONTH_WORD = "|".join(sorted(_MONTH_WORDS, key=len, reverse=True))

_PATTERN = re.compile(
    rf"""
    (?<![\d/\-.,])(?P<d1>[0-3]?\d){_S}?(?P<sep>[/.\-])(?P<m1>[01]?\d){_S}?(?P=sep)(?P<y1>{_YEAR})(?!\d)
  | (?<![\d/])(?P<d0>[0-3]?\d){_S}?[-–]{_S}?(?:ngày{_S}+)?[0-3]?\d{_S}?/{_S}?(?P<m0>[01]?\d)(?:{_S}?/{_S}?(?P<y0>{_YEAR}))?(?![\d/])
  | ngày{_S}+(?P<d2>[0-3]?\d){_S}+tháng{_S}+(?P<m2>[01]?\d)(?:{_S}+năm{_S}+(?P<y2>{_YEAR})|{_S}?[/\-]{_S}?(?P<y2b>{_YEAR}))?(?!\d)
  | (?P<cue>(?:ngày|sáng|trưa|chiều|tối|đêm|hôm|nay|mùng){_S}*\(?|[(]|(?:từ|đến|tới|và){_S}+ngày{_S}+)(?P<d3>[0-3]?\d){_S}?[/\-]{_S}?(?P<m3>[01]?\d)(?![\d/%.,\-]\d|\d|{_S}?[/\-]{_S}?\d|{_S}*%)
  | (?P<n4>\d\d?|nửa|sáu|chín){_S}+(?:tháng{_S}+)?(?P<part>đầu|cuối){_S}+(?:của{_S}+)?năm(?:{_S}+(?P<y4>{_YEAR}|nay|ngoái|trước|tới|sau)(?!\d))?
  | (?P<n5>\d\d?|ba|bốn|năm|sáu|bảy|tám|chín|mười|mười{_S}một){_S}+tháng(?:{_S}+(?:của{_S}+)?năm{_S}+(?P<y5>{_YEAR})(?!\d)|{_S}+(?:qua|đã{_S}+qua|vừa{_S}+qua)(?!\w)|(?={_S}+(?:đạt|ước|chỉ|tăng|giảm|khoảng|cả{_S}+nước|toàn{_S}+tỉnh)))
  | (?:trong|tính{_S}+chung|lũy{_S}+kế|kết{_S}+thúc|hết|qua|tổng{_S}+kết|sơ{_S}+kết|khẩu|(?<=\n)){_S}*(?P<n5b>\d\d?|ba|sáu|bảy|tám|chín|mười|mười{_S}một){_S}+tháng(?:{_S}+(?:đầu{_S}+)?(?:của{_S}+)?năm{_S}+(?P<y5b>{_YEAR}|nay)(?!\d))?(?!{_S}+(?:tới|tiếp|sau|nữa|\d|một|kể|cuối|đầu)|\w)
  | từ{_S}+đầu{_S}+năm(?:{_S}+(?P<y5c>{_YEAR}))?(?P<since>(?:{_S}+(?:đến|tới){_S}+nay)?)(?!\w)
  | quý{_S}+(?P<q6>iv|i{{1,3}}|[1-4])(?:{_S}*[/\-,]?{_S}*(?:năm{_S}+)?(?P<y6>{_YEAR})|{_S}+năm{_S}+(?P<w6>nay|ngoái|trước|tới))?(?![\divx])
  | (?<!\w)(?:tháng|t){_S}*(?P<m7>1[0-2]|0?[1-9])(?:{_S}*[/\-.]{_S}*(?P<y7>{_YEAR})|{_S}+năm{_S}+(?P<y7b>{_YEAR})|{_S}+năm{_S}+(?P<w7>nay|ngoái|trước|tới))?(?![\d/%]|[.,]\d)
  | tháng{_S}+(?P<mw>{_MONTH_WORD})(?:{_S}+năm{_S}+(?P<y7c>{_YEAR}))?(?!\w)
  | (?:giai{_S}+đoạn|nhiệm{_S}+kỳ|thời{_S}+kỳ|niên{_S}+khóa|các{_S}+năm|từ{_S}+năm|trong{_S}+các{_S}+năm){_S}+(?:từ{_S}+)?(?:năm{_S}+)?(?P<a8>{_YEAR}){_S}*(?:-|–|—|đến|tới){_S}*(?:năm{_S}+)?(?P<b8>{_YEAR})(?!\d)
  | (?<![\d/.\-])(?P<a9>{_YEAR}){_S}*[-–—]{_S}*(?P<b9>{_YEAR})(?![\d/])
  | (?<![\d/.\-\w])(?P<m10>1[0-2]|0?[1-9])/(?P<y10>{_YEAR})(?!\d)
  | cùng{_S}+kỳ(?:{_S}+(?:của{_S}+)?năm{_S}+(?P<y11>{_YEAR}|ngoái|trước)(?!\d))?
  | năm{_S}+(?P<y12>{_YEAR})(?![\d]|{_S}*[-–]{_S}*\d)
  | năm{_S}+(?P<w13>nay|ngoái|trước|vừa{_S}+qua|qua|tới|sau|tiếp{_S}+theo)(?!\w)
  | tháng{_S}+(?P<w14>này|trước|tới)(?!\w)
    """,
    re.VERBOSE,
)
_BEGINS = re.compile(
    r"""
    \d | t\d
  | (?:ngày|sáng|trưa|chiều|tối|đêm|hôm|nay|mùng|từ|đến|tới|và|năm|tháng|quý|cùng|nửa|ba|bốn|sáu|bảy|tám
      |chín|mười|trong|chung|kế|thúc|hết|qua|kết|khẩu|tính|lũy|tổng|sơ|giai|nhiệm|thời|niên|các)(?:\d|$)
    """,
    re.VERBOSE,
)
"""The words a time can begin with; the alternatives are tried there only."""
_RELATIVE = {"nay": 0, "ngoái": -1, "trước": -1, "qua": -1, "tới": 1, "sau": 1}


def find_times(words: Words) -> tuple[Time, ...]:
    """Every time expression of a text, in order, years as written.

    Args:
        words: a text of n code points.
    Returns:
        Non-overlapping times; day and month always possible ones.
    """
    text = words.lower
    starts = [words.starts[word] for word in words.starts if _BEGINS.match(word)]
    found = []
    free = 0
    for start in sorted(chain.from_iterable(starts)):
        if start < free:
            continue
        m = _PATTERN.match(text, start - 1) if text[start - 1 : start] == "(" else None
        m = m or _PATTERN.match(text, start)
        if m is not None:
            free = m.end()
            if (time := _time(m)) is not None:
                found.append(time)
    return tuple(found)


def _time(m: re.Match[str]) -> Time | None:
    g = m.groupdict()
    start, end = m.span()
    if g["d0"]:
        return _date(start, end, g["d0"], g["m0"], g["y0"])
    if g["d1"]:
        return _date(start, end, g["d1"], g["m1"], g["y1"])
    if g["d2"]:
        return _date(start, end, g["d2"], g["m2"], g["y2"] or g["y2b"])
    if g["d3"]:
        return _date(m.start("d3"), end, g["d3"], g["m3"], None)
    if g["n4"]:
        return _part_of_year(start, end, g["n4"], g["part"], g["y4"])
    if g["since"] is not None:
        return _years(Time(start, end, "year"), g["y5c"] or "nay")
    if g["n5"] or g["n5b"]:
        words = " ".join((g["n5"] or g["n5b"]).split())
        number = int(words) if words.isdigit() else _COUNTS[words]
        start = m.start("n5") if g["n5"] else m.start("n5b")
        if not 1 <= number <= 12:
            return None
        kind: TimeKind = "half" if number == 6 else "months"
        return _years(
            Time(start, end, kind, number=1 if number == 6 else number), g["y5"] or g["y5b"]
        )
    if g["q6"]:
        quarter = Time(start, end, "quarter", number=_QUARTERS[g["q6"]])
        return _years(quarter, g["y6"] or g["w6"])
    if g["m7"]:
        return _years(Time(start, end, "month", month=int(g["m7"])), g["y7"] or g["y7b"] or g["w7"])
    if g["mw"]:
        return _years(
            Time(start, end, "month", month=_MONTH_WORDS[" ".join(g["mw"].split())]),
            g["y7c"],
        )
    for first, last in (("a8", "b8"), ("a9", "b9")):
        if g[first]:
            if int(g[first]) > int(g[last]):
                return None
            return Time(start, end, "range", year=int(g[first]), end_year=int(g[last]))
    if g["m10"]:
        return Time(start, end, "month", year=int(g["y10"]), month=int(g["m10"]))
    if m[0][:4] == "cùng":
        return _years(Time(start, end, "same_period"), g["y11"])
    if g["y12"]:
        return Time(start, end, "year", year=int(g["y12"]))
    if g["w13"]:
        return _years(Time(start, end, "year"), g["w13"].split()[-1])
    return None


def _date(start: int, end: int, day: str, month: str, year: str | None) -> Time | None:
    if not (1 <= int(day) <= 31 and 1 <= int(month) <= 12):
        return None
    return _years(Time(start, end, "date", month=int(month), day=int(day)), year)


def _part_of_year(start: int, end: int, count: str, part: str, year: str | None) -> Time | None:
    number = {"nửa": 6, "sáu": 6, "chín": 9}.get(count) or int(count)
    if number == 6:
        return _years(Time(start, end, "half", number=1 if part == "đầu" else 2), year)
    if part == "đầu" and 1 <= number <= 12:
        if number == 3:
            return _years(Time(start, end, "quarter", number=1), year)
        return _years(Time(start, end, "months", number=number), year)
    if part == "cuối" and number == 3:
        return _years(Time(start, end, "quarter", number=4), year)
    return None


def _years(time: Time, word: str | None) -> Time:
    if word is None:
        return time
    if word.isdigit():
        return replace(time, year=int(word))
    return replace(time, relative=_RELATIVE.get(word))
