"""A letter of urging: drafted about chosen tasks, and written in as issued."""

import datetime as dt
from collections.abc import Sequence

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from diemcau.access.rules import covering, use_grant
from diemcau.accounts.models import User
from diemcau.accounts.rules import Duty, can_confirm
from diemcau.audit.actions import action, record_action
from diemcau.delivery.doers.naming import refuse_hidden
from diemcau.delivery.models import ReportRequest, Task
from diemcau.delivery.refusals import Refused
from diemcau.delivery.rules import given_to, giver
from diemcau.directory.models import Body
from diemcau.directory.reach import reached_refs
from diemcau.documents.rules import seen
from diemcau.urging.models import Reminder, ReminderItem
from diemcau.urging.refusals import RuleMoved, RuleRefused
from diemcau.urging.rules import OWED, may_see_reminder

__all__ = ["MOST", "draft_reminder", "issue_reminder"]

MOST = 200
"""Tasks of one letter at most."""
_NUMBER = 60


@action("urging.draft_reminder", may=can_confirm)
def draft_reminder(
    actor: User | None, *, body: str, tasks: Sequence[int], answer_by: dt.date, demand: str = ""
) -> Reminder:
    """Draft a letter that asks a body for word on tasks; nothing is asked until it is issued.

    Args:
        body: id in the directory of whom it goes to.
        tasks: ids, in the order the letter tells them.
        answer_by: the day the answer is asked for by.
        demand: what is asked beside word on each task.
    Raises:
        RuleRefused: no such body, no task or too many, a day that has passed; or tasks that cannot
            be urged: not theirs who writes, not that body's, or nothing is owed. Says which.
    """
    addressee = Body.objects.filter(ref=body).first()
    if addressee is None:
        raise RuleRefused(_("Say which body the letter goes to."))
    wanted = list(dict.fromkeys(tasks))
    if not wanted:
        raise RuleRefused(_("Choose at least one task."))
    if len(wanted) > MOST:
        raise RuleRefused(
            _("%(n)d tasks are chosen; a letter takes %(most)d.") % {"n": len(wanted), "most": MOST}
        )
    if answer_by < timezone.localdate():
        raise RuleRefused(_("The day the answer is asked for by has passed."))
    rows = _urged(actor, addressee, wanted)
    made = Reminder.objects.create(
        body=addressee,
        sender_id=_sender(actor, rows),
        answer_by=answer_by,
        demand=" ".join(demand.split())[:500],
        made_by=actor,
        made_at=timezone.now(),
    )
    ReminderItem.objects.bulk_create(ReminderItem(reminder=made, task_id=pk) for pk in wanted)
    detail = {"body": addressee.ref, "tasks": wanted, "answer_by": answer_by.isoformat()}
    record_action(made, detail=detail)
    return made


def _urged(actor: User | None, addressee: Body, wanted: list[int]) -> list[Task]:
    standing = Task.objects.filter(seen(actor), withdrawn_at=None, replaced_by=None)
    rows = list(standing.filter(pk__in=wanted).select_related("document").order_by("pk"))
    theirs = Q(given_to(reached_refs(addressee.ref)))
    of_body = set(standing.filter(theirs, pk__in=wanted).values_list("pk", flat=True))
    missing = len(wanted) - len(rows)
    wrong = [_("%(n)d that you may not see or that stand no more") % {"n": missing}] * bool(missing)
    for row in rows:
        if row.pk not in of_body:
            why = _("not given to %(body)s") % {"body": addressee}
        elif row.status not in OWED:
            why = _("it is “%(state)s”") % {"state": row.get_status_display()}
        elif actor is not None and covering(actor, Duty.CONFIRM, giver(row)) is None:
            why = _("another body gave it")
        else:
            continue
        wrong.append(f"“{row.title[:80]}” ({why})")
    if wrong:
        told = ngettext("This cannot be urged: %s.", "These cannot be urged: %s.", len(wrong))
        raise RuleRefused(told % "; ".join(wrong[:10]))
    try:
        for row in rows:
            refuse_hidden(row.document, [addressee])
    except Refused as refused:
        raise RuleRefused(str(refused)) from None
    return rows


def _sender(actor: User | None, rows: list[Task]) -> int | None:
    """The body in whose name the letter is: who gave the tasks, or the desk for all of them."""
    givers = {giver(row) for row in rows}
    body = givers.pop() if len(givers) == 1 else None
    if actor is not None:
        held = covering(actor, Duty.CONFIRM, body)
        if held is None:
            raise RuleRefused(
                _("These tasks were given by several bodies; write one letter for each of them.")
            )
        use_grant(held)
    return body


@action("urging.issue_reminder", may=can_confirm)
def issue_reminder(
    actor: User | None, *, reminder: int, number: str, issued_on: dt.date, seen: int | None = None
) -> Reminder:
    """Write in the number and day under which a letter was issued; from then on its answer is due.

    Each of its tasks that still owes something is asked for a report by the letter's day. Written
    in again, the number and day are corrected, and nothing is asked anew.
    Args:
        number: with its symbol, "123/BNG-NGKT".
        seen: the version the person had before them; None does not ask.
    Raises:
        RuleRefused: no number, a day before the draft or after today, or not theirs to issue.
        RuleMoved: it has another version now.
    """
    row = Reminder.objects.select_for_update(of=("self",)).get(pk=reminder)
    if not may_see_reminder(actor, row):
        raise RuleRefused(_("Only who may write for the sender issues its letters."))
    if seen is not None and seen != row.version:
        raise RuleMoved(row.version)
    number = " ".join(number.split())
    if not number or len(number) > _NUMBER:
        raise RuleRefused(
            _("Write the number with its symbol, at most %(n)d characters: 123/BNG-NGKT.")
            % {"n": _NUMBER}
        )
    first = timezone.localdate(row.made_at)
    if not first <= issued_on <= timezone.localdate():
        raise RuleRefused(
            _("A letter is issued from the day of its draft, %(day)s, to today.")
            % {"day": f"{first:%d/%m/%Y}"}
        )
    before = {"number": row.number, "issued_on": row.issued_on and row.issued_on.isoformat()}
    is_new = not row.number
    row.number, row.issued_on = number, issued_on
    row.recorded_by, row.recorded_at = actor, timezone.now()
    row.version += 1
    row.save()
    asked = _ask(actor, row) if is_new else []
    after = {"number": number, "issued_on": issued_on.isoformat()}
    record_action(row, detail={"before": before, "after": after, "asked": asked})
    return row


def _ask(actor: User | None, row: Reminder) -> list[int]:
    # A paper is called as it is cited, whatever the language of the screen.
    note = f"Công văn số {row.number} ngày {row.issued_on:%d/%m/%Y}"
    items = list(
        row.items.filter(task__withdrawn_at=None, task__replaced_by=None, task__status__in=OWED)
    )
    for item in items:
        item.request = ReportRequest.objects.create(
            task_id=item.task_id,
            asked_by=actor,
            asked_at=row.recorded_at,
            by_day=row.answer_by,
            note=note,
        )
    ReminderItem.objects.bulk_update(items, ["request"])
    return [item.task_id for item in items]
