"""Giving a task to bodies, taking it from them, and what they answer."""

from django.db.models import TextChoices
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from diemcau.accounts.models import User
from diemcau.accounts.rules import can_confirm
from diemcau.audit.actions import action, record_action
from diemcau.delivery.actions.moves import apply_move
from diemcau.delivery.doers.answering import write_answer
from diemcau.delivery.doers.leads import lead_of
from diemcau.delivery.doers.naming import body_named, refuse_hidden
from diemcau.delivery.ledger import settle_lead, touch
from diemcau.delivery.locking import lock_task
from diemcau.delivery.models import Answer, Assignment, AssignmentAnswer, AssignmentRole, Task
from diemcau.delivery.recording import given_by_hand
from diemcau.delivery.refusals import Refused, no_longer_given
from diemcau.delivery.rules import can_follow_up, parties_of, require_acting, require_party
from diemcau.delivery.states import OPEN, Move, Party, Status
from diemcau.directory.models import Body
from diemcau.indicators.days import say_day

__all__ = [
    "EarlierLead",
    "answer_assignment",
    "assign",
    "assign_body",
    "end_assignment",
    "give",
    "lock_assignment",
    "settle_given",
]


class EarlierLead(TextChoices):
    """What becomes of the body that led a task until another was given the lead."""

    COORDINATING = "coordinating", gettext_lazy("goes on as a coordinating body")
    ENDED = "ended", gettext_lazy("has nothing more to do with the task")


@action("delivery.assign_body", may=can_confirm)
def assign_body(
    actor: User | None,
    *,
    task: int,
    body: str,
    role: AssignmentRole,
    earlier_lead: EarlierLead | None = None,
    seen: int | None = None,
) -> Assignment:
    """Give a task to a body, in a role; one it held before ends.

    Source: a task has one lead, named coordinating bodies, and those that follow it.
    Args:
        task: its id.
        body: name or id of one body that stands today.
        earlier_lead: what becomes of whoever leads now, when the lead is given to another; nothing
            is assumed.
    Raises:
        PermissionDenied: they did not give the task.
        Refused: no such body, it holds that role already, or nobody said what becomes of the lead.
    """
    row = lock_task(task, seen=seen)
    named = body_named(body, on=timezone.localdate())
    made, detail = assign(actor, row, named, role, earlier_lead)
    record_action(row, detail=detail)
    return made


def assign(
    actor: User | None,
    row: Task,
    named: Body,
    role: AssignmentRole,
    earlier_lead: EarlierLead | None,
) -> tuple[Assignment, dict[str, object]]:
    """Give a locked task to a body; for the actions that give one task, and many.

    Returns:
        The assignment, and what the log says of it.
    Raises:
        PermissionDenied, Refused: as `assign_body`; nothing was written.
    """
    require_party(actor, row, Party.ASSIGNER)
    _refuse_closed(row)
    refuse_hidden(row.document, [named])
    standing = list(row.assignments.filter(ended_at=None))
    held = [one for one in standing if one.body == named.ref]
    if any(one.role == role for one in held):
        raise Refused(
            _("%(name)s has this task already: %(role)s.")
            % {"name": named.name, "role": role.label.lower()}
        )
    leads = [one for one in standing if one.is_lead and one.body != named.ref]
    detail: dict[str, object] = {"body": named.ref, "role": role.value}
    if role == AssignmentRole.LEAD and leads:
        detail["leads_before"] = [one.body_ref or one.as_written for one in leads]
        detail["earlier_lead"] = _displace(actor, leads, earlier_lead)
    for one in held:
        _end(actor, one, _("Given another role: %(role)s") % {"role": role.label})
    made = give(actor, row, named, role)
    settle_given(actor, row)
    touch(row)
    return made, {**detail, "assignment": made.pk}


def settle_given(actor: User | None, row: Task) -> None:
    """Keep who leads and who gave a task, after bodies were given it.

    Raises:
        Refused: it now has bodies over which whoever gives it says nothing.
    """
    before = row.assigner_id
    settle_lead(row)
    if row.assigner_id != before and Party.ASSIGNER not in parties_of(actor, row):
        raise Refused(no_longer_given())


def give(
    actor: User | None,
    row: Task,
    body: Body,
    role: AssignmentRole,
    *,
    expanded_from: Assignment | None = None,
) -> Assignment:
    """Write that a person gave a task to a body; for the actions that give one."""
    columns = given_by_hand(
        row.pk,
        role,
        name=body.name,
        ref=body.ref,
        by=actor,
        at=timezone.now(),
        expanded_from=expanded_from.pk if expanded_from else None,
    )
    return Assignment.objects.create(**columns)


def _displace(actor: User | None, leads: list[Assignment], what: EarlierLead | None) -> str:
    if what is None:
        names = ", ".join(one.as_written for one in leads)
        raise Refused(
            _("%(names)s leads this task. Say whether it goes on as coordinating, or ends.")
            % {"names": names}
        )
    for one in leads:
        _end(actor, one, _("The lead was given to another body"))
        if what == EarlierLead.COORDINATING:
            Assignment.objects.create(
                task_id=one.task_id,
                role=AssignmentRole.COORDINATING,
                as_written=one.as_written,
                body_ref=one.body_ref,
                by_hand=True,
                given_by=actor,
                given_at=timezone.now(),
            )
    return what.value


@action("delivery.end_assignment", may=can_confirm)
def end_assignment(
    actor: User | None, *, assignment: int, reason: str, seen: int | None = None
) -> Assignment:
    """Take a task from a body, or from a collective with all that it was said to be.

    Args:
        reason: why, in the person's words.
    Raises:
        PermissionDenied: they did not give the task.
        Refused: it ended already, the task is done, or no reason is given.
    """
    row, made = lock_assignment(assignment, seen=seen)
    require_party(actor, row, Party.ASSIGNER)
    _refuse_closed(row)
    reason = reason.strip()[:500]
    if not reason:
        raise Refused(_("Say why, in a few words."))
    for member in made.members.filter(ended_at=None):
        _end(actor, member, reason)
    _end(actor, made, reason)
    settle_lead(row)
    touch(row)
    detail = {"assignment": made.pk, "body": made.body_ref or made.as_written, "role": made.role}
    record_action(row, detail=detail, reason=reason)
    return made


@action("delivery.answer_assignment", may=can_follow_up)
def answer_assignment(
    actor: User | None,
    *,
    assignment: int,
    answer: Answer,
    reason: str = "",
    seen: int | None = None,
) -> AssignmentAnswer:
    """Say, for a body that was given a task, whether it takes it.

    Returned, it waits to be given otherwise; refused by the one lead, the task itself is refused.
    Args:
        reason: why; returning and refusing ask for it.
    Raises:
        PermissionDenied: they do not act for that body.
        Refused: it ended, it is the answer given already, the task is closed, or no reason.
    """
    row, made = lock_assignment(assignment, seen=seen)
    body = require_acting(actor, row, made)
    reason = reason.strip()[:500]
    if made.is_collective:
        raise Refused(_("Many are meant; each answers once somebody said which bodies they are."))
    if answer == Answer.WAITING:
        raise Refused(_("Accept it, return it or refuse it."))
    if answer != Answer.ACCEPTED and not reason:
        raise Refused(_("Say why, in a few words."))
    if answer == made.answer:
        raise Refused(
            _("That is the answer given already: %(answer)s.")
            % {"answer": made.get_answer_display()}
        )
    if row.status not in OPEN:
        raise Refused(
            _("The task is “%(state)s”; it asks for no answer now.")
            % {"state": row.get_status_display()}
        )
    before = made.answer
    lead = lead_of(row)
    if answer == Answer.REFUSED and lead is not None and lead.pk == made.pk:
        apply_move(actor, row, Move.REFUSE, reason=reason)
        said = made.answers.latest("pk")
    else:
        said = write_answer(actor, made, answer, reason, body)
        row.last_word_at = said.at
        touch(row, "last_word_at")
    detail = {
        "assignment": made.pk,
        "before": {"answer": before},
        "after": {"answer": answer.value},
        "status": row.status,
    }
    record_action(row, detail=detail, reason=reason)
    return said


def lock_assignment(pk: int, *, seen: int | None) -> tuple[Task, Assignment]:
    """A standing assignment with its task, locked until the transaction ends.

    Raises:
        TaskMoved, Refused: as `lock_task`; or the assignment ended.
    """
    row = lock_task(Assignment.objects.values_list("task", flat=True).get(pk=pk), seen=seen)
    made = Assignment.objects.get(pk=pk)
    if made.ended_at is not None:
        raise Refused(
            _("%(name)s has nothing to do with this task since %(day)s.")
            % {"name": made, "day": say_day(timezone.localdate(made.ended_at))}
        )
    return row, made


def _end(actor: User | None, one: Assignment, reason: str) -> None:
    one.ended_at, one.ended_by, one.ended_because = timezone.now(), actor, reason[:500]
    one.save(update_fields=["ended_at", "ended_by", "ended_because"])


def _refuse_closed(row: Task) -> None:
    if row.status == Status.DONE:
        raise Refused(_("The task is done; reopen it first."))
