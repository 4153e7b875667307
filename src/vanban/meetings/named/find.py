"""The meeting with a name that a text reports on: the sentence that says so, and its day."""

from dataclasses import replace

from vanban.layers import Layers
from vanban.meetings.meeting import Meeting, announces, opening, words_of_meetings
from vanban.meetings.named.held import told
from vanban.meetings.named.others import days_of, is_another, on_another_day
from vanban.meetings.named.undated import is_its_subject
from vanban.patterns import regex
from vanban.values.times import Time

__all__ = ["find_meeting"]


def find_meeting(layers: Layers) -> Meeting | None:
    """The meeting a text has as its subject; background meetings are left out.

    Source: `data/events.yml`.
    """
    undated: Meeting | None = None
    dated: Meeting | None = None
    for s in opening(layers):
        naming = told(layers, s)
        if naming is None or is_another(naming):
            continue
        days = days_of(naming)
        if days and on_another_day(naming, days[0]):
            continue
        if days and days[0].start < naming.named.end() + _REACH:
            if undated is not None and naming.behind(_THIS):
                return replace(undated, time=days[0])
            if naming.opens_with_a_day and (dated is None or _before(days[0], dated.time)):
                return naming.meeting(days[0])
            dated = dated or naming.meeting(days[0])
            continue
        if dated is not None:
            continue
        if len(days) == 1 and not _BEGUN.search(layers.text, s.start, days[0].start):
            dated = naming.meeting(days[0])
            if naming.leads and not naming.opens_with_a_day:
                continue
            return dated
        if undated is None and is_its_subject(naming):
            undated = naming.meeting(None)
    if dated is not None:
        return dated
    return _in_a_caption(layers) or (None if announces(layers) else undated)


_REACH = 60
"""Code points behind a meeting's name in which its day is said."""
_THIS = regex(r" này(?!\w)")
"""Behind the name of a meeting that was told before: "vòng tham vấn này diễn ra ngày 27/2"."""
_BEGUN = regex(r"(?:trước|đến|hạn|kết luận của)[^,;.]{0,12}$")


def _before(one: Time, other: Time | None) -> bool:
    """Whether a day comes before another of the same year."""
    return other is None or (one.month or 0, one.day or 0) < (other.month or 0, other.day or 0)


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
