"""The province a figure is of: named before it, told of by its text, or named behind it."""

from vanban.gazetteer import PlaceMention
from vanban.letters import UPPER
from vanban.patterns import regex
from vanban.readers.figures.mention import Mention
from vanban.readers.figures.subjects.claim import Claim

__all__ = ["is_ahead", "place_before", "place_behind"]


def place_before(claim: Claim) -> str | None:
    """The province its sentence names last before the figure."""
    m = claim.m
    for place in reversed(m.scan.places_between(m.sentence.start, m.q.start)):
        if not _is_venue(m.text, place) and not is_ahead(m, place):
            return place.name
    return None


def is_ahead(m: Mention, place: PlaceMention) -> bool:
    """Whether a place only says behind whom another ranks: "đứng thứ 3, sau A và B, với ..."."""
    before = m.text[max(m.sentence.start, place.start - _RANK_REACH) : place.start]
    return _RANKS_BEHIND.search(before) is not None


def place_behind(claim: Claim) -> str | None:
    """The province named first behind the figure, if another claim has not begun by then."""
    m = claim.m
    for place in m.scan.places_between(m.q.start, m.stop):
        if not _is_venue(m.text, place):
            return None if _APART.search(m.text, m.q.end, place.start) else place.name
    return None


_APART = regex(r", (?:trong đó|còn|nhưng|riêng|trong khi)(?!\w)|;")
"""Between a figure and a place behind it, that the place is of another claim."""


def _is_venue(text: str, place: PlaceMention) -> bool:
    """Whether a place only says where people met, or whom a deputy speaks for.

    "Sáng 12/8, tại Hà Nội, ...", "đại biểu Trần Văn A (đoàn Bắc Giang)".
    """
    if text.startswith(")", place.end) and text.endswith(_SPEAKS_FOR, 0, place.start):
        return True
    return _MET_AT.search(
        text, max(0, place.start - _MET_REACH), place.start
    ) is not None and text.startswith(",", place.end)


_RANK_REACH = 120
_RANKS_BEHIND = regex(
    r"(?:[Đđ]ứng|[Xx]ếp|thứ|hạng|vị trí)(?!\w)[^.;]{0,80}?(?:,| chỉ)? sau"
    rf"(?: (?:và|tỉnh|thành|phố|[{UPPER}]\w*)[.,]?){{0,9}} $"
)
"""A rank and those it comes behind, up to the name of one of them."""
_MET_AT = regex(r"\d[^.;]{0,16}, tại (?:TP\.? ?|thành phố )?$")
_SPEAKS_FOR = ("(đoàn ", "(Đoàn ", "(ĐBQH ", "(ĐBQH tỉnh ", "(đoàn ĐBQH ", "(đoàn ĐBQH tỉnh ")
_MET_REACH = 40
