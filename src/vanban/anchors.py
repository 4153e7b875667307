"""Where a record stands in its document."""

from dataclasses import dataclass

__all__ = ["Anchor"]


@dataclass(frozen=True, slots=True, order=True)
class Anchor:
    """A half-open run of code points of one document's text, with the text it covers.

    Only `Document.anchor` makes one, so `document.text[start:end] == quote` always holds.
    """

    start: int
    end: int
    quote: str
