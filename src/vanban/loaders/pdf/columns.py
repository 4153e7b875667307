"""Columns of a page: which lines stand side by side, and in which order they are read.

A column is told by what the eye sees: a white band that parts several full lines on its left from
several on its right. Letterheads and signatures stand side by side too, but do not fill their side.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from vanban.loaders.pdf.line import Line

__all__ = ["Column", "in_columns"]

_FEWEST_LINES = 4
_FEWEST_LETTERS = 10
"""Of a line in a column: its width in sizes of type."""
_FULL = 0.25
"""A line fills its column if no more of the column is left than this share."""
_FULL_SHARE = 0.5
_GUTTER = 0.6
"""The narrowest white band, in sizes of type."""
_WOBBLE = 3.0
_MOST_TRIES = 6
_ACROSS = 4


class Column(NamedTuple):
    """One column of one stretch of a page, counted from the left; a stretch ends at a full line."""

    stretch: int
    number: int
    left: float
    right: float


def in_columns(page: Sequence[Line], known: Sequence[Column]) -> list[tuple[Line, Column | None]]:
    """The lines of a page in reading order, each with its column; None across the whole page.

    The order is the writer's own, but for lines drawn across the white band.

    Args:
        page: lines and table rows as they are drawn.
        known: columns of another page of the document, for a page with too few lines to tell.
    """
    plain = [line for line in page if not line.place]
    parts = [part for line in plain for part in (line.parts or (line,))]
    if len(parts) > len(plain):
        place = _place(parts)
        across = [line for line in plain if len({place.get(part) for part in line.parts}) > 1]
        if len(across) >= _ACROSS:
            return list(_reordered(page, place))
    place = _place(plain) or _as_known(plain, known)
    return [(line, place.get(line)) for line in page]


def _reordered(
    page: Sequence[Line], place: dict[Line, Column]
) -> Iterator[tuple[Line, Column | None]]:
    """Where the first line of a stretch stands, the whole stretch, column by column."""
    told: set[int] = set()
    for line in page:
        parts = line.parts or (line,)
        columns = [place.get(part) for part in parts]
        stretches = {column.stretch for column in columns if column}
        if not stretches or None in columns:
            yield line, None
            continue
        for stretch in sorted(stretches - told):
            told.add(stretch)
            inside = [(part, column) for part, column in place.items() if column.stretch == stretch]
            yield from sorted(inside, key=lambda found: (found[1].number, found[0].baseline))


def _place(lines: Sequence[Line]) -> dict[Line, Column]:
    """The column of each line that stands in one."""
    if len(lines) < 2 * _FEWEST_LINES:
        return {}
    size = median(line.size for line in lines)
    left, right = min(line.left for line in lines), max(line.right for line in lines)
    starts = Counter(round(line.left) for line in lines if line.left > left + 0.2 * (right - left))
    tries = [start for start, n in starts.most_common(_MOST_TRIES) if n >= 2]
    found: dict[Line, Column] = {}
    for start in tries:
        place = _parted_at(start, lines, size)
        if len(place) > len(found):
            found = place
    return found


def _parted_at(start: float, lines: Sequence[Line], size: float) -> dict[Line, Column]:
    """The columns of a page where lines begin at a place, stretch by stretch."""
    found: dict[Line, Column] = {}
    stretch: list[Line] = []
    above: Line | None = None
    number = 0
    for line in [*sorted(lines, key=lambda line: line.baseline), None]:
        if line is not None and not (line.left < start - _WOBBLE and line.right > start - 1):
            stretch.append(line)
            continue
        if columns := _columns_of(_without_end(stretch, above, size), size):
            number += 1
            for index, column in enumerate(columns, start=1):
                edges = min(ln.left for ln in column), max(ln.right for ln in column)
                found |= dict.fromkeys(column, Column(number, index, *edges))
        stretch, above = [], line
    return found


def _without_end(stretch: list[Line], above: Line | None, size: float) -> list[Line]:
    """Lines without the short one that ends the full paragraph above them."""
    if above is None or not stretch:
        return stretch
    first = stretch[0]
    beside = len(stretch) > 1 and stretch[1].baseline - first.baseline < size / 2
    is_end = (
        not beside
        and first.baseline - above.baseline < 1.7 * size
        and first.left < above.left + _WOBBLE
    )
    return stretch[1:] if is_end else stretch


def _columns_of(lines: Sequence[Line], size: float) -> list[list[Line]]:
    """The columns of a stretch from the left; none if one of them is not made of full lines."""
    columns: list[list[Line]] = []
    edge = float("-inf")
    for line in sorted(lines, key=lambda line: line.left):
        if line.left - edge >= _GUTTER * size:
            columns.append([])
        columns[-1].append(line)
        edge = max(edge, line.right)
    if len(columns) < 2 or not all(_is_prose(column, size) for column in columns):
        return []
    spans = [(min(ln.baseline for ln in c), max(ln.baseline for ln in c)) for c in columns]
    if any(a[1] < b[0] or b[1] < a[0] for a, b in pairwise(spans)):
        return []
    return columns


def _is_prose(column: Sequence[Line], size: float) -> bool:
    left, right = min(line.left for line in column), max(line.right for line in column)
    width = right - left
    full = sum(line.right > right - _FULL * width for line in column)
    return (
        len(column) >= _FEWEST_LINES
        and width >= _FEWEST_LETTERS * size
        and full >= _FULL_SHARE * len(column)
    )


def _as_known(lines: Sequence[Line], known: Sequence[Column]) -> dict[Line, Column]:
    """Lines that all stand within the columns of another page, as on the last page of a paper."""
    found: dict[Line, Column] = {}
    for line in lines:
        column = next(
            (
                column
                for column in known
                if column.left - _WOBBLE <= line.left and line.right <= column.right + _WOBBLE
            ),
            None,
        )
        if column is None:
            return {}
        found[line] = column
    return found
