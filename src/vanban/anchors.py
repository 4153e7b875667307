"""Where a record stands in its document."""

from typing import NamedTuple

__all__ = ["Anchor"]


class Anchor(NamedTuple):
    """A half-open run of code points of one document's text, with the text it covers.

    Only `Document.anchor` makes one, so `document.text[start:end] == quote` always holds.
    """

    start: int
    end: int
    quote: str
