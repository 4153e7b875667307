"""A document: its text, never altered but for NFC, and the blocks the text came in."""

import re
import unicodedata
from dataclasses import dataclass, field
from functools import cached_property

from vanban.anchors import Anchor
from vanban.blocks import Block
from vanban.furniture import classify_lines

__all__ = ["Document"]

_LINE = re.compile(r"[^\n]*\S[^\n]*")


@dataclass(frozen=True)
class Document:
    """Text to read, with its blocks in order.

    Build it with `from_text` or a loader; the constructor expects NFC text.
    """

    text: str
    blocks: tuple[Block, ...]
    name: str = ""
    media_type: str = "text/plain"
    notes: tuple[str, ...] = field(default=())

    @classmethod
    def from_text(cls, text: str, *, name: str = "", notes: tuple[str, ...] = ()) -> "Document":
        """Make a document of plain text: NFC, "\\n" line ends, one block per non-blank line.

        Args:
            text: any text; it is normalised to NFC and its line ends to "\\n".
            name: what to call it in messages.
            notes: remarks about how the text was obtained, kept with the document.
        Returns:
            A document whose furniture lines are marked as such.
        """
        clean = text.replace("\r\n", "\n").replace("\r", "\n")
        if not unicodedata.is_normalized("NFC", clean):
            clean = unicodedata.normalize("NFC", clean)
        spans = [m.span() for m in _LINE.finditer(clean)]
        kinds = classify_lines([clean[a:b] for a, b in spans])
        blocks = tuple(Block(a, b, kind) for (a, b), kind in zip(spans, kinds, strict=True))
        return cls(text=clean, blocks=blocks, name=name, notes=notes)

    def anchor(self, start: int, end: int) -> Anchor:
        """Anchor a run of this document's text; the only maker of anchors.

        Raises:
            ValueError: the offsets are not 0 <= start < end <= len(text).
        """
        if not 0 <= start < end <= len(self.text):
            raise ValueError(f"no run [{start}, {end}) in a text of {len(self.text)} code points")
        return Anchor(start, end, self.text[start:end])

    @cached_property
    def content(self) -> tuple[Block, ...]:
        """The blocks that are read: all but furniture and captions."""
        return tuple(b for b in self.blocks if b.kind not in ("furniture", "caption"))
