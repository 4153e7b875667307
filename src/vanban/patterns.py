"""Word lists to regular expressions, and the cues that are looked for only where they can begin."""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, cast

from vanban.kept_patterns import compiled
from vanban.letters import tone_variants

__all__ = [
    "Cue",
    "Ending",
    "Match",
    "alternation",
    "both_cases",
    "cue",
    "first_word",
    "first_words",
    "regex",
]


def alternation(phrases: Iterable[str], *, as_written: bool = False) -> str:
    """A trie-shaped alternation of literal phrases, longest first at every branch.

    A flat alternation of 5,000 names takes 130 times as long (docs/decisions/0003).

    Args:
        phrases: literal texts; a blank in one matches any run of plain blanks, and a tone mark
            may stand in either place ("hóa", "hoá").
        as_written: whether the tone marks stand where the phrases have them, and only there.
    Returns:
        Source of a regular expression without groups.
    Raises:
        ValueError: no phrase is given.
    """
    listed = sorted(set(phrases if as_written else _either_tone_place(phrases)))
    if not listed:
        raise ValueError("an alternation of nothing")
    return _branches(listed, 0)


def _either_tone_place(phrases: Iterable[str]) -> Iterable[str]:
    return (variant for phrase in phrases for variant in tone_variants(phrase))


def _branches(phrases: list[str], at: int) -> str:
    """What stands from an offset on in sorted phrases that are alike before it, as a source."""
    optional = len(phrases[0]) == at
    begins: dict[tuple[str, str], str] = {}
    low, n = int(optional), len(phrases)
    while low < n:
        first = last = phrases[low]
        high = low + 1
        while high < n and phrases[high][at] == first[at]:
            last = phrases[high]
            high += 1
        # What the first and the last of sorted phrases have in common, all have.
        alike = len(first)
        while not last.startswith(first[:alike]):
            alike -= 1
        then = _literal(first[at + 1 : alike]) if alike > at + 1 else ""
        if high - low > 1:
            then += _branches(phrases[low:high], alike)
        # "Giao" and "giao" are one branch: half as much to compile.
        branch = ("" if first[at].isalnum() else first[at]), then
        begins[branch] = begins.get(branch, "") + first[at]
        low = high
    branches = [
        (_literal(letters) if len(letters) == 1 else f"[{letters}]") + then
        for (_, then), letters in begins.items()
    ]
    if not branches:
        return ""
    body = branches[0] if len(branches) == 1 and not optional else f"(?:{'|'.join(branches)})"
    return f"{body}?" if optional else body


def _literal(text: str) -> str:
    return text if text.isalnum() else re.escape(text).replace("\\ ", " +")


def both_cases(phrases: Iterable[str]) -> set[str]:
    """The phrases as they are, and as they stand at the head of a sentence."""
    return {form for phrase in phrases for form in (phrase, phrase[0].upper() + phrase[1:])}


class _Late:
    """A pattern that is compiled when it is first tried."""

    def __init__(self, source: str, flags: int) -> None:
        self._source = source, flags

    def __getattr__(self, name: str) -> Any:
        made = compiled(*self._source)
        # From now on its methods are plain attributes, found without a call of this.
        self.__dict__.update({method: getattr(made, method) for method in _METHODS})
        self.__class__ = _Compiled  # type: ignore[assignment]
        return getattr(made, name)


class _Compiled:
    """What has become of a `_Late`."""


_METHODS = (
    *("search", "match", "fullmatch", "finditer", "findall", "split", "sub", "subn"),
    *("pattern", "flags", "groups", "groupindex"),
)


def regex(source: str, flags: int = 0) -> re.Pattern[str]:
    """As `re.compile`, but compiled by the first text it is tried on: most texts need few.

    Args:
        source: a regular expression for `str`.
        flags: of the `re` module.
    """
    return cast("re.Pattern[str]", _Late(source, flags))


Match = Callable[[str, int, int], re.Match[str] | None]
"""How a pattern is tried on `text[start:end]`, at `start` alone."""


class Cue:
    """A pattern that can begin only at certain words, so that a text need not be searched for it.

    Args:
        pattern: matches from the first letter of a word on; or what gives its source.
        first: the words it can begin with, in lower case; a word is a run of `\\w`.
        lowered: whether what is tried is tried on text in lower case, which spares setting case
            aside letter by letter; `parts` are for such text then.
        parts: what of the pattern can match at each first word, where that is much less; asked
            only where a word begins.
    """

    __slots__ = ("_pattern", "first", "lowered", "match", "parts")

    def __init__(
        self,
        pattern: re.Pattern[str] | Callable[[], str],
        first: frozenset[str],
        *,
        lowered: bool = False,
        parts: Mapping[str, Match] | None = None,
    ) -> None:
        self._pattern = pattern
        self.first = first
        self.lowered = lowered
        self.parts = parts
        self.match: Match = (_WORD if callable(pattern) else pattern).match
        """What is tried at each of the words; not used where every word has its own."""

    @property
    def pattern(self) -> re.Pattern[str]:
        """What the cue matches in text as it is written."""
        if callable(self._pattern):
            self._pattern = compiled(self._pattern())
        return self._pattern


class _ByFirstWord(dict[str, Match]):
    """The phrases of a cue by the word they begin with, compiled when a text has the word.

    A word begins two or three of some hundred phrases, and most texts have few of the words.
    """

    def __init__(self, phrases: dict[str, list[str]], then: str) -> None:
        self._phrases = phrases
        self._then = then

    def __missing__(self, word: str) -> Match:
        source = alternation(self._phrases[word], as_written=True)
        found = self[word] = compiled(rf"(?:{source}){self._then}").match
        return found


def cue(phrases: Iterable[str], *, then: str = r"(?!\w)", any_case: bool = False) -> Cue:
    """A cue that is any of the phrases as whole words.

    Args:
        phrases: literal texts, each beginning with a letter or a digit.
        then: what must follow, as a regular expression; never a letter of the last word.
        any_case: whether the case of the text is set aside.
    """
    phrases = set(phrases)
    by_word: dict[str, list[str]] = {}
    for phrase in _either_tone_place(map(str.lower, phrases) if any_case else phrases):
        by_word.setdefault(first_word(phrase).lower(), []).append(phrase)

    def source() -> str:
        return rf"(?<!\w)({'?i:' if any_case else '?:'}{alternation(phrases)}){then}"

    # A phrase that may end inside a word may begin another word than its own.
    parts = _ByFirstWord(by_word, then) if then.startswith((r"(?!\w)", " +")) else None
    pattern = source if parts is not None else compiled(source())
    lowered = any_case and parts is not None
    return Cue(pattern, frozenset(by_word), lowered=lowered, parts=parts)


class Ending:
    """A pattern for the words right before an offset, tried only where one of them may end.

    Two letters tell that none does nine times in ten, for a tenth of what trying costs.

    Args:
        source: of a pattern that ends in one of the words and what may be skipped behind it.
        words: literal texts of two letters at least, one of which ends every match.
        skip: marks that may stand between the words and the offset.
    """

    __slots__ = ("_ends", "_pattern", "_skip", "_source")

    def __init__(self, source: str, words: Iterable[str], *, skip: str = " ") -> None:
        self._source = source
        self._pattern: re.Pattern[str] | None = None
        self._ends = frozenset(word[-2:].lower() for word in _either_tone_place(words))
        self._skip = skip

    def search(self, text: str, start: int = 0, end: int | None = None) -> re.Match[str] | None:
        """The match that ends at `end`, as the pattern's own search finds it."""
        end = len(text) if end is None else end
        at, skip = end, self._skip
        while at > start and text[at - 1] in skip:
            at -= 1
        two = text[at - 2 if at - 2 > start else start : at]
        if two not in self._ends and two.lower() not in self._ends:
            return None
        if self._pattern is None:
            self._pattern = compiled(self._source)
        return self._pattern.search(text, start, end)


def first_words(phrases: Iterable[str]) -> frozenset[str]:
    """The words that literal phrases begin with, in lower case, with tone marks in either place.

    Raises:
        ValueError: a phrase begins with something that is no word.
    """
    begins = {first_word(phrase) for phrase in phrases}
    return frozenset(word.lower() for word in _either_tone_place(begins))


def first_word(phrase: str) -> str:
    """The word that a literal phrase begins with, as it is written.

    Raises:
        ValueError: the phrase begins with something that is no word.
    """
    word = _WORD.match(phrase)
    if word is None:
        raise ValueError(f"{phrase!r} does not begin with a word")
    return word[0]


_WORD = re.compile(r"\w+")
