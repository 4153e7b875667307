"""Undoing a file as one step: what nobody changed since goes back, the rest is named."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from diemcau.accounts.models import User
from diemcau.audit.actions import action, record_action, record_each
from diemcau.audit.rows import insert, update
from diemcau.delivery.models import Assignment, Slip, SlipState, Task
from diemcau.delivery.rules import can_follow_up
from diemcau.exchange.applying import CHUNK, ImportRefused, lock_import
from diemcau.exchange.models import ImportState, Mode, Outcome, TaskImport, TaskRow, Written
from diemcau.jobs.asking import ask

__all__ = ["TAKE_BACK", "start_undoing", "undo_rows"]

TAKE_BACK = "exchange.take_back_task"
"""What the log calls the taking back of one row."""

_PLAIN = ("code", "title", "action", "programme", "product", "issuer", "folded", "lead")
_SAVED = (
    *_PLAIN,
    *("deadline", "due_from", "due_to", "due_rule", "assigner", "withdrawn_at", "version"),
)


@action("exchange.undo", may=can_follow_up)
def start_undoing(actor: User | None, *, batch: int) -> TaskImport:
    """Have what a file wrote taken back, in the background.

    Raises:
        PermissionDenied: somebody else brought it.
        ImportRefused: it was not written, or not to its end and its work still goes on.
    """
    row = lock_import(actor, batch)
    stopped = row.state == ImportState.APPLYING and row.job is not None and not row.job.is_open
    if row.state != ImportState.APPLIED and not stopped:
        raise ImportRefused(
            _("Nothing of this file can be undone: %(state)s.") % {"state": row.get_state_display()}
        )
    written = row.rows.filter(outcome=Outcome.WRITTEN).order_by("-number")
    n = written.count()
    row.state = ImportState.UNDOING
    row.written_to = written.values_list("number", flat=True).first() or 0
    row.job = ask("exchange.undo", by=actor, arguments={"batch": row.pk}, total=n)
    row.save(update_fields=["state", "job", "written_to"])
    record_action(row, detail={"rows": n})
    return row


@dataclass(slots=True)
class Undone:
    """What one action took back, and what it could not: ids of tasks."""

    undone: list[int] = field(default_factory=list)
    kept: list[int] = field(default_factory=list)
    is_last: bool = False


@action("exchange.undo_rows", may=can_follow_up, each=(TAKE_BACK,))
def undo_rows(actor: User | None, *, batch: int) -> Undone:
    """Take back the last rows written, at most `CHUNK`; the first of all of them ends it.

    Raises:
        PermissionDenied: somebody else brought the file.
        ImportRefused: it is not being undone.
    """
    row = lock_import(actor, batch)
    back = row.state == ImportState.APPLYING and row.mode == Mode.ALL
    if row.state != ImportState.UNDOING and not back:
        raise ImportRefused(
            _("Nothing of this file can be undone: %(state)s.") % {"state": row.get_state_display()}
        )
    found = Written.objects.filter(
        row__batch=row, row__number__lte=row.written_to, row__outcome=Outcome.WRITTEN
    )
    rows = list(found.select_related("row").order_by("-row__number")[: CHUNK + 1])
    done, now = Undone(is_last=len(rows) <= CHUNK), timezone.now()
    _take_back(actor, row, rows[:CHUNK], now, done)
    if rows:
        row.written_to = rows[:CHUNK][-1].row.number - 1
    if done.is_last:
        row.state = ImportState.REFUSED if back else ImportState.UNDONE
        row.undone_at = now
    row.save(update_fields=["state", "undone_at", "written_to"])
    record_action(row, detail={"n_undone": len(done.undone), "kept": done.kept})
    return done


def _take_back(
    actor: User | None, batch: TaskImport, rows: list[Written], now: dt.datetime, done: Undone
) -> None:
    tasks = {
        task.pk: task
        for task in Task.objects.filter(pk__in=[w.task_id for w in rows])
        .select_for_update(of=("self",))
        .order_by("pk")
    }
    with_parts = set(
        Task.objects.filter(parent__in=tasks, withdrawn_at=None)
        .exclude(pk__in=tasks)
        .values_list("parent", flat=True)
    )
    slips = {
        one.pk: one for one in Slip.objects.filter(pk__in=[w.before.get("slip", 0) for w in rows])
    }
    undone: list[Written] = []
    kept: dict[str, list[int]] = {}
    for one in rows:
        task = tasks[one.task_id]
        why = _may_not(one, task, with_parts, slips)
        if why:
            kept.setdefault(why, []).append(one.row_id)
            done.kept.append(task.pk)
        else:
            _restore(one, task, now)
            undone.append(one)
    _save(actor, undone, tasks, now)
    for why, of in kept.items():
        TaskRow.objects.filter(pk__in=of).update(outcome=Outcome.KEPT, why=why[:500])
    TaskRow.objects.filter(pk__in=[w.row_id for w in undone]).update(outcome=Outcome.UNDONE)
    for one in undone:
        detail = {"file": batch.pk, "row": one.row.number}
        record_each(TAKE_BACK, Task, one.task_id, detail=detail)
    done.undone += [w.task_id for w in undone]


def _may_not(one: Written, task: Task, with_parts: set[int], slips: dict[int, Slip]) -> str:
    if task.version != one.version:
        return _("Somebody changed it since; what they did stays.")
    if one.before.get("moved"):
        return _("Its state was moved, and a move is not taken back but answered by another one.")
    if task.pk in with_parts:
        return _("Other tasks were recorded under it since.")
    slip = slips.get(one.before.get("slip", 0))
    if slip is not None and one.before.get("asked") and slip.state != SlipState.ASKED:
        return _("The deadline it asked for was decided already.")
    return ""


def _restore(one: Written, task: Task, now: dt.datetime) -> None:
    before = one.before
    if one.row.task_id is None:
        task.withdrawn_at = now
    for name in (*_PLAIN, "assigner_id"):
        if name in before:
            setattr(task, name, before[name])
    if "due" in before:
        task.deadline, first, last, task.due_rule = before["due"]
        task.due_from = dt.date.fromisoformat(first) if first else None
        task.due_to = dt.date.fromisoformat(last) if last else None
    task.version += 1


def _save(
    actor: User | None, undone: list[Written], tasks: dict[int, Task], now: dt.datetime
) -> None:
    if not undone:
        return
    update([tasks[one.task_id] for one in undone], _SAVED)

    def of(name: str) -> list[Any]:
        return [pk for one in undone for pk in one.before.get(name, ())]

    if given := of("given"):
        Assignment.objects.filter(pk__in=given).update(ended_at=now)
    if ended := of("ended"):
        # The bodies a collective was expanded to ended with it, in the same stroke.
        members = Assignment.objects.filter(
            expanded_from__in=ended, ended_at=F("expanded_from__ended_at")
        )
        wanted = [*ended, *members.values_list("pk", flat=True)]
        Assignment.objects.filter(pk__in=wanted).update(ended_at=None)
    words = _("taken back with the file it came in")
    asked = [one.before["slip"] for one in undone if one.before.get("asked")]
    if asked:
        Slip.objects.filter(pk__in=asked).update(
            state=SlipState.WITHDRAWN, decided_by=actor, decided_at=now, decided_because=words
        )
    # The history shows the way there and the way back.
    insert(
        [
            _slip_back(slip, actor, now, words)
            for slip in Slip.objects.filter(
                pk__in=[one.before["slip"] for one in undone if "due" in one.before]
            )
            if slip.due_before is not None
        ]
    )


def _slip_back(slip: Slip, actor: User | None, now: dt.datetime, words: str) -> Slip:
    return Slip(
        task_id=slip.task_id,
        before=slip.after,
        due_before=slip.due_after,
        after=slip.before,
        due_after=slip.due_before,
        reason_code=slip.reason_code,
        reason=words,
        state=SlipState.APPROVED,
        asked_by=actor,
        body_id=slip.body_id,
        asked_at=now,
        decided_by=actor,
        decided_at=now,
    )
