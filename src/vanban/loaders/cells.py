"""Table cells on one line, the same way for every format."""

from collections.abc import Iterable, Sequence

from vanban.patterns import regex

__all__ = ["DITTO", "join_cell", "join_row"]

_SECTION = regex(r"(?:[IVX]{1,6}|[A-HK])[.)]?")

DITTO = "〃"
"""Stands in a row for a tall cell that began in a row above."""


def join_cell(paragraphs: Iterable[str]) -> str:
    """The paragraphs of one cell on one line.

    "; " stands between two of them unless a mark ends the first or the second only goes on
    (begins with a small letter or a bracket).
    """
    joined = ""
    for line in (" ".join(part.split("\n")).strip() for part in paragraphs):
        if joined and line:
            goes_on = joined[-1] in ".,;:!?…-–" or line[0] == "(" or line[0].islower()
            joined += " " if goes_on else "; "
        joined += line
    return joined


def join_row(cells: Sequence[str]) -> str:
    """The cells of one row joined with " | "; one cell across the table stands alone.

    So does one that only a Roman number or a capital letter stands before: it heads the rows below.
    """
    filled = [cell for cell in cells if cell]
    if len(filled) == 2 and filled == list(cells[:2]):
        number, words = filled
        if _SECTION.fullmatch(number) and len(words.split()) > 1:
            return f"{number} {words}"
    return filled[0] if len(filled) == 1 else " | ".join(cells).strip()
