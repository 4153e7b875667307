"""The period a figure is for: said beside it, before it in its sentence, or by the frame around."""

import re
from dataclasses import dataclass
from functools import cache

from vanban.data import load
from vanban.patterns import alternation
from vanban.readers.figures.bases import is_base
from vanban.readers.figures.mention import Mention, said, words_of
from vanban.records import Compares, Role
from vanban.scan import Scan
from vanban.sentences import Sentence
from vanban.values.times import PERIODS, Time, iso

__all__ = ["Frame", "find_period", "occasion"]

_OPENING = 8
"""Sentences from the top in which a text says what it reports on."""
_MOST_BEHIND = 75
"""Code points between a figure and a period behind it that is its own."""
_AVERAGE_REACH = 60


@cache
def _aside() -> re.Pattern[str]:
    return re.compile(rf"(?i:{words_of('aside')}) *$")


@cache
def _horizon() -> re.Pattern[str]:
    return re.compile(rf"(?i:{words_of('horizon')})[^,;.]*$")


@dataclass
class Frame:
    """The period that holds where a sentence names none.

    Args:
        occasion: month of the meeting or the visit the text reports, "YYYY-MM".
        heading: period of the heading above.
        aims: whether the heading above says that figures are aimed at.
        running: period of the sentence before.
    """

    occasion: str | None
    heading: str | None = None
    running: str | None = None
    aims: bool = False

    def take_heading(self, scan: Scan, start: int, end: int) -> None:
        """A heading, or a lead-in that ends in a colon, says when and what follows it."""
        if scan.words.has(said("aims"), start, end):
            self.aims = True
        elif scan.words.has(said("results"), start, end):
            self.aims = False
        times = [t for t in scan.times_between(start, end) if t.kind in PERIODS]
        if times:
            self.heading = self.running = iso(times[-1])

    def take_sentence(self, scan: Scan, sentence: Sentence) -> None:
        """A sentence that opens with a period dates itself and what follows."""
        if _preamble().match(scan.text, sentence.start):
            return
        for time in scan.times_between(sentence.start, sentence.end):
            if time.kind not in PERIODS or is_base(scan, time):
                continue
            if (
                time.year is not None
                and scan.year is not None
                and time.year < scan.year - _LONG_AGO
            ):
                continue
            before = scan.text[max(sentence.start, time.start - _BEFORE) : time.start]
            if _aside().search(before) or _horizon().search(before):
                continue
            if (value := iso(time)) is not None:
                self.running = value
                return


_LONG_AGO = 5
"""Years back that no report is about: "Công ước ... năm 1982"."""


@cache
def _preamble() -> re.Pattern[str]:
    return re.compile(rf"(?:{words_of('preambles')})(?!\w)")


_BEFORE = 300
"""Code points of a sentence before a time that say whether it is a horizon."""


@cache
def _visits() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{alternation(load('events')['occasions'])})(?!\w)")


def occasion(scan: Scan) -> str | None:
    """Month of the meeting or the visit the text reports, "YYYY-MM"; None if it does not say."""
    if scan.meeting is not None and scan.meeting.day is not None:
        return scan.meeting.day[:7]
    for sentence in scan.sentences[:_OPENING]:
        if _visits().search(scan.text, sentence.start, sentence.end):
            for time in scan.times_between(sentence.start, sentence.end):
                if time.kind == "date" and (value := iso(time)) is not None:
                    return value[:7]
    return None


def find_period(
    m: Mention, *, role: Role, compares: Compares | None, measure: str, frame: Frame
) -> tuple[str | None, bool]:
    """The period in the schema's notation, and whether it was taken from around the sentence.

    Source: `data/figures.yml`.
    Args:
        role, compares: as `find_role` gives them.
        measure: as `find_measure` gives it.
        frame: what holds where the sentence says nothing; a period said here holds on.
    """
    q, previous = m.q, m.previous
    attends = q.unit in ("count", "people") and m.says("attendance", m.sentence.start, q.start)
    if measure == "endpoints" or attends:
        return frame.occasion, True
    if (compares is not None and compares.kind == "cumulative") or measure == "diaspora":
        return None, False
    if (
        compares is not None
        and compares.kind == "yoy"
        and not m.is_relative
        and previous is not None
    ):
        # "cùng kỳ năm 2024: 87": the same part of the base year.
        return _of_base(previous.period, compares.base), previous.period_inferred
    if role == "comparison" and previous is not None and (m.is_relative or compares is None):
        return previous.period, previous.period_inferred
    of_the_occasion = measure in load("figures")["of_the_occasion"] and frame.occasion is not None
    if of_the_occasion and m.says("on_the_occasion", m.sentence.start, q.start):
        return frame.occasion, True
    said = _behind(m) or _ahead(m)
    if said is not None:
        if role == "actual" and said.kind in PERIODS and not _is_aside(m, said, frame.running):
            frame.running = iso(said)
        return iso(said), said.inferred
    if _is_average(m):
        return None, False
    if previous is not None and previous.period is not None:
        return previous.period, previous.period_inferred
    if frame.running is None and of_the_occasion:
        return frame.occasion, True
    period = frame.running or frame.heading
    return period, period is not None


def _of_base(period: str | None, base: str | None) -> str | None:
    """The same part of another year: "2025-H1" of base "2024" is "2024-H1"; the base alone else."""
    if base is None:
        return None
    return re.sub(r"\d{4}", base, period) if period is not None and "/" not in period else base


_RIENG = re.compile(r"(?i)riêng[\s\w]*$")


def _is_aside(m: Mention, time: Time, running: str | None) -> bool:
    """Whether a period holds for one figure alone: "riêng tháng 6", "cả năm 2024 là 59" in 2025."""
    low = max(m.sentence.start, time.start - 8)
    if _RIENG.search(m.text[low : time.start]) is not None:
        return True
    year = m.scan.year
    past = year is not None and time.year is not None and time.year < year
    return past and running is not None and running.startswith(str(year))


def _is_average(m: Mention) -> bool:
    """Whether the figure is a mean over years: "bình quân", "/năm"."""
    start, end = max(m.sentence.start, m.q.start - _AVERAGE_REACH), m.q.end + 12
    words = m.text[start:end].lower()
    return m.says("average", start, end) or "/năm" in words or _OVER_YEARS.search(words) is not None


_OVER_YEARS = re.compile(r"\d+ năm (?:qua|gần đây|trở lại đây)")


_CLOSED = re.compile(r"[;,()]")


@cache
def _of_another() -> re.Pattern[str]:
    return re.compile(rf"(?:{words_of('period_of_another')}) *$")


def _behind(m: Mention) -> Time | None:
    """A period right behind the figure, with nothing between that closes the claim."""
    for time in m.scan.times_between(m.q.end, min(m.stop, m.q.end + _REACH_BEHIND)):
        gap = m.text[m.q.end : time.start]
        if time.kind not in PERIODS and time.kind != "range":
            return None
        if _CLOSED.search(gap) or is_base(m.scan, time):
            return None
        if len(gap) < _MOST_BEHIND and not _of_another().search(gap):
            return time
    return None


_REACH_BEHIND = 2000


def _ahead(m: Mention) -> Time | None:
    """The last period before the figure in its sentence, but those in closed brackets."""
    found = None
    for time in m.times_before:
        if (time.kind not in PERIODS and time.kind != "range") or is_base(m.scan, time):
            continue
        if found is not None and time.kind == "range":
            continue
        if not _in_closed_brackets(m, time):
            found = time
    return found


def _in_closed_brackets(m: Mention, time: Time) -> bool:
    """Whether brackets around a time close before the figure."""
    start, text = m.sentence.start, m.text
    if text.find(")", time.end, m.q.start) < 0:
        return False
    return text.rfind("(", start, time.start) > text.rfind(")", start, time.start)
