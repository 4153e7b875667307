"""Whom a sentence goes on about that names nobody: who was told of before, or their province."""

from bisect import bisect_left

from vanban.data import load
from vanban.patterns import regex
from vanban.readers.figures.mention import Mention
from vanban.readers.figures.subjects.claim import Claim, is_of_partners
from vanban.readers.figures.subjects.topics import name_of
from vanban.scan import Scan

__all__ = [
    "carried_place",
    "goes_on_of",
    "missions_again",
    "same_as_before",
    "same_partner",
    "sentence_before",
    "specified",
]


def missions_again(claim: Claim) -> str | None:
    """Our missions, if the figure before tells of their doings and this one may too."""
    before = claim.m.previous
    if before is None or claim.measure not in _OF_MISSIONS:
        return None
    return before.subject if before.subject in _MISSIONS else None


_MISSIONS = ("cơ quan đại diện", "Đại sứ quán", "Thương vụ")
_OF_MISSIONS = ("promotion_activities", "other", "agreements_signed")


def same_partner(claim: Claim) -> str | None:
    """The partner named before the figure before, which tells more: "Lào có 2 dự án, vốn 5 ..."."""
    m, before = claim.m, claim.m.previous
    if before is None or not is_of_partners(claim) or ";" in m.text[m.left : m.q.start]:
        return None
    if before.measure not in load("figures")["of_partners"]:
        return None
    named = m.scan.partners_between(m.sentence.start, before.anchor.end)
    return before.subject if any(name_of(m.text, p) == before.subject for p in named) else None


def sentence_before(claim: Claim) -> str | None:
    """Whom the sentence before told of, where growth or a share goes on: "Thủy sản chiếm 27%"."""
    m, earlier = claim.m, claim.m.earlier
    if claim.role != "comparison" or not m.is_relative or m.previous is not None:
        return None
    if earlier is None or earlier.measure != claim.measure:
        return None
    return None if m.scan.partners_between(m.sentence.start, m.q.start) else earlier.subject


def same_as_before(claim: Claim) -> str | None:
    """Whose the figure before is; ours, of what the country alone has."""
    m, before = claim.m, claim.m.previous
    if before is None or before.subject is None:
        return None
    if before.subject.startswith("ngành ") and ";" in m.text[m.left : m.q.start]:
        return None
    return "Việt Nam" if claim.measure in load("figures")["of_the_country"] else before.subject


def carried_place(claim: Claim) -> str | None:
    """The province of the figure before in its block, where nobody is named since.

    None in a block that speaks of the country, which may only rank a province.
    """
    m, earlier = claim.m, claim.m.earlier
    if earlier is None or earlier.subject not in m.scan.place_names:
        return None
    of_all = m.scan.once(_of_all)
    at = bisect_left(of_all, m.paragraph)
    if at < len(of_all) and of_all[at] < m.q.start:
        return None
    if m.scan.partners_between(m.sentence.start, m.q.start):
        return None
    return earlier.subject


def _of_all(scan: Scan) -> list[int]:
    """Where a text speaks of the whole country, or of more."""
    return [found.start() for found in _OF_ALL.finditer(scan.text)]


_OF_ALL = regex(
    r"(?<!\w)(?:[Cc]ả nước|[Tt]oàn quốc|Việt Nam|[Nn]ước ta|[Tt]hế giới|[Tt]oàn cầu|GDP)(?!\w)"
)


def goes_on_of(m: Mention) -> str | None:
    """The country of the figure before, where a sentence names neither a measure nor anybody.

    "Lũy kế 4 tháng ước đạt 578 triệu USD" goes on with what was sold to the one country before.
    """
    earlier = m.earlier
    if earlier is None or m.previous is not None or earlier.subject in (None, "Việt Nam"):
        return None
    start = max(m.paragraph, earlier.anchor.start - _LAST_SAID)
    named = m.scan.partners_between(start, m.q.start)
    if len({p.ref for p in named}) != 1 or _names_anybody(m):
        return None
    return earlier.subject if name_of(m.text, named[0]) == earlier.subject else None


_SPECIFIES = regex(
    r"(?:Trong đó|Cụ thể|Theo đó|Tính riêng|Riêng)(?: là)?[,:]? "
    r"|(?:Nhiều|Các|Một số|Những|Hầu hết các) (?:mặt hàng|nhóm hàng|sản phẩm|ngành hàng) "
)


def specified(m: Mention) -> str | None:
    """The one country of the sentence before, whose trade "Cụ thể, ..." or "Trong đó, ..." tells.

    None where the sentence names anybody itself, or the figures before are of somebody else.
    """
    if m.sentence.index == 0 or _SPECIFIES.match(m.text, m.sentence.start) is None:
        return None
    before = m.scan.sentences[m.sentence.index - 1]
    if before.block != m.sentence.block or _names_anybody(m):
        return None
    named = [
        p
        for p in m.scan.partners_between(before.start, before.end)
        if p.type in ("country", "bloc")
    ]
    if len({p.ref for p in named}) != 1:
        return None
    name = name_of(m.text, named[0])
    earlier = m.earlier
    if earlier is None or earlier.anchor.start < before.start:
        return name
    return name if earlier.subject in (name, "Việt Nam") else None


def _names_anybody(m: Mention) -> bool:
    """Whether a sentence names a country, a province or the whole of ours before its figure."""
    span = m.sentence.start, m.q.start
    return bool(
        m.scan.partners_between(*span)
        or m.scan.places_between(*span)
        or _HOME.search(m.text, *span)
    )


_LAST_SAID = 200
"""Code points before the last figure in which one country alone was named."""
_HOME = regex(
    r"[Cc]ả nước|[Tt]oàn (?:quốc|ngành)|Việt Nam|nước ta"
    r"|(?<!\w)(?:[Tt]ỉnh|[Tt]hành phố|[Đđ]ịa phương)"
)
