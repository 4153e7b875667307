"""Rows of a file beside the register: what is new, changed, as it stands, moved on, or cannot be.

Nothing is written here. What is compared is the cell as it would be exported now, so that a file
that was not touched changes nothing, whatever the words are.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from diemcau.accounts.rules import Duty
from diemcau.delivery.models import SlipState, Task
from diemcau.delivery.refusals import Refused
from diemcau.delivery.states import MOVES, Move, Party, Status
from diemcau.delivery.typed_deadlines import read_another_deadline
from diemcau.directory.cells import number_in
from diemcau.documents.rules import Reader, seen
from diemcau.exchange.cells import cells_of, named, names_in, plain, same, with_cells
from diemcau.exchange.checks import WrongCell, read_cell
from diemcau.exchange.columns import COLUMNS, Column, column_of
from diemcau.exchange.models import RowKind
from diemcau.exchange.naming import Names
from diemcau.exchange.parties import Rights
from diemcau.exchange.reading import Row
from diemcau.exchange.signing import Signature
from diemcau.exchange.writable import having_code

__all__ = ["Compared", "Comparer", "move_between"]

_NONE: Mapping[str, bool] = {}
_NOT_COMPARED = frozenset({"id", "version", "reason", "reason_code", "standing"})
"""Keys, what is said with a change, and what the calendar changes by itself."""


@dataclass(slots=True)
class Compared:
    """One row beside what is here; the columns of `models.TaskRow`."""

    number: int
    kind: RowKind
    task: int | None = None
    version: int | None = None
    title: str = ""
    wanted: dict[str, Any] = field(default_factory=dict)
    changes: list[list[str]] = field(default_factory=list)
    faults: list[list[str]] = field(default_factory=list)
    why: str = ""
    """What speaks for a task that is only proposed."""

    def fault(self, column: str, found: str, reason: str) -> None:
        """Say what cannot stand in a cell, and why."""
        self.faults.append([column, found, reason])

    def refused(self, column: str, found: str, reason: str) -> "Compared":
        """The row as one that cannot stand for what is in a cell, whatever else it says."""
        self.kind = RowKind.FAULT
        self.fault(column, found, reason)
        return self


def move_between(before: str, after: str) -> Move | None:
    """The one move that leads from a state to another; None if the table has none."""
    for move, rule in MOVES.items():
        if before in rule.before and rule.after == after:
            return move
    return None


class Comparer:
    """Compares the rows of one file, some hundred at a time.

    Args:
        by: who brought it; what they may not do is refused for the row.
        columns: those the file has; a missing one leaves its values alone.
        owner: id of the body whose document new tasks are to rest on.
        signature: of a workbook made here.
    """

    def __init__(
        self,
        by: Reader,
        *,
        columns: Sequence[str],
        owner: int | None,
        signature: Signature | None = None,
    ) -> None:
        self._by = by
        self._columns = [one for one in COLUMNS if one.name in columns]
        self._owner = owner
        self._signature = signature
        self._names = Names()
        self._rights = Rights(by)
        self._seen_ids: set[str] = set()
        self._seen_codes: set[str] = set()
        self._today = timezone.localdate()

    def remember(self, rows: Iterable[Row]) -> None:
        """Take note of rows compared before, as when the work goes on after a stop."""
        for _number, cells in rows:
            self._seen_ids.add(cells.get("id", ""))
            self._seen_codes.add(cells.get("code", ""))

    def compare(self, rows: Sequence[Row]) -> list[Compared]:
        """Each row beside the register, in the same order; asks the database a fixed few times."""
        ids = {pk for _n, c in rows if (pk := number_in(c.get("id", ""))) is not None}
        parents = {pk for _n, c in rows if (pk := number_in(c.get("parent", ""))) is not None}
        visible = Task.objects.filter(seen(self._by), withdrawn_at=None, replaced_by=None)
        found = {t.pk: t for t in with_cells(visible.filter(pk__in=ids), self._by)}
        self._slips = set(
            Task.objects.filter(pk__in=found, slips__state=SlipState.ASKED).values_list(
                "pk", flat=True
            )
        )
        sides = self._rights.sides(found.values())
        known = set(visible.filter(pk__in=parents).values_list("pk", flat=True))
        codes = {c["code"] for _n, c in rows if c.get("code") and not c.get("id")}
        taken = having_code(visible, codes)
        self._names.look_up(
            name
            for column in self._columns
            if column.form == "bodies"
            for _number, cells in rows
            for name in names_in(cells.get(column.name, ""))
        )
        done = []
        for number, cells in rows:
            done.append(self._row(number, cells, found, sides, known, taken))
            self.remember([(number, cells)])
        return done

    def _row(
        self,
        number: int,
        cells: Mapping[str, str],
        found: Mapping[int, Task],
        sides: Mapping[int, Mapping[Party, int | None]],
        parents: set[int],
        taken: Mapping[str, int],
    ) -> Compared:
        title = cells.get("title", "")[:200]
        raw = cells.get("id", "")
        if not raw:
            return self._new(Compared(number, RowKind.NEW, title=title), cells, parents, taken)
        row = Compared(number, RowKind.SAME, title=title)
        task = found.get(number_in(raw) or 0)
        if task is None:
            return row.refused(
                "id",
                raw,
                _("There is no such item that you may see; leave the cell empty for a new task."),
            )
        if raw in self._seen_ids:
            return row.refused(
                "id", raw, _("This item stands in an earlier row of the file already.")
            )
        row.task, row.version, row.title = task.pk, task.version, task.title
        if self._signature is not None and not self._was_given(task.pk, cells.get("version", "")):
            return row.refused(
                "version",
                cells.get("version", ""),
                _(
                    "The file was made with another number and version here; leave both as they "
                    "are."
                ),
            )
        return self._known(row, cells, task, sides[task.pk])

    def _was_given(self, pk: int, version: str) -> bool:
        signature = self._signature
        return signature is not None and str(signature.versions.get(pk, "")) == version

    # A task that is here

    def _known(
        self,
        row: Compared,
        cells: Mapping[str, str],
        task: Task,
        sides: Mapping[Party, int | None],
    ) -> Compared:
        here = cells_of(task, today=self._today)
        differ = [
            one
            for one in self._columns
            if one.name not in _NOT_COMPARED
            and not same(one.form, here.get(one.name, ""), cells.get(one.name, ""))
            and not self._means_the_same(one, here.get(one.name, ""), cells.get(one.name, ""))
        ]
        # What is only shown may be left out, and may have moved on with the register.
        moved = cells.get("version", "") != str(task.version)
        differ = [c for c in differ if c.use != "show" or (cells.get(c.name) and not moved)]
        if not differ:
            return row
        row.changes = [[c.name, here.get(c.name, ""), cells.get(c.name, "")] for c in differ]
        if moved:
            row.kind = RowKind.CONFLICT
            found = cells.get("version", "")
            reason = _("It was changed after the file was made: version %(now)d is here.")
            if not found:
                reason = _(
                    "The version is missing; without it nobody knows what the file was made of. "
                    "Version %(now)d is here."
                )
            row.fault("version", found, reason % {"now": task.version})
            return row
        row.kind = RowKind.CHANGED
        for column in differ:
            text = cells.get(column.name, "")
            if reason := self._may_not(column, task, sides):
                row.fault(column.name, text, reason)
                continue
            try:
                self._want(row, column, text, cells, task)
            except WrongCell as wrong:
                row.fault(column.name, text, str(wrong))
        if "status" in row.wanted:
            self._check_move(row, cells, task, sides)
        if "deadline" in row.wanted:
            self._check_slip(row, cells, task, sides)
        if row.faults:
            row.kind = RowKind.FAULT
        return row

    def _means_the_same(self, column: Column, here: str, text: str) -> bool:
        """A cell written another way: the label of a choice, 30/06/2026 for 2026-06-30."""
        if not here or not text or column.form not in ("choice", "deadline", "day", "whole"):
            return False
        try:
            return str(read_cell(column, text)) == here
        except WrongCell:
            return False

    def _may_not(self, column: Column, task: Task, sides: Mapping[Party, int | None]) -> str:
        if column.use == "show":
            return _("This column is only for reading; write it on the page of the item.")
        if column.use == "new":
            return _("This is said once, when a task is new; a file does not change it.")
        if column.name in ("deadline", "status"):
            return "" if sides else _("This task was neither given to your body nor by it.")
        if Party.ASSIGNER not in sides:
            return _("Only who gave this task may change it.")
        return ""

    def _want(
        self, row: Compared, column: Column, text: str, cells: Mapping[str, str], task: Any
    ) -> None:
        if column.form == "bodies":
            kept = {
                plain(o.as_written): o.is_collective for o in named(task) if o.role == column.name
            }
            row.wanted[column.name] = self._bodies(column, text, task.said_on, kept)
            return
        if not text:
            if column.name in ("title", "action", "deadline", "status"):
                raise WrongCell(_("This cannot be left empty."))
            row.wanted[column.name] = ""
            return
        row.wanted[column.name] = read_cell(column, text)

    def _bodies(
        self, column: Column, text: str, on: dt.date | None, kept: Mapping[str, bool] = _NONE
    ) -> list[list[Any]]:
        """[name, id of its body, whether it is a collective] of each name of a cell."""
        found = []
        for name in names_in(text):
            if name in kept:
                found.append([name, None, None])
                continue
            if len(name) > 300:
                raise WrongCell(_("A name has more than 300 letters."))
            named = self._names.of(name, on=on)
            if not named.is_known:
                if named.others:
                    reason = _("“%(name)s” may be several: %(others)s. Write the full name.")
                    raise WrongCell(reason % {"name": name, "others": "; ".join(named.others)})
                reason = _(
                    "The directory does not know “%(name)s”; write it as the directory has it."
                )
                raise WrongCell(reason % {"name": name})
            found.append([name, named.ref, named.is_collective])
        leads = [name for name, _ref, whole in found if not kept.get(name, whole)]
        if column.name == "lead" and len(leads) > 1 and not kept.keys() >= set(leads):
            reason = _("One body leads: %(names)s cannot both; let one of them coordinate.")
            raise WrongCell(reason % {"names": ", ".join(leads)})
        return found

    def _check_move(
        self,
        row: Compared,
        cells: Mapping[str, str],
        task: Task,
        sides: Mapping[Party, int | None],
    ) -> None:
        wanted = row.wanted["status"]
        move = move_between(task.status, wanted)
        label = Status(wanted).label
        if move is None:
            reason = _("No move leads from “%(before)s” to “%(after)s”.")
            row.fault(
                "status", str(label), reason % {"before": task.get_status_display(), "after": label}
            )
            return
        rule = MOVES[move]
        if rule.by not in sides:
            reason = _("“%(move)s” is not yours to do: %(who)s does it.")
            row.fault(
                "status", str(label), reason % {"move": move.label, "who": Party(rule.by).label}
            )
        elif rule.reason and not cells.get("reason"):
            reason = _("“%(move)s” needs a reason, in the column “%(column)s”.")
            row.fault(
                "status",
                str(label),
                reason % {"move": move.label, "column": column_of("reason").label},
            )
        row.wanted |= {"move": move.value, "reason": cells.get("reason", "")[:500]}

    def _check_slip(
        self,
        row: Compared,
        cells: Mapping[str, str],
        task: Task,
        sides: Mapping[Party, int | None],
    ) -> None:
        code = "other"
        if text := cells.get("reason_code"):
            try:
                code = read_cell(column_of("reason_code"), text)
            except WrongCell as wrong:
                row.fault("reason_code", text, str(wrong))
        said = row.wanted["deadline"]
        needs_reason = bool(task.deadline) or Party.ASSIGNER not in sides
        if why := self._unasked(task, said, lacks_reason=needs_reason and not cells.get("reason")):
            row.fault("deadline", said, why)
        row.wanted |= {"reason": cells.get("reason", "")[:500], "reason_code": code}

    def _unasked(self, task: Task, said: str, *, lacks_reason: bool) -> str:
        """Why another deadline cannot be asked for; "" if it can."""
        try:
            read_another_deadline(task, said)
        except Refused as refused:
            return str(refused)
        if task.pk in self._slips:
            return _("Another deadline was asked for already and waits for a decision.")
        if lacks_reason:
            words = _("Another deadline needs a reason, in the column “%(column)s”.")
            return words % {"column": column_of("reason").label}
        return ""

    # A task that is not

    def _new(
        self,
        row: Compared,
        cells: Mapping[str, str],
        parents: set[int],
        taken: Mapping[str, int],
    ) -> Compared:
        if not self._rights.covers(Duty.CONFIRM, self._owner):
            return row.refused(
                "id", "", _("You may not record new tasks; a row without a number is one.")
            )
        if cells.get("version"):
            return row.refused(
                "version",
                cells["version"],
                _(
                    "A new task has no version, and a known one has its number: one of the two "
                    "is missing."
                ),
            )
        if not cells.get("title"):
            return row.refused("title", "", _("A new task needs its words here."))
        if (code := cells.get("code", "")) and (code in taken or code in self._seen_codes):
            if code in taken:
                reason = _("Item %(id)d has this code; to change it, put its number and version.")
                return row.refused("code", code, reason % {"id": taken[code]})
            return row.refused("code", code, _("An earlier row of the file has this code."))
        on = None
        for column in self._columns:
            text = cells.get(column.name, "")
            if not text or column.use in ("key", "show", "say"):
                continue
            row.changes.append([column.name, "", text])
            try:
                if column.form == "bodies":
                    row.wanted[column.name] = self._bodies(column, text, on or self._today)
                else:
                    row.wanted[column.name] = read_cell(column, text)
                    if column.name == "said_on":
                        on = dt.date.fromisoformat(row.wanted["said_on"])
            except WrongCell as wrong:
                row.fault(column.name, text, str(wrong))
        self._check_new(row, cells, parents)
        if row.faults:
            row.kind = RowKind.FAULT
        return row

    def _check_new(self, row: Compared, cells: Mapping[str, str], parents: set[int]) -> None:
        wanted = row.wanted
        if wanted.get("status") not in (None, Status.NEW, Status.IN_PROGRESS):
            label = Status(wanted["status"]).label
            reason = _("A new task is new or in progress; what became of it is said by its moves.")
            row.fault("status", str(label), reason)
        if (parent := wanted.get("parent")) is not None and parent not in parents:
            row.fault("parent", str(parent), _("There is no such item that you may see."))
