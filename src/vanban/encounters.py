"""The meetings a text reports besides its first: others of the day, receptions, talks."""

import re
from datetime import date

from vanban.known_meetings import find_known_meeting
from vanban.layers import Layers
from vanban.letters import UPPER
from vanban.meetings import (
    Meeting,
    is_to_come,
    lead,
    of_a_document,
    on_a_visit,
    opening,
    words_of_meetings,
)
from vanban.patterns import regex
from vanban.persons import PersonMention
from vanban.sentences import Sentence
from vanban.talks import find_talks, met_the_same_day
from vanban.values.times import Time

__all__ = ["find_meetings"]

_FRONT = 70
"""Code points from the head of a sentence in which it says when a further meeting was."""
_NAMED_WITHIN = 220
"""Code points behind that day in which it says what was held."""
_MOST_DAYS = 31
"""Days behind the first meeting of a text in which it reports further ones."""
_OPENS = regex(
    r"[-–—•*+►▪]? *(?:\d{1,2}[.)] *)?"
    r"(?:(?:[Tt]iếp đó|[Tt]iếp theo|[Ss]au đó|(?:[Cc]ũng )?[Tt]rong tuần|[Cc]ũng|[Cc]ùng|[Vv]ào)"
    r",? *)?"
    r"(?:[Vv]ào |[Tt]rong )?(?:đầu giờ )?"
    r"(?P<part>[Rr]ạng sáng|[Ss]áng|[Tt]rưa|[Cc]hiều|[Tt]ối|[Đđ]êm)? *"
    r"(?:(?:các |hai |2 )?(?:[Nn]gày|[Tt]ừ ngày) +)?\(?"
)
"""What stands before the day of a further meeting, and nothing else."""
_SAME_DAY = regex(
    r"(?:Trước đó, )?(?:[Cc]ũng )?(?:(?:trong|vào) )?"
    r"(?P<part>[Ss]áng|[Tt]rưa|[Cc]hiều|[Tt]ối|[Cc]ùng|[Tt]rong)"
    r" (?:cùng )?ngày(?! \d),? "
)
_CUNG = regex(r"[-–—•*+►▪ ]*Cùng (?:ngày )?\d")
"""Of the day told before, said again: "Cùng ngày 21-10, ..."."""
_GOES_ON = regex(r"(?<!\w)(?:bế mạc|tiếp tục|kết thúc|khép lại|thứ hai của|ngày làm việc)(?!\w)")
_ITEM = regex(r"[-–—•*+►▪]|\d{1,2}[.)]")


def find_meetings(
    layers: Layers, first: Meeting | None, people: list[PersonMention]
) -> list[Meeting]:
    """All meetings a text reports on, in text order.

    Besides the first with a name, those that a sentence dates at its head ("Chiều cùng ngày, ...
    tổ chức Tọa đàm", "Ngày 18/7, ... tổ chức Hội nghị"), and who received or met whom, where a text
    opens with it or dates it so. One of an earlier day is background, unless all of them are items
    of a list; one to come is none.

    Args:
        first: what `find_meeting` gives.
        people: the persons the text names, in order.
    """
    met = _opens_with_an_encounter(layers, first)
    begin = met or first
    if begin is None:
        talks = find_talks(layers, people)
        if not talks:
            return find_known_meeting(layers)
        if talks[0].time is None:
            return talks
        begin = talks[0]
    if (
        begin is first
        and begin.time is None
        and _CHAIRED_IT.search(layers.text, begin.start, begin.end)
    ):
        known = find_known_meeting(layers)
        if known and known[0].index < begin.index:
            return known
    if begin.time is None or begin.index < 0:
        return [m for m in (met, first) if m is not None]
    found = [begin]
    days = {(begin.time.month, begin.time.day, _part_of(_OPENS.match(layers.text, begin.start)))}
    listed = _ITEM.match(layers.text, begin.start) is not None
    for s in layers.sentences[begin.index + 1 :]:
        if first is not None and s.index == first.index:
            found.append(first)
            continue
        meeting = None if s.heading else _further(layers, s, found, listed=listed, days=days)
        if meeting is None and not s.heading:
            meeting = _the_same_day(layers, s, found, people)
        if meeting is not None:
            found.append(meeting)
    if first is not None and first not in found:
        found.append(first)
    return found


_CHAIRED_IT = regex(r"chủ trì [\w ]{5,16}[.|]?$")
"""How a sentence ends that says who chaired, of a meeting of which more was said before."""


def _further(
    layers: Layers,
    s: Sentence,
    found: list[Meeting],
    *,
    listed: bool,
    days: set[tuple[int | None, int | None, str]],
) -> Meeting | None:
    """The meeting that a sentence dates at its head; None if it is none, or told before.

    Args:
        found: those told before.
        listed: whether the first of them is an item of a list.
        days: month, day and part of the day of each of them; its own are added.
    """
    last = next((m for m in reversed(found) if m.time is not None), None)
    dated = _dated_front(layers, s, last)
    if dated is None or found[0].time is None:
        return None
    time, part, at, same = dated
    apart = _days_between(found[0].time, time)
    in_list = listed and _ITEM.match(layers.text, s.start) is not None
    if apart is None or abs(apart) > _MOST_DAYS or (apart < 0 and not in_list):
        return None
    if not same and (
        (time.month, time.day, part) in days
        or (not part and any((time.month, time.day) == day[:2] for day in days))
    ):
        return None
    met = _met(layers, s, at)
    if met is None and not _held_on(layers, s, at):
        return None
    days.add((time.month, time.day, part))
    return Meeting(s.start, s.end, s.index, time, met or 0)


def _the_same_day(
    layers: Layers, s: Sentence, found: list[Meeting], people: list[PersonMention]
) -> Meeting | None:
    """Talks that a sentence says, but not at its head, to be of the day told before."""
    if layers.text.find("cùng ngày", s.start, s.end) < 0:
        return None
    met = met_the_same_day(layers, s, [p for p in people if s.start <= p.start < s.end])
    if met is None:
        return None
    time = next((m.time for m in reversed(found) if m.time is not None), None)
    return Meeting(s.start, s.end, s.index, time, met)


_MET = regex(
    r"(?<!\w)(?:(?:đã |vừa )?(?:có (?:cuộc|buổi) )?(?:chủ trì lễ đón và )?"
    r"(?:tiếp(?: xã giao| thân mật)?(?: và (?:làm việc|hội đàm) với)?"
    r"|hội kiến(?: với)?|hội đàm(?: trực tuyến)? với|điện đàm với|gặp(?: song phương)?(?: với)?"
    r"|trao đổi với(?= (?:Tổng thống|Thủ tướng|Chủ tịch|Quốc vương|Bộ trưởng|Ngoại trưởng))"
    r"|tiếp xúc(?= cử tri)|làm việc(?: trực tuyến)? với|trao đổi trực tuyến với"
    r"|(?:đến|tới) chào từ biệt|đón tiếp"
    r"|(?:có )?(?:cuộc|buổi) (?:trao đổi(?: và làm việc)? với|đón tiếp|tiếp đón))"
    r"|trong (?:cuộc|buổi) (?:gặp|tiếp|hội đàm|hội kiến|điện đàm|làm việc)(?: với)?)"
    rf" +(?:(?:ông|bà|ngài|đồng chí|đoàn|lãnh đạo|đại diện|cựu|nguyên|các) +)*"
    rf"(?P<whom>[{UPPER}][\w-]+(?: [{UPPER}][\w-]+| và| của| tại)*|đoàn|lãnh đạo|đại diện|cử tri"
    r"|(?:sở|bộ|hiệp hội|doanh nghiệp|nhà đầu tư|địa phương|tỉnh|thành phố"
    r"|\d+ [\w ]{0,8}(?:[Đđ]ại sứ|[Tt]ổng [Ll]ãnh sự)|tập đoàn|đại sứ|chuyên gia)(?!\w))"
)
_MOST_TO_VERB = 190
"""Code points between the day and the verb for who met to be named between them."""
_WHO = regex(
    rf"[{UPPER}]\w+.*[{UPPER}]|đoàn|lãnh đạo|ông |bà |Chủ tịch nước|Thủ tướng|Bộ trưởng|Thứ trưởng"
)


def _opens_with_an_encounter(layers: Layers, first: Meeting | None) -> Meeting | None:
    """Who met whom, where a text opens with it and its day; None if it does not."""
    in_the_lead = lead(layers)
    for s in opening(layers):
        if first is not None and 0 <= first.index <= s.index:
            return None
        low = _behind_frame(layers.text, s)
        if s not in in_the_lead and _AT_THE_HEAD.match(layers.text, low, s.end) is None:
            continue
        for time in layers.times_between(low, min(s.end, low + _FRONT)):
            if time.kind == "date" and not of_a_document(layers, time):
                met = _met(layers, s, time.end)
                if met is not None:
                    return Meeting(s.start, s.end, s.index, time, met)
                break
    return None


_AT_THE_HEAD = regex(r"(?:[Rr]ạng sáng|[Ss]áng|[Tt]rưa|[Cc]hiều|[Tt]ối) (?:ngày )?\d")
"""Further down, a sentence reports talks only where the part of the day stands at its head."""
_FRAME = regex(
    r"(?:Nhân dịp|Nhân chuyến|Bên lề|Trong khuôn khổ|Trong chương trình|Tiếp tục chương trình)"
    r" [^.;\n]{5,160}?, (?=(?:sáng|trưa|chiều|tối|ngày|hôm) )"
)
"""On what occasion people met, before the day: "Bên lề Hội nghị ..., chiều 8/7, ..."."""


def _behind_frame(text: str, s: Sentence) -> int:
    frame = _FRAME.match(text, s.start, s.end)
    return frame.end() if frame is not None else s.start


def _met(layers: Layers, s: Sentence, at: int) -> int | None:
    """Where the words end by which a sentence says who met whom; None if it does not.

    Args:
        at: where its day ends.
    """
    m = _MET.search(layers.text, at, s.end)
    if m is None or m.start() - at > _MOST_TO_VERB:
        return None
    said_in = m[0].startswith("trong ")
    if not said_in and _WHO.search(layers.text, at, m.start()) is None:
        return None
    if is_to_come(layers, s.start, m.start()):
        return None
    return m.end()


def _days_between(one: Time, other: Time) -> int | None:
    """Days from one to the other; a year that only one of them gives is that of both."""
    year = one.year or other.year or 2000
    try:
        days = [date(t.year or year, t.month or 0, t.day or 0) for t in (one, other)]
    except ValueError:
        # "Ngày 31/6".
        return None
    return (days[1] - days[0]).days


def _part_of(front: re.Match[str] | None) -> str:
    return ((front["part"] if front else None) or "").lower()


def _dated_front(
    layers: Layers, s: Sentence, last: Meeting | None
) -> tuple[Time, str, int, bool] | None:
    """The day a sentence opens with, the part of the day, where they end, and whether it is the
    day told before; None if it opens with none.

    Args:
        last: the meeting told before, whose day is meant by "cùng ngày".
    """
    low = _behind_frame(layers.text, s)
    same = _SAME_DAY.match(layers.text, low, s.end)
    if same is not None and last is not None and last.time is not None:
        return last.time, same["part"].lower(), same.end(), True
    for time in layers.times_between(low, min(s.end, low + _FRONT)):
        if time.kind != "date":
            return None
        # The time itself may begin with its cue: "chiều 20/12".
        front = _OPENS.match(layers.text, low, time.end)
        if front is None or front.end() < time.start:
            return None
        again = _CUNG.match(layers.text, low) is not None and last is not None
        return time, _part_of(front), time.end, again
    return None


def _held_on(layers: Layers, s: Sentence, at: int) -> bool:
    """Whether a sentence says, behind its day, that a meeting with a name was held."""
    words = layers.words
    named = words.find(words_of_meetings("meetings"), at, min(s.end, at + _NAMED_WITHIN))
    if named is None or not words.has(words_of_meetings("held"), at, s.end):
        return False
    if on_a_visit(layers, s, named.start()):
        return False
    return (
        not is_to_come(layers, s.start, named.start())
        and _GOES_ON.search(layers.text, s.start, named.end() + _MARGIN) is None
    )


_MARGIN = 20
