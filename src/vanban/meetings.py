"""The meetings a text reports on: the sentences that say so, and their days."""

import re
from dataclasses import dataclass
from datetime import date
from functools import cache

from vanban.data import load
from vanban.layers import Layers
from vanban.patterns import Cue, alternation, cue
from vanban.sentences import Sentence
from vanban.values.times import NUMBERED_BEFORE, Time, iso

__all__ = ["Meeting", "find_further_meetings", "find_meeting", "words_of_meetings"]

_LEAD = 14
"""Sentences from the top in which a report says what it reports on."""
_REACH = 60
"""Code points behind a meeting's name in which its day is said."""


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting reported in `text[start:end]`, a sentence or a caption.

    Args:
        index: which sentence of the document it is; -1 for a caption.
        time: its day; None if the text does not give one.
    """

    start: int
    end: int
    index: int
    time: Time | None

    @property
    def day(self) -> str | None:
        """The day, "YYYY-MM-DD"; None if the text does not fix it."""
        return iso(self.time) if self.time is not None else None


@cache
def words_of_meetings(name: str) -> Cue:
    """One of the lists of `data/events.yml` as a cue."""
    return cue(load("events")[name])


@cache
def _background() -> re.Pattern[str]:
    return re.compile(rf"(?i:{alternation(load('events')['background'])})")


def find_meeting(layers: Layers) -> Meeting | None:
    """The meeting a text has as its subject; background meetings are left out.

    Source: `data/events.yml`.
    """
    words = layers.words
    meetings, held = words_of_meetings("meetings"), words_of_meetings("held")
    undated: Meeting | None = None
    for s in _opening(layers):
        named = words.find(meetings, s.start, s.end)
        if named is None or not words.has(held, s.start, s.end):
            continue
        if _background().match(layers.text, s.start, s.end):
            continue
        if words.has(words_of_meetings("visits"), s.start, named.start()):
            continue
        for time in layers.times_between(s.start, min(s.end, named.end() + _REACH)):
            if time.kind == "date" and not _of_a_document(layers, time):
                return Meeting(s.start, s.end, s.index, time)
        days = [
            t
            for t in layers.times_between(s.start, s.end)
            if t.kind == "date" and not _of_a_document(layers, t)
        ]
        if len(days) == 1 and not _BEGUN.search(layers.text, s.start, days[0].start):
            return Meeting(s.start, s.end, s.index, days[0])
        if undated is None and words.has(words_of_meetings("chaired"), s.start, s.end):
            undated = Meeting(s.start, s.end, s.index, None)
    return _in_a_caption(layers) or undated


_FRONT = 70
"""Code points from the head of a sentence in which it says when a further meeting was."""
_NAMED_WITHIN = 220
"""Code points behind that day in which it says what was held."""
_MOST_DAYS = 31
"""Days behind the first meeting of a text in which it reports further ones."""
_OPENS = re.compile(
    r"[-–—•*+►▪]? *(?:\d{1,2}[.)] *)?"
    r"(?:(?:[Tt]iếp đó|[Tt]iếp theo|[Ss]au đó|(?:[Cc]ũng )?[Tt]rong tuần|[Cc]ũng|[Vv]ào),? *)?"
    r"(?:[Vv]ào |[Tt]rong )?(?:đầu giờ )?"
    r"(?P<part>[Rr]ạng sáng|[Ss]áng|[Tt]rưa|[Cc]hiều|[Tt]ối|[Đđ]êm)? *"
    r"(?:(?:các |hai |2 )?(?:[Nn]gày|[Tt]ừ ngày) +)?\(?"
)
"""What stands before the day of a further meeting, and nothing else."""
_SAME_DAY = re.compile(
    r"(?:[Cc]ũng )?(?:(?:trong|vào) )?(?P<part>[Ss]áng|[Tt]rưa|[Cc]hiều|[Tt]ối|[Cc]ùng|[Tt]rong)"
    r" (?:cùng )?ngày(?! \d),? "
)
_GOES_ON = re.compile(
    r"(?<!\w)(?:bế mạc|tiếp tục|kết thúc|khép lại|thứ hai của|ngày làm việc)(?!\w)"
)
_TO_COME = re.compile(r"(?<!\w)(?:sẽ|dự kiến|chuẩn bị|đã có|mời dự|kế hoạch)(?!\w)")
_ITEM = re.compile(r"[-–—•*+►▪]|\d{1,2}[.)]")


def find_further_meetings(layers: Layers, first: Meeting) -> list[Meeting]:
    """The other meetings of a text that reports several, each dated at the head of its sentence.

    "Chiều cùng ngày, ... tổ chức Tọa đàm", "Ngày 18/7, ... tổ chức Hội nghị". One of an earlier day
    is background, unless all of them are items of a list; one to come is none.

    Args:
        first: what `find_meeting` gives.
    """
    found = [first]
    if first.time is None or first.index < 0:
        return []
    begun = _day(first.time)
    parts = {(first.day, _part_of(_OPENS.match(layers.text, first.start)))}
    listed = _ITEM.match(layers.text, first.start) is not None
    for s in layers.sentences[first.index + 1 :]:
        dated = None if s.heading else _dated_front(layers, s, found[-1])
        if dated is None:
            continue
        time, part, at = dated
        held = _held_on(layers, s, at)
        when = _day(time)
        if held is None or begun is None or when is None:
            continue
        days = (when - begun).days
        in_list = listed and _ITEM.match(layers.text, s.start) is not None
        if abs(days) > _MOST_DAYS or (days < 0 and not in_list):
            continue
        if (iso(time), part) in parts or (not part and any(iso(time) == day for day, _ in parts)):
            continue
        parts.add((iso(time), part))
        found.append(Meeting(s.start, s.end, s.index, time))
    return found[1:]


def _part_of(front: re.Match[str] | None) -> str:
    return ((front["part"] if front else None) or "").lower()


def _day(time: Time) -> date | None:
    if time.year is None or time.month is None or time.day is None:
        return None
    try:
        return date(time.year, time.month, time.day)
    except ValueError:
        # "Ngày 31/6".
        return None


def _dated_front(layers: Layers, s: Sentence, last: Meeting) -> tuple[Time, str, int] | None:
    """The day a sentence opens with, the part of the day, and where they end; None if it does not.

    Args:
        last: the meeting told before, whose day is meant by "cùng ngày".
    """
    if (same := _SAME_DAY.match(layers.text, s.start, s.end)) is not None and last.time is not None:
        return last.time, same["part"].lower(), same.end()
    for time in layers.times_between(s.start, min(s.end, s.start + _FRONT)):
        if time.kind != "date":
            return None
        # The time itself may begin with its cue: "chiều 20/12".
        front = _OPENS.match(layers.text, s.start, time.end)
        if front is None or front.end() < time.start:
            return None
        return time, _part_of(front), time.end
    return None


def _held_on(layers: Layers, s: Sentence, at: int) -> re.Match[str] | None:
    """The meeting that a sentence says was held, behind its day; None if it says none."""
    words = layers.words
    named = words.find(words_of_meetings("meetings"), at, min(s.end, at + _NAMED_WITHIN))
    if named is None or not words.has(words_of_meetings("held"), at, s.end):
        return None
    if words.has(words_of_meetings("visits"), s.start, named.start()):
        return None
    if _TO_COME.search(layers.text, s.start, named.start()) or _GOES_ON.search(
        layers.text, s.start, named.end() + _MARGIN
    ):
        return None
    return named


_MARGIN = 20


_BEGUN = re.compile(r"(?:trước|đến|hạn|kết luận của)[^,;.]{0,12}$")


def _opening(layers: Layers) -> list[Sentence]:
    """The first sentences that are no headings."""
    found: list[Sentence] = []
    for sentence in layers.sentences:
        if not sentence.heading:
            found.append(sentence)
            if len(found) == _LEAD:
                break
    return found


def _in_a_caption(layers: Layers) -> Meeting | None:
    """A dated meeting in the caption of a picture, where the text itself gives no day."""
    words = layers.words
    for block in layers.document.blocks:
        if (
            block.kind == "caption"
            and words.has(words_of_meetings("meetings"), block.start, block.end)
            and words.has(words_of_meetings("held"), block.start, block.end)
        ):
            for time in layers.times_between(block.start, block.end):
                if time.kind == "date":
                    return Meeting(block.start, block.end, -1, time)
    return None


def _of_a_document(layers: Layers, time: Time) -> bool:
    """Whether a date belongs to a numbered document ("21/NQ-CP ngày 20/2/2023")."""
    return NUMBERED_BEFORE.search(layers.text, max(0, time.start - 24), time.start) is not None
