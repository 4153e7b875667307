"""Which body a stored document comes from."""

from datetime import date

import vanban
from diemcau.documents.models import Document, TextVersion
from vanban.directory.issuer import find_issuer

__all__ = ["issuer_of", "letterhead_of"]

_TOP = 20
"""Blocks the letterhead stands in; a table of a thousand pages is not built for it."""


def issuer_of(version: TextVersion, *, on: date | None) -> str:
    """Id of the body whose letterhead a text has; "" if it has none, or of no one body.

    Args:
        on: the day it speaks of, if it is not known when it was published.
    """
    published = version.document.published_on
    head = vanban.Document(
        text=version.text,
        blocks=tuple(vanban.Block(*block) for block in version.blocks[:_TOP]),
        published=published.isoformat() if published else None,
    )
    issuer = find_issuer(head, on=on)
    return issuer.id if issuer else ""


def letterhead_of(document: Document, *, on: date | None) -> str:
    """Id of the body whose letterhead the latest text of a document has; as `issuer_of`."""
    version = document.texts.last()
    return issuer_of(version, on=on) if version is not None else ""
