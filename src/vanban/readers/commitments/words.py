"""Word lists of commitments as patterns, and how what is committed to is quoted."""

import re
from functools import cache

from vanban.data import load
from vanban.patterns import Cue, alternation, both_cases, cue, regex

__all__ = ["BEFORE", "cue_of", "not_signed", "short_of", "words_of"]

BEFORE = 44
"""Code points before a signing that may say it has not happened."""
_MOST_WORDS = 20


@cache
def words_of(name: str) -> str:
    """One of the lists of `data/commitments.yml` as the inside of a pattern."""
    return alternation(load("commitments")[name])


@cache
def cue_of(name: str) -> Cue:
    """One of the lists of `data/commitments.yml` as a cue, at the head of a sentence too."""
    return cue(both_cases(load("commitments")[name]))


@cache
def not_signed() -> re.Pattern[str]:
    """A word that says that something is still to be signed, or was long ago."""
    return regex(rf"(?<!\w)(?i:{words_of('not_signed')})(?!\w)")


def short_of(words: str) -> str:
    """What is signed or promised, without the sides, at most twenty words."""
    head, _, sides = words.partition(" giữa ")
    about = _ABOUT.search(sides)
    cut = (head + about[0] if about is not None else head).split(" ")
    return " ".join(cut[:_MOST_WORDS]).strip(" ,;:(")


_ABOUT = regex(r" (?:về|trong lĩnh vực) (?!phía)[^;:.]*$")
"""Behind the sides of a text, what it is about."""
