"""The frame around a figure: the heading above, the sentence before, the occasion of the text."""

import re
from dataclasses import dataclass
from functools import cache

from vanban.data import load
from vanban.forms import rare
from vanban.patterns import alternation, regex
from vanban.readers.figures.mention import said, words_of
from vanban.readers.figures.roles.bases import is_base
from vanban.scan import Scan
from vanban.sentences import Sentence
from vanban.values.times import PERIODS, Time, iso
from vanban.years import dates_a_paper

__all__ = ["AT_HEAD", "UP_TO", "Frame", "is_part", "is_past", "month_of", "occasion", "up_to_month"]

_OPENING = 8
"""Sentences from the top in which a text says what it reports on."""


@cache
def _aside() -> re.Pattern[str]:
    return regex(rf"(?i:{words_of('aside')}) *$")


@cache
def _horizon() -> re.Pattern[str]:
    return regex(rf"(?i:{words_of('horizon')})[^,;.]*$")


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
        priced: the month of the day whose prices a text told last.
        counted: the month by which there was so much, and the block that says so.
        counted_what: of what there was so much, as the text has it.
        from_to: the periods of the last "từ ... lên ...", and the block it stands in.
        set_at: where the time stands that set `running`; `before`: what `running` was until then.
        ahead: the period of what was expected last, and the sentence that says so.
    """

    occasion: str | None
    heading: str | None = None
    running: str | None = None
    aims: bool = False
    title: str | None = None
    wide: str | None = None
    set_in: int = -1
    priced: str | None = None
    counted: tuple[str | None, int] = (None, -1)
    counted_what: str | None = None
    from_to: tuple[str | None, str | None, int] = (None, None, -1)
    set_at: int = -1
    before: str | None = None
    ahead: tuple[str | None, int] = (None, -9)
    _aims_in_line: bool = False

    def counted_in(self, block: int) -> str | None:
        """The month by which a block counts what there is, if a sentence of it has said so.

        Args:
            block: the number of the block.
        """
        return self.counted[0] if self.counted[1] == block else None

    def begin_block(self) -> None:
        """A paragraph or an item goes back from a part of the period to the whole of it."""
        if self.aims and self.heading is not None:
            # When one aim is due says nothing of the next.
            self.running = self.heading
        elif self.wide is not None and is_part(self.running, self.wide):
            self.running = self.wide

    def take_heading(self, scan: Scan, start: int, end: int) -> None:
        """A heading, or a lead-in that ends in a colon, says when and what follows it."""
        if (
            scan.words.has(said("aims"), start, end)
            and not _is_title_of_talks(scan, start, end)
            and not _REACHED.search(scan.text, start, end)
        ):
            self.aims = True
            self._aims_in_line = _is_plain_line(scan.text, start, end) and not (
                scan.words.match(said("aims"), start, end)
            )
        elif scan.words.has(said("results"), start, end) or (
            # A title that speaks of an aim heads no section of aims: it is over with the next line.
            self._aims_in_line and _is_plain_line(scan.text, start, end)
        ):
            self.aims = self._aims_in_line = False
        times = [
            t
            for t in scan.times_between(start, end)
            if t.kind in PERIODS and scan.text[t.start : t.end].lower() != "cả năm"
        ]
        if times and not self.aims and _is_year_of(iso(times[-1]), self.title):
            # A report on half a year that names its year's plan still reports on the half.
            self.heading = self.running = self.wide = self.title
        elif times:
            self.heading = self.running = self.wide = iso(times[-1])
            self.title = self.title or self.heading
        elif self.aims and (is_past(scan, self.running) or _is_before(self.running, self.title)):
            # What is aimed at is not for the year whose results stood above.
            ahead = None if is_past(scan, self.title) else self.title
            self.heading = self.running = self.wide = ahead

    def _take_title(self, scan: Scan, sentence: Sentence) -> None:
        """A short line without a stop near the top may be the title, and name the year."""
        block = scan.document.blocks[sentence.block]
        if block.end - block.start > _LONGEST_TITLE or scan.text[block.end - 1] in ".;:,":
            return
        years = [t for t in scan.times_between(block.start, block.end) if t.kind in PERIODS]
        self.title = iso(years[-1]) if years else None

    def _look_back(self, scan: Scan, sentence: Sentence, value: str) -> None:
        """Under a heading of what is aimed at, a year before it tells what was reached."""
        if self.heading is None or value[:4] >= self.heading[:4]:
            return
        if _HAS_DONE.search(scan.text, sentence.start, sentence.end):
            self.aims, self.heading = False, value

    def take_sentence(self, scan: Scan, sentence: Sentence) -> None:
        """A sentence that opens with a period dates itself and what follows."""
        if _preamble().match(scan.text, sentence.start):
            return
        if self.title is None and sentence.index < _TITLES:
            self._take_title(scan, sentence)
        for time in scan.times_between(sentence.start, sentence.end):
            if _IN_A_CELL.search(scan.text, max(0, time.start - _CELL), time.start) is not None:
                # When one row is due says nothing of the next.
                continue
            if time.kind == "date" and (so_far := _year_so_far(scan, sentence, time)):
                self.running, self.set_in = so_far, sentence.block
                return
            if self._dates_nothing(scan, sentence, time):
                continue
            if (value := iso(time)) is not None:
                self.before, self.set_at = self.running, time.start
                if self.aims and time.start - sentence.start < AT_HEAD:
                    self._look_back(scan, sentence, value)
                self.running, self.set_in = value, sentence.block
                if not is_part(value, self.wide):
                    self.wide = value
                return

    def _dates_nothing(self, scan: Scan, sentence: Sentence, time: Time) -> bool:
        """Whether a time of a sentence is not the one that it and what follows tell of."""
        season = time.kind == "range" and time.start - sentence.start < AT_HEAD
        if not (season or time.kind in PERIODS) or is_base(scan, time):
            return True
        if time.year is not None and scan.year is not None:
            if time.year < scan.year - _LONG_AGO:
                return True
            if time.year > scan.year and time.start - sentence.start > _FRONT:
                # "... nối lại đường bay trong năm 2027" dates nothing that follows.
                return True
        before = scan.text[max(sentence.start, time.start - _BEFORE) : time.start]
        if _FROM.search(before) and _TO_NOW.match(scan.text, time.end):
            # "Từ năm 2015 đến nay": over many years, not of the first.
            return True
        if _aside().search(before) or _horizon().search(before):
            return True
        if _PLAN_S.search(before):
            # "đạt 52% kế hoạch năm 2025": of the plan, whatever part of the year this is.
            return True
        if time.kind == "year" and _IN_A_TITLE.search(before):
            # "thực hiện Kế hoạch số 12 về đối ngoại năm 2026, ..." reports on no year.
            return True
        if scan.words.has(said("orders"), sentence.start, time.start):
            return True
        if time.kind == "year" and _AIMED.search(before):
            # "Với mục tiêu tăng trưởng 8% trong năm 2025, ..." tells no results of the year.
            return True
        if _is_of_before(scan, sentence, time, self.running):
            return True
        if _is_when_it_began(scan, sentence, time):
            return True
        told = scan.quantities.get(sentence.index, [])
        between = bool(told) and told[0].end < time.start and told[-1].start > time.end
        if between and is_part(iso(time), self.running):
            # "kim ngạch đạt 3 tỷ USD, trong đó tháng 12 đạt 300 triệu USD"
            return True
        # When something happened dates no figure of the next sentence.
        return (
            time.kind in ("month", "quarter")
            and time.start - sentence.start > _FRONT
            and sentence.index not in scan.quantities
            and self.running is not None
        )


def _is_plain_line(text: str, start: int, end: int) -> bool:
    """Whether a heading is a line in small letters, without a number, that leads in no list."""
    line = text[start:end].rstrip()
    return not (line.isupper() or line.endswith((":", ";")) or _NUMBER.match(line))


_NUMBER = regex(r"[-+*•–(]|\w{1,4}[.)/]|(?:Phần|Chương|Mục|Điều|Phụ lục) [\dIVX]")


_HAS_DONE = regex(r"(?<!\w)(?:đã|ước|đạt|hoàn thành)(?!\w)")
_FROM = regex(r"(?<!\w)(?:[Tt]ừ|[Kk]ể từ)(?: khi| sau)? (?:(?:đầu|cuối|giữa) )?$")
_TO_NOW = regex(r" (?:đến nay|tới nay|trở lại đây|trở đi|trở về trước|cho đến nay)(?!\w)")
_PLAN_S = regex(
    r"(?:đạt|bằng|vượt|hoàn thành) \d[\d.,]* ?% (?:so với )?(?:kế hoạch|chỉ tiêu|dự toán|mục tiêu)"
    r"(?: cả| của| giao)? $"
)
_IN_A_TITLE = regex(
    r"(?:Kế hoạch|Chương trình|Nghị quyết|Chỉ thị|Quyết định|Đề án|Kết luận|Nghị định)"
    r" (?:số )?\d[^,;]* $"
)
"""Before a year, the paper that is called after it."""


_AIMED = regex(
    r"(?i:(?:với|theo|hoàn thành|thực hiện|đạt) (?:các )?(?:mục tiêu|chỉ tiêu)|phấn đấu)"
    r"(?:[^;.:]|\.\d)*$"
)
"""Before a year, an aim of it."""


def _is_when_it_began(scan: Scan, sentence: Sentence, time: Time) -> bool:
    """Whether a sentence without figures tells of an event of the past, not of a time reported on.

    "Tháng 12/2022, hai nước nâng cấp quan hệ": dates no figure of the next sentence.
    """
    if sentence.index in scan.quantities or time.year is None:
        return False
    if time.kind == "year" and _PAPER_OF.search(scan.text, sentence.start, time.start):
        return True
    if scan.year is None or time.year >= scan.year or time.kind not in ("year", "month"):
        return False
    return _EVENT.search(scan.text, sentence.start, sentence.end) is not None


_PAPER_OF = regex(
    r"(?:Nghị quyết|Luật|Hiến pháp|Chiến lược|Quy hoạch|Tuyên bố|Công ước|Sách trắng)"
    r"[^,;.:]{0,30} $"
)
_EVENT = regex(
    r"(?:thiết lập (?:quan hệ|ngoại giao)|nâng cấp (?:quan hệ|lên)|nâng tầm quan hệ"
    r"|thành lập|gia nhập"
    r"|có hiệu lực|phê chuẩn|bình thường hóa|ký (?:kết )?(?:Hiệp định|hiệp định|Tuyên bố|tuyên bố)"
    r"|thăm (?:chính thức|cấp|Việt Nam)|khánh thành|khởi công)"
)


_IN_A_CELL = regex(
    r" \| (?:(?:[Tt]rước|[Cc]hậm nhất|[Tt]rong|[Đđ]ến|[Hh]ết)(?: hết)? )?(?:ngày )?$"
)
"""Before a time that begins a cell of a row."""
_CELL = 24


def _is_of_before(scan: Scan, sentence: Sentence, time: Time, running: str | None) -> bool:
    """Whether a sentence only looks back by a time, and goes on with the year it is about."""
    if running is None or scan.year is None or time.year is None or time.year >= scan.year:
        return False
    return time.start - sentence.start > _FRONT and running.startswith(str(scan.year))


def _is_title_of_talks(scan: Scan, start: int, end: int) -> bool:
    """Whether the first line only says that ways are sought: "Họp bàn giải pháp tháo gỡ ..."."""
    if start > scan.sentences[0].end:
        return False
    return _TALKS.search(scan.text, start, end) is not None


_TALKS = regex(
    r"(?i:(?:họp|bàn|hội nghị|hội thảo|tọa đàm|tìm|đề xuất|triển khai|nhiều|các|đẩy mạnh|thảo luận)"
    r"[^;.:]{0,60}(?:giải pháp|nhiệm vụ))"
)
_REACHED = regex(
    r"(?i:(?:vượt|đạt|hoàn thành|về đích|kết quả|tình hình)[^,;.:]{0,30}"
    r"(?:mục tiêu|chỉ tiêu|nhiệm vụ|kế hoạch)"
    r"|(?:mục tiêu|chỉ tiêu|nhiệm vụ|kế hoạch)[^,;.:]{0,30}(?:đã đạt|về đích|hoàn thành))"
)
"""A heading with one of these tells what was done about an aim: "vượt chỉ tiêu Quốc hội giao"."""
UP_TO = rare(
    r"(?:(?:[Tt]ính|[Ll]ũy kế|[Ll]uỹ kế|[Tt]ính chung|[Tt]ừ đầu năm(?: \d{4}| nay)?) (?:đến|tới)"
    r"(?: hết| cuối| giữa| đầu| nửa đầu)?|(?<!\w)(?:[Đđ]ến|[Tt]ới) hết"
    r"|(?<![Tt]rước )(?<!\w)[Hh]ết)(?: ngày)? *$"
)


def _year_so_far(scan: Scan, sentence: Sentence, time: Time) -> str | None:
    """The months of a year up to a day, where growth is told: "tính đến 31/8/2025 ... tăng 27%"."""
    if time.year is None or time.month is None:
        return None
    before = scan.text[max(sentence.start, time.start - 30) : time.start]
    if UP_TO.search(before) is None:
        return None
    if scan.text.find("so với cùng kỳ", time.end, sentence.end) < 0:
        return None
    return up_to_month(time.year, time.month)


_PARTS = {3: "Q1", 6: "H1"}
_LAST_MONTH = 12


def month_of(time: Time) -> str | None:
    """The month a day or a month is in: "2024-12"; None if it or its year is unknown."""
    if time.year is None or time.month is None:
        return None
    return f"{time.year}-{time.month:02d}"


def up_to_month(year: int, month: int) -> str:
    """The months of a year up to one, in the schema's notation."""
    if month == _LAST_MONTH:
        return str(year)
    return f"{year}-{_PARTS[month]}" if month in _PARTS else f"{year}-01/{year}-{month:02d}"


def is_past(scan: Scan, period: str | None) -> bool:
    """Whether a period ends before the year of the text, or there is none."""
    return period is None or (scan.year is not None and int(period.split("/")[-1][:4]) < scan.year)


def _is_before(period: str | None, other: str | None) -> bool:
    return period is not None and other is not None and period[:4] < other[:4]


def _is_year_of(year: str | None, part: str | None) -> bool:
    """Whether a period is the whole year that another one is a part of."""
    return year is not None and part is not None and part[:4] == year and part != year


def is_part(period: str | None, whole: str | None) -> bool:
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


AT_HEAD = 10
_TITLES = 12
"""Sentences from the top in which a title stands."""
_LONGEST_TITLE = 240
_FRONT = 40
_LONG_AGO = 5
"""Years back that no report is about: "Công ước ... năm 1982"."""


@cache
def _preamble() -> re.Pattern[str]:
    return regex(rf"(?:{words_of('preambles')})(?!\w)")


_BEFORE = 300
"""Code points of a sentence before a time that say whether it is a horizon."""


@cache
def _visits() -> re.Pattern[str]:
    return regex(rf"(?<!\w)(?:{alternation(load('events')['occasions'])})(?!\w)")


def occasion(scan: Scan) -> str | None:
    """Month of the meeting or the visit the text reports, "YYYY-MM"; None if it does not say."""
    if scan.meeting is not None and scan.meeting.day is not None:
        return scan.meeting.day[:7]
    for sentence in scan.sentences[:_OPENING]:
        if _visits().search(scan.text, sentence.start, sentence.end):
            for time in scan.times_between(sentence.start, sentence.end):
                is_day = time.kind == "date" and not dates_a_paper(scan.text, time)
                if is_day and (value := iso(time)) is not None:
                    return value[:7]
    return None
