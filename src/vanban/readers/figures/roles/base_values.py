"""Figures that are what another is measured by: those of a year ago, of a plan, in brackets."""

from vanban.forms import rare
from vanban.patterns import regex
from vanban.readers.figures.mention import Mention
from vanban.readers.figures.roles.bases import base_year, is_base
from vanban.readers.figures.roles.case import OF_ANOTHER, REACH, Answer, Case, Rule
from vanban.readers.figures.roles.versus import THAN_SO_MANY
from vanban.records import Compares
from vanban.values.times import Time, iso

__all__ = [
    "BASE_VALUES",
    "base_before",
    "base_before_bracket",
    "behind_a_span",
    "closes_a_bracket",
    "is_base_value",
]


def _of_the_year_before(case: Case) -> Answer | None:
    """What was in the year compared with, and which year that is, if it is said."""
    m = case.m
    if not is_base_value(m):
        return None
    times = m.scan.times_between(max(m.sentence.start, m.q.start - REACH), m.q.start)
    if _OF_SAME_PERIOD.match(m.near):
        times = m.scan.times_between(m.q.end, m.q.end + REACH)
    known = bool(times) and times[-1].year is not None
    return "comparison", Compares("yoy", str(times[-1].year) if known else None)


def is_base_value(m: Mention) -> bool:
    """Whether a figure is itself what was in the year compared with: "cùng kỳ năm 2024: 87"."""
    if _BASE_VALUE.search(m.before(REACH)) is not None:
        return True
    if m.text.startswith("vượt", m.q.start) and (m.previous or m.earlier) is not None:
        # "đạt 4,37 tỷ USD, vượt con số 4,24 tỷ USD của cả năm 2023"
        return _OF_WHOLE_YEAR.match(m.near) is not None
    return (
        (not m.is_relative or _THAN_A_LEVEL.search(m.before(REACH)) is not None)
        and _OF_SAME_PERIOD.match(m.near) is not None
        and _THAN.search(m.before(REACH)) is not None
    )


_BASE_VALUE = rare(
    r"cùng +kỳ[^,;.]{0,16}(?::|(?<!\w)là) *$"
    r"|(?<!so )(?<!với )(?<!hơn )(?<!bằng )[Cc]ùng +kỳ(?: năm (?:ngoái|trước|\d{4}))?"
    r"(?: (?:chỉ|mới|đã))?"
    r" (?:đạt|có|ước đạt|xuất siêu|nhập siêu)(?: (?:khoảng|gần|hơn|là|mức))* *$"
)
_OF_WHOLE_YEAR = regex(
    r" (?:của )?cả năm (?:\d{4}|ngoái|trước)| của (?:cùng kỳ|năm (?:\d{4}|ngoái|trước))"
)
_THAN = regex(
    r"(?:(?:cao|thấp|nhiều|ít|lớn|nhỏ) hơn|so với)(?: (?:mức|con số|kết quả))?"
    r"(?: (?:khoảng|gần|hơn))?(?: [-–])? *$"
)
_THAN_A_LEVEL = regex(r"so với (?:mức|con số)(?: (?:khoảng|gần|hơn))? *$")
_OF_SAME_PERIOD = regex(
    r" *(?:(?:th(?:ỏa|oả) thuận|hoạt động|dự án|lượt khách|văn kiện|người|vụ|doanh nghiệp) )?"
    r"(?:của|trong|ở)? *(?:cùng k[ỳì]|năm ngoái|năm trước|(?:cả )?năm \d{4}"
    r"|(?:nửa (?:đầu|cuối) )?(?:tháng|quý) [\dIV]+[-/]\d{4})"
)
"""Behind a value, when it was: "thấp hơn mức 80 triệu USD của cùng kỳ năm ngoái"."""


def _so_many_before(case: Case) -> Answer | None:
    """What there was before: "giảm 125 xe so với 4.329 xe của ngày trước"."""
    m, previous = case.m, case.m.previous
    if previous is None or m.is_relative or not THAN_SO_MANY.search(case.before):
        return None
    unit = m.q.unit.split("/")[0].removeprefix("other:")
    alike = previous.unit.split("/")[0].endswith(unit)
    return ("comparison", Compares("vs_period")) if alike else None


def _said_again(case: Case) -> Answer | None:
    """An amount in brackets that says the one before it in another currency."""
    m, previous = case.m, case.m.previous
    if previous is None or previous.unit == m.q.unit or not m.text.startswith(")", m.q.end):
        return None
    if not (_CURRENCY.fullmatch(previous.unit) and _CURRENCY.fullmatch(m.q.unit)):
        return None
    again = _OPENS_AGAIN.fullmatch(m.text, previous.anchor.end, m.q.start)
    return OF_ANOTHER if again is not None else None


_CURRENCY = regex(r"(?:other:)?[A-Z]{3}(?:/\w+)?")
_OPENS_AGAIN = regex(r" ?\((?:tương đương|tức|khoảng|gần|hơn|xấp xỉ|là|với| )*")


def _in_brackets_behind_a_base(case: Case) -> Answer | None:
    """What was then: "so với 2024 (4,8 tỷ)", "so với tháng trước (2,85 tỷ USD)"."""
    if not closes_a_bracket(case.m):
        return None
    base = base_before_bracket(case.m)
    if base is not None and base.year is not None:
        return "comparison", Compares("yoy", str(base.year))
    late = _OF_BEFORE.search(case.before)
    if late is None:
        return None
    return "comparison", Compares("yoy" if late["unit"] == "năm" else "vs_period")


def behind_a_span(case: Case) -> Answer | None:
    """What was in years compared with: "cao hơn giai đoạn 2011-2015 (7,3%)"."""
    m = case.m
    if not m.text.startswith(")", m.q.end):
        return None
    base = base_before_bracket(m)
    if base is None or base.kind != "range":
        return None
    return "comparison", Compares("vs_period", iso(base))


def closes_a_bracket(m: Mention) -> bool:
    """Whether a figure ends what stands in brackets, with what it counts: "(349 thỏa thuận)"."""
    return _CLOSES.match(m.text, m.q.end) is not None


_CLOSES = regex(r"(?: [^\W\d_]+){0,4}\)")


def base_before_bracket(m: Mention) -> Time | None:
    """The time compared with right before the bracket a value stands in: "so với 2024 (4,8 tỷ)"."""
    times = m.scan.times_between(m.left, m.q.start)
    if not times or not is_base(m.scan, times[-1]):
        return None
    return times[-1] if _OPENS.fullmatch(m.text, times[-1].end, m.q.start) else None


_OPENS = regex(r" \((?:là |đạt |khoảng |gần |hơn |chỉ )*")
_OF_BEFORE = regex(
    r"so với (?P<unit>tháng|quý|tuần|kỳ|năm) (?:trước|ngoái) \((?:là |đạt |khoảng |gần |hơn )*$"
)


def _of_a_time_in_brackets(case: Case) -> Answer | None:
    """A figure in brackets with its own time, behind the one it is compared with."""
    m, previous = case.m, case.m.previous
    if previous is None or previous.unit != m.q.unit:
        return None
    opening = m.text.rfind("(", m.left + 1, m.q.start)
    if opening < 0 or m.text.find(")", opening, m.q.start) >= 0:
        return None
    times = m.scan.times_between(opening, m.q.start)
    return ("comparison", Compares("vs_period", iso(times[0]))) if times else None


def _than_last_year(case: Case) -> Answer | None:
    """By how much there is more than then: "tức nhiều hơn năm ngoái khoảng 50 tỷ USD"."""
    m, end = case.m, case.m.q.number_start
    return base_before(m, m.text[m.sentence.start : end][-REACH:], end)


def base_before(m: Mention, words: str, end: int) -> Answer | None:
    """A growth behind what it is measured against: "cao hơn cùng kỳ 16%".

    Args:
        words: those of its sentence that end at `end`, at the figure or behind its bound.
    """
    base = _BASE_BEFORE.search(words)
    if base is None:
        return None
    return "comparison", Compares("yoy", base_year(m.scan, end - len(base[0]), end))


_BASE_BEFORE = rare(
    r"(?:tăng|giảm|cao hơn|thấp hơn|nhiều hơn|ít hơn|vượt)(?: so với)?"
    r" (?:cùng kỳ(?: năm (?:ngoái|trước|\d{4}))?|năm (?:ngoái|trước|\d{4}))"
    r"(?: (?:là|khoảng|gần|hơn|tới|đến))* *$"
)

BASE_VALUES: tuple[Rule, ...] = (
    _of_the_year_before,
    _so_many_before,
    _said_again,
    _in_brackets_behind_a_base,
    _of_a_time_in_brackets,
    _than_last_year,
)
"""Of whatever is no rank and no ratio."""
