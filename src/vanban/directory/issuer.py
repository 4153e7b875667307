"""Which body a document comes from, as its letterhead says."""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from vanban.directory.resolve import resolve
from vanban.directory.rows import Entry
from vanban.document import Document
from vanban.patterns import regex

__all__ = ["find_issuer"]

_TOP = 14
"""Lines of a document in which its letterhead stands."""
_MOST_LINES = 3
"""Lines one name of a letterhead may be broken into."""
_COLUMNS = regex(r"\s*\|\s*|\t+|\s{3,}")
_PAPER = regex(r"\s*(?:Số\s*:|cộng h(?:òa|oà) xã hội|độc lập\s*-)", re.IGNORECASE)
_NUMBER = regex(r"\s*Số\s*:", re.IGNORECASE)


def find_issuer(document: Document, *, on: date | None = None) -> Entry | None:
    """The body that issued an official document, by the names at its head.

    Source: Nghị định 30/2020/NĐ-CP, appendix I: the name of the body that issues a document stands
    at its head in capitals, under that of the body above it, over the number.
    Args:
        document: any text; a press report has no letterhead.
        on: the day whose bearers of the names are meant, where the document does not say when it
            was published.
    Returns:
        The last body named that bears its name on the day of the document, or (a unit the rows do
        not know) the one above it; None without a letterhead or if no name of it is one body's.
    """
    lines = [document.flow[b.start : b.end] for b in document.blocks[:_TOP]]
    if not any(_PAPER.match(cell) for line in lines for cell in _COLUMNS.split(line)):
        return None
    on = date.fromisoformat(document.published) if document.published else on
    named = list(_names(list(_capitals(lines)), on))
    return named[-1] if named else None


def _capitals(lines: Sequence[str]) -> Iterator[str]:
    """The names at the head, in capitals and before the number; motto and title are left out."""
    for line in lines:
        for cell in _COLUMNS.split(line):
            if _NUMBER.match(cell):
                return
            if cell.isupper() and not _PAPER.match(cell):
                yield cell.strip()


def _names(cells: Sequence[str], on: date | None) -> Iterator[Entry]:
    """The bodies the cells name, a name broken into several taken together."""
    above: str | None = None
    at = 0
    while at < len(cells):
        for stop in range(min(len(cells), at + _MOST_LINES), at, -1):
            name = " ".join(cells[at:stop])
            body = resolve(name, on=on, kinds=("body",), within=above)
            if body.id:
                yield body.candidates[0]
                above, at = body.id, stop
                break
        else:
            at += 1
