"""How likely a sentence holds a record of a kind, by words weighed on labelled texts.

Rules say what a sentence is and why; they miss what nobody has written down yet, and some hold
where a person would not. The words of a sentence, weighed on texts and sentences of ours, tell
both: decision 45. `bench/learn.py` weighs them.
"""

import json
import math
from bisect import bisect_left
from functools import cache
from itertools import pairwise
from pkgutil import get_data
from typing import Any, Literal, NamedTuple

from vanban.words import Words

__all__ = ["Kind", "Weights", "chance", "features", "telling", "weights"]

Kind = Literal["shortcomings", "tasks"]
_SCALE = 100
"""Weights are kept as whole hundredths."""


class Weights(NamedTuple):
    """The weights of one kind, in hundredths.

    Args:
        least: what every sentence begins with.
        words: what a word adds.
        pairs: what a word adds before another one, by the first.
    """

    least: int
    words: dict[str, int]
    pairs: dict[str, dict[str, int]]


def features(words: Words, start: int, end: int) -> set[str]:
    """The words that begin in `[start, end)` and each two in a row, in lower case, each once.

    A number is "0", whichever it is.
    """
    told = _told(words, start, end)
    return {*told, *map(" ".join, pairwise(told))}


def _told(words: Words, start: int, end: int) -> list[str]:
    places, word_at = words.places, words.word_at
    low, high = bisect_left(places, start), bisect_left(places, end)
    told = [word_at(at) for at in places[low:high]]
    return [word if word.isalpha() or not word[0].isdecimal() else "0" for word in told]


def chance(kind: Kind, words: Words, start: int, end: int) -> float:
    """The share of sentences with such words in which a person would label a record of a kind.

    Args:
        kind: of record.
        words: of the document.
        start, end: half-open run of the sentence, or of a clause.
    Returns:
        From 0 to 1.
    """
    least, alone, pairs = weights(kind)
    told = _told(words, start, end)
    total = least + sum(alone.get(one, 0) for one in set(told))
    total += sum(pairs[a].get(b, 0) for a, b in set(pairwise(told)) if a in pairs)
    return 1 / (1 + math.exp(max(-_MOST, min(_MOST, -total / _SCALE))))


def telling(kind: Kind, words: Words, start: int, end: int) -> list[str]:
    """The words and pairs of words in `[start, end)` that speak most for a record, the first most.

    Args:
        kind, words, start, end: as of `chance`.
    """
    _, alone, pairs = weights(kind)
    found = []
    for one in features(words, start, end):
        first, _, second = one.partition(" ")
        weight = pairs.get(first, {}).get(second, 0) if second else alone.get(one, 0)
        found.append((-weight, one))
    return [one for weight, one in sorted(found)[:_TOLD] if weight < 0]


_TOLD = 4
_MOST = 500.0
"""Beyond it `exp` leaves what a float can hold; no chance is nearer to 0 or 1."""


@cache
def weights(kind: Kind) -> Weights:
    """The weights of a kind of record, as `bench/learn.py` wrote them."""
    return Weights(*_written()["weights"][kind])


@cache
def _written() -> Any:
    content = get_data("vanban.data", "learned.json")
    assert content is not None
    return json.loads(content)
