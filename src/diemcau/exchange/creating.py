"""The new tasks of a file: derived as a typed one is, saved some hundred at once."""

import datetime as dt
from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from diemcau.accounts.models import User
from diemcau.accounts.rules import Duty
from diemcau.audit.actions import record_each
from diemcau.audit.rows import insert
from diemcau.delivery.deadlines import DueRule, read_deadline
from diemcau.delivery.models import Assignment, AssignmentRole, Nature, Task, Transition, UnderKind
from diemcau.delivery.recording import first_state, given_by_hand, step, task_by_hand
from diemcau.delivery.refusals import Refused
from diemcau.delivery.states import Move, Status
from diemcau.exchange.models import Outcome, TaskImport, TaskRow, Written
from diemcau.exchange.parties import Rights
from diemcau.exchange.writable import (
    ROLES,
    Applied,
    lead_among,
    leave,
    refuse_hidden_from,
    standing,
    told,
)

__all__ = ["RECORD", "create"]

RECORD = "exchange.record_task"
"""What the log calls the recording of one row."""


def create(
    actor: User | None,
    batch: TaskImport,
    rows: Sequence[TaskRow],
    rights: Rights,
    now: dt.datetime,
    done: Applied,
) -> None:
    """Record the new tasks of some rows; what cannot stand any more is left out and says why.

    Called inside an action that names `RECORD`; each task written leaves its own entry.
    """
    rows = _fit(actor, batch, rows, rights, done)
    if not rows:
        return
    tasks = [_task(actor, batch, row, now) for row in rows]
    insert(tasks)
    pairs = list(zip(rows, tasks, strict=True))
    insert([one for row, task in pairs for one in _given(task, row, actor, now)])
    insert([one for task in tasks for one in _states(task, actor, batch, now)])
    insert([Written(row_id=row.pk, task_id=task.pk, version=0) for row, task in pairs])
    TaskRow.objects.filter(pk__in=[r.pk for r in rows]).update(outcome=Outcome.WRITTEN)
    for row, task in pairs:
        record_each(RECORD, task, detail=told(batch.pk, row, row.changes))
    done.created += [task.pk for task in tasks]


def _fit(
    actor: User | None,
    batch: TaskImport,
    rows: Sequence[TaskRow],
    rights: Rights,
    done: Applied,
) -> Sequence[TaskRow]:
    """The rows that may still be recorded; asks the database a fixed few times."""
    if not rows:
        return rows
    if not rights.covers(Duty.CONFIRM, batch.document.owner_id):
        leave(rows, _("You may not record new tasks any more."), done)
        return ()
    visible = standing(actor)
    parents = {r.wanted["parent"] for r in rows if "parent" in r.wanted}
    known = set(visible.filter(pk__in=parents).values_list("pk", flat=True)) if parents else set()
    gone = [r for r in rows if r.wanted.get("parent") not in known and "parent" in r.wanted]
    if gone:
        leave(gone, _("The task it is a part of does not stand any more."), done)
        rows = [r for r in rows if r not in gone]
    if batch.document.is_closed:
        rows = _open_to_theirs(batch, rows, done)
    codes = {r.wanted["code"] for r in rows if r.wanted.get("code")}
    taken = set(visible.filter(code__in=codes).values_list("code", flat=True)) if codes else set()
    twice = [r for r in rows if r.wanted.get("code") in taken]
    if twice:
        leave(twice, _("Another task has this code by now."), done)
        rows = [r for r in rows if r not in twice]
    return rows


def _open_to_theirs(batch: TaskImport, rows: Sequence[TaskRow], done: Applied) -> list[TaskRow]:
    fit = []
    for row in rows:
        try:
            refuse_hidden_from(batch.document, row.wanted)
            fit.append(row)
        except Refused as refused:
            leave([row], str(refused), done)
    return fit


def _task(actor: User | None, batch: TaskImport, row: TaskRow, now: dt.datetime) -> Task:
    wanted = row.wanted
    rule = DueRule(wanted.get("due_rule") or DueRule.CALENDAR)
    said = wanted.get("said_on")
    return task_by_hand(
        batch.document,
        title=wanted["title"],
        text=wanted.get("action") or wanted["title"],
        issuer=wanted.get("issuer", ""),
        names=(one[0] for role in ROLES for one in wanted.get(role, ())),
        deadline=wanted.get("deadline", ""),
        due=read_deadline(wanted.get("deadline"), rule=rule),
        by=actor,
        at=now,
        place=_("row %(number)d") % {"number": row.number},
        nature=wanted.get("nature") or Nature.ORDER,
        code=wanted.get("code", ""),
        programme=wanted.get("programme", ""),
        product=wanted.get("product", ""),
        parent_id=wanted.get("parent"),
        under=UnderKind.PART if wanted.get("parent") else "",
        said_on=dt.date.fromisoformat(said) if said else None,
        status=wanted.get("status") or Status.NEW,
        lead=lead_among((ref, whole) for _name, ref, whole in wanted.get("lead", ())),
    )


def _given(task: Task, row: TaskRow, actor: User | None, now: dt.datetime) -> Iterable[Assignment]:
    for role in ROLES:
        for name, ref, is_collective in row.wanted.get(role, ()):
            yield given_by_hand(
                task,
                AssignmentRole(role),
                name=name,
                ref=ref,
                is_collective=is_collective,
                by=actor,
                at=now,
            )


def _states(
    task: Task, actor: User | None, batch: TaskImport, now: dt.datetime
) -> Iterable[Transition]:
    wanted, task.status = task.status, Status.NEW
    yield first_state(task, at=now, by=actor)
    if wanted == Status.IN_PROGRESS:
        yield step(task, Move.START, by=actor, body=batch.document.owner, at=now)
    task.status = wanted
