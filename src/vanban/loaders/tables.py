"""Rows of one table, settled: what a page or its writer parted is one row again.

The same for every format, before the cells of a row are joined (`cells.join_row`).
"""

from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from vanban.blocks import Piece
from vanban.loaders.cells import DITTO, join_cell, join_row
from vanban.patterns import regex

__all__ = ["TableRow", "pieces_of", "settled"]

_HEAD_ROWS = 6
_FEWEST_CELLS = 3
"""Filled cells of a row that may be the heading of a table."""
_MOST_IN_A_LINE = 2
"""Filled cells of a line above a table: a letterhead has two, on its left and its right."""
_ITEM = regex(r"(?:[a-zđ]|[ivx]+|\d{1,2}(?:\.\d{1,2})*)[.)/] ")
_CLOSED = (".", ";", ":", "!", "?", "…")


class TableRow(NamedTuple):
    """One row of a table.

    Args:
        cells: their texts by column; "〃" for the lower part of a tall cell.
        number: of the row in its table, from 1.
        page: it stands on; None where there are none.
        is_furniture: whether it only repeats the heading.
    """

    cells: list[str]
    number: int
    page: int | None = None
    is_furniture: bool = False

    def text(self) -> str:
        """The row on one line."""
        return join_row(self.cells)


def settled(rows: Sequence[TableRow], *, after_break: Collection[int] = ()) -> list[TableRow]:
    """The rows of a table with its heading on one row, repeats of it marked, and no row in two.

    - Of a heading over two rows, what stands beside a parted cell ("Đơn vị thực hiện" over
      "Chủ trì" and "Phối hợp") goes down to the row of the parts.
    - A row that repeats the heading, as on every page, is furniture.
    - A row that only goes on with the one above is part of that one: it has no number, and its
      words begin in lower case with nothing of their own beside them, or a page ended above it.

    Args:
        rows: in order, empty ones left out.
        after_break: numbers of rows that stand first on a page.
    """
    found: list[TableRow] = []
    heading: list[list[str]] = []
    broken = False
    for row in _with_heading_down(rows):
        broken = broken or row.number in after_break
        if _filled(row.cells) >= _FEWEST_CELLS:
            if any(_repeats(row.cells, line) for line in heading):
                found.append(row._replace(is_furniture=True))
                continue
            if len(heading) < _HEAD_ROWS:
                heading.append(row.cells)
        above = next((i for i in reversed(range(len(found))) if not found[i].is_furniture), None)
        if above is not None and _goes_on(found[above].cells, row.cells, after_break=broken):
            cells = _joined(found[above].cells, row.cells, after_break=broken)
            found[above] = found[above]._replace(cells=cells)
        else:
            found.append(row)
        broken = False
    return found


def pieces_of(rows: Sequence[TableRow], *, table: int) -> Iterator[Piece]:
    """The rows of a sheet as blocks; lines above the heading of its table are paragraphs.

    Args:
        rows: settled.
        table: number of the sheet in its file, from 1.
    """
    is_wide = [sum(map(bool, row.cells)) > _MOST_IN_A_LINE for row in rows]
    first = is_wide.index(True) if True in is_wide else 0
    for at, row in enumerate(rows):
        place = f"table {table}, row {row.number}"
        if row.is_furniture:
            yield Piece(row.text(), "furniture", None, place)
        elif at < first:
            yield from (Piece(cell, "paragraph", None, place) for cell in row.cells if cell)
        else:
            yield Piece(row.text(), "row", None, place)


def _with_heading_down(rows: Sequence[TableRow]) -> Iterator[TableRow]:
    """The rows, with the texts of tall heading cells beside a parted one in their lowest row."""
    settling = list(rows)
    first = next((i for i, r in enumerate(rows) if _filled(r.cells) >= _FEWEST_CELLS), None)
    if first is None:
        return iter(settling)
    for at in range(first, min(first + 3, len(settling) - 1)):
        upper, lower = settling[at].cells, settling[at + 1].cells
        if not _is_parted(upper, lower):
            break
        down = [
            upper[i] if cell == DITTO and i < len(upper) else cell for i, cell in enumerate(lower)
        ]
        left = [
            "" if i < len(lower) and lower[i] == DITTO else cell for i, cell in enumerate(upper)
        ]
        settling[at] = settling[at]._replace(cells=left)
        settling[at + 1] = settling[at + 1]._replace(cells=down)
    return (row for row in settling if _filled(row.cells))


def _is_parted(upper: Sequence[str], lower: Sequence[str]) -> bool:
    """Whether a row parts wide cells of the row above and goes on with all the others."""
    parts = [i for i, cell in enumerate(lower) if cell not in ("", DITTO)]
    tall = [i for i, cell in enumerate(lower) if cell == DITTO]
    if len(tall) < 2 or len(parts) < 2 or len(upper) < max(parts):
        return False
    open_cells = [i for i in parts if i >= len(upper) or not upper[i]]
    return bool(open_cells) and all(i < len(upper) and upper[i] for i in tall)


def _filled(cells: Sequence[str]) -> int:
    return sum(cell not in ("", DITTO) for cell in cells)


def _repeats(cells: Sequence[str], heading: Sequence[str]) -> bool:
    plain, wanted = ([cell.casefold() for cell in row if cell] for row in (cells, heading))
    return plain == wanted and not any(c.isdigit() for cell in plain for c in cell)


def _goes_on(above: Sequence[str], cells: Sequence[str], *, after_break: bool) -> bool:
    if _filled(above) < 2:
        return False
    own = [i for i, cell in enumerate(cells) if cell not in ("", DITTO)]
    main = own[0]
    over = above[main] if main < len(above) else ""
    if over in ("", DITTO) or _ITEM.match(cells[main]):
        return False
    is_lower = cells[main][0].islower()
    if after_break:
        # A number of its own is a row of its own.
        return is_lower or (main > 0 and not over.endswith(_CLOSED))
    beside = any(i < len(above) and above[i] not in ("", DITTO) for i in own[1:])
    return is_lower and main > 0 and not beside


def _joined(above: Sequence[str], cells: Sequence[str], *, after_break: bool) -> list[str]:
    joined = list(above) + [""] * (len(cells) - len(above))
    for i, cell in enumerate(cells):
        if cell in ("", DITTO):
            continue
        if joined[i] in ("", DITTO):
            joined[i] = cell
        elif after_break:
            joined[i] += cell if joined[i].endswith("-") else f" {cell}"
        else:
            joined[i] = join_cell([joined[i], cell])
    return joined
