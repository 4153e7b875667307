"""Tables of a PDF page: the grid its ruled lines draw, and the cell a point falls in."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pypdfium2 as pdfium  # type: ignore[import-untyped]
import pypdfium2.raw as pdfium_c  # type: ignore[import-untyped]

__all__ = ["Grid", "are_alike", "find_grids"]

_NEAR = 4.0
_THIN = 3.0
_SHORTEST = 8.0
_MOST_PATHS = 4_000
_MOST_EDGES = 2_000


@dataclass(frozen=True, slots=True)
class _Edge:
    """A ruled line: at one coordinate, from low to high along the other."""

    at: float
    low: float
    high: float


@dataclass(frozen=True)
class Grid:
    """A ruled table: column edges from the left, row edges from the top, in page points.

    Args:
        xs, ys: edges; y grows upwards as in PDF, so ys falls.
        below, beside: cells (row, column) open to the next row, or to the next column.
    """

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    below: frozenset[tuple[int, int]]
    beside: frozenset[tuple[int, int]]

    def holds(self, x: float, y: float) -> bool:
        """Whether a point lies inside the table."""
        return self.xs[0] <= x <= self.xs[-1] and self.ys[-1] <= y <= self.ys[0]

    def cell(self, x: float, y: float) -> tuple[int, int]:
        """Row and column of a point; of a merged cell its first row and column."""
        column = max(0, sum(edge <= x for edge in self.xs) - 1)
        row = max(0, sum(edge >= y for edge in self.ys) - 1)
        row, column = min(row, len(self.ys) - 2), min(column, len(self.xs) - 2)
        while (row, column - 1) in self.beside:
            column -= 1
        while (row - 1, column) in self.below:
            row -= 1
        return row, column


def find_grids(page: pdfium.PdfPage, *, like: tuple[float, ...] = ()) -> list[Grid]:
    """The ruled tables of one page: at least two rows and two columns.

    Args:
        page: the page.
        like: column edges of a table before it; one row with the same edges is its last.
    """
    across: list[_Edge] = []
    down: list[_Edge] = []
    paths = page.get_objects(filter=(pdfium_c.FPDF_PAGEOBJ_PATH,), max_depth=2)
    for count, path in enumerate(paths):
        if count >= _MOST_PATHS or len(across) + len(down) > _MOST_EDGES:
            return []  # A drawing, not a table.
        _read_path(path, across, down)
    grids = (_grid(*group, like) for group in _connected(across, down))
    return sorted((g for g in grids if g is not None), key=lambda g: -g.ys[0])


def _read_path(path: pdfium.PdfObject, across: list[_Edge], down: list[_Edge]) -> None:
    try:
        left, bottom, right, top = path.get_bounds()
    except pdfium.PdfiumError:
        return
    if top - bottom <= _THIN:
        if right - left >= _SHORTEST:
            across.append(_Edge((top + bottom) / 2, left, right))
    elif right - left <= _THIN:
        if top - bottom >= _SHORTEST:
            down.append(_Edge((left + right) / 2, bottom, top))
    elif pdfium_c.FPDFPath_CountSegments(path.raw) <= 5:
        across += [_Edge(y, left, right) for y in (bottom, top)]
        down += [_Edge(x, bottom, top) for x in (left, right)]


def _connected(
    across: Sequence[_Edge], down: Sequence[_Edge]
) -> Iterable[tuple[list[_Edge], list[_Edge]]]:
    """Groups of ruled lines that touch each other."""
    group_of = list(range(len(across) + len(down)))

    def root(i: int) -> int:
        while group_of[i] != i:
            group_of[i] = group_of[group_of[i]]
            i = group_of[i]
        return i

    for i, h in enumerate(across):
        for j, v in enumerate(down):
            crosses = h.low - _NEAR <= v.at <= h.high + _NEAR
            if crosses and v.low - _NEAR <= h.at <= v.high + _NEAR:
                group_of[root(i)] = root(len(across) + j)
    groups: dict[int, tuple[list[_Edge], list[_Edge]]] = {}
    for i, h in enumerate(across):
        groups.setdefault(root(i), ([], []))[0].append(h)
    for j, v in enumerate(down):
        groups.setdefault(root(len(across) + j), ([], []))[1].append(v)
    return groups.values()


def are_alike(edges: Sequence[float], others: Sequence[float]) -> bool:
    """Whether two tables have the same columns."""
    return len(edges) == len(others) and all(
        abs(a - b) <= _NEAR for a, b in zip(edges, others, strict=True)
    )


def _grid(across: list[_Edge], down: list[_Edge], like: tuple[float, ...]) -> Grid | None:
    xs, ys = _clusters(v.at for v in down), _clusters(h.at for h in across)
    if len(xs) < 3 or len(ys) < 2 or (len(ys) == 2 and not are_alike(xs, like)):
        return None
    ys.reverse()
    rows, columns = range(len(ys) - 1), range(len(xs) - 1)
    below = {
        (r, c)
        for r in rows[:-1]
        for c in columns
        if not _covered(across, ys[r + 1], (xs[c] + xs[c + 1]) / 2)
    }
    beside = {
        (r, c)
        for c in columns[:-1]
        for r in rows
        if not _covered(down, xs[c + 1], (ys[r] + ys[r + 1]) / 2)
    }
    return Grid(tuple(xs), tuple(ys), frozenset(below), frozenset(beside))


def _covered(edges: Iterable[_Edge], at: float, middle: float) -> bool:
    return any(abs(e.at - at) <= _NEAR and e.low <= middle <= e.high for e in edges)


def _clusters(values: Iterable[float]) -> list[float]:
    """Values nearer than `_NEAR` as one, rising."""
    found: list[list[float]] = []
    for value in sorted(values):
        if found and value - found[-1][-1] <= _NEAR:
            found[-1].append(value)
        else:
            found.append([value])
    return [sum(cluster) / len(cluster) for cluster in found]
