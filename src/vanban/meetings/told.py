"""Where a text tells a meeting: in full and in running text, not in a headline or in passing."""

import re
from dataclasses import replace
from functools import cache

from vanban.data import load
from vanban.layers import Layers
from vanban.letters import UPPER
from vanban.meetings.meeting import (
    Meeting,
    head_of,
    is_background,
    is_to_come,
    lead,
    of_a_document,
    opens_with_a_day,
)
from vanban.meetings.who_met import who_met
from vanban.patterns import Cue, alternation, cue, regex
from vanban.sentences import Sentence
from vanban.values.times import Time

__all__ = ["told_in_full"]


def told_in_full(layers: Layers, meeting: Meeting, others: list[Meeting]) -> Meeting:
    """A meeting where the text tells it in full: who met or held it, and on which day.

    What only a headline, the words below a picture or a lead without a day say is told again by
    the first sentences of the running text; those are what a reader takes for the report of it.

    Args:
        others: all meetings the text tells; none of them is taken for this one.
    """
    if meeting.time is not None:
        return meeting
    if _is_beside(layers, meeting):
        meeting = _in_running_text(layers, {m.index for m in others}) or meeting
    return _said_again(layers, meeting)


def _is_beside(layers: Layers, meeting: Meeting) -> bool:
    """Whether talks are told by a headline or below a picture."""
    if not meeting.met:
        return False
    if meeting.index < 0:
        return True
    s = layers.sentences[meeting.index]
    return s.heading or _captioned(layers, s)


def _captioned(layers: Layers, s: Sentence) -> bool:
    return _CAPTION.search(layers.text, s.start, s.end) is not None


_CAPTION = regex(rf"(?<!\w)[Ảả]nh(?:: ?(?=[{UPPER}])| ?\d+ ?(?=[{UPPER}]))")
"""Where the words below a picture say who made it, or stand glued to its number."""


def _in_running_text(layers: Layers, taken: set[int]) -> Meeting | None:
    """The first of the sentences a text opens with that says who met whom; None if none does.

    Args:
        taken: the sentences that tell other meetings.
    """
    for s in lead(layers):
        low = head_of(layers.text, s)
        if s.index in taken or is_background(layers, s) or _captioned(layers, s):
            continue
        day = _day_first(layers, s, low)
        met = who_met(layers, s, low if day is None else day.end)
        if met is None and day is not None:
            done = layers.words.find(_contact(), day.end, s.end)
            if done is not None and not is_to_come(layers, low, done.start()):
                met = done.end()
        if met is not None and (day is not None or _SAYS.search(layers.text, low, met) is None):
            return Meeting(s.start, s.end, s.index, day, met)
    return None


_SAYS = regex(
    r"(?<!\w)(?:bày tỏ|vui mừng|cảm ơn|khẳng định|nhấn mạnh|đề nghị|đánh giá|cho biết"
    r"|khi được)(?!\w)"
)
"""Before talks of which somebody speaks who is quoted."""


def _day_first(layers: Layers, s: Sentence, low: int) -> Time | None:
    """The day a sentence opens with; None if it opens with none."""
    if not opens_with_a_day(layers.text, low):
        return None
    times = layers.times_between(low, min(s.end, low + _FRONT))
    day = times[0] if times else None
    return day if day and day.kind == "date" and not of_a_document(layers, day) else None


_FRONT = 40
"""Code points from the head of a sentence in which its day stands."""


@cache
def _contact() -> Cue:
    """What is done with somebody."""
    data = load("events")
    return cue([*data["met"], *data["calls"], *data["talks"], "làm việc"])


def _said_again(layers: Layers, meeting: Meeting) -> Meeting:
    """The talks a title or a lead tells without a day, where the text says the day soon after.

    "Thủ tướng A điện đàm với B. Trong cuộc điện đàm tối 11/11, Thủ tướng A chúc mừng ..."
    """
    if meeting.time is not None or meeting.index < 0:
        return meeting
    told = layers.text[meeting.start : layers.sentences[meeting.index].end]
    for s in layers.sentences[meeting.index + 1 : meeting.index + 1 + _SOON]:
        m = _in_the_talks().match(layers.text, s.start, s.end)
        if m is None or m["talks"] not in told:
            continue
        for time in layers.times_between(m.end(), m.end() + _BESIDE_DAY):
            if time.kind == "date":
                return replace(
                    meeting,
                    start=s.start,
                    end=s.end,
                    index=s.index,
                    time=time,
                    met=time.end if meeting.met else 0,
                )
    return meeting


_SOON = 3
_BESIDE_DAY = 20
"""Code points behind the talks in which their day stands."""


@cache
def _in_the_talks() -> re.Pattern[str]:
    data = load("events")
    return regex(
        rf"(?:Trong|Tại) (?:cuộc|buổi) (?P<talks>{alternation([*data['talks'], *data['calls']])})"
        r" (?:(?:vào )?(?:sáng|trưa|chiều|tối|ngày|đêm) )?"
    )
