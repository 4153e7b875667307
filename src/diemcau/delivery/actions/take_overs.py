"""A notice takes over an order known from speech, and that is taken back."""

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from diemcau.accounts.models import User
from diemcau.accounts.rules import Duty, can_confirm
from diemcau.audit.actions import action, record_action
from diemcau.delivery.ledger import refresh_both, touch
from diemcau.delivery.locking import lock_task
from diemcau.delivery.models import Directive, TakeOver, Task
from diemcau.delivery.orders.taking_over import exchange_back, stand_in, standing_take_over, work_on
from diemcau.delivery.refusals import Refused
from diemcau.documents.rules import require

__all__ = ["take_over", "undo_take_over"]


@action("delivery.take_over", may=can_confirm)
def take_over(
    actor: User | None,
    *,
    task: int,
    official: int,
    reason: str = "",
    seen: int | None = None,
) -> TakeOver:
    """Let a notice's words, deadline and assignees hold for a task known from speech.

    What was done meanwhile stays with the task: moves, evidence, reports, deadlines that were
    approved; bodies both name keep what they answered.
    Args:
        task: id of the one known from speech.
        official: id of the one recorded from a numbered document, on which nothing was done.
    Raises:
        PermissionDenied: both documents are not theirs to confirm over.
        Refused: the one is official already, the other is not, or has work of its own.
    """
    # One order of locking, so that two who do this at once cannot wait for each other.
    locked = {
        pk: lock_task(pk, seen=seen if pk == task else None) for pk in sorted({task, official})
    }
    if task == official:
        raise Refused(_("A task cannot take itself over."))
    row, notice = locked[task], locked[official]
    require(actor, Duty.CONFIRM, row.document, notice.document)
    if _is_official(row):
        raise Refused(_("“%(title)s” rests on a numbered document already.") % {"title": row.title})
    if not _is_official(notice):
        raise Refused(
            _("“%(title)s” rests on no numbered document; say first which one its text is.")
            % {"title": notice.title}
        )
    if done := work_on(notice):
        raise Refused(
            _("Work was done on the notice’s task already and would be lost from view: %(what)s.")
            % {"what": ", ".join(done)}
        )
    before = stand_in(actor, row, notice)
    touch(row)
    touch(notice)
    made = TakeOver.objects.create(
        task=row,
        official=notice,
        before=before,
        reason=reason.strip()[:500],
        made_by=actor,
        made_at=timezone.now(),
    )
    detail = {"take_over": made.pk, "official": notice.pk}
    record_action(row, detail=detail, reason=made.reason)
    return made


@action("delivery.undo_take_over", may=can_confirm)
def undo_take_over(actor: User | None, *, take_over: int, reason: str) -> TakeOver:
    """Take a take-over back: both tasks stand again, each as its own sentence says.

    Raises:
        PermissionDenied: both documents are not theirs to confirm over.
        Refused: it was taken back already, the task was itself taken over, or no reason is given.
    """
    made = TakeOver.objects.get(pk=take_over)
    rows = Task.objects.select_for_update(of=("self",)).select_related("document")
    locked = {
        one.pk: one
        for one in rows.filter(Q(pk=made.task_id) | Q(pk=made.official_id)).order_by("pk")
    }
    made.refresh_from_db()
    row, notice = locked[made.task_id], locked[made.official_id]
    require(actor, Duty.CONFIRM, row.document, notice.document)
    if not reason.strip():
        raise Refused(_("Say why, in a few words."))
    if made.undone_at is not None:
        raise Refused(_("This was taken back already."))
    if row.replaced_by_id is not None:
        raise Refused(_("Another task stands for this one; take that back first."))
    last = standing_take_over(row)
    if last is None or last.pk != made.pk:
        raise Refused(_("Another notice took this task over since; take that back first."))
    made.task, made.official = row, notice
    exchange_back(made, by=actor)
    refresh_both(made)
    detail = {"take_over": made.pk, "official": notice.pk}
    record_action(row, detail=detail, reason=reason.strip())
    return made


def _is_official(task: Task) -> bool:
    return Directive.objects.filter(pk=task.directive_id, instrument__isnull=False).exists()
