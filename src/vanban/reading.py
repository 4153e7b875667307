"""Read one document: run every reader over its content blocks and gather the records."""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from vanban.confidence import calibrate
from vanban.document import Document
from vanban.readers.commitments import promises_itself, read_commitments
from vanban.readers.events import read_events
from vanban.readers.figures import aim_at, read_figures
from vanban.readers.instruments import read_instruments
from vanban.readers.partners.reader import mark_markets, read_partners
from vanban.readers.people import read_people
from vanban.readers.shortcomings import read_shortcomings
from vanban.readers.tables import read_task_tables
from vanban.readers.tasks import likely, read_tasks, said_once
from vanban.records import KINDS, Record, Task
from vanban.scan import Scan

__all__ = ["ENGINE_VERSION", "Reading", "read", "read_as_stated"]

ENGINE_VERSION = "0.15"
"""Changes whenever the same text may read differently; stored with every reading."""


@dataclass(frozen=True)
class Reading:
    """What was read in one document: its records in text order."""

    document: Document
    records: tuple[Record, ...]

    def of(self, kind: str) -> tuple[Record, ...]:
        """The records of one kind ("figures", "tasks", ...), in text order."""
        return tuple(r for r in self.records if r.kind == kind)

    def counts(self) -> dict[str, int]:
        """Number of records per kind, every kind present."""
        return {kind: sum(r.kind == kind for r in self.records) for kind in KINDS}

    @property
    def proposed(self) -> tuple[Record, ...]:
        """The records a person is to decide on, in text order: each promise once.

        The labelling rules make a task of every promise ("Hai bên nhất trí thúc đẩy ..."). Who is
        bound decides what is kept of it: an order is a task, a promise the commitment alone.
        """
        promised = {r.anchor.end for r in self.records if r.kind == "commitments"}
        return tuple(
            r
            for r in self.records
            if not (isinstance(r, Task) and promises_itself(r) and r.anchor.end in promised)
        )

    def to_dict(self) -> dict[str, Any]:
        """The reading in the schema of `docs/reading.md`, plain JSON types."""
        out: dict[str, Any] = {"id": self.document.name, "engine": ENGINE_VERSION}
        for kind in KINDS:
            out[kind] = [r.to_dict() for r in self.of(kind)]
        return out


def read(document: Document) -> Reading:
    """Read a document into typed, anchored records.

    Never raises on odd text: it returns fewer records. Knows no clock: every date comes from the
    document itself, and a year that had to be inferred is marked so.
    """
    stated = read_as_stated(document)
    return Reading(document, tuple(calibrate(document, list(stated.records))))


def read_as_stated(document: Document) -> Reading:
    """As `read`, with the confidences the readers state: what calibration is counted from."""
    scan = Scan(document)
    records: list[Record] = []
    for reader in _READERS:
        records += reader(scan)
    tables = read_task_tables(scan)
    tasks = [*likely(scan, read_tasks(scan, apart=tables.covers)), *tables.tasks]
    records = mark_markets(scan, aim_at(scan.text, records, tasks))
    records += said_once(scan, tasks)
    # What a row says of its state ("chưa có phiên mới") is the task's, and the head of a row
    # ("thỏa thuận được ký") is a figure's name.
    records += [
        one for one in read_shortcomings(scan, tasks) if not tables.covers(one.anchor.start)
    ]
    blocks = document.blocks
    starts = [block.start for block in blocks]
    records += [
        one
        for one in read_commitments(scan, tasks)
        if blocks[bisect_right(starts, one.anchor.start) - 1].kind != "row"
    ]
    records.sort(key=lambda r: (r.anchor.start, r.anchor.end, r.kind))
    return Reading(document, tuple(records))


_READERS: tuple[Callable[[Scan], Sequence[Record]], ...] = (
    read_events,
    read_figures,
    read_people,
    read_instruments,
    read_partners,
)
