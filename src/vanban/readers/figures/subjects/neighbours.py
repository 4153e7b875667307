"""Whose a figure is that is told with another one: its growth, its worth, the same said again."""

from vanban.patterns import regex
from vanban.readers.figures.beside import reaches
from vanban.readers.figures.mention import Mention
from vanban.readers.figures.subjects.claim import Claim
from vanban.readers.figures.subjects.countries import partner_at, whence
from vanban.readers.figures.subjects.next_to import placed_partner
from vanban.readers.figures.subjects.owners import continent_at

__all__ = [
    "of_the_growth_beside",
    "one_of_all_here",
    "our_rank",
    "told_beside_another",
    "worth_of_it",
]


def one_of_all_here(claim: Claim) -> str | None:
    """Ours, where it is told of how many investors here one is the so-and-so-many-th."""
    m, q = claim.m, claim.m.q
    whole = q.bound_rule == "of" or m.before(12).endswith(("trong số ", "trong "))
    if whole and _OF_ALL_HERE.match(m.text, q.number_end, m.sentence.end):
        return "Việt Nam"
    return None


_OF_ALL_HERE = regex(
    r" (?:quốc gia|nước|đối tác)(?: và vùng lãnh thổ|, vùng lãnh thổ)?(?: có)?(?: vốn)? đầu tư"
    r"(?: (?:vào|tại|ở|của) Việt Nam)"
)
"""Behind a number, all who invest here: of how many one is the so-and-so-many-th."""


def of_the_growth_beside(claim: Claim) -> str | None:
    """Whose the growth is that came to an amount, or the figure before the bracket it stands in."""
    m, beside = claim.m, claim.m.beside
    if beside is None:
        return None
    if reaches(m) and not _names_another(m):
        return beside.subject or "Việt Nam"
    # "Nhật Bản: 1.937 lao động (900 lao động nữ)"
    return beside.subject if m.text[m.left : m.q.start] == " (" else None


def _names_another(m: Mention) -> bool:
    """Whether somebody is named between a figure and the one before it."""
    return bool(
        m.scan.partners_between(m.left, m.q.start) or m.scan.places_between(m.left, m.q.start)
    )


def told_beside_another(claim: Claim) -> str | None:
    """Whose a growth, a share or a rank behind another figure is: who is named, or the other's."""
    m, before = claim.m, claim.m.previous
    if claim.role != "comparison" or before is None or not m.is_relative:
        return None
    if m.q.unit == "rank" and _is_ours(m):
        return "Việt Nam"
    there = partner_at(m, m.clause_from(m.left)) or placed_partner(m) or _place_of_item(m)
    there = there or continent_at(claim)
    if there is None and claim.measure == "remittances":
        there = whence(claim)
    if there is not None:
        return there
    beside = m.beside
    if beside is not None and ";" not in m.text[m.left : m.q.start] and beside.subject:
        # "châu Âu (chiếm 6,3%) tăng 71%": of whose the part was.
        return beside.subject
    return before.subject or "Việt Nam"


def _is_ours(m: Mention) -> bool:
    """Whether a rank beside another figure is the one our country has."""
    if _OURS_STANDS.search(m.text, m.clause_from(m.left), m.q.start):
        return True
    return _AMONG_SELLERS.match(m.text, m.q.end) is not None


_AMONG_SELLERS = regex(
    r" (?:trong|trên)(?: tổng)?(?: số)?(?: các| những)? (?:\d+ )?(?:nước|quốc gia|nguồn|nhà)"
    r"[^;.,]{0,24}(?:xuất khẩu|bán hàng|cung cấp|cung ứng)[^;.,]{0,30} (?:vào|cho|sang|tại) "
)
"""Behind a rank that goes on about what others buy of us, that it is ours among those who sell."""


def our_rank(claim: Claim) -> str | None:
    """Ours, in "Việt Nam là đối tác lớn nhất trong ASEAN, đối tác lớn thứ 4 của Lào"."""
    m = claim.m
    if m.q.unit == "rank" and _OURS_STANDS.search(m.text, max(m.clause, m.left), m.q.start):
        return "Việt Nam"
    return None


_OURS_STANDS = regex(
    r"(?<!của )(?<!với )(?<!cho )(?<!tại )(?<!vào )Việt Nam"
    r"(?: hiện| đã| đang| tiếp tục| vẫn| còn| cũng| luôn)*"
    r" (?:là|vươn|trở|đứng|xếp|duy trì|giữ|thuộc|nằm)(?!\w)"
)


def _place_of_item(m: Mention) -> str | None:
    """The province right before its growth in a list: "Bắc Ninh tăng 17,8%; Hà Nội tăng 9,8%"."""
    start = m.clause_from(m.left)
    if _COUNTRY_ALONE.search(m.text, start, m.q.start):
        return "Việt Nam"
    for p in m.scan.places_between(start, m.q.start)[-1:]:
        if _ALONE.fullmatch(m.text, p.end, m.q.start):
            return p.name
    return None


_COUNTRY_ALONE = regex(
    r"(?:[Cc]ả nước|[Tt]oàn quốc|(?:[Kk]inh tế|[;,]) Việt Nam)"
    r" \(?(?:là |đạt |tăng |tăng trưởng |giảm |chiếm |với |khoảng |hơn |gần )*$"
)
_ALONE = regex(
    r" \(?(?:(?:đứng|xếp|ở|giữ|hiện|vẫn)(?: ở)?(?: vị trí)? ?|là |đạt |tăng |giảm "
    r"|chiếm |với |khoảng |hơn |gần )*"
)


def worth_of_it(claim: Claim) -> str | None:
    """Whose that is which was counted right before an amount that is only what it is worth."""
    m, before = claim.m, claim.m.previous
    if before is None or m.q.unit not in ("USD", "VND"):
        return None
    if _WORTH.fullmatch(m.text, before.anchor.end, m.q.start) is None:
        return None
    return before.subject or "Việt Nam"


_WORTH = regex(
    r"[^;.\d]{0,40}(?:,| với| có)? ?(?:tổng giá trị|trị giá|tổng trị giá|giá trị|tổng vốn)"
    r"(?: [^\W\d]+){0,4} $"
)
