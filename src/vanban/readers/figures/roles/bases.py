"""The times a comparison is made with: "so với năm 2023", "cùng kỳ"."""

import re
from functools import cache

from vanban.data import load
from vanban.patterns import alternation, regex
from vanban.scan import Scan
from vanban.values.times import Time

__all__ = ["base_year", "is_base"]

_BASE_REACH = 26
"""Code points before a time in which "so với" makes it a base."""


def base_year(scan: Scan, start: int, end: int) -> str | None:
    """The year a comparison is made with, "YYYY", if the words in `[start, end)` name one."""
    for time in scan.times_between(start, end):
        if time.year is not None and time.kind in _OF_A_YEAR:
            return str(time.year)
        if time.kind == "same_period":
            return None
    bare = _BARE_YEAR.search(scan.text, start, end)
    return bare[1] if bare is not None else None


_OF_A_YEAR = ("year", "same_period", "half", "quarter", "months")
_BARE_YEAR = regex(r"so (?:với|cùng) ((?:19|20)\d\d)(?= ?(?:[,;.)]|$|và |thì ))")


@cache
def _before_a_base() -> re.Pattern[str]:
    return regex(rf"(?i:{alternation(load('figures')['base'])}) +(?:[\w,]+ +){{0,3}}$")


_SHARE_OF_TIME = regex(
    r"% +(?:của|mức)(?: +\w+){0,2} *$|(?:bằng|tương đương)(?: (?:khoảng|gần|hơn))? \d[\d.,]* ?% *$"
)


def is_base(scan: Scan, time: Time) -> bool:
    """Whether a time is what something is compared with, not when it was."""
    if time.kind == "same_period":
        return True
    low = max(0, time.start - _BASE_REACH)
    if _SHARE_OF_TIME.search(scan.text, low, time.start):
        return True
    if _THAN_A_LEVEL.search(scan.text, max(0, time.start - _LEVEL_REACH), time.start):
        return True
    base = _before_a_base().search(scan.text, low, time.start)
    if base is None:
        return False
    # "so với tháng trước và 7 tháng đạt ...": the second begins a new claim.
    begins = _AND.search(scan.text, base.start(), time.start)
    return not (begins and _CLAIMS.match(scan.text, time.end))


_THAN_A_LEVEL = regex(r"so với (?:mức|con số)(?: chỉ)? \d[^;()]{0,34} (?:trong|vào|của|hồi|ở) $")
_LEVEL_REACH = 60
_AND = regex(
    r"(?:\d|trước|ngoái|cùng kỳ) (?:và|còn) (?:trong |tính chung |lũy kế )?$", re.IGNORECASE
)
_CLAIMS = regex(r",? (?:đã |chỉ |mới )?(?:đạt|ước|có|xuất|nhập|kim ngạch|tăng|giảm|là|cả nước)")
