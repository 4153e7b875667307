"""A line of a page, as PDF and text recognition give it."""

from dataclasses import dataclass

__all__ = ["Line"]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a page, in points from the top left corner; size is that of its type.

    A table row is one line too: its cells joined, and a place such as "table 2, row 3". A line
    with wide gaps in it knows its parts: what stands there may belong to two columns. One that
    holds a word parted by a hyphen ends on a lower baseline than it begins; 0 where it does not.
    """

    text: str
    left: float
    right: float
    baseline: float
    size: float
    page_height: float
    place: str = ""
    parts: tuple["Line", ...] = ()
    ends_on: float = 0.0
