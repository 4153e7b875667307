"""Saying which successor answers for a task whose body was divided."""

from django.utils import timezone
from django.utils.translation import gettext as _

from diemcau.accounts.models import User
from diemcau.accounts.rules import Duty, can_confirm
from diemcau.audit.actions import action, record_action
from diemcau.delivery.models import Handover, Task
from diemcau.directory.queries import responsible_on
from diemcau.documents.rules import require

__all__ = ["HandoverRefused", "confirm_successor"]


class HandoverRefused(ValueError):
    """The body named cannot answer for the task."""


@action("delivery.confirm_successor", may=can_confirm)
def confirm_successor(
    actor: User | None, *, task: Task, from_ref: str, to_ref: str, reason: str
) -> Handover:
    """Say which successor answers for a task; said again, the later word holds.

    Args:
        task: given to `from_ref`, whose work was divided.
        to_ref: one of the bodies among which the work may lie today.
        reason: why, in the person's words.
    Raises:
        HandoverRefused: the task was not given to that body, or the other is not among its
            successors, or no reason is given.
    """
    require(actor, Duty.CONFIRM, task.document)
    if not any(one.body == from_ref for one in task.assignments.all()):
        raise HandoverRefused(_("The task was not given to that body."))
    followed = responsible_on(from_ref, timezone.localdate())
    if followed.responsible is not None or to_ref not in followed.candidates:
        raise HandoverRefused(_("Choose one of the bodies among which the work was divided."))
    if not reason.strip():
        raise HandoverRefused(_("Say why, in a few words."))
    before = Handover.objects.filter(task=task, from_ref=from_ref).first()
    handover, _created = Handover.objects.update_or_create(
        task=task,
        from_ref=from_ref,
        defaults={
            "to_ref": to_ref,
            "reason": reason.strip()[:500],
            "decided_by": actor,
            "decided_at": timezone.now(),
        },
    )
    detail = {"from": from_ref, "to": to_ref, "before": before.to_ref if before else ""}
    record_action(task, detail=detail, reason=reason.strip())
    return handover
