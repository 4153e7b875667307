"""How a deadline is counted, and moving it: asked for with a reason, held once approved."""

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from diemcau.accounts.models import User
from diemcau.accounts.rules import can_confirm
from diemcau.audit.actions import action, record_action
from diemcau.delivery.deadlines import DueRule, read_deadline
from diemcau.delivery.ledger import touch
from diemcau.delivery.locking import lock_task
from diemcau.delivery.models import Slip, SlipReason, SlipState, Task
from diemcau.delivery.recording import another_deadline, put_due
from diemcau.delivery.refusals import Refused
from diemcau.delivery.rules import can_follow_up, may_act_for, require_party
from diemcau.delivery.states import OPEN, Party, Status
from diemcau.delivery.typed_deadlines import read_another_deadline

__all__ = ["ask_slip", "choose_due_rule", "decide_slip", "withdraw_slip"]


@action("delivery.choose_due_rule", may=can_confirm)
def choose_due_rule(actor: User | None, *, task: Task, rule: DueRule) -> Task:
    """Say whether a task's deadline counts calendar or administrative periods.

    Raises:
        PermissionDenied: they did not give the task; the rule moves its last day.
        Refused: it has no deadline to count, or another one waits for a decision.
    """
    row = lock_task(task.pk, seen=None)
    require_party(actor, row, Party.ASSIGNER)
    due = read_deadline(row.deadline, rule=rule)
    if due is None:
        raise Refused(_("The task has no deadline that could be counted another way."))
    if row.slips.filter(state=SlipState.ASKED).exists():
        raise Refused(_("Another deadline was asked for; decide on it first."))
    before = {"rule": row.due_rule, "due_to": row.due_to and row.due_to.isoformat()}
    touch(row, *put_due(row, row.deadline, due))
    after = {"rule": row.due_rule, "due_to": due.due_to.isoformat()}
    record_action(row, detail={"before": before, "after": after})
    return row


@action("delivery.ask_slip", may=can_follow_up)
def ask_slip(
    actor: User | None,
    *,
    task: int,
    deadline: str,
    reason_code: SlipReason,
    reason: str,
    seen: int | None = None,
) -> Slip:
    """Ask for another deadline; it holds once who gave the task approves it.

    Args:
        task: its id.
        deadline: a day or a period as `typed_period` takes it, "2026-06-30", "quý II/2026".
        reason: why, in the body's words.
    Raises:
        PermissionDenied: the task was not given to a body of theirs.
        Refused: the task is closed, the deadline is no day ahead and later than the one that
            holds, no reason, or one waits.
    """
    row = lock_task(task, seen=seen)
    body = require_party(actor, row, Party.ASSIGNEE)
    period = read_another_deadline(row, deadline)
    if not reason.strip():
        raise Refused(_("Say why the deadline has to move, in a few words."))
    if row.slips.filter(state=SlipState.ASKED).exists():
        raise Refused(_("Another deadline was asked for already and waits for a decision."))
    columns = another_deadline(
        row,
        period,
        reason_code=reason_code,
        reason=reason,
        by=actor,
        body=body.pk if body else None,
        at=timezone.now(),
    )
    made = Slip.objects.create(**columns)
    row.last_word_at = made.asked_at
    touch(row, "last_word_at")
    detail = {"slip": made.pk, "before": made.before, "after": made.after, "code": reason_code}
    record_action(row, detail=detail, reason=made.reason)
    return made


@action("delivery.decide_slip", may=can_confirm)
def decide_slip(actor: User | None, *, slip: int, approve: bool, reason: str = "") -> Slip:
    """Approve or refuse another deadline that was asked for.

    Args:
        reason: why; refusing asks for it.
    Raises:
        PermissionDenied: they did not give the task.
        Refused: it is decided already, the task is closed since, it was asked for by the same
            person, or no reason is given.
    """
    row = lock_task(Slip.objects.values_list("task", flat=True).get(pk=slip), seen=None)
    made = Slip.objects.select_for_update().get(pk=slip)
    require_party(actor, row, Party.ASSIGNER)
    if made.state != SlipState.ASKED:
        raise Refused(
            _("This was decided already: %(state)s.") % {"state": made.get_state_display()}
        )
    if actor is not None and made.asked_by_id == actor.pk:
        raise Refused(_("Who asked for another deadline cannot approve it; a second person does."))
    if approve and row.status not in (*OPEN, Status.SUSPENDED):
        raise Refused(
            _("A task that is “%(state)s” has no deadline to move.")
            % {"state": row.get_status_display()}
        )
    if not approve and not reason.strip():
        raise Refused(_("Say why it is refused, in a few words."))
    made.state = SlipState.APPROVED if approve else SlipState.REFUSED
    made.decided_by, made.decided_at = actor, timezone.now()
    made.decided_because = reason.strip()[:500]
    changed: list[str] = []
    if approve:
        due = read_deadline(made.after, rule=row.counted_by)
        changed = put_due(row, made.after, due)
        # The rule may be another than when it was asked for.
        made.due_after = row.due_to
    made.save(update_fields=["state", "due_after", "decided_by", "decided_at", "decided_because"])
    touch(row, *changed)
    record_action(row, detail={"slip": made.pk, "state": made.state}, reason=reason.strip())
    return made


@action("delivery.withdraw_slip", may=can_follow_up)
def withdraw_slip(actor: User | None, *, slip: int, reason: str = "") -> Slip:
    """Take back another deadline that was asked for, before anybody decided on it.

    Args:
        reason: why, if they say; the request stays in the history with it.
    Raises:
        PermissionDenied: it was not asked for by a body they act for.
        Refused: it is decided or taken back already.
    """
    row = lock_task(Slip.objects.values_list("task", flat=True).get(pk=slip), seen=None)
    made = Slip.objects.select_for_update(of=("self",)).select_related("body").get(pk=slip)
    require_party(actor, row, Party.ASSIGNEE)
    if not may_act_for(actor, made.body):
        raise PermissionDenied(f"slip {slip}: another body's")
    if made.state != SlipState.ASKED:
        raise Refused(
            _("This was decided already: %(state)s.") % {"state": made.get_state_display()}
        )
    made.state = SlipState.WITHDRAWN
    made.decided_by, made.decided_at = actor, timezone.now()
    made.decided_because = reason.strip()[:500]
    made.save(update_fields=["state", "decided_by", "decided_at", "decided_because"])
    row.last_word_at = made.decided_at
    touch(row, "last_word_at")
    record_action(row, detail={"slip": made.pk, "state": made.state}, reason=made.decided_because)
    return made
