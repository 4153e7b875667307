"""Weaknesses told by a noun and its state together: good that is low, ill that is high or met."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Protocol, cast

from vanban.data import load
from vanban.letters import tone_variants
from vanban.patterns import Cue, Match, regex
from vanban.scan import Scan

__all__ = ["Named", "find_state", "states"]


class Named(Protocol):
    """What names a weakness: a match of a cue, or a state of something."""

    @property
    def lastgroup(self) -> str | None:
        """The name of what found it."""

    def start(self) -> int:
        """Where its words begin."""

    def end(self) -> int:
        """Where its words end."""

    def __getitem__(self, group: int, /) -> str:
        """Its words."""


@dataclass(frozen=True, slots=True)
class _Hit:
    """A phrase of one of the lists, in `[begin, stop)`."""

    begin: int
    stop: int
    words: str
    lastgroup: str

    def start(self) -> int:
        return self.begin

    def end(self) -> int:
        return self.stop

    def __getitem__(self, group: int) -> str:
        return self.words


def _by_first_word(lists: dict[str, list[str]]) -> Cue:
    """A cue for the phrases of several lists, which tells of a match which list has it.

    Some hundred phrases are compared as they are: compiled, they would cost a first text more
    than reading it.
    """
    rows: dict[str, list[tuple[str, str]]] = {}
    for name, phrases in lists.items():
        for phrase in phrases:
            for form in tone_variants(phrase):
                rows.setdefault(form.split(" ", 1)[0], []).append((form, name))
    parts = {
        word: _matcher(sorted(of_word, key=lambda row: -len(row[0])))
        for word, of_word in rows.items()
    }
    return Cue(lambda: r"(?!)", frozenset(rows), lowered=True, parts=parts)


def _matcher(rows: list[tuple[str, str]]) -> Match:
    def match(text: str, start: int, end: int) -> _Hit | None:
        for phrase, name in rows:
            stop = start + len(phrase)
            if (
                stop <= end
                and text.startswith(phrase, start)
                and not text[stop : stop + 1].isalnum()
            ):
                return _Hit(start, stop, phrase, name)
        return None

    return cast("Callable[[str, int, int], re.Match[str] | None]", match)


@cache
def states() -> Cue:
    """The words of a state or of meeting one: where none stands, nothing is told so."""
    data = load("polarity")
    return _by_first_word({name: data[name] for name in ("low", "slight", "high", "much", "meets")})


@cache
def _nouns() -> Cue:
    data = load("polarity")
    return _by_first_word({name: data[name] for name in ("good", "bad", "strict")})


@cache
def _ills() -> Cue:
    return _by_first_word({"ill": load("polarity")["ill"]})


@cache
def _before_a_state() -> tuple[str, ...]:
    return tuple(f"{word} " for word in load("polarity")["degree"])


@cache
def _before_an_ill() -> tuple[str, ...]:
    return tuple(f"{word} " for word in load("polarity")["lessens"])


_ILL_OF = {"good": ("low", "slight"), "bad": ("high", "much"), "strict": ("high",)}
_NEAR = 62
"""Code points between the end of a noun and its state, what is said of the noun included."""
_MET_WITHIN = 32
"""Code points between what meets an ill and the ill: "đối mặt với ngày càng nhiều"."""
_PARTED = regex(
    r"[.;:,()\[\]“”\"]|(?<!\w)(?:để|nhằm|giúp|sẽ|nếu|khi|nhưng|song|mà|nên|là|khiến|làm|do|vì"
    r"|với mức|góp phần|có thể|đã|để|cần|phải|hơn nữa)(?!\w)"
)
"""Between a noun and a state, what shows that the state is said of something else."""
_SEVERAL = regex(r"(?<!\w)(?:các|những|mọi|nhiều|hết|\d+) $")
_OPENS = regex(
    r"(?P<of>(?<!\w)(?:của|cho|đối với|trong|tại|ở|từ|giữa|về) )?"
    r"(?<!\w)(?:những|các|một số|nhiều|sự|mức|không ít) $"
)
"""Before a noun, what makes it a subject of its own, not part of the one before it."""
_SAID_OF_IT = regex(
    r"\W*$|[,;.:]|\W(?:so với|do|vì|bởi|nên|khiến|và|nhưng|song|trong khi|dẫn|làm|hơn|gây|tại|ở|đã"
    r"|đang|cũng|nhất là|trên|chưa|không)(?!\w)"
)
"""Behind a state, what shows that nothing is named by it: "năng lực yếu" and "yếu tố"."""
_MEASURED = regex(r"\s*(?:khoảng |hơn |gần |tới |đến |trên |nhẹ |xuống |từ |lên |thêm )*\d")
_NOT_SO = (
    "không ",
    "chẳng ",
    "đỡ ",
    "bớt ",
    "hết ",
    "không bị ",
    "không còn ",
    "tránh ",
    "chưa ",
    "không quá ",
)


def find_state(scan: Scan, start: int, end: int) -> _Hit | None:
    """The first weakness in `[start, end)` that a noun and its state, or a verb and an ill, tell.

    Args:
        scan: the document.
        start: where a clause begins, or where to go on in it.
        end: where it ends.
    """
    lower = scan.words.lower
    for m in cast("list[_Hit]", scan.words.find_all(states(), start, end)):
        if m.lastgroup == "meets":
            ill = _met(scan, m, end)
            if ill is not None:
                return _Hit(m.begin, ill.stop, lower[m.begin : ill.stop], "meets")
            continue
        if lower.endswith(_NOT_SO, start, m.begin):
            continue
        if _MEASURED.match(lower, m.stop, min(end, m.stop + 24)) is not None:
            # How much is a figure.
            continue
        plain = m.lastgroup in ("slight", "much")
        shown = lower.endswith(_before_a_state(), start, m.begin)
        if plain and not (shown and _SAID_OF_IT.match(lower, m.stop, end)):
            continue
        noun = _noun_of(scan, start, m)
        if noun is None:
            continue
        rule = "low" if noun.lastgroup == "good" else "high"
        if m.lastgroup in _ILL_OF[noun.lastgroup]:
            return _Hit(m.begin, m.stop, lower[noun.begin : m.stop], rule)
    return None


def _noun_of(scan: Scan, start: int, state: _Hit) -> _Hit | None:
    """The noun that a state is said of; None if none is, or it is not clear whether it is good."""
    lower = scan.words.lower
    low = max(start, state.begin - _NEAR - 20)
    for part in _PARTED.finditer(lower, low, state.begin):
        low = part.end()
    nouns = cast("list[_Hit]", scan.words.find_all(_nouns(), low, state.begin))
    if not nouns:
        return None
    head = nouns[0]
    for noun in nouns[1:]:
        opens = _OPENS.search(lower, low, noun.begin)
        if opens is not None and opens["of"] is None:
            head = noun
    nouns = nouns[nouns.index(head) :]
    several = _SEVERAL.search(lower, start, head.begin)
    front = several.start() if several is not None else head.begin
    if lower.endswith(_before_an_ill(), start, front):
        return None
    if head.lastgroup == "good" and any(noun.lastgroup != "good" for noun in nouns[1:]):
        return None
    return head if state.begin - head.stop <= _NEAR else None


def _met(scan: Scan, verb: _Hit, end: int) -> _Hit | None:
    """The ill that a verb says is met."""
    within = min(end, verb.stop + _MET_WITHIN + 12)
    for ill in cast("list[_Hit]", scan.words.find_all(_ills(), verb.stop, within)):
        if ill.begin - verb.stop > _MET_WITHIN:
            return None
        between = scan.words.lower[verb.stop : ill.begin]
        return ill if _NOT_MET.search(between) is None else None
    return None


_NOT_MET = regex(
    r"[.;:,()]|(?<!\w)(?:gỡ|cơ hội|thuận lợi|để|nhằm|và|lãnh đạo|doanh nghiệp|không)(?!\w)"
)
