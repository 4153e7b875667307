"""A quantity where it stands: its sentence, its neighbours, the words around it."""

import re
from dataclasses import dataclass, field
from functools import cache, cached_property

from vanban.data import load
from vanban.patterns import Cue, alternation, cue, regex
from vanban.records import Figure
from vanban.scan import Scan
from vanban.sentences import Sentence
from vanban.values.quantities import Quantity
from vanban.values.times import Time

__all__ = ["LONGEST_PARAGRAPH", "POINTS", "Mention", "pattern_of", "said", "words_of"]


@cache
def said(name: str) -> Cue:
    """One of the lists of `data/figures.yml` as a cue, in any case."""
    return cue(load("figures")[name], any_case=True)


@cache
def words_of(name: str) -> str:
    """One of the lists of `data/figures.yml` as the inside of a pattern."""
    return alternation(load("figures")[name])


@cache
def pattern_of(name: str, form: str) -> re.Pattern[str]:
    """A pattern over one list of `data/figures.yml`; `form` has the list in the place of "{}"."""
    return regex(form.format(f"(?:{alternation(load('figures')[name])})"))


@cache
def _turns() -> re.Pattern[str]:
    return regex("|".join(map(re.escape, load("figures")["turns"])))


POINTS = ("other:điểm %", "other:điểm%", "other:điểm phần trăm")
"""Percentage points: by how much one percentage is more than another."""
LONGEST_PARAGRAPH = 16_000
"""Code points before a sentence; the longest paragraph met has 14,458 in all."""
_FARTHEST_BEFORE = 400
"""Code points before a quantity that are asked for at most; its words lie nearer."""
_RELATIVE = ("percent", "ratio", "rank")
_BESIDE = regex(r"\d[\d.,]* [^\d,;./]{1,24}/$")
_NEAR = regex(r"[^,;()]*")
_AND = (" và ", " và tăng ", " và giảm ", " hay ")
_GROWN = regex(r"(?:tăng|giảm)(?: [^\s,;.\d]+){0,2} *$")
_SHARES_BASE = regex(r" (?:về (?:(?:khối|sản|số) )?(?:lượng|trị giá|giá trị|kim ngạch) )?và .*")
_NEXT_GROWTH = regex(
    r"(?:(?:khoảng|hơn|gần|trên) )*\d[\d.,]* ?% (?:về [^,;().\d]{3,16} )?so với [^,;()]*"
)


@dataclass(eq=False)
class Mention:
    """A quantity in its sentence.

    Args:
        left: where the figure before it ends, or the sentence begins.
        stop: where the next quantity begins, or the sentence ends.
        previous: the last figure of the sentence that is no comparison; None for the first.
        earlier: the last such figure of the sentences before it in its block; None if none.
        beside: the last record of the sentence before it, a comparison or not; None for the first.
    """

    scan: Scan
    sentence: Sentence
    q: Quantity
    left: int
    stop: int
    previous: Figure | None
    earlier: Figure | None
    beside: Figure | None = None
    text: str = field(init=False)
    """The text of the whole document."""

    _clause: int = field(default=-1, init=False, repr=False)
    _before: str = field(init=False, repr=False)

    near: str = field(init=False)
    """What stands behind it up to the first comma, semicolon or bracket."""

    def __post_init__(self) -> None:
        text = self.text = self.scan.text
        start, at = self.sentence.start, self.q.start
        self._before = text[max(start, at - _FARTHEST_BEFORE) : at]
        near = _NEAR.match(text, self.q.end, self.stop)
        self.near = near[0] if near is not None else ""
        if self.near.endswith("/"):
            # "tăng 12 tàu/16 ngư dân so với cùng kỳ": both grew.
            near = _NEAR.match(text, self.q.end, self.sentence.end)
            self.near = near[0] if near is not None else ""
        elif (
            self.near.endswith(_AND)
            and _SHARES_BASE.fullmatch(self.near)
            and _GROWN.search(text, self.sentence.start, self.q.number_start)
        ):
            # "tăng 28% về lượng và tăng 26% về trị giá so với tháng trước": both than then.
            near = _NEXT_GROWTH.match(text, self.q.end + len(self.near), self.sentence.end)
            self.near += near[0] if near is not None else ""

    def before(self, n: int) -> str:
        """At most n code points of the sentence before the quantity, or before one it is beside."""
        words = self._before[-n:]
        if words.endswith("/") and (beside := _BESIDE.search(words)) is not None:
            # "tăng 12 tàu/16 ngư dân"
            return words[: beside.start()]
        return words

    @property
    def behind(self) -> str:
        """What stands between the quantity and the next one."""
        return self.text[self.q.end : self.stop]

    @property
    def clause(self) -> int:
        """Where the clause before it begins: behind the last semicolon or turn of its sentence."""
        if self._clause < 0:
            self._clause = self._find_clause()
        return self._clause

    def _find_clause(self) -> int:
        start, end = self.sentence.start, self.q.number_start
        begin = max(start, self.text.rfind(";", start, end) + 1)
        if self.text.find(",", begin, end) < 0:
            return begin
        for turn in _turns().finditer(self.text, begin, end):
            begin = turn.start() + 1
        return begin

    def clause_from(self, left: int) -> int:
        """Where the clause before the quantity begins, not before `left`."""
        turn = self.text.rfind(";", left, self.q.start) + 1
        return turn if turn > left else left

    @property
    def paragraph(self) -> int:
        """Where its paragraph begins; of one longer than official texts have, a part behind it."""
        begin = self.scan.document.blocks[self.sentence.block].start
        return max(begin, self.sentence.start - LONGEST_PARAGRAPH)

    @cached_property
    def times_before(self) -> list[Time]:
        """The times its sentence names before it."""
        return self.scan.times_between(self.sentence.start, self.q.start)

    @property
    def is_relative(self) -> bool:
        """Whether it says nothing without another figure: a percentage, a ratio, a rank."""
        return self.q.unit in (*_RELATIVE, *POINTS)

    def says(self, name: str, start: int, end: int) -> bool:
        """Whether `[start, end)` has one of a list of `data/figures.yml`."""
        return self.scan.words.has(said(name), start, end)
