"""The same over Arrow: a batch of texts in, a batch of rows out. Needs pyarrow."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import fields
from typing import Any

import pyarrow as pa  # type: ignore[import-untyped]

from vanban.many.rows import Row, read_text

__all__ = ["SCHEMA", "batch_of", "map_batches", "reader_of"]

SCHEMA = pa.schema(
    [
        ("id", pa.string()),
        ("status", pa.string()),
        ("message", pa.string()),
        ("title", pa.string()),
        ("published", pa.string()),
        ("media_type", pa.string()),
        ("notes", pa.list_(pa.string())),
        ("engine", pa.string()),
        (
            "records",
            pa.list_(
                pa.struct(
                    [
                        ("kind", pa.string()),
                        ("quote", pa.string()),
                        ("start", pa.int32()),
                        ("end", pa.int32()),
                        ("rule", pa.string()),
                        ("confidence", pa.float64()),
                        ("data", pa.string()),
                    ]
                )
            ),
        ),
    ]
)
"""Columns of a result; `text` follows them where it was asked for."""


def batch_of(rows: Sequence[Row], *, with_text: bool = False) -> Any:
    """The rows as an Arrow table of `SCHEMA`."""
    schema = SCHEMA.append(pa.field("text", pa.string())) if with_text else SCHEMA
    # `asdict` would copy every record.
    plain = [{name: getattr(row, name) for name in _COLUMNS} for row in rows]
    return pa.Table.from_pylist(plain, schema=schema)


_COLUMNS = tuple(field.name for field in fields(Row))


def reader_of(*, id: str = "id", text: str = "text") -> Callable[[Any], Any]:
    """A function from an Arrow table of texts to the table of what was read in them, in order.

    It is pure and can be sent to another machine. One document that breaks is one row that says so.

    Args:
        id: column with the documents' names; rows are numbered in their batch if it is "".
        text: column with their texts.
    """

    def read_batch(table: Any) -> Any:
        texts = table.column(text).to_pylist()
        ids = table.column(id).to_pylist() if id else range(len(texts))
        return batch_of([read_text(str(i), t) for i, t in zip(ids, texts, strict=True)])

    return read_batch


def map_batches(batches: Iterable[Any], *, id: str = "id", text: str = "text") -> Iterator[Any]:
    """Arrow batches in, Arrow batches out, as Spark's `mapInArrow` wants it."""
    read_batch = reader_of(id=id, text=text)
    for batch in batches:
        yield from read_batch(batch).to_batches()
