"""Which country a figure is of: who stands right before it, heads its clause, is meant by it."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from vanban.data import load
from vanban.forms import rare
from vanban.gazetteer import PartnerMention
from vanban.letters import UPPER
from vanban.patterns import alternation, regex
from vanban.readers.figures.mention import Mention
from vanban.readers.figures.subjects.guests import of_all_guests
from vanban.readers.figures.subjects.nicknames import called
from vanban.readers.figures.subjects.topics import first_name, name_of
from vanban.scan import Scan

__all__ = [
    "block_partner",
    "buyer_of_block",
    "in_own_bracket",
    "leading_partner",
    "meant_by",
    "other_side",
    "ours_at",
    "owner_behind",
    "partner_at",
    "placed_partner",
    "respective",
]

_PARTNER_REACH = 60
"""Code points between a partner and its figure, unless "đạt", "là" ... stand between."""


def buyer_of_block(m: Mention) -> str | None:
    """The country whose imports its paragraph tells: "Nhật Bản nhập khẩu ...; từ Việt Nam đạt"."""
    begin = m.paragraph
    for p in m.scan.partners_between(begin, m.q.start):
        heads = _IMPORTS.match(m.text, p.end)
        if p.type in ("country", "bloc") and (
            heads or _IMPORTS_OF.search(m.text, max(begin, p.start - _IMPORTS_REACH), p.start)
        ):
            return name_of(m.text, p)
    return None


_IMPORTS = regex(r" (?:đã |đang |tăng |giảm |chủ yếu )*(?:nhập khẩu|nhập|mua)(?!\w)")
_IMPORTS_REACH = 120
_IMPORTS_OF = regex(r"nhập khẩu [^;.]{0,50}của (?:thị trường )?$")

_PLACE_RANK = regex(r"(?:tỉnh|thành phố|TP\.?) ?")
_RANKED_IS = regex(r"(?: (?:trong|về|trên)[^,;.]{3,70}?)? (?:là|thuộc về) (?:thị trường |nước )?")
_OF_ITS_OWN = regex(r" của (?:phía )?")
_LEVIED = regex(r"(?:thuế|lệ phí|hạn ngạch)[^,;.]{0,40}$")


def owner_behind(m: Mention, measure: str) -> str | None:
    """Whose a rank or a rate is that names its owner behind it: "đứng thứ hai là Myanmar"."""
    link = None
    if m.q.unit == "rank":
        link = _RANKED_IS.match(m.text, m.q.end)
    elif m.q.unit == "percent" and measure == "other" and _LEVIED.search(m.before(60)):
        link = _OF_ITS_OWN.match(m.text, m.q.end)
    elif m.q.unit != "percent":
        return _goes_on_with(m) if m.q.unit == "USD" and m.previous is not None else None
    for p in m.scan.partners_between(link.end(), link.end() + 1) if link is not None else ():
        return name_of(m.text, p)
    if link is not None and m.q.unit == "rank":
        rank = _PLACE_RANK.match(m.text, link.end())
        at = rank.end() if rank is not None else link.end()
        for place in m.scan.places_between(at, at + 1):
            return place.name
    if m.q.unit == "percent" and _LEVIES.search(m.before(110)):
        # "Hoa Kỳ, từ ngày 7/8 áp thuế đối ứng 20%"
        for p in m.scan.partners_between(m.clause, m.q.start)[:1]:
            return name_of(m.text, p)
    there = _THERE.match(m.text, m.q.end) if m.q.unit == "percent" else None
    if there is not None and _GREW.search(m.text, m.sentence.start, m.q.start):
        # "lần lượt tăng 27% ở EU và 15% với Hàn Quốc"
        for p in m.scan.partners_between(there.end(), there.end() + 1)[:1]:
            if _CLAIM_ENDS.match(m.text, p.end) and p.type in ("country", "bloc"):
                return name_of(m.text, p)
    return _goes_on_with(m)


def _goes_on_with(m: Mention) -> str | None:
    for p in m.scan.partners_between(m.left, m.q.start)[-1:]:
        # "tỷ lệ này với Brazil là 3%", "..., với EU là 10 tỷ USD"
        is_so = p.type in ("country", "bloc") and _IS.fullmatch(m.text, p.end, m.q.start)
        if is_so and _OF.search(m.text, m.left, p.start):
            return name_of(m.text, p)
    return None


_GREW = regex(r"(?<!\w)(?:tăng|giảm)(?!\w)")
_THERE = regex(r" (?:ở|tại|sang|với|vào)(?: thị trường)? ")
_CLAIM_ENDS = regex(r"[,;.)]|$| và ")
_LEVIES = rare(r"(?:áp|đánh|nâng|tăng|giảm|hạ|áp dụng)(?: mức)? thuế[^;.]{0,90}")
_IS = regex(r" (?:là|ở mức) ")
_OF = regex(r"(?:với|của|tại|ở) $")


_OURS = regex(
    r"(?<!quán )(?<!sứ )(?<!sự )(?<!vụ )(?<!tán )(?<!diện )"
    r"Việt Nam (?:tại|sang|vào|ở) (?:thị trường |các nước )?$"
)


def ours_at(m: Mention) -> str | None:
    """The partner where something of ours is: "thị phần của Việt Nam tại Na Uy ở mức 0,6%"."""
    start = m.clause_from(m.left)
    for p in reversed(m.scan.partners_between(start, m.q.start)):
        if _OURS.search(m.text, max(start, p.start - 30), p.start):
            return name_of(m.text, p)
    return None


@cache
def _leads() -> re.Pattern[str]:
    return regex(
        rf"(?:,(?= (?:đứng|xếp)))? +(?:{alternation(load('figures')['leads'])})(?!\w)"
        r"(?:[^;.]|(?<=\d)\.(?=\d))*$"
        r"| *\(?(?:khoảng|hơn|gần|trên|ước)? *$"
    )


def _acts_alone(m: Mention, p: PartnerMention) -> bool:
    """Whether a country heads a clause by itself: not "tại Hà Lan, Úc tổ chức ..."."""
    if p.type != "country" and p.ref != "eu":
        return False
    low = max(m.sentence.start, p.start - 4)
    before = m.scan.partners_between(max(m.sentence.start, p.start - 40), p.start)
    return not any(low <= other.end < p.start for other in before)


_ACTS = regex(
    r"(?! (?:và|là)(?!\w))(?: (?!(?:ta|tỉnh|thành phố|hai|Bộ|Sở)(?!\w))[^\s,;.:()]+){1,14} *"
)
"""Words between a country that heads its clause and a figure, where nobody else comes in."""
_SEGMENT = regex(r"; |, và |, | và | thì | cho thấy,? | cho biết,? | rằng,? |: ")
_OUR_MARKET = regex(r"(?:tại|vào|của|ở|với|cho|từ) Việt Nam")


@cache
def _before_leads() -> re.Pattern[str]:
    words = alternation(load("figures")["before_leads"])
    return regex(
        rf"(?:\d+\. +|[-–+•*] *)?(?:(?: *(?:{words}),?|[Dd]ẫn đầu về [^,;.]{{3,40}} là"
        r"|(?:[Đđ]ứng|[Xx]ếp)?(?: ở vị trí)? ?[Tt]hứ \w+(?: (?:trong|về) [^,;.]{3,60}?)?"
        r" (?:là|thuộc về)) +)?"
        r"(?:[Tt]hị trường +)?"
    )


_RESPECTIVELY = ("lần lượt", "tương ứng")
_OWNERS = ("country", "bloc")


def respective(m: Mention) -> str | None:
    """Whose figure it is in "Hoa Kỳ, Trung Quốc và Nhật Bản ... lần lượt 21,1%, 17,6% và 7,5%"."""
    at = max(m.text.rfind(word, m.sentence.start, m.q.start) for word in _RESPECTIVELY)
    if at < 0:
        return None
    behind = [
        q for q in m.scan.quantities[m.sentence.index] if at <= q.start and q.unit == m.q.unit
    ]
    partners = [p for p in m.scan.partners_between(m.sentence.start, at) if p.type in _OWNERS]
    if len(partners) > len(behind) > 0 and _listed_last(m.text, partners, len(behind)):
        # "nhập khẩu của Úc ... từ Thái Lan và Lào giảm lần lượt 4% và 31%": the list's.
        partners = partners[-len(behind) :]
    elif len(partners) > len(behind) > 1 and _listed_first(m.text, partners, len(behind)):
        # "Mỹ và EU lần lượt nhập từ Indonesia 3,7 tỷ USD và 4,6 tỷ USD": the one at the head.
        partners = partners[: len(behind)]
    named = [name_of(m.text, p) for p in partners] or [
        p.name for p in m.scan.places_between(m.sentence.start, at)
    ]
    if len(named) != len(behind) or m.q not in behind:
        return None
    return named[behind.index(m.q)]


_PLACED = regex(
    r" (?:hiện |vẫn |tiếp tục |đang )?(?:đứng|xếp|giữ|ở)[^,;.]{0,24} (?:thứ|vị trí|hạng)"
    r"[^,;.]{0,24},? (?:chiếm|đạt|với|ước)[^,;.]{0,20}"
)


def placed_partner(m: Mention) -> str | None:
    """The country whose place is told right before its share: "Lào đứng thứ ba, chiếm 10%"."""
    for p in m.scan.partners_between(m.clause, m.q.start)[-1:]:
        if p.type in ("country", "bloc") and _PLACED.fullmatch(m.text, p.end, m.q.start):
            return name_of(m.text, p)
    return None


def _listed_last(text: str, partners: list[PartnerMention], n: int) -> bool:
    """Whether the last n of some partners, and no more of them, are one list."""
    joined = [_LIST_LINK.fullmatch(text, a.end, b.start) is not None for a, b in pairwise(partners)]
    return all(joined[-n + 1 :]) and not joined[-n] if n > 1 else False


def _listed_first(text: str, partners: list[PartnerMention], n: int) -> bool:
    """Whether the first n of some partners, and no more of them, are one list."""
    joined = [_LIST_LINK.fullmatch(text, a.end, b.start) is not None for a, b in pairwise(partners)]
    return all(joined[: n - 1]) and not joined[n - 1]


_LIST_LINK = regex(r"(?: ?\([^()]{1,24}\))?(?:, | và |; )")


def leading_partner(m: Mention) -> str | None:
    """The country that begins the clause or the item of a figure: "Nhật Bản 2,2 tỷ USD"."""
    if not m.scan.partners_between(m.sentence.start, m.sentence.end):
        return None
    text, start = m.text, m.sentence.start
    begins = [
        b.end()
        for b in _SEGMENT.finditer(text, start, m.q.start)
        # "của Hàn Quốc và Hà Lan với ...": the last of a list begins nothing.
        if not b[0].endswith("và ")
        or not any(p.end == b.start() for p in m.scan.partners_between(start, b.start()))
    ]
    if len(begins) > 1 and text.endswith(": ", start, m.q.start) and begins[-1] == m.q.start:
        # "tiếp đến là Nhật Bản: 1.937 lao động": the colon begins nothing.
        begins.pop()
    for first in (*begins[-1:], m.clause, start, *reversed(begins[:-1])):
        skipped = _before_leads().match(text, first, m.q.start)
        begin = skipped.end() if skipped is not None else first
        for p in m.scan.partners_between(begin, min(begin + 3, m.q.start)):
            gap = _ASIDE.sub("", text[p.end : m.q.start], count=1)
            later = m.scan.partners_between(p.end, m.q.start)
            if later and (first in begins[:-1] or _is_told_of(m, p, later)):
                continue
            if gap.startswith(":") and (
                p.type == "country" and not m.scan.partners_between(p.end, m.q.start)
            ):
                # An item of a list: "- Malaysia: nhu cầu nhập đều 90 nghìn tấn".
                return name_of(text, p)
            leads = p.type in ("country", "bloc") and (
                (p.start == begin and _OVERTAKES.match(gap) is not None)
                or _leads().match(gap) is not None
                or (p.start == begin and _acts_alone(m, p) and _ACTS.fullmatch(gap) is not None)
            )
            if leads and "Việt Nam" not in _OUR_MARKET.sub("", gap):
                return name_of(text, p)
    if m.previous is None and text.startswith("Với ", start):
        # "Với 171 dự án, Đan Mạch đứng thứ 35": who follows.
        for p in m.scan.partners_between(m.q.end, m.sentence.end)[:1]:
            if p.type == "country" and _ONE_COMMA.fullmatch(text, m.q.end, p.start):
                return name_of(text, p)
    return None


def _is_told_of(m: Mention, first: PartnerMention, later: Sequence[PartnerMention]) -> bool:
    """Whether the figure before is of a country named behind the one that begins."""
    subject = m.previous.subject if m.previous is not None else None
    if subject is None or subject == name_of(m.text, first):
        return False
    return any(name_of(m.text, p) == subject for p in later)


_OVERTAKES = regex(
    r"(?: đã| vừa| hiện| lại| tiếp tục)* (?:vượt|vượt qua|bỏ xa|thay thế|soán ngôi) [^;]{2,60}?,?"
    r" (?:để )?(?:trở thành|vươn lên|dẫn đầu)(?!\w)"
)
"""Behind a country that heads a clause, whom it has left behind: what follows is its own."""
_ASIDE = regex(r"^ \([^()\d]{3,60}\)")
"""Words in brackets right behind a name: "Trung Quốc (gồm cả Hong Kong) với ..."."""
_ONE_COMMA = regex(r"[^,.;:]{0,60}, ")


@cache
def _of_both() -> re.Pattern[str]:
    return regex(
        r"[Hh]ai (?:nước|bên|phía|Thủ tướng|Bộ trưởng|Chủ tịch|nhà lãnh đạo)"
        r"|song phương|hai chiều"
    )


def block_partner(m: Mention) -> str | None:
    """The country its block speaks of, where the sentence says "hai nước", "song phương"."""
    begin = m.paragraph
    named = [p for p in m.scan.partners_between(begin, m.q.start) if p.type == "country"]
    if not named or not _of_both().search(m.text, m.sentence.start, m.sentence.end):
        return None
    first = named[0]
    # "Tại Nga, ..." sets the scene for the whole block.
    scene = m.text[begin : first.start].strip(" ★-–•") in ("Tại", "Ở")
    chosen = first if scene else named[-1]
    return name_of(m.text, chosen)


def other_side(m: Mention) -> str | None:
    """The one country a text names, or names most by far, where it speaks of both sides."""
    if not _of_both().search(m.text, m.clause, m.q.start):
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


def in_own_bracket(m: Mention) -> str | None:
    """The country right before the bracket a number stands in: "Lào (1.086 người)"."""
    if m.q.unit == "rank" or _CLOSES.match(m.text, m.q.end, m.sentence.end) is None:
        return None
    for p in m.scan.partners_between(m.left, m.q.start)[-1:]:
        if _WITHIN_IT.search(m.text, m.left, p.start):
            # "quốc gia đông dân nhất EU (83 triệu người)"
            return None
        if p.type in ("country", "bloc") and _OWN_BRACKET.fullmatch(m.text, p.end, m.q.start):
            return name_of(m.text, p)
    return None


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
    mentions = [
        p
        for p in m.scan.partners_between(start, end)
        if (
            p.type in ("country", "bloc")
            or (p.type == "region" and end - p.end < _REGION_REACH)
            or _MARKETS_OF.search(text, start, p.start)
        )
        and not (
            m.q.unit == "rank" and p.type != "country" and _WITHIN.search(text, start, p.start)
        )
        and not _RIVAL.search(text, max(start, p.start - _RIVAL_REACH), p.start)
        and not _POST.search(text, max(start, p.start - _POST_REACH), p.start)
        and not (p.type == "bloc" and _TELLS.fullmatch(text, m.sentence.start, p.start))
    ]
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
    told = text.startswith("Theo ", m.sentence.start) or _WE_DID.search(text, last.end, end)
    if told and _WE_SOLD.search(text, last.end, end) and not _TO_IT.search(text, start, last.start):
        # "Theo báo chí Thái Lan, lượng gạo xuất khẩu của Việt Nam đạt ..."
        return None
    if m.q.unit == "people" and of_all_guests(m, last.end):
        return None
    far = end - last.end > _PARTNER_REACH
    if far and not anywhere and not _figure_links().search(text, last.end, end):
        return None
    if len(mentions) > 1 and mentions[-2].ref != last.ref:
        first = mentions[-2]
        if _AND_WITH.fullmatch(text, first.end, last.start) and text.endswith(
            "của ", 0, first.start
        ):
            # "thặng dư của Trung Quốc với Mỹ": neither is ours.
            return name_of(text, first)
        gap = text[mentions[-2].end : last.start]
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


def meant_by(m: Mention) -> str | None:
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
