"""Rows of a monthly table beside the register: what a body says anew, and what cannot stand."""

import re
from collections.abc import Iterable, Mapping, Sequence

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from diemcau.delivery.models import Evidence, Progress, ProgressState, Task
from diemcau.delivery.rules import sees_progress
from diemcau.delivery.states import MOVES, OPEN, Move, Party, Status
from diemcau.directory.cells import number_in
from diemcau.directory.models import Body
from diemcau.documents.rules import Reader
from diemcau.exchange.cells import given_now, plain
from diemcau.exchange.checks import WrongCell
from diemcau.exchange.comparing import Compared, move_between
from diemcau.exchange.models import RowKind
from diemcau.exchange.monthly.finding import Words
from diemcau.exchange.monthly.form import read_state
from diemcau.exchange.monthly.rows import MonthlyRow, fill_monthly, tasks_of
from diemcau.exchange.monthly.writing import print_of
from diemcau.exchange.parties import Rights
from diemcau.exchange.reading import Row
from diemcau.exchange.signing import Signature
from vanban.letters import fold

__all__ = ["MonthlyComparer"]

_NUMBERING = re.compile(r"\(?\d{1,2}\)?")
_MOST_CANDIDATES = 5_000
"""Tasks among which a row without a number is looked for."""


class MonthlyComparer:
    """Compares the rows of one monthly table.

    Args:
        by: who brought it.
        body: whose table it is.
        columns: those the file has; a missing one says nothing.
        signature: of a workbook made here: a cell that is as it went out says nothing either, even
            where the register has moved on.
    """

    def __init__(
        self,
        by: Reader,
        *,
        body: Body,
        columns: Sequence[str],
        signature: Signature | None = None,
    ) -> None:
        self._by = by
        self._body = body
        self._columns = columns
        self._said = signature.said if signature is not None else {}
        self._rights = Rights(by)
        self._met: set[int] = set()
        self._today = timezone.localdate()

    def remember(self, rows: Iterable[Row]) -> None:
        """Take note of rows compared before, as when the work goes on after a stop."""
        for _number, cells in rows:
            if (pk := number_in(cells.get("id", ""))) is not None:
                self._met.add(pk)

    def compare(self, rows: Sequence[Row]) -> list[Compared]:
        """Each row beside the register, in the same order; a row that numbers columns is none."""
        rows = [
            (number, cells)
            for number, cells in rows
            if not all(_NUMBERING.fullmatch(cell) for cell in cells.values())
            or (cells.get("id", "").isdecimal() and len(cells) > 1)
        ]
        pks = {pk for _n, c in rows if (pk := number_in(c.get("id", ""))) is not None}
        known = {row.task.pk: row for row in self._rows_of(pks)}
        proposals = {
            number: self._words.find(cells) for number, cells in rows if not cells.get("id")
        }
        tasks = {pk: row.task for pk, row in known.items()}
        tasks |= {p.row.task.pk: p.row.task for p in proposals.values() if p.row is not None}
        self._look_up(tasks)
        done = []
        for number, cells in rows:
            row = Compared(number, RowKind.SAME, title=cells.get("content", "")[:200])
            if raw := cells.get("id", ""):
                found = known.get(number_in(raw) or 0)
                done.append(self._by_number(row, cells, raw, found))
            else:
                proposed = proposals[number]
                done.append(self._by_words(row, cells, proposed.row, proposed.why))
        return done

    @cached_property
    def _words(self) -> Words:
        tasks = tasks_of(self._by, self._body, on=self._today).order_by("-said_on", "pk")
        return Words(fill_monthly(self._by, self._with(tasks)[:_MOST_CANDIDATES], self._body))

    def _rows_of(self, pks: set[int]) -> list[MonthlyRow]:
        if not pks:
            return []
        tasks = tasks_of(self._by, self._body, on=self._today).filter(pk__in=pks)
        return fill_monthly(self._by, self._with(tasks), self._body)

    @staticmethod
    def _with(tasks: QuerySet[Task]) -> QuerySet[Task]:
        return tasks.select_related(
            "directive__instrument", "document__owner", "assigner"
        ).prefetch_related(given_now())

    def _look_up(self, tasks: Mapping[int, Task]) -> None:
        """What the checks of these tasks need, asked at once."""
        self._sides = self._rights.sides(tasks.values())
        self._shown = set(
            Evidence.objects.filter(task__in=tasks, withdrawn_at=None).values_list(
                "task", flat=True
            )
        )
        waiting = Progress.objects.filter(sees_progress(self._by), task__in=tasks)
        self._open = set(
            waiting.exclude(state=ProgressState.RELEASED).values_list("task", flat=True)
        )

    def _by_number(
        self, row: Compared, cells: Mapping[str, str], raw: str, found: MonthlyRow | None
    ) -> Compared:
        if found is None:
            reason = _("No task of %(body)s that you may see has this number.")
            return row.refused("id", raw, reason % {"body": self._body.name})
        content = cells.get("content", "")
        # A table that went out with the action alone comes back with it.
        known = {_folded(found.content), _folded(found.task.action)}
        if content and _folded(content) not in known:
            reason = _(
                "These are not the words of item %(id)d; the rows may have been moved against "
                "their numbers. Nothing of this row is taken."
            )
            return row.refused("content", content, reason % {"id": found.task.pk})
        return self._beside(row, cells, found)

    def _by_words(
        self, row: Compared, cells: Mapping[str, str], found: MonthlyRow | None, why: str
    ) -> Compared:
        if not cells.get("content"):
            return row.refused("content", "", _("Neither number nor content: which task is it?"))
        if found is None:
            reason = _("Which task this is cannot be told: %(why)s.") % {"why": why}
            return row.refused("id", "", reason)
        row = self._beside(row, cells, found)
        if row.kind == RowKind.CHANGED:
            row.kind, row.why = RowKind.PROPOSED, why
        return row

    def _beside(self, row: Compared, cells: Mapping[str, str], found: MonthlyRow) -> Compared:
        task = found.task
        if task.pk in self._met:
            return row.refused(
                "id",
                str(task.pk),
                _("This item stands in an earlier row of the file already."),
            )
        self._met.add(task.pk)
        row.task, row.version, row.title = task.pk, task.version, task.title
        self._result(row, cells.get("result", ""), found)
        self._status(row, cells.get("status", ""), found)
        if row.changes and not row.faults:
            row.kind = RowKind.CHANGED
            self._check_right(row, task)
        if row.faults and row.kind != RowKind.CONFLICT:
            row.kind = RowKind.FAULT
        return row

    def _result(self, row: Compared, text: str, found: MonthlyRow) -> None:
        # An empty cell says nothing new: what was released is not taken back by leaving it out.
        if "result" not in self._columns or not text or plain(text) == plain(found.result):
            return
        given = self._said.get(f"{found.task.pk} result")
        if given == print_of(text):
            return
        row.changes.append(["result", found.result, text])
        if given is not None and given != print_of(found.result):
            _moved_on(row, "result", text)
            return
        if found.task.status not in (*OPEN, Status.SUSPENDED):
            reason = _("The task is “%(state)s”; it takes no progress report any more.")
            row.fault("result", text, reason % {"state": found.status})
        elif found.task.pk in self._open:
            reason = _("A report of your body on this task is not released yet; go on with that.")
            row.fault("result", text, reason)
        row.wanted["done"] = text

    def _status(self, row: Compared, text: str, found: MonthlyRow) -> None:
        task = found.task
        if "status" not in self._columns or not text:
            return
        try:
            wanted = read_state(text)
        except WrongCell as wrong:
            row.changes.append(["status", found.status, text])
            row.fault("status", text, str(wrong))
            return
        given = self._said.get(f"{task.pk} status")
        if wanted in (task.status, given):
            return
        # What the body reports done, who gave the task confirms.
        if wanted == Status.DONE and Party.ASSIGNEE in self._sides[task.pk]:
            if task.status == Status.AWAITING:
                return
            wanted = Status.AWAITING
        row.changes.append(["status", found.status, str(wanted.label)])
        if given is not None and given != task.status:
            _moved_on(row, "status", text)
            return
        move = move_between(task.status, wanted)
        if move is None or MOVES[move].by != Party.ASSIGNEE:
            reason = _("No move of the body leads from “%(before)s” to “%(after)s”.")
            told = {"before": found.status, "after": wanted.label}
            row.fault("status", text, reason % told)
            return
        if MOVES[move].reason:
            reason = _("“%(move)s” needs a reason; do it on the page of the item.")
            row.fault("status", text, reason % {"move": move.label})
        elif move == Move.SUBMIT and task.pk not in self._shown:
            reason = _("No evidence is attached yet; attach it on the page of the item first.")
            row.fault("status", text, reason)
        row.wanted["move"] = move.value

    def _check_right(self, row: Compared, task: Task) -> None:
        if Party.ASSIGNEE not in self._sides[task.pk]:
            reason = _("This task is not given to your body, so its result is not yours to report.")
            row.fault("id", str(task.pk), reason)


def _folded(words: str) -> str:
    return " ".join(fold(words).split())


def _moved_on(row: Compared, column: str, text: str) -> None:
    row.kind = RowKind.CONFLICT
    reason = _("It was changed here after the file was made; nothing is overwritten.")
    row.fault(column, text, reason)
