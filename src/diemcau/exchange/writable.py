"""What writing the rows of a file goes by: the tasks that stand, whom a document is closed to."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.db.models import QuerySet

from diemcau.accounts.models import User
from diemcau.delivery.doers.leads import ref_of_lead
from diemcau.delivery.doers.naming import refuse_hidden
from diemcau.delivery.models import Task
from diemcau.directory.models import Body
from diemcau.documents.models import Document
from diemcau.documents.rules import seen
from diemcau.exchange.models import Outcome, RowKind, TaskImport, TaskRow

__all__ = [
    *("ROLES", "Applied", "Waiting"),
    *("doers_of", "having_code", "lead_among", "leave", "refuse_hidden_from", "standing", "told"),
    "waiting_rows",
]

ROLES = ("lead", "coordinating", "following")
_LONGEST_TOLD = 1_000
"""Letters of a cell kept in the log."""


class Waiting(NamedTuple):
    """A compared row that is to be written; the columns of `models.TaskRow` that are needed."""

    pk: int
    number: int
    kind: str
    task_id: int | None
    version: int | None
    wanted: dict[str, Any]
    changes: list[list[str]]


def waiting_rows(batch: TaskImport, most: int) -> list[Waiting]:
    """The next rows of a file that are to be written, in their order."""
    found = batch.rows.filter(
        kind__in=(RowKind.NEW, RowKind.CHANGED), number__gt=batch.written_to, outcome=""
    )
    rows = found.order_by("number").values_list(*Waiting._fields)[:most]
    return [Waiting(*row) for row in rows]


@dataclass(slots=True)
class Applied:
    """What one action wrote: ids of tasks, and numbers of rows that were left out."""

    created: list[int] = field(default_factory=list)
    changed: list[int] = field(default_factory=list)
    slips: list[int] = field(default_factory=list)
    moved: list[int] = field(default_factory=list)
    reported: list[int] = field(default_factory=list)
    left: list[int] = field(default_factory=list)
    is_last: bool = False


def standing(actor: User | None) -> QuerySet[Task]:
    """The tasks that stand and that a person sees."""
    return Task.objects.filter(seen(actor), withdrawn_at=None, replaced_by=None)


def having_code(tasks: QuerySet[Task], codes: Collection[str]) -> dict[str, int]:
    """Of some tasks those that have one of these codes: the id by code."""
    if not codes:
        return {}
    # Among many codes PostgreSQL does not see that none is empty, as the index asks for.
    found = tasks.filter(code__in=codes).exclude(code="")
    return dict(found.order_by().values_list("code", "pk"))


def leave(rows: Iterable[Waiting | TaskRow], why: str, done: Applied) -> None:
    """Leave rows out, and keep with them why."""
    rows = list(rows)
    TaskRow.objects.filter(pk__in=[r.pk for r in rows]).update(outcome=Outcome.LEFT, why=why[:500])
    done.left += [r.number for r in rows]


def refuse_hidden_from(document: Document, wanted: dict[str, Any]) -> None:
    """Refuse a row that gives a task to bodies its closed document is hidden from.

    Raises:
        Refused: names them.
    """
    if document.is_closed:
        refs = {
            one[1].rpartition("@")[2] for role in ROLES for one in wanted.get(role, ()) if one[1]
        }
        refuse_hidden(document, Body.objects.filter(ref__in=refs))


def doers_of(wanted: dict[str, Any]) -> set[str]:
    """Ids of the bodies a row gives a task to, but for those that only follow it.

    A collective may be anybody: "", as a body the directory does not know.
    """
    return {
        (ref or "").rpartition("@")[2]
        for role in ROLES[:2]
        for _name, ref, is_collective in wanted.get(role, ())
        if ref is not None or is_collective
    }


def lead_among(leads: Iterable[tuple[str, bool]]) -> str:
    """What is kept beside a task of who leads it, from ids named and whether each is a collective.

    An office leads as its body does.
    """
    return ref_of_lead(
        [ref.rpartition("@")[2] for ref, is_collective in leads if not is_collective]
    )


def told(batch: int, row: Waiting, changes: Sequence[Sequence[str]]) -> dict[str, Any]:
    """What the log says of a row: which it is, and what stood and stands in each cell."""
    before = {name: here[:_LONGEST_TOLD] for name, here, _there in changes}
    after = {name: there[:_LONGEST_TOLD] for name, _here, there in changes}
    return {"file": batch, "row": row.number, "before": before, "after": after}
