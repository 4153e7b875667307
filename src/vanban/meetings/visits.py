"""When the visit began that a paper is about, and the day a joint statement bears."""

from vanban.layers import Layers
from vanban.letters import UPPER
from vanban.pages.provenance import PLACE_AND_DAY
from vanban.patterns import regex
from vanban.values.times import iso

__all__ = ["day_of_statement", "day_of_visit"]

_TOP = 900
"""Code points at the top in which a paper says what it is."""
_STATEMENT = regex(r"(?m)^\W*(?:TUYÊN BỐ|THÔNG CÁO)(?: BÁO CHÍ)? CHUNG(?!\w)")
_REPORT = regex(r"(?m)^\W*BÁO CÁO(?!\w)")
_OPENING = 8
"""Sentences from the top in which the visit is named."""
_VISIT = regex(
    r"(?<!\w)(?:[Cc]huyến )?(?:thăm|công tác)(?: và| làm việc| chính thức"
    rf"| cấp Nhà nước| hữu nghị| tới| tại| đến| sang)* [{UPPER}]"
)
_LONGEST = 170
"""Code points from a visit to its days."""
_DATELINE = regex(PLACE_AND_DAY)


def day_of_visit(layers: Layers) -> str | None:
    """The first day, "YYYY-MM-DD", of the visit that a report or a joint statement is about.

    A visit is no meeting: it only says of what is signed on one of its days where that was.
    Returns:
        None if the text is neither, or names no visit with its days at its top.
    """
    text = layers.text
    if not (_STATEMENT.search(text, 0, _TOP) or _REPORT.search(text, 0, _TOP)):
        return None
    for sentence in layers.sentences[:_OPENING]:
        visit = _VISIT.search(text, sentence.start, sentence.end)
        if visit is None:
            continue
        for time in layers.times_between(visit.end(), min(visit.end() + _LONGEST, sentence.end)):
            day = iso(time) if time.kind == "date" and not time.inferred else None
            if day is not None:
                return day
    return None


def day_of_statement(layers: Layers) -> str | None:
    """The day in the line of place and day of a joint statement; None of any other text."""
    if _STATEMENT.search(layers.text, 0, _TOP) is None:
        return None
    for block in layers.document.content[:_OPENING]:
        if _DATELINE.match(layers.text, block.start, block.end):
            for time in layers.times_between(block.start, block.end):
                return iso(time) if time.kind == "date" else None
    return None
