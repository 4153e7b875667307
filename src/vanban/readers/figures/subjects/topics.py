"""Whom a text is about: one province, one partner, or the country."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache

from vanban.blocks import SET_ASIDE
from vanban.data import load
from vanban.forms import rare
from vanban.gazetteer import PartnerMention, PlaceMention, whole_name
from vanban.letters import LOWER
from vanban.patterns import Cue, alternation, cue, regex
from vanban.readers.figures.subjects.whole import (
    TITLE,
    UNNAMED,
    first_of,
    national_blocks,
    own_province,
)
from vanban.scan import Scan

__all__ = ["Topic", "find_topic", "first_name", "in_full", "name_of"]

_ENOUGH = 4
"""Weight at which a province or a partner is what the whole text is about."""
_MANY = 6
"""Mentions that make a text one about a partner, if it speaks of both sides but seldom."""
_TOP = 400


@dataclass(frozen=True, slots=True)
class Topic:
    """Whom a text is about, if it keeps speaking of one province or one partner.

    Args:
        headed, courted: provinces and partners by the blocks that stand under their bare name.
        national: indexes of the blocks that speak of the country all the same, as the report of a
            national conference does in a province's paper.
        abroad: the country of whose own figures a text tells that never names ours.
    """

    province: str | None = None
    partner: str | None = None
    abroad: str | None = None
    national: frozenset[int] = frozenset()
    headed: Mapping[int, str] = field(default_factory=dict)
    courted: Mapping[int, str] = field(default_factory=dict)

    def province_of(self, block: int) -> str | None:
        """The province a block of the text speaks of; None where it speaks of the country."""
        if block in self.headed:
            return self.headed[block]
        return None if block in self.national else self.province

    def partner_of(self, block: int) -> str | None:
        """The partner a block of the text speaks of; None if of none."""
        return self.courted.get(block, self.partner)


@cache
def _province_before() -> re.Pattern[str]:
    words = alternation(load("figures")["province_before"])
    return regex(rf"(?i:{words})\s+$")


@cache
def _both_sides() -> Cue:
    return cue(load("figures")["both_sides"], then="")


def _count(scan: Scan, what: Cue, most: int) -> int:
    """How often a cue matches in the text, counted up to `most`."""
    n, at, end = 0, 0, len(scan.text)
    while n < most and (m := scan.words.find(what, at, end)) is not None:
        n, at = n + 1, m.end()
    return n


def _is_headed(scan: Scan, at: int) -> bool:
    """Whether a name is that of the body a text is from, or stands in a heading."""
    if _province_before().search(scan.text, max(0, at - 24), at):
        return True
    if any(s.heading and s.start <= at < s.end for s in scan.sentences[:_TITLES]):
        return True
    title = next((b for b in scan.document.blocks[:_TITLES] if b.start <= at < b.end), None)
    # A short line without a stop, in a text that never speaks of the country.
    return (
        title is not None
        and title.end - title.start < _SHORT
        and scan.text[title.start : title.end].rstrip()[-1:] not in ".;:,!?…"
        and not _names_us(scan)
    )


_SHORT = 120


def _is_of(scan: Scan, place: PlaceMention) -> bool:
    """Whether a text that names a place once is of it, and not only of what was held there."""
    return _is_headed(scan, place.start) and not (
        _HELD_IN.search(scan.text, max(0, place.start - 24), place.start) is not None
        and _IS_HELD.match(scan.text, place.end) is not None
    )


_HELD_IN = regex(r"(?<!\w)[Tt]ại (?:tỉnh |thành phố |TP\.? ?)?$")
_IS_HELD = regex(r",? (?:(?:đã|sẽ|vừa) )?(?:diễn ra|khai mạc|bế mạc)(?!\w)")


_TITLES = 12
"""Sentences at the top among which a title stands."""


def find_topic(scan: Scan) -> Topic:
    """The province or the partner a text keeps speaking of, and those that head a part of it."""
    headed, courted = _sections(scan)
    return replace(_of_whole(scan), headed=headed, courted=courted)


def _sections(scan: Scan) -> tuple[dict[int, str], dict[int, str]]:
    """Blocks by the province or the partner whose bare name is the heading above them."""
    headed: dict[int, str] = {}
    courted: dict[int, str] = {}
    names: set[str] = set()
    place = partner = None
    for number, block in enumerate(scan.document.blocks):
        if block.kind in SET_ASIDE:
            continue
        if block.end - block.start <= _LONGEST_NAME:
            lead = _NAME_LEAD.match(scan.text, block.start, block.end)
            at = lead.end() if lead is not None else block.start
            end = at + len(scan.text[at : block.end].rstrip(" :.*"))
            here = next((p.name for p in scan.places_between(at, at + 1) if p.end == end), None)
            there = next((p for p in scan.partners_between(at, at + 1) if p.end == end), None)
            if here is not None or there is not None or block.kind == "heading":
                place, partner = here, None if there is None else name_of(scan.text, there)
            names |= {name for name in (place, partner) if name is not None}
        if place is not None:
            headed[number] = place
        if partner is not None:
            courted[number] = partner
    # One bare name is a date line or a caption.
    return (headed, courted) if len(names) > 1 else ({}, {})


_LONGEST_NAME = 40
_NAME_LEAD = regex(
    r"(?:[-–+•*] *|\d+[.)] *|[a-zđ][.)] *)?\**(?:[Tt]ỉnh |[Tt]hành phố |TP\.? ?|[Tt]hị trường )?"
)


def _of_whole(scan: Scan) -> Topic:
    """The province or the partner a text keeps speaking of; neither, if it is about the country."""
    top = first_of(scan)
    if (other := _paired_in_title(scan, top)) is not None:
        return Topic(partner=other)
    if (host := _host_of_mission(scan, top)) is not None:
        return Topic(partner=host)
    provinces: Counter[str] = Counter()
    for place in scan.places:
        if _DEPUTY_OF.search(scan.text, max(0, place.start - 30), place.start):
            # Whom a deputy was elected by tells nothing of what a text is about.
            continue
        near = _province_before().search(scan.text, max(0, place.start - 24), place.start)
        # Meetings are held in Hà Nội; that makes no text one about it.
        if place.name != "Hà Nội" or near or _is_the_capital(scan, place):
            provinces[place.name] += (3 if near else 1) + (3 if place.start - top < _TOP else 0)
    national = _NATIONAL_PAPER.search(scan.text, top, top + _TOP)
    if provinces and (not national or _ABOUT_A_PROVINCE.search(scan.text, top, top + _HEAD)):
        name, weight = provinces.most_common(1)[0]
        own = _count(scan, own_province(), 3)
        # Named once, and never "tỉnh": a place that a text about the country mentions.
        mentions = [p for p in scan.places if p.name == name]
        once = not own and len(mentions) == 1 and not _is_of(scan, mentions[0])
        aside = once or _is_one_of_all(scan, top, mentions) or _is_aside(scan, top, mentions, own)
        if weight + own >= _ENOUGH and not aside:
            return Topic(province=name, national=national_blocks(scan, name))
    if not provinces and not national and _THE_PROVINCE.search(scan.text, top) is not None:
        # A province's text that never says its name.
        return Topic(province=UNNAMED, national=national_blocks(scan, UNNAMED))
    partners = Counter(p.ref for p in scan.partners if p.type != "agreement")
    ref, n, others = _leading(scan, partners)
    alone = n >= _ENOUGH or (ref is not None and not others and _owns(scan, ref))
    if ref is not None and alone and not scan.places and not _names_us(scan):
        return Topic(abroad=first_name(scan, ref))
    both = _count(scan, _both_sides(), 3) if partners else 0
    if ref is not None and both and n >= (_ENOUGH if both == 3 else _MANY) and n >= 2 * others:
        return Topic(partner=first_name(scan, ref))
    if ref is not None and n >= _ENOUGH and n >= 3 * others:
        first = next(p for p in scan.partners if p.ref == ref)
        title = top + TITLE
        if first.start < title and _MARKET_NOTE.search(scan.text, top, title):
            return Topic(partner=first_name(scan, ref))
    return Topic(partner=_post_of_speaker(scan, partners))


def _host_of_mission(scan: Scan, top: int) -> str | None:
    """The country in which the mission serves that a paper's letterhead names as who writes."""
    for p in scan.partners_between(top, top + TITLE):
        if p.type != "country":
            continue
        writes = _MISSION_WRITES.search(scan.text, top, p.start)
        if writes is not None and scan.text[p.end : p.end + 1] in ("\n", " ", ""):
            name = first_name(scan, p.ref)
            return name.title() if name.isupper() else name
    return None


_MISSION_WRITES = regex(
    r"(?:^|\n)[ *|]*(?:ĐẠI SỨ QUÁN|TỔNG LÃNH SỰ QUÁN|(?:CƠ QUAN |CHI NHÁNH )?THƯƠNG VỤ)"
    r"(?: [^a-zđ\n]{1,50})? VIỆT NAM\s+TẠI (?:[^a-zđ\n,]{2,30}, )?"
    r"(?:NƯỚC |LIÊN BANG |CỘNG HÒA |CỘNG HOÀ )*$"
)
"""The first line of a paper of one of our missions, up to the country: "ĐẠI SỨ QUÁN ... TẠI"."""


def _is_the_capital(scan: Scan, place: PlaceMention) -> bool:
    """Whether Hà Nội is told of as a province, and not as where people met."""
    return _OF_THE_CAPITAL.search(scan.text, max(0, place.start - 24), place.start) is not None or (
        _CAPITAL_DOES.match(scan.text, place.end) is not None
        and _MET_IN.search(scan.text, max(0, place.start - 12), place.start) is None
    )


_OF_THE_CAPITAL = regex(
    r"(?:(?:của|Thống kê|[Kk]inh tế|địa bàn|UBND|Sở [^,.;]{3,14})(?: TP\.?)?|(?<!tại )TP\.?) $"
)
_CAPITAL_DOES = regex(
    r" (?:tiếp tục|thu hút|đứng|dẫn đầu|đạt|đón|là địa phương|xuất khẩu|có \d|cấp|vẫn"
    r"|đã (?:thu|đón|cấp|đạt))(?!\w)"
)
_MET_IN = regex(r"(?:[Tt]ại|[Ởở]|từ|đến|tới|về) $")


def _owns(scan: Scan, ref: str) -> bool:
    """Whether a text tells a country's own figures, and not what is sold to it or comes from it."""
    if _OFFICES.search(scan.text) is not None:
        return False
    before = [scan.text[max(0, p.start - 30) : p.start] for p in scan.partners if p.ref == ref]
    return any(_OWNER.search(words) for words in before) and not any(
        _TO_OR_FROM.search(words) for words in before
    )


_OFFICES = regex(
    r"Đại sứ|Bộ Ngoại giao|Bộ Công Thương|Thương vụ|[Hh]ai (?:nước|bên)|(?<!\w)[Tt]ỉnh(?!\w)"
    r"|Thủ tướng|Tổng Bí thư|Chủ tịch nước|Phó Chủ tịch|UBND|TTXVN"
)
"""Who deals with another country makes a text none of its own alone."""
_OWNER = regex(
    r"(?:của|[Kk]inh tế|[Hh]ải quan|[Tt]hống kê(?: [Qq]uốc gia| [Tt]rung ương)?|Chính phủ"
    r"|Ngân hàng Trung ương|Bộ [^\s,;.]+(?: [^\s,;.]+){0,2}) $"
)
_TO_OR_FROM = regex(
    r"(?:sang|vào|tới|đến|với|từ|cho|tại|thăm|khách|người|giữa)(?: thị trường| nước)? $"
)


def _names_us(scan: Scan) -> bool:
    return scan.words.has(_us(), 0, len(scan.text))


@cache
def _us() -> Cue:
    return cue(["Việt", "VN", "nước ta", "chúng ta", "cả nước", "toàn tỉnh", "UBND"], any_case=True)


def _leading(scan: Scan, partners: Counter[str]) -> tuple[str | None, int, int]:
    """The partner named most, how often, and how often the next; the region around it is none."""
    if not partners:
        return None, 0, 0
    (ref, n), *rest = partners.most_common()
    regions = {p.ref for p in scan.partners if p.type == "region"}
    others = [k for r, k in rest if ref in regions or r not in regions]
    return ref, n, others[0] if others else 0


def _is_one_of_all(scan: Scan, top: int, mentions: list[PlaceMention]) -> bool:
    """Whether a text about the country only ranks a province: it speaks of the country first.

    "Vốn đăng ký vào Việt Nam đạt 28 tỷ USD. Trong đó, Bắc Ninh dẫn đầu": and of it as often.
    """
    if _is_headed(scan, mentions[0].start) or mentions[0].start > top + _TOP:
        return False
    ours = [m.start() for m in scan.words.find_all(_the_country(), top, len(scan.text))]
    return len(ours) >= len(mentions) and ours[0] < mentions[0].start


_DEPUTY_OF = regex(
    r"(?:(?:[Cc]ử tri|(?:ĐBQH|[Đđ]ại biểu Quốc hội)(?: đoàn| Đoàn)?)(?: (?:tỉnh|thành phố|TP\.?))?"
    r"|\((?:[Đđ]oàn|ĐBQH) (?:ĐBQH )?(?:tỉnh )?) ?$"
)
"""Before a province, whom a deputy of the National Assembly speaks for."""


def _is_aside(scan: Scan, top: int, mentions: list[PlaceMention], own: int) -> bool:
    """Whether a text that is no province's own names one but by the way.

    It calls nothing the province's and speaks of the country as often ("một trong các mặt hàng chủ
    lực của Việt Nam và của TP.HCM"), or names it but twice, behind its lead.
    """
    if _is_headed(scan, mentions[0].start):
        return False
    if own:
        lead = top + _TOP
        late = len(mentions) < _FEW and mentions[0].start > lead
        return late and not scan.words.has(own_province(), top, lead)
    return _count(scan, _of_ours(), len(mentions)) == len(mentions)


_FEW = 3
"""So many mentions make a province more than an example."""


@cache
def _of_ours() -> Cue:
    return cue(["Việt Nam", "cả nước", "toàn quốc", "nước ta", "VN"], any_case=True)


@cache
def _the_country() -> Cue:
    return cue(["Việt Nam", "cả nước", "toàn quốc"], any_case=True)


def _paired_in_title(scan: Scan, top: int) -> str | None:
    """The country a title pairs with ours: "Thương mại giữa Nga và Việt Nam"."""
    end = scan.text.find("\n", top, top + TITLE)
    counts = Counter(p.ref for p in scan.partners if p.type == "country").most_common(2)
    if end < 0 or not counts or counts[0][1] < _ENOUGH:
        return None
    if len(counts) > 1 and counts[0][1] < 2 * counts[1][1]:
        return None
    for p in scan.partners_between(top, end):
        before, behind = scan.text[top : p.start].lower(), scan.text[p.end : end].lower()
        paired = _WITH_US.match(behind) or _US_WITH.search(before)
        if p.ref == counts[0][0] and paired:
            return first_name(scan, p.ref)
    return None


_THE_PROVINCE = rare(
    r"(?<!\w)(?:(?:[Tt]oàn|[Cc]ả|của|trong|(?:khách|lịch) (?:về|đến)|Cục Thống kê|UBND|HĐND"
    r"|[Ll]ãnh đạo) [Tt]ỉnh|(?<=địa bàn )[Tt]ỉnh)"
    rf"(?= (?!khác|này|đó|bạn)[{LOWER}]|[,.;)])(?!, thành| thành)"
    r"|(?:(?<=[.,;:] )(?<!ngành, )(?<!bộ, )(?<!sở, )(?<!ương, )(?<!huyện, )|(?<=\n)|(?<= thì )"
    r"|(?<= và )(?<!ngành và )(?<!bộ và )(?<!sở và )(?<!ương và )(?<!huyện và )|(?<= nay ))[Tt]ỉnh"
    r"(?= (?:đã|đang|sẽ|có|tổ chức|tiếp tục|ban hành|phấn đấu|đặt|ước|thu hút) )"
)
_WITH_US = regex(r"(?: và | ?[-–] ?)việt nam(?!\w)")
_US_WITH = regex(r"(?<!\w)việt nam(?: và | ?[-–] ?)$")
_ABOUT_A_PROVINCE = regex(
    r"(?i:phát triển (?:kinh tế ?[-–] ?xã hội )?(?:thủ đô|tỉnh|thành phố|tp\.?) )(?=[A-ZĐÀ-Ỹ])"
)
"""In the title of a national paper, that it is about one province."""
_HEAD = 800
_NATIONAL_PAPER = regex(
    r"(?m)^ *S[ốỐ] *: *\d{1,5}(?:/\d{4})?[-/](?:[A-ZĐ]{1,4}-)?"
    r"(?:TTg|VPCP|CP|QH\d*|UBTVQH\d*|TW|(?!BC\b)B[A-Z&]{1,6})\b"
)
"""The number of a paper of a body of the whole country."""
_MARKET_NOTE = regex(
    r"(?i:thương vụ việt nam tại|bản tin thị trường|thị trường|thương mại việt nam"
    r"|nhập khẩu [^;.\n]{0,40}(?:của|từ việt nam)|xuất khẩu [^;.\n]{0,40}sang)"
)


def first_name(scan: Scan, ref: str) -> str:
    """The name by which a text first calls a partner; a state's full style is said but once."""
    return scan.once(_first_names)[ref]


def _first_names(scan: Scan) -> dict[str, str]:
    """The name by which a text first calls each of its partners, by their keys."""
    mentions: dict[str, list[PartnerMention]] = {}
    for p in scan.partners:
        mentions.setdefault(p.ref, []).append(p)
    return {ref: _first_name(scan.text, named) for ref, named in mentions.items()}


def _first_name(text: str, mentions: list[PartnerMention]) -> str:
    # A title in capitals writes no name as texts write it.
    plain = [p for p in mentions if not text[p.start : p.end].isupper() or p.end - p.start < 5]
    names = [name_of(text, p) for p in plain or mentions]
    return next((name for name in names if not _STYLE.match(name)), names[0])


def _post_of_speaker(scan: Scan, partners: Counter[str]) -> str | None:
    """The country in which who is interviewed serves: "Đại sứ Việt Nam tại Hà Lan"."""
    titles = " ".join(scan.titles_of.get(scan.interviewee or "", ()))
    if "Việt Nam tại" not in titles:
        return None
    for p in scan.partners:
        name = scan.text[p.start : p.end]
        if partners[p.ref] >= _ENOUGH_OF_A_POST and f"tại {name}" in titles:
            return name
    return None


_ENOUGH_OF_A_POST = 2


_STYLE = regex(
    r"[Cc]ộng h(?:òa|oà) (?:[Nn]hân dân|[Dd]ân chủ|[Xx]ã hội|Hồi giáo)|(?:[Cc]ác )?[Tt]iểu [Vv]ương"
)
"""The full style of a state, of which no part alone is its name."""


@cache
def _rank() -> re.Pattern[str]:
    return regex(rf"(?:{alternation(load('gazetteer')['ranks'])}) ")


def name_of(text: str, p: PartnerMention) -> str:
    """A partner as the text calls it, without its rank: "Cộng hòa Séc" is "Séc"."""
    rank = _rank().match(text, p.start, p.end)
    if rank is not None and _STYLE.match(text, p.start, p.end):
        rank = None
    return whole_name(text[p.start if rank is None else rank.end() : p.end])


def in_full(scan: Scan) -> dict[str, str]:
    """The short names a text also writes out: "Thái" is "Thái Lan" where both stand."""
    written = Counter(_as_written(scan, p) for p in scan.places if p.name in _CITY)
    if not written:
        return _in_full(scan)
    # The bare name is that of a person.
    city = max(written, key=lambda name: (written[name], -scan.text.find(name)))
    return {**_in_full(scan), **dict.fromkeys(_CITY, city)}


_CITY = ("Hồ Chí Minh", "TPHCM", "TP.HCM", "TP HCM", "TP. HCM")
_ITS_RANK = regex(r"(?:[Tt]hành +phố|T[Pp]\.?) *$")


def _as_written(scan: Scan, place: PlaceMention) -> str:
    """The great city's name with the rank before it."""
    rank = _ITS_RANK.search(scan.text, max(0, place.start - 12), place.start)
    begin = rank.start() if rank is not None and place.name == _CITY[0] else place.start
    return " ".join(scan.text[begin : place.end].split())


def _in_full(scan: Scan) -> dict[str, str]:
    names = {(p.ref, name_of(scan.text, p)) for p in scan.partners}
    styles = {name: first_name(scan, ref) for ref, name in names if _STYLE.match(name)}
    return styles | {
        short: long
        for ref, short in names
        for other, long in names
        if ref == other and long.startswith(f"{short} ")
    }
