"""Near copies among the stored documents, found by their sketches without comparing every pair.

What two texts have in common and how a sketch is made is the engine's (`vanban.near`); here the
sketches are rows that are looked up.
"""

from collections.abc import Set
from dataclasses import dataclass

from django.db.models import Count, Q

from diemcau.documents.models import Document, SketchValue, TextVersion
from vanban.blocks import SET_ASIDE
from vanban.near import NEAR, likeness, runs_of

__all__ = ["NearCopy", "content_of", "family_of", "find_near_copy", "first_of"]

_CANDIDATES = 10


@dataclass(frozen=True)
class NearCopy:
    """The document that says nearly the same, and how nearly (0.8..1)."""

    document: Document
    likeness: float


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
