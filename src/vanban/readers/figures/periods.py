"""The period a figure is for: said beside it, before it in its sentence, or by the frame around."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from vanban.data import load
from vanban.patterns import alternation
from vanban.readers.figures.bases import is_base
from vanban.readers.figures.mention import Mention, said, words_of
from vanban.readers.figures.roles import is_base_value
from vanban.records import Compares, Role
from vanban.scan import Scan
from vanban.sentences import Sentence
from vanban.values.times import PERIODS, Time, iso

__all__ = ["Frame", "Period", "find_period", "occasion", "own_period"]

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
        running: period of the sentence before; `wide`: the last one that is no part of another.
        title: the first period a heading names.
        set_in: the block whose sentence set `running`.
    """

    occasion: str | None
    heading: str | None = None
    running: str | None = None
    aims: bool = False
    title: str | None = None
    wide: str | None = None
    set_in: int = -1

    def begin_block(self) -> None:
        """A paragraph or an item goes back from a part of the period to the whole of it."""
        if self.aims and self.heading is not None:
            # When one aim is due says nothing of the next.
            self.running = self.heading
        elif self.wide is not None and _is_part(self.running, self.wide):
            self.running = self.wide

    def take_heading(self, scan: Scan, start: int, end: int) -> None:
        """A heading, or a lead-in that ends in a colon, says when and what follows it."""
        if scan.words.has(said("aims"), start, end):
            self.aims = True
        elif scan.words.has(said("results"), start, end):
            self.aims = False
        times = [
            t
            for t in scan.times_between(start, end)
            if t.kind in PERIODS and scan.text[t.start : t.end].lower() != "cả năm"
        ]
        if times:
            self.heading = self.running = self.wide = iso(times[-1])
            self.title = self.title or self.heading
        elif self.aims and (_is_past(scan, self.running) or _is_before(self.running, self.title)):
            # What is aimed at is not for the year whose results stood above.
            ahead = None if _is_past(scan, self.title) else self.title
            self.heading = self.running = self.wide = ahead

    def _take_title(self, scan: Scan, sentence: Sentence) -> None:
        """A short line without a stop near the top may be the title, and name the year."""
        block = scan.document.blocks[sentence.block]
        if block.end - block.start > _LONGEST_TITLE or scan.text[block.end - 1] in ".;:,":
            return
        years = [t for t in scan.times_between(block.start, block.end) if t.kind in PERIODS]
        self.title = iso(years[-1]) if years else None

    def take_sentence(self, scan: Scan, sentence: Sentence) -> None:
        """A sentence that opens with a period dates itself and what follows."""
        if _preamble().match(scan.text, sentence.start):
            return
        if self.title is None and sentence.index < _TITLES:
            self._take_title(scan, sentence)
        for time in scan.times_between(sentence.start, sentence.end):
            if time.kind == "date" and (so_far := _year_so_far(scan, sentence, time)):
                self.running, self.set_in = so_far, sentence.block
                return
            season = time.kind == "range" and time.start - sentence.start < _AT_HEAD
            if not (season or time.kind in PERIODS) or is_base(scan, time):
                continue
            if time.year is not None and scan.year is not None:
                if time.year < scan.year - _LONG_AGO:
                    continue
                if time.year > scan.year and time.start - sentence.start > _FRONT:
                    # "... nối lại đường bay trong năm 2027" dates nothing that follows.
                    continue
            before = scan.text[max(sentence.start, time.start - _BEFORE) : time.start]
            if _aside().search(before) or _horizon().search(before):
                continue
            if scan.words.has(said("orders"), sentence.start, time.start):
                continue
            if _is_of_before(scan, sentence, time, self.running):
                continue
            if (
                time.kind in ("month", "quarter")
                and time.start - sentence.start > _FRONT
                and sentence.index not in scan.quantities
                and self.running is not None
            ):
                # When something happened dates no figure of the next sentence.
                continue
            if (value := iso(time)) is not None:
                self.running, self.set_in = value, sentence.block
                if not _is_part(value, self.wide):
                    self.wide = value
                return


def _is_of_before(scan: Scan, sentence: Sentence, time: Time, running: str | None) -> bool:
    """Whether a sentence only looks back by a time, and goes on with the year it is about."""
    if running is None or scan.year is None or time.year is None or time.year >= scan.year:
        return False
    return time.start - sentence.start > _FRONT and running.startswith(str(scan.year))


_UP_TO = re.compile(r"(?:[Tt]ính|[Tt]ừ đầu năm(?: \d{4}| nay)?) (?:đến|tới)(?: hết)?(?: ngày)? *$")


def _year_so_far(scan: Scan, sentence: Sentence, time: Time) -> str | None:
    """The months of a year up to a day, where growth is told: "tính đến 31/8/2025 ... tăng 27%"."""
    if time.year is None or time.month is None:
        return None
    before = scan.text[max(sentence.start, time.start - 30) : time.start]
    if _UP_TO.search(before) is None:
        return None
    if scan.text.find("so với cùng kỳ", time.end, sentence.end) < 0:
        return None
    return _up_to_month(time.year, time.month)


_PARTS = {3: "Q1", 6: "H1"}
_LAST_MONTH = 12


def _up_to_month(year: int, month: int) -> str:
    """The months of a year up to one, in the schema's notation."""
    if month == _LAST_MONTH:
        return str(year)
    return f"{year}-{_PARTS[month]}" if month in _PARTS else f"{year}-01/{year}-{month:02d}"


def _is_past(scan: Scan, period: str | None) -> bool:
    """Whether a period ends before the year of the text, or there is none."""
    return period is None or (scan.year is not None and int(period.split("/")[-1][:4]) < scan.year)


def _is_before(period: str | None, other: str | None) -> bool:
    return period is not None and other is not None and period[:4] < other[:4]


def _is_part(period: str | None, whole: str | None) -> bool:
    """Whether a quarter or a month lies in a longer period of its year: "2025-Q3" in "2025-H2"."""
    if period is None or whole is None or period == whole or "/" in period:
        return False
    if period[:4] != whole[:4] or len(period) < len("2025-Q1"):
        return False
    one, other = _months(period), _months(whole)
    return one[1] - one[0] < other[1] - other[0] and other[0] <= one[0] and one[1] <= other[1]


def _months(period: str) -> tuple[int, int]:
    """First and last month of a period within one year."""
    first = period.split("/")[0]
    rest, last = first[5:], period.split("/")[-1][5:]
    if rest.startswith("Q"):
        return 3 * int(rest[1]) - 2, 3 * int(rest[1])
    if rest.startswith("H"):
        return 6 * int(rest[1]) - 5, 6 * int(rest[1])
    if not rest:
        return 1, 12
    return int(rest), int(last[:2] or 12)


_AT_HEAD = 10
_TITLES = 12
"""Sentences from the top in which a title stands."""
_LONGEST_TITLE = 240
_FRONT = 40
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


From = Literal[
    "behind", "said", "sentence", "occasion", "frame", "heading", "mean", "nowhere", "previous"
]
"""Where a period is from, the surest first; "mean" and a stock have none, "nowhere" is unknown."""


@dataclass(frozen=True, slots=True)
class Period:
    """The period of a figure.

    Args:
        value: in the schema's notation; None if there is none, or none is known.
        inferred: whether it was taken from around the sentence, or its year from the document.
        source: where it is from, by which a reading is believed more or less.
    """

    value: str | None
    inferred: bool
    source: From


def find_period(
    m: Mention, *, role: Role, compares: Compares | None, measure: str, frame: Frame
) -> Period:
    """The period a figure is for.

    Source: `data/figures.yml`.
    Args:
        role, compares: as `find_role` gives them.
        measure: as `find_measure` gives it.
        frame: what holds where the sentence says nothing; a period said here holds on.
    """
    q, previous = m.q, m.previous
    attends = q.unit in ("count", "people") and (
        m.says("attendance", m.sentence.start, q.start)
        or m.text[q.number_end : q.end].strip() == "đại biểu"
        or (
            frame.occasion is not None
            and _ATTENDED.match(m.text, q.number_end, m.sentence.end) is not None
        )
    )
    if measure == "endpoints" or attends:
        return Period(frame.occasion, True, "occasion")
    if (compares is not None and compares.kind == "cumulative") or measure == "diaspora":
        return Period(None, False, "mean")
    if (
        compares is not None
        and compares.kind == "yoy"
        and not m.is_relative
        and (now := previous or m.earlier) is not None
        and is_base_value(m)
    ):
        # "cùng kỳ năm 2024: 87": the same part of the base year.
        base = _of_base(now.period, compares.base)
        return Period(base, now.period_inferred, "previous")
    differs = m.is_relative or compares is None or compares.kind == "yoy"
    if role == "comparison" and previous is not None and differs and own_period(m) is None:
        return Period(previous.period, previous.period_inferred, "previous")
    if (aimed := _of_the_year(m, role)) is not None:
        return aimed
    of_the_occasion = measure in load("figures")["of_the_occasion"] and frame.occasion is not None
    there = measure in _TEXTS and _HERE.match(m.text, m.sentence.start) is not None
    then = m.says("on_the_occasion", m.sentence.start, q.start) and not _MANY_TIMES.search(
        m.text, m.sentence.start, q.start
    )
    if of_the_occasion and (there or then):
        return Period(frame.occasion, True, "occasion")
    if (up_to := _up_to_a_day(m)) is not None and role == "actual":
        frame.running = up_to
        return Period(up_to, False, "said")
    if (again := _same_time_again(m)) is not None:
        return Period(again, True, "sentence")
    behind = _behind(m)
    said = behind or _ahead(m)
    if said is not None:
        if role == "actual" and said.kind in PERIODS and not _is_aside(m, said, frame.running):
            frame.running = _so_far(m, said) or iso(said)
        near = q.start - said.end < _NEAR
        source: From = "behind" if behind else "said" if near else "sentence"
        if behind is None and _is_one_of_several(m, said):
            source = "frame"
        return Period(_so_far(m, said) or iso(said), said.inferred, source)
    if _is_average(m):
        return Period(None, False, "mean")
    if previous is not None and previous.period is not None:
        return Period(previous.period, previous.period_inferred, "previous")
    if frame.running is None and of_the_occasion:
        return Period(frame.occasion, True, "occasion")
    period = frame.running or frame.heading
    if role in ("target", "plan") and _is_past(m.scan, period):
        # What is to come is not of the year whose results stand above.
        period = None
    if role == "target" and period is not None and _MONTH.fullmatch(period):
        # The month a meeting gives its orders for is not when they are to be fulfilled.
        period = frame.title if frame.aims and frame.title and len(frame.title) == 4 else None
    if period is None:
        return Period(None, False, "nowhere")
    # What is part of a longer period said before may be for the whole again.
    sure = frame.set_in == m.sentence.block and not _is_part(frame.running, frame.wide)
    return Period(period, True, "frame" if sure else "heading")


def _is_one_of_several(m: Mention, said: Time) -> bool:
    """Whether its sentence names other periods too, and no comma's part makes this one its own."""
    if said.start >= m.left and m.previous is not None:
        return False
    times = m.scan.times_between(m.sentence.start, m.sentence.end)
    others = {iso(t) for t in times if t.kind in PERIODS and not is_base(m.scan, t)}
    return len(others - {None}) > 1 and said.start - m.sentence.start > _AT_HEAD


def _so_far(m: Mention, time: Time) -> str | None:
    """The months of the year up to one: "tính đến hết tháng 9 ... đã thực hiện 68 hoạt động"."""
    if time.kind != "month" or time.year is None or time.month is None:
        return None
    if _UP_TO.search(m.text, max(m.sentence.start, time.start - 30), time.start) is None:
        return None
    return _up_to_month(time.year, time.month)


def _up_to_a_day(m: Mention) -> str | None:
    """The year up to a day at the head of a sentence: "Tính đến 30/6, ... giải ngân 2.618 tỷ"."""
    for time in m.times_before[:2]:
        if time.kind != "date" or time.year is None or time.month is None:
            continue
        if _UP_TO.search(m.text, m.sentence.start, time.start):
            return _up_to_month(time.year, time.month)
    return None


_SAME_TIME = re.compile(r"Cùng kỳ(?: năm (?:\d{4}|ngoái|trước))?,")


def _same_time_again(m: Mention) -> str | None:
    """The same part of another year: "Cùng kỳ năm 2024, tỷ lệ chung là 13,2%"."""
    if m.earlier is None or _SAME_TIME.match(m.text, m.sentence.start) is None:
        return None
    year = next((t.year for t in m.times_before if t.kind == "same_period"), None)
    return _of_base(m.earlier.period, str(year)) if year is not None else None


_ATTENDED = re.compile(
    r" [^;.]{3,60} (?:(?:đã|cùng|về) "
    r"dự(?! án| kiến| báo| toán| thảo| trữ| phòng)|tham dự|góp mặt tại) "
)
"""Behind a number of people or firms, that they came to the meeting."""
_YEAR_S_AIM = re.compile(r"(?:kế hoạch|mục tiêu|chỉ tiêu)(?: cả)? năm(?: nay)?(?: là| ?:)? *\(?$")


def _of_the_year(m: Mention, role: Role) -> Period | None:
    """The year of "kế hoạch năm (125.000 người)", whose part the figure before is for."""
    now = m.previous or m.earlier
    if role not in ("plan", "target") or now is None or now.period is None:
        return None
    if _YEAR_S_AIM.search(m.before(30)) is None:
        return None
    return Period(now.period[:4], True, "previous")


_MANY_TIMES = re.compile(r"các (?:dịp|chuyến|lễ)")
"""Signed on many occasions, not on the one the text reports."""
_TEXTS = ("agreements_signed", "documents_signed")
_HERE = re.compile(
    r"(?:Cũng )?[Tt]ại (?:buổi |cuộc )?"
    r"(?:hội nghị|hội đàm|làm việc|diễn đàn|gặp|kỳ họp|tọa đàm|lễ|đây)(?: này)?,"
)
"""A sentence that opens so tells what was signed there."""


def own_period(m: Mention) -> Time | None:
    """A period said between a figure and the one before it: "quý II tăng 7%, 6 tháng tăng 8%"."""
    if m.previous is None:
        return None
    for time in reversed(m.scan.times_between(m.left, m.q.start)):
        if m.text[m.left : time.start] == _OF_THE:
            # Right behind the figure before, it is that one's.
            continue
        if time.kind in PERIODS and not is_base(m.scan, time) and not _in_closed_brackets(m, time):
            return time
    return None


_NEAR = 70
"""Code points between a figure and a period before it that is surely its own."""
_MONTH = re.compile(r"\d{4}-\d\d")


def _of_base(period: str | None, base: str | None) -> str | None:
    """The same part of another year: "2025-H1" of base "2024" is "2024-H1"; the base alone else."""
    if base is None:
        return None
    if period is None or len(set(_YEARS.findall(period))) > 1:
        return base
    return _YEARS.sub(base, period)


_YEARS = re.compile(r"(?:19|20)\d\d")


_RIENG = re.compile(r"(?i)riêng[\s\w]*$")


def _is_aside(m: Mention, time: Time, running: str | None) -> bool:
    """Whether a period holds for one figure alone: "riêng tháng 6", "cả năm 2024 là 59" in 2025."""
    low = max(m.sentence.start, time.start - 16)
    if _RIENG.search(m.text[low : time.start]) is not None:
        return True
    year = m.scan.year
    past = year is not None and time.year is not None and time.year < year
    return past and running is not None and running.startswith(str(year))


def _is_average(m: Mention) -> bool:
    """Whether the figure is a mean over years: "bình quân", "/năm"."""
    start, end = max(m.sentence.start, m.q.start - _AVERAGE_REACH), m.q.end + 12
    words = m.text[start:end].lower()
    if _SOME_YEARS.match(m.text, m.sentence.start):
        return True
    if _OF_EACH.search(m.text, start, m.q.start):
        # A mean price or wage is of its time.
        return False
    return (
        m.says("average", start, end)
        or "/năm" in words
        or (" năm " in words and _OVER_YEARS.search(words) is not None)
    )


_SOME_YEARS = re.compile(
    r"Trong (?:vòng )?(?:hai|ba|bốn|năm|sáu|mười|\d+) năm(?: qua| gần đây| trở lại đây)?(?:,| \w)"
)
_OF_EACH = re.compile(r"(?:[Gg]iá|[Ss]uất|[Tt]hu nhập|[Ll]ương|chi tiêu)[^,;.]{0,24} bình quân")
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
        if time.kind == "range" and m.q.unit == "count" and not gap.endswith(_WITHIN):
            # "1 kế hoạch hành động giai đoạn 2026-2028": the years are the plan's.
            return None
        if _CLOSED.search(gap) or is_base(m.scan, time):
            return None
        if gap.strip() in ("và", "còn", "nhưng"):
            # "năm 2024 đạt 2,6 tỷ USD và 6 tháng đầu năm 2025 đạt ...": the next one's.
            return None
        if gap == _OF_THE and (time.kind == "year" or _is_whole_year(m.text, time)):
            # "chỉ tiêu 4,5 tỷ USD của cả năm"
            return time
        if len(gap) < _MOST_BEHIND and not _of_another().search(gap):
            return time
    return None


_WITHIN = ("trong giai đoạn ", "trong các năm ", "trong nhiệm kỳ ", "trong ")
_OF_THE = " của "


def _is_whole_year(text: str, time: Time) -> bool:
    return text.startswith("cả năm", time.start)


_REACH_BEHIND = 2000


def _ahead(m: Mention) -> Time | None:
    """The last period before the figure in its sentence, but those in closed brackets."""
    found = None
    for time in m.times_before:
        if (time.kind not in PERIODS and time.kind != "range") or is_base(m.scan, time):
            continue
        if found is not None and time.kind == "range":
            continue
        if _SINCE.search(m.text, max(m.sentence.start, time.start - 20), time.start):
            continue
        if not _in_closed_brackets(m, time):
            found = time
    return found


_SINCE = re.compile(
    r"(?:kể từ|hiệu lực từ|từ khi|áp dụng từ|bắt đầu từ|từ sau)(?: (?:ngày|cuối|đầu))? *$"
)
"""Before a time, it tells since when something holds, not when the figure was."""


def _in_closed_brackets(m: Mention, time: Time) -> bool:
    """Whether brackets around a time close before the figure."""
    start, text = m.sentence.start, m.text
    if text.find(")", time.end, m.q.start) < 0:
        return False
    return text.rfind("(", start, time.start) > text.rfind(")", start, time.start)
