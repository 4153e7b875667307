"""Clauses that name a weakness, an obstacle or a limitation."""

import re
from bisect import bisect_left
from functools import cache
from itertools import accumulate
from typing import Any

from vanban.data import load
from vanban.patterns import Cue, Match, alternation, cue
from vanban.readers.tasks.clauses import split_clauses
from vanban.readers.tasks.grammar import grammar
from vanban.records import Shortcoming, Task
from vanban.scan import Scan
from vanban.sentences import Sentence

__all__ = ["read_shortcomings"]

_UNSURE = frozenset({"only", "hard", "section"})
_LONGEST_HEADING = 90
_SHORTEST_LISTED = 18
_SHORTEST_IN_SECTION = 24
"""Code points; a shorter clause of a list is a label, not a weakness."""
_MOST_WORDS = 14
_NOT_IN_REACH = 34
"""Code points before a cue in which "khắc phục", "tháo gỡ" ... make it a task or a wish."""


class _Parts(dict[str, Match]):
    """By a first word, the cues that it can begin, each compiled when a text has such a word.

    A word begins two or three of the cues, and trying all of them takes five times as long.
    """

    def __init__(self, rows: list[dict[str, Any]]) -> None:
        self._rows = rows
        self._compiled: dict[str, Match] = {}

    def __missing__(self, word: str) -> Match:
        cues = tuple(self._one(row) for row in self._rows if word in row["begins"])

        def first(text: str, start: int, end: int) -> re.Match[str] | None:
            for match in cues:
                if (m := match(text, start, end)) is not None:
                    return m
            return None

        found = self[word] = cues[0] if len(cues) == 1 else first
        return found

    def _one(self, row: dict[str, Any]) -> Match:
        if row["id"] not in self._compiled:
            self._compiled[row["id"]] = re.compile(_form(row)).match
        return self._compiled[row["id"]]


def _form(row: dict[str, Any]) -> str:
    return f"(?P<{row['id']}>(?i:{row['pattern']}))"


@cache
def _cues() -> Cue:
    rows = load("shortcomings")["cues"]
    first = frozenset(word for row in rows for word in row["begins"])
    return Cue(lambda: rf"(?<!\w)(?:{'|'.join(map(_form, rows))})", first, parts=_Parts(rows))


@cache
def _any_of(name: str) -> Cue:
    return cue(load("shortcomings")[name], any_case=True)


@cache
def _turns() -> Cue:
    return cue(load("shortcomings")["turns"], then=r"(?!\w)(?! song)")


class _Taken:
    """The runs of a text that are tasks, and so no shortcomings."""

    def __init__(self, tasks: list[Task]) -> None:
        spans = sorted((t.anchor.start, t.anchor.end) for t in tasks)
        self._starts = [start for start, _ in spans]
        self._ends = list(accumulate((end for _, end in spans), max))

    def touches(self, start: int, end: int) -> bool:
        """Whether a task has a code point in `[start, end)`."""
        before = bisect_left(self._starts, end)
        return before > 0 and self._ends[before - 1] > start


def read_shortcomings(scan: Scan, tasks: list[Task]) -> list[Shortcoming]:
    """The weaknesses a text admits, one per clause; what is to be done about them is a task.

    Source: `data/shortcomings.yml`.
    Args:
        scan: the document.
        tasks: its tasks; a clause that is one names no shortcoming.
    """
    taken = _Taken(tasks)
    found: list[Shortcoming] = []
    section = items = False
    for sentence in scan.sentences:
        if _is_heading(scan, sentence):
            section, items = _opens_section(scan, sentence), False
            continue
        if sentence.asks(scan.text):
            continue
        if items and not _is_item(scan, sentence):
            section = items = False
        if not section and _leads_in(scan, sentence):
            section = items = _items_below(scan, sentence)
            continue
        # Most sentences name nothing of the kind, and need not be cut.
        if not section and not (
            scan.words.has(_cues(), sentence.start, sentence.end)
            or scan.words.has(_any_of("openers"), sentence.start, sentence.end)
        ):
            continue
        clauses = split_clauses(scan.text, sentence.start, sentence.end)
        listed = _skip_opener(scan, clauses)
        for a, b in clauses:
            if taken.touches(a, b):
                continue
            rule = _rule(scan, a, b, listed=listed, section=section)
            if rule is not None:
                found.append(_record(scan, a, b, rule))
    return found


def _record(scan: Scan, start: int, end: int, rule: str) -> Shortcoming:
    frame = _frame().match(scan.text, start, end)
    if frame is not None and frame.end() < end - 10:
        start = frame.end()
    return Shortcoming(
        anchor=scan.document.anchor(start, end),
        rule=f"shortcoming.{rule}",
        confidence=0.6 if rule in _UNSURE else 0.75,
        what=" ".join(scan.text[start:end].split()[:_MOST_WORDS]),
    )


_STOP = re.compile(r"[.;,…]$")
_NUMBERED = re.compile(r"(?:\d+(?:\.\d+)*|[IVX]+|[a-z])[.)]\s")
_COLON = re.compile(r":\s+")
_ITSELF = re.compile(r" còn (?:rất |khá |nhiều )?(?:hạn chế|bất cập|yếu kém)$")


def _is_heading(scan: Scan, sentence: Sentence) -> bool:
    if sentence.heading:
        return True
    words = scan.sentence_text(sentence).strip()
    if len(words) >= _LONGEST_HEADING or _STOP.search(words):
        return False
    return words.isupper() or _NUMBERED.match(words) is not None


_ITEM = re.compile(r"(?:[-–—•*+►▪]|\d{1,2}[.)]|[a-zđ][.)])\s*\S")
_BELOW = re.compile(r"\s*\n\s*(?=\S)")


def _is_item(scan: Scan, sentence: Sentence) -> bool:
    """Whether a sentence stands in an item of a list."""
    return _ITEM.match(scan.text, scan.document.blocks[sentence.block].start) is not None


def _opens_section(scan: Scan, sentence: Sentence) -> bool:
    """Whether a heading or a lead-in names shortcomings, not what is done about them."""
    opener = scan.words.find(_any_of("openers"), sentence.start, sentence.end)
    if opener is None or scan.words.has(_any_of("ahead"), sentence.start, sentence.end):
        return False
    return not scan.words.has(_any_of("not_in"), sentence.start, opener.start())


def _leads_in(scan: Scan, sentence: Sentence) -> bool:
    """Whether a line says that shortcomings follow: "... còn một số hạn chế sau:".

    What such a line itself says of them is no record: it names none.
    """
    words = scan.text[sentence.start : sentence.end].rstrip()
    ends = sentence.end >= scan.document.blocks[sentence.block].end - 1
    return ends and words.endswith(":") and _opens_section(scan, sentence)


def _items_below(scan: Scan, sentence: Sentence) -> bool:
    """Whether the block behind a sentence is an item of a list."""
    below = _BELOW.match(scan.text, scan.document.blocks[sentence.block].end)
    return below is not None and _ITEM.match(scan.text, below.end()) is not None


def _skip_opener(scan: Scan, clauses: list[tuple[int, int]]) -> bool:
    """Cut the lead-in of a list of shortcomings off its first clause; say whether there is one.

    "Một số hạn chế: xúc tiến còn dàn trải; ...": the list begins behind the colon.
    """
    if not clauses:
        return False
    start, end = clauses[0]
    colon = _COLON.search(scan.text, start, end)
    if colon is None or not scan.words.has(_any_of("openers"), start, colon.start()):
        return False
    if _ITSELF.search(scan.text, start, colon.start()) is not None:
        # "Hạ tầng còn hạn chế: ..." admits one, and says more of it behind the colon.
        return True
    clauses[0] = colon.end(), end
    return True


def _rule(scan: Scan, start: int, end: int, *, listed: bool, section: bool) -> str | None:
    """The cue by which a clause names a weakness; None if it does not.

    Args:
        listed: whether it stands in a list of shortcomings.
        section: whether it stands under a heading of shortcomings.
    """
    words = scan.words
    world = words.find(_any_of("world"), start, min(end, start + 60))
    if world is not None and not scan.text.endswith("nhất ", start, world.start()):
        # "nhất thế giới về xuất khẩu" is no word on the world.
        return None
    at = start
    # One cue that does not hold hides none that begins inside its words.
    while (m := words.find(_cues(), at, end)) is not None:
        at = m.start() + 1
        turn = words.find(_turns(), start, m.start())
        low = max(turn.end() if turn else start, m.start() - _NOT_IN_REACH)
        if words.has(_any_of("overcome"), m.start(), end):
            continue
        if _of_a_partner(scan, start, m) or _denied(scan, start, m):
            continue
        if m.lastgroup in _SAID_OF_WHAT_IS_DEALT_WITH and _dealt_with(scan, start, m.start()):
            continue
        if not _wished_away(scan, low, m.start()):
            return m.lastgroup
    if listed and end - start > _SHORTEST_LISTED:
        return "list"
    if section and end - start > _SHORTEST_IN_SECTION:
        explains = words.match(_any_of("explains"), start, len(scan.text))
        return None if explains is not None else "section"
    return None


_LACKING = ("còn thiếu", "chưa có")


def _of_a_partner(scan: Scan, start: int, found: re.Match[str]) -> bool:
    """Whether what is lacking is lacking abroad: "Nhật Bản thiếu lao động"."""
    if found.lastgroup != "lack" and not found[0].startswith(_LACKING):
        return False
    return any(
        p.type == "country" and not scan.text[p.end : found.start()].strip()
        for p in scan.partners_between(start, found.start())
    )


def _denied(scan: Scan, start: int, found: re.Match[str]) -> bool:
    """Whether "không" stands before what would be one: "không né tránh trách nhiệm"."""
    return found.lastgroup == "thin" and scan.words.lower.endswith("không ", start, found.start())


_SAID_OF_WHAT_IS_DEALT_WITH = frozenset({"thin", "hard", "lack", "this_is"})
_DEALT_WITH = re.compile(
    r"(?:tháo gỡ|khắc phục|giải quyết|xử lý|rà soát|thống kê|đôn đốc)"
    r"(?: (?!(?:còn|chưa|bị|vẫn|do|vì|mà|là)(?!\w))\w+| và"
    r"|,(?= (?:khó khăn|vướng mắc|bất cập|có hiệu quả|hiệu quả|dứt điểm)| $)){1,16} $",
    re.IGNORECASE,
)
_OF_SEVERAL = re.compile(r"(?<!\w)(?:các|những)(?!\w)[^;.]{1,90}$")


def _dealt_with(scan: Scan, start: int, cue: int) -> bool:
    """Whether a cue only tells what something is done about: "rà soát các dự án có vướng mắc"."""
    if _DEALT_WITH.search(scan.text, start, cue) is not None:
        return True
    verb = grammar().verb.pattern.match(scan.text, _frame_end(scan, start, cue), cue)
    return verb is not None and _OF_SEVERAL.search(scan.text, verb.end(), cue) is not None


def _frame_end(scan: Scan, start: int, end: int) -> int:
    front = _CONTINUES.match(scan.text, start, end)
    return front.end() if front is not None else start


_CONTINUES = re.compile(r"(?:[-–+•*] *)?(?:(?:Tiếp tục|tiếp tục|Khẩn trương|khẩn trương) )?")


def _wished_away(scan: Scan, start: int, end: int) -> bool:
    """Whether what stands before a cue makes its clause a task, a result or a wish."""
    for m in scan.words.find_all(_any_of("not_in"), start, end):
        if scan.words.lower.endswith("việc ", start, m.start()):
            # "Việc xử lý hồ sơ còn chậm" is one.
            continue
        # "Trong khi đó", "trong khi ..." only set one thing against another.
        if m[0] != "khi" or not scan.text.endswith("rong ", max(0, m.start() - 5), m.start()):
            return True
    return False


@cache
def _frame() -> re.Pattern[str]:
    data = load("shortcomings")
    return re.compile(
        rf"(?:[-–+•]\s*)?(?:(?:{alternation(data['connectives'])}),?\s*)?"
        rf"(?:[^,;:]{{0,120}}?(?:{alternation(data['sayings'])})(?: rằng)?[:,]?\s+)?"
    )
