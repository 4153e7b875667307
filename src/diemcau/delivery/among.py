"""Rows of many ids, asked for in lists short enough for either database."""

from collections.abc import Iterator, Sequence
from typing import TypeVar

from django.db.models import Model, QuerySet

__all__ = ["rows_among"]

M = TypeVar("M", bound=Model)
_AT_ONCE = 800
"""Values per IN list, below SQLite's limit."""


def rows_among(rows: QuerySet[M], ids: Sequence[int], *, name: str = "task") -> Iterator[M]:
    """The rows that belong to some of many objects, list by list, each in the query's order.

    Args:
        ids: of the objects.
        name: the column that holds them.
    """
    for at in range(0, len(ids), _AT_ONCE):
        yield from rows.filter(**{f"{name}__in": ids[at : at + _AT_ONCE]})
