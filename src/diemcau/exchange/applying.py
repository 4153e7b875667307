"""Writing the rows of a file into the register, some hundred in one action.

What a row may do was checked when it was compared, and is checked again under the lock: the
version, the rights of the person today, the table of moves.
"""

from collections.abc import Collection

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from diemcau.accounts.models import User
from diemcau.audit.actions import action, record_action, stands_in_for
from diemcau.delivery.models import ProgressState
from diemcau.delivery.rules import can_follow_up
from diemcau.exchange.changing import CHANGE, change
from diemcau.exchange.creating import RECORD, create
from diemcau.exchange.models import ImportState, Mode, Outcome, RowKind, TaskImport
from diemcau.exchange.monthly.form import MONTHLY
from diemcau.exchange.parties import Rights
from diemcau.exchange.writable import Applied, waiting_rows
from diemcau.jobs.asking import ask

__all__ = ["CHUNK", "ImportRefused", "apply_rows", "recognise_rows", "start_applying"]

CHUNK = 500
"""Rows of one action, so of one transaction."""


class ImportRefused(ValueError):
    """It cannot be done with this file; the words say why."""


def lock_import(actor: User | None, pk: int) -> TaskImport:
    """An import of the actor's, locked until the transaction ends.

    Raises:
        PermissionDenied: it is somebody else's.
    """
    batch = (
        TaskImport.objects.select_for_update(of=("self",))
        .select_related("document", "made_by")
        .get(pk=pk)
    )
    if actor is not None and batch.made_by_id != actor.pk:
        raise PermissionDenied("exchange: another person's")
    return batch


@action("exchange.apply", may=can_follow_up)
def start_applying(
    actor: User | None,
    *,
    batch: int,
    mode: Mode,
    report_to: ProgressState = ProgressState.DRAFT,
) -> TaskImport:
    """Have the rows of a compared file written, in the background.

    Args:
        mode: ALL refuses a file with a row that cannot stand; GOOD writes those that can. The rows
            of a monthly table are always written one by one.
        report_to: of a monthly table, how far its reports go.
    Raises:
        PermissionDenied: somebody else brought the file.
        ImportRefused: it is not compared yet, was written already, or has nothing to write.
    """
    row = lock_import(actor, batch)
    if row.state != ImportState.COMPARED:
        raise ImportRefused(
            _("This file is not to be written: %(state)s.") % {"state": row.get_state_display()}
        )
    if row.form == MONTHLY.form:
        mode, row.report_to = Mode.GOOD, report_to
    n = row.rows.filter(kind__in=(RowKind.NEW, RowKind.CHANGED)).count()
    if not n:
        raise ImportRefused(_("No row of this file would change anything."))
    unfit = (RowKind.FAULT, RowKind.CONFLICT, RowKind.PROPOSED)
    wrong = row.rows.filter(kind__in=unfit).count()
    if mode == Mode.ALL and wrong:
        raise ImportRefused(
            _("%(n)d rows cannot stand, so nothing is written. Mend them, or take the others.")
            % {"n": wrong}
        )
    row.state, row.mode = ImportState.APPLYING, mode
    row.job = ask("exchange.apply", by=actor, arguments={"batch": row.pk}, total=n)
    row.save(update_fields=["state", "mode", "job", "report_to"])
    record_action(row, detail={"mode": mode, "rows": n, "left_out": wrong})
    return row


@action("exchange.recognise", may=can_follow_up)
def recognise_rows(actor: User | None, *, batch: int, rows: Collection[int]) -> TaskImport:
    """Confirm that rows without a number mean the tasks proposed; they can be written then.

    Args:
        rows: numbers of the rows.
    Raises:
        PermissionDenied: somebody else brought the file.
        ImportRefused: it is not compared, or none of these rows waits for that.
    """
    row = lock_import(actor, batch)
    if row.state != ImportState.COMPARED:
        raise ImportRefused(
            _("This file is not to be written: %(state)s.") % {"state": row.get_state_display()}
        )
    found = row.rows.filter(kind=RowKind.PROPOSED, number__in=rows)
    numbers = list(found.order_by("number").values_list("number", flat=True))
    if not numbers:
        raise ImportRefused(_("Choose the rows whose task you confirm."))
    row.rows.filter(number__in=numbers).update(kind=RowKind.CHANGED)
    record_action(row, detail={"rows": numbers})
    return row


@action("exchange.apply_rows", may=can_follow_up, each=(RECORD, CHANGE))
def apply_rows(actor: User | None, *, batch: int) -> Applied:
    """Write the next rows of a file, at most `CHUNK`; the last of them ends it.

    Each row written leaves its own entry in the log, and the stroke one after them.

    Raises:
        PermissionDenied: it is somebody else's, or they may not bring rows any more.
        ImportRefused: the file is not being written.
    """
    row = lock_import(actor, batch)
    if row.state != ImportState.APPLYING:
        raise ImportRefused(
            _("This file is not to be written: %(state)s.") % {"state": row.get_state_display()}
        )
    rows = waiting_rows(row, CHUNK + 1)
    done = Applied(is_last=len(rows) <= CHUNK)
    rows, now, rights = rows[:CHUNK], timezone.now(), Rights(actor)
    create(actor, row, [r for r in rows if r.kind == RowKind.NEW], rights, now, done)
    change(actor, row, [r for r in rows if r.kind == RowKind.CHANGED], rights, now, done)
    if (lender := rights.lender()) is not None:
        stands_in_for(lender)
    row.written_to = rows[-1].number if rows else row.written_to
    # In the mode of all rows a row left out undoes the others, which ends it another way.
    if done.is_last and not (row.mode == Mode.ALL and _any_left(row)):
        row.state, row.applied_at = ImportState.APPLIED, now
    row.save(update_fields=["state", "applied_at", "written_to"])
    detail = {
        "rows": [rows[0].number, rows[-1].number] if rows else [],
        "n_recorded": len(done.created),
        "n_changed": len(done.changed),
        "n_moved": len(done.moved),
        "n_slips": len(done.slips),
        "left_out": done.left,
    }
    record_action(row, detail=detail)
    return done


def _any_left(batch: TaskImport) -> bool:
    return batch.rows.filter(outcome=Outcome.LEFT).exists()
