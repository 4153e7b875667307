"""A deadline that was read or typed wrongly is put right: a correction, not a new deadline."""

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext as _

from diemcau.accounts.models import User
from diemcau.accounts.rules import Duty, can_confirm
from diemcau.audit.actions import action, record_action
from diemcau.delivery.deadlines import read_deadline
from diemcau.delivery.ledger import touch
from diemcau.delivery.locking import lock_task
from diemcau.delivery.models import DeadlineCorrection, SlipState, Task
from diemcau.delivery.recording import put_due
from diemcau.delivery.refusals import Refused, TaskMoved
from diemcau.delivery.rules import parties_of, require_party
from diemcau.delivery.states import Party
from diemcau.delivery.typed_deadlines import read_typed_deadline
from diemcau.documents.models import Statement, StatementKind, StatementState
from diemcau.documents.rules import require
from diemcau.documents.times import periods_said
from diemcau.indicators.days import say_period
from diemcau.review.decide import change_statement, lock_statement
from diemcau.review.models import Decision, Verb

__all__ = ["check_said", "correct_deadline"]


@action("review.correct_deadline", may=can_confirm)
def correct_deadline(
    actor: User | None, *, task: int, deadline: str, reason: str, seen: int | None = None
) -> DeadlineCorrection:
    """Say what the deadline of a task really is where it was read or typed wrongly.

    Nobody was ever given the wrong one, so it moves nothing: no slip is counted, and a past day is
    answered by the right one too. Of a task that rests on a sentence the statement is corrected
    with it, as in the review. `docs/decisions/0029-misread-deadlines.md`.
    Args:
        task: its id.
        deadline: a day or a period as `typed_period` takes it; "" where the text gives none.
        reason: what shows it, as "điểm 3b ghi quý III".
        seen: the version the person had before them; None does not ask.
    Raises:
        PermissionDenied: the document is not theirs to confirm over, nor did they give the task.
        Refused: no deadline or no other one, no reason; another deadline waits or was approved; the
            text names no such day, and they did not give the task.
    """
    named = Task.objects.values_list("statement", flat=True).get(pk=task)
    # Who may is asked once the task is locked: who keeps the text, or who gave the order.
    statement = lock_statement(None, named, seen=None) if named else None
    row = lock_task(task, seen=seen)
    if Party.ASSIGNER in parties_of(actor, row):
        require_party(actor, row, Party.ASSIGNER)
    else:
        require(actor, Duty.CONFIRM, row.document)
    if row.statement_id != named:
        raise TaskMoved(row)
    period, due = read_typed_deadline(deadline, on=row.said_on, rule=row.counted_by)
    _check(row, period, reason)
    check_said(actor, row, deadline=period)
    made = DeadlineCorrection(
        task=row,
        before=row.deadline,
        due_before=row.due_to,
        after=period,
        due_after=due.due_to if due else None,
        reason=reason.strip()[:500],
        by=actor,
        at=timezone.now(),
    )
    if statement is not None and statement.kind in _WITH_DEADLINE:
        made.at = _correct(statement, period, actor).at
    else:
        touch(row, *put_due(row, period, due))
    made.save()
    detail = {"before": _told(made.before, made.due_before)}
    record_action(
        row, detail=detail | {"after": _told(made.after, made.due_after)}, reason=made.reason
    )
    return made


def check_said(actor: User | None, row: Task, *, deadline: str) -> None:
    """Refuse another deadline than the text gives to who did not give the task.

    A correction needs no approval, so it must not be a way to move a deadline.
    Args:
        row: a task that was recorded, even if it stands no more.
        deadline: in the register's form; "" for none.
    Raises:
        Refused: the text names no such day.
    """
    if Party.ASSIGNER in parties_of(actor, row):
        return
    statement = row.statement
    if statement is not None and deadline == (statement.data.get("deadline") or ""):
        return
    version = statement.text_version if statement else row.document.texts.last()
    rule = row.counted_by
    due = read_deadline(deadline, rule=rule)
    said = periods_said(version) if version is not None and due is not None else ()
    if due is not None and due in [read_deadline(one, rule=rule) for one in said]:
        return
    if due is None:
        raise Refused(
            _(
                "That a deadline does not hold is said by who gave the task, or the secretariat;"
                " you keep the document it stands in."
            )
        )
    raise Refused(
        _(
            "The document names no “%(found)s”. A day it does not name is put in by who gave the"
            " task, or the secretariat; for more time, ask for another deadline."
        )
        % {"found": say_period(deadline)}
    )


_WITH_DEADLINE = (StatementKind.TASK, StatementKind.COMMITMENT)
"""Kinds of statements whose values say a deadline, which the task follows."""


def _check(row: Task, period: str, reason: str) -> None:
    if period == row.deadline:
        raise Refused(_("That is the deadline it has already."))
    if not reason.strip():
        raise Refused(_("Say where the right deadline stands, in a few words."))
    states = set(row.slips.values_list("state", flat=True))
    if SlipState.ASKED in states:
        raise Refused(_("Another deadline was asked for; decide on it first."))
    if SlipState.APPROVED in states:
        raise Refused(
            _("Another deadline was approved since and holds; it moves by a request only.")
        )


def _correct(statement: Statement, period: str, actor: User | None) -> Decision:
    read = statement.data
    quote = read.get("deadline_quote") if period == (read.get("deadline") or "") else None
    corrected = statement.values | {"deadline": period or None, "deadline_quote": quote}
    return change_statement(
        statement,
        verb=Verb.CORRECT,
        by=actor,
        state=StatementState.ACCEPTED,
        corrected=corrected,
    )


def _told(deadline: str, due_to: dt.date | None) -> dict[str, str | None]:
    return {"deadline": deadline, "due_to": due_to and due_to.isoformat()}
