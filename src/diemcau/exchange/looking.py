"""One walk through a file that is brought: how many rows, their text, what they are of, marks."""

from collections.abc import Iterator
from dataclasses import dataclass

from diemcau.directory.cells import number_in
from diemcau.exchange.reading import Table
from vanban.blocks import Block
from vanban.secrecy import Mark, marks_in_rows

__all__ = ["Looked", "look_through"]

_KEPT = 2_000_000
"""Letters of a file kept as text to be shown and searched, some 14,000 rows; what stands below is
in the file and becomes tasks, and a page of more helps nobody."""
_PIECE = 2_000
"""Rows looked through for marks of secrecy at a time."""


@dataclass(frozen=True)
class Looked:
    """What a walk through all rows of a table found.

    Args:
        n: rows.
        ids: numbers of the register that stand in them.
        text: the first rows as lines; blocks: one for each, placed by its number.
        marks: of secrecy, in the rows below those.
    """

    n: int
    ids: list[int]
    text: str
    blocks: tuple[Block, ...]
    marks: list[Mark]


def look_through(table: Table) -> Looked:
    """Walk through the rows of a table once; what is kept of them does not grow with the file.

    Raises:
        UnreadableFile: as `Table.rows`.
    """
    n, ids = 0, []
    kept: list[str] = []
    blocks: list[Block] = []
    at = 0
    waiting: list[str] = []
    marks: list[Mark] = []
    for number, line, pk in _lines(table):
        n += 1
        if pk is not None:
            ids.append(pk)
        if n == len(kept) + 1 and at + len(line) <= _KEPT:
            kept.append(line)
            blocks.append(Block(at, at + len(line), "row", None, str(number)))
            at += len(line) + 1
            continue
        waiting.append(line)
        if len(waiting) == _PIECE:
            marks += marks_in_rows(waiting, first=n - len(waiting))
            waiting = []
    marks += marks_in_rows(waiting, first=n - len(waiting))
    return Looked(n, ids, "\n".join(kept), tuple(blocks), marks)


def _lines(table: Table) -> Iterator[tuple[int, str, int | None]]:
    for number, cells in table.rows():
        raw = cells.get("id", "")
        line = " | ".join([" ".join(cell.split()) for cell in cells.values()])
        yield number, line, number_in(raw)
