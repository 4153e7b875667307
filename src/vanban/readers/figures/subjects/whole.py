"""The blocks of a province's text that speak of the whole country."""

import re
from functools import cache

from vanban.blocks import SET_ASIDE, Block
from vanban.data import load
from vanban.gazetteer import PlaceMention
from vanban.patterns import Cue, alternation, cue, regex
from vanban.scan import Scan

__all__ = ["TITLE", "UNNAMED", "first_of", "goes_national", "national_blocks", "own_province"]

TITLE = 200
"""Code points in which a text that is the province's own names it."""
UNNAMED = "tỉnh"
"""Stands for the province of a text that never says its name."""


@cache
def own_province() -> Cue:
    """How a text speaks of the province it is about."""
    return cue(load("figures")["own_province"], then="")


def first_of(scan: Scan) -> int:
    """Where the first words of a text stand: blank lines before them count for nothing."""
    blocks = scan.document.blocks
    return blocks[0].start if blocks else 0


@cache
def _national_cue() -> Cue:
    return cue(load("figures")["national"])


@cache
def _all_the_same() -> Cue:
    return cue(load("figures")["national_all_the_same"])


@cache
def _national_sources() -> Cue:
    return cue(load("figures")["national_sources"])


@cache
def _as_a_site() -> re.Pattern[str]:
    return regex(rf"(?:{alternation(load('figures')['site_before'])})(?: +tỉnh)? +$")


def national_blocks(scan: Scan, province: str) -> frozenset[int]:
    """The blocks that speak of the country in a text that keeps speaking of one province.

    A block is the province's if it names it, other than as a site of the conference, or speaks of
    "tỉnh"; it is national if it has a national cue instead; else it goes on as the block before.
    """
    national: set[int] = set()
    own = province == UNNAMED or any(
        p.name == province and p.start - first_of(scan) < TITLE for p in scan.places
    )
    is_national = not own
    of_ministry = _MINISTRY_HOLDS.search(scan.text, first_of(scan), first_of(scan) + _OPENING)
    # The province's own paper speaks of the country only where it says so.
    cue_of_country = _all_the_same() if own else _national_cue()
    for number, block in enumerate(scan.document.blocks):
        if block.kind in SET_ASIDE:
            continue
        at = _names_own(scan, province, block.start, block.end)
        head = _country_leads(scan, block.start, block.end)
        if head is not None and (at is None or head < at):
            is_national = True
        elif at is not None:
            is_national = False
        elif _is_of_the_country(scan, block, cue_of_country) or (
            of_ministry is not None
            and _TOLD_THERE.match(scan.text, block.start, block.end) is not None
        ):
            is_national = True
        if is_national:
            national.add(number)
    return frozenset(national)


def _is_of_the_country(scan: Scan, block: Block, cue_of_country: Cue) -> bool:
    """Whether a block has a source of the whole country, or a cue of it that is no measure."""
    return scan.words.has(_national_sources(), block.start, block.end) or any(
        _PLACED_IN.search(scan.text, block.start, found.start()) is None
        for found in scan.words.find_all(cue_of_country, block.start, block.end)
    )


_OPENING = 800
"""Code points in which a text says who holds the meeting it reports."""
_MINISTRY_HOLDS = regex(
    r"(?<!\w)(?:Bộ(?: [\w-]+){2,6}|(?:Văn phòng )?Chính phủ|Ban Chỉ đạo (?:quốc gia|Trung ương))"
    r" (?:(?:đã|vừa) )?(?:tổ chức|chủ trì tổ chức|khai mạc) (?:Hội nghị|hội nghị|Hội thảo|hội thảo)"
)
_TOLD_THERE = regex(
    r"\W*(?:Theo|Báo cáo|Các báo cáo)(?: (?:báo cáo|số liệu|tổng hợp|đánh giá))?"
    r"(?: của [^,.;]{3,40})? (?:được trình bày )?tại (?:hội|Hội) (?:nghị|thảo)"
)
"""What is told at a ministry's meeting is told of the country, in a province's paper too."""
_PLACED_IN = regex(
    r"(?:dẫn đầu|đứng đầu|nhất|hàng đầu|thứ \w+|top \d+|so với|của|bình quân|trong)"
    r"(?: của| trong| với| bình quân)? $"
)
"""Before "cả nước", that somebody has a place in it or is measured against it."""


def _names_own(scan: Scan, province: str, start: int, end: int) -> int | None:
    """Where `[start, end)` first speaks of the province; None if it does not."""
    named = [
        p.start
        for p in scan.places_between(start, end)
        if p.name == province
        and not _as_a_site().search(scan.text, max(0, p.start - 20), p.start)
        and not _is_one_of_many(scan, p)
    ]
    own = scan.words.find(own_province(), start, end)
    return min([*named, *([own.start()] if own is not None else [])], default=None)


def _is_one_of_many(scan: Scan, place: PlaceMention) -> bool:
    """Whether a place stands in the midst of a bare list: "Hà Nội, Hải Phòng, Nghệ An, Huế"."""
    before = scan.places_between(max(0, place.start - _NEXT), place.start)
    behind = scan.places_between(place.end, place.end + _NEXT)
    return (
        bool(before and behind)
        and _LISTED.fullmatch(scan.text, before[-1].end, place.start) is not None
        and _LISTED.fullmatch(scan.text, place.end, behind[0].start) is not None
    )


_NEXT = 24
_LISTED = regex(r"(?:,|;| và|,? cùng)(?: (?:tỉnh|thành phố|TP\.?))? ?")


def _country_leads(scan: Scan, start: int, end: int) -> int | None:
    """Where the country first heads a clause of `[start, end)`; None if it does not."""
    if scan.text.find("ả nước", start, end) < 0 and scan.text.find("oàn quốc", start, end) < 0:
        return None
    found = _COUNTRY_LEADS.search(scan.text, start, end)
    return found.start() if found is not None else None


def goes_national(scan: Scan, province: str, start: int, end: int) -> bool:
    """Whether `[start, end)` of a province's text ends with what is told of the whole country."""
    head = _country_leads(scan, start, end)
    return head is not None and _names_own(scan, province, head, end) is None


_COUNTRY_LEADS = regex(
    r"(?:(?<=[,;:.] )|(?<=nay )|(?<=trên )|(?<=\n)|^)(?:[Cc]ả nước|[Tt]oàn quốc)"
    r" (?:đã|có|còn|đạt|ước|xảy|hiện|mới|đang|ghi|xuất|nhập|thu|vẫn)(?!\w)"
)
"""The country heads a clause: "đến nay, cả nước đã xảy ra"; not "đứng thứ 3 cả nước"."""
