"""Foreign countries, blocs, regions and trade agreements, once each, and how they are spoken of."""

import re
from functools import cache

from vanban.data import load
from vanban.gazetteer import PartnerMention
from vanban.records import Partner
from vanban.scan import Scan

__all__ = ["read_partners"]


@cache
def _relations() -> list[tuple[str, re.Pattern[str]]]:
    return [
        (row["relation"], re.compile("|".join(f"(?:{p})" for p in row["cues"])))
        for row in load("relations")
    ]


def read_partners(scan: Scan) -> list[Partner]:
    """The partners a text names, in order of first mention, aliases merged to the first name.

    The relation is the first of the schema's list that one of the mentions supports, judged by
    the words of the clause that lead up to the mention.
    """
    by_ref: dict[str, list[PartnerMention]] = {}
    for mention in scan.partners:
        by_ref.setdefault(mention.ref, []).append(mention)
    order = [relation for relation, _ in _relations()]
    relation_of: dict[str, str] = {}
    for sentence in scan.sentences:
        mentions = scan.partners_between(sentence.start, sentence.end)
        if not mentions:
            continue
        for mention in mentions:
            relation = _relation(scan, sentence.start, sentence.end, mention, mentions)
            known = relation_of.get(mention.ref)
            if known is None or _rank(order, relation) < _rank(order, known):
                relation_of[mention.ref] = relation
    records = []
    for ref, mentions in by_ref.items():
        first = mentions[0]
        names = tuple(
            dict.fromkeys(n for m in mentions for n in _forms(scan.text[m.start : m.end]))
        )
        relation = relation_of.get(ref, "mentioned")
        records.append(
            Partner(
                anchor=scan.document.anchor(first.start, first.end),
                rule=f"partner.{relation}",
                confidence=0.9 if not first.weak else 0.85,
                name=names[0],
                type=first.type,  # type: ignore[arg-type]
                relation=relation,
                mentions=names,
                ref=ref,
            )
        )
    return records


_ABBREVIATED = re.compile(r"(?P<long>[^(]+?)[ \u00a0]*\((?P<short>[^)]+)\)")


def _forms(mention: str) -> list[str]:
    """The names in one mention: "Hiệp định EVFTA" is also "EVFTA", "A (B)" also "A" and "B"."""
    mention = mention.replace("\u00a0", " ")
    forms = []
    m = _ABBREVIATED.fullmatch(mention)
    for name in (m["long"], m["short"]) if m else (mention,):
        bare = re.sub(r"^(?:Hiệp định|hiệp định) (?=[A-Z]{2})", "", name)
        forms += [bare, name] if bare != name else [name]
    return [*forms, mention]


def _rank(order: list[str], relation: str) -> int:
    return order.index(relation) if relation in order else len(order)


_CLAUSE = re.compile(r"[;:]|\.\s|, (?:đồng thời|trong đó|song|nhưng)")


def _relation(
    scan: Scan, start: int, end: int, mention: PartnerMention, mentions: list[PartnerMention]
) -> str:
    text = scan.text
    begin = start
    for m in _CLAUSE.finditer(text, start, mention.start):
        if text.count("(", m.end(), mention.start) >= text.count(")", m.end(), mention.start):
            begin = (
                m.end()
                if text.count("(", start, m.start()) <= text.count(")", start, m.start())
                else begin
            )
    stop = _CLAUSE.search(text, mention.end, end)
    before = text[begin : mention.start]
    after = text[mention.end : stop.start() if stop else end][:70]
    for relation, cues in _relations():
        if relation == "in_force" and mention.type != "agreement" and "FTA" not in before:
            continue
        clause = f"{before}\x00{after}"
        if cues.search(clause):
            return relation
    return "mentioned"
