"""Thin adapters: the function of `arrow` handed to an engine that runs on many machines.

Each reads Parquet with a column of texts and writes a folder of Parquet with the columns of
`arrow.SCHEMA`, the same rows whatever the engine. Tasks are batches of documents, never single
ones: reading takes some thirty times what an engine adds per batch of 500, and less than what it
adds per task. Each engine is imported only here and only when asked for.
"""

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from vanban.many.arrow import SCHEMA, map_batches, reader_of

__all__ = ["BATCH", "read_with_dask", "read_with_ray", "read_with_spark"]

BATCH = 500
"""Documents a task: below that the engines' own work shows."""


def read_with_ray(
    source: str, out: str, *, id: str = "id", text: str = "text", batch: int = BATCH
) -> None:
    """Read Parquet on a Ray cluster: the one `ray.init` connected to, else this machine.

    Args:
        source: a Parquet file, a folder of them, or an address that Ray can read.
        out: folder or address to write to.
        id, text: columns of the source.
        batch: documents a task.
    """
    import ray.data  # type: ignore[import-not-found,unused-ignore]

    found = ray.data.read_parquet(source, columns=[id, text])
    read = found.map_batches(reader_of(id=id, text=text), batch_size=batch, batch_format="pyarrow")
    read.write_parquet(out)


def read_with_dask(
    source: str, out: str, *, client: Any, id: str = "id", text: str = "text", batch: int = BATCH
) -> None:
    """Read Parquet on the cluster of a `dask.distributed.Client`: one task a row group.

    Args:
        source: a Parquet file or a folder of them that every worker can open.
        out: folder every worker can write to.
        client: the connected client.
        id, text: columns of the source.
        batch: documents a task at least; smaller row groups are read together.
    """
    Path(out).mkdir(parents=True, exist_ok=True)
    tasks = list(_row_groups(source, batch))
    work = partial(_read_groups, out=out, id=id, text=text)
    client.gather(client.map(work, range(len(tasks)), tasks, pure=False))


def _row_groups(source: str, batch: int) -> Iterator[tuple[str, list[int]]]:
    """Row groups of each file, small ones together until they hold `batch` rows."""
    import pyarrow.parquet as pq  # type: ignore[import-untyped]

    for path in sorted(Path(source).glob("*.parquet")) if Path(source).is_dir() else [source]:
        metadata = pq.ParquetFile(path).metadata
        groups: list[int] = []
        rows = 0
        for group in range(metadata.num_row_groups):
            groups.append(group)
            rows += metadata.row_group(group).num_rows
            if rows >= batch or group == metadata.num_row_groups - 1:
                yield str(path), groups
                groups, rows = [], 0


def _read_groups(number: int, place: tuple[str, list[int]], *, out: str, id: str, text: str) -> int:
    """Read some row groups of one file and write one file; returns its number of rows."""
    import pyarrow.parquet as pq

    path, groups = place
    found = reader_of(id=id, text=text)(
        pq.ParquetFile(path).read_row_groups(groups, columns=[id, text])
    )
    pq.write_table(found, f"{out}/part-{number:06}.parquet")
    return int(found.num_rows)


def read_with_spark(
    source: str, out: str, *, session: Any, id: str = "id", text: str = "text"
) -> None:
    """Read Parquet on the cluster of a `SparkSession`.

    Batches are Spark's own: set `spark.sql.execution.arrow.maxRecordsPerBatch` (10,000 at first)
    to 500 or more, and split the source into at least as many partitions as there are cores.

    Args:
        source, out: addresses that Spark can read and write.
        session: the session.
        id, text: columns of the source.
    """
    found = session.read.parquet(source).select(id, text)
    work = partial(map_batches, id=id, text=text)
    found.mapInArrow(work, _ddl(SCHEMA)).write.parquet(out)


_DDL = {"string": "string", "int32": "int", "double": "double"}


def _ddl(fields: Any) -> str:
    """An Arrow schema in the words Spark takes ("id string, notes array<string>")."""
    return ", ".join(f"{f.name} {_type(f.type)}" for f in fields)


def _type(kind: Any) -> str:
    if hasattr(kind, "value_type"):
        return f"array<{_type(kind.value_type)}>"
    if hasattr(kind, "num_fields") and kind.num_fields:
        inner = ", ".join(f"{f.name}: {_type(f.type)}" for f in kind)
        return f"struct<{inner}>"
    return _DDL[str(kind)]
