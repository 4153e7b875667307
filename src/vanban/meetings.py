"""The meeting a text reports on: the sentence that says so, and its day."""

import re
from dataclasses import dataclass, replace
from functools import cache

from vanban.data import load
from vanban.layers import Layers
from vanban.letters import UPPER
from vanban.patterns import Cue, Ending, alternation, cue, regex
from vanban.sentences import Sentence
from vanban.values.times import NUMBERED_BEFORE, Time, iso

__all__ = [
    "Meeting",
    "announces",
    "chaired_in",
    "find_meeting",
    "head_of",
    "is_background",
    "is_journey",
    "is_named",
    "is_planned",
    "is_to_come",
    "lead",
    "occasion_of",
    "of_a_document",
    "on_a_visit",
    "opening",
    "tells_a_visit",
    "words_of_meetings",
]

_LEAD = 14
"""Sentences from the top in which a report says what it reports on."""
_REACH = 60
"""Code points behind a meeting's name in which its day is said."""


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


def find_meeting(layers: Layers) -> Meeting | None:
    """The meeting a text has as its subject; background meetings are left out.

    Source: `data/events.yml`.
    """
    words = layers.words
    held = words_of_meetings("held")
    undated: Meeting | None = None
    dated: Meeting | None = None
    for s in opening(layers):
        named = _named(layers, s)
        if named is None or not (
            words.has(held, s.start, s.end)
            or _SAID_AT.search(layers.text, s.start, named.start())
            or _THERE.fullmatch(layers.text, head_of(layers.text, s), named.start())
        ):
            named = _done(layers, s) if s in lead(layers) else None
        if named is None:
            continue
        if is_background(layers, s) or _LEAVES.search(layers.text, s.start, named.start()):
            continue
        if is_journey(layers.text, s.start, named.start()) or _ISSUED.search(
            layers.text, s.start, named.start()
        ):
            continue
        if _WELCOMES.match(layers.text, named.start()) or _CAME_FOR.search(
            layers.text, s.start, named.start()
        ):
            continue
        if (
            is_planned(layers.text, s.start, named.start())
            or _TO_BE.match(layers.text, named.end())
            or _TOMORROW.search(layers.text, s.start, s.end)
        ):
            continue
        if on_a_visit(layers, s, named.start()) or _PRAISED.search(
            layers.text, s.start, named.start()
        ):
            continue
        days = [
            t
            for t in layers.times_between(head_of(layers.text, s), s.end)
            if t.kind == "date" and not of_a_document(layers, t)
        ]
        if days and _PAST.match(layers.text, days[0].end) and s not in lead(layers):
            continue
        if days and days[0].start < named.end() + _REACH:
            if undated is not None and _THIS.match(layers.text, named.end()):
                return replace(undated, time=days[0])
            if _HEADED.match(layers.text, head_of(layers.text, s)):
                if dated is None or _before(days[0], dated.time):
                    return Meeting(s.start, s.end, s.index, days[0])
            elif dated is None:
                dated = Meeting(s.start, s.end, s.index, days[0])
            continue
        if dated is not None:
            continue
        if len(days) == 1 and not _BEGUN.search(layers.text, s.start, days[0].start):
            dated = Meeting(s.start, s.end, s.index, days[0])
            if s in lead(layers) and not _HEADED.match(layers.text, head_of(layers.text, s)):
                continue
            return dated
        if undated is None and (
            (words.has(words_of_meetings("chaired"), s.start, s.end))
            or (
                s in lead(layers)
                and (
                    _carried_out(layers, s, named)
                    or _SOME_DAYS.match(layers.text, head_of(layers.text, s))
                )
            )
            or _THAT_WAS.match(layers.text, s.start)
            or _CONCLUDED.search(layers.text, s.start, named.start())
            or _said_at(layers, s, named)
            or (
                _OPENS.search(layers.text, s.start, named.start())
                and is_named(layers, named.end(), s.end)
            )
            or (
                named.start() == s.start and _TOOK_PLACE.match(layers.text, named.end()) is not None
            )
        ):
            undated = Meeting(s.start, s.end, s.index, None)
    if dated is not None:
        return dated
    return _in_a_caption(layers) or (None if announces(layers) else undated)


def _said_at(layers: Layers, s: Sentence, named: re.Match[str]) -> bool:
    """Whether a sentence tells what was said at a meeting that it names, of no other time."""
    return (
        not named[0].startswith(("cuộc", "buổi"))
        and _said_before().search(layers.text, s.start, named.start()) is not None
        and is_named(layers, named.end(), s.end)
        and not layers.times_between(s.start, named.start())
    )


@cache
def _said_before() -> Ending:
    words = load("events")["said_at"]
    return Ending(
        rf"(?<!\w)(?:{alternation(words)})(?: [\w,]+){{0,6}}? tại (?:các )?$", ["tại", "các"]
    )


def is_named(layers: Layers, at: int, end: int) -> bool:
    """Whether a meeting's name, or its matter, stands behind the word for it, which ends at `at`."""
    return _no_bare_word().match(layers.text, at, end) is not None


@cache
def _no_bare_word() -> re.Pattern[str]:
    return regex(rf" (?!(?:{alternation(load('events')['no_name'])})(?!\w))[\w“\"‘]")


def _named(layers: Layers, s: Sentence) -> re.Match[str] | None:
    """The first meeting a sentence names that is neither its occasion nor was only looked on at."""
    names = list(layers.words.find_all(words_of_meetings("meetings"), s.start, s.end))
    occasion = occasion_of(layers.text, s.start, s.end) if names else None
    for named in names:
        if _LOOKED_ON.search(layers.text, s.start, named.start()):
            continue
        if occasion is not None and occasion[0] <= named.start() < occasion[1]:
            continue
        return named
    return None


def _done(layers: Layers, s: Sentence) -> re.Match[str] | None:
    """What an office did itself, behind the day a sentence opens with: "Sở A tổng kết ..."."""
    low = head_of(layers.text, s)
    day = next((t for t in layers.times_between(low, min(s.end, low + _REACH))), None)
    if day is None or day.kind != "date" or _HEADED.match(layers.text, low) is None:
        return None
    done = layers.words.find(words_of_meetings("does"), day.end, min(s.end, day.end + _DOER))
    if done is None or _DOES_NOT.search(layers.text, day.end, done.start()):
        return None
    return done


_DOER = 220
"""Code points behind the day in which it is said who did something."""
_DOES_NOT = regex(
    r"(?<!\w)(?:nghị|buổi|cuộc|lễ|phiên|lớp|cáo|tác|việc|chuyến|để|về|nhằm|sẽ|bị|trình|dịp|dự|các)"
    r" $"
)
"""Before what an office does, that it is named there, or not done."""
_TO_BE = regex(
    r"(?:[^;.\n]|\.(?=\w)){0,120}(?<!\w)(?:sẽ|dự kiến|sắp) (?:sẽ )?(?:chính thức )?(?:được )?"
    r"(?:khai mạc|diễn ra|tổ chức)(?!\w)"
)
"""Behind a meeting's name, that it is to come."""
_TOMORROW = regex(r"(?<!\w)(?:sáng|trưa|chiều|tối|ngày|hôm|[Ss]áng|[Nn]gày) mai(?!\w)")
_THIS = regex(r" này(?!\w)")
"""Behind the name of a meeting that was told before: "vòng tham vấn này diễn ra ngày 27/2"."""
_SHALL = regex(r"(?<!\w)(?:sẽ|[Dd]ự kiến)(?!\w)[^;.]*$")
_LOOKED_ON = regex(
    r"(?:chứng kiến (?:nghi thức )?|(?:[Bb]iên bản|[Nn]ghị quyết|[Vv]ăn kiện|[Tt]uyên bố"
    r"|[Tt]hông cáo) (?:của |chung )?)$"
)
"""Before what is only looked on at, and before what a paper is named after."""
_LEAVES = regex(r"(?<!\w)(?:rời|lên đường|khởi hành)(?!\w)")
"""Whoever leaves for a meeting has not held it yet."""
_PAST = regex(r"\)? vừa (?:qua|rồi)(?!\w)")
"""Behind a day that further down in a report is that of another meeting: "ngày 2/6 vừa qua"."""


def head_of(text: str, s: Sentence) -> int:
    """Where a sentence begins behind who reports it: "(VOV5) - ", "TTXVN - ", "Hà Nội, 19/6 - "."""
    told_by = _TOLD_BY.match(text, s.start, s.end)
    return told_by.end() if told_by is not None else s.start


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
    return _SHALL.search(text, start, end) is not None


def is_background(layers: Layers, s: Sentence) -> bool:
    """Whether a sentence begins as one does that speaks of another meeting: "Trước đó, ..."."""
    return _background().match(layers.text, s.start, s.end) is not None


def is_to_come(layers: Layers, start: int, end: int) -> bool:
    """Whether what `text[start:end]` tells is to come: "sẽ", "dự kiến"."""
    return layers.words.has(words_of_meetings("to_come"), start, end)


def on_a_visit(layers: Layers, s: Sentence, end: int) -> bool:
    """Whether what is named at `end` is part of a visit that a sentence tells.

    What somebody chairs on a journey is told for itself.
    """
    low = visit_ends(layers.text, s)
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


def announces(layers: Layers) -> bool:
    """Whether what a text opens with is a meeting to come: "diễn ra vào sáng mai", "sẽ diễn ra"."""
    told = lead(layers)
    end = told[0].end if told else 0
    return _TO_BE_HELD.search(layers.text, 0, end) is not None


_TO_BE_HELD = regex(
    r"(?<!\w)(?:sáng|trưa|chiều|tối|ngày|Ngày) mai(?!\w)"
    r"|(?<!\w)sẽ (?:diễn ra|được tổ chức|tổ chức|được khai mạc)(?!\w)"
)


def _before(one: Time, other: Time | None) -> bool:
    """Whether a day comes before another of the same year."""
    return other is None or (one.month or 0, one.day or 0) < (other.month or 0, other.day or 0)


def tells_a_visit(layers: Layers) -> bool:
    """Whether a text tells what a visit brought that is over: "A rời Hà Nội, kết thúc chuyến thăm".

    Of such a text only what was chaired on the visit is a meeting it reports.
    """
    told = lead(layers)
    end = told[-1].end if told else 0
    return _OVER.search(layers.text, 0, end) is not None


def chaired_in(layers: Layers, meeting: Meeting) -> bool:
    """Whether the words that tell a meeting say that somebody chaired it."""
    return layers.words.has(words_of_meetings("chaired"), meeting.start, meeting.end)


def visit_ends(text: str, s: Sentence) -> int:
    """Where the frame ends that says on what visit people met; the head of the sentence if none.

    "Trong khuôn khổ chuyến thăm ..., hôm nay (22/12), ... đã có buổi trao đổi với ...".
    """
    frame = _ON_A_VISIT.match(text, s.start, s.end)
    return frame.end() if frame is not None else s.start


def occasion_of(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Where the words stand in `text[start:end]` that say on what occasion people met."""
    m = _OCCASION.search(text, start, end)
    return m.span() if m is not None else None


_OCCASION = regex(
    r"(?<!\w)(?:[Ss]au khi|[Tt]rước khi|[Tt]rong khuôn khổ"
    r"|[Nn]hân (?:dịp|dự|tham dự|chuyến)|[Bb]ên lề|[Tt]rong chương trình"
    r"|[Tt]rước thềm|[Nn]hận lời mời|[Tt]heo lời mời) [^,;.]{5,220}, "
)
_ON_A_VISIT = regex(
    r"(?:Trong khuôn khổ|Nhân (?:dịp|dự|tham dự|chuyến)|Trong chương trình|Tiếp tục) "
    r"[^,.;\n]{5,120}, "
    r"(?=(?:hôm|sáng|trưa|chiều|tối|ngày) )"
)
_OVER = regex(
    r"(?<![Ss]au khi )(?<!trước khi )kết thúc (?:(?:rất |tốt đẹp|thành công) ?)*"
    r"(?:chuyến (?:thăm|công tác|công du|làm việc)|chương trình (?:thăm|công tác))"
)
_WELCOMES = regex(r"[Ll]ễ (?:đón|tiễn|viếng|tang|thượng cờ|chào cờ)")
"""Ceremonies by which a visit begins and ends are no meetings."""
_CAME_FOR = regex(
    r"(?<!\w)(?:tiếp|gặp|hội kiến|hội đàm) [^;.]{5,160}? (?:sang|tới|đến|đang|nhân)"
    r" [^;.,]{3,90}(?<!\w)(?:dự|chủ trì) $"
)
"""Before a meeting for which a guest came whom somebody received: the reception is told."""
_PRAISED = regex(
    r"(?:chúc mừng|(?<!Phát biểu )đánh giá cao|Đánh giá cao|biểu dương)[^.]*"
    r"(?:việc|đã|tổ chức|chủ trì|dự)[^.]*$"
)
_OPENS = regex(r"Phát biểu(?: (?:khai mạc|kết luận|chỉ đạo))?(?: tại)? $")
_THAT_WAS = regex(
    r"(?:Đó|Đây) là (?:những )?(?:nội dung|\w+(?: \w+)?) của [^.;,]{3,110} (?:tại|trong) "
)
_SOME_DAYS = regex(
    r"(?:Từ|Trong) (?:(?:các|hai|ba|bốn|\d) )?ngày \d"
    r"|(?:Rạng sáng|Sáng|Trưa|Chiều|Tối|Hôm) (?:nay|qua)"
)


def _carried_out(layers: Layers, s: Sentence, named: re.Match[str]) -> bool:
    """Whether a sentence says, before it names a meeting, that this was held, at no other time."""
    return _CARRIED_OUT.search(
        layers.text, s.start, named.start()
    ) is not None and not layers.times_between(s.start, named.start())


_CARRIED_OUT = regex(
    r"(?:đã|vừa) (?:cùng )?tiến hành $|vừa (?:phối hợp )?(?:tổ chức|diễn ra|có) $"
    r"|(?:đã|vừa) (?:(?:phối hợp|cùng) [^,;.]{3,120} )?(?:tổ chức|khai mạc)(?: thành công)? $"
)
"""Before a meeting's name, where a text opens with it and tells no day."""
_SAID_AT = regex(
    r"(?:nhấn mạnh|khẳng định|phát biểu|chỉ đạo|yêu cầu|chia sẻ|thông tin|ý kiến|nhận định"
    r"|đánh giá|đề nghị|mong muốn|cam kết) của [^.;,]{3,110} (?:tại|trong) $"
)
_ISSUED = regex(r"(?<!\w)ban hành(?!\w)[^;.]*$")
"""Whoever issues a plan holds none of the meetings it names."""
_THERE = regex(r"(?:[Ss]áng|[Tt]rưa|[Cc]hiều|[Tt]ối|[Nn]gày)[\w /.()-]{3,24}, tại (?:buổi |cuộc )?")
"""Before a meeting's name: "Ngày 19/6, tại hội nghị, ông A ..."."""
_JOURNEY = regex(r"Từ (?:ngày )?\d[^;.]{3,200}(?<!\w)(?:dự|tham dự|tham gia) $")
"""Whoever attends a meeting from one day to another is on a journey, of which that is told."""
_HEADED = regex(r"(?:Vào |Trong )?(?:Rạng sáng|[Ss]áng|[Tt]rưa|[Cc]hiều|[Tt]ối|[Nn]gày|[Hh]ôm) ")
_TOOK_PLACE = regex(
    r"[^,;.]{0,60} (?:được kết nối (?:đến|tới|với)|được thực hiện (?:với|theo|tại)|diễn ra tại"
    r"|được tổ chức (?:tại|theo|trực|bằng))"
)
_CONCLUDED = regex(
    r"(?:kết luận của [^,;.:]{5,90} tại (?:các )?|(?<!\w)(?:đã |có ){0,2}kết luận (?:về|tại) )$"
)
"""Before a meeting's name, what was concluded there: "kết luận của Thủ tướng tại cuộc họp ..."."""
_BEGUN = regex(r"(?:trước|đến|hạn|kết luận của)[^,;.]{0,12}$")


def opening(layers: Layers) -> list[Sentence]:
    """The first sentences that are no headings."""
    found: list[Sentence] = []
    for sentence in layers.sentences:
        # A row of a table beside the text is no part of it.
        if not sentence.heading and not layers.text.startswith("| ", sentence.start):
            found.append(sentence)
            if len(found) == _LEAD:
                break
    return found


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


def _in_a_caption(layers: Layers) -> Meeting | None:
    """A dated meeting in the caption of a picture, where the text itself gives no day."""
    words = layers.words
    for block in layers.document.blocks:
        if (
            block.kind == "caption"
            and words.has(words_of_meetings("meetings"), block.start, block.end)
            and words.has(words_of_meetings("held"), block.start, block.end)
        ):
            for time in layers.times_between(block.start, block.end):
                if time.kind == "date":
                    return Meeting(block.start, block.end, -1, time)
    return None


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
