"""The meetings a text reports on: date, who chaired, in which mode, how many remote points."""

import re
from functools import cache
from itertools import zip_longest
from typing import Literal

from vanban.data import load
from vanban.meetings.days import day_of_meeting
from vanban.meetings.meeting import Meeting, occasion_of, words_of_meetings
from vanban.patterns import Cue, alternation, cue, regex
from vanban.persons.mentions import PersonMention
from vanban.records import Event
from vanban.scan import Scan

__all__ = ["read_events"]

_MOST_TO_CHAIR = 160
"""Code points between a name and "chủ trì" for the one to be the subject of the other."""


def read_events(scan: Scan) -> list[Event]:
    """The meetings the text reports as its subject; background meetings are left out.

    The year is taken as said, or as the document fixes it (`date_inferred`); the chair only where
    somebody "chủ trì"; hybrid only where both "trực tiếp" and "trực tuyến" are said.

    Source: `data/events.yml`.
    """
    meetings = scan.meetings
    ends = [m.index for m in meetings[1:]]
    return [
        _record(scan, meeting, until, further=n > 0)
        for n, (meeting, until) in enumerate(zip_longest(meetings, ends))
    ]


def _record(scan: Scan, meeting: Meeting, until: int | None, *, further: bool) -> Event:
    """One meeting, with what the sentences before index `until` say of it."""
    until = len(scan.sentences) if until is None else until
    dated = meeting.time is not None
    rule = "undated"
    if dated:
        rule = "met" if meeting.met else "further" if further else "lead"
    return Event(
        anchor=scan.document.anchor(meeting.start, _end(scan, meeting)),
        rule=f"event.{rule}",
        confidence={"lead": 0.92, "further": 0.8, "met": 0.75, "undated": 0.6}[rule],
        date=day_of_meeting(scan, meeting),
        date_inferred=meeting.time is not None and meeting.time.inferred,
        chair=_chair(scan, meeting, until, further=further),
        mode=_mode(scan, meeting, until, further=further or meeting.met > 0),
        endpoints=_endpoints(scan, meeting, until, further=further),
    )


def _end(scan: Scan, meeting: Meeting) -> int:
    """Where the words end that say what was held, and that it was."""
    if meeting.met:
        whom = scan.people_between(meeting.start, meeting.met)[-1:]
        return _name_ends(scan, meeting, max(meeting.met, *(p.end for p in whom), 0))
    named = words_of_meetings("meetings")
    ends = []
    lows = [meeting.start]
    if meeting.time is not None and meeting.start <= meeting.time.end < meeting.end:
        lows.append(meeting.time.end)
    if (occasion := occasion_of(scan.text, meeting.start, meeting.end)) is not None:
        lows.append(occasion[1])
    for low in sorted(lows):
        # What is named before the day is the occasion, if something is named behind it too.
        found = [
            scan.words.find(cue, low, meeting.end) for cue in (named, words_of_meetings("held"))
        ]
        ends.append([m.end() if m else 0 for m in found])
    last = next((found for found in reversed(ends) if all(found)), ends[0])
    if occasion is not None and occasion[0] < last[0] <= occasion[1] and ends[-1][0]:
        last = ends[-1]
    if not any(last):
        return meeting.end
    return _name_ends(scan, meeting, max(last))


def _name_ends(scan: Scan, meeting: Meeting, at: int) -> int:
    """Where the name ends that stands at an offset, of a meeting or of whom somebody met."""
    stop = _NAME_ENDS.search(scan.text, max(at, meeting.start + _SHORTEST), meeting.end)
    end = stop.start() if stop is not None else meeting.end
    return end if end - at <= _LONGEST_TAIL or at - meeting.start < _SHORTEST else at


_SHORTEST = 20
"""Code points of what is quoted of a meeting; what is shorter goes on to where the name ends."""
_LONGEST_TAIL = 90
"""Code points from the word for a meeting to the comma behind its name that are quoted too."""
_NAME_ENDS = regex(r"[,;:|\n]| [(–-]|(?<!TP)(?<!TS)(?<!GS)(?<!ThS)(?<!Q)(?<!P)\.(?!\w)")


# Who chaired


_OF_ANOTHER = regex(r"^(?:[^.;]|\.(?=\w)){0,90}(?:và|cùng|,)(?:[^.;]|\.(?=\w))*$")
_OFFICE_ALONE = regex(
    r"((?:Phó )?Thủ tướng|(?:Bộ|Thứ) trưởng(?: Bộ [\w, ]{3,50}?)?"
    r"|(?:Phó )?Chủ tịch UBND (?:tỉnh|thành phố))(?: Việt Nam)?"
    r"(?: (?:đã|trực tiếp|tham dự và|dự và|sẽ))* *$"
)


_AND = regex(r" (?:và|cùng)(?: ông| bà| đồng chí)? *$")
_AND_ALONE = regex(r" (?:và|đã cùng|cùng)(?: ông| bà| đồng chí| các đồng chí)? *")
_WITH = regex(r"[^.;:]{0,80}, (?:đã )?cùng(?: với)?(?: ông| bà| đồng chí)? *")
_UNDER = regex(r"(?:[Dd]ưới|[Vv]ới) sự +$")
_BY_WHOM = regex(r" (?:của )?(?:(?:hai )?(?:đồng )?Chủ tịch(?: [^:;.]{2,70})?: *)?")
"""What stands between "dưới sự chủ trì" and who chairs: "của hai đồng Chủ tịch: A và B"."""
_NOT_THE_MEETING = regex(
    r"(?<!ưới sự chủ trì)(?<!ưới sự đồng chủ trì)(?<!ới sự chủ trì)(?<!ới sự đồng chủ trì)"
    r" +(?:của|, *phối hợp)"
)


def _chair(scan: Scan, meeting: Meeting, until: int, *, further: bool) -> str | None:
    """Who chaired, by name; two names joined with "; "."""
    if meeting.met:
        # Who receives a guest chairs nothing, unless it is said of the one meeting there is.
        return _chaired_it(scan) if len(scan.meetings) == 1 else None
    spans = [(meeting.start, meeting.end)]
    following = scan.sentences[meeting.index + 1 : min(meeting.index + 4, until)]
    spans += [(s.start, s.end) for s in following]
    if not further:
        above = scan.sentences[: max(meeting.index, 0)]
        spans += [(s.start, s.end) for s in above if s.heading]
    for start, end in spans:
        for m in scan.words.find_all(words_of_meetings("chaired"), start, end):
            if _NOT_THE_MEETING.match(scan.text, m.end(), end):
                continue
            if start > meeting.start and scan.words.has(
                words_of_meetings("points"), start, m.start()
            ):
                continue
            if (chair := _chair_by(scan, m, start, end)) is not None:
                return "; ".join([chair, *_beside(scan, chair, spans)])
    return None if further or until < len(scan.sentences) else _chaired_it(scan)


def _beside(scan: Scan, chair: str, spans: list[tuple[int, int]]) -> list[str]:
    """Who chaired beside who is told to have, in a sentence of his own: "Đồng chủ trì có ông B"."""
    for start, end in spans[1:]:
        m = _BESIDE.match(scan.text, start, end)
        if m is not None and (others := _named_behind(scan, m.end(), end)) is not None:
            return [name for name in others.split("; ") if name not in chair.split("; ")]
    return []


_BESIDE = regex(r"(?:Cùng đ|Đ)ồng chủ trì|Cùng chủ trì")


def _chair_by(scan: Scan, m: re.Match[str], start: int, end: int) -> str | None:
    """Who did what a "chủ trì" says, by name, as the sentence at `[start, end)` has it."""
    if _UNDER.search(scan.text, start, m.start()) and (
        led := _led_by(scan, m.end(), end, together="đồng" in m[0])
    ):
        return led
    if (behind := _named_behind(scan, m.end(), end)) is not None:
        return behind
    people = scan.people_between(start, m.start())
    if people:
        gap = scan.text[people[-1].end : m.start()]
        if len(gap) > _MOST_TO_CHAIR or _STOP.search(gap):
            return None
        together = "đồng" in m[0] or scan.text.endswith("cùng ", start, m.start())
        if len(people) > 1 and (several := _SEVERAL.search(scan.text, start, m.start())):
            stop = _STOP if several[1] is None else _FULL_STOP
            return "; ".join(dict.fromkeys(_all_in_a_row(scan, people, stop)))
        if _COMRADES.search(scan.text, start, people[0].start):
            return "; ".join(dict.fromkeys(p.name for p in people))
        return "; ".join(dict.fromkeys(_chairs(scan, people, together=together)))
    titled = _OFFICE_ALONE.search(scan.text[start : m.start()])
    if titled is not None:
        return _holder(scan, titled[1])
    if m.start() > start + _FRONT or scan.words.has(words_of_meetings("chaired"), m.end(), end):
        return None
    return _does_then(scan, m.end(), end, together="đồng" in m[0])


_STOP = regex(r";|\.(?!\w)")
"""What ends what is said of a person; the stop inside "TP.HCM" does not."""
_COMRADES = regex(r"(?<!\w)Các (?:(?:đồng chí|ông|bà):? )?$|, các (?:(?:đồng chí|ông|bà):? )?$")
_FRONT = 90
"""Code points from the head of a sentence in which it says what somebody chairs who then speaks."""


def _does_then(scan: Scan, at: int, end: int, *, together: bool) -> str | None:
    """Who speaks behind what they chair: "Chiều 5/6, chủ trì phiên họp ..., Thủ tướng A ..."."""
    if not scan.words.has(words_of_meetings("meetings"), at, min(end, at + _BEFORE_ITS_NAME)):
        return None
    for person in scan.people_between(at, end):
        between = scan.text[at : person.start]
        if not between.endswith(", ") or ";" in between or len(between) > _LONGEST_NAME:
            return None
        led = [person]
        if together:
            led += [
                p
                for p in scan.people_between(person.end, end)[:1]
                if _AND.match(scan.text, person.end, p.start)
            ]
        return "; ".join(p.name for p in led)
    return None


_BEFORE_ITS_NAME = 25
_LONGEST_NAME = 330
"""Code points of a meeting's name, with how and where it was held."""
_IT = regex(
    r" (?:và (?:phát biểu|kết luận) (?:tại )?)?(?:cuộc họp|phiên họp|buổi họp|kỳ họp|hội nghị"
    r"|hội thảo|tọa đàm|toạ đàm|diễn đàn|buổi làm việc)"
    r"(?: *(?:[.,;|\n]|$)| (?:trực tuyến|trên)(?!\w))",
    re.IGNORECASE,
)


def _chaired_it(scan: Scan) -> str | None:
    """Who is said anywhere, a caption included, to have chaired "cuộc họp", the one there is."""
    for m in scan.words.find_all(words_of_meetings("chaired"), 0, len(scan.text)):
        if _IT.match(scan.text, m.end()) is None and not (
            _NAMED_IT.match(scan.text, m.end()) and _in_a_caption(scan, m.start())
        ):
            continue
        low = scan.text.rfind("\n", 0, m.start()) + 1
        low = max(low, scan.text.rfind(". ", 0, m.start()) + 1, m.start() - _MOST_TO_CHAIR)
        people = scan.people_between(low, m.start())
        if people and _DOES.fullmatch(scan.text, people[-1].end, m.start()):
            return people[-1].name
    return None


def _in_a_caption(scan: Scan, at: int) -> bool:
    return any(b.start <= at < b.end for b in scan.document.blocks if b.kind == "caption")


_NAMED_IT = regex(r" (?:cuộc họp|phiên họp|buổi họp|họp|kỳ họp|[Hh]ội nghị|buổi làm việc)(?!\w)")
_DOES = regex(r"(?: (?:đã|trực tiếp|sẽ|dự và|tham dự và|dự,|tham dự,))* ")


_SEVERAL = regex(r"(?<!\w)(?:[Cc]ác đồng chí|[Cc]ác ông|cùng các|và các|[Hh]ai|[Bb]a)(:)? ")
_FULL_STOP = regex(r"\.(?!\w)")
"""What ends a row that a colon opens: "các đồng chí: A, Chủ tịch ...; B, Phó Chủ tịch ..."."""


def _all_in_a_row(scan: Scan, people: list[PersonMention], stop: re.Pattern[str]) -> list[str]:
    """The last persons of a row of several: "A cùng các Phó Chủ tịch B, C".

    Args:
        stop: what ends the row where it stands between two of them.
    """
    row = [people[-1]]
    for person in reversed(people[:-1]):
        gap = scan.text[person.end : row[-1].start]
        if len(gap) > _MOST_TO_CHAIR or stop.search(gap) or " dự " in gap:
            break
        row.append(person)
    return [person.name for person in reversed(row)]


def _led_by(scan: Scan, at: int, end: int, *, together: bool) -> str | None:
    """Who chaired, behind "dưới sự chủ trì"; None if nobody is named there."""
    lead = _BY_WHOM.match(scan.text, at, end)
    if lead is None:
        return None
    led = scan.people_between(at, lead.end() + 4)[:1]
    if led and (others := _AND_OTHERS.search(scan.text, led[0].end, end)):
        for person in scan.people_between(others.start(), end):
            gap = (led[-1].end, person.start)
            if scan.words.has(words_of_meetings("meetings"), *gap) or gap[1] - gap[0] > _ROW:
                break
            led.append(person)
    elif led:
        led += [
            p
            for p in scan.people_between(led[0].end, end)[:1]
            if ((together or lead[0].endswith(": ")) and _AND.match(scan.text, led[0].end, p.start))
            or (together and _AND_HOLDER.fullmatch(scan.text, led[0].end, p.start))
            or _AND_BESIDE.fullmatch(scan.text, led[0].end, p.start)
        ]
    return "; ".join(p.name for p in led) or None


_AND_BESIDE = regex(r"(?:(?:,| -| –)[^;.]{3,90})? và(?: [Nn]gài| ông| bà)? ?")
"""Between two who chair, with the office of the first: "A, Bộ trưởng ..., và ông B"."""
_AND_HOLDER = regex(r"[^;.:]{0,90} và [^;.:]{2,110}")
"""Between two who chair together, with the offices of both."""
_AND_OTHERS = regex(r" (?:và|cùng) (?:các|hai) (?:đồng chí|ông|bà):? ")
_ROW = 120
"""Code points between two of a row of persons, with the offices of the one."""
_CHAIRS_ARE = regex(
    r"(?: (?:kỳ|hội|phiên|cuộc|tọa|toạ|diễn|buổi|vòng)(?: \w+){1,3}?)?"
    r"(?: (?:có|là|gồm|gồm có))?:? ",
    re.IGNORECASE,
)
_AS_CHAIR = regex(r"(?: (?:và )?(?:phát biểu|kết luận)[^,;.]{0,40})?, (?=\w)")
_SAID_SO = regex(r" (?:có|là|gồm|gồm có):? $|: $")


def _named_behind(scan: Scan, at: int, end: int) -> str | None:
    """Who chaired, where they are listed: "Đồng chủ trì kỳ họp có A và B"."""
    if (goes_on := _AS_CHAIR.match(scan.text, at, end)) is not None:
        # "Chủ trì cuộc họp, Phó Thủ tướng A nêu rõ ..."
        speaking = scan.people_between(goes_on.end(), goes_on.end() + 4)[:1]
        return speaking[0].name if speaking else None
    lead = _CHAIRS_ARE.match(scan.text, at, end)
    if lead is None or _SAID_SO.search(lead[0]) is None:
        return None
    people = scan.people_between(lead.end(), end)
    if not people or people[0].start > lead.end() + _MOST_BETWEEN:
        return None
    row = people[:1]
    for person in people[1:]:
        gap = scan.text[row[-1].end : person.start]
        if len(gap) > _ROW or _ATTENDS.search(gap):
            break
        row.append(person)
    return "; ".join(dict.fromkeys(p.name for p in row))


_ATTENDS = regex(r"(?<!\w)(?:[Dd]ự|[Tt]ham (?:dự|gia)|[Cc]ùng|với|[Tt]hành phần)(?!\w)|\.(?!\w)")
"""Whoever is told behind this attends and does not chair."""
_MOST_BETWEEN = 30


def _chairs(scan: Scan, people: list[PersonMention], *, together: bool) -> list[str]:
    """The person who chaired, and those named beside them if several did."""
    led = [people[-1]]
    for other in reversed(people[:-1]):
        apart = (other.end, led[0].start)
        if not (
            (together and len(led) == 1 and _OF_ANOTHER.search(scan.text[slice(*apart)]))
            or _AND_ALONE.fullmatch(scan.text, *apart)
            or _WITH.fullmatch(scan.text, *apart)
            or _AND_ITS_OFFICE.fullmatch(scan.text, *apart)
        ):
            break
        led.insert(0, other)
    return [person.name for person in led]


_AND_ITS_OFFICE = regex(
    r"(?: \([^()\n]{2,30}\))?(?:(?:,| -| –) (?!và |với |dự |cùng )[^;.:\n]{3,110}?)?"
    r",? (?:và|cùng|đã cùng|cùng với)(?: [Nn]gài| ông| bà| đồng chí)? ?"
)
"""Between two who chair, with the office of the first behind the name."""


def _holder(scan: Scan, office: str) -> str | None:
    """The person the text names with an office; of several, the first if a country has one."""
    held = dict.fromkeys(p.name for p in scan.people if any(t.startswith(office) for t in p.titles))
    return next(iter(held)) if len(held) == 1 or (held and "Thủ tướng" in office) else None


# How it was held


@cache
def _said(name: str) -> Cue:
    return cue(load("events")[name], any_case=True)


def _mode(
    scan: Scan, meeting: Meeting, until: int, *, further: bool
) -> Literal["in_person", "online", "hybrid"] | None:
    """How people met, by what the text says up to a few sentences behind the lead."""
    spans = [(meeting.start, meeting.end)]
    low = meeting.index if further else 0
    reach = meeting.index + 1 if meeting.met else max(meeting.index, 0) + 6
    near = scan.sentences[low : min(reach, until)]
    spans += [(s.start, s.end) for s in near]
    online = any(scan.words.has(_said("online"), start, end) for start, end in spans)
    in_person = any(
        not scan.text.endswith(("đầu tư ", "Đầu tư "), 0, m.start())
        for start, end in spans
        for m in scan.words.find_all(_said("in_person"), start, end)
    )
    if online:
        return "hybrid" if in_person else "online"
    return "in_person" if in_person else None


@cache
def _points() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What stands behind the number of remote points, and what stands before it."""
    data = load("events")
    behind = regex(rf" +(?:{alternation(data['counted_points'])})")
    before = regex(rf"(?:{alternation(data['points'])}) +(?:(?:tại|ở) +)?$")
    return behind, before


def _endpoints(scan: Scan, meeting: Meeting, until: int, *, further: bool) -> int | None:
    """How many points took part from afar, as a sentence near the lead says it."""
    low = max(meeting.index, 0)
    behind, before = _points()
    for s in scan.sentences[low if further else max(low - 1, 0) : min(low + 6, until)]:
        for q in scan.quantities.get(s.index, ()):
            counted = behind.match(scan.text, q.number_end) or before.search(
                scan.text, max(s.start, q.start - 60), q.start
            )
            if counted and scan.words.has(words_of_meetings("connected"), s.start, s.end):
                return int(q.value)
        for q in scan.quantities.get(s.index, ()):
            if _PROVINCES.match(scan.text, q.number_end) and _ONLINE_WITH.search(
                scan.text, max(s.start, q.start - 90), q.start
            ):
                return int(q.value)
    return None


_PROVINCES = regex(r" (?:tỉnh, thành|tỉnh thành|địa phương)(?!\w)")
_ONLINE_WITH = regex(
    r"(?:trực tuyến|kết nối)(?: trực tuyến)? (?:với|tới|đến)"
    r" (?:các )?(?:điểm|đầu) cầu [^.;,()]{3,60} và $"
)
"""Before a number of provinces that are remote points: "với điểm cầu trụ sở X và 21 tỉnh, ..."."""
