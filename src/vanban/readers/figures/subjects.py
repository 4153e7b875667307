"""Whose figure it is: a province, a partner, the country, a kind of body."""

import re
from collections import Counter
from dataclasses import dataclass

from vanban.records import Figure, Role
from vanban.scan import Scan
from vanban.sentences import Sentence
from vanban.values.quantities import Quantity

__all__ = ["Topic", "find_subject", "find_topic"]

_OF_PARTNERS = frozenset(
    [
        "trade_turnover",
        "exports",
        "imports",
        "fdi_registered",
        "fdi_disbursed",
        "fdi_projects",
        "diaspora",
        "oda",
        "tourists",
    ]
)
_BILATERAL = _OF_PARTNERS | {"agreements_signed", "documents_signed", "other"}


@dataclass(frozen=True, slots=True)
class Topic:
    """Whom a text is about, if it keeps speaking of one province or one partner.

    Args:
        national: indexes of the blocks that speak of the country all the same, as the report of a
            national conference does in a province's paper.
    """

    province: str | None = None
    partner: str | None = None
    national: frozenset[int] = frozenset()

    def province_of(self, block: int) -> str | None:
        """The province a block of the text speaks of; None where it speaks of the country."""
        return None if block in self.national else self.province


_SELF_PROVINCE = re.compile(
    r"(?<!\w)(?:UBND +tỉnh|(?:của|toàn|trong|địa +bàn|lãnh +đạo) +tỉnh|Tỉnh +ủy|[Tt]ỉnh +(?:đã|đón|có|cấp|tổ|tiếp|xuất|ta))"
)
_SELF_BILATERAL = re.compile(
    r"(?<!\w)(?:[Hh]ai +(?:nước|bên|phía)|song +phương|hai +chiều|nước +sở +tại)"
)


def find_topic(scan: Scan) -> Topic:
    """The province or the partner a text keeps speaking of; neither, if it is about the country."""
    provinces: Counter[str] = Counter()
    for place in scan.places:
        before = scan.text[max(0, place.start - 24) : place.start]
        near = re.search(r"(?i)(?:điểm cầu|đầu cầu|tỉnh|thành phố|UBND)\s+$", before)
        if place.name == "Hà Nội" and not near:
            continue
        provinces[place.name] += (3 if near else 1) + (3 if place.start < 400 else 0)
    if provinces:
        name, weight = provinces.most_common(1)[0]
        if weight + min(3, len(_SELF_PROVINCE.findall(scan.text))) >= 4:
            return Topic(province=name, national=_national_blocks(scan, name))
    partners = Counter(p.ref for p in scan.partners if p.type in ("country", "bloc"))
    if partners and len(_SELF_BILATERAL.findall(scan.text)) >= 3:
        (ref, n), *rest = partners.most_common(2)
        if n >= 4 and (not rest or n >= 2 * rest[0][1]):
            first = next(p for p in scan.partners if p.ref == ref)
            return Topic(partner=scan.text[first.start : first.end])
    return Topic()


_NATIONAL_CUE = re.compile(
    r"(?<!\w)(?:[Cc]ả +nước|[Tt]oàn +quốc|[Ll]ãnh +đạo +chủ +chốt|[Cc]ác +cơ +quan +đại +diện|Thủ +tướng|Chính +phủ"
    r"|[Cc]ác +bộ, +ngành|Việt +Nam|đất +nước)(?!\w)"
)


def _national_blocks(scan: Scan, province: str) -> frozenset[int]:
    """The blocks that speak of the country in a text that keeps speaking of one province.

    A block is the province's if it names it, other than as a site of the conference, or speaks of
    "tỉnh"; it is national if it has a national cue instead; else it goes on as the block before.
    """
    blocks = scan.document.blocks
    national: set[int] = set()
    is_national = not any(p.name == province and p.start < 200 for p in scan.places)
    for number, block in enumerate(blocks):
        if block.kind in ("furniture", "caption"):
            continue
        named = any(
            p.name == province
            and block.start <= p.start < block.end
            and not re.search(
                r"(?:điểm|đầu) +cầu(?: +tỉnh)? +$", scan.text[max(0, p.start - 20) : p.start]
            )
            for p in scan.places
        )
        if named or _SELF_PROVINCE.search(scan.text, block.start, block.end):
            is_national = False
        elif _NATIONAL_CUE.search(scan.text, block.start, block.end):
            is_national = True
        if is_national:
            national.add(number)
    return frozenset(national)


_WORDS = re.compile(
    r"(?<!\w)(?:(?P<country>[Cc]ả +nước|[Tt]oàn +quốc|(?:của +|nước +)?[Vv]iệt +Nam(?! +(?:tại|ở|sang|và|[-–])))"
    r"|(?P<missions>[Cc]ác +cơ +quan +đại +diện|[Cc]ơ +quan +đại +diện +Việt)"
    r"|(?P<embassy>[Đđ]ại +sứ +quán|chúng +tôi))(?!\w)"
)
_COUNTED = re.compile(
    r" +(?:điểm +cầu +)?(?P<who>cơ quan đại diện|tỉnh, thành|địa phương|doanh nghiệp|hiệp hội(?: ngành hàng)?|thương vụ|đại sứ)"
)
_NATIONAL = frozenset({"gdp_growth", "high_level_activities", "relations_upgraded"})


def find_subject(
    scan: Scan,
    sentence: Sentence,
    q: Quantity,
    left: int,
    stop: int,
    *,
    measure: str,
    role: Role,
    previous: Figure | None,
    topic: Topic,
) -> str | None:
    """Whose figure a quantity is.

    Args:
        left, stop: where the figure before ends and the next one begins, in code points.
        previous: the figure it is compared with or stands beside; None for the first.
    """
    text = scan.text
    province = topic.province_of(sentence.block)
    noun = text[q.number_end : min(stop, sentence.end, q.number_end + 90)]
    if q.unit == "count":
        counted = _COUNTED.match(noun)
        if counted and (measure == "endpoints" or (province is None and measure == "other")):
            who = counted["who"]
            return "địa phương" if who.startswith("tỉnh") else who
        if re.search(r"của (?:các )?địa phương", noun):
            return "địa phương"
    if role == "comparison" and previous is not None and q.unit in ("percent", "ratio", "rank"):
        return _partner(scan, left, q.start) or previous.subject
    partner = _partner(scan, left, q.start)
    if partner is None and left == sentence.start and measure in _OF_PARTNERS:
        partner = _partner(scan, sentence.start, q.start, whole=True)
    if partner is not None and measure in _OF_PARTNERS:
        return partner
    places = [p for p in scan.places if sentence.start <= p.start < min(stop, sentence.end)]
    before = [p for p in places if p.start < q.start]
    if before:
        return before[-1].name
    words = list(_WORDS.finditer(text, max(sentence.start, _clause(text, left, q.start)), q.start))
    if words and words[-1]["country"]:
        return "Việt Nam"
    if words and measure in ("promotion_activities", "other") and q.unit in ("count", "people"):
        return "cơ quan đại diện" if words[-1]["missions"] else "Đại sứ quán"
    if province is not None:
        return province
    if places:
        return places[0].name
    if topic.partner is not None and measure in _BILATERAL:
        return topic.partner
    if previous is not None and previous.subject is not None and measure not in _NATIONAL:
        return previous.subject
    return "Việt Nam"


def _clause(text: str, left: int, at: int) -> int:
    cut = text.rfind(";", left, at)
    return cut + 1 if cut >= 0 else left


def _partner(scan: Scan, start: int, end: int, *, whole: bool = False) -> str | None:
    """The partner a figure stands right behind ("Nhật Bản (18%)", "sang EU đạt"), as written."""
    low = start if whole else _clause(scan.text, start, end)
    mentions = [p for p in scan.partners_between(low, end) if p.type in ("country", "bloc")]
    if not mentions:
        return None
    last = mentions[-1]
    gap = scan.text[last.end : end]
    if not whole and len(gap) > 60 and not re.search(r"(?:đạt|là|với|ước)", gap):
        return None
    if (
        len(mentions) > 1
        and re.search(r"^,|và", scan.text[mentions[-2].end : last.start])
        and len(scan.text[mentions[-2].end : last.start]) < 5
    ):
        # A list of countries is nobody's figure: "từ Hoa Kỳ, Nhật Bản đạt ..."
        return None
    return scan.text[last.start : last.end]
