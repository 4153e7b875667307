"""The order in which statements were said."""

from datetime import date

from diemcau.documents.models import Statement

__all__ = ["said_order"]


def said_order(statement: Statement) -> tuple[date, int, int]:
    """Order in time, unknown days last; within a document in text order."""
    document = statement.document
    return (document.spoken_on or date.max, document.pk, statement.start)
