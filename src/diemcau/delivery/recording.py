"""The rows of a task, derived and not saved: the same for what is typed one by one and for a file.

Who calls them has checked rights and values, and saves the rows: one by one, or some hundred at
once.
"""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from diemcau.accounts.models import User
from diemcau.delivery.deadlines import DueRule, Interval, read_deadline
from diemcau.delivery.models import (
    Assignment,
    AssignmentRole,
    Slip,
    SlipReason,
    SlipState,
    Task,
    Transition,
)
from diemcau.delivery.states import MOVES, Move
from diemcau.directory.models import Body
from diemcau.documents.models import Document
from vanban.letters import fold

__all__ = ["another_deadline", "due_fields", "first_state", "given_by_hand", "step", "task_by_hand"]


def task_by_hand(
    document: Document,
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
) -> Task:
    """A task that no sentence was read for, resting on a document.

    Args:
        names: of whom it is given to, as written; the register's words are looked up in them too.
        deadline: in the form the register keeps, "" if it has none.
        due: its days.
        others: further columns.
    """
    return Task(
        document=document,
        title=title,
        action=text,
        issuer=issuer,
        folded=fold(" ".join([title, text, issuer, *names])),
        recorded_at=at,
        recorded_by_id=by.pk if by else None,
        **due_fields(deadline, due),
        **others,
    )


def due_fields(deadline: str, due: Interval | None) -> dict[str, Any]:
    """The columns of a task that say when it is due; empty ones where nobody said."""
    return {
        "deadline": deadline,
        "due_from": due.due_from if due else None,
        "due_to": due.due_to if due else None,
        "due_rule": due.rule.value if due else "",
    }


def first_state(task: Task, *, at: dt.datetime, by: User | None) -> Transition:
    """The first row of the states of a saved task."""
    return Transition(task_id=task.pk, after=task.status, at=at, by_id=by.pk if by else None)


def step(
    task: Task,
    move: Move,
    *,
    by: User | None,
    body: Body | None,
    at: dt.datetime,
    reason: str = "",
    delivered_on: dt.date | None = None,
) -> Transition:
    """The row of a move, from the state the task is in to the one the table leads to."""
    return Transition(
        task_id=task.pk,
        move=move,
        before=task.status,
        after=MOVES[move].after,
        reason=reason[:500],
        delivered_on=delivered_on,
        by_id=by.pk if by else None,
        body_id=body.pk if body else None,
        at=at,
    )


def given_by_hand(
    task: Task,
    role: AssignmentRole,
    *,
    name: str,
    ref: str,
    by: User | None,
    at: dt.datetime,
    is_collective: bool = False,
    expanded_from: Assignment | None = None,
) -> Assignment:
    """That a person gave a saved task to a body, or to a collective as written.

    Args:
        ref: id of the body in the directory; "" of a collective.
    """
    return Assignment(
        task_id=task.pk,
        role=role,
        as_written=name,
        body_ref=ref,
        is_collective=is_collective,
        by_hand=True,
        expanded_from_id=expanded_from.pk if expanded_from else None,
        given_by_id=by.pk if by else None,
        given_at=at,
    )


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
) -> Slip:
    """That another deadline is asked for, or set by who gave the task.

    Args:
        deadline: one that `read_deadline` reads.
        body: id of the body in whose name.
        is_decided: who gave the task sets it.
    """
    due = read_deadline(deadline, rule=DueRule(task.due_rule or DueRule.CALENDAR))
    assert due is not None
    return Slip(
        task=task,
        before=task.deadline,
        due_before=task.due_to,
        after=deadline,
        due_after=due.due_to,
        reason_code=reason_code,
        reason=reason.strip()[:500],
        state=SlipState.APPROVED if is_decided else SlipState.ASKED,
        asked_by=by,
        body_id=body,
        asked_at=at,
        decided_by=by if is_decided else None,
        decided_at=at if is_decided else None,
    )
