"""The pieces a text comes in: paragraphs, table rows, page furniture."""

from dataclasses import dataclass
from typing import Literal

__all__ = ["Block", "BlockKind"]

BlockKind = Literal["paragraph", "heading", "caption", "row", "furniture"]


@dataclass(frozen=True, slots=True)
class Block:
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
