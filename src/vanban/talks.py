"""Talks a text opens with whose day it does not tell: who met whom, and who else the same day."""

import re

from vanban.layers import Layers, between
from vanban.letters import LOWER, UPPER
from vanban.meetings import Meeting, lead, of_a_document
from vanban.patterns import regex
from vanban.persons import PersonMention
from vanban.sentences import Sentence
from vanban.values.times import Time

__all__ = ["find_talks", "met_the_same_day"]

_BESIDE = 2
"""Code points between who met somebody and the word that it was the same day."""
_TALKS = r"(?:tiếp xã giao|tiếp kiến|tiếp|gặp song phương|gặp gỡ|gặp|hội đàm|hội kiến|điện đàm)"
_AT = regex(
    rf"(?:Phát biểu |Phát biểu chỉ đạo )?[Tt](?:ại|rong) (?:cuộc|buổi) {_TALKS}(?: và làm việc)?"
    r"(?!\w)[^,;.\n]{0,110}, "
)
"""How a report begins that names the talks alone: "Tại buổi tiếp, Bộ trưởng ..."."""
_MET = regex(
    rf"(?: (?:cùng|và) (?!(?:ông|bà) )[{LOWER}][^.,;:\n]{{3,110}}?)?"
    rf" (?:(?:đã|vừa) )?(?:có (?:cuộc|buổi) )?"
    rf"(?:{_TALKS}(?: và làm việc)?|(?:có )?(?:cuộc|buổi) (?:làm việc|trao đổi)(?= với))"
    rf"(?: với)? (?=[{UPPER}]|ông |bà )"
)
_OCCASION = regex(
    r"(?:(?:(?:Trong khuôn khổ|Bên lề|Nhân dịp|Tiếp tục) (?!chuyến)"
    r"|(?:(?:Bắt đầu|Kết thúc|Tiếp tục|Trong) )?[Nn]gày (?:làm việc )?thứ )[^.;\n]{1,160}?, )?"
)
"""What may stand before who met somebody: of talks on a visit the visit is told."""
_SAME_DAY = regex(r" (?:(?:sáng|trưa|chiều|tối) )?cùng ngày(?= |,)")


def find_talks(layers: Layers, people: list[PersonMention]) -> list[Meeting]:
    """The talks without a day that a text opens with, and those of the same day told behind them.

    Args:
        people: the persons the text names, in order.
    """
    starts = [p.start for p in people]
    for s in lead(layers):
        met = _met(layers, s, between(people, starts, s.start, s.end))
        if met is not None:
            time = _today(layers, s.start, met) or _day_of(layers, s, met)
            found = [Meeting(s.start, s.end, s.index, time, met)]
            break
    else:
        return []
    for s in layers.sentences[found[0].index + 1 :]:
        met = met_the_same_day(layers, s, between(people, starts, s.start, s.end))
        if met is not None:
            found.append(Meeting(s.start, s.end, s.index, time, met))
    return found


def _met(layers: Layers, s: Sentence, people: list[PersonMention]) -> int | None:
    """Where the words end by which a sentence says who met whom; None if it does not.

    Args:
        people: whom it names.
    """
    at = _AT.match(layers.text, s.start, s.end)
    if at is not None:
        speaks = any(at.end() <= p.start <= at.end() + 2 for p in people)
        return at.end() if speaks and not _long_ago(layers, s.start, at.end()) else None
    if not people or _OCCASION.fullmatch(layers.text, s.start, people[0].start) is None:
        return None
    m = _MET.match(layers.text, people[0].end, s.end)
    return None if m is None or _of_a_day(layers, s.start, m.start()) else m.end()


def _today(layers: Layers, start: int, end: int) -> Time | None:
    """The day a text was published, where it says "hôm nay" or "chiều nay"; None otherwise."""
    today, published = _TODAY.search(layers.text, start, end), layers.document.published
    if today is None or published is None or len(published) < len("2025-01-01"):
        return None
    year, month, day = map(int, published[:10].split("-"))
    return Time(*today.span(), "date", year, month, day, inferred=True)


_TODAY = regex(r"(?:[Hh]ôm|[Ss]áng|[Tt]rưa|[Cc]hiều|[Tt]ối) nay(?!\w)")


def _day_of(layers: Layers, s: Sentence, met: int) -> Time | None:
    """The day said with who met whom: "A hội đàm với B sáng 11/11", "Tại cuộc gặp B ngày 17/11"."""
    for time in layers.times_between(s.start, min(s.end, met + _DAY_BEHIND)):
        if time.kind != "date" or of_a_document(layers, time):
            continue
        if _OF_WHICH_DAY.search(layers.text, s.start, time.start) or _PART_OF_DAY.match(
            layers.text, time.start
        ):
            if _OTHER_DAY.search(layers.text, met, time.start):
                return None
            if time.inferred and not layers.document.published:
                # Nothing but the years of its figures speaks for it.
                return time._replace(year=None, inferred=False)
            return time
    return None


_DAY_BEHIND = 110
"""Code points behind who met whom in which the day is said."""
_OF_WHICH_DAY = regex(r"(?:sáng|trưa|chiều|tối|ngày|nay)(?: ngày)? \(?$")
_PART_OF_DAY = regex(r"(?:sáng|trưa|chiều|tối|ngày)(?!\w)")
_OTHER_DAY = regex(r"[.;:]|(?<!\w)(?:thăm|từ|đến|trước|sau|theo|sẽ|dự kiến|diễn ra)(?!\w)")


def _long_ago(layers: Layers, start: int, end: int) -> bool:
    """Whether talks are told to be of a month or a year, not of a day: those are of another time.

    Of another year than that in which the text was published they are too.
    """
    published = (layers.document.published or "")[:4]
    return any(
        (t.year or t.month)
        and (t.kind != "date" or (t.year and published and f"{t.year:04d}" != published))
        for t in layers.times_between(start, end)
    )


def _of_a_day(layers: Layers, start: int, end: int) -> bool:
    """Whether a day, a month or a year is told: those talks are dated, or of another time."""
    return any(t.year or t.month for t in layers.times_between(start, end))


def met_the_same_day(layers: Layers, s: Sentence, people: list[PersonMention]) -> int | None:
    """Where the words end that say who met whom "cùng ngày", not at the head of the sentence.

    "Bộ trưởng A cùng ngày hội kiến ...", "Hội kiến ... chiều cùng ngày, Bộ trưởng A ...".

    Args:
        people: whom the sentence names.
    """
    text = layers.text
    day = _SAME_DAY.search(text, s.start, min(s.end, s.start + _FRONT))
    if day is None or not people:
        return None
    if _HEAD.fullmatch(text, s.start, day.start()) is not None:
        speaks = any(day.end() <= p.start <= day.end() + 2 for p in people)
        return day.end() if speaks else None
    m = _MET.match(text, day.end(), s.end)
    if m is None or people[0].start >= day.start() or day.start() - people[0].end > _BESIDE:
        return None
    return m.end()


_HEAD = regex(rf"{_TALKS} [^,;.]*", re.IGNORECASE)
_FRONT = 120
"""Code points from the head of a sentence in which it says that it was the same day."""
