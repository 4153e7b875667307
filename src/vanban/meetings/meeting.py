"""The meeting a text reports on: the sentence that says so, and its day."""

import re
from dataclasses import dataclass
from functools import cache

from vanban.data import load
from vanban.forms import rare
from vanban.layers import Layers
from vanban.letters import UPPER
from vanban.patterns import Cue, Ending, alternation, cue, regex
from vanban.sentences import Sentence
from vanban.values.times import NUMBERED_BEFORE, Time, iso

__all__ = [
    "NAME_WORD",
    "Meeting",
    "announces",
    "chaired_in",
    "head_of",
    "is_announced",
    "is_background",
    "is_journey",
    "is_named",
    "is_planned",
    "is_to_come",
    "lead",
    "leaves",
    "occasion_of",
    "of_a_document",
    "on_a_visit",
    "opening",
    "opens_with_a_day",
    "tells_a_visit",
    "will_be_done",
    "words_of_meetings",
    "words_of_names",
]

_LEAD = 14
"""Sentences from the top in which a report says what it reports on."""


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting reported in `text[start:end]`, a sentence or a caption.

    Args:
        index: which sentence of the document it is; -1 for a caption.
        time: its day; None if the text does not give one.
        met: where the words end that say who met whom; 0 for a meeting that has a name.
    """

    start: int
    end: int
    index: int
    time: Time | None
    met: int = 0

    @property
    def day(self) -> str | None:
        """The day, "YYYY-MM-DD"; None if the text does not fix it."""
        return iso(self.time) if self.time is not None else None


@cache
def words_of_meetings(name: str) -> Cue:
    """One of the lists of `data/events.yml` as a cue."""
    return cue(load("events")[name])


@cache
def _background() -> re.Pattern[str]:
    return regex(rf"(?i:{alternation(load('events')['background'])})")


def is_named(layers: Layers, at: int, end: int) -> bool:
    """Whether a meeting's name, or its matter, stands behind the word for it.

    Args:
        at: where that word ends.
    """
    return _no_bare_word().match(layers.text, at, end) is not None


@cache
def _no_bare_word() -> re.Pattern[str]:
    return regex(rf" (?!(?:{alternation(load('events')['no_name'])})(?!\w))[\w“\"‘]")


_ASKED_FOR = Ending(
    r"(?<!\w)(?<!Ngoại )(?<!được )(?<!khách )(?<!lời )(?<!Ban )"
    r"(?:(?:giao|yêu cầu|đề nghị|đề xuất|chỉ đạo|cho phép|chấp thuận|đồng ý|xem xét|chuẩn bị"
    r"|thông báo|dự định|mong muốn|kế hoạch)(?:,? (?!đã |tại )\w+){0,12}?,? tổ chức"
    r"|(?:thời gian|thời điểm|địa điểm|công tác|phương án|kinh phí|hoãn|dời|lùi) tổ chức"
    r"|mời(?: \w+){0,4}?)(?: tham dự| tham gia| dự)?(?: thành công)? (?:buổi |cuộc )?$",
    ["tổ chức", "dự", "tham gia", "công", "buổi", "cuộc"],
)
"""Before a meeting that somebody is to hold or to attend: "đề nghị Bộ A tổ chức Hội nghị"."""
_SHALL = regex(r"(?<!\w)(?:sẽ|[Dd]ự kiến)(?!\w)[^;.”]*$")


def head_of(text: str, s: Sentence) -> int:
    """Where a sentence begins behind who reports it: "(VOV5) - ", "TTXVN - ", "Hà Nội, 19/6 - "."""
    told_by = _TOLD_BY.match(text, s.start, s.end)
    at = told_by.end() if told_by is not None else s.start
    source = _BY_SOURCE.match(text, at, s.end)
    return source.end() if source is not None else at


_BY_SOURCE = regex(
    r"Theo (?:phóng viên|PV|tin|thông tin|đặc phái viên|nguồn tin|TTXVN|VOV|Bộ Ngoại giao)"
    r"(?!\w)[^,;.:\n]{0,60}, (?:(?=[Tt]rong khuôn khổ|[Nn]hân |[Bb]ên lề"
    r"|(?:vào )?(?:ngày|rạng sáng|sáng|trưa|chiều|tối|hôm) ))"
)
"""Of whom what is reported was learnt, before the day or the occasion."""


_STAMP = r"(?:\d{1,2}:\d\d,? \d{1,2}[/-]\d{1,2}[/-]\d{4} (?:[-–|] )?|date \d{4}-\d\d(?:-\d\d)? )"
_TOLD_BY = regex(
    rf"{_STAMP}?(?:(?:[*•] ?)?(?:\([^()\n]{{2,30}}\)|[{UPPER}][{UPPER}&.]{{1,11}}(?:\.vn)?"
    rf"|[{UPPER}][\w ]{{2,20}}, (?:ngày )?\d[\d/.]{{2,9}}) ?[-–—]+ ?(?=[{UPPER}])|[*•] ?)|{_STAMP}"
)
"""Who reports, and when the page was made: "08:39 19/11/2017 ", "(VOV5) - "."""


def is_journey(text: str, start: int, end: int) -> bool:
    """Whether a meeting named at `end` is attended from one day to another: a journey is told."""
    return _JOURNEY.match(text[start:end]) is not None


def is_planned(text: str, start: int, end: int) -> bool:
    """Whether what is named at `end` is said, from `start` on, to be held in time to come."""
    return (
        _SHALL.search(text, start, end) is not None
        or _ASKED_FOR.search(text, start, end) is not None
    )


def is_background(layers: Layers, s: Sentence) -> bool:
    """Whether a sentence begins as one does that speaks of another meeting: "Trước đó, ..."."""
    background = _background().match(layers.text, s.start, s.end)
    if background is not None and background[0].lower() == _OF_LATE and s in lead(layers)[:1]:
        # What a text opens with is no look back.
        return False
    return background is not None or _BEFORE_THAT.match(layers.text, s.start, s.end) is not None


_OF_LATE = "vừa qua"
_BEFORE_THAT = regex(r"(?:Tại|Trong|Theo|Ở) [^,;.]{3,60}(?<!\w)trước đó(?!\w)[^,;.]{0,60}, ")


def is_announced(layers: Layers, time: Time) -> bool:
    """Whether a day is to come: behind that of a document that opens with what somebody will do."""
    day, published = iso(time), layers.document.published or ""
    if day is None or len(published) < _DAY or day <= published[:_DAY]:
        return False
    first = lead(layers)[:1]
    return bool(first) and will_be_done(layers, first[0])


def will_be_done(layers: Layers, s: Sentence) -> bool:
    """Whether a sentence tells what somebody will do: "sẽ thăm", "sẽ được tổ chức"."""
    return _WILL.search(layers.text, s.start, s.end) is not None


_WILL = regex(
    r"(?<!\w)sẽ (?:(?:có chuyến|chính thức|đến|sang|tới|cùng|đồng|được) ){0,3}"
    r"(?:thăm|dự|tham dự|tham gia|công tác|chủ trì|diễn ra|tổ chức|hội đàm|hội kiến|gặp|tiếp)(?!\w)"
)
_DAY = len("2025-01-01")


def is_to_come(layers: Layers, start: int, end: int) -> bool:
    """Whether what `text[start:end]` tells is to come: "sẽ", "dự kiến"."""
    return layers.words.has(words_of_meetings("to_come"), start, end)


def on_a_visit(layers: Layers, s: Sentence, end: int) -> bool:
    """Whether what is named at `end` is part of a visit that a sentence tells.

    What somebody chairs on a journey is told for itself.
    """
    low = _visit_ends(layers.text, s)
    occasion = occasion_of(layers.text, s.start + 1, end)
    if occasion is not None and occasion[0] > low:
        low = occasion[1]
    visit = layers.words.find(words_of_meetings("visits"), low, end)
    return visit is not None and (
        (
            _RECEIVES.search(layers.text, low, visit.start()) is not None
            and not layers.text.endswith(", và đồng chủ trì ", visit.end(), end)
        )
        or not layers.words.has(words_of_meetings("chaired"), visit.end(), end)
    )


_RECEIVES = regex(r"(?<!\w)(?:tiếp|đón|gặp|hội đàm|hội kiến)(?!\w)")


def leaves(layers: Layers, start: int, end: int) -> bool:
    """Whether `text[start:end]` tells that somebody leaves or comes for a meeting behind it."""
    return _LEAVES.search(layers.text, start, end) is not None


_LEAVES = regex(
    r"(?<!\w)(?:rời|lên đường|khởi hành|(?:về )?(?:đến|tới) sân bay|về (?:đến|tới|nước)|hạ cánh"
    r"|bắt đầu (?:chuyến|các hoạt động|chương trình))(?!\w)"
)
"""Whoever leaves or comes for a meeting has not held it yet."""


def announces(layers: Layers) -> bool:
    """Whether what a text opens with is a meeting to come: "diễn ra vào sáng mai", "sẽ diễn ra"."""
    told = lead(layers)
    end = told[0].end if told else 0
    return _TO_BE_HELD.search(layers.text, 0, end) is not None


_TO_BE_HELD = rare(
    r"(?<!\w)(?:sáng|trưa|chiều|tối|ngày|Ngày) mai(?!\w)"
    r"|(?<!\w)sẽ (?:diễn ra|được tổ chức|tổ chức|được khai mạc)(?!\w)"
)


def tells_a_visit(layers: Layers) -> bool:
    """Whether a text tells what a visit brought that is over: "A rời Hà Nội, kết thúc chuyến thăm".

    Of such a text only what was chaired on the visit is a meeting it reports.
    """
    told = lead(layers)
    for s in layers.sentences[: told[-1].index + 1 if told else 0]:
        over = _OVER.search(layers.text, s.start, s.end)
        if over is not None and not _WHEN_OVER.search(layers.text, s.start, over.start()):
            return True
    return False


def chaired_in(layers: Layers, meeting: Meeting) -> bool:
    """Whether the words that tell a meeting say that somebody chaired it."""
    return layers.words.has(words_of_meetings("chaired"), meeting.start, meeting.end)


def _visit_ends(text: str, s: Sentence) -> int:
    """Where the frame ends that says on what visit people met; the head of the sentence if none.

    "Trong khuôn khổ chuyến thăm ..., hôm nay (22/12), ... đã có buổi trao đổi với ...".
    """
    frame = _ON_A_VISIT.match(text, s.start, s.end)
    return frame.end() if frame is not None else s.start


def occasion_of(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Where the words stand in `text[start:end]` that say on what occasion people met."""
    m = _OCCASION.search(text, start, end)
    return m.span() if m is not None else None


_OCCASION = rare(
    r"(?<!\w)(?:[Ss]au khi|[Tt]rước khi|[Tt]rong khuôn khổ"
    r"|[Nn]hân (?:dịp|dự|tham dự|chuyến)|[Bb]ên lề|[Tt]rong chương trình"
    r"|[Tt]rước thềm|[Nn]hận lời mời|[Tt]heo lời mời) [^,;.]{5,220}, "
)
_ON_A_VISIT = regex(
    r"(?:Trong khuôn khổ|Nhân (?:dịp|dự|tham dự|chuyến)|Trong chương trình|Tiếp tục) "
    r"[^,.;\n]{5,120}, "
    r"(?=(?:hôm|sáng|trưa|chiều|tối|ngày) )"
)
_WHEN_OVER = regex(r"(?:Nhân|nhân) (?:dịp|sự kiện) ")
"""Before a journey that was over when somebody spoke of it."""
_OVER = rare(
    r"(?<![Ss]au khi )(?<!trước khi )kết thúc (?:(?:rất |tốt đẹp|thành công) ?)*"
    r"(?:chuyến (?:thăm|công tác|công du|làm việc|tham dự|đi|dự)|chương trình (?:thăm|công tác))"
)


_JOURNEY = regex(r"Từ (?:ngày )?\d[^;.]{3,200}(?<!\w)(?:dự|tham dự|tham gia) $")
"""Whoever attends a meeting from one day to another is on a journey, of which that is told."""


def opening(layers: Layers) -> list[Sentence]:
    """The first sentences that are no headings; before them a lead that was set elsewhere."""
    return layers.once(_opening)


def _opening(layers: Layers) -> list[Sentence]:
    found: list[Sentence] = []
    for sentence in layers.sentences:
        # A row of a table beside the text is no part of it; a lead may want its full stop.
        if layers.text.startswith("| ", sentence.start):
            continue
        if not sentence.heading or _tells_a_day(layers.text, sentence):
            found.append(sentence)
            if len(found) == _LEAD:
                break
    return [*_set_apart(layers, found), *found]


def _set_apart(layers: Layers, first: list[Sentence]) -> list[Sentence]:
    """The lead where a page sets it behind its text: its newsroom stands before it, once.

    Where a text has several ("(VOV5) - ..."), they are of other articles.
    """
    told = [m.end() for m in _NEWSROOM.finditer(layers.text)]
    if len(told) != 1 or (first and told[0] < first[-1].end):
        return []
    return [s for s in layers.sentences if s.start < told[0] <= s.end and not s.heading]


_NEWSROOM = regex(rf"\n\([{UPPER}][\w.&]{{1,11}}\) ?[-–—] ?(?=[{UPPER}])")


def _tells_a_day(text: str, s: Sentence) -> bool:
    """Whether a line without a stop is no heading but a lead: long, and of a day it begins with."""
    return s.end - s.start >= _LONG_LINE and opens_with_a_day(text, head_of(text, s))


def opens_with_a_day(text: str, at: int) -> bool:
    """Whether a day stands at an offset, as a report begins: "Chiều 5/6, ", "Ngày 5/6 (...)".

    Args:
        text: the document's.
        at: where the sentence begins behind who reports it.
    """
    return _DAY_FIRST.match(text, at) is not None


_LONG_LINE = 100
_DAY_FIRST = regex(
    r"(?:[Vv]ào )?(?:(?:[Rr]ạng sáng|[Ss]áng|[Tt]rưa|[Cc]hiều|[Tt]ối)(?: ngày)?|[Nn]gày)"
    r" \d[\d ./-]{0,10}[,(]"
)


def lead(layers: Layers) -> list[Sentence]:
    """The first sentences that tell something: no headings, no lines of a page's head."""
    told = [
        s for s in opening(layers) if s.end - s.start >= _TELLS or layers.text[s.end - 1] in ".!?…:"
    ]
    return told[:_TOLD_FIRST]


_TELLS = 60
"""Code points of a line without a stop that may tell what happened."""
_TOLD_FIRST = 3
"""Sentences from the top in which a text says whom its report is of."""


def of_a_document(layers: Layers, time: Time) -> bool:
    """Whether a date belongs to a numbered document ("21/NQ-CP ngày 20/2/2023")."""
    number = NUMBERED_BEFORE.search(layers.text, max(0, time.start - 24), time.start)
    if number is None or _PART_OF_DAY.search(number[0]):
        # "LSO-Chiều 17/1": who reports stands before it.
        return False
    # "Hội nghị APEC, ngày 5/7": a short name is no number.
    before = layers.text[max(0, number.start() - 1) : number.end()]
    return "," not in before or any(c.isdecimal() or c in "/-" for c in before)


_PART_OF_DAY = regex(r"(?:[Ss]áng|[Tt]rưa|[Cc]hiều|[Tt]ối) *$")


NAME_WORD = regex(rf"(?<!\w)[{UPPER}][\w-]+")


def words_of_names(text: str) -> set[str]:
    """The words written large that are no words of offices, and so may name somebody.

    Args:
        text: words that tell who it is.
    """
    return set(NAME_WORD.findall(text)) - _words_of_titles()


@cache
def _words_of_titles() -> frozenset[str]:
    """The words that offices begin with, which name nobody."""
    data = load("events")
    titles = (*data["speakers"], *data["institutions"])
    return frozenset(word for title in titles for word in title.split())
