"""A line of a page, as PDF and text recognition give it."""

from dataclasses import dataclass
from typing import NamedTuple

__all__ = ["Line", "TablePart"]


class TablePart(NamedTuple):
    """What one page shows of a table: its column edges, its top and bottom from the page's top."""

    edges: tuple[float, ...]
    top: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a page, in points from the top left corner; size is that of its type.

    A table row is one line too: its cells, joined in `text`, and a place such as "table 2, row 3";
    one that only repeats the heading is furniture. A line
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
    cells: tuple[str, ...] = ()
    table: TablePart | None = None
    is_furniture: bool = False
