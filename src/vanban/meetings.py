"""The meeting a text reports on: the sentence that says so, and its day."""

import re
from dataclasses import dataclass
from functools import cache

from vanban.data import load
from vanban.layers import Layers
from vanban.patterns import Cue, alternation, cue, regex
from vanban.sentences import Sentence
from vanban.values.times import NUMBERED_BEFORE, Time, iso

__all__ = [
    "Meeting",
    "find_meeting",
    "is_background",
    "is_to_come",
    "lead",
    "of_a_document",
    "on_a_visit",
    "opening",
    "words_of_meetings",
]

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
        met: where the words end that say who met whom; 0 for a meeting that has a name.
    """

    start: int
    end: int
    index: int
    time: Time | None
    met: int = 0

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
    for s in opening(layers):
        named = words.find(meetings, s.start, s.end)
        if named is None or not words.has(held, s.start, s.end):
            continue
        if is_background(layers, s):
            continue
        if _WELCOMES.match(layers.text, named.start()):
            continue
        if on_a_visit(layers, s, named.start()):
            continue
        for time in layers.times_between(s.start, min(s.end, named.end() + _REACH)):
            if time.kind == "date" and not of_a_document(layers, time):
                return Meeting(s.start, s.end, s.index, time)
        days = [
            t
            for t in layers.times_between(s.start, s.end)
            if t.kind == "date" and not of_a_document(layers, t)
        ]
        if len(days) == 1 and not _BEGUN.search(layers.text, s.start, days[0].start):
            return Meeting(s.start, s.end, s.index, days[0])
        if undated is None and (
            (
                words.has(words_of_meetings("chaired"), s.start, s.end)
                and _PRAISED.search(layers.text, s.start, named.start()) is None
            )
            or _CONCLUDED.search(layers.text, s.start, named.start())
            or (
                _OPENS.search(layers.text, s.start, named.start())
                and not named[0].startswith(("cuộc", "buổi"))
            )
            or (
                named.start() == s.start and _TOOK_PLACE.match(layers.text, named.end()) is not None
            )
        ):
            undated = Meeting(s.start, s.end, s.index, None)
    return _in_a_caption(layers) or undated


def is_background(layers: Layers, s: Sentence) -> bool:
    """Whether a sentence begins as one does that speaks of another meeting: "Trước đó, ..."."""
    return _background().match(layers.text, s.start, s.end) is not None


def is_to_come(layers: Layers, start: int, end: int) -> bool:
    """Whether what `text[start:end]` tells is to come: "sẽ", "dự kiến"."""
    return layers.words.has(words_of_meetings("to_come"), start, end)


def on_a_visit(layers: Layers, s: Sentence, end: int) -> bool:
    """Whether what is named at `end` is part of a visit that a sentence tells.

    What somebody chairs on a journey is told for itself.
    """
    low = visit_ends(layers.text, s)
    visit = layers.words.find(words_of_meetings("visits"), low, end)
    return visit is not None and (
        _RECEIVES.search(layers.text, low, visit.start()) is not None
        or not layers.words.has(words_of_meetings("chaired"), visit.end(), end)
    )


_RECEIVES = regex(r"(?<!\w)(?:tiếp|đón|gặp|hội đàm|hội kiến)(?!\w)")


def visit_ends(text: str, s: Sentence) -> int:
    """Where the frame ends that says on what visit people met; the head of the sentence if none.

    "Trong khuôn khổ chuyến thăm ..., hôm nay (22/12), ... đã có buổi trao đổi với ...".
    """
    frame = _ON_A_VISIT.match(text, s.start, s.end)
    return frame.end() if frame is not None else s.start


_ON_A_VISIT = regex(
    r"(?:Trong khuôn khổ|Nhân dịp|Nhân chuyến|Trong chương trình) [^,.;\n]{5,120}, "
    r"(?=(?:hôm|sáng|trưa|chiều|tối|ngày) )"
)
_WELCOMES = regex(r"[Ll]ễ (?:đón|tiễn|viếng|tang|thượng cờ|chào cờ)")
"""Ceremonies by which a visit begins and ends are no meetings."""
_PRAISED = regex(r"(?:chúc mừng|đánh giá cao|biểu dương)[^.]*$")
_OPENS = regex(r"Phát biểu(?: (?:khai mạc|kết luận|chỉ đạo))?(?: tại)? $")
_TOOK_PLACE = regex(
    r"[^,;.]{0,60} (?:được kết nối (?:đến|tới|với)|diễn ra tại|được tổ chức (?:tại|theo|trực|bằng))"
)
_CONCLUDED = regex(r"kết luận của [^,;.:]{5,90} tại (?:các )?$")
"""Before a meeting's name, what was concluded there: "kết luận của Thủ tướng tại cuộc họp ..."."""
_BEGUN = regex(r"(?:trước|đến|hạn|kết luận của)[^,;.]{0,12}$")


def opening(layers: Layers) -> list[Sentence]:
    """The first sentences that are no headings."""
    found: list[Sentence] = []
    for sentence in layers.sentences:
        if not sentence.heading:
            found.append(sentence)
            if len(found) == _LEAD:
                break
    return found


def lead(layers: Layers) -> list[Sentence]:
    """The first sentences that tell something: no headings, no lines of a page's head."""
    told = [
        s for s in opening(layers) if s.end - s.start >= _TELLS or layers.text[s.end - 1] in ".!?…:"
    ]
    return told[:_TOLD_FIRST]


_TELLS = 60
"""Code points of a line without a stop that may tell what happened."""
_TOLD_FIRST = 3
"""Sentences from the top in which a text says whom its report is of."""


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


def of_a_document(layers: Layers, time: Time) -> bool:
    """Whether a date belongs to a numbered document ("21/NQ-CP ngày 20/2/2023")."""
    return NUMBERED_BEFORE.search(layers.text, max(0, time.start - 24), time.start) is not None
