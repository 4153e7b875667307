"""What a count measures, by the noun that is counted and the verb before it."""

from vanban.patterns import regex
from vanban.readers.figures.measures.case import Case, Rule
from vanban.readers.figures.measures.named import Named
from vanban.readers.figures.measures.ways import sold_so_many
from vanban.readers.figures.mention import Mention, pattern_of
from vanban.readers.figures.subjects.capital import goes_abroad

__all__ = ["COUNTED"]

_NOUN_REACH = 40
"""Code points behind the noun of a count in which its measure may be named."""
_COUNTED_REACH = 14
"""Code points between a count and the noun it counts."""
_OF_FIRMS = regex(r"tập đoàn|doanh nghiệp|nhà đầu tư|báo chí|sinh viên")


def _noun_of_a_pair(case: Case) -> str | None:
    """By the noun behind both, of so many out of all: "30/35 dự án"."""
    m = case.m
    pair = _OF_PAIR.match(m.text, m.q.number_end)
    if pair is None:
        return None
    behind = [c for c in case.behind if c.start >= pair.end()]
    return _of_a_count(m, case.named, behind, m.text[pair.end() : case.noun_end])


_OF_PAIR = regex(r"/\d[\d.]*(?= )")


def _noun_before(case: Case) -> str | None:
    """By the noun before it, if none stands behind: "số thỏa thuận được ký là 118"."""
    m = case.m
    if m.text[m.q.number_end : m.q.number_end + 2].strip(" ,.;:)").isalpha():
        return None
    counted = [c for c in case.named if c.kind == "count" and c.end <= m.q.number_start]
    if counted:
        noun = m.text[counted[-1].start : m.q.start]
        return _counted(m, counted[-1].key, noun)
    return (m.earlier.measure if m.earlier is not None else case.remembered) or "other"


def _sold(case: Case) -> str | None:
    return sold_so_many(case.m, case.named)


def _noun_behind(case: Case) -> str | None:
    m = case.m
    return _of_a_count(m, case.named, case.behind, m.text[m.q.number_end : case.noun_end])


COUNTED: tuple[Rule, ...] = (_noun_of_a_pair, _noun_before, _sold, _noun_behind)


def _of_a_count(m: Mention, named: list[Named], behind: list[Named], noun: str) -> str:
    """The measure of a count, by the noun that is counted.

    Args:
        named: the measures the sentence names; `behind`: those of counts behind the number.
        noun: what stands behind the number, up to where its noun may end.
    """
    if _UPGRADES.search(m.before(40)) and pattern_of("upgraded", " +{}").match(noun):
        return "relations_upgraded"
    if _UPGRADED_BEHIND.match(m.text, m.q.number_end, m.q.number_end + _NOUN_REACH):
        return "relations_upgraded"
    if behind and behind[0].start - m.q.number_end <= _COUNTED_REACH:
        return _counted(m, behind[0].key, noun)
    if pattern_of("points", " +{}").match(noun) and pattern_of("connected", "{}").search(
        m.text, m.sentence.start, m.sentence.end
    ):
        return "endpoints"
    if _GOES.match(noun) and pattern_of("promotion", "{}").search(noun[:60]):
        return "promotion_activities" if _SENDS.search(m.before(24)) else "other"
    if _ACTIVITIES.match(noun):
        if pattern_of("promotion", "{}").search(noun[:60]):
            return "promotion_activities"
        if _LEADERS.search(m.text, m.sentence.start, m.q.start):
            return "high_level_activities"
        activities = ("high_level_activities", "promotion_activities")
        return next((c.key for c in named if c.key in activities), "other")
    return "other"


_PROTOCOL = regex(r" +[Nn]ghị định thư")
_LEADERS = regex(
    r"(?:Thủ tướng|Chủ tịch nước|Tổng Bí thư|Chủ tịch Quốc hội|lãnh đạo cấp cao)"
    r"[^,;.]{0,60} (?:có|thực hiện|tham gia|dự) "
)
_UPGRADES = regex(r"[Nn]âng +(?:cấp|tầm)[^,;]{0,30}với *$")
_UPGRADED_BEHIND = regex(r" +(?:nước|quốc gia|đối tác)[^,;.]{0,12} được nâng (?:cấp|tầm)")
_ACTIVITIES = regex(r" +hoạt động")
_GOES = regex(r" +đoàn(?: công tác| cán bộ| lãnh đạo)?(?!\w)")
_SENDS = regex(r"(?<!\w)(?:tổ chức|cử)(?: (?:được|thành công|khoảng|hơn|gần|trên))* *$")
"""Before delegations, that they are ours and not guests."""


def _counted(m: Mention, key: str, noun: str) -> str:
    """The key of a counted noun, unless words around it make it another."""
    match key:
        case "agreements_signed":
            signed = pattern_of("signs", r"(?i:\b{})").search(
                m.text, m.sentence.start, m.sentence.end
            )
            carried_out = pattern_of("carries_out", "{}").search(noun[:40])
            return "other" if not signed or carried_out else key
        case "documents_signed" if _PROTOCOL.match(noun):
            signed = pattern_of("signs", r"(?i:\b{})").search(
                m.text, m.sentence.start, m.sentence.end
            )
            return key if signed else "other"
        case "fdi_projects":
            aid = pattern_of("aid", "{}").search(noun[:60]) is not None
            return "other" if aid or goes_abroad(m) else key
        case "high_level_activities":
            promotes = pattern_of("promotes", "{}").search(noun[:60])
            if _OF_FIRMS.search(noun[:60]):
                return "other"
            return "promotion_activities" if promotes else key
        case "relations_upgraded":
            return "other"
    return key
