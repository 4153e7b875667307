"""The one scan of a text that says where every word stands, and with it where cues can match."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property
from itertools import accumulate, chain, islice

from vanban.letters import lower
from vanban.patterns import Cue

__all__ = ["Words"]

_WORD = re.compile(r"(\w+)")


class _Places(dict[Cue, list[int]]):
    """Where the first words of each cue begin, in order; gathered when a cue is first asked for."""

    def __init__(self, starts: dict[str, list[int]]) -> None:
        self._starts = starts

    def __missing__(self, cue: Cue) -> list[int]:
        lists = [self._starts[word] for word in self._starts.keys() & cue.first]
        found = sorted(chain.from_iterable(lists)) if len(lists) != 1 else lists[0]
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
        # Splitting and adding up lengths is twice as fast as a match object for every word.
        pieces = _WORD.split(self.lower)
        ends = accumulate(map(len, pieces))
        starts: dict[str, list[int]] = defaultdict(list)
        for word, start in zip(pieces[1::2], islice(ends, 0, None, 2), strict=False):
            starts[word].append(start)
        self.starts: dict[str, list[int]] = dict(starts)
        self._at = _Places(self.starts)

    @cached_property
    def with_digits(self) -> list[str]:
        """The words that are not letters alone, each once."""
        return [word for word in self.starts if not word.isalpha()]

    @cached_property
    def numbers(self) -> list[int]:
        """Where the words begin that begin with a digit, in order."""
        numbers = (self.starts[w] for w in self.with_digits if w[0].isdecimal())
        return sorted(chain.from_iterable(numbers))

    def find_all(self, cue: Cue, start: int, end: int) -> Iterator[re.Match[str]]:
        """The matches of a cue that begin and end in `[start, end)`, in order, none overlapping."""
        return self._matches(cue.pattern, self._at[cue], start, end)

    def find_numbers(
        self, pattern: re.Pattern[str], start: int, end: int
    ) -> Iterator[re.Match[str]]:
        """The matches in `[start, end)` of a pattern that begins with the digit of a word."""
        return self._matches(pattern, self.numbers, start, end)

    def _matches(
        self, pattern: re.Pattern[str], at: list[int], start: int, end: int
    ) -> Iterator[re.Match[str]]:
        low = bisect_left(at, start)
        high = bisect_left(at, end, low)
        return self._each(pattern, at[low:high], end) if low < high else _NOWHERE

    def _each(self, pattern: re.Pattern[str], at: list[int], end: int) -> Iterator[re.Match[str]]:
        free = 0
        for begin in at:
            if begin >= free and (m := pattern.match(self.text, begin, end)) is not None:
                yield m
                free = m.end()

    def find(self, cue: Cue, start: int, end: int) -> re.Match[str] | None:
        """The first match of a cue in `[start, end)`; None if there is none."""
        at = self._at[cue]
        for index in range(bisect_left(at, start), len(at)):
            if (begin := at[index]) >= end:
                break
            if (m := cue.pattern.match(self.text, begin, end)) is not None:
                return m
        return None

    def has(self, cue: Cue, start: int, end: int) -> bool:
        """Whether a cue matches somewhere in `[start, end)`."""
        return self.find(cue, start, end) is not None


_NOWHERE: Iterator[re.Match[str]] = iter(())
