"""Tables that run over pages: what the page parted is one table again, its rows are whole."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from vanban.loaders.pdf.line import Line, TablePart
from vanban.loaders.pdf.tables import are_alike
from vanban.loaders.tables import TableRow, settled

__all__ = ["settle_tables"]

_MARGIN = 0.08
"""Share of a page's height where only its header or footer stands between two parts of a table."""

_Part = tuple[int, TablePart]


def settle_tables(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """The lines of each page, the rows of tables settled (`tables.settled`) and numbered.

    A table at the top of a page goes on with the one at the foot of the page before if both have
    the same columns. A row that began on the page before is whole there and gone here.

    Args:
        pages: lines and rows as they are drawn; rows know their table and cells.
    """
    rows_of: dict[_Part, list[Line]] = {}
    for index, page in enumerate(pages):
        for line in page:
            if line.table is not None:
                rows_of.setdefault((index, line.table), []).append(line)
    written: dict[int, Line] = {}
    for number, chain in enumerate(_chains(pages, list(rows_of)), start=1):
        written |= _written(number, [rows_of[part] for part in chain])
    return [
        [written.get(id(line), line) for line in page if not line.table or id(line) in written]
        for page in pages
    ]


def _chains(pages: Sequence[Sequence[Line]], parts: list[_Part]) -> Iterator[list[_Part]]:
    chain: list[_Part] = []
    for part in parts:
        if chain and not _follows(pages, chain[-1], part):
            yield chain
            chain = []
        chain.append(part)
    if chain:
        yield chain


def _follows(pages: Sequence[Sequence[Line]], last: _Part, part: _Part) -> bool:
    """Whether a part of a table is the next of the one on the page before, nothing between them."""
    (before, above), (index, below) = last, part
    if index != before + 1 or not are_alike(above.edges, below.edges):
        return False
    beneath = any(
        above.bottom < line.baseline < (1 - _MARGIN) * line.page_height
        for line in pages[before]
        if line.table != above
    )
    over = any(
        _MARGIN * line.page_height < line.baseline < below.top
        for line in pages[index]
        if line.table != below
    )
    return not beneath and not over


def _written(number: int, parts: Sequence[Sequence[Line]]) -> dict[int, Line]:
    """The rows of one table as they are to be written, by the identity of the line they were."""
    rows: list[TableRow] = []
    lines: dict[int, Line] = {}
    breaks: set[int] = set()
    last = 0
    for part in parts:
        if rows:
            breaks.add(last + int(part[0].place.removeprefix("row ")))
        for line in part:
            at = last + int(line.place.removeprefix("row "))
            rows.append(TableRow(list(line.cells), at))
            lines[at] = line
        last = rows[-1].number
    return {
        id(lines[row.number]): replace(
            lines[row.number],
            text=row.text(),
            place=f"table {number}, row {row.number}",
            is_furniture=row.is_furniture,
        )
        for row in settled(rows, after_break=breaks)
    }
