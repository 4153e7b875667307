"""Which body a stored document comes from, and who signed it."""

from datetime import date

import vanban
from diemcau.documents.models import Document, TextVersion
from vanban.directory.issuer import find_issuer
from vanban.layers import Layers
from vanban.persons.signatures import find_signatures

__all__ = ["issuer_of", "letterhead_of", "signer_of"]

_TOP = 20
"""Blocks the letterhead stands in; a table of a thousand pages is not built for it."""
_FOOT = 40
"""Blocks at the end in which the signature stands, with the office above it."""


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


def signer_of(document: Document) -> str:
    """Who signed a document: the last name that stands alone below an office; "" if none does.

    Source: the place of the signature in Nghị định 30/2020/NĐ-CP, Annex I.
    """
    version = document.texts.last()
    if version is None:
        return ""
    foot = tuple(vanban.Block(*block) for block in version.blocks[-_FOOT:])
    found = find_signatures(Layers(vanban.Document(text=version.text, blocks=foot)))
    return found[-1].name if found else ""
