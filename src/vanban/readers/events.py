"""The meeting a text reports on: its date, who chaired, in which mode, how many remote points."""

import re
from functools import cache
from typing import Literal

from vanban.data import load
from vanban.meetings import Meeting, words_of_meetings
from vanban.patterns import Cue, alternation, cue
from vanban.persons import PersonMention
from vanban.records import Event
from vanban.scan import Scan

__all__ = ["read_events"]

_MOST_TO_CHAIR = 160
"""Code points between a name and "chủ trì" for the one to be the subject of the other."""


def read_events(scan: Scan) -> list[Event]:
    """The meeting the text reports as its subject, if any; background meetings are left out.

    The year is taken as said, or as the document fixes it (`date_inferred`); the chair only where
    somebody "chủ trì"; hybrid only where both "trực tiếp" and "trực tuyến" are said.

    Source: `data/events.yml`.
    """
    meeting = scan.meeting
    if meeting is None:
        return []
    dated = meeting.time is not None
    return [
        Event(
            anchor=scan.document.anchor(meeting.start, _end(scan, meeting)),
            rule="event.lead" if dated else "event.undated",
            confidence=0.92 if dated else 0.6,
            date=meeting.day,
            date_inferred=meeting.time is not None and meeting.time.inferred,
            chair=_chair(scan, meeting),
            mode=_mode(scan, meeting),
            endpoints=_endpoints(scan, meeting),
        )
    ]


def _end(scan: Scan, meeting: Meeting) -> int:
    """Where the words end that say what was held, and that it was."""
    found = [
        scan.words.find(words_of_meetings(name), meeting.start, meeting.end)
        for name in ("meetings", "held")
    ]
    return max(m.end() if m else meeting.end for m in found)


# Who chaired


_OF_ANOTHER = re.compile(r"^[^.;]{0,90}(?:và|cùng|,)[^.;]*$")
_OFFICE_ALONE = re.compile(r"((?:Phó )?Thủ tướng)[^.,;]{0,20}$")


_AND = re.compile(r" (?:và|cùng)(?: ông| bà| đồng chí)? *$")
_UNDER = re.compile(r"[Dd]ưới sự +$")
_NOT_THE_MEETING = re.compile(
    r"(?<![Dd]ưới sự chủ trì)(?<![Dd]ưới sự đồng chủ trì) +(?:của|, *phối hợp)"
)


def _chair(scan: Scan, meeting: Meeting) -> str | None:
    """Who chaired, by name; two names joined with "; "."""
    spans = [(meeting.start, meeting.end)]
    following = scan.sentences[meeting.index + 1 : meeting.index + 4]
    spans += [(s.start, s.end) for s in following]
    for start, end in spans:
        for m in scan.words.find_all(words_of_meetings("chaired"), start, end):
            if _NOT_THE_MEETING.match(scan.text, m.end(), end):
                continue
            if start != meeting.start and scan.words.has(
                words_of_meetings("points"), start, m.start()
            ):
                continue
            if _UNDER.search(scan.text, start, m.start()) and (
                led := scan.people_between(m.end(), m.end() + 8)
            ):
                led += [
                    p
                    for p in scan.people_between(led[0].end, end)[:1]
                    if "đồng" in m[0] and _AND.match(scan.text, led[0].end, p.start)
                ]
                return "; ".join(p.name for p in led)
            if (behind := _named_behind(scan, m.end(), end)) is not None:
                return behind
            people = scan.people_between(start, m.start())
            if people:
                gap = scan.text[people[-1].end : m.start()]
                if len(gap) > _MOST_TO_CHAIR or "." in gap or ";" in gap:
                    continue
                return "; ".join(dict.fromkeys(_chairs(scan, people, together="đồng" in m[0])))
            titled = _OFFICE_ALONE.search(scan.text[start : m.start()])
            if titled and (holder := _holder(scan, titled[1])):
                return holder
    return None


_CHAIRS_ARE = re.compile(
    r"(?: (?:kỳ họp|hội nghị|phiên họp|cuộc họp|tọa đàm|diễn đàn|hội thảo|buổi làm việc))?"
    r" (?:có|là|gồm|gồm có):? ",
    re.IGNORECASE,
)


def _named_behind(scan: Scan, at: int, end: int) -> str | None:
    """Who chaired, where they are listed: "Đồng chủ trì kỳ họp có A và B"."""
    lead = _CHAIRS_ARE.match(scan.text, at, end)
    if lead is None:
        return None
    people = scan.people_between(lead.end(), end)
    if not people or people[0].start > lead.end() + _MOST_BETWEEN:
        return None
    return "; ".join(dict.fromkeys(p.name for p in people[:2]))


_MOST_BETWEEN = 30


def _chairs(scan: Scan, people: list[PersonMention], *, together: bool) -> list[str]:
    """The person who chaired, and the one named beside them if two did."""
    last = people[-1]
    if together and len(people) > 1:
        other = people[-2]
        if _OF_ANOTHER.search(scan.text[other.end : last.name_start]):
            return [other.name, last.name]
    return [last.name]


def _holder(scan: Scan, office: str) -> str | None:
    """The first person the text names with an office."""
    return next((p.name for p in scan.people if any(t.startswith(office) for t in p.titles)), None)


# How it was held


@cache
def _said(name: str) -> Cue:
    return cue(load("events")[name], any_case=True)


def _mode(scan: Scan, meeting: Meeting) -> Literal["in_person", "online", "hybrid"] | None:
    """How people met, by what the text says up to a few sentences behind the lead."""
    spans = [(meeting.start, meeting.end)]
    spans += [(s.start, s.end) for s in scan.sentences[: max(meeting.index, 0) + 6]]
    online, in_person = (
        any(scan.words.has(_said(name), start, end) for start, end in spans)
        for name in ("online", "in_person")
    )
    if online:
        return "hybrid" if in_person else "online"
    return "in_person" if in_person else None


@cache
def _points() -> tuple[re.Pattern[str], re.Pattern[str]]:
    data = load("events")
    behind = re.compile(rf" +(?:{alternation(data['counted_points'])})")
    before = re.compile(rf"(?:{alternation(data['points'])}) +(?:(?:tại|ở) +)?$")
    return behind, before


def _endpoints(scan: Scan, meeting: Meeting) -> int | None:
    """How many points took part from afar, as a sentence near the lead says it."""
    low = max(meeting.index, 0)
    behind, before = _points()
    for s in scan.sentences[max(low - 1, 0) : low + 6]:
        for q in scan.quantities.get(s.index, ()):
            counted = behind.match(scan.text, q.number_end) or before.search(
                scan.text, max(s.start, q.start - 60), q.start
            )
            if counted and scan.words.has(words_of_meetings("connected"), s.start, s.end):
                return int(q.value)
    return None
