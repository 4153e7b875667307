"""Clauses that name a weakness, an obstacle or a limitation."""

from bisect import bisect_left
from itertools import accumulate
from typing import NamedTuple

from vanban.patterns import regex
from vanban.readers.shortcomings.cues import any_of, cues, frame
from vanban.readers.shortcomings.doubts import holds, speaks_of_none
from vanban.readers.shortcomings.orders import is_forced
from vanban.readers.shortcomings.polarity import find_state, states
from vanban.readers.shortcomings.sections import (
    heads_section,
    is_heading,
    is_item,
    items_below,
    leads_in,
    names_none,
    skip_opener,
    speaks_for_itself,
)
from vanban.readers.shortcomings.subjects import tells_of_others
from vanban.readers.shortcomings.topics import is_of_others
from vanban.readers.shortcomings.weighed import weigh
from vanban.readers.tasks.clauses import split_clauses
from vanban.records import Shortcoming, Task
from vanban.scan import Scan
from vanban.sentences import Sentence

__all__ = ["read_shortcomings"]

_UNSURE = frozenset({"only", "hard", "section", "learned"})
_SHORTEST_LISTED = 18
_SHORTEST_IN_SECTION = 24
"""Code points; a shorter clause of a list is a label, not a weakness."""
_MOST_WORDS = 14


class _Taken:
    """The runs of a text that are tasks, and so no shortcomings."""

    def __init__(self, tasks: list[Task]) -> None:
        spans = sorted((t.anchor.start, t.anchor.end) for t in tasks)
        self._starts = [start for start, _ in spans]
        self._ends = list(accumulate((end for _, end in spans), max))

    def first_in(self, start: int, end: int) -> int:
        """Where in `[start, end)` the first code point of a task stands; `end` if none does."""
        before = bisect_left(self._starts, start)
        if before > 0 and self._ends[before - 1] > start:
            return start
        return min(self._starts[before], end) if before < len(self._starts) else end


def read_shortcomings(scan: Scan, tasks: list[Task]) -> list[Shortcoming]:
    """The weaknesses a text admits, one per clause; what is to be done about them is a task.

    Source: `data/shortcomings.yml`.
    Args:
        scan: the document.
        tasks: its tasks; a clause that is one names no shortcoming.
    """
    if tells_of_others(scan):
        return []
    taken = _Taken([task for task in tasks if not is_forced(scan, task)])
    found: list[Shortcoming] = []
    said: list[frozenset[str]] = []
    section = items = False
    told_of = -1
    for at, sentence in enumerate(scan.sentences):
        if is_heading(scan, sentence):
            section, items = heads_section(scan, sentence), False
            continue
        if sentence.asks(scan.text) or _NAMES_A_TOPIC.fullmatch(
            scan.text, sentence.start, sentence.end
        ):
            continue
        if items and not is_item(scan, sentence):
            section = items = False
        if section and not items and speaks_for_itself(scan, sentence):
            section = False
        if not section and leads_in(scan, sentence):
            section = items = items_below(scan, sentence)
            continue
        if not (section or told_of == sentence.block or _may_tell(scan, sentence)):
            continue
        clauses = split_clauses(scan.text, sentence.start, sentence.end)
        listed = skip_opener(scan, clauses)
        if _IN_ORDER.match(scan.text, sentence.start) is not None:
            listed = listed or told_of == sentence.block
        elif (
            told_of != sentence.block
            and scan.words.has(any_of("openers"), sentence.start, sentence.end)
            and _SOME_ARE_TOLD.search(scan.text, sentence.start, sentence.end)
        ):
            told_of = sentence.block
        for a, b in clauses:
            free = taken.first_in(a, b)
            if free < b:
                # What is told before an order in one breath with it may be why it is given.
                b = _before_order(scan, a, free)
            named = _named(scan, a, b, listed=listed and free == b, section=section and free == b)
            if named is None or is_of_others(scan, at, named.rule):
                continue
            if named.rule in _OF_TIME and _only_says_when(scan.text, a, b):
                continue
            if found and _told_by_the_next(scan, found[-1], a):
                found.pop()
            record = _record(scan, a, b, named)
            if found and _points_back(scan, found[-1], record):
                continue
            if not _is_told_again(record, said):
                found.append(record)
    return [*found, *_weighed(scan, found, taken, said)]


def _weighed(
    scan: Scan, found: list[Shortcoming], taken: _Taken, said: list[frozenset[str]]
) -> list[Shortcoming]:
    """What no rule found and the weighed words name."""
    starts = [one.anchor.start for one in found]

    def is_free(start: int, end: int) -> bool:
        by_rules = bisect_left(starts, start) < bisect_left(starts, end)
        return not by_rules and taken.first_in(start, end) == end

    by_words = []
    for sentence in scan.sentences:
        alone = bisect_left(starts, sentence.start) == bisect_left(starts, sentence.end)
        for start, end in weigh(scan, sentence, is_free, alone=alone):
            record = _record(scan, start, end, _Named("learned", start))
            if not _is_told_again(record, said):
                by_words.append(record)
    return by_words


def _may_tell(scan: Scan, sentence: Sentence) -> bool:
    """Whether a sentence may tell a weakness; most name nothing of the kind, and are not cut."""
    return (
        scan.words.has(cues(), sentence.start, sentence.end)
        or scan.words.has(states(), sentence.start, sentence.end)
        or scan.words.has(any_of("openers"), sentence.start, sentence.end)
    )


def _is_told_again(record: Shortcoming, said: list[frozenset[str]]) -> bool:
    """Whether a clause has nearly the words of one before: a story tells its first lines again.

    Args:
        record: the clause.
        said: the words of the clauses before; those of this one are added.
    """
    words = frozenset(record.anchor.quote.lower().split())
    again = len(words) >= _FEWEST_WORDS and any(
        len(words & before) >= _ALIKE * min(len(words), len(before))
        for before in said
        if len(before) >= _FEWEST_WORDS
    )
    if len(said) < _MOST_TOLD:
        said.append(words)
    return again


_FEWEST_WORDS = 12
_ALIKE = 0.85
_MOST_TOLD = 200
"""Clauses that later ones are compared with; no text met names so many weaknesses."""


def _before_order(scan: Scan, start: int, order: int) -> int:
    """The end of what a clause tells before an order begins in it; `start` if that is nothing."""
    end = max(start, scan.text.rfind(", ", start, order))
    if _TOPIC.match(scan.text, start) is not None and scan.text.find(", ", start, end) < 0:
        return start
    return end


_TOPIC = regex(
    r"\W*(?:Về|Đối với|Liên quan(?! đến việc)|Trước(?! (?:thực|tình) trạng)|Để|Nhằm|Với|Do đó"
    r"|Theo đó|Trên cơ sở"
    r"|Căn cứ|Xét(?! thấy)|Trong) "
)
"""A front that only says what an order is about, or why it is given, in one phrase."""


_IN_ORDER = regex(
    r"(?:Thứ (?:nhất|nhì|hai|ba|tư|năm|sáu|bảy|tám)|(?:Một|Hai|Ba|Bốn|Năm|Sáu) là|Trước hết là),? "
)
_SOME_ARE_TOLD = regex(
    r"(?:còn|bộc lộ|có|tồn tại|gặp|là|chỉ ra|nêu)[^.;:]{0,30}"
    r" (?:một số|nhiều|những|không ít|[2-9]|hai|ba|bốn|năm)"
    r" (?:bất cập|hạn chế|tồn tại|khó khăn|vướng mắc|yếu kém|điểm yếu|điểm nghẽn)"
)
"""A sentence behind which those in order ("Thứ nhất, ...") each tell one."""


def _told_by_the_next(scan: Scan, before: Shortcoming, start: int) -> bool:
    """Whether a record only says that there are difficulties, and the clause at `start` which."""
    if _ONLY_SAYS.search(scan.words.lower, before.anchor.start, before.anchor.end) is None:
        return False
    if not scan.text.endswith(_TURNS_TO, 0, before.anchor.start) and not _BARE.search(
        scan.words.lower, before.anchor.start, before.anchor.end
    ):
        return False
    if scan.text[before.anchor.end : start].strip(" .;:…"):
        return False
    return _ADDS.match(scan.text, start) is None


def _only_says_when(text: str, start: int, end: int) -> bool:
    """Whether a clause is slow only in its deadline: "chậm nhất 17h00 ngày 10/12/2026 gửi ..."."""
    by = _BY_WHEN.search(text, start, end)
    if by is None:
        return False
    rest = f"{text[start : by.start()]} {text[by.end() : end]}".lower()
    return not any(word in rest for word in ("chậm", "muộn", "kéo dài"))


_OF_TIME = ("how_long", "slow")
_BY_WHEN = regex(
    r"(?:[Cc]hậm|[Mm]uộn) nhất(?: (?:là|đến|trước|vào|trong|hết|lúc|ngày|tháng|quý))* ?\d"
)
_NAMES_A_TOPIC = regex(r"\W*Về [^;.:]{3,90}:\s*")
"""A line that only says of what the next ones tell: "Về thanh toán:"."""
_ONLY_SAYS = regex(
    r"(?:còn|gặp|gặp phải|có|bộc lộ|tồn tại) (?:rất nhiều|rất|không ít|nhiều|một số|những)"
    r"(?:(?:,| và)? (?:khó khăn|hạn chế|bất cập|tồn tại|vướng mắc|thách thức|trở ngại|khuyết điểm"
    r"|yếu kém|nhất định))+$"
)
_BARE = regex(
    r"(?:còn|có|bộc lộ|tồn tại) (?:rất nhiều|nhiều|một số|những|không ít)"
    r"(?:(?:,| và)? (?:tồn tại|hạn chế|nhất định))+$"
)
_TURNS_TO = ("Tuy nhiên, ", "Tuy vậy, ", "Song, ", "Song ", "Dù vậy, ")
_ADDS = regex(r"(?:Bên cạnh|Ngoài ra|Cùng với|Cùng đó|Đồng thời|Mặt khác|Hơn nữa|Thêm vào)")


def _points_back(scan: Scan, before: Shortcoming, record: Shortcoming) -> bool:
    """Whether a clause only says again of what was just told that it is bad: "Đây là rào cản"."""
    begin, end = record.anchor.start, record.anchor.end
    return (
        begin - before.anchor.end < _NEXT
        and end - begin < _SHORT
        and _SAYS_OF_IT.match(scan.text, begin, end) is not None
    )


_NEXT = 12
"""Code points between a clause and the next."""
_SHORT = 130
_SAYS_OF_IT = regex(
    r"(?:Đây|Đó|Điều (?:này|đó)|Việc này)(?: (?:cũng|chính|đang|thực sự))* là (?:một )?(?:trong )?"
    r"(?:những |các )?(?:điều|thực trạng|dấu hiệu|tín hiệu|vấn đề|thách thức|khó khăn|trở ngại"
    r"|rào cản|điểm nghẽn|hạn chế|bất cập)(?!\w)"
)


class _Named(NamedTuple):
    """By what a clause names a weakness, and where the words for it stand."""

    rule: str
    at: int


def _record(scan: Scan, start: int, end: int, named: _Named) -> Shortcoming:
    said = frame().match(scan.text, start, end)
    if said is not None and said.end() < end - 10:
        start = said.end()
    return Shortcoming(
        anchor=scan.document.anchor(start, end),
        rule=f"shortcoming.{named.rule}",
        confidence=0.6 if named.rule in _UNSURE else 0.75,
        what=_what(scan, start, end, named.at),
    )


def _what(scan: Scan, start: int, end: int, at: int) -> str:
    """The first words of a clause, or of the part of it in which the weakness is named."""
    if len(scan.text[start:at].split()) >= _MOST_WORDS:
        start = max(start, scan.text.rfind(", ", start, at) + 2)
    return " ".join(scan.text[start:end].split()[:_MOST_WORDS])


def _named(scan: Scan, start: int, end: int, *, listed: bool, section: bool) -> _Named | None:
    """What in a clause names a weakness; None if nothing does.

    Args:
        listed: whether it stands in a list of shortcomings.
        section: whether it stands under a heading of shortcomings.
    """
    words = scan.words
    cue = words.find(cues(), start, end)
    state = find_state(scan, start, end) if cue is None else None
    if not (listed or section or cue or state) or speaks_of_none(scan, start, end):
        return None
    while cue is not None:
        if holds(scan, start, end, cue):
            return _Named(cue.lastgroup or "", cue.start())
        # One cue that does not hold hides none that begins inside its words.
        cue = words.find(cues(), cue.start() + 1, end)
        if cue is None:
            state = find_state(scan, start, end)
    while state is not None:
        if holds(scan, start, end, state):
            return _Named(state.lastgroup, state.start())
        state = find_state(scan, state.end(), end)
    if listed and end - start > _SHORTEST_LISTED:
        return _Named("list", start)
    if section and end - start > _SHORTEST_IN_SECTION:
        explains = words.match(any_of("explains"), start, len(scan.text))
        if explains is None and not names_none(scan, start, end):
            return _Named("section", start)
    return None
