"""Keyset pages: each says where the next begins; nothing is counted, skipped or told twice."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Generic, TypeVar

from django.core import signing
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _
from ninja import Query, Schema
from pydantic import Field

from diemcau.api.errors import Refused

__all__ = ["MOST", "Cut", "Key", "Page", "cut"]

T = TypeVar("T")

MOST = 200
"""Rows of a page at most, whoever asks."""
_SALT = "diemcau.api.paging"


class Page(Schema, Generic[T]):
    """A page of a list."""

    items: list[T]
    next: str | None = Field(description="Send it as “after” for the next page; null on the last.")


class _Asked(Schema):
    limit: int = Field(50, ge=1, le=MOST, description="Rows at most.")
    after: Annotated[str, Field(max_length=2000, pattern=r"^[^\x00]*$")] = Field(
        "", description="“next” of the page before; nothing for the first."
    )


Cut = Query[_Asked]
"""Parameters of every list."""


@dataclass(frozen=True, slots=True)
class Key:
    """One column of an order; rows without a value come last either way.

    Args:
        name: column or annotation; "__" leads to a related row that is at hand.
    """

    name: str
    descending: bool = False
    nullable: bool = False


def cut(rows: QuerySet, keys: Sequence[Key], asked: Any) -> dict[str, Any]:
    """One page of rows in the order of the keys, the last of which is unique.

    Args:
        asked: `limit` and `after`.
    Returns:
        What `Page` holds: "items" and "next".
    Raises:
        Refused: "after" is none that a list of this order gave.
    """
    order = [
        F(k.name).desc(nulls_last=k.nullable or None)
        if k.descending
        else F(k.name).asc(nulls_last=k.nullable or None)
        for k in keys
    ]
    if asked.after:
        rows = rows.filter(_beyond(keys, _read(asked.after, keys)))
    found = list(rows.order_by(*order)[: asked.limit + 1])
    more = len(found) > asked.limit
    items = found[: asked.limit]
    return {"items": items, "next": _write(items[-1], keys) if more else None}


def _beyond(keys: Sequence[Key], values: list[Any]) -> Q:
    """The rows after the one with these values: equal in the first keys, further in the next."""
    found = Q(pk__in=[])
    equal = Q()
    for key, value in zip(keys, values, strict=True):
        if value is None:
            # Nothing stands after "no value" but other rows without one.
            equal &= Q(**{f"{key.name}__isnull": True})
            continue
        further = Q(**{f"{key.name}__{'lt' if key.descending else 'gt'}": value})
        if key.nullable:
            further |= Q(**{f"{key.name}__isnull": True})
        found |= equal & further
        equal &= Q(**{key.name: value})
    return found


def _write(row: Any, keys: Sequence[Key]) -> str:
    values = [_plain(_value(row, key.name)) for key in keys]
    return signing.dumps([_shape(keys), values], salt=_SALT, compress=True)


def _read(text: str, keys: Sequence[Key]) -> list[Any]:
    try:
        shape, values = signing.loads(text, salt=_SALT)
    except signing.BadSignature:
        shape, values = "", []
    if shape != _shape(keys):
        raise Refused("query.after", text, _("“next” of a page of this list in this order"))
    return values


def _shape(keys: Sequence[Key]) -> str:
    return ",".join(f"{'-' if key.descending else ''}{key.name}" for key in keys)


def _value(row: Any, name: str) -> Any:
    if isinstance(row, dict):
        return row[name]
    for part in name.split("__"):
        row = getattr(row, part)
    return row


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, dt.date | dt.datetime) else value
