"""Dates and periods: "20/12", "quý III/2025", "6 tháng đầu năm", "giai đoạn 2022-2026".

A time is read as written first; what it leaves out (the year of "3/7", the year of "6 tháng đầu
năm") is filled from the document by `years.settle_years`, and marked inferred. No clock is asked.
"""

import re
from calendar import monthrange
from collections.abc import Iterable
from functools import cache
from string import Template
from typing import Literal, NamedTuple

from vanban.data import load
from vanban.letters import tone_variants
from vanban.patterns import Match, alternation, regex
from vanban.words import Words

__all__ = ["NUMBERED_BEFORE", "PERIODS", "Time", "TimeKind", "find_times", "iso", "last_day"]

TimeKind = Literal["date", "month", "quarter", "half", "months", "year", "range", "same_period"]

PERIODS = frozenset({"year", "half", "quarter", "month", "months"})
"""Kinds of times that are no single day."""
NUMBERED_BEFORE = regex(r"[A-ZĐ]{2}[\w/-]*[,\s(]*(?:ngày\s*)?$")
"""A numbered document right before its date."""


class Time(NamedTuple):
    """A time expression, `text[start:end]`.

    Args:
        kind: what it names; "months" is the first `number` months of a year, or those from
            `month` to it, "same_period" is "cùng kỳ" (of the year before, unless a year is said).
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
        return self._replace(year=year, inferred=True)


def iso(time: Time) -> str | None:
    """The time in the schema's notation: "2024-12-20", "2025-H1", "2024-Q3", "2022/2026".

    Returns:
        None if the year is unknown, the time names no period of its own, or no calendar has the
        day ("31/11/2026").
    """
    if time.year is None or time.kind == "same_period":
        return None
    year = f"{time.year:04d}"
    match time.kind:
        case "date":
            month, day = time.month or 0, time.day or 0
            there_is = day <= monthrange(time.year, month)[1]
            return f"{year}-{month:02d}-{day:02d}" if there_is else None
        case "month":
            return f"{year}-{time.month:02d}"
        case "quarter":
            return f"{year}-Q{time.number}"
        case "half":
            return f"{year}-H{time.number}"
        case "months":
            return f"{year}-{time.month or 1:02d}/{year}-{time.number:02d}"
        case "range":
            return f"{year}/{time.end_year:04d}"
    return year


def last_day(period: str | None) -> str | None:
    """By when something is due in a period: the last day of a month, a quarter or some months.

    Args:
        period: as `iso` writes it.
    Returns:
        A day, a half year or a year: "2026-03-31" for "2026-03" and for "2026-Q1".
    """
    if period is None:
        return None
    end = period.rpartition("/")[2]
    m = _MONTHS.fullmatch(end)
    if m is None:
        return end
    year = int(m["year"])
    month = int(m["month"]) if m["month"] else 3 * int(m["quarter"])
    return f"{year:04d}-{month:02d}-{monthrange(year, month)[1]:02d}"


_MONTHS = regex(r"(?P<year>[0-9]{4})-(?:(?P<month>[0-9]{2})|Q(?P<quarter>[1-4]))")


_FORMS: tuple[tuple[str, str], ...] = (
    # 20/12/2024, 20-12-2024, 20.12.2024
    (
        "0",
        r"(?<![\d/\-.,])(?P<d1>$day) ?(?P<sep>[/.\-])(?P<m1>$month) ?(?P=sep)(?P<y1>$year)(?!\d)",
    ),
    # ngày 20/12/24, a line 20/12/24
    (
        "0 $day_cues (",
        r"(?:(?:$day_cues) *\(?|[(]|(?<![^\n])(?=[\d/.\-]{6,8} *(?:\n|\Z)))"
        r"(?P<d20>$day)(?P<sep20>[/.\-])(?P<m20>$month)(?P=sep20)(?P<y20>[12]\d)(?![\d/%]|[.,\-]\d)",
    ),
    # 19-20/12/2024, 19 - ngày 20/12
    (
        "0",
        r"(?<![\d/])(?P<d0>$day) ?[-–] ?(?:ngày +)?$day ?/ ?(?P<m0>$month)"
        r"(?: ?/ ?(?P<y0>$year))?(?![\d/])",
    ),
    # ngày 20 tháng 12 năm 2024, ngày 20 tháng 12/2024
    (
        "ngày",
        r"ngày +(?P<d2>$day) *tháng +(?P<m2>$month)"
        r"(?: +năm +(?P<y2>$year)| ?[/\-] ?(?P<y2b>$year))?(?!\d)",
    ),
    # 20 tháng 12 năm 2024, where "ngày" is left out or stuck to the word before
    ("0", r"(?<!kỳ )(?P<d23>$day) *tháng +(?P<m23>$month) +năm +(?P<y23>$year)(?!\d)"),
    # chiều 20/12, (20/12), đến ngày 20-12
    (
        "$day_cues $span_cues (",
        r"(?:(?:$day_cues) *\(?|[(]|(?:$span_cues) +ngày +)(?P<d3>$day)"
        r"(?: ?[/\-] ?|[.])(?P<m3>$month)"
        r"(?![\d/%.,\-]\d|\d| ?[/\-] ?\d| *%| +(?:tỷ|tỉ|triệu|nghìn|ngàn)(?!\w)| +tháng +\d)",
    ),
    # ngày 3 và 4/6/2025, từ ngày 12 đến 13/11, ngày 4 và 5 tháng 6 năm 2025
    (
        "ngày",
        r"ngày +(?P<d15>$day) *(?:và|đến|tới|-|–) *(?:ngày +)?$day"
        r"(?: ?/ ?| +tháng +)(?P<m15>$month)"
        r"(?:(?: ?/ ?| +năm +)(?P<y15>$year))?(?![\d/])",
    ),
    # từ 01/6 đến hết 31/7/2025
    (
        "từ",
        r"từ +(?P<d24>$day) ?/ ?(?P<m24>$month)(?= +(?:đến|tới) +(?:hết +)?(?:ngày +)?$day ?/)",
    ),
    # ngày 23 và 24-11, ngày 12 đến 14-11, ngày 5 và 6.7
    (
        "ngày",
        r"ngày +(?P<d21>$day) +(?:và|đến|tới) +(?:ngày +)?$day ?[-.] ?(?P<m21>$month)"
        r"(?![\d/%\-]|[.,]\d)",
    ),
    # 6 tháng đầu năm 2025, nửa cuối năm
    (
        "0 nửa $counts",
        r"(?P<n4>\d\d?|nửa|$counts) +(?:tháng +)?(?P<part>đầu|cuối) +(?:tiên +)?(?:của +)?"
        r"(?:năm(?: +(?P<y4>$year|nay|ngoái|trước|tới|sau)(?!\d))?|(?P<y4b>$year)(?![\d/.,-]))",
    ),
    # 9 tháng năm 2025, 9 tháng qua, 9 tháng ước đạt
    (
        "0 $counts",
        r"(?<!trước )(?<!hạn )(?P<n5>\d\d?|$counts) +tháng"
        r"(?: +(?:(?:của|(?:tính|kể) +từ +đầu|từ +đầu) +)?năm +(?P<y5>$year|nay|ngoái|trước)(?!\w)"
        r"| +(?:$months_gone)(?!\w)"
        r"|(?= +(?:$months_report))|(?=, +(?:$months_lead)(?!\w))|(?=: +\d))",
    ),
    # 9 tháng/2025, 9T/2025, 9T2025
    (
        "0 $counts",
        r"(?P<n17>\d\d?|$counts) *(?:(?:tháng|t) ?[/-] ?|t(?=20))(?P<y17>$year)(?!\d)",
    ),
    # Q3/2025
    ("q", r"(?<!\w)q(?P<q22>[1-4]) ?[/\-] ?(?P<y22>$year)(?!\d)"),
    # tháng đầu năm 2025, hai quý đầu năm nay
    (
        "0 hai ba tháng quý",
        r"(?<!những )(?<!các )(?<!mấy )(?<!vài )(?<!số )(?<!\d )(?:(?P<n18>hai|ba|2|3) +(?=quý))?"
        r"(?P<first>tháng|quý) +đầu +(?:tiên +)?(?:của +)?năm"
        r"(?: +(?P<y18>$year|nay|ngoái|trước|tới|sau)(?!\d))?(?! +\d|\w)",
    ),
    # tính chung 9 tháng, kết thúc 9 tháng đầu năm 2025
    (
        "0 $months_cues $sure_counts",
        r"(?:$months_cues|(?<=\n)) *(?P<n5b>\d\d?|$sure_counts) +tháng"
        r"(?: +(?:(?:(?:tính|kể) +)?(?:từ +)?đầu +)?(?:của +)?năm +(?P<y5b>$year|nay)(?!\d))?"
        r"(?! +(?:$not_months|\d)|\w)",
    ),
    # từ đầu năm 2025 đến nay
    ("từ", r"từ +đầu +năm(?: +(?P<y5c>$year))?(?P<since>(?: +(?:đến|tới) +nay)?)(?!\w)"),
    # từ nay đến cuối năm, những tháng còn lại của năm
    (
        "0 từ những các hai ba bốn",
        r"(?:từ +(?:nay|giờ) +(?:đến|tới) +(?:cuối|hết) +năm|(?:những|các) +tháng +cuối +năm"
        r"|(?:những|các|hai|ba|bốn|\d) +tháng +còn +lại(?: +của +năm)?)"
        r"(?: +(?P<y16>$year|nay))?(?P<rest>)(?!\w)",
    ),
    # quý III/2025, quý 3 năm nay
    (
        "quý qúy quí",
        r"(?:quý|qúy|quí) +(?P<q6>iv|i{1,3}|[1-4])"
        r"(?: *[/\-,]? *(?:năm +)?(?P<y6>$year)| +năm +(?P<w6>nay|ngoái|trước|tới|sau))?"
        r"(?![\divx])",
    ),
    # tháng 4 và tháng 5/2025, tháng 4-5
    (
        "tháng",
        r"tháng +(?P<m19>1[0-2]|0?[1-9])"
        r"(?: +và +(?:tháng +|(?=\d\d? *(?:[/,.;)\n]|$$| +(?:năm|vừa|lần|đã|đạt|ước)(?!\w))))"
        r"| ?[-–] ?)"
        r"(?P<n19>1[0-2]|0?[1-9])"
        r"(?:(?: ?/ ?| +năm +)(?P<y19>$year))?(?! +tháng|[\d/%]|[.,-]\d)",
    ),
    # tháng 6/2025, tháng 6 năm 2025, T6
    (
        "tháng",
        r"(?<!\w)(?:tháng|t) *(?P<m7>1[0-2]|0?[1-9])"
        r"(?: *[/\-.] *(?P<y7>$year)| +năm +(?P<y7b>$year)| +năm +(?P<w7>nay|ngoái|trước|tới|sau))?"
        r"(?![\d/%]|[.,]\d)",
    ),
    # tháng tư năm 2025
    ("tháng", r"tháng +(?P<mw>$months)(?: +năm +(?P<y7c>$year))?(?!\w)"),
    # giai đoạn 2021-2025, từ năm 2021 đến năm 2025
    (
        "$ranges",
        r"(?:$ranges) +(?:từ +)?(?:năm +)?(?P<a8>$year) *(?:-|–|—|đến|tới) *(?:năm +)?(?P<b8>$year)"
        r"(?!\d)",
    ),
    # các năm 2017 và 2018, hai năm 2023, 2024
    (
        "các hai 0",
        r"(?:các|hai|2) +năm +(?P<a23>$year)(?:,| +và) +(?:năm +)?(?P<b23>$year)"
        r"(?!\d|,? +và +\d|, *\d|[^.;]{0,40} lần +lượt)",
    ),
    # niên vụ 2023/2024, năm tài khóa 2022/23
    (
        "$seasons",
        r"(?:$seasons) +(?P<a21>$year) ?[/\-–] ?(?P<b21>$year|\d\d)(?![\d/])",
    ),
    # 2023/2024
    ("0", r"(?<![\d/.\-])(?P<a22>$year)/(?P<b22>20\d\d)(?![\d/])"),
    # năm tài khóa 2023
    ("năm", r"năm +(?:$years_of) +(?P<y21>$year)(?![\d/-])"),
    # 2021-2025
    ("0", r"(?<![\d/.\-])(?P<a9>$year) *[-–—] *(?P<b9>$year)(?![\d/])"),
    # 6/2025
    ("0", r"(?<![\d/.\-\w])(?P<m10>1[0-2]|0?[1-9])/(?P<y10>$year)(?!\d)"),
    # cùng kỳ, cùng kỳ năm 2024
    (
        "cùng",
        r"cùng +k[ỳì](?: +(?:của +)?năm +(?P<y11>$year|ngoái|trước)(?!\d)"
        r"| +(?P<y11b>$year)(?![\d/%.,]*\d))?",
    ),
    # năm 2024
    ("năm", r"năm +(?P<y12>$year)(?![\d]| *[-–] *\d)"),
    # đến 2030, vào 2025, so với 2020
    (
        "0",
        r"(?:(?<=đến )|(?<=trước )|(?<=tới )|(?<=vào )|(?<=so với ))(?P<y12b>20[1-5]\d)"
        r"(?=[,;)]|[.:](?!\d)|\n|\Z| +(?:và|là|sẽ|đạt|đưa|nâng|phấn đấu)(?!\w))",
    ),
    # năm nay, năm vừa qua
    (
        "năm",
        r"(?<!\d )(?<!vài )(?<!mấy )(?<!nhiều )(?<!những )(?<!các )(?<!hai )(?<!ba )(?<!bốn )"
        r"(?<!năm )(?<!sáu )(?<!bảy )(?<!tám )(?<!chín )(?<!mười )"
        r"năm +(?P<w13>nay|ngoái|trước|vừa +qua|qua|tới|sau|tiếp +theo)(?!\w)",
    ),
    # cả năm (của văn bản)
    (
        "cả",
        r"(?<!mục tiêu )(?<!kế hoạch )(?<!chỉ tiêu )(?<!dự toán )cả +năm(?: +nay)?(?P<whole>)"
        r"(?! +\d|\w)(?! +(?:ngoái|trước|tới|sau))",
    ),
    # đến cuối năm (của văn bản)
    (
        "cuối",
        r"(?:(?<=đến )|(?<=tới ))cuối +năm(?: +nay)?(?P<ends>)"
        r"(?! +\d|\w)(?! +(?:ngoái|trước|tới|sau|qua))",
    ),
    # tháng này
    ("tháng", r"tháng +(?P<w14>này|trước|tới)(?!\w)"),
)
"""How times are written in lower case, the first form that fits, each with the words it can begin
with: "0" is a digit, `$name` one of the lists of `data/times.yml`, or one of `_pieces` in a form.
"""


@cache
def _pieces() -> dict[str, str]:
    """What `$name` stands for in a form: digits, and the lists of `data/times.yml`."""
    lists = {name: alternation(words) for name, words in load("times").items()}
    return {**lists, "day": r"[0-3]?\d", "month": r"[01]?\d", "year": r"(?:19|20)\d\d"}


def _pattern(numbers: Iterable[int]) -> re.Pattern[str]:
    """The forms of these numbers, the first that fits."""
    pieces = _pieces()
    return regex("|".join(Template(_FORMS[n][1]).substitute(pieces) for n in numbers))


class _Begins:
    """Which forms can begin at a word, compiled together when a text has it."""

    def __init__(self) -> None:
        data = load("times")
        self._forms: dict[str, list[int]] = {}
        for number, (begins, _) in enumerate(_FORMS):
            words = [w for b in begins.split() for w in (data[b[1:]] if b[0] == "$" else [b])]
            for word in {word.split()[0] for word in words}:
                for form in tone_variants(word):
                    self._forms.setdefault(form, []).append(number)
        self.words = frozenset(self._forms) - {"0", "("}
        """The words without a digit that a time can begin with."""
        self._with_digit = regex(rf"(?:t|q|{alternation(self.words)})\d")
        self._matches: dict[tuple[int, ...], Match] = {}

    def match(self, word: str) -> Match | None:
        """What is tried where a word begins; None if no time begins with it."""
        if word in self._forms:
            numbers = tuple(self._forms[word])
        elif word[0].isdecimal():
            numbers = tuple(self._forms["0"])
        elif self._with_digit.match(word):
            numbers = tuple(range(len(_FORMS)))
        else:
            return None
        if numbers not in self._matches:
            self._matches[numbers] = _pattern(numbers).match
        return self._matches[numbers]


_begins = cache(_Begins)


def find_times(words: Words) -> tuple[Time, ...]:
    """Every time expression of a text, in order, years as written.

    Args:
        words: a text of n code points.
    Returns:
        Non-overlapping times; day and month always possible ones.
    """
    text, begins = words.lower, _begins()
    bracketed = begins.match("(")
    starts: list[tuple[int, str]] = []
    tried: dict[str, Match] = {}
    for word in [*(words.starts.keys() & begins.words), *words.with_digits]:
        match = begins.match(word)
        if match is not None:
            tried[word] = match
            starts += [(start, word) for start in words.starts[word]]
    starts.sort()
    found = []
    free, n = 0, len(text)
    for start, word in starts:
        if start < free:
            continue
        m = bracketed(text, start - 1, n) if bracketed and text[start - 1 : start] == "(" else None
        m = m or tried[word](text, start, n)
        if m is not None:
            free = m.end()
            if (time := _time(m)) is not None:
                found.append(time)
    return tuple(found)


def _time(m: re.Match[str]) -> Time | None:
    g = m.groupdict()
    get = g.get
    start, end = m.span()
    if get("d0"):
        return _date(start, end, g["d0"], g["m0"], g["y0"])
    if get("d1"):
        return _date(start, end, g["d1"], g["m1"], g["y1"])
    if get("d20"):
        return _date(m.start("d20"), end, g["d20"], g["m20"], f"20{g['y20']}")
    if get("d24"):
        return _date(start, end, g["d24"], g["m24"], None)
    if get("d21"):
        return _date(start, end, g["d21"], g["m21"], None)
    if get("d2"):
        return _date(start, end, g["d2"], g["m2"], g["y2"] or g["y2b"])
    if get("d23"):
        return _date(start, end, g["d23"], g["m23"], g["y23"])
    if get("d3"):
        return _date(m.start("d3"), end, g["d3"], g["m3"], None)
    if get("d15"):
        return _date(start, end, g["d15"], g["m15"], g["y15"])
    if get("n4"):
        return _part_of_year(start, end, g["n4"], g["part"], g["y4"] or g["y4b"])
    if get("first"):
        return _first_of_year(start, end, g["n18"], g["first"], g["y18"])
    if get("since") is not None:
        return _years(Time(start, end, "year"), g["y5c"] or "nay")
    if get("whole") is not None or get("ends") is not None:
        return _years(Time(start, end, "year"), "nay")
    if get("rest") is not None:
        return _years(Time(start, end, "year"), g["y16"] or "nay")
    if (name := next((n for n in ("n5", "n5b", "n17") if get(n)), None)) is not None:
        year = get("y5") or get("y5b") or get("y17")
        return _part_of_year(m.start(name), end, g[name], "đầu", year)
    if get("q22"):
        return Time(start, end, "quarter", number=int(g["q22"]), year=int(g["y22"]))
    if get("q6"):
        quarter = Time(start, end, "quarter", number=load("times")["quarters"][g["q6"]])
        return _years(quarter, g["y6"] or g["w6"])
    if get("m19"):
        month, number = int(g["m19"]), int(g["n19"])
        if month >= number:
            return None
        return _years(Time(start, end, "months", month=month, number=number), g["y19"])
    if get("m7"):
        return _years(Time(start, end, "month", month=int(g["m7"])), g["y7"] or g["y7b"] or g["w7"])
    if get("mw"):
        return _years(
            Time(start, end, "month", month=load("times")["months"][" ".join(g["mw"].split())]),
            g["y7c"],
        )
    for first, last in (("a8", "b8"), ("a9", "b9"), ("a21", "b21"), ("a22", "b22"), ("a23", "b23")):
        if get(first):
            # "2022/23" leaves the century out.
            begin, until = int(g[first]), int(g[first][: 4 - len(g[last])] + g[last])
            if begin > until:
                return None
            return Time(start, end, "range", year=begin, end_year=until)
    if get("m10"):
        return Time(start, end, "month", year=int(g["y10"]), month=int(g["m10"]))
    if m[0][:4] == "cùng":
        return _years(Time(start, end, "same_period"), g["y11"] or g["y11b"])
    if (said := get("y12") or get("y12b") or get("y21")) is not None:
        return Time(start, end, "year", year=int(said))
    if get("w13"):
        return _years(Time(start, end, "year"), g["w13"].split()[-1])
    return None


def _date(start: int, end: int, day: str, month: str, year: str | None) -> Time | None:
    if not (1 <= int(day) <= 31 and 1 <= int(month) <= 12):
        return None
    return _years(Time(start, end, "date", month=int(month), day=int(day)), year)


def _count(words: str) -> int:
    words = " ".join(words.split())
    return int(words) if words.isdigit() else int(load("times")["counts"][words])


def _part_of_year(start: int, end: int, count: str, part: str, year: str | None) -> Time | None:
    """So many months from the start ("đầu") or at the end ("cuối") of a year."""
    number = 6 if count == "nửa" else _count(count)
    if number == 6:
        return _years(Time(start, end, "half", number=1 if part == "đầu" else 2), year)
    if part == "đầu" and 1 <= number <= 12:
        if number == 3:
            return _years(Time(start, end, "quarter", number=1), year)
        return _years(Time(start, end, "months", number=number), year)
    if part == "cuối" and number == 3:
        return _years(Time(start, end, "quarter", number=4), year)
    return None


_OF_QUARTERS = {"hai": 2, "2": 2, "ba": 3, "3": 3}


def _first_of_year(start: int, end: int, count: str | None, unit: str, year: str | None) -> Time:
    """The first month, the first quarter or the first quarters of a year."""
    if unit == "tháng":
        return _years(Time(start, end, "month", month=1), year)
    match _OF_QUARTERS.get(count or ""):
        case 2:
            return _years(Time(start, end, "half", number=1), year)
        case 3:
            return _years(Time(start, end, "months", number=9), year)
    return _years(Time(start, end, "quarter", number=1), year)


def _years(time: Time, word: str | None) -> Time:
    if word is None:
        return time
    if word.isdigit():
        return time._replace(year=int(word))
    return time._replace(relative=load("times")["relative"].get(word))
