"""The role of a percentage: a part of a plan, another's level, a growth, or a share."""

import re
from functools import cache

from vanban.forms import rare
from vanban.patterns import regex
from vanban.readers.figures.mention import Mention, words_of
from vanban.readers.figures.roles.base_values import behind_a_span, is_base_value
from vanban.readers.figures.roles.case import OF_ANOTHER, TARGET, Answer, Case, Rule
from vanban.readers.figures.roles.plain import aim_words
from vanban.readers.figures.roles.shares import SHARES, is_part, next_share, part_of_what_was_told
from vanban.readers.figures.roles.versus import THAN_A_SHARE, told_in_turn, versus
from vanban.records import Compares

__all__ = ["PERCENTAGES"]

_AIM_REACH = 120


def _of_an_aim(case: Case) -> Answer | None:
    """How far an aim has been reached: "mục tiêu ... đã đạt hơn 82%"."""
    reached = not case.of_plan and _OF_AN_AIM.search(case.m.before(_AIM_REACH)) is not None
    return ("comparison", Compares("vs_plan")) if reached else None


_OF_AN_AIM = rare(
    r"(?<!\w)(?:[Mm]ục tiêu|[Cc]hỉ tiêu|[Kk]ế hoạch (?:năm|vốn|thu|xuất|giao|đề|đón|đưa|\d))"
    r"(?! (?:tăng|giảm))(?:[^;.:%]|\.\d)*"
    r" (?:đã|mới|hiện)(?: chỉ| mới)? (?:đạt|hoàn thành|thực hiện)(?: được| xong)?"
    r"(?: (?:khoảng|hơn|gần|trên))* *$"
)


def _of_the_whole_country(case: Case) -> Answer | None:
    """In brackets, what all have than whom one has more: "cao hơn cả nước (5%)"."""
    return OF_ANOTHER if _THAN_ALL.search(case.m.before(_AIM_REACH)) else None


_THAN_ALL = rare(
    r"(?:cao|thấp|lớn|nhanh|chậm) hơn(?: so với)? [^,;.()]{0,44}(?:cả nước|toàn quốc|khu vực|vùng)"
    r" \((?:là |đạt |khoảng )*$"
)


def _level_of_others(case: Case) -> Answer | None:
    """Another's, by which the one told is more or less, or one that goes on with these.

    "27,9%, thấp hơn mức bình quân là 47,8% và so với mức 60,8% của Trung Quốc hay 52,9%".
    """
    m = case.m
    if is_base_value(m):
        return None
    others = (
        _THAN_WHAT.search(m.before(_AIM_REACH)) is not None
        or (not case.grows and _OF_OTHERS.search(m.before(2 * _AIM_REACH)) is not None)
        or _goes_on_with_others(m)
    )
    return OF_ANOTHER if others else None


_THAN_WHAT = rare(
    r"(?:cao|thấp|lớn|nhỏ|nhiều|ít|nhanh|chậm) hơn(?: nhiều)?(?: so với)?"
    r" (?:các |những )?(?:mức|tỷ lệ|tỉ lệ|con số|tốc độ|mặt bằng|bình quân|trung bình)"
    r"(?: [^\s,;.()\d%]+){0,6} *$"
)
"""Right before a percentage, that another is more or less: "thấp hơn mức bình quân chung là"."""
_OF_OTHERS = rare(r"(?:cao|thấp|lớn|nhỏ|nhiều|ít|tốt|kém) hơn(?!\w)[^.;()]{0,90}\([^.;()]*$")
"""Before a percentage in brackets, those that have more or less: "thấp hơn A, B (79,5% tại A"."""


def _goes_on_with_others(m: Mention) -> bool:
    """Whether a percentage is that of another country, behind one of which this is known."""
    beside = m.beside
    if beside is None or _OF_A_NAME.match(m.text, m.q.end) is None:
        return False
    of_another = is_part(beside) or (
        beside.unit == "percent"
        and beside.role == "comparison"
        and beside.compares is not None
        and beside.compares.kind == "vs_period"
    )
    return of_another and (
        _OF_ANOTHER_TOO.fullmatch(m.text, beside.anchor.end, m.q.start) is not None
    )


_OF_A_NAME = regex(r" (?:của|tại|ở) [A-ZĐ]")
_OF_ANOTHER_TOO = regex(
    r"(?: (?:của|tại|ở) [^;.,\d%]{2,40})?,?"
    r" (?:và|hay|hoặc)(?: so với)?(?: (?:mức|tỷ lệ|con số))* "
)


def _share_of_a_market(case: Case) -> Answer | None:
    return OF_ANOTHER if not case.grows and _SHARE_OF_MARKET.search(case.before) else None


_SHARE_OF_MARKET = regex(
    r"(?:\((?:với )?|, |với )(?:thị phần|tỷ trọng)(?: (?:khoảng|hơn|gần|trên|là))* *$"
)
"""Right before a percentage, in brackets or not, that it is a share."""


def _than_a_share(case: Case) -> Answer | None:
    than = THAN_A_SHARE.search(case.before) and not is_base_value(case.m)
    return ("comparison", Compares("vs_period")) if than else None


def _of_a_plan(case: Case) -> Answer | None:
    """How much of a plan was done, or is to be: "Mục tiêu là đạt 90% kế hoạch"."""
    m = case.m
    if not case.of_plan:
        return None
    aimed = _AIM_IS.search(m.text, m.clause, m.q.start) or _aimed_growth().search(case.before)
    return TARGET if aimed else ("comparison", Compares("vs_plan"))


_AIM_IS = regex(r"(?:[Mm]ục tiêu|[Pp]hấn đấu)(?! tăng)[^;.%]*$")


@cache
def _aimed_growth() -> re.Pattern[str]:
    return regex(rf"(?:{words_of('target_nouns')}) +(?:tăng|giảm)")


def _growth_or_share(case: Case) -> Answer | None:
    """What grew or is compared by the rules of a growth, what else by those of a share."""
    m = case.m
    if case.grows or case.compared:
        rules = _GROWTHS
    elif m.text.find(_RESPECTIVELY, m.sentence.start, m.q.start) >= 0:
        return told_in_turn(m)
    else:
        rules = SHARES
    for rule in rules:
        if (answer := rule(case)) is not None:
            return answer
    return None


_RESPECTIVELY = "lần lượt"


def _aimed_at(case: Case) -> Answer | None:
    m = case.m
    bare = case.grows and not case.compared
    return TARGET if bare and m.scan.words.has(aim_words(), m.left, m.q.start) else None


def _next_aim(case: Case) -> Answer | None:
    """Each aimed at for itself: "Phấn đấu GRDP tăng 10%, xuất khẩu tăng 11%"."""
    m, previous = case.m, case.m.previous
    if not case.grows or case.compared or previous is None or previous.role != "target":
        return None
    return TARGET if _NEXT_AIM.match(m.text, m.left, m.q.start) else None


_NEXT_AIM = regex(
    r"(?:/năm| (?:vào|trong|đến) năm \d{4})?(?:[,;]| \(riêng| và)"
    r" (?!tăng|giảm|đạt|bằng|gấp|vượt|cao|thấp|tương)\w+ \w+[^;.]{0,60}$"
)


def _aim_heads_its_clause(case: Case) -> Answer | None:
    """Aimed at, compared or not: "Phấn đấu xuất khẩu tăng 12% so với năm 2025"."""
    m = case.m
    if not case.grows or m.previous is not None:
        return None
    if not _AIMS_AT.search(m.text, m.clause, m.q.start):
        return None
    return "target", versus(m) if case.compared else None


_AIMS_AT = regex(r"(?<!đạt )(?<!vượt )(?:[Pp]hấn đấu|[Mm]ục tiêu|[Cc]hỉ tiêu)(?! đã| đề ra)[^;.]*$")


def _mean_to_come(case: Case) -> Answer | None:
    """The mean of years to come: "giai đoạn 2026-2030 tăng 9%/năm"."""
    m, year = case.m, case.m.scan.year
    if not case.grows or case.compared or year is None:
        return None
    if not (m.text.startswith("/năm", m.q.end) or m.says("average", m.clause, m.q.start)):
        return None
    spans = [t for t in m.times_before if t.kind == "range" and t.start >= m.clause]
    return TARGET if spans and (spans[-1].end_year or 0) > year else None


def _grown(case: Case) -> Answer:
    return "comparison", versus(case.m)


_GROWTHS: tuple[Rule, ...] = (
    _aimed_at,
    next_share,
    _next_aim,
    _aim_heads_its_clause,
    _mean_to_come,
    _grown,
)
PERCENTAGES: tuple[Rule, ...] = (
    _of_an_aim,
    part_of_what_was_told,
    behind_a_span,
    _of_the_whole_country,
    _level_of_others,
    _share_of_a_market,
    _than_a_share,
    _of_a_plan,
    _growth_or_share,
)
