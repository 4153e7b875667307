"""Moving a task from state to state, as the one table allows."""

import datetime as dt

from django.db.models import TextChoices
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from diemcau.accounts.models import User
from diemcau.audit.actions import action, record_action
from diemcau.delivery.doers.answering import accept_by_work, write_answer
from diemcau.delivery.doers.completion import undelivered
from diemcau.delivery.doers.leads import lead_of
from diemcau.delivery.ledger import touch
from diemcau.delivery.locking import lock_task
from diemcau.delivery.models import Answer, SlipState, Task, Transition
from diemcau.delivery.obstacles import still_open
from diemcau.delivery.recording import step
from diemcau.delivery.refusals import Refused
from diemcau.delivery.rules import can_follow_up, require_acting, require_party
from diemcau.delivery.states import MOVES, Move, Status
from diemcau.indicators.days import say_day

__all__ = ["Left", "apply_move", "left_open", "move_task"]


class Left(TextChoices):
    """What becomes of the obstacles that are still open when a result is confirmed."""

    RESOLVED = "resolved", gettext_lazy("They are out of the way with this result")
    STAY = "stay", gettext_lazy("They stay open and listed")


@action("delivery.move_task", may=can_follow_up)
def move_task(
    actor: User | None,
    *,
    task: int,
    move: Move,
    reason: str = "",
    delivered_on: dt.date | None = None,
    obstacles: Left | None = None,
    seen: int | None = None,
) -> Task:
    """Move a task to another state.

    Source: `states.MOVES`. Reported done, it waits for a second person; done needs evidence.
    Args:
        task: its id.
        reason: why, for the moves that ask for it.
        delivered_on: day the result was delivered, for SUBMIT; today without it. For CONFIRM it
            is asked where the report names no day.
        obstacles: for CONFIRM, what becomes of those still open; asked where there are any.
        seen: the version the person had before them; None does not ask.
    Returns:
        The saved task.
    Raises:
        PermissionDenied: it is not theirs to move.
        Refused: the table does not allow it, or what it needs is missing; nothing was done.
    """
    row = lock_task(task, seen=seen)
    before = row.status
    left = left_open(actor, row, obstacles) if move == Move.CONFIRM else {}
    apply_move(actor, row, move, reason=reason, delivered_on=delivered_on)
    detail = {"move": move, "before": before, "after": row.status, **left}
    record_action(row, detail=detail, reason=reason.strip())
    return row


def left_open(actor: User | None, row: Task, obstacles: Left | None) -> dict[str, object]:
    """Settle the open obstacles of a task that closes; none is left without a word."""
    if row.status not in MOVES[Move.CONFIRM].before:
        return {}
    left = list(still_open(row).values_list("pk", "what"))
    if not left:
        return {}
    if obstacles is None:
        raise Refused(
            _("Obstacles are still open: %(what)s. Say whether they are out of the way or stay.")
            % {"what": "; ".join(what[:80] for _pk, what in left[:5])}
        )
    keys = [pk for pk, _what in left]
    if obstacles == Left.RESOLVED:
        row.obstacles.filter(pk__in=keys).update(
            resolved_by=actor,
            resolved_at=timezone.now(),
            resolution=_("Out of the way with the result that was confirmed."),
        )
    return {"obstacles": obstacles, "left": keys}


def apply_move(
    actor: User | None,
    row: Task,
    move: Move,
    *,
    reason: str = "",
    delivered_on: dt.date | None = None,
) -> Transition:
    """Check and make one move of a locked task; for actions that move more than one.

    Raises:
        PermissionDenied, Refused: as `move_task`.
    """
    rule = MOVES[move]
    lead = lead_of(row) if move in (Move.REFUSE, Move.INSIST) else None
    if move == Move.REFUSE and lead is not None:
        # Who only helps with a task, or has a part of it, cannot refuse the whole.
        body = require_acting(actor, row, lead)
    else:
        body = require_party(actor, row, rule.by)
    if row.status not in rule.before:
        raise Refused(
            _("“%(move)s” does not fit: the task is “%(state)s”.")
            % {"move": move.label, "state": row.get_status_display()}
        )
    reason = reason.strip()
    if rule.reason and not reason:
        raise Refused(_("“%(move)s” needs a reason, in a few words.") % {"move": move.label})
    if move == Move.SUBMIT:
        delivered_on = _delivered_on(row, delivered_on)
    elif move == Move.CONFIRM:
        delivered_on = _second_person(actor, row, delivered_on)
    else:
        delivered_on = None
    columns = step(
        row.pk,
        move,
        before=row.status,
        by=actor,
        body=body,
        at=timezone.now(),
        reason=reason,
        delivered_on=delivered_on,
    )
    made = Transition.objects.create(**columns)
    if move in (Move.START, Move.SUBMIT):
        accept_by_work(actor, row, body)
    if lead is not None:
        if move == Move.REFUSE:
            write_answer(actor, lead, Answer.REFUSED, reason, body)
        elif lead.answer == Answer.REFUSED:
            row.assignments.filter(pk=lead.pk).update(answer=Answer.WAITING)
    row.status, row.delivered_on, row.last_word_at = rule.after, delivered_on, made.at
    touch(row, "status", "delivered_on", "last_word_at")
    if rule.after in (Status.DONE, Status.REFUSED):
        _end_requests(actor, row)
    return made


def _end_requests(actor: User | None, row: Task) -> None:
    """Another deadline that was asked for waits for nothing once the work is no longer owed."""
    row.slips.filter(state=SlipState.ASKED).update(
        state=SlipState.WITHDRAWN,
        decided_by=actor,
        decided_at=timezone.now(),
        decided_because=_("The task is “%(state)s”; no deadline is left to move.")
        % {"state": row.get_status_display()},
    )


def _delivered_on(row: Task, day: dt.date | None) -> dt.date:
    day = _possible(row, day or timezone.localdate())
    _needs_evidence(row)
    if missing := undelivered(row):
        raise Refused(_("Not complete yet: %(what)s.") % {"what": "; ".join(missing[:5])})
    return day


def _possible(row: Task, day: dt.date) -> dt.date:
    """The day, if something given when the task was can have been delivered on it."""
    if day > timezone.localdate():
        raise Refused(_("The day of delivery lies in the future: %(day)s.") % {"day": say_day(day)})
    if row.said_on is not None and day < row.said_on:
        raise Refused(
            _("The day of delivery, %(day)s, lies before the task was given, %(said)s.")
            % {"day": say_day(day), "said": say_day(row.said_on)}
        )
    return day


def _needs_evidence(row: Task) -> None:
    if not row.evidence.filter(withdrawn_at=None).exists():
        raise Refused(_("No evidence is attached. Attach a document, a product or a link first."))


def _second_person(actor: User | None, row: Task, day: dt.date | None) -> dt.date:
    """The day of delivery as reported; where the report names none, who confirms says it."""
    _needs_evidence(row)
    report = row.transitions.filter(move=Move.SUBMIT).order_by("-pk").first()
    if actor is not None and report is not None and report.by_id == actor.pk:
        raise Refused(_("Who reported it done cannot confirm it; a second person does."))
    if report is not None and report.delivered_on is not None:
        return report.delivered_on
    if day is None:
        raise Refused(_("The report names no day of delivery; say on which day it was delivered."))
    return _possible(row, day)
