"""The day a task was given or promised, entered where no text tells it."""

import datetime as dt

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from diemcau.accounts.models import User
from diemcau.accounts.rules import Duty, can_confirm
from diemcau.audit.actions import action, record_action, record_each
from diemcau.delivery.days import day_told
from diemcau.delivery.ledger import touch
from diemcau.delivery.locking import lock_task
from diemcau.delivery.models import Directive, Task
from diemcau.delivery.refusals import Refused
from diemcau.documents.rules import require
from diemcau.indicators.days import say_day

__all__ = ["give_day", "undated_of"]

_ANOTHER = "delivery.give_day_too"
"""The same day given to another task of the document."""


@action("delivery.give_day", may=can_confirm, each=(_ANOTHER,))
def give_day(
    actor: User | None,
    *,
    task: int,
    day: dt.date | None,
    of_document: bool = False,
    seen_version: int | None = None,
) -> list[Task]:
    """Say on which day a task was given or promised whose text tells none.

    Args:
        task: its id.
        of_document: the same for every task of the document whose day nobody knows.
    Returns:
        The tasks that have the day now.
    Raises:
        PermissionDenied: the document is not theirs to confirm in.
        Refused: no day, one still to come, or the text tells one.
    """
    row = lock_task(task, seen=seen_version)
    require(actor, Duty.CONFIRM, row.document)
    if day is None:
        raise Refused(_("Say the day it was given or promised."))
    if day > timezone.localdate():
        raise Refused(_("%(day)s has not come yet.") % {"day": say_day(day)})
    if row.statement is not None and (told := day_told(row)) is not None:
        raise Refused(
            _("The text tells the day, %(day)s; correct the statement it was read in.")
            % {"day": say_day(told)}
        )
    rows = [row]
    if of_document:
        others = undated_of(row).select_related("document", "statement__document")
        rows += [one for one in others.select_for_update(of=("self",)) if not day_told(one)]
    for one in rows:
        before = one.said_on
        one.said_on = one.day_by_hand = day
        touch(one, "said_on", "day_by_hand")
        Directive.objects.filter(pk=one.directive_id, said_on=before).update(said_on=day)
        detail = {"before": str(before or ""), "after": str(day)}
        if one is row:
            record_action(one, detail=detail)
        else:
            record_each(_ANOTHER, Task, one.pk, detail=detail)
    return rows


def undated_of(task: Task) -> QuerySet[Task]:
    """The other tasks of its document that stand and whose day nobody knows."""
    rows = Task.objects.filter(document=task.document_id, said_on=None, withdrawn_at=None)
    return rows.filter(replaced_by=None).exclude(pk=task.pk).order_by("pk")
