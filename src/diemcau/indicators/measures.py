"""The names of what figures measure, as the engine's rows have them."""

from typing import Any

from django.utils.functional import Promise, lazystr
from django.utils.translation import get_language

from vanban.data import load

__all__ = ["MEASURES", "measure_name", "name_of"]


class _Name:
    """The name of a row, printed in the language in force when it is printed."""

    def __init__(self, row: dict[str, Any]) -> None:
        self.row = row

    def __str__(self) -> str:
        return name_of(self.row)


def name_of(row: dict[str, Any]) -> str:
    """The name of a row in the reader's language."""
    return row["name"] if (get_language() or "").startswith("vi") else row["name_en"]


_OTHER = {"name": "Khác", "name_en": "Other"}
MEASURES: dict[str, Promise] = {
    **{row["id"]: lazystr(_Name(row)) for row in load("measures") if "key" not in row},
    "other": lazystr(_Name(_OTHER)),
}
"""By the key of the evaluation schema; a key that is not here is printed as it is."""


def measure_name(key: str) -> str:
    """The measure in the reader's language."""
    return str(MEASURES.get(key, key))
