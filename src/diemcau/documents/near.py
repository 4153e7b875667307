"""Near copies: the same text from another outlet, found without comparing every pair.

Two texts are compared by their runs of three words, case and marks folded, furniture left out.
Candidates come from a MinHash sketch (Broder 1997) made in one pass (one-permutation hashing, Li,
Owen and Zhang 2012): 72 minima in 24 bands of three. Two texts that share 80 % of their runs share
a band practically always, two that share 10 % in 2 of 100 cases; candidates are then compared in
full.
"""

import re
from collections.abc import Iterable, Set
from dataclasses import dataclass
from hashlib import blake2b

from django.db.models import Count, Q

from diemcau.documents.models import Document, SketchValue, TextVersion
from vanban.blocks import SET_ASIDE
from vanban.letters import fold

__all__ = [
    "NEAR",
    "NearCopy",
    "family_of",
    "find_near_copy",
    "first_of",
    "likeness",
    "runs_of",
    "sketch_of",
]

NEAR = 0.8
"""From this likeness on, two documents are near copies."""

_RUN = 3
_BANDS, _ROWS = 24, 3
_BINS = _BANDS * _ROWS
_CANDIDATES = 10
_EXCERPT = 30
"""Runs a text needs before standing inside another counts; shorter ones stand in many."""

_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class NearCopy:
    """The document that says nearly the same, and how nearly (0.8..1)."""

    document: Document
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
    return sorted({_signed(f"{i} {band}") for i, band in enumerate(bands)})


def family_of(document: Document) -> set[int]:
    """The document, what it nearly copies, and all near copies of those: one voice, often put."""
    family, edge = {document.pk}, {document.pk}
    if document.near_copy_of_id is not None:
        edge = {document.pk, document.near_copy_of_id}
    while edge:
        family |= edge
        pairs = Document.objects.filter(Q(near_copy_of__in=edge) | Q(near_copies__in=edge))
        edge = set(pairs.values_list("pk", flat=True)) - family
    return family


def find_near_copy(runs: Set[str], sketch: list[int], *, after: int = 0) -> NearCopy | None:
    """The stored document most like a text, if one is near enough; of equals, the first stored.

    Args:
        runs: the text's runs of words.
        sketch: its sketch.
        after: only documents with a greater id, those stored since an earlier look.
    """
    candidates = (
        SketchValue.objects.filter(value__in=sketch, document__gt=after)
        .values("document")
        .annotate(shared=Count("id"))
        .order_by("-shared", "document")[:_CANDIDATES]
    )
    best: NearCopy | None = None
    for candidate in Document.objects.filter(pk__in=[c["document"] for c in candidates]).order_by(
        "pk"
    ):
        version = candidate.texts.last()
        score = likeness(runs, runs_of(content_of(version))) if version else 0.0
        if score >= NEAR and (best is None or score > best.likeness):
            best = NearCopy(candidate, score)
    return best


def first_of(near: NearCopy, runs: Set[str]) -> NearCopy:
    """The first document of a near copy's family, and how like it the text with these runs is.

    A text that was edited step by step may be less like the first than `NEAR`; it is of its
    family all the same.
    """
    first = near.document
    while first.near_copy_of is not None:
        first = first.near_copy_of
    if first == near.document:
        return near
    version = first.texts.last()
    return NearCopy(first, likeness(runs, runs_of(content_of(version))) if version else 0.0)


def content_of(version: TextVersion) -> list[str]:
    """The paragraphs of a stored text that are read: all but furniture and captions."""
    return [
        version.text[start:end] for start, end, kind, *_ in version.blocks if kind not in SET_ASIDE
    ]


def _borrow(bins: list[int | None], place: int) -> int:
    for distance in range(_BINS):
        value = bins[(place + distance) % _BINS]
        if value is not None:
            return value * _BINS + distance
    raise ValueError("no bin is filled")


def _signed(text: str) -> int:
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big", signed=True)
