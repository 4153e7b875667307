"""Near copies: the same text from another outlet, found without comparing every pair.

Two texts are compared by their runs of three words, case and marks folded. Candidates come from a
MinHash sketch (Broder 1997) made in one pass (one-permutation hashing, Li, Owen and Zhang 2012):
72 minima in 24 bands of three. Two texts that share 80 % of their runs share a band practically
always, two that share 10 % in 2 of 100 cases; candidates are then compared in full.
"""

from array import array
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from itertools import groupby

from vanban.letters import fold
from vanban.patterns import regex

__all__ = ["NEAR", "Copy", "find_near_copies", "likeness", "runs_of", "sketch_of"]

NEAR = 0.8
"""From this likeness on, two documents are near copies."""

_RUN = 3
_BANDS, _ROWS = 24, 3
_BINS = _BANDS * _ROWS
_EXCERPT = 30
"""Runs a text needs before standing inside another counts; shorter ones stand in many."""
_MOST_LEADERS = 8
"""Texts of one band against which the others of that band are compared."""

_WORD = regex(r"\w+")


@dataclass(frozen=True, slots=True)
class Copy:
    """One text that nearly says what another does.

    Args:
        index: which text, from 0.
        of: the text it is like, an earlier one.
        likeness: how like, from the threshold to 1.
    """

    index: int
    of: int
    likeness: float


def runs_of(texts: Iterable[str]) -> frozenset[str]:
    """The runs of three words of a document's paragraphs, folded; of a shorter text, all of it."""
    words = [word for text in texts for word in _WORD.findall(fold(text))]
    if 0 < len(words) < _RUN:
        return frozenset([" ".join(words)])
    return frozenset(" ".join(words[i : i + _RUN]) for i in range(len(words) - _RUN + 1))


def likeness(a: Set[str], b: Set[str]) -> float:
    """How nearly two texts say the same, 0..1.

    The share of common runs among all (resemblance); for texts of some length, the share of the
    smaller one's runs that stand in the other (containment).
    """
    if not a or not b:
        return 0.0
    common = len(a & b)
    smaller = min(len(a), len(b))
    if smaller >= _EXCERPT:
        return common / smaller
    return common / (len(a) + len(b) - common)


def sketch_of(runs: Set[str]) -> list[int]:
    """At most 24 signed 64-bit numbers, of which near copies share some; none for no text."""
    return sorted(set(_bands_of(runs)))


def find_near_copies(texts: Sequence[str], *, least: float = NEAR) -> list[Copy]:
    """The texts that nearly say what an earlier one says, each with that earlier one.

    Only texts that share a band of their sketches are compared, so that the cost grows with the
    number of texts and of copies, not with the number of pairs; a million short texts take some
    200 bytes each besides themselves.

    Args:
        texts: n texts; they are asked for again when two are compared.
        least: likeness from which on two are near copies, 0.5..1.
    Returns:
        In order of `index`, at most one for each text. Copies of one text are told with the first
        of them, so that a family of copies has one head.
    """
    bands = array("q")
    for text in texts:
        bands.extend(_bands_of(runs_of([text])) or [0] * _BANDS)
    runs = lru_cache(maxsize=50_000)(lambda i: runs_of([texts[i]]))
    best: dict[int, Copy] = {}
    seen: set[tuple[int, int]] = set()
    for band in range(_BANDS):
        for group in _alike(bands[band::_BANDS]):
            leaders: list[int] = []
            for index in group:
                near = best.get(index)
                for leader in leaders:
                    if near is not None and near.likeness == 1:
                        break
                    if (leader, index) in seen:
                        continue
                    seen.add((leader, index))
                    score = likeness(runs(index), runs(leader))
                    if score >= least and (near is None or score > near.likeness):
                        near = best[index] = Copy(index, leader, score)
                if near is None and len(leaders) < _MOST_LEADERS:
                    leaders.append(index)
    return [best[index] for index in sorted(best)]


def _alike(values: Sequence[int]) -> Iterator[list[int]]:
    """Indices of equal values, in order, where there are at least two; 0 stands for no text."""
    order = sorted(range(len(values)), key=values.__getitem__)
    for value, group in groupby(order, key=values.__getitem__):
        indices = list(group)
        if value and len(indices) > 1:
            yield indices


def _bands_of(runs: Set[str]) -> list[int]:
    """The 24 bands of a sketch, in order; none for no text."""
    if not runs:
        return []
    bins: list[int | None] = [None] * _BINS
    for run in runs:
        value = int.from_bytes(blake2b(run.encode(), digest_size=8).digest(), "big")
        place, rest = value % _BINS, value // _BINS
        least = bins[place]
        if least is None or rest < least:
            bins[place] = rest
    # A bin that no run fell into takes the next filled one's minimum and its distance, so that
    # short texts have full sketches too.
    filled = [_borrow(bins, i) for i in range(_BINS)]
    bands = (filled[i : i + _ROWS] for i in range(0, _BINS, _ROWS))
    return [_signed(f"{i} {band}") for i, band in enumerate(bands)]


def _borrow(bins: list[int | None], place: int) -> int:
    for distance in range(_BINS):
        value = bins[(place + distance) % _BINS]
        if value is not None:
            return value * _BINS + distance
    raise ValueError("no bin is filled")


def _signed(text: str) -> int:
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big", signed=True)
