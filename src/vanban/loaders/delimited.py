"""CSV and TSV: the rows of a table that was saved as text."""

import csv
from collections import Counter
from io import StringIO

from vanban.blocks import Piece
from vanban.document import Document
from vanban.loaders.cells import join_cell
from vanban.loaders.limits import LINE_LIMIT
from vanban.loaders.refusals import refuse
from vanban.loaders.tables import TableRow, pieces_of, settled
from vanban.pages.provenance import choose_title
from vanban.patterns import regex

__all__ = ["is_table", "load_delimited"]

MEDIA_TYPE = "text/csv"

_MARKS = "\t;,|"
"""What may stand between cells. Where two fit, the one of more rows, then of more cells."""
_LOOKED_AT = 64 * 1024
_MOST_COLUMNS = 200
_MOST_LINES = 100
"""Lines one cell may hold."""
_SEPARATOR_LINE = regex(r"(?i:sep)=(?P<mark>.)\r?\n")
"""The first line by which Excel tells its own separator."""


def is_table(text: str) -> bool:
    """Whether a text holds rows of cells: most of its lines part into equally many."""
    return _mark_of(text) is not None


def load_delimited(text: str, *, name: str, notes: tuple[str, ...] = ()) -> Document:
    """Make a document of rows: one "row" block per row, cells joined with " | ".

    Lines above the heading of the table are paragraphs, as in a workbook.

    Args:
        text: of the file, for which `is_table` holds.
        notes: on how it was obtained.
    Raises:
        DocumentError: it holds too many rows, or no words.
    """
    mark = _mark_of(text) or ","
    rows = []
    for number, cells in enumerate(_rows(text, mark), start=1):
        if number > LINE_LIMIT:
            raise refuse("too-many-lines", name=name, lines=number, limit=LINE_LIMIT)
        if any(cells):
            while not cells[-1]:
                cells.pop()
            rows.append(TableRow(cells, number))
    pieces: list[Piece] = list(pieces_of(settled(rows), table=1))
    if not pieces:
        raise refuse("blank", name=name)
    title = choose_title([p.text for p in pieces], "")
    return Document.from_pieces(pieces, name=name, media_type=MEDIA_TYPE, notes=notes, title=title)


def _mark_of(text: str) -> str | None:
    """What stands between the cells of most rows; None if nothing does."""
    told = _SEPARATOR_LINE.match(text)
    if told is not None:
        return told["mark"]
    head = text[:_LOOKED_AT]
    if len(text) > _LOOKED_AT:
        head = head.rpartition("\n")[0]
    found: list[tuple[int, int, str]] = []
    for mark in _MARKS:
        # A row that ends early or a line above the table is no reason against it.
        widths = Counter(w for cells in _rows(head, mark) if (w := len(cells)) and any(cells))
        wide = {w: n for w, n in widths.items() if w > 1}
        if wide:
            width, n = max(wide.items(), key=lambda item: (item[1], item[0]))
            if n > 1 and n * 2 >= widths.total():
                found.append((n, width, mark))
    return max(found)[2] if found else None


def _rows(text: str, mark: str) -> list[list[str]]:
    """The cells of each row, one line each; a cell may hold lines if it stands in quotes."""
    told = _SEPARATOR_LINE.match(text)
    plain = StringIO(text[told.end() :] if told is not None else text, newline="")
    try:
        read = list(csv.reader(plain, delimiter=mark))
        is_open = any(cell.count("\n") > _MOST_LINES for cells in read for cell in cells)
    except csv.Error:
        is_open = True
    if is_open:
        # A quotation mark is never closed and has taken in the rows below it.
        plain.seek(0)
        read = [line.rstrip("\r\n").split(mark) for line in plain]
    return [[join_cell(cell.splitlines()) for cell in cells[:_MOST_COLUMNS]] for cells in read]
