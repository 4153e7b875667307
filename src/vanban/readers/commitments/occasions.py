"""The meeting or the visit at which something is signed or promised."""

import re
from functools import cache
from typing import NamedTuple

from vanban.forms import rare
from vanban.patterns import Cue, regex
from vanban.readers.commitments.words import cue_of, words_of
from vanban.scan import Scan
from vanban.sentences import Sentence

__all__ = ["Occasion", "document_occasion", "sentence_occasion"]

_LONGEST_OCCASION = 110
_OPENING = 10
"""Sentences from the top in which a text says what it reports on."""


class Occasion(NamedTuple):
    """Where a document's commitments were made: its words, and the day if the text fixes it."""

    words: str | None
    day: str | None


@cache
def _occasions() -> re.Pattern[str]:
    return regex(
        rf"(?<!\w)(?:{words_of('occasion_links')}) +(?!Trung tâm )"
        rf"(?P<words>(?:{words_of('occasions')})(?!\w)[^,;.:()]*)"
    )


@cache
def _occasion_cue() -> Cue:
    return cue_of("occasions")


def sentence_occasion(scan: Scan, sentence: Sentence) -> str | None:
    """The meeting or visit a sentence itself says it speaks of."""
    if not scan.words.has(_occasion_cue(), sentence.start, sentence.end):
        return None
    m = _occasions().search(scan.text, sentence.start, sentence.end)
    if m is None:
        return None
    words = _HAPPENED.sub("", " ".join(m["words"].split()))
    return words if len(words) <= _LONGEST_OCCASION else words[:_LONGEST_OCCASION].rsplit(" ", 1)[0]


_HAPPENED = regex(r" (?:đã diễn ra|diễn ra|được tổ chức|đã ký|ký kết|đã) .*$")
_VISIT = rare(
    r"(?P<words>(?:chuyến )?(?:thăm|thăm và làm việc|thăm chính thức|thăm cấp Nhà nước|hội đàm)"
    r"(?: chính thức| cấp Nhà nước| làm việc| và làm việc)*(?: tới| tại| với)?"
    r" [A-ZĐ][^,;.:()]{2,80})"
)


def document_occasion(scan: Scan) -> Occasion:
    """The meeting or the visit the whole text reports."""
    if scan.meeting is not None:
        words = scan.text[scan.meeting.start : scan.meeting.end]
        m = _MEETING.search(words)
        name = _HAPPENED.sub("", " ".join(m[0].split())) if m is not None else None
        return Occasion(_shorten(name), scan.meeting.day)
    for sentence in scan.sentences[:_OPENING]:
        m = _VISIT.search(scan.text, sentence.start, sentence.end)
        if m is not None:
            return Occasion(_shorten(_BEFORE_DAY.split(" ".join(m["words"].split()))[0]), None)
    return Occasion(None, None)


_MEETING = regex(
    # "Trung tâm Hội nghị Quốc gia" is a place.
    r"(?<!rung tâm )(?i:hội nghị|phiên họp|cuộc họp|kỳ họp"
    r"|diễn đàn|hội thảo|tọa đàm|hội đàm|buổi làm việc|lễ ký"
    r"|đối thoại|buổi tiếp|buổi gặp)(?!\w)[^,;.:()]*"
)
_BEFORE_DAY = regex(r" (?:từ|vào|trong) (?:ngày|hai ngày|các ngày|\d)| theo lời mời")


def _shorten(words: str | None) -> str | None:
    if words is None or len(words) <= _LONGEST_OCCASION:
        return words
    return words[:_LONGEST_OCCASION].rsplit(" ", 1)[0]
