"""Foreign countries, blocs, regions and trade agreements, once each, and how they are spoken of."""

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import NamedTuple

from vanban.data import load
from vanban.gazetteer import PartnerMention, find_partners, whole_name
from vanban.patterns import alternation, regex
from vanban.readers.partners.about import (
    main_partner,
    met_aside,
    relation_of_main,
    tells_of_many_met,
)
from vanban.readers.partners.marks import outranks
from vanban.readers.partners.relations import COUNTED, MOST_JUDGED, masked, relation_said
from vanban.readers.partners.scenes import Scenes
from vanban.readers.partners.series import (
    share_along_lists,
    share_along_series,
    share_into_brackets,
)
from vanban.readers.partners.supply import Supply, is_of_others
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
    departments = {p for p in scan.partners if _names_department(scan.text, p)}
    by_ref: dict[str, list[PartnerMention]] = {}
    for mention in scan.partners:
        if mention not in departments:
            by_ref.setdefault(mention.ref, []).append(mention)
    main = main_partner(scan)
    relation = relation_of_main(scan, main) if main is not None else None
    relation_of = {main: relation} if main is not None and relation is not None else {}
    told = _Told(
        scan, scan.once(Supply), relation_of, departments, met_aside(scan), tells_of_many_met(scan)
    )
    by_name = _from_sentences(told, Scenes(scan, main))
    for ref, measures in _own_measures():
        if ref in by_ref and any(measure in scan.text for measure in measures):
            known = relation_of.get(ref, "mentioned")
            if outranks("barrier", known):
                relation_of[ref] = "barrier"
    share_along_series(scan, relation_of, told.supply)
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


@dataclass(frozen=True, slots=True)
class _Told:
    """What is said of the partners so far, and what the whole text tells about it.

    Args:
        relation_of: the relation of each partner of whom something is said, by its id.
        departments: mentions that only name one of our departments.
        met_aside: ids of those who were met beside a conference.
        many_met: whether the text is about such meetings with many.
    """

    scan: Scan
    supply: Supply
    relation_of: dict[str, str]
    departments: set[PartnerMention]
    met_aside: set[str]
    many_met: bool


class _Clauses(NamedTuple):
    """The clauses in which the partners a sentence names are judged.

    Args:
        judged: the sentence, from where the one begins that announces its list.
        words: those of `judged`, with marks for the names.
        named: the mentions, in text order.
    """

    sentence: Sentence
    judged: Sentence
    words: str
    named: list[PartnerMention]


def _from_sentences(told: _Told, scenes: Scenes) -> list[str]:
    """Take what each sentence says of the partners it names or implies.

    Returns:
        The ids of those of whom only an agreement's name says that it is in force.
    """
    scan, relation_of = told.scan, told.relation_of
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
        if named:
            clauses = _clauses(scan, sentence, named, previous)
            before = dict(relation_of)
            by_name += _judge(told, clauses)
            if len(named) > 1:
                share_along_lists(scan.text, named, before, relation_of)
        previous = sentence
        if scenes.any:
            _imply(told, scenes, sentence, named)
    return by_name


def _clauses(
    scan: Scan, sentence: Sentence, named: list[PartnerMention], previous: Sentence | None
) -> _Clauses:
    """The clauses of a sentence; where it lists those the one before it tells of, of both."""
    if previous is None or not (
        _LISTS.match(scan.text, sentence.start)
        and _ANNOUNCES.search(scan.text, previous.start, previous.end)
    ):
        return _Clauses(sentence, sentence, masked(scan.text, sentence, named), named)
    both = replace(sentence, start=previous.start)
    words = masked(scan.text, both, named)
    stop = previous.end - previous.start - 1
    return _Clauses(sentence, both, f"{words[:stop]}:{words[stop + 1 :]}", named)


def _judge(told: _Told, clauses: _Clauses) -> list[str]:
    """Take what is said of each partner a sentence names.

    Returns:
        The ids of those of whom only an agreement's name says that it is in force.
    """
    relation_of = told.relation_of
    by_name: list[str] = []
    for at, mention in enumerate(clauses.named):
        if mention in told.departments:
            continue
        known = relation_of.get(mention.ref, "mentioned")
        said = relation_said(clauses.words, clauses.judged, mention, known)
        if said == "in_force" != known and _is_inside(mention, clauses.named):
            by_name.append(mention.ref)
            continue
        if said == COUNTED:
            if not told.supply.is_of_markets(clauses.sentence):
                continue
            said = "target_market"
        if said == "visited" and _is_met_only(told, mention, clauses.words):
            continue
        if said == "target_market" and _is_no_market(told, clauses, at):
            continue
        relation_of[mention.ref] = said
    return by_name


def _is_met_only(told: _Told, mention: PartnerMention, words: str) -> bool:
    """Whether a partner was met beside a conference, and nobody went on a visit."""
    if mention.ref in told.met_aside and "thăm" not in words:
        return True
    return told.many_met and _JOURNEY.search(words) is None


_JOURNEY = regex(
    r"thăm|công tác|tháp tùng|lên đường|[Đđ]oàn (?:công tác|đại biểu)|lễ đón|sang Việt Nam"
)


def _is_no_market(told: _Told, clauses: _Clauses, at: int) -> bool:
    """Whether a partner sells as we do, or is in brackets only the one before it again."""
    mention = clauses.named[at]
    return bool(
        told.supply.is_no_market(clauses.sentence.start)
        or (at and _is_again(told.scan.text, clauses.named[at - 1], mention))
        or told.supply.sells(mention.ref, clauses.words[: mention.start - clauses.judged.start])
    )


def _imply(told: _Told, scenes: Scenes, sentence: Sentence, named: list[PartnerMention]) -> None:
    """Take what a sentence says of partners it means without their names."""
    relation_of = told.relation_of
    for mention, implied in scenes.implied(sentence, named):
        known = relation_of.get(mention.ref, "mentioned")
        if implied and outranks(implied, known):
            known = relation_of[mention.ref] = implied
        words = masked(told.scan.text, sentence, [*named, mention])
        said = relation_said(words, sentence, mention, known)
        relation_of[mention.ref] = "target_market" if said == COUNTED else said


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
            if outranks(said, known) and (
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
