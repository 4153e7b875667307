"""Writing the rows of a monthly table: each by the actions of the page of its task."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from diemcau.accounts.models import User
from diemcau.audit.actions import action, record_action
from diemcau.delivery.actions import discard_draft, move_task, write_progress
from diemcau.delivery.locking import lock_task
from diemcau.delivery.models import Progress, ProgressState
from diemcau.delivery.refusals import Refused
from diemcau.delivery.rules import can_follow_up
from diemcau.delivery.states import Move
from diemcau.exchange.applying import lock_import
from diemcau.exchange.models import ImportState, Outcome, RowKind, TaskImport, TaskRow, Written
from diemcau.exchange.undoing import Undone
from diemcau.exchange.writable import Applied, leave

__all__ = ["report_rows", "take_back_reports"]

_STEP = 20
"""Rows of one transaction; each of their actions holds the end of the log until it is over."""


def report_rows(actor: User | None, pk: int) -> Applied:
    """Report the next rows of a table; the last of them ends it. Called in a step of a job.

    A row whose state changes is moved, and one whose result changed becomes one progress report of
    the month: a draft, handed to the approver, or released, as the person chose. Both or neither.
    Each is an action of its own; what became of the rows is written by one more, in the same step.
    """
    batch = lock_import(actor, pk)
    waiting = batch.rows.filter(kind=RowKind.CHANGED, number__gt=batch.written_to, outcome="")
    rows = list(waiting.order_by("number")[: _STEP + 1])
    is_last = len(rows) <= _STEP
    said: list[Written | tuple[TaskRow, str]] = []
    for row in rows[:_STEP]:
        try:
            with transaction.atomic():
                said.append(_report(actor, batch, row))
        except (Refused, PermissionDenied) as refused:
            why = str(refused) if isinstance(refused, Refused) else _not_yours()
            said.append((row, why))
    return _keep_reported(actor, batch=pk, said=said, is_last=is_last)


@action("exchange.report_rows", may=can_follow_up)
def _keep_reported(
    actor: User | None, *, batch: int, said: list[Written | tuple[TaskRow, str]], is_last: bool
) -> Applied:
    """Keep what the last rows of a table wrote, or why they were left out."""
    row, done = lock_import(actor, batch), Applied(is_last=is_last)
    for one in said:
        if not isinstance(one, Written):
            leave([one[0]], one[1], done)
            row.written_to = one[0].number
            continue
        one.save()
        one.row.outcome = Outcome.WRITTEN
        one.row.save(update_fields=["outcome"])
        row.written_to = one.row.number
        done.changed.append(one.task_id)
        if one.before.get("moved"):
            done.moved.append(one.task_id)
        if one.before.get("report"):
            done.reported.append(one.task_id)
    if is_last:
        row.state, row.applied_at = ImportState.APPLIED, timezone.now()
    row.save(update_fields=["state", "applied_at", "written_to"])
    detail = {
        "n_changed": len(done.changed),
        "n_moved": len(done.moved),
        "n_reported": len(done.reported),
        "left_out": done.left,
    }
    record_action(row, detail=detail)
    return done


def _report(actor: User | None, batch: TaskImport, row: TaskRow) -> Written:
    assert row.task_id is not None
    wanted = row.wanted
    lock_task(row.task_id, seen=row.version)
    before: dict[str, object] = {}
    if "move" in wanted:
        move_task(actor, task=row.task_id, move=Move(wanted["move"]))
        before["moved"] = True
    if "done" in wanted:
        made = write_progress(
            actor,
            task=row.task_id,
            done=wanted["done"],
            period=batch.period,
            to=ProgressState(batch.report_to or ProgressState.DRAFT),
        )
        before["report"] = made.pk
    task = lock_task(row.task_id, seen=None)
    return Written(row=row, task=task, version=task.version, before=before)


def take_back_reports(actor: User | None, pk: int) -> Undone:
    """Throw away the drafts the last rows of a table became; what was said to others stays.

    Called in a step of a job. A report handed on or released and a state moved are kept, and named.
    """
    batch = lock_import(actor, pk)
    found = Written.objects.filter(
        row__batch=batch, row__number__lte=batch.written_to, row__outcome=Outcome.WRITTEN
    )
    rows = list(found.select_related("row").order_by("-row__number")[: _STEP + 1])
    is_last = len(rows) <= _STEP
    said: list[tuple[Written, str]] = []
    for one in rows[:_STEP]:
        why = _kept_because(one)
        if not why:
            try:
                with transaction.atomic():
                    discard_draft(actor, report=one.before["report"])
            except (Refused, PermissionDenied) as refused:
                why = str(refused) if isinstance(refused, Refused) else _not_yours()
        said.append((one, why))
    return _keep_taken_back(actor, batch=pk, said=said, is_last=is_last)


@action("exchange.take_back_reports", may=can_follow_up)
def _keep_taken_back(
    actor: User | None, *, batch: int, said: list[tuple[Written, str]], is_last: bool
) -> Undone:
    """Keep which rows of a table were taken back, and why others could not be."""
    row, done = lock_import(actor, batch), Undone(is_last=is_last)
    for one, why in said:
        one.row.outcome = Outcome.KEPT if why else Outcome.UNDONE
        one.row.why = why[:500]
        one.row.save(update_fields=["outcome", "why"])
        (done.kept if why else done.undone).append(one.task_id)
        row.written_to = one.row.number - 1
    if is_last:
        row.state, row.undone_at = ImportState.UNDONE, timezone.now()
    row.save(update_fields=["state", "undone_at", "written_to"])
    record_action(row, detail={"n_undone": len(done.undone), "kept": done.kept})
    return done


def _kept_because(one: Written) -> str:
    if one.before.get("moved"):
        return _("Its state was moved, and a move is not taken back but answered by another one.")
    report = Progress.objects.filter(pk=one.before.get("report", 0)).first()
    if report is None:
        return _("The report is not there any more.")
    if report.state not in (ProgressState.DRAFT, ProgressState.RETURNED):
        return _("The report was handed on or released; the next one corrects it.")
    return ""


def _not_yours() -> str:
    return _("It is not yours to change.")
