"""The meeting or the visit at which something is signed or promised."""

import re
from functools import cache
from typing import NamedTuple

from vanban.forms import rare
from vanban.meetings.visits import day_of_statement
from vanban.patterns import Cue, regex
from vanban.readers.commitments.words import cue_of, words_of
from vanban.scan import Scan
from vanban.sentences import Sentence
from vanban.values.times import PERIODS, iso

__all__ = ["Occasion", "document_occasion", "occasion_at"]

_LONGEST_OCCASION = 110
_OPENING = 10
"""Sentences from the top in which a text says what it reports on."""


class Occasion(NamedTuple):
    """Where commitments were made: its words, and the day if the text fixes it."""

    words: str | None
    day: str | None


def occasion_at(scan: Scan, sentence: Sentence, at: int, whole: Occasion) -> Occasion:
    """On which occasion what is told at an offset was signed or promised.

    As its sentence says, or one right before it in the paragraph; that of the whole text, unless
    the sentence tells of another time first.

    Args:
        scan: the document.
        sentence: where the offset stands.
        at: the offset.
        whole: the occasion of the whole text.
    """
    if (own := _told_in(scan, sentence, whole)) is not None:
        occasion, end = own
        return Occasion(None, None) if _of_another_time(scan, end, at, whole) else occasion
    if _of_another_time(scan, sentence.start, at, whole):
        return Occasion(None, None)
    for before in reversed(scan.sentences[max(0, sentence.index - _CARRIED) : sentence.index]):
        if before.block != sentence.block:
            break
        if (said := _told_in(scan, before, whole)) is not None:
            return said[0] if _A_VISIT.match(said[0].words or "") else whole
    return whole


_CARRIED = 3
"""Sentences back in a paragraph in which the visit may be named that it goes on to tell of."""


def _told_in(scan: Scan, sentence: Sentence, whole: Occasion) -> tuple[Occasion, int] | None:
    """What a sentence itself says it speaks of, and where that ends; None if it does not."""
    found = _found_in(scan, sentence)
    if found is None:
        return None
    words, end = found
    days = [t for t in scan.times_between(sentence.start, end) if t.kind == "date"]
    day = whole.day
    if days or (_A_VISIT.match(words) and not _A_VISIT.match(whole.words or "")):
        several = len(days) != 1 or _SEVERAL_DAYS.search(scan.text, sentence.start, days[0].end)
        day = None if several else iso(days[0])
    return Occasion(words, day), end


_SEVERAL_DAYS = regex(
    r"(?<!\w)(?:từ|trong(?: các| hai)?) (?:ngày )?\d[\d/.-]*(?: đến| tới| và|,|-)"
)
_A_VISIT = regex(r"(?i)(?:chuyến|thăm)")


def _of_another_time(scan: Scan, start: int, at: int, whole: Occasion) -> bool:
    """Whether a time is told before an offset that is not the day of the text's meeting."""
    return any(
        t.kind in PERIODS or t.kind == "range" or (t.kind == "date" and iso(t) != whole.day)
        for t in scan.times_between(start, at)
    )


@cache
def _occasions() -> re.Pattern[str]:
    return regex(
        rf"(?<!\w)(?:{words_of('occasion_links')}) +(?!Trung tâm )"
        rf"(?P<words>(?:{words_of('occasions')})(?!\w)[^,;.:()]*)"
    )


@cache
def _occasion_cue() -> Cue:
    return cue_of("occasions")


def _found_in(scan: Scan, sentence: Sentence) -> tuple[str, int] | None:
    """The words of the meeting or visit a sentence says it speaks of, and where they end."""
    if not scan.words.has(_occasion_cue(), sentence.start, sentence.end):
        return None
    m = _occasions().search(scan.text, sentence.start, sentence.end)
    if m is None:
        return None
    return _shorten(_HAPPENED.sub("", " ".join(m["words"].split()))), m.end()


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
        return Occasion(_shorten(name) if name else None, scan.meeting.day)
    for sentence in scan.sentences[:_OPENING]:
        m = _VISIT.search(scan.text, sentence.start, sentence.end)
        if m is not None:
            words = _shorten(_BEFORE_DAY.split(" ".join(m["words"].split()))[0])
            return Occasion(words, day_of_statement(scan))
    return Occasion(None, day_of_statement(scan))


_MEETING = regex(
    # "Trung tâm Hội nghị Quốc gia" is a place.
    r"(?<!rung tâm )(?i:hội nghị|phiên họp|cuộc họp|kỳ họp"
    r"|diễn đàn|hội thảo|t(?:ọa|oạ) đàm|hội đàm|buổi làm việc|lễ ký"
    r"|đối thoại|buổi tiếp|buổi gặp)(?!\w)[^,;.:()]*"
)
_BEFORE_DAY = regex(r" (?:từ|vào|trong) (?:ngày|hai ngày|các ngày|\d)| theo lời mời")


def _shorten(words: str) -> str:
    if len(words) <= _LONGEST_OCCASION:
        return words
    return words[:_LONGEST_OCCASION].rsplit(" ", 1)[0]
