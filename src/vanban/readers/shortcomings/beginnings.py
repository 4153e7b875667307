"""The alternatives of a regular expression, by the word that each begins with."""

import re
from typing import NamedTuple

from vanban.patterns import regex

__all__ = ["Beginning", "beginnings"]


class Beginning(NamedTuple):
    """One way in which a pattern can match.

    Args:
        literal: the letters it begins with, in lower case; None if that is not clear.
        whole: whether these are a whole word.
        source: what matches so.
    """

    literal: str | None
    whole: bool
    source: str

    def fits(self, word: str) -> bool:
        """Whether it may match at a word, which is in lower case."""
        if self.literal is None:
            return True
        return word == self.literal if self.whole else word.startswith(self.literal)


def beginnings(source: str) -> list[Beginning]:
    """The ways in which a regular expression can match, in the order it tries them.

    Joined by bars again they match as it does; those that do not fit the word that stands where
    it is tried may be left out.

    Args:
        source: of a regular expression in which case is set aside; groups are `(?:...)`.
    """
    return [b for one in _alternatives(source) for b in _of_one("", one)]


def _of_one(before: str, source: str) -> list[Beginning]:
    """Those of one alternative, what looks about in front of it cut off already."""
    while source.startswith(_LOOKS):
        end = _close(source) + 1
        before, source = before + source[:end], source[end:]
    if source.startswith("(?:"):
        end = _close(source)
        inner, behind = _alternatives(source[3:end]), source[end + 1 :]
        if behind[:1] not in _REPEATS and "" not in inner:
            return [b for one in inner for b in _of_one(before, one + behind)]
    found = _LETTERS.match(source)
    end = found.end() if found is not None else 0
    if not end or source[end : end + 1] in _REPEATS:
        return [Beginning(None, False, before + source)]
    # Behind a blank, or the end, the word is whole; else it may go on.
    whole = source[end : end + 1] in ("", " ") or source.startswith(_LOOKS, end)
    return [Beginning(source[:end].lower(), whole, before + source)]


_LOOKS = ("(?<!", "(?<=", "(?!", "(?=")
_REPEATS = frozenset("?*+{")
_LETTERS = regex(r"[^\W\d_]+")
_MARKS = regex(r"\\.|\[(?:\\.|[^\]\\])*\]|[()|]", re.DOTALL)
"""What a bracket or a bar may be part of, and these."""


def _close(source: str) -> int:
    """Where the group ends that a source begins with."""
    depth = 0
    for mark in _MARKS.finditer(source):
        if mark[0] == "(":
            depth += 1
        elif mark[0] == ")":
            depth -= 1
            if depth == 0:
                return mark.start()
    raise ValueError(f"unclosed group in {source!r}")


def _alternatives(source: str) -> list[str]:
    """The alternatives of a source, as they stand between its outermost bars."""
    found, begin, depth = [], 0, 0
    for mark in _MARKS.finditer(source):
        if mark[0] == "(":
            depth += 1
        elif mark[0] == ")":
            depth -= 1
        elif mark[0] == "|" and depth == 0:
            found.append(source[begin : mark.start()])
            begin = mark.end()
    return [*found, source[begin:]]
