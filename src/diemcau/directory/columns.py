"""The tables a directory goes out and comes back in as: their columns, and what names a row."""

from collections.abc import Mapping

__all__ = [
    "BETWEEN",
    "BODY_COLUMNS",
    "COLUMNS",
    "SUCCESSION_COLUMNS",
    "Row",
    "parts",
    "row_key",
    "same_cell",
]

Row = tuple[int, Mapping[str, str]]
"""Its number in the file, as a spreadsheet counts, and its cells by column."""

BETWEEN = "; "
"""Between several names, days or ids in one cell."""

BODY_COLUMNS = (
    *("id", "kind", "name", "name_en", "strong", "weak", "parent", "host", "city", "code"),
    *("valid_from", "valid_to", "source", "sure", "note"),
)
SUCCESSION_COLUMNS = ("from", "to", "kind", "on", "what", "source", "sure")
COLUMNS: dict[str, tuple[str, ...]] = {
    "sources": ("id", "what", "address"),
    "partners": (
        *("id", "kind", "name", "name_en", "iso3", "strong", "weak", "contains_vietnam"),
        *("source", "sure", "note"),
    ),
    "bodies": BODY_COLUMNS,
    "successions": SUCCESSION_COLUMNS,
    "people": ("id", "name"),
    "offices": ("id", "body", "name", "name_en", "source", "sure"),
    "holders": ("id", "person", "office", "since", "until", "seen", "acting", "source"),
    "members": ("id", "bloc", "member", "since", "until", "source", "sure"),
    "levels": ("id", "partner", "level", "on", "field", "source", "sure"),
    "agreements": ("id", "sides", "note"),
    "stages": ("id", "agreement", "side", "stage", "on", "known_on", "source", "sure"),
    "accreditations": ("mission", "partner", "source"),
}
"""Columns by table; a table stands behind those its rows name."""

_KEYS = {"successions": ("from", "to", "on"), "accreditations": ("mission", "partner")}
_OF_SEVERAL = frozenset({"strong", "weak", "sides", "seen"})


def row_key(table: str, cells: Mapping[str, str]) -> tuple[str, ...]:
    """What names a row: its id, or the ids it joins."""
    return tuple(cells[column] for column in _KEYS.get(table, ("id",)))


def parts(cell: str) -> list[str]:
    """The names, days or ids of a cell that may hold several."""
    return [part.strip() for part in cell.split(BETWEEN.strip()) if part.strip()]


def same_cell(column: str, one: str, other: str) -> bool:
    """Whether two cells of a column say the same."""
    if column in _OF_SEVERAL:
        return sorted(parts(one)) == sorted(parts(other))
    return one == other
