"""The new tasks of a file: derived as a typed one is, saved some hundred at once."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _

from diemcau.accounts.models import User
from diemcau.accounts.rules import Duty
from diemcau.audit.actions import record_each
from diemcau.audit.rows import insert_columns, next_ids
from diemcau.delivery.deadlines import DueRule, read_deadline
from diemcau.delivery.doers.givers import Givers
from diemcau.delivery.models import Assignment, AssignmentRole, Nature, Task, Transition, UnderKind
from diemcau.delivery.recording import first_state, given_by_hand, step, task_by_hand
from diemcau.delivery.refusals import Refused
from diemcau.delivery.states import Move, Status
from diemcau.directory.models import Body
from diemcau.exchange.models import Outcome, RowKind, TaskImport, Written
from diemcau.exchange.parties import Rights
from diemcau.exchange.writable import (
    ROLES,
    Applied,
    Waiting,
    doers_of,
    having_code,
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
    rows: Sequence[Waiting],
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
    givers = Givers(row.wanted.get("issuer", "") for row in rows)
    tasks = [_task(actor, batch, row, givers, now) for row in rows]
    ids = next_ids(Task, len(rows))
    pairs = list(zip(ids, rows, strict=True))
    insert_columns(Task, [{"id": pk, **task} for pk, task in zip(ids, tasks, strict=True)])
    insert_columns(Assignment, [one for pk, row in pairs for one in _given(pk, row, actor, now)])
    owner = batch.document.owner
    insert_columns(
        Transition,
        [one for pk, row in pairs for one in _states(pk, row, by=actor, body=owner, at=now)],
    )
    insert_columns(Written, [{"row_id": row.pk, "task_id": pk, "version": 0} for pk, row in pairs])
    # Of the new rows from the first to the last of these, the others were left out just now.
    batch.rows.filter(
        number__range=(rows[0].number, rows[-1].number), kind=RowKind.NEW, outcome=""
    ).update(outcome=Outcome.WRITTEN)
    for pk, row in pairs:
        record_each(RECORD, Task, pk, detail=told(batch.pk, row, row.changes))
    done.created += ids


def _fit(
    actor: User | None,
    batch: TaskImport,
    rows: Sequence[Waiting],
    rights: Rights,
    done: Applied,
) -> Sequence[Waiting]:
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
    taken = having_code(visible, codes)
    twice = [r for r in rows if r.wanted.get("code") in taken]
    if twice:
        leave(twice, _("Another task has this code by now."), done)
        rows = [r for r in rows if r not in twice]
    return rows


def _open_to_theirs(batch: TaskImport, rows: Sequence[Waiting], done: Applied) -> list[Waiting]:
    fit = []
    for row in rows:
        try:
            refuse_hidden_from(batch.document, row.wanted)
            fit.append(row)
        except Refused as refused:
            leave([row], str(refused), done)
    return fit


def _task(
    actor: User | None, batch: TaskImport, row: Waiting, givers: Givers, now: dt.datetime
) -> dict[str, Any]:
    wanted = row.wanted
    rule = DueRule(wanted.get("due_rule") or DueRule.CALENDAR)
    said = wanted.get("said_on")
    said_on = dt.date.fromisoformat(said) if said else None
    return task_by_hand(
        batch.document_id,
        title=wanted["title"],
        text=wanted.get("action") or wanted["title"],
        issuer=wanted.get("issuer", ""),
        names=(one[0] for role in ROLES for one in wanted.get(role, ())),
        deadline=wanted.get("deadline", ""),
        due=read_deadline(wanted.get("deadline"), rule=rule),
        by=actor,
        at=now,
        place=_("row %(number)d") % {"number": row.number},
        nature=wanted.get("nature") or Nature.ORDER.value,
        code=wanted.get("code", ""),
        programme=wanted.get("programme", ""),
        product=wanted.get("product", ""),
        parent_id=wanted.get("parent"),
        under=UnderKind.PART.value if wanted.get("parent") else "",
        said_on=said_on,
        assigner_id=givers.of(
            wanted.get("issuer", ""), on=said_on, document=batch.document, doers=doers_of(wanted)
        ),
        status=_status(row),
        lead=lead_among((ref, whole) for _name, ref, whole in wanted.get("lead", ())),
    )


def _status(row: Waiting) -> str:
    return row.wanted.get("status") or Status.NEW.value


def _given(
    task: int, row: Waiting, actor: User | None, now: dt.datetime
) -> Iterable[dict[str, Any]]:
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
    task: int, row: Waiting, *, by: User | None, body: Body | None, at: dt.datetime
) -> Iterable[dict[str, Any]]:
    yield first_state(task, Status.NEW.value, at=at, by=by)
    if _status(row) == Status.IN_PROGRESS:
        yield step(task, Move.START, before=Status.NEW.value, by=by, body=body, at=at)
