"""Foreign countries, blocs, regions and trade agreements, once each, and how they are spoken of."""

import re
from collections import Counter
from dataclasses import replace
from functools import cache

from vanban.data import load
from vanban.forms import rare
from vanban.gazetteer import PartnerMention, find_partners, whole_name
from vanban.letters import UPPER
from vanban.patterns import alternation, regex
from vanban.readers.partners.marks import RANK
from vanban.readers.partners.relations import COUNTED, MOST_JUDGED, masked, relation_said
from vanban.readers.partners.scenes import Scenes
from vanban.readers.partners.series import (
    share_along_lists,
    share_along_series,
    share_into_brackets,
)
from vanban.readers.partners.supply import Supply, is_of_others
from vanban.readers.partners.vetoes import is_hoped
from vanban.readers.partners.visits import is_met_aside
from vanban.records import Figure, Partner, Record
from vanban.scan import Scan
from vanban.sentences import Sentence

__all__ = ["mark_markets", "read_partners"]


def read_partners(scan: Scan) -> list[Partner]:
    """The partners a text names, in order of first mention, aliases merged to the first name.

    The relation is the first of the schema's list that one of the mentions supports, judged by
    the words of the clause that lead up to the mention.

    Source: `data/partners.yml`, `data/relations.yml`.
    """
    by_ref: dict[str, list[PartnerMention]] = {}
    departments = {p for p in scan.partners if _names_department(scan.text, p)}
    for mention in scan.partners:
        if mention in departments:
            continue
        by_ref.setdefault(mention.ref, []).append(mention)
    relation_of: dict[str, str] = {}
    if (main := _main_partner(scan)) is not None and any(
        not is_hoped(scan.text[max(0, m.start() - _HOPE_REACH) : m.end() + _HOPE_REACH])
        for m in _UPGRADED.finditer(scan.text)
    ):
        relation_of[main] = "upgraded"
    if main is not None and main not in relation_of and _is_received(scan, main):
        relation_of[main] = "visited"
    if main is not None and _TALKS_OF_TWO.search(scan.text) is not None:
        relation_of[main] = "negotiating"
    met_aside = _met_aside(scan)
    all_aside = _ALL_ASIDE.search(scan.text, 0, _LEAD) is not None
    scenes = Scenes(scan, main)
    supply = scan.once(Supply)
    by_name: list[str] = []
    of_markets = False
    previous: Sentence | None = None
    for sentence in scan.sentences:
        named = scan.partners_between(sentence.start, sentence.end)[:MOST_JUDGED]
        item = _ITEM.match(scan.text, sentence.start) if named else None
        if item is None:
            of_markets = _heads_markets(scan, sentence)
        elif of_markets:
            # "Các thị trường khác:" and an item for each.
            for mention in _heads_of_item(scan, sentence, named, item.end()):
                relation_of.setdefault(mention.ref, "target_market")
        listed = None
        if named and previous is not None and _LISTS.match(scan.text, sentence.start):
            told = _ANNOUNCES.search(scan.text, previous.start, previous.end)
            listed = previous if told is not None else None
        previous = sentence
        if named:
            judged = sentence if listed is None else replace(sentence, start=listed.start)
            clauses = masked(scan.text, judged, named)
            if listed is not None:
                stop = listed.end - listed.start - 1
                clauses = f"{clauses[:stop]}:{clauses[stop + 1 :]}"
            before = dict(relation_of)
            for at, mention in enumerate(named):
                if mention in departments:
                    continue
                known = relation_of.get(mention.ref, "mentioned")
                said = relation_said(clauses, judged, mention, known)
                if said == COUNTED:
                    if not supply.is_of_markets(sentence):
                        continue
                    said = "target_market"
                if said == "visited" and (
                    (mention.ref in met_aside and "thăm" not in clauses)
                    or (all_aside and _JOURNEY.search(clauses) is None)
                ):
                    continue
                if said == "in_force" != known and _is_inside(mention, named):
                    by_name.append(mention.ref)
                    continue
                if said == "target_market" and (
                    supply.is_no_market(sentence.start)
                    or (at and _is_again(scan.text, named[at - 1], mention))
                    or supply.sells(mention.ref, clauses[: mention.start - judged.start])
                ):
                    continue
                relation_of[mention.ref] = said
            if len(named) > 1:
                share_along_lists(scan.text, named, before, relation_of)
        for mention, implied in scenes.implied(sentence, named) if scenes.any else ():
            known = relation_of.get(mention.ref, "mentioned")
            if implied and RANK.index(implied) < RANK.index(known):
                known = relation_of[mention.ref] = implied
            clauses = masked(scan.text, sentence, [*named, mention])
            said = relation_said(clauses, sentence, mention, known)
            relation_of[mention.ref] = "target_market" if said == COUNTED else said
    for ref, measures in _own_measures():
        if ref in by_ref and any(measure in scan.text for measure in measures):
            known = relation_of.get(ref, "mentioned")
            if RANK.index("barrier") < RANK.index(known):
                relation_of[ref] = "barrier"
    share_along_series(scan, relation_of, supply)
    for ref in by_name:
        # Who is only a party to an agreement in force; a market is one all the same.
        if relation_of.get(ref, "mentioned") == "mentioned":
            relation_of[ref] = "in_force"
    share_into_brackets(scan, relation_of)
    inside = _inside_agreements(scan, by_ref, relation_of)
    if scan.once(is_of_others):
        relation_of = {r: said for r, said in relation_of.items() if said not in _OURS}
    return [
        _partner(scan, ref, mentions, relation_of.get(ref, "mentioned"), inside.get(ref, []))
        for ref, mentions in by_ref.items()
    ]


def _is_again(text: str, before: PartnerMention, mention: PartnerMention) -> bool:
    """Whether a name in brackets only says the one before it again: "Liên minh châu Âu (EU)"."""
    return mention.ref == before.ref and text[before.end : mention.start].strip() == "("


_OURS = ("negotiating", "barrier", "upgraded", "visited", "target_market")
"""What is said only of whom we deal with."""


def _is_inside(mention: PartnerMention, named: list[PartnerMention]) -> bool:
    """Whether a name is part of that of an agreement."""
    return mention.type != "agreement" and any(
        a.type == "agreement" and a.start < mention.start and mention.end <= a.end for a in named
    )


def _inside_agreements(
    scan: Scan, by_ref: dict[str, list[PartnerMention]], relation_of: dict[str, str]
) -> dict[str, list[PartnerMention]]:
    """The names that long names of agreements give to partners which a text names elsewhere.

    Such a partner is spoken of as the agreement is, if nothing that counts more is said of it.
    """
    found: dict[str, list[PartnerMention]] = {}
    for agreement in scan.partners:
        if agreement.type != "agreement":
            continue
        long = agreement.end - agreement.start - len("Hiệp định ") >= _LONG_NAME
        if not long and "Việt Nam" not in scan.text[agreement.start : agreement.end]:
            continue
        said = relation_of.get(agreement.ref, "mentioned")
        begin = agreement.start + (len("Hiệp định ") if long else 1)
        for inner in find_partners(scan.words, [(begin, agreement.end)]):
            if inner.ref not in by_ref or inner.type == "agreement":
                continue
            if long:
                found.setdefault(inner.ref, []).append(inner)
            known = relation_of.get(inner.ref, "mentioned")
            # What an agreement in force is with is a market all the same if it is spoken of as one.
            if said == "in_force" and known == "target_market":
                continue
            if RANK.index(said) < RANK.index(known) and (
                _WITH_US.search(scan.text, agreement.start, inner.start) is not None
            ):
                relation_of[inner.ref] = said
    return found


@cache
def _own_measures() -> list[tuple[str, list[str]]]:
    """What only one partner does to our goods, by its id."""
    return list(load("gazetteer")["own_measures"].items())


_LONG_NAME = 24
_WITH_US = regex(r"(?:(?:Việt Nam|VN) ?(?:[-–]|và|với)|với)(?: các nước| khối| Khối)? ?$")
"""Before a name in that of an agreement, that it is made with us."""


_ANNOUNCES = regex(
    r" (?:\d+|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|nhiều|một số|các) (?:\w+ ){0,2}"
    r"(?:nước|quốc gia|cường quốc|đối tác|thị trường|nền kinh tế)(?: \w+){0,3}[.:]$"
)
"""That a sentence tells of so many partners, whom the next may name."""
_LISTS = regex(
    r"(?:Cụ thể|Đó là|Gồm|Bao gồm|Trong đó có|Lần lượt là|Có thể kể đến)(?: là| gồm)?[:,]? "
)
"""That a sentence names those of whom the one before it tells."""


_DEPARTMENTS = regex(r"(?<!\w)Vụ (?:[Tt]hị trường )?(?:[^.;:()\d]{3,40}(?:, | và | ?[-–] ?))?$")
"""Before a region, a department that is named after it."""
_DEPARTMENT_REACH = 60


def _names_department(text: str, mention: PartnerMention) -> bool:
    """Whether a region is only part of a department's name."""
    return mention.type == "region" and (
        _DEPARTMENTS.search(text, max(0, mention.start - _DEPARTMENT_REACH), mention.start)
        is not None
    )


_ITEM = regex(r"[-–+•*] *")
_MARKETS = regex(r"(?i)(?<!\w)thị trường(?!\w)")
_LONGEST_HEADING = 120


def _heads_markets(scan: Scan, sentence: Sentence) -> bool:
    """Whether a short line speaks of markets, and the items below it are such."""
    block = scan.document.blocks[sentence.block]
    if block.end - block.start > _LONGEST_HEADING or scan.text[block.end - 1] in ".;":
        return False
    return _MARKETS.search(scan.text, block.start, block.end) is not None


def _heads_of_item(
    scan: Scan, sentence: Sentence, named: list[PartnerMention], start: int
) -> list[PartnerMention]:
    """The countries an item begins with, up to its colon: "- Bờ Biển Ngà, Ghana: ..."."""
    colon = scan.text.find(":", start, sentence.end)
    heads = [p for p in named if p.end <= colon]
    if not heads or heads[0].start != start or heads[-1].end != colon:
        return []
    return heads


_TALKS_OF_TWO = regex(
    r"đàm phán[^.;]{0,40} (?:[Hh]iệp định [^.;]{0,40}"
    r"(?:[Tt]hương mại|[Đđ]ối tác kinh tế|[Bb]ảo hộ đầu tư)|FTA)"
    r"[^.;]{0,40} (?:hai nước|hai quốc gia|hai bên|song phương)"
)
"""Talks on an agreement between the two sides that a text is about."""
_RECEPTION = rare(
    r"(?:[Tt]ại|[Tt]rong|[Ss]au|[Kk]ết thúc) (?:buổi|cuộc) (?:tiếp|hội đàm|hội kiến|gặp)(?!\w)"
    r"|[Cc]ảm ơn sự (?:đón tiếp|tiếp đón)|chuyến thăm (?:lần )?này"
)
_ELSEWHERE = rare(
    r"điện đàm|trực tuyến|[Bb]ên lề|[Nn]hân (?:dịp )?(?:cùng )?(?:dự|tham dự)"
    r"|[Nn]hân (?:dịp )?(?:các )?(?:[Hh]ội nghị|Kỳ họp|Diễn đàn|Đại hội đồng)"
    r"|khuôn khổ (?:các )?(?:[Hh]ội nghị|[Dd]iễn đàn|Kỳ họp|Đại hội đồng)"
)
_STATESMAN = regex(
    r"(?:Tổng thống|Thủ tướng|Quốc vương|Ngoại trưởng|Thứ trưởng Ngoại giao"
    rf"|Chủ tịch (?:Quốc hội|Thượng viện|Hạ viện)|Bộ trưởng(?: (?:Bộ|và|[{UPPER}]\w*,?)| \w+)"
    r"{1,5}) $"
)
_FOREIGN_STATESMAN = regex(
    r"(?:Tổng thống|Thủ tướng|Quốc vương|Ngoại trưởng|Bộ trưởng|Chủ tịch (?:Quốc hội|Hạ viện))"
    r" (?:[A-Z][a-z’'-]+ ){0,2}(?:O[’']|[A-Z][a-z-]*[fjwz]|[FJWZ][a-z]+|[A-Z][a-z]{6})[A-Za-z’'-]*"
    r"(?: [A-Z][A-Za-z’'-]+){0,2} (?:khẳng định|nhấn mạnh|cho biết|cho rằng|đánh giá|bày tỏ|cảm ơn"
    r"|nhất trí|mong|đề nghị|tin tưởng|hoan nghênh|chia sẻ|trân trọng)(?!\w)"
)
"""Who has a name that is none of ours, and speaks at a reception."""
_STATESMAN_REACH = 60
_ACTS = regex(
    rf" (?:[{UPPER}][\w’'-]+"
    r"|(?:khẳng định|nhấn mạnh|cho biết|cho rằng|đánh giá|bày tỏ|cảm ơn|nhất trí|mong|quan tâm"
    r"|chúc mừng|đề nghị|tin tưởng|hoan nghênh|chia sẻ|trân trọng)(?!\w))"
)


def _is_received(scan: Scan, ref: str) -> bool:
    """Whether a text tells of a meeting with a statesman of the country it is about.

    One who is met beside a conference, or called on the telephone, is on no visit.
    """
    if _RECEPTION.search(scan.text) is None or _ELSEWHERE.search(scan.text) is not None:
        return False
    if _FOREIGN_STATESMAN.search(scan.text) is not None:
        return True
    return any(
        _STATESMAN.search(scan.text, max(0, m.start - _STATESMAN_REACH), m.start) is not None
        and _ACTS.match(scan.text, m.end) is not None
        for m in scan.partners
        if m.ref == ref
    )


def _met_aside(scan: Scan) -> set[str]:
    """The partners who were met beside a conference somewhere, by their ids."""
    if _ELSEWHERE.search(scan.text) is None:
        return set()
    return {
        m.ref
        for s in scan.sentences
        for m in scan.partners_between(s.start, s.end)[:MOST_JUDGED]
        if is_met_aside(scan.text[s.start : m.start])
    }


_CONFERENCE = r"(?:[Hh]ội nghị|Kỳ họp|[Dd]iễn đàn|Đại hội đồng)"
_ALL_ASIDE = rare(
    rf"(?:[Bb]ên lề|[Nn]hân (?:dịp )?(?:cùng |tham |dự |các )*{_CONFERENCE}"
    rf"|(?:[Tt]rong khuôn khổ|[Nn]hân)[^.;\n]{{0,40}} (?:tham )?dự {_CONFERENCE}"
    rf"|[Tt]rong khuôn khổ (?:các )?{_CONFERENCE})[^.;\n]{{0,200}}"
    r" (?:gặp|tiếp xúc|cuộc gặp)[^.;\n]{0,60} (?:lãnh đạo|các nước|đối tác|nhiều nước|các cuộc)"
    r"|[Bb]ên lề[^.;\n]{0,160} (?:nhiều|hàng loạt|các) cuộc (?:gặp|tiếp xúc)"
    r"|Đại sứ[^.;\n]{0,160} (?:trình|nhận)[^.;\n]{0,30} (?:[Qq]uốc thư|[Tt]hư [Ủủ]y nhiệm)"
    r"|(?:trình|nhận) (?:[Qq]uốc thư|[Tt]hư [Ủủ]y nhiệm)[^.;\n]{0,60} Đại sứ"
)
"""That many were met beside a conference: who is met in such a text is on no visit."""
_LEAD = 800
"""Code points in which a text about such meetings says so; a review may tell of them too."""
_JOURNEY = regex(
    r"thăm|công tác|tháp tùng|lên đường|[Đđ]oàn (?:công tác|đại biểu)|lễ đón|sang Việt Nam"
)
_HOPE_REACH = 60
"""Code points around words on raised relations that tell whether they are hoped for."""
_UPGRADED = regex(
    r"quan hệ hai nước (?:đã )?được nâng|nâng (?:cấp|tầm) quan hệ"
    r"(?: (?:hai nước|song phương|hai bên|giữa hai nước)| lên (?:mức )?[Đđ]ối tác)"
)
_ENOUGH = 3
"""Mentions that make a country the one a text is about."""
_ENOUGH_ALONE = 2
"""And those of the only country a text names."""


def _main_partner(scan: Scan) -> str | None:
    """The one country a bilateral text is about, by its id; None if there is no such one."""
    counts = Counter(p.ref for p in scan.partners if p.type == "country").most_common(2)
    if not counts or counts[0][1] < (_ENOUGH if len(counts) > 1 else _ENOUGH_ALONE):
        return None
    if len(counts) == 1:
        placed = all(scan.text.endswith(_AT, 0, p.start) for p in scan.partners if p.type == _LAND)
        # "phóng viên TTXVN tại Singapore ... Hội nghị diễn ra tại Singapore": only where it is.
        return None if placed else counts[0][0]
    return counts[0][0] if counts[0][1] >= 2 * counts[1][1] else None


_LAND = "country"
_AT = ("tại ", "ở ", "Tại ", "Ở ")


def _partner(
    scan: Scan,
    ref: str,
    mentions: list[PartnerMention],
    relation: str,
    inside: list[PartnerMention],
) -> Partner:
    first = mentions[0]
    forms = [n for m in (*mentions, *inside) for n in _forms(scan.text[m.start : m.end])]
    forms += [n for m in mentions for n in _styled(scan.text, m)]
    names = tuple(dict.fromkeys(forms))
    return Partner(
        anchor=scan.document.anchor(first.start, first.end),
        rule=f"partner.{relation}",
        confidence=0.9 if not first.weak else 0.85,
        name=whole_name(names[0]),
        type=first.type,
        relation=relation,
        mentions=names,
        ref=ref,
    )


_OF_A_MARKET = (
    "exports",
    "tourists",
    "labour_sent",
)


def mark_markets(scan: Scan, records: list[Record]) -> list[Record]:
    """The records, a partner that is only named a market if a figure tells what goes there.

    Goods, visitors and workers do; capital does not (decision 36), and what a country that sells
    as we do exports makes it no market.
    """
    if not any(isinstance(r, Partner) and r.relation == "mentioned" for r in records) or not any(
        isinstance(r, Figure) and r.measure in _OF_A_MARKET for r in records
    ):
        return records
    if scan.once(is_of_others):
        return records
    supply = scan.once(Supply)
    markets = {
        r.subject
        for r in records
        if isinstance(r, Figure)
        and r.measure in _OF_A_MARKET
        and r.unit != "rank"
        and (r.measure != "exports" or _sells_there(scan.text, r.anchor.start, r.anchor.end))
        and not supply.is_no_market(r.anchor.start)
    }
    return [
        replace(r, relation="target_market", rule="partner.target_market")
        if isinstance(r, Partner)
        and r.relation == "mentioned"
        and r.ref not in supply.rivals
        and markets & set(r.mentions)
        else r
        for r in records
    ]


_TO_THERE = regex(
    r"(?:[Xx]uất khẩu|XK|[Xx]uất|[Bb]án)[^.;]{0,60} (?:sang|vào|tới|đi|cho)(?!\w)"
    r"|[Tt]hị trường|[Nn]hập khẩu"
)
"""Near a figure of exports, that they go where it is told of."""


def _sells_there(text: str, start: int, end: int) -> bool:
    return _TO_THERE.search(text, max(0, start - 240), end + 60) is not None


_STYLED = regex(r"(?:Cộng h(?:òa|oà)|Vương quốc|Liên bang|CH) $")


def _styled(text: str, mention: PartnerMention) -> list[str]:
    """A country's name with the style of the state before it, if one stands there."""
    style = _STYLED.search(text, max(0, mention.start - 12), mention.start)
    if style is None or mention.type != "country":
        return []
    return [text[style.start() : mention.end]]


_PART_OF = regex(r"(?<=Loan)(?: ?[-–] ?|, )Trung Quốc$")
"""Behind Đài Loan, what it is part of."""
_ABBREVIATED = regex(r"(?P<long>[^(]+?) *\((?P<short>[^)]+)\)")
_AGREEMENT = regex(r"(?:Hiệp định|hiệp định) (?=[A-Z]{2})")


@cache
def _rank() -> re.Pattern[str]:
    return regex(rf"(?:{alternation(load('gazetteer')['ranks'])}) ")


_STYLE = regex(r"[Cc]ộng h(?:òa|oà) (?:[Nn]hân dân|[Dd]ân chủ|[Xx]ã hội|Hồi giáo)")


def _forms(mention: str) -> list[str]:
    """The names in one mention: "Hiệp định EVFTA" is also "EVFTA", "A (B)" also "A" and "B"."""
    mention = " ".join(mention.split())
    part = _PART_OF.search(mention)
    if part is not None:
        mention = mention[: part.start()]
    forms = []
    m = _ABBREVIATED.fullmatch(mention) if mention.endswith(")") else None
    for name in (m["long"], m["short"]) if m else (mention,):
        bare = name[agreement.end() :] if (agreement := _AGREEMENT.match(name)) else name
        rank = None if _STYLE.match(bare) else _rank().match(bare)
        bare = bare[rank.end() :] if rank else bare
        forms += [bare, name] if bare != name else [name]
    return [*forms, mention]
