"""What stands in a cell of a spreadsheet, whichever program wrote it."""

from datetime import date, datetime
from typing import Any

__all__ = ["cell_text", "number_in"]

_MOST_DIGITS = 12


def cell_text(value: Any) -> str:
    """A cell as text: a day as ISO, a whole number without its point."""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def number_in(text: str) -> int | None:
    """The whole number a text is; None for anything else, and for more digits than a row has."""
    return int(text) if text.isdecimal() and len(text) <= _MOST_DIGITS else None
