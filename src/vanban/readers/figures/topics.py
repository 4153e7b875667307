"""Whom a text is about: one province, one partner, or the country."""

import re
from collections import Counter
from functools import cache
from typing import NamedTuple

from vanban.blocks import SET_ASIDE
from vanban.data import load
from vanban.gazetteer import PartnerMention
from vanban.patterns import Cue, alternation, cue
from vanban.scan import Scan

__all__ = ["Topic", "find_topic", "in_full", "name_of"]

_ENOUGH = 4
"""Weight at which a province or a partner is what the whole text is about."""
_MANY = 6
"""Mentions that make a text one about a partner, if it speaks of both sides but seldom."""
_TOP = 400
_TITLE = 200
"""Code points in which a text that is the province's own names it."""


class Topic(NamedTuple):
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


@cache
def _province_before() -> re.Pattern[str]:
    words = alternation(load("figures")["province_before"])
    return re.compile(rf"(?i:{words})\s+$")


@cache
def _own_province() -> Cue:
    return cue(load("figures")["own_province"], then="")


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
    return any(s.heading and s.start <= at < s.end for s in scan.sentences[:_TITLES])


_TITLES = 12
"""Sentences at the top among which a title stands."""


def _first(scan: Scan) -> int:
    """Where the first words of a text stand: blank lines before them count for nothing."""
    blocks = scan.document.blocks
    return blocks[0].start if blocks else 0


def find_topic(scan: Scan) -> Topic:
    """The province or the partner a text keeps speaking of; neither, if it is about the country."""
    top = _first(scan)
    provinces: Counter[str] = Counter()
    for place in scan.places:
        near = _province_before().search(scan.text, max(0, place.start - 24), place.start)
        # Meetings are held in Hà Nội; that makes no text one about it.
        if place.name != "Hà Nội" or near:
            provinces[place.name] += (3 if near else 1) + (3 if place.start - top < _TOP else 0)
    if provinces and (
        not _NATIONAL_PAPER.search(scan.text, top, top + _TOP)
        or _ABOUT_A_PROVINCE.search(scan.text, top, top + _HEAD)
    ):
        name, weight = provinces.most_common(1)[0]
        own = _count(scan, _own_province(), 3)
        # Named once, and never "tỉnh": a place that a text about the country mentions.
        mentions = [p for p in scan.places if p.name == name]
        once = not own and len(mentions) == 1 and not _is_headed(scan, mentions[0].start)
        if weight + own >= _ENOUGH and not once:
            return Topic(province=name, national=_national_blocks(scan, name))
    partners = Counter(p.ref for p in scan.partners if p.type != "agreement")
    if partners and (both := _count(scan, _both_sides(), 3)):
        (ref, n), *rest = partners.most_common(2)
        others = rest[0][1] if rest else 0
        if n >= (_ENOUGH if both == 3 else _MANY) and n >= 2 * others:
            return Topic(partner=_first_name(scan, ref))
    if partners:
        (ref, n), *rest = partners.most_common(2)
        first = next(p for p in scan.partners if p.ref == ref)
        dominates = n >= _ENOUGH and (not rest or n >= 3 * rest[0][1])
        title = top + _TITLE
        if dominates and first.start < title and _MARKET_NOTE.search(scan.text, top, title):
            return Topic(partner=_first_name(scan, ref))
    return Topic(partner=_post_of_speaker(scan, partners))


_ABOUT_A_PROVINCE = re.compile(
    r"(?i:phát triển (?:kinh tế ?[-–] ?xã hội )?(?:thủ đô|tỉnh|thành phố|tp\.?) )(?=[A-ZĐÀ-Ỹ])"
)
"""In the title of a national paper, that it is about one province."""
_HEAD = 800
_NATIONAL_PAPER = re.compile(
    r"(?m)^ *S[ốỐ] *: *\d{1,5}(?:/\d{4})?[-/](?:[A-ZĐ]{1,4}-)?"
    r"(?:TTg|VPCP|CP|QH\d*|UBTVQH\d*|TW|(?!BC\b)B[A-Z&]{1,6})\b"
)
"""The number of a paper of a body of the whole country."""
_MARKET_NOTE = re.compile(
    r"(?i:thương vụ việt nam tại|bản tin thị trường|thị trường|thương mại việt nam)"
)


def _first_name(scan: Scan, ref: str) -> str:
    """The name by which a text first calls a partner."""
    mentions = [p for p in scan.partners if p.ref == ref]
    # A title in capitals writes no name as texts write it.
    plain = (p for p in mentions if not scan.text[p.start : p.end].isupper() or p.end - p.start < 5)
    return name_of(scan.text, next(plain, mentions[0]))


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


@cache
def _national_cue() -> Cue:
    return cue(load("figures")["national"])


@cache
def _all_the_same() -> Cue:
    return cue(load("figures")["national_all_the_same"])


@cache
def _as_a_site() -> re.Pattern[str]:
    return re.compile(rf"(?:{alternation(load('figures')['site_before'])})(?: +tỉnh)? +$")


def _national_blocks(scan: Scan, province: str) -> frozenset[int]:
    """The blocks that speak of the country in a text that keeps speaking of one province.

    A block is the province's if it names it, other than as a site of the conference, or speaks of
    "tỉnh"; it is national if it has a national cue instead; else it goes on as the block before.
    """
    national: set[int] = set()
    own = any(p.name == province and p.start - _first(scan) < _TITLE for p in scan.places)
    is_national = not own
    # The province's own paper speaks of the country only where it says so.
    cue_of_country = _all_the_same() if own else _national_cue()
    for number, block in enumerate(scan.document.blocks):
        if block.kind in SET_ASIDE:
            continue
        named = any(
            p.name == province and not _as_a_site().search(scan.text, max(0, p.start - 20), p.start)
            for p in scan.places_between(block.start, block.end)
        )
        if named or scan.words.has(_own_province(), block.start, block.end):
            is_national = False
        elif scan.words.has(cue_of_country, block.start, block.end):
            is_national = True
        if is_national:
            national.add(number)
    return frozenset(national)


@cache
def _rank() -> re.Pattern[str]:
    return re.compile(rf"(?:{alternation(load('gazetteer')['ranks'])}) ")


def name_of(text: str, p: PartnerMention) -> str:
    """A partner as the text calls it, without its rank: "Cộng hòa Séc" is "Séc"."""
    rank = _rank().match(text, p.start, p.end)
    return text[p.start if rank is None else rank.end() : p.end]


def in_full(scan: Scan) -> dict[str, str]:
    """The short names a text also writes out: "Thái" is "Thái Lan" where both stand."""
    names = {(p.ref, name_of(scan.text, p)) for p in scan.partners}
    return {
        short: long
        for ref, short in names
        for other, long in names
        if ref == other and long.startswith(f"{short} ")
    }
