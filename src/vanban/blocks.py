"""The pieces a text comes in: paragraphs, table rows, page furniture."""

from dataclasses import dataclass
from typing import Literal, NamedTuple

__all__ = ["SET_ASIDE", "Block", "BlockKind", "Piece"]

BlockKind = Literal["paragraph", "heading", "caption", "row", "furniture"]

SET_ASIDE: frozenset[str] = frozenset({"furniture", "caption"})
"""Kinds of blocks that are not read as content."""


class Block(NamedTuple):
    """A paragraph, table row or piece of page furniture: `text[start:end]` of its document.

    Args:
        start, end: half-open code point offsets into `Document.text`.
        kind: what the block is; "furniture" and "caption" are set aside, not read as content.
        page: page of the source, from 1; None if the source has no pages.
        place: where it stood in the source, in words ("table 2, row 3"); "" if it needs none.
    """

    start: int
    end: int
    kind: BlockKind = "paragraph"
    page: int | None = None
    place: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """Text a loader took from its file, before it has a place in the document's text.

    Args:
        text: one paragraph or one table row; a line end inside it starts another block.
        kind, page, place: as in `Block`.
    """

    text: str
    kind: BlockKind = "paragraph"
    page: int | None = None
    place: str = ""
