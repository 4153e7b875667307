"""The meetings a text reports besides its first: others of the day, receptions, talks."""

import re
from datetime import date

from vanban.layers import Layers
from vanban.meetings.known import find_known_meeting
from vanban.meetings.led_talks import find_led_talks
from vanban.meetings.meeting import (
    Meeting,
    chaired_in,
    head_of,
    is_journey,
    is_to_come,
    lead,
    of_a_document,
    on_a_visit,
    opening,
    tells_a_visit,
    will_be_done,
    words_of_meetings,
)
from vanban.meetings.named import find_mentioned
from vanban.meetings.pictured import find_pictured
from vanban.meetings.talks import find_talks, met_the_same_day
from vanban.meetings.told import told_in_full
from vanban.meetings.who_met import met_right_behind, who_met
from vanban.patterns import regex
from vanban.persons.mentions import PersonMention
from vanban.sentences import Sentence
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
_THAT_DAY = (
    r"(?:Trước đó, )?(?:[Cc]ũng )?(?:(?:trong|vào) )?"
    r"(?P<part>[Ss]áng|[Tt]rưa|[Cc]hiều|[Tt]ối|[Cc]ùng|[Tt]rong)"
    r" (?:cùng )?ngày(?! \d),? "
)
_THAT_PLACE = r"Cũng (?:tại|bên lề|trong khuôn khổ|nhân dịp) "
_SAME_DAY = regex(_THAT_DAY)
_ALSO_AT = regex(_THAT_PLACE)
_ALSO_THEN = r"(?:Ngay sau đó|Sau đó|Tiếp đó), "
_OF_THE_DAY = rf"{_THAT_DAY}|{_THAT_PLACE}[^,;.]{{2,80}}, |{_ALSO_THEN}"
_AFTER_IT = (
    r"(?:Kết thúc|Ngay sau|Sau)(?: khi kết thúc)? (?:(?:các )?(?:cuộc|buổi|phiên) )?"
    r"(?:hội đàm|hội kiến|đối thoại|tọa đàm|toạ đàm|họp|gặp|tiếp|làm việc)[^,;.]{0,40}, "
)
_BESIDES_IT = regex(_OF_THE_DAY)
"""How a sentence begins that tells of further talks, of the same day or at the same place."""
_BESIDES = regex(
    rf"{_OF_THE_DAY}|{_AFTER_IT}"
    r"|Cũng (?:trong |vào )?(?:sáng|trưa|chiều|tối|ngày|hôm) nay,? "
)
"""The same, and what followed upon a meeting that it names."""
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
    if tells_a_visit(layers):
        return (
            [first] if first is not None and first.index >= 0 and chaired_in(layers, first) else []
        )
    told = _told(layers, first, people)
    led = find_led_talks(layers, people, told)
    if not told:
        led += find_pictured(layers, led)
    told += led
    if not told:
        told += _in_the_title(layers)
    if not told and (mentioned := find_mentioned(layers)) is not None:
        told.append(mentioned)
    if all(
        m.index >= 0
        and _BESIDES_IT.match(layers.text, head_of(layers.text, layers.sentences[m.index]))
        for m in told
    ):
        told += _in_the_headline(layers)
    return sorted((told_in_full(layers, m, told) for m in told), key=_in_order)


_CREDIT = 40
"""Code points behind the words below a picture in which its photographer is named."""


def _in_the_headline(layers: Layers) -> list[Meeting]:
    """Who met whom, where only the headline of a text says it: "A tiếp B"."""
    above = next((s for s in layers.sentences[:_HEAD] if s.heading), None)
    if above is None or layers.text.find("Ảnh", above.start, above.end + _CREDIT) >= 0:
        return []
    times = layers.times_between(above.start, above.end)
    if times and (times[0].kind != "date" or not _AT_THE_DAY.match(layers.text, above.start)):
        return []
    met = who_met(layers, above, times[0].end if times else above.start)
    if met is None:
        return []
    return [Meeting(above.start, above.end, above.index, times[0] if times else None, met)]


def _in_the_title(layers: Layers) -> list[Meeting]:
    """The meeting that a title names with its day: "Họp báo thường kỳ ngày 13/2/2025"."""
    for s in layers.sentences[:_HEAD]:
        named = layers.words.find(words_of_meetings("meetings"), s.start, s.end)
        if not s.heading or named is None or named.start() > s.start:
            continue
        if is_to_come(layers, s.start, s.end):
            continue
        for time in layers.times_between(named.end(), s.end):
            if time.kind == "date" and not of_a_document(layers, time):
                return [Meeting(s.start, s.end, s.index, time)]
    return []


_AT_THE_DAY = regex(r"(?:[Rr]ạng sáng|[Ss]áng|[Tt]rưa|[Cc]hiều|[Tt]ối|[Nn]gày) ")
_HEAD = 3
"""Lines at the top among which a headline stands."""


def _told(layers: Layers, first: Meeting | None, people: list[PersonMention]) -> list[Meeting]:
    """The meetings a text tells by their names or by what somebody did on a day."""
    met = _opens_with_an_encounter(layers, first)
    begin = met or first
    if begin is None:
        talks = find_talks(layers, people)
        if not talks:
            known = find_known_meeting(layers)
            return [*known, *_of_a_day_told_above(layers, known[0].index + 1 if known else 0)]
        if talks[0].time is None:
            known = find_known_meeting(layers)
            if known and known[0].index < talks[0].index:
                return known
            told = {m.index for m in talks}
            also = _of_a_day_told_above(layers, talks[0].index + 1)
            return sorted([*talks, *(m for m in also if m.index not in told)], key=_in_order)
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
    days = {(begin.time.month, begin.time.day, _part_of(_front_of(layers, begin)))}
    listed = _ITEM.match(layers.text, begin.start) is not None
    for s in layers.sentences[begin.index + 1 :]:
        if first is not None and s.index == first.index:
            if first.time is not None or not _CHAIRED_IT.search(layers.text, s.start, s.end):
                found.append(first)
            continue
        meeting = (
            None if s.heading else _further(layers, s, found, people, listed=listed, days=days)
        )
        if meeting is None and not s.heading:
            meeting = _the_same_day(layers, s, found, people)
        if meeting is None and not s.heading and _ALSO_AT.match(layers.text, s.start):
            besides = _met_besides(layers, s)
            meeting = Meeting(s.start, s.end, s.index, None, besides) if besides else None
        if meeting is None and not s.heading:
            meeting = _then(layers, s, found)
        if meeting is not None:
            found.append(meeting)
    if (
        first is not None
        and first not in found
        and not (first.time is None and _CHAIRED_IT.search(layers.text, first.start, first.end))
    ):
        found.append(first)
    return [*_before_it(layers, begin), *found]


def _before_it(layers: Layers, begin: Meeting) -> list[Meeting]:
    """What a text speaks of as known above the talks of which it says that they were so too."""
    s = layers.sentences[begin.index]
    if not begin.met or _TOO.match(layers.text, head_of(layers.text, s)) is None:
        return []
    return [m for m in find_known_meeting(layers) if 0 <= m.index < begin.index]


_TOO = regex(r"Cũng (?:trong |vào |tại )|Cùng ngày|(?:Sáng|Trưa|Chiều|Tối) cùng ngày")
_CHAIRED_IT = regex(r"chủ trì [\w ]{5,16}[.|]?$")
"""How a sentence ends that says who chaired, of a meeting of which more was said before."""


def _in_order(meeting: Meeting) -> int:
    return meeting.index


def _of_a_day_told_above(layers: Layers, index: int = 0) -> list[Meeting]:
    """Talks "cùng ngày" of which no day is told, from a sentence on: it was told above the text."""
    found = []
    for s in opening(layers):
        if s.index >= index and (met := _met_besides(layers, s)) is not None:
            found.append(Meeting(s.start, s.end, s.index, _day_above(layers, s), met))
    return found


def _day_above(layers: Layers, s: Sentence) -> Time | None:
    """The one day that a text tells above a sentence, be it below a picture; None if it is not."""
    days = [
        t
        for t in layers.times_between(0, s.start)
        if t.kind == "date"
        and not of_a_document(layers, t)
        and _OF_DAY.search(layers.text, max(0, t.start - 8), t.start) is not None
    ]
    return days[-1] if len({(t.month, t.day) for t in days}) == 1 else None


_OF_DAY = regex(r"(?<!\w)(?:sáng|trưa|chiều|tối|ngày) $", re.IGNORECASE)


def _met_besides(layers: Layers, s: Sentence) -> int | None:
    """Where the words end that say who met whom "cùng ngày" or "cũng tại" a place."""
    same = _BESIDES.match(layers.text, head_of(layers.text, s), s.end)
    return who_met(layers, s, same.end()) if same is not None else None


def _further(
    layers: Layers,
    s: Sentence,
    found: list[Meeting],
    people: list[PersonMention],
    *,
    listed: bool,
    days: set[tuple[int | None, int | None, str]],
) -> Meeting | None:
    """The meeting that a sentence dates at its head; None if it is none, or told before.

    Args:
        found: those told before.
        people: the persons the text names, in order.
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
    met = who_met(layers, s, at)
    another = same or layers.text.startswith("Cũng ", s.start)
    if met is not None and not another:
        another = _is_other_guest(layers, s, met, found, people)
    if not another and (
        (time.month, time.day, part) in days
        or (not part and any((time.month, time.day) == day[:2] for day in days))
    ):
        return None
    if met is not None and _A_CALL.search(layers.text, at, met):
        # A call that guests pay besides is no meeting of its own.
        return None
    if met is None and not _held_on(layers, s, at):
        return None
    days.add((time.month, time.day, part))
    return Meeting(s.start, s.end, s.index, time, met or 0)


def _then(layers: Layers, s: Sentence, found: list[Meeting]) -> Meeting | None:
    """What a sentence tells that was held or who was met right behind the meeting told before.

    "Sau đó, Bộ trưởng A đã dự Diễn đàn ..."; not where a look back stands between them.
    """
    then = _THEN.match(layers.text, head_of(layers.text, s), s.end)
    last = found[-1]
    if then is None or last.time is None or s.index > last.index + _MOST_BETWEEN:
        return None
    between = layers.sentences[last.index + 1 : s.index]
    if any(_EARLIER.match(layers.text, x.start) or will_be_done(layers, x) for x in between):
        return None
    met = who_met(layers, s, then.end())
    if met is None and not _held_on(layers, s, then.end()):
        return None
    return Meeting(s.start, s.end, s.index, last.time, met or 0)


_THEN = regex(rf"{_ALSO_THEN}|Tiếp theo, |{_AFTER_IT}")
_MOST_BETWEEN = 6
"""Sentences between a meeting and one told to have come right behind it."""


def _is_other_guest(
    layers: Layers, s: Sentence, met: int, found: list[Meeting], people: list[PersonMention]
) -> bool:
    """Whether somebody is met, besides meetings with names, whom none of these names."""
    guest = next((p for p in people if p.end >= met and p.start < s.end), None)
    if guest is None or any(m.met for m in found):
        return False
    return not any(
        p.name == guest.name for m in found for p in people if m.start <= p.start < m.end
    )


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


_A_CALL = regex(r"(?<!\w)chào xã giao(?!\w)")


def _opens_with_an_encounter(layers: Layers, first: Meeting | None) -> Meeting | None:
    """Who met whom, where a text opens with it and its day; None if it does not."""
    in_the_lead = lead(layers)
    for s in opening(layers):
        if first is not None and 0 <= first.index <= s.index:
            return None
        low = _behind_frame(layers.text, s)
        if s not in in_the_lead and _AT_THE_HEAD.match(layers.text, low, s.end) is None:
            continue
        if _EARLIER.match(layers.text, s.start):
            continue
        for time in layers.times_between(low, min(s.end, low + _FRONT)):
            if _REPORTED.match(layers.text, time.end):
                continue
            if time.kind == "date" and not of_a_document(layers, time):
                met = who_met(layers, s, time.end)
                if met is not None:
                    return Meeting(s.start, s.end, s.index, time, met)
                break
        if s in in_the_lead and (told := _on_a_day_then(layers, s, low)) is not None:
            return told
    return None


def _on_a_day_then(layers: Layers, s: Sentence, low: int) -> Meeting | None:
    """Who met whom, where the day stands between who and what: "A ngày 5/6 tiếp B"."""
    for time in layers.times_between(low, s.end):
        if time.kind != "date" or of_a_document(layers, time):
            continue
        met = None
        if time.start < low + _WHO_ACTS:
            met = met_right_behind(layers, s, time.end)
        if (
            met is None
            and _IN_VIEW_OF.match(layers.text, low) is not None
            and _AT_A_CLAUSE.search(layers.text, low, time.start)
        ):
            # "Trước tình hình ..., ngày 5/6, A đã điện đàm với B".
            met = who_met(layers, s, time.end)
        if met is not None:
            return Meeting(s.start, s.end, s.index, time, met)
    return None


_IN_VIEW_OF = regex(
    r"(?:Trước|Nhằm|Để|Cùng|Tiếp|Với|Thực hiện|Theo|Trên|Qua|Phục vụ|Chuẩn bị|Hưởng ứng)(?!\w)"
)
"""How a sentence begins that says why people met, at length, before it says when."""
_AT_A_CLAUSE = regex(
    r", (?:vào )?(?:(?:rạng sáng|sáng|trưa|chiều|tối)(?: ngày)? |ngày |hôm (?:nay|qua) )?\(?$"
)


_WHO_ACTS = 160
"""Code points from the head of a sentence in which it says who acts, and on which day."""


_EARLIER = regex(r"Trước đó|Trước thềm|Vừa qua")
_REPORTED = regex(r"\)?,? (?:đã )?(?:cho biết|thông tin|thông báo|đưa tin|dẫn)(?!\w)")
"""Behind the day of a report, which is not the day of what it reports."""
_AT_THE_HEAD = regex(r"(?:[Rr]ạng sáng|[Ss]áng|[Tt]rưa|[Cc]hiều|[Tt]ối) (?:ngày )?\d")
"""Further down, a sentence reports talks only where the part of the day stands at its head."""
_FRAME = regex(
    r"(?:[Nn]hân (?:dịp|dự|tham dự|chuyến)|[Bb]ên lề|[Tt]rong khuôn khổ|Trong chương trình"
    r"|(?:Ngay )?[Ss]au"
    r"|Tiếp tục (?:(?:các )?hoạt động|chương trình|chuyến)|Đồng thời, (?:ngay )?sau)"
    r" [^.;\n]{5,220}?, (?=(?:vào )?(?:rạng sáng|sáng|trưa|chiều|tối|ngày|hôm) )"
)
"""On what occasion people met, before the day: "Bên lề Hội nghị ..., chiều 8/7, ..."."""


def _behind_frame(text: str, s: Sentence) -> int:
    low = head_of(text, s)
    frame = _FRAME.match(text, low, s.end)
    return frame.end() if frame is not None else low


def _days_between(one: Time, other: Time) -> int | None:
    """Days from one to the other; a year that only one of them gives is that of both."""
    year = one.year or other.year or 2000
    try:
        days = [date(t.year or year, t.month or 0, t.day or 0) for t in (one, other)]
    except ValueError:
        # "Ngày 31/6".
        return None
    return (days[1] - days[0]).days


def _front_of(layers: Layers, meeting: Meeting) -> re.Match[str] | None:
    return _OPENS.match(layers.text, _behind_frame(layers.text, layers.sentences[meeting.index]))


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
    if layers.text.endswith(_NOT_ONE, s.start, named.start()):
        return False
    if on_a_visit(layers, s, named.start()) or is_journey(layers.text, s.start, named.start()):
        return False
    return (
        not is_to_come(layers, s.start, named.start())
        and _GOES_ON.search(layers.text, s.start, named.end() + _MARGIN) is None
    )


_NOT_ONE = ("nhiều ", "hàng loạt ", "hàng chục ", "phòng ", "nơi ")
"""Before a word for a meeting, many of them or its room: "từ phòng hội đàm"."""
_MARGIN = 20
