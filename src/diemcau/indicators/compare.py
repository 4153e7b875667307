"""Figures set side by side: proposals a person confirms or dismisses."""

from diemcau.documents.models import Document

__all__ = ["propose_comparisons"]


def propose_comparisons(document: Document) -> int:
    """Propose comparisons of the figures of a document with all others; returns how many."""
    return 0
