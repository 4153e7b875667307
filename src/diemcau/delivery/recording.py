"""The rows of a task, derived and not saved: the same for what is typed one by one and for a file.

Each is given as its columns by attribute. Who calls them has checked rights and values, and saves
the rows: one by one as models made of them, or some hundred at once as they are.
"""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from diemcau.accounts.models import User
from diemcau.delivery.deadlines import Interval, read_deadline
from diemcau.delivery.models import AssignmentRole, SlipReason, SlipState, Task
from diemcau.delivery.states import MOVES, Move
from diemcau.directory.models import Body
from vanban.letters import fold

__all__ = [
    "another_deadline",
    "due_fields",
    "first_state",
    "given_by_hand",
    "put_due",
    "step",
    "task_by_hand",
]


def task_by_hand(
    document: int,
    *,
    title: str,
    text: str,
    issuer: str,
    names: Iterable[str],
    deadline: str,
    due: Interval | None,
    by: User | None,
    at: dt.datetime,
    **others: Any,
) -> dict[str, Any]:
    """The columns of a task that no sentence was read for, resting on a document.

    Args:
        document: its id.
        names: of whom it is given to, as written; the register's words are looked up in them too.
        deadline: in the form the register keeps, "" if it has none.
        due: its days.
        others: further columns.
    """
    return {
        "document_id": document,
        "title": title,
        "action": text,
        "issuer": issuer,
        "folded": fold(" ".join([title, text, issuer, *names])),
        "recorded_at": at,
        "recorded_by_id": by.pk if by else None,
        **due_fields(deadline, due),
        **others,
    }


def due_fields(deadline: str, due: Interval | None) -> dict[str, Any]:
    """The columns of a task that say when it is due; empty ones where nobody said."""
    return {
        "deadline": deadline,
        "due_from": due.due_from if due else None,
        "due_to": due.due_to if due else None,
        "due_rule": due.rule.value if due else "",
    }


def put_due(task: Task, deadline: str, due: Interval | None) -> list[str]:
    """Put a deadline on a task; the names of its columns, for who saves it."""
    columns = due_fields(deadline, due)
    for name, value in columns.items():
        setattr(task, name, value)
    return list(columns)


def first_state(task: int, status: str, *, at: dt.datetime, by: User | None) -> dict[str, Any]:
    """The columns of the first of the states of a task, which is in that one."""
    return _state(task, after=status, at=at, by=by)


def step(
    task: int,
    move: Move,
    *,
    before: str,
    by: User | None,
    body: Body | None,
    at: dt.datetime,
    reason: str = "",
    delivered_on: dt.date | None = None,
) -> dict[str, Any]:
    """The columns of a move, from the state the task is in to the one the table leads to."""
    return _state(
        task,
        move=move.value,
        before=before,
        after=MOVES[move].after.value,
        reason=reason[:500],
        delivered_on=delivered_on,
        by=by,
        body_id=body.pk if body else None,
        at=at,
    )


def _state(
    task: int,
    *,
    after: str,
    at: dt.datetime,
    by: User | None,
    move: str = "",
    before: str = "",
    reason: str = "",
    delivered_on: dt.date | None = None,
    body_id: int | None = None,
) -> dict[str, Any]:
    """The columns of any of them, in one order."""
    return {
        "task_id": task,
        "move": move,
        "before": before,
        "after": after,
        "reason": reason,
        "delivered_on": delivered_on,
        "by_id": by.pk if by else None,
        "body_id": body_id,
        "at": at,
    }


def given_by_hand(
    task: int,
    role: AssignmentRole,
    *,
    name: str,
    ref: str,
    by: User | None,
    at: dt.datetime,
    is_collective: bool = False,
    expanded_from: int | None = None,
) -> dict[str, Any]:
    """The columns of what a person gives: a task to a body, or to a collective as written.

    Args:
        ref: id of the body in the directory; "" of a collective.
        expanded_from: id of what was given to the collective the body is one of.
    """
    return {
        "task_id": task,
        "role": role.value,
        "as_written": name,
        "body_ref": ref,
        "is_collective": is_collective,
        "by_hand": True,
        "expanded_from_id": expanded_from,
        "given_by_id": by.pk if by else None,
        "given_at": at,
    }


def another_deadline(
    task: Task,
    deadline: str,
    *,
    reason_code: SlipReason,
    reason: str,
    by: User | None,
    body: int | None,
    at: dt.datetime,
    is_decided: bool = False,
) -> dict[str, Any]:
    """The columns of another deadline that is asked for, or set by who gave the task.

    Args:
        deadline: one that `read_deadline` reads.
        body: id of the body in whose name.
        is_decided: who gave the task sets it.
    """
    due = read_deadline(deadline, rule=task.counted_by)
    assert due is not None
    asker = by.pk if by else None
    return {
        "task_id": task.pk,
        "before": task.deadline,
        "due_before": task.due_to,
        "after": deadline,
        "due_after": due.due_to,
        "reason_code": reason_code.value,
        "reason": reason.strip()[:500],
        "state": (SlipState.APPROVED if is_decided else SlipState.ASKED).value,
        "asked_by_id": asker,
        "body_id": body,
        "asked_at": at,
        "decided_by_id": asker if is_decided else None,
        "decided_at": at if is_decided else None,
    }
