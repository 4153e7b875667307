"""Which country a figure is of: who stands right before it, is meant by it, is the other side."""

import re
from bisect import bisect_right
from collections import Counter
from functools import cache

from vanban.data import load
from vanban.gazetteer import PartnerMention
from vanban.letters import UPPER
from vanban.patterns import alternation, regex
from vanban.readers.figures.measures.ways import TRADE
from vanban.readers.figures.mention import Mention
from vanban.readers.figures.subjects.carried import goes_on_of, specified
from vanban.readers.figures.subjects.claim import Claim, has_other_side, is_balance, is_of_partners
from vanban.readers.figures.subjects.guests import of_all_guests
from vanban.readers.figures.subjects.nicknames import called
from vanban.readers.figures.subjects.topics import first_name, name_of
from vanban.scan import Scan

__all__ = [
    "block_partner",
    "in_own_bracket",
    "named_partner",
    "other_side",
    "ours_at",
    "partner_at",
    "whence",
]

_PARTNER_REACH = 60
"""Code points between a partner and its figure, unless "đạt", "là" ... stand between."""


_OURS = regex(
    r"(?<!quán )(?<!sứ )(?<!sự )(?<!vụ )(?<!tán )(?<!diện )"
    r"Việt Nam (?:tại|sang|vào|ở) (?:thị trường |các nước )?$"
)


def ours_at(claim: Claim) -> str | None:
    """The partner where something of ours is: "thị phần của Việt Nam tại Na Uy ở mức 0,6%"."""
    m = claim.m
    start = m.clause_from(m.left)
    for p in reversed(m.scan.partners_between(start, m.q.start)):
        if _OURS.search(m.text, max(start, p.start - 30), p.start):
            return name_of(m.text, p)
    return None


@cache
def _of_both() -> re.Pattern[str]:
    return regex(
        r"[Hh]ai (?:nước|bên|phía|Thủ tướng|Bộ trưởng|Chủ tịch|nhà lãnh đạo)"
        r"|song phương|hai chiều"
    )


def block_partner(claim: Claim) -> str | None:
    """The country its block speaks of, where the sentence says "hai nước", "song phương"."""
    if not has_other_side(claim):
        return None
    m = claim.m
    begin = m.paragraph
    named = [p for p in m.scan.partners_between(begin, m.q.start) if p.type == "country"]
    if not named or not _of_both().search(m.text, m.sentence.start, m.sentence.end):
        return None
    first = named[0]
    # "Tại Nga, ..." sets the scene for the whole block.
    scene = m.text[begin : first.start].strip(" ★-–•") in ("Tại", "Ở")
    chosen = first if scene else named[-1]
    return name_of(m.text, chosen)


def other_side(claim: Claim) -> str | None:
    """The one country a text names, or names most by far, where it speaks of both sides."""
    m = claim.m
    if not is_of_partners(claim) or not _of_both().search(m.text, m.clause, m.q.start):
        return None
    ref = m.scan.once(_named_by_far)
    return first_name(m.scan, ref) if ref is not None else None


def _named_by_far(scan: Scan) -> str | None:
    """The one country or region that a text names, or names most by far."""
    counts = Counter(p.ref for p in scan.partners if p.type == "country").most_common(2)
    regions = Counter(p.ref for p in scan.partners if p.type == "region").most_common(1)
    if regions and regions[0][1] >= _BY_FAR * (counts[0][1] if counts else 1):
        # "Châu Mỹ là thị trường lớn ..." speaks of its countries together.
        counts = regions
    if not counts or (len(counts) > 1 and counts[0][1] < _BY_FAR * counts[1][1]):
        return None
    return counts[0][0]


_BY_FAR = 2


_REGION_REACH = 16
"""Code points between a region and its figure: "châu Phi tăng 26%"."""
_WITHIN = regex(r"(?:ở|tại|trong|thuộc)(?: khu vực| khối| nội khối| nhóm các nước| các nước)? $")
"""Before a region or a bloc, that something has its place there."""
_MARKETS_OF = regex(
    r"(?:thị trường|(?:các|những|nhiều) (?:nước|quốc gia)|khối)(?: thành viên| khu vực| ở)* $"
)
"""Before an agreement, it stands for its members: "sang các thị trường CPTPP"."""
_MARKETS_REACH = 160
_RIVAL = regex(
    r"(?:vượt(?: qua)?|(?:chỉ |đứng |xếp |\d |hai |ba |tư |nhì )sau|thay(?: thế)?(?: cho)?"
    r"|so với|hơn|trừ|không (?:kể|gồm|tính))(?: thị trường)? $"
)
"""Before a partner, it is what another is measured against, and owns no figure."""
_RIVAL_REACH = 16
_POST = regex(
    r"(?:Đại sứ quán|Đại sứ|Lãnh sự quán|Thương vụ|cơ quan đại diện) (?:Việt Nam )?(?:tại|ở) $"
)
"""Before a partner, it is where a mission of ours is, and the figure need not be the partner's."""
_POST_REACH = 40
_TELLS = regex(r"(?:Theo|Báo cáo của) (?!thị trường)[^,;.]{0,90}")
"""Before an organisation at the head of a sentence, that it is who tells the figure."""
_OWN_BRACKET = regex(r" ?\((?:chiếm|đạt|khoảng|hơn|gần|trên|với|tăng|giảm| )*")
"""Between a partner and a figure in brackets right behind it."""


@cache
def _figure_links() -> re.Pattern[str]:
    return regex(alternation(load("figures")["figure_links"]))


def in_own_bracket(claim: Claim) -> str | None:
    """The country right before the bracket a number stands in: "Lào (1.086 người)"."""
    m = claim.m
    if m.q.unit == "rank" or _CLOSES.match(m.text, m.q.end, m.sentence.end) is None:
        return None
    for p in m.scan.partners_between(m.left, m.q.start)[-1:]:
        if _WITHIN_IT.search(m.text, m.left, p.start):
            # "quốc gia đông dân nhất EU (83 triệu người)"
            return None
        if p.type in ("country", "bloc") and _OWN_BRACKET.fullmatch(m.text, p.end, m.q.start):
            return name_of(m.text, p)
    return None


def named_partner(claim: Claim) -> str | None:
    """The partner with whom what a clause tells is done, or the one that it means or goes on with.

    None of what partners do not have each of their own.
    """
    m = claim.m
    balance = not is_of_partners(claim) and is_balance(claim)
    if not (balance or is_of_partners(claim)):
        return None
    partner = partner_at(m, m.clause_from(m.left))
    if partner is None and m.left == m.sentence.start:
        partner = partner_at(m, m.sentence.start, anywhere=True)
    partner = partner or _meant_by(m) or (None if claim.says_measure else goes_on_of(m))
    if partner is None and (claim.measure in TRADE or is_balance(claim)):
        partner = specified(m)
    return partner


_AND_WITH = regex(r" (?:với|sang|vào|từ|đến)(?: thị trường)? ")
_TO_IT = regex(
    r"(?<!\w)(?:[Ss]ang|[Vv]ới|[Vv]ào|[Tt]ừ|[Tt]ại|[Ởở]|[Đđ]ến|giữa|thị trường)(?: nước)? $"
)
_WE_DID = regex(r"Việt Nam (?:đã |đang |hiện |cũng )*(?:bán|xuất|thu về)(?!\w)")
_WE_SOLD = regex(
    r"(?<!từ )(?<!sang )(?<!với )(?<!vào )(?<!tại )(?<!cho )Việt Nam(?! (?:sang|vào|tại|cho|[-–]))"
)
_CLOSES = regex(r"(?: (?!so|trong|tổng|của|năm)[^\s,;.()\d]+){0,2}\)")
_WITHIN_IT = regex(r"(?:nhất|trong|thuộc|của khối)(?: khối| khu vực)? $")


def partner_at(m: Mention, start: int, *, anywhere: bool = False) -> str | None:
    """The partner a figure stands right behind ("Nhật Bản (18%)", "sang EU đạt"), as written.

    Args:
        start: where to look from.
        anywhere: whether the partner may stand farther away.
    """
    text, end = m.text, m.q.start
    mentions = [p for p in m.scan.partners_between(start, end) if _can_own(m, p, start)]
    if not mentions:
        return None
    last = mentions[-1]
    name = mentions[-2] if len(mentions) > 1 and mentions[-2].ref == last.ref else None
    if name is not None and text[name.end : last.start].strip() == "(":
        # "Liên minh châu Âu (EU)": by its name, the letters stand for it.
        mentions = mentions[:-1]
        last = name
    if _OWN_BRACKET.fullmatch(text, last.end, end):
        return name_of(text, last)
    if _we_sold(m, last, start) or (m.q.unit == "people" and of_all_guests(m, last.end)):
        return None
    far = end - last.end > _PARTNER_REACH
    if far and not anywhere and not _figure_links().search(text, last.end, end):
        return None
    if len(mentions) > 1 and mentions[-2].ref != last.ref:
        return _one_of_two(text, mentions[-2], last)
    return name_of(text, last)


def _can_own(m: Mention, p: PartnerMention, start: int) -> bool:
    """Whether a partner is named so that a figure behind it may be its own."""
    text = m.text
    if p.type not in ("country", "bloc") and not (
        (p.type == "region" and m.q.start - p.end < _REGION_REACH)
        or _MARKETS_OF.search(text, start, p.start)
    ):
        return False
    if m.q.unit == "rank" and p.type != "country" and _WITHIN.search(text, start, p.start):
        return False
    return not (
        _RIVAL.search(text, max(start, p.start - _RIVAL_REACH), p.start)
        or _POST.search(text, max(start, p.start - _POST_REACH), p.start)
        or (p.type == "bloc" and _TELLS.fullmatch(text, m.sentence.start, p.start))
    )


def _we_sold(m: Mention, last: PartnerMention, start: int) -> bool:
    """Whether a partner only tells of ours: "Theo báo chí Thái Lan, gạo của Việt Nam đạt ..."."""
    text, end = m.text, m.q.start
    if not text.startswith("Theo ", m.sentence.start) and not _WE_DID.search(text, last.end, end):
        return False
    sold = _WE_SOLD.search(text, last.end, end) is not None
    return sold and _TO_IT.search(text, start, last.start) is None


def _one_of_two(text: str, first: PartnerMention, last: PartnerMention) -> str | None:
    """Whose a figure behind two partners is; None if they are a list."""
    if _AND_WITH.fullmatch(text, first.end, last.start) and text.endswith("của ", 0, first.start):
        # "thặng dư của Trung Quốc với Mỹ": neither is ours.
        return name_of(text, first)
    gap = text[first.end : last.start]
    if len(gap) < 5 and (gap.startswith(",") or "và" in gap):
        # A list of countries is nobody's figure: "từ Hoa Kỳ, Nhật Bản đạt ..."
        return None
    return name_of(text, last)


_IS_A_REGION = regex(r"khu vực này|lục này|^Khu vực$")
_THIS_ONE = regex(
    r"(?:[Tt]hị trường|[Nn]ước|[Qq]uốc gia(?: tỷ dân)?|[Kk]hối|khu vực|châu lục|vùng lãnh thổ"
    r"|đối tác|liên minh) (?:này|đó|trên)(?!\w)"
    rf"|(?:(?<=sang )|(?<=trong )|(?<=với ))Khu vực(?! [{UPPER}])(?!\w)"
)
"""A country or a bloc that was named before."""


def _meant_by(m: Mention) -> str | None:
    """The country that "thị trường này", "nước này", "xứ cờ hoa" before a figure stand for."""
    if (by_nickname := called(m)) is not None:
        return by_nickname
    this = _THIS_ONE.search(m.text, m.clause_from(m.left), m.q.start)
    if this is None:
        return None
    begin = m.paragraph
    named = [
        p
        for p in m.scan.partners_between(begin, m.sentence.start)
        if p.type in ("country", "bloc")
        or (
            p.type == "agreement"
            and _MARKETS_OF.search(m.text, max(begin, p.start - _MARKETS_REACH), p.start)
        )
        or (p.type == "region" and _IS_A_REGION.search(this[0]) is not None)
    ]
    inside = m.scan.partners_between(m.sentence.start, m.q.start)
    if not named and (most := _most_named(m)) is not None:
        named = [most]
    if not named or any(p.type in ("country", "bloc") for p in inside):
        return None
    subject = m.earlier.subject if m.earlier is not None else None
    if any(name_of(m.text, p) == subject for p in named):
        return subject
    before = m.scan.sentences[m.sentence.index - 1].start
    last = [p for p in named if p.start >= before]
    return name_of(m.text, (last or named[-1:])[0])


_SENT_FROM = regex(r"(?:từ|của)(?: [^\s,;.:()]+){0,4} $")


def whence(claim: Claim) -> str | None:
    """Whence money is sent home: "kiều hối từ các quốc gia châu Phi", "từ khu vực này"."""
    m = claim.m
    start = m.clause_from(m.left)
    for p in reversed(m.scan.partners_between(start, m.q.start)):
        if p.type != "agreement" and _SENT_FROM.search(m.text, start, p.start):
            return name_of(m.text, p)
    return _meant_by(m)


def _most_named(m: Mention) -> PartnerMention | None:
    """The country a text has named most by far before a sentence."""
    ends, most = m.scan.once(_leaders)
    at = bisect_right(ends, m.sentence.start)
    return most[at - 1] if at else None


def _leaders(scan: Scan) -> tuple[list[int], list[PartnerMention | None]]:
    """Where each naming of a country ends, and who is named most by far up to there, if anybody."""
    named = [p for p in scan.partners if p.type == "country"]
    last: dict[str, PartnerMention] = {}
    counts: Counter[str] = Counter()
    leader, second = "", 0
    most: list[PartnerMention | None] = []
    for p in named:
        counts[p.ref] += 1
        last[p.ref] = p
        if p.ref != leader and counts[p.ref] > counts[leader]:
            leader, second = p.ref, counts[leader]
        elif p.ref != leader:
            second = max(second, counts[p.ref])
        most.append(last[leader] if counts[leader] >= _BY_FAR * second else None)
    return [p.end for p in named], most
