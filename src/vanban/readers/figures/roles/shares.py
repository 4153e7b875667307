"""Percentages that are a part of something, told as such or behind another that is."""

import re
from functools import cache

from vanban.data import load
from vanban.forms import rare
from vanban.patterns import Ending, regex
from vanban.readers.figures.mention import words_of
from vanban.readers.figures.roles.base_values import base_before
from vanban.readers.figures.roles.case import OF_ANOTHER, TARGET, Answer, Case, Rule
from vanban.readers.figures.roles.plain import plain_role
from vanban.readers.figures.roles.versus import versus
from vanban.records import Figure

__all__ = ["SHARES", "is_part", "is_share", "next_share", "part_of_what_was_told"]


def is_part(figure: Figure | None) -> bool:
    """Whether a figure is a percentage that is a part of something."""
    return (
        figure is not None
        and figure.unit == "percent"
        and figure.role == "comparison"
        and figure.compares is None
    )


def part_of_what_was_told(case: Case) -> Answer | None:
    """What part the figure before is, or one that goes on with such a part.

    "14,3 triệu người (79,9%)"; "chiếm 77,7% về lượng và 76,3% về kim ngạch".
    """
    m, beside = case.m, case.m.beside
    if beside is None:
        return None
    gap = m.text[beside.anchor.end : m.q.start]
    if gap == " (" and beside.unit not in ("percent", "rank", "ratio"):
        return OF_ANOTHER if m.text.startswith(")", m.q.end) else None
    goes_on = is_part(beside) and _SHARE_GOES_ON.fullmatch(gap) is not None
    return OF_ANOTHER if goes_on else None


_SHARE_GOES_ON = regex(
    r" (?:tổng )?(?:về )?(?:khối |sản |số )?(?:lượng|giá trị|trị giá|kim ngạch)(?:,| và)"
    r"(?: (?:khoảng|hơn|gần|trên|chiếm))* "
)


def next_share(case: Case) -> Answer | None:
    """The share of another country in a row: "Mỹ chiếm 26% giá trị, Trung Quốc 18%"."""
    m = case.m
    if not is_part(m.previous):
        return None
    named = m.scan.partners_between(m.left, m.q.start)
    if not named or not _NEXT_SHARE.fullmatch(m.text, m.left, named[0].start):
        return None
    return None if m.text[named[-1].end : m.q.start].strip() else OF_ANOTHER


_NEXT_SHARE = regex(r"[^;.\d]{0,30}(?:,| và) ")


def _more_than_last_year(case: Case) -> Answer | None:
    return base_before(case.m, case.before, case.m.q.start)


def _of_a_whole(case: Case) -> Answer | None:
    whole = _OF_A_WHOLE.match(case.m.near) or case.before.lower().endswith(_THEREOF)
    return OF_ANOTHER if whole else None


_OF_A_WHOLE = regex(
    r" (?:(?:của )?(?:cả nước|toàn quốc|toàn vùng)|thị phần|thuộc (?:lĩnh vực|về|nhóm)"
    r"|trong (?:tổng )?số (?:đó|này|ấy|trên))(?!\w)"
)
"""Behind a percentage, what makes it a share."""
_THEREOF = ("trong đó ", "trong đó có ", "trong đó, ", "trong đó, có ")


def _share(case: Case) -> Answer | None:
    """A share by the verb before it or the whole behind it; one aimed at is a target."""
    of_it = _share_of().match(case.m.near) is not None and not _TAXED.search(case.before)
    if not (of_it or is_share(case)):
        return None
    aimed = plain_role(case.m) == "target" or _is_to_be(case)
    return TARGET if aimed else OF_ANOTHER


def _is_to_be(case: Case) -> bool:
    """Whether a share is to be secured, or goes on with one: "bảo đảm 20% lượng A, 5% lượng B"."""
    m, beside = case.m, case.m.beside
    if _SECURES.search(case.before):
        return _ORDERED.search(m.text, m.sentence.start, m.q.start) is not None
    return (
        beside is not None
        and (beside.unit, beside.role) == ("percent", "target")
        and _NEXT.fullmatch(m.text, beside.anchor.end, m.q.start) is not None
    )


_SECURES = regex(r"(?<!đã )(?<!đang )(?<!bản )(?:bảo đảm|đảm bảo) *$")
_ORDERED = regex(r"(?i:yêu cầu|đề nghị|chỉ đạo|phải|cần|nhằm|để|phấn đấu)(?!\w)")
_NEXT = regex(r" [^,;.%\d]{2,60}, ")


@cache
def _share_of() -> re.Pattern[str]:
    return regex(rf" *(?:{words_of('share_of')})")


_TAXED = regex(r"(?:thuế|lấp đầy)[^;.,]*$")
"""Before a percentage, what makes it no part: "xóa bỏ thuế với 99% giá trị", "lấp đầy 72%"."""


def is_share(case: Case) -> bool:
    """Whether the words before a figure say that it is a share: "chiếm hơn 16%"."""
    return (
        _shares().search(case.before + case.bound) is not None
        or _LARGEST_SHARE.search(case.m.before(_SHARE_REACH)) is not None
    )


@cache
def _shares() -> Ending:
    source = rf"(?i)(?<!\w)(?:{words_of('share')})(?: +(?:{words_of('share_between')}))* *$"
    data = load("figures")
    return Ending(source, [*data["share"], *data["share_between"]])


_LARGEST_SHARE = rare(
    r"(?:[Cc]hiếm|giữ|đóng góp) (?:tỷ trọng|tỉ trọng|tỷ lệ|tỉ lệ|thị phần|phần)[^,;.%\d]{0,50}"
    r"(?:,? (?:với|đạt|là))?(?: (?:khoảng|hơn|gần|trên|tới))* *$"
)
"""Right before a percentage: "chiếm tỷ trọng cao nhất với 56%", "chiếm thị phần lớn nhất, đạt"."""
_SHARE_REACH = 90


def _share_of_another_time(case: Case) -> Answer | None:
    """A share in brackets behind one: "chiếm 30% (20%)"."""
    again = is_part(case.m.previous) and case.before.rstrip().endswith("(")
    return OF_ANOTHER if again else None


def _behind_its_country(case: Case) -> Answer | None:
    """A country's own in brackets: "một số thị trường tăng mạnh như Ba Lan (69%)"."""
    m, start = case.m, case.m.q.start
    if not (m.text.startswith(")", m.q.end) and m.text.endswith(" (", 0, start)):
        return None
    if all(p.end != start - 2 for p in m.scan.partners_between(m.left, start)):
        return None
    grown = _GREW.search(m.text, m.sentence.start, start) is not None
    return "comparison", versus(m) if grown else None


_GREW = regex(r"(?<!\w)(?:tăng|giảm|sụt giảm)(?!\w)")

SHARES: tuple[Rule, ...] = (
    next_share,
    _more_than_last_year,
    _of_a_whole,
    _share,
    _share_of_another_time,
    _behind_its_country,
)
"""Of a percentage that no word says to have grown."""
