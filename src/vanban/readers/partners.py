"""Foreign countries, blocs, regions and trade agreements, once each, and how they are spoken of."""

import re
from collections import Counter
from functools import cache

from vanban.data import load
from vanban.gazetteer import PartnerMention
from vanban.letters import UPPER
from vanban.patterns import alternation
from vanban.records import Partner
from vanban.scan import Scan
from vanban.sentences import Sentence

__all__ = ["read_partners"]

_NAME = "\x00"
_OTHER = "\x01"
"""Stands for each letter of another partner's name there."""
"""Stands for the partner's own name in a clause whose relation is judged."""
_BEHIND = 70
"""Code points behind a name that may say how it is spoken of."""
_BEFORE = 1000
"""Code points before it; more than a clause of any official text has."""
_MOST_JUDGED = 100
"""Names in one sentence; no list of countries is longer."""


@cache
def _relations() -> list[tuple[str, frozenset[str], tuple[str, ...], re.Pattern[str]]]:
    """Relations, the one that counts most first, with the types of partner, words of which a clause
    needs one, and the cues.
    """
    return [
        (
            row["relation"],
            frozenset(row.get("kinds", _TYPES)),
            tuple(row["needs"]),
            re.compile("|".join(f"(?:{p.replace('{names}', _NAMES)})" for p in row["cues"])),
        )
        for row in load("relations")
    ]


_TYPES = ("country", "bloc", "region", "agreement")
_SMALL = (
    "các|nước|và|với|tới|tại|sang|đến|như|cả|hai|ba|của|quốc gia|thành viên|châu|khối|giữa|ở|hòa"
    "|hoà|quốc|bang|tướng|tịch|trưởng|thống|phủ|hội|thư|vương|nghị|viện|kiến|dân|chủ|nhân|ký|ngày|từ"
    "|trước hết là|là|mới|bốn|năm|sáu|bảy|mười|đối tác|khu vực|láng giềng|lần lượt"
    "|nhất là|đặc biệt là|gồm"
)
_NAMES = rf"(?:[\s,()/–…\x01-]|(?<!\w)(?:[{UPPER}][\w’'.-]*|\d[\d/.-]*|(?:{_SMALL})(?!\w)))*"
"""Names, and the small words that join them or belong to them, up to the partner's own."""


def read_partners(scan: Scan) -> list[Partner]:
    """The partners a text names, in order of first mention, aliases merged to the first name.

    The relation is the first of the schema's list that one of the mentions supports, judged by
    the words of the clause that lead up to the mention.

    Source: `data/partners.yml`, `data/relations.yml`.
    """
    by_ref: dict[str, list[PartnerMention]] = {}
    for mention in scan.partners:
        by_ref.setdefault(mention.ref, []).append(mention)
    relation_of: dict[str, str] = {}
    if (main := _main_partner(scan)) is not None and _UPGRADED.search(scan.text):
        relation_of[main] = "upgraded"
    for sentence in scan.sentences:
        named = scan.partners_between(sentence.start, sentence.end)[:_MOST_JUDGED]
        masked = _masked(scan.text, sentence, named)
        for mention in named:
            known = relation_of.get(mention.ref, "mentioned")
            relation_of[mention.ref] = _relation(masked, sentence, mention, known)
    return [_partner(scan, ref, by_ref[ref], relation_of.get(ref, "mentioned")) for ref in by_ref]


_UPGRADED = re.compile(
    r"quan hệ hai nước (?:đã )?được nâng|nâng (?:cấp|tầm) quan hệ"
    r"(?: (?:hai nước|song phương|hai bên|giữa hai nước)| lên (?:mức )?[Đđ]ối tác)"
)
_ENOUGH = 3
"""Mentions that make a country the one a text is about."""


def _main_partner(scan: Scan) -> str | None:
    """The one country a bilateral text is about, by its id; None if there is no such one."""
    counts = Counter(p.ref for p in scan.partners if p.type == "country").most_common(2)
    if not counts or counts[0][1] < _ENOUGH:
        return None
    return counts[0][0] if len(counts) == 1 or counts[0][1] >= 2 * counts[1][1] else None


def _partner(scan: Scan, ref: str, mentions: list[PartnerMention], relation: str) -> Partner:
    first = mentions[0]
    names = tuple(dict.fromkeys(n for m in mentions for n in _forms(scan.text[m.start : m.end])))
    return Partner(
        anchor=scan.document.anchor(first.start, first.end),
        rule=f"partner.{relation}",
        confidence=0.9 if not first.weak else 0.85,
        name=names[0],
        type=first.type,
        relation=relation,
        mentions=names,
        ref=ref,
    )


_ABBREVIATED = re.compile(r"(?P<long>[^(]+?) *\((?P<short>[^)]+)\)")
_AGREEMENT = re.compile(r"^(?:Hiệp định|hiệp định) (?=[A-Z]{2})")


@cache
def _rank() -> re.Pattern[str]:
    return re.compile(rf"^(?:{alternation(load('gazetteer')['ranks'])}) ")


def _forms(mention: str) -> list[str]:
    """The names in one mention: "Hiệp định EVFTA" is also "EVFTA", "A (B)" also "A" and "B"."""
    mention = " ".join(mention.split())
    forms = []
    m = _ABBREVIATED.fullmatch(mention)
    for name in (m["long"], m["short"]) if m else (mention,):
        bare = _rank().sub("", _AGREEMENT.sub("", name))
        forms += [bare, name] if bare != name else [name]
    return [*forms, mention]


_FTA = re.compile(r"FTA|CEPA|[Hh]iệp định")
_CLAUSE = re.compile(r"[;]|\.\s|, (?:đồng thời|trong đó|song|nhưng|bởi|trong khi|do) ")


def _masked(text: str, sentence: Sentence, named: list[PartnerMention]) -> str:
    """The sentence with every country, bloc and region hidden behind marks of the same length."""
    pieces, at = [], sentence.start
    for mention in named:
        if mention.type != "agreement" and mention.start >= at:
            pieces += [text[at : mention.start], _OTHER * (mention.end - mention.start)]
            at = mention.end
    return "".join([*pieces, text[at : sentence.end]])


def _relation(text: str, sentence: Sentence, mention: PartnerMention, known: str) -> str:
    """How the clause around a mention speaks of the partner.

    Args:
        text: the sentence as `_masked` makes it.
        known: how other mentions do; only what counts more is looked for.
    """
    start, end = mention.start - sentence.start, mention.end - sentence.start
    reach = min(len(text), end + _BEHIND)
    begin = _clause(text, max(0, start - _BEFORE), start)
    stop = _CLAUSE.search(text, end, reach)
    before = text[begin:start]
    clause = f"{before}{_NAME}{text[end : stop.start() if stop else reach]}"
    for relation, types, needs, cues in _relations():
        if relation == known:
            return known
        if mention.type not in types:
            continue
        if relation == "in_force" and mention.type != "agreement" and not _FTA.search(before):
            continue
        for word in needs:
            if word in clause:
                if cues.search(clause):
                    return relation
                break
    return known


def _clause(text: str, start: int, end: int) -> int:
    """Where the clause that leads up to `end` begins; marks inside brackets end none."""
    begin = start
    for m in _CLAUSE.finditer(text, start, end):
        opened = text.count("(", start, m.start()) > text.count(")", start, m.start())
        closed_later = text.count("(", m.end(), end) < text.count(")", m.end(), end)
        if not opened and not closed_later:
            begin = m.end()
    return begin
