"""Splitting a task into parts, and passing it on to a body below."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from diemcau.accounts.models import User
from diemcau.accounts.rules import Duty, can_confirm
from diemcau.audit.actions import action, record_action
from diemcau.delivery.actions.assigning import give, lock_assignment
from diemcau.delivery.doers.leads import lead_of
from diemcau.delivery.doers.naming import body_named, refuse_hidden
from diemcau.delivery.doers.tree import DEEPEST, depth_of
from diemcau.delivery.ledger import begin, settle_lead, shorten, touch
from diemcau.delivery.locking import lock_task
from diemcau.delivery.models import Assignment, AssignmentRole, Task, UnderKind
from diemcau.delivery.recording import due_fields
from diemcau.delivery.refusals import Refused
from diemcau.delivery.rules import parties_of, require_acting, require_party
from diemcau.delivery.states import OPEN, Party, Status
from diemcau.delivery.typed_deadlines import read_typed_deadline
from diemcau.directory.models import Body
from diemcau.directory.reach import runs
from diemcau.indicators.days import say_day
from vanban.letters import fold

__all__ = ["Part", "pass_on", "split_task"]


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a task.

    Args:
        title: what is to be done.
        body: name or id of the body that does it; "" is whoever leads the whole.
        deadline: a day or a period, not after the task's; "" is the task's own.
        product: the output it is to have.
    """

    title: str
    body: str = ""
    deadline: str = ""
    product: str = ""


@action("delivery.split_task", may=can_confirm)
def split_task(
    actor: User | None, *, task: int, parts: Sequence[Part], seen: int | None = None
) -> list[Task]:
    """Split a task into parts, which must all be done before the whole can be.

    Who gave the task judges the parts it splits off; where the lead body splits its own work, the
    lead judges them.
    Raises:
        PermissionDenied: they neither gave the task nor approve for the body that leads it.
        Refused: it is closed or too deep, no part is named, a body or a deadline does not fit.
    """
    row = lock_task(task, seen=seen)
    gives = actor is None or Party.ASSIGNER in parties_of(actor, row)
    lead = lead_of(row)
    if gives or lead is None:
        require_party(actor, row, Party.ASSIGNER)
        judge = row.assigner
    else:
        judge = require_acting(actor, row, lead, Duty.CONFIRM)
    _refuse_unfit(row)
    wanted = [one for one in parts if one.title.strip()]
    if not wanted:
        raise Refused(_("Name at least one part: what is to be done in it."))
    made = []
    for part in wanted:
        named = body_named(part.body, on=timezone.localdate()) if part.body.strip() else None
        if named is not None:
            refuse_hidden(row.document, [named])
        elif lead is None:
            raise Refused(_("Nobody leads the whole task; say who does “%s”.") % part.title[:80])
        child = _under(actor, row, UnderKind.PART, judge, part)
        if named is not None:
            give(actor, child, named, AssignmentRole.LEAD)
        elif lead is not None:
            _same_body(actor, child, lead)
        settle_lead(child)
        made.append(child)
    touch(row)
    record_action(row, detail={"parts": [{"task": one.pk, "title": one.title} for one in made]})
    return made


@action("delivery.pass_on", may=can_confirm)
def pass_on(
    actor: User | None,
    *,
    assignment: int,
    to: str,
    title: str = "",
    deadline: str = "",
    product: str = "",
    seen: int | None = None,
) -> Task:
    """Give a task on to a body below the one that was given it, which then judges the result.

    Source: cascade of a task from ministry to department, from province to office.
    Args:
        assignment: of the body that passes it on.
        to: name or id of a body under it, or run by it.
        title: what is asked of that body, if it is less than the whole.
        deadline: not after the task's; "" is the task's own.
    Raises:
        PermissionDenied: they do not approve for that body.
        Refused: the other is not below it, has it already, or the task is closed or too deep.
    """
    row, made = lock_assignment(assignment, seen=seen)
    body = require_acting(actor, row, made, Duty.CONFIRM)
    if body is None:
        raise Refused(
            _("The directory does not know %(name)s, so nobody stands below it.") % {"name": made}
        )
    _refuse_unfit(row)
    today = timezone.localdate()
    run = runs(body, on=today)
    below = body_named(to, on=today, below=run)
    if below.pk not in run:
        raise Refused(
            _("%(below)s does not stand below %(body)s; a task is passed on downwards only.")
            % {"below": below, "body": body}
        )
    refuse_hidden(row.document, [below])
    passed = row.children.filter(under=UnderKind.CASCADE, withdrawn_at=None, replaced_by=None)
    if passed.filter(assigner=body, lead=below.ref).exclude(status=Status.DONE).exists():
        raise Refused(_("%(below)s has been passed this task already.") % {"below": below})
    part = Part(title.strip() or row.title, below.ref, deadline, product.strip() or row.product)
    child = _under(actor, row, UnderKind.CASCADE, body, part)
    give(actor, child, below, AssignmentRole.LEAD)
    settle_lead(child)
    row.last_word_at = timezone.now()
    touch(row, "last_word_at")
    detail = {"task": child.pk, "assignment": made.pk, "from": body.ref, "to": below.ref}
    record_action(row, detail=detail)
    return child


def _refuse_unfit(row: Task) -> None:
    if row.status not in (*OPEN, Status.SUSPENDED) or row.status == Status.AWAITING:
        raise Refused(
            _("The task is “%(state)s”; nothing is put under it now.")
            % {"state": row.get_status_display()}
        )
    if depth_of(row) >= DEEPEST:
        raise Refused(_("Tasks stand at most %(n)d levels under each other.") % {"n": DEEPEST})


def _under(actor: User | None, row: Task, under: UnderKind, judge: Body | None, part: Part) -> Task:
    title = shorten(" ".join(part.title.split()))
    now = timezone.now()
    child = Task.objects.create(
        document=row.document,
        directive=row.directive,
        nature=row.nature,
        programme=row.programme,
        place=row.place,
        title=title,
        action=row.action if part.title == row.title else part.title.strip(),
        issuer=row.issuer,
        product=part.product.strip()[:300],
        assigner=judge,
        parent=row,
        under=under,
        said_on=row.said_on,
        folded=fold(f"{part.title} {row.action} {row.issuer}"),
        recorded_at=now,
        recorded_by=actor,
        **_due(row, part.deadline),
    )
    begin(child, at=now, by=actor)
    return child


def _due(row: Task, deadline: str) -> dict[str, Any]:
    period, due = read_typed_deadline(deadline, on=row.said_on, rule=row.counted_by)
    if due is None:
        fields = ("deadline", "due_from", "due_to", "due_rule")
        return {name: getattr(row, name) for name in fields}
    if row.due_to is not None and due.due_to > row.due_to:
        raise Refused(
            _("%(part)s lies after the deadline of the whole task, %(whole)s.")
            % {"part": say_day(due.due_to), "whole": say_day(row.due_to)}
        )
    return due_fields(period, due)


def _same_body(actor: User | None, child: Task, lead: Assignment) -> None:
    Assignment.objects.create(
        task=child,
        role=AssignmentRole.LEAD,
        as_written=lead.as_written,
        body_ref=lead.body_ref,
        by_hand=True,
        given_by=actor,
        given_at=timezone.now(),
    )
