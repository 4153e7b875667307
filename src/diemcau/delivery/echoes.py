"""The same matter said again in another document: proposals a person confirms or dismisses."""

from diemcau.documents.models import Document

__all__ = ["propose_echoes"]


def propose_echoes(document: Document) -> int:
    """Propose echoes between the tasks of a document and those of all others; returns how many."""
    return 0
