"""The one scan of a text that says where every word stands, and with it where cues can match."""

import re
from bisect import bisect_left
from collections.abc import Iterable
from functools import cached_property
from itertools import accumulate, chain, compress
from operator import add

from vanban.letters import lower
from vanban.patterns import Cue, regex

__all__ = ["Words"]

_MARKS = "\n.,;:()[]\"'“”‘’…-–—/%&+*?!|•\t"
"""What stands between words most often: taken out one by one, which no regular expression beats."""
_OTHER_MARK = regex(r"[^\w ]")


class _Places(dict[Cue, list[int]]):
    """Where the first words of each cue begin, in order; gathered when a cue is first asked for."""

    def __init__(self, starts: dict[str, list[int]]) -> None:
        self._starts = starts
        self._words = frozenset(starts)

    def __missing__(self, cue: Cue) -> list[int]:
        known = cue.first & self._words
        if not known:
            found: list[int] = []
        elif len(known) == 1:
            (word,) = known
            found = self._starts[word]
        else:
            found = []
            for word in known:
                found += self._starts[word]
            found.sort()
        self[cue] = found
        return found


class Words:
    """The words of a text, by where they begin.

    A pattern tried only where one of its first words stands costs a hundredth of a search through
    the text, and a text without them costs nothing.

    Args:
        text: NFC text of n code points, blanks plain.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.lower = lower(text)
        plain = self.lower
        for mark in _MARKS:
            if mark in plain:
                plain = plain.replace(mark, " ")
        starts, at = _starts(plain.split(" "))
        if starts and not "".join(starts).isalnum():
            for mark in set(_OTHER_MARK.findall(plain)):
                plain = plain.replace(mark, " ")
            starts, at = _starts(plain.split(" "))
        self.starts = starts
        self._word_at = at
        self._at = _Places(starts)
        self.named: dict[object, list[tuple[int, str]]] = {}
        """Where first words of names stand, by the list of names; kept by who looks for them."""

    @cached_property
    def places(self) -> list[int]:
        """Where the words begin, in order."""
        return list(self._word_at)

    @cached_property
    def with_digits(self) -> list[str]:
        """The words that are not letters alone, each once."""
        return [word for word in self.starts if not word.isalpha()]

    @cached_property
    def numbers(self) -> list[int]:
        """Where the words begin that begin with a digit, in order."""
        numbers = (self.starts[w] for w in self.with_digits if w[0].isdecimal())
        return sorted(chain.from_iterable(numbers))

    def word_at(self, start: int) -> str:
        """The word that begins at an offset, in lower case; "" if none does."""
        return self._word_at.get(start, "")

    def match(self, cue: Cue, start: int, end: int) -> re.Match[str] | None:
        """The match of a cue that begins at `start` and ends in `[start, end)`, as of `find`."""
        word = self._word_at.get(start)
        if word is None:
            # Inside a word there may be a match of a pattern that does not look back.
            if start >= end or not (self.text[start].isalnum() or self.text[start] == "_"):
                return None
            return cue.pattern.match(self.text, start, end)
        if word not in cue.first:
            return None
        match = cue.match if cue.parts is None else cue.parts[word]
        return match(self.lower if cue.lowered else self.text, start, end)

    def find_all(self, cue: Cue, start: int, end: int) -> Iterable[re.Match[str]]:
        """The matches of a cue that begin and end in `[start, end)`, in order, none overlapping."""
        at = self._at[cue]
        index, n = bisect_left(at, start), len(at)
        if index == n or at[index] >= end:
            return _NOWHERE
        found = []
        text = self.lower if cue.lowered else self.text
        match, parts, word_at = cue.match, cue.parts, self._word_at
        while index < n and (begin := at[index]) < end:
            index += 1
            if begin >= start:
                if parts is not None:
                    match = parts[word_at[begin]]
                if (m := match(text, begin, end)) is not None:
                    found.append(m)
                    start = m.end()
        return found

    def find_numbers(
        self, pattern: re.Pattern[str], start: int, end: int
    ) -> Iterable[re.Match[str]]:
        """The matches in `[start, end)` of a pattern that begins with the digit of a word."""
        at = self.numbers
        index, n = bisect_left(at, start), len(at)
        if index == n or at[index] >= end:
            return _NOWHERE
        found = []
        text, match = self.text, pattern.match
        while index < n and (begin := at[index]) < end:
            index += 1
            if begin >= start and (m := match(text, begin, end)) is not None:
                found.append(m)
                start = m.end()
        return found

    def find(self, cue: Cue, start: int, end: int) -> re.Match[str] | None:
        """The first match of a cue in `[start, end)`; None if there is none.

        Where case is set aside, the match is one of `lower`; its offsets hold in both.
        """
        at = self._at[cue]
        if not at:
            return None
        index, n = bisect_left(at, start), len(at)
        if index == n or at[index] >= end:
            return None
        text = self.lower if cue.lowered else self.text
        match, parts, word_at = cue.match, cue.parts, self._word_at
        while index < n and (begin := at[index]) < end:
            if parts is not None:
                match = parts[word_at[begin]]
            if (m := match(text, begin, end)) is not None:
                return m
            index += 1
        return None

    def has(self, cue: Cue, start: int, end: int) -> bool:
        """Whether a cue matches somewhere in `[start, end)`."""
        # Asked most often, and nearly always of a run without the cue's first words.
        at = self._at[cue]
        if not at:
            return False
        index = bisect_left(at, start)
        if index == len(at) or at[index] >= end:
            return False
        return self.find(cue, start, end) is not None


def _starts(words: list[str]) -> tuple[dict[str, list[int]], dict[int, str]]:
    """Where each word begins, and which word begins where.

    Args:
        words: one blank apart in the text; those between two blanks are empty.
    """
    at: list[int] = list(map(add, accumulate(map(len, words), initial=0), range(len(words))))
    starts: dict[str, list[int]] = {}
    for word, begin in zip(words, at, strict=True):
        if word in starts:
            starts[word].append(begin)
        else:
            starts[word] = [begin]
    starts.pop("", None)
    return starts, dict(compress(zip(at, words, strict=True), words))


_NOWHERE: tuple[re.Match[str], ...] = ()
