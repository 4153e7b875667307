"""A task as the cells of its row; and when two cells say the same."""

import csv
import datetime as dt
import io
import re
import unicodedata
from collections.abc import Iterable
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from diemcau.delivery.models import Assignment, AssignmentRole, Evidence, Progress, Task
from diemcau.delivery.row_reports import with_words
from diemcau.delivery.rules import sees_progress
from diemcau.delivery.states import standing
from diemcau.documents.rules import Reader, seen
from diemcau.exchange.columns import Column
from diemcau.indicators.days import say_period

__all__ = [
    "CELL_LETTERS",
    "cells_of",
    "fitting",
    "given_now",
    "names_in",
    "plain",
    "said_cell",
    "said_names",
    "same",
    "with_cells",
]

CELL_LETTERS = 32_767
"""What a cell of a workbook holds; longer words are cut in a file, and compared as cut."""
_ROLES = {
    AssignmentRole.LEAD: "lead",
    AssignmentRole.COORDINATING: "coordinating",
    AssignmentRole.FOLLOWING: "following",
}
_UNSAYABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def with_cells(tasks: QuerySet[Task], by: Reader) -> QuerySet[Task]:
    """The tasks with what `cells_of` needs at hand, as a person may see it.

    Lists beside the task: `given_now` (assignments), `released` (reports), `shown` (evidence).
    """
    reports = Progress.objects.filter(sees_progress(by), released_at__isnull=False)
    proofs = Evidence.objects.filter(seen(by), withdrawn_at=None)
    return tasks.select_related("document", "assigner").prefetch_related(
        given_now(),
        Prefetch("progress", with_words(by, reports).order_by("pk"), to_attr="released"),
        Prefetch("evidence", proofs.order_by("pk"), to_attr="shown"),
    )


def named(task: Any) -> list[Assignment]:
    """The assignments a cell names; the bodies a collective was expanded to stand behind it."""
    return [one for one in task.given_now if one.expanded_from_id is None]


def given_now() -> Prefetch:
    """What brings the assignments that hold along with tasks."""
    holding = Assignment.objects.filter(ended_at=None).order_by("pk")
    return Prefetch("assignments", holding, to_attr="given_now")


def cells_of(task: Any, *, today: dt.date) -> dict[str, str]:
    """A task as the cells of its row, those nothing is said in left out.

    Args:
        task: of `with_cells`.
        today: the day its standing is of.
    """
    cells = {
        "id": str(task.pk),
        "version": str(task.version),
        "code": task.code,
        "title": task.title,
        "action": task.wording,
        "nature": task.nature,
        "programme": task.programme,
        "product": task.product,
        "parent": str(task.parent_id or ""),
        "issuer": task.issuer,
        "said_on": _day(task.said_on),
        "deadline": task.deadline,
        "due_rule": task.due_rule,
        "status": task.status,
        "standing": standing(task.status, task.due_to, task.delivered_on, on=today).value,
        "assigner": task.assigner.name if task.assigner else "",
        "document": str(task.document),
        "place": task.place,
        "last_word_on": _day(task.last_word_at and timezone.localdate(task.last_word_at)),
    }
    given: dict[str, list[str]] = {}
    for one in named(task):
        given.setdefault(_ROLES[AssignmentRole(one.role)], []).append(one.as_written)
    cells |= {column: said_names(names) for column, names in given.items()}
    if task.released:
        cells["last_progress"] = task.released[-1].words
    if task.shown:
        cells["evidence"] = said_names(one.what for one in task.shown)
    return {name: cut for name, cell in cells.items() if (cut := fitting(cell))}


def said_cell(column: Column, cell: str) -> str:
    """A cell as people read it, in their language: the label of a choice, "quý I/2027".

    Reading takes it back to what the register keeps.
    """
    if column.form == "choice":
        return next((str(label) for value, label in column.choices if value == cell), cell)
    return say_period(cell) if column.form == "deadline" else cell


def said_names(names: Iterable[str]) -> str:
    """Several names in one cell; one with a “;” in it stands in quotation marks."""
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=";", lineterminator="").writerow([n.strip() for n in names])
    return (
        buffer.getvalue().replace(";", "; ")
        if '"' not in buffer.getvalue()
        else (buffer.getvalue())
    )


def names_in(cell: str) -> list[str]:
    """The names of a cell, in their order, none twice."""
    parts = [cell]
    if ";" in cell or '"' in cell:
        parts = next(csv.reader([" ".join(cell.split())], delimiter=";", skipinitialspace=True), [])
    return list(dict.fromkeys(plain(part) for part in parts if plain(part)))


def same(column_form: str, one: str, other: str) -> bool:
    """Whether two cells of a column say the same: blanks and the order of names do not count."""
    if one == other:
        return True
    if column_form == "bodies":
        return sorted(names_in(one)) == sorted(names_in(other))
    return plain(one) == plain(other)


def plain(cell: str) -> str:
    """The words of a cell, one blank between, letters composed."""
    return " ".join(unicodedata.normalize("NFC", cell).split())


def fitting(cell: str) -> str:
    """Words as a cell of a workbook can hold them."""
    cell = _UNSAYABLE.sub("", cell)
    return cell if len(cell) <= CELL_LETTERS else cell[: CELL_LETTERS - 1] + "…"


def _day(day: dt.date | None) -> str:
    return day.isoformat() if day else ""
