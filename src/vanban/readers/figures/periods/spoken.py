"""The period a sentence itself says for a figure: behind it, before it, or between two figures."""

import re
from functools import cache

from vanban.patterns import regex
from vanban.readers.figures.mention import Mention, words_of
from vanban.readers.figures.roles.bases import is_base
from vanban.values.times import PERIODS, Time

__all__ = ["PLAN_S", "ahead_of", "behind_it", "bracketed", "own_period"]

_MOST_BEHIND = 75
"""Code points between a figure and a period behind it that is its own."""


def own_period(m: Mention) -> Time | None:
    """A period said between a figure and the one before it: "quý II tăng 7%, 6 tháng tăng 8%"."""
    if m.previous is None:
        return None
    for time in reversed(m.scan.times_between(m.left, m.q.start)):
        if m.text[m.left : time.start] == _OF_THE:
            # Right behind the figure before, it is that one's.
            continue
        spans = time.kind in PERIODS or (
            time.kind == "range" and ";" not in m.text[time.end : m.q.start]
        )
        if PLAN_S.search(m.text, max(m.left, time.start - 24), time.start):
            # "bằng 141% kế hoạch 6 tháng, đạt 51,6% kế hoạch năm": the plan's.
            continue
        if spans and not is_base(m.scan, time) and not _in_closed_brackets(m, time):
            return time
    return None


PLAN_S = regex(r"(?:kế hoạch|chỉ tiêu|dự toán|mục tiêu|nghị quyết)(?: cả| của| giao)? $")


_CLOSED = regex(r"[;,()]")


@cache
def _of_another() -> re.Pattern[str]:
    return regex(rf"(?:{words_of('period_of_another')}) *$")


def behind_it(m: Mention) -> Time | None:
    """A period right behind the figure, with nothing between that closes the claim."""
    if (alone := bracketed(m)) is not None:
        return alone
    for time in m.scan.times_between(m.q.end, min(m.stop, m.q.end + _REACH_BEHIND)):
        gap = m.text[m.q.end : time.start]
        if time.kind not in PERIODS and time.kind != "range":
            return None
        if time.kind == "range" and m.q.unit == "count" and not gap.endswith(_WITHIN):
            # "1 kế hoạch hành động giai đoạn 2026-2028": the years are the plan's.
            return None
        if _CLOSED.search(gap) or is_base(m.scan, time):
            return None
        if gap.strip() in ("và", "còn", "nhưng") or _NEXT_CLAIM.match(gap):
            # "năm 2024 đạt 2,6 tỷ USD và 6 tháng đầu năm 2025 đạt ...": the next one's.
            return None
        if gap == _OF_THE and (time.kind == "year" or _is_whole_year(m.text, time)):
            # "chỉ tiêu 4,5 tỷ USD của cả năm"
            return time
        if len(gap) < _MOST_BEHIND and not _of_another().search(gap):
            return time
    return None


_IN_BRACKETS = regex(r" \((?P<time>(?:(?:trong |vào )?năm )?(?P<year>(?:19|20)\d\d))\)")


def bracketed(m: Mention) -> Time | None:
    """The period alone in brackets right behind a figure: "37,7% (năm 2013)", "5 tỷ USD (2013)"."""
    if m.text[m.q.end : m.q.end + 2] != " (":
        return None
    if (year := _IN_BRACKETS.match(m.text, m.q.end)) is not None:
        return Time(*year.span("time"), "year", year=int(year["year"]))
    for time in m.scan.times_between(m.q.end, m.sentence.end)[:1]:
        alone = m.text[m.q.end : time.start] in (" (", " (trong ")
        if alone and m.text.startswith(")", time.end) and time.kind in (*PERIODS, "range"):
            return time
    return None


_NEXT_CLAIM = regex(
    r"[^,;.]* (?:đưa|nâng|góp phần|kéo theo|lũy kế|tính chung) "
    r"| (?:thì|trong khi|nhưng|còn|song)(?!\w)| và (?:đến|tới|trong|vào|sang)(?: cuối| hết)? $"
)
_WITHIN = ("trong giai đoạn ", "trong các năm ", "trong nhiệm kỳ ", "trong ")
_OF_THE = " của "


def _is_whole_year(text: str, time: Time) -> bool:
    return text.startswith("cả năm", time.start)


_REACH_BEHIND = 2000


def ahead_of(m: Mention) -> Time | None:
    """The last period before the figure in its sentence, but those in closed brackets."""
    found = None
    for time in m.times_before:
        if (time.kind not in PERIODS and time.kind != "range") or is_base(m.scan, time):
            continue
        of_plan = _SO_MUCH_OF_PLAN.search(
            m.text, max(m.sentence.start, time.start - 40), time.start
        )
        if of_plan and _ANOTHER.search(m.text, time.end, m.q.start):
            # "đạt 99% kế hoạch năm 2022; đồng thời thu hút ...": the plan's.
            continue
        apart = found is None or ";" in m.text[found.end : time.start]
        near = m.text.endswith(("giai đoạn ", "nhiệm kỳ "), 0, time.start) or (
            m.text.startswith(("giai đoạn", "nhiệm kỳ", "thời kỳ"), time.start)
        )
        near = near and "," not in m.text[time.end : m.q.start]
        if (
            time.kind == "range"
            and not apart
            and not near
            and not m.text.startswith("/năm", m.q.end)
        ):
            continue
        if _SINCE.search(m.text, max(m.sentence.start, time.start - 20), time.start):
            continue
        back = m.text.startswith(" trở về trước", time.end)
        if (back or m.text.endswith("rước ", 0, time.start)) and (time.year or 0) <= (
            m.scan.year or 0
        ):
            # "trước năm 2019, con số này chỉ là ...": in no year that is named.
            found = None
            continue
        if not _in_closed_brackets(m, time):
            found = time
    return found


_SO_MUCH_OF_PLAN = regex(
    r"% (?:so với )?(?:kế hoạch|chỉ tiêu|dự toán|mục tiêu|nghị quyết)(?: cả| của| giao)? $"
)
_ANOTHER = regex(r"[;,]")
_SINCE = regex(
    r"(?:giao(?: hàng)?|kỳ hạn)(?: trong| vào)? $"
    r"|(?:[Kk]ể từ|hiệu lực từ|[Tt]ừ khi|áp dụng từ|bắt đầu từ|từ sau)(?: (?:ngày|cuối|đầu))? *$"
)
"""Before a time, it tells since when something holds, not when the figure was."""


def _in_closed_brackets(m: Mention, time: Time) -> bool:
    """Whether brackets around a time close before the figure."""
    start, text = m.sentence.start, m.text
    if text.find(")", time.end, m.q.start) < 0:
        return False
    return text.rfind("(", start, time.start) > text.rfind(")", start, time.start)
