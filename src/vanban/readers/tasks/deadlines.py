"""When a task is due: a day or a period, from the words of its clause or of its list."""

import re
from functools import cache

from vanban.data import load
from vanban.patterns import alternation, regex
from vanban.scan import Scan
from vanban.values.times import NUMBERED_BEFORE, PERIODS, Time

__all__ = ["HOUR", "clause_deadline", "is_only_a_deadline", "lead_deadline"]

_DUE_REACH = 26
"""Code points before a time in which "trước", "chậm nhất" ... make it a deadline."""
_PAST_REACH = 40


@cache
def _words(name: str) -> str:
    return alternation(load("tasks")[name])


HOUR = r"\d{1,2}(?: ?h| ?giờ|:)(?: ?\d{2})?(?: phút)?,?"
"""The hour before a day: "17h00", "9 giờ 30 phút"."""


@cache
def _due() -> re.Pattern[str]:
    between = rf"{_words('due_between')}|{HOUR}"
    return regex(rf"(?:{_words('due')})(?: +(?:{between}))* *\(?$", re.IGNORECASE)


@cache
def _not_due() -> re.Pattern[str]:
    return regex(rf"(?:{_words('not_due')})(?:(?!trong |trước )[^,;])*$")


@cache
def _past() -> re.Pattern[str]:
    return regex(rf"(?:{_words('past')})[^,;.]*$")


@cache
def _only_due() -> re.Pattern[str]:
    return regex(
        rf"(?i:(?:{_words('due_heads')})?:? ?(?:hoàn thành )?(?:{_words('due_words')})?"
        rf"(?: (?:{_words('due_rest')}))*)"
    )


def clause_deadline(scan: Scan, start: int, end: int) -> Time | None:
    """The time by which the clause `[start, end)` says it is to be done; None if it does not.

    Source: `data/tasks.yml`.
    """
    best = None
    for time in scan.times_between(start, end):
        if time.kind != "date" and time.kind not in PERIODS:
            continue
        if time.kind == "month" and (part := _part_of_month(scan, start, time)) is not None:
            best = part
            continue
        before = scan.text[max(start, time.start - _DUE_REACH) : time.start]
        if time.kind == "date" and NUMBERED_BEFORE.search(before):
            continue
        if time.kind == "date" and before.endswith(_FROM) and (last := _last_of(scan, time)):
            best = best or last
        elif _due().search(before) or (time.kind == "date" and "trước" in before):
            named = time.kind == "year" and _NAMED_UP_TO.search(scan.text, start, time.start)
            if not _not_due().search(before) and not named:
                best = time
        elif time.kind == "year" and _held_in(scan, start, time, end):
            best = time
        elif time.kind in ("half", "quarter") and (not before or before.endswith(" ")):
            ends_the_clause = not scan.text[time.end : end].strip(" .…")
            best = time if ends_the_clause else best
    return best


def _part_of_month(scan: Scan, start: int, month: Time) -> Time | None:
    """The last day of the part of a month that is named before it; None if none is.

    "Trong tuần đầu tháng 12/2026" is by the seventh, "10 ngày đầu tháng" by the tenth.
    """
    part = _PART_OF_MONTH.search(scan.text, max(start, month.start - _PART_REACH), month.start)
    if part is None:
        return None
    if part["half"]:
        day = _HALF
    else:
        day = int(part["days"]) if part["days"] else _WEEK * _WEEKS[part["week"]]
    if not 0 < day <= _SHORTEST_MONTH:
        return None
    return month._replace(start=part.start("part"), kind="date", day=day)


_PART_REACH = 34
_PART_OF_MONTH = regex(
    r"(?<!\w)(?P<part>tuần (?P<week>đầu tiên|đầu|thứ nhất|thứ hai|thứ ba|thứ tư)"
    r"|(?P<days>\d{1,2}) ngày đầu(?: tiên)?|(?P<half>nửa đầu)) (?:của )?$"
)
_WEEKS = {"đầu": 1, "đầu tiên": 1, "thứ nhất": 1, "thứ hai": 2, "thứ ba": 3, "thứ tư": 4}
_WEEK, _HALF, _SHORTEST_MONTH = 7, 15, 28


_FROM = ("từ ", "Từ ", "các ", "hai ")
"""Before the first of several days."""
_DAYS = regex(
    r"(?:ngày )?(?P<first>\d{1,2}) ?(?:đến|tới|và|-|–)(?: ngày)? ?(?P<last>\d{1,2})(?!\d)"
)
"""Days of one month in a row: "(từ) ngày 07 đến 10/12/2026"."""


def _last_of(scan: Scan, time: Time) -> Time | None:
    """The last of the days on which something is held; None if only one is named."""
    days = _DAYS.match(scan.text, time.start, time.end)
    if days is None or int(days["first"]) >= int(days["last"]):
        return None
    return time._replace(day=int(days["last"]))


_NAMED_UP_TO = regex(
    r"(?:[Đđ]ề án|[Cc]hiến lược|[Qq]uy hoạch|[Cc]hương trình|[Kk]ế hoạch|[Nn]ghị quyết|[Cc]hỉ thị)"
    r"(?! (?:hoàn thành|trước|trong))[^,;:.()]{3,160} đến (?:hết )?năm $"
)
"""Before a year, the plan whose name ends with it: "Đề án nâng cao năng lực ... đến năm 2030"."""
_HOLDS = regex(r"(?:[\w, ]{0,70} )?(?:tổ chức|đăng cai|khởi công|khánh thành|khai trương) ")
_OF_A_YEAR = regex(
    r"(?:tổng kết|kết quả|kế hoạch|nhiệm vụ|công tác|chương trình|dự toán|ngân sách|chỉ tiêu"
    r"|mục tiêu|đầu|cuối|giữa|trước|từ|đề án|chiến lược|quý \w+|tháng \d+|hạn|của|và)"
    r"(?: trong)?(?: năm)? $"
)


def _held_in(scan: Scan, start: int, year: Time, end: int) -> bool:
    """Whether a clause says in which year something is held: "tổ chức hội nghị tại A năm 2027"."""
    if scan.text[year.end : end].strip(' .…)”"') or _HOLDS.match(scan.text, start, end) is None:
        return False
    if scan.year is None or year.year is None or year.year < scan.year:
        return False
    return _OF_A_YEAR.search(scan.text, start, year.start) is None


def is_only_a_deadline(scan: Scan, start: int, due: Time) -> bool:
    """Whether nothing stands between `start` and a time but words that make it a deadline."""
    return _only_due().fullmatch(scan.text[start : due.start].strip()) is not None


_OF_A_MEETING = regex(
    r"(?:[Pp]hiên họp|[Hh]ội nghị|[Cc]uộc họp|[Kk]ỳ họp|[Hh]ọp báo|[Gg]iao ban)[^,;:.]{0,60}$"
)
"""Before a month, whose it is: "Kết luận phiên họp Chính phủ thường kỳ tháng 2/2025, ..."."""
_WHEN = regex(
    r"(?:^|[,:] ?|\n|(?<!\w)(?:[Bb]ước (?:sang|vào)"
    r"|[Tt]rong|[Đđ]ến|[Vv]ào|[Tt]ừ|[Nn]gay|[Hh]ết|[Cc]uối|[Tt]hời gian"
    r"|nhiệm vụ|kế hoạch|công tác|mục tiêu|giải pháp|[Đđ]ối với|và|còn lại của)(?: \w+)?) *$"
)
"""Before a period, what makes it the time of a task, not of a thing ("vụ cá năm 2019")."""


def _of_a_thing(text: str, time: Time, start: int, end: int) -> bool:
    """Whether a year is a thing's: neither right before the verb at `end` nor behind its word."""
    before = text[start : time.start]
    if _IN_FRAME.fullmatch(before) is not None:
        return False
    return bool(text[time.end : end].strip()) and _WHEN.search(before) is None


_IN_FRAME = regex(r"\W*(?:Đối với|Về|Trong|Để (?:hoàn thành|đạt|thực hiện)) [^,;:.]*")
"""A frame at the head of a sentence is of its time: "Đối với mục tiêu của ngành năm 2021, ..."."""


def lead_deadline(scan: Scan, start: int, end: int, *, said: bool = False) -> Time | None:
    """The period that a lead-in `[start, end)` sets for all that follows it; None if none.

    Args:
        said: whether somebody says it in a sentence, where a period may be a thing's.
    """
    found = [
        t
        for t in scan.times_between(start, end)
        if t.kind in PERIODS
        and not (t.kind == "month" and _OF_A_MEETING.search(scan.text, start, t.start))
        and not (said and t.kind == "year" and _of_a_thing(scan.text, t, start, end))
    ]
    return next((t for t in reversed(found) if not _is_past(scan, t)), None)


def _is_past(scan: Scan, time: Time) -> bool:
    if _past().search(scan.text, max(0, time.start - _PAST_REACH), time.start):
        return True
    if scan.year is None or time.year is None or time.inferred:
        return False
    return time.year < scan.year
