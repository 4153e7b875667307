"""Talks a text opens with whose day it does not tell: who met whom, and who else the same day."""

import re
from functools import cache

from vanban.data import load
from vanban.forms import Rare, rare
from vanban.layers import Layers, between
from vanban.letters import LOWER, UPPER
from vanban.meetings.meeting import (
    Meeting,
    head_of,
    is_background,
    is_to_come,
    lead,
    of_a_document,
    opening,
    words_of_meetings,
)
from vanban.meetings.who_met import who_met
from vanban.patterns import alternation, regex
from vanban.persons.mentions import PersonMention
from vanban.sentences import Sentence
from vanban.values.times import Time

__all__ = ["find_talks", "met_the_same_day"]

_BESIDE = 2
"""Code points between who met somebody and the word that it was the same day."""


@cache
def _talks() -> str:
    return rf"(?:{alternation(load('events')['talks'])})"


@cache
def _talks_or_work() -> str:
    data = load("events")
    return rf"(?:{alternation(data['talks'])}|{alternation(data['work'])})"


@cache
def _at() -> re.Pattern[str]:
    """How a report begins that names the talks alone: "Tại buổi tiếp, Bộ trưởng ..."."""
    return regex(
        rf"(?:Phát biểu |Phát biểu chỉ đạo )?[Tt](?:ại|rong) (?:các )?(?:cuộc|buổi) {_talks()}"
        r"(?: và làm việc)?(?!\w)"
    )


@cache
def _who_met() -> re.Pattern[str]:
    """What stands behind a person who met somebody, up to whom."""
    guests = load("events")["guests"]
    return regex(
        rf"(?: (?:cùng|và) (?!(?:ông|bà) )[{LOWER}][^.,;:\n]{{3,110}}?)?"
        rf" (?:(?:đã|vừa) )?(?:có (?:cuộc|buổi) )?"
        rf"(?:{_talks()}(?: và làm việc)?|(?:{alternation(load('events')['calls'])})"
        r"|(?:có )?(?:cuộc|buổi) (?:làm việc|trao đổi)(?= với)|làm việc(?= với))"
        rf"(?: với)? (?=[{UPPER}]|ông |bà |(?:các )?(?:{alternation(guests)})(?!\w))"
    )


@cache
def _had_met() -> Rare:
    """What a sentence says that tells that talks were held, be it of whom it may."""
    data = load("events")
    return rare(
        rf"(?<!\w)(?:(?:đã|vừa) có (?:các )?(?:cuộc|buổi|chuyến) (?:(?:thăm|khảo sát)(?:,| và) )?"
        rf"(?:{_talks_or_work()}|họp)|(?:đã |vừa )?tiến hành hội đàm)(?!\w)"
        rf"|(?<!\w)khi (?:(?:tiếp|gặp|hội kiến|hội kiến với)|{_talks_or_work()} với)"
        rf"(?= (?:ông |bà |đoàn )?[{UPPER}]| (?:{alternation(data['guests'])})(?!\w))"
        rf"|(?P<said>(?:(?<!\w)(?:{alternation(data['said_at'])})(?: [{LOWER}]+){{0,4}}|,)"
        rf" (?:tại|trong|sau|theo kết quả) (?:cuộc|buổi) {_talks_or_work()}(?: và làm việc)?"
        rf"(?= (?:giữa|với|ông|bà|đoàn|lãnh đạo) | [{UPPER}]))"
    )


_OCCASION = regex(
    r"(?:(?:(?:[Tt]rong khuôn khổ|[Bb]ên lề|[Nn]hân dịp|Tiếp tục) (?!chuyến)"
    r"|(?:(?:Bắt đầu|Kết thúc|Tiếp tục|Trong) )?[Nn]gày (?:làm việc )?thứ )[^.;\n]{1,160}?, )?"
    r"(?:(?:Vừa qua|Mới đây),? (?:tại (?:TP\. ?)?[^,;.\n]{2,60}, )?)?"
)
"""What may stand before who met somebody: of talks on a visit the visit is told."""
_NOT_LONG_AGO = regex(r"(?:Rạng sáng|Sáng|Trưa|Chiều|Tối|Hôm) (?:nay|qua)(?!\w)(?! \()")
_SAME_DAY = regex(r" (?:(?:sáng|trưa|chiều|tối) )?cùng ngày(?= |,)")


def find_talks(layers: Layers, people: list[PersonMention]) -> list[Meeting]:
    """The talks without a day that a text opens with, and those of the same day told behind them.

    Args:
        people: the persons the text names, in order.
    """
    starts = [p.start for p in people]
    in_the_lead = lead(layers)
    in_the_headline = _headline(layers)
    for s in opening(layers):
        of_whom = between(people, starts, s.start, s.end)
        leads = s in in_the_lead
        met = _met(layers, s, of_whom) if leads else None
        if (
            met is None
            and leads
            and (front := _NOT_LONG_AGO.match(layers.text, head_of(layers.text, s), s.end))
        ):
            met = who_met(layers, s, front.end())
        if met is None and (
            leads or in_the_headline or _AFTER_THE_WELCOME.match(layers.text, s.start)
        ):
            met = _had_talks(layers, s)
        if met is not None:
            time = _today(layers, s.start, met) or _day_of(layers, s, met)
            found = [Meeting(s.start, s.end, s.index, time, met)]
            break
    else:
        return []
    for s in layers.sentences[found[0].index + 1 :]:
        of_whom = between(people, starts, s.start, s.end)
        met = met_the_same_day(layers, s, of_whom)
        if met is None and s.index == found[-1].index + 1:
            # One behind the other: "A gặp B. C gặp D."
            met = _met_as_told(layers, s, of_whom, found[-1], people)
        if met is not None:
            found.append(Meeting(s.start, s.end, s.index, time, met))
    return found


def _headline(layers: Layers) -> bool:
    """Whether a line above what a text tells says that somebody met: "A hội đàm với B"."""
    told = lead(layers)
    above = layers.sentences[: told[0].index if told else 0]
    talking = words_of_meetings("talking_with")
    return any(layers.words.has(talking, s.start, s.end) for s in above)


def _met(layers: Layers, s: Sentence, people: list[PersonMention]) -> int | None:
    """Where the words end by which a sentence says who met whom; None if it does not.

    Args:
        people: whom it names.
    """
    low = head_of(layers.text, s)
    at = _at().match(layers.text, low, s.end)
    if at is not None:
        for speaker in people:
            behind = layers.text.rfind(", ", at.end(), speaker.start)
            if at.end() <= behind < at.end() + _TALKS_NAMED and speaker.start <= behind + 4:
                return behind + 2 if not _long_ago(layers, s.start, behind) else None
        return None
    occasion = _OCCASION.match(layers.text, low, s.end)
    if not people or occasion is None or not low <= people[0].start <= occasion.end():
        return None
    if people[0].start > low and people[0].end <= occasion.end():
        return None
    m = _who_met().match(layers.text, people[0].end, s.end)
    return None if m is None or _of_a_day(layers, s.start, m.start()) else m.end()


def _met_as_told(
    layers: Layers,
    s: Sentence,
    of_whom: list[PersonMention],
    last: Meeting,
    people: list[PersonMention],
) -> int | None:
    """Where the words end that say, right behind who met whom, who else met whom."""
    if len(of_whom) < 2 or of_whom[0].start != s.start:
        return None
    named = {p.name for p in people if last.start <= p.start < last.end}
    if of_whom[-1].name in named:
        return None
    m = _who_met().match(layers.text, of_whom[0].end, s.end)
    return m.end() if m is not None else None


_TALKS_NAMED = 170
"""Code points behind "tại buổi tiếp" in which a sentence says of whom, where and when."""


def _had_talks(layers: Layers, s: Sentence) -> int | None:
    """Where the words end by which a sentence says that talks were held, not on which day."""
    m = _had_met().search(layers.text, s.start, s.end)
    if (
        m is None
        or _ON_A_VISIT.match(layers.text, head_of(layers.text, s))
        or is_background(layers, s)
        or (" các " in m[0] and s not in lead(layers)[:1])
        or _ASKED.search(layers.text, s.start, m.start())
        or is_to_come(layers, s.start, m.start())
        or (
            _of_a_day(layers, s.start, s.end)
            and not (
                m[0].startswith("khi") or (m["said"] and not _long_ago(layers, s.start, s.end))
            )
        )
    ):
        return None
    return m.end()


_ASKED = regex(r"(?<!\w)(?:[Pp]hóng viên|PV|[Tt]òa soạn|[Tt]oà soạn|[Nn]hà báo)(?!\w)")
"""Whoever talks with a reporter is interviewed."""
_AFTER_THE_WELCOME = regex(
    r"Sau (?:khi kết thúc )?lễ đón[^,;.]{0,30}, [^;.]{3,90} (?:đã )?tiến hành hội đàm"
)
_ON_A_VISIT = regex(
    r"(?:Trong|Nhân|Kết thúc)(?: khuôn khổ| dịp)? (?:chuyến|thời gian|những|năm|dịp)"
)
"""How a sentence begins that tells a visit, or a time, with the talks in it."""


def _today(layers: Layers, start: int, end: int) -> Time | None:
    """The day a text was published, where it says "hôm nay" or "chiều nay"; None otherwise."""
    today, published = _TODAY.search(layers.text, start, end), layers.document.published
    if today is None or published is None or len(published) < len("2025-01-01"):
        return None
    year, month, day = map(int, published[:10].split("-"))
    return Time(*today.span(), "date", year, month, day, inferred=True)


_TODAY = regex(r"(?:[Hh]ôm|[Ss]áng|[Tt]rưa|[Cc]hiều|[Tt]ối) nay(?!\w)(?!,? \(?(?:ngày )?\d)")


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
    if _head().fullmatch(text, s.start, day.start()) is not None:
        speaks = any(day.end() <= p.start <= day.end() + 2 for p in people)
        return day.end() if speaks else None
    m = _who_met().match(text, day.end(), s.end)
    if m is None or people[0].start >= day.start() or day.start() - people[0].end > _BESIDE:
        return None
    return m.end()


@cache
def _head() -> re.Pattern[str]:
    return regex(rf"{_talks()} [^,;.]*", re.IGNORECASE)


_FRONT = 120
"""Code points from the head of a sentence in which it says that it was the same day."""
