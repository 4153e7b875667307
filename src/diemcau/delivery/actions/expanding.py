"""Saying which bodies a collective means, and what each of them delivers of its own."""

import datetime as dt
from collections.abc import Collection

from django.db.models import Count, QuerySet, TextChoices
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from diemcau.accounts.models import User
from diemcau.accounts.rules import can_confirm
from diemcau.audit.actions import action, record_action
from diemcau.delivery.actions.assigning import give, lock_assignment, settle_given
from diemcau.delivery.actions.evidence import Shown, attach
from diemcau.delivery.doers.naming import body_named, refuse_hidden
from diemcau.delivery.ledger import settle_lead, touch
from diemcau.delivery.models import Answer, Assignment, AssignmentRole, Completion, Task
from diemcau.delivery.refusals import Refused
from diemcau.delivery.rules import can_follow_up, require_acting, require_party
from diemcau.delivery.states import OPEN, Party, Status
from diemcau.directory.models import Body
from diemcau.directory.queries import bodies_on
from diemcau.indicators.days import say_day

__all__ = [
    "Group",
    "bodies_of_group",
    "count_groups",
    "deliver_part",
    "expand_collective",
    "return_part",
    "undo_expansion",
]


class Group(TextChoices):
    """Bodies that are named together."""

    MINISTRIES = "ministries", gettext_lazy("All ministries and ministerial agencies")
    AGENCIES = "agencies", gettext_lazy("All agencies under the Government")
    PROVINCES = "provinces", gettext_lazy("All provinces and cities")
    MISSIONS = "missions", gettext_lazy("All missions abroad")


_KINDS: dict[Group, tuple[str, ...]] = {
    Group.MINISTRIES: ("ministry",),
    Group.AGENCIES: ("agency",),
    Group.PROVINCES: ("province", "city"),
    Group.MISSIONS: (
        "embassy",
        "consulate_general",
        "permanent_mission",
        "representative_office",
    ),
}


def bodies_of_group(group: Group, on: dt.date) -> QuerySet[Body]:
    """The bodies of a group that stand on a day, in Vietnamese order."""
    return bodies_on(on, kinds=_KINDS[group])


def count_groups(on: dt.date) -> dict[Group, int]:
    """How many bodies of each group stand on a day; one statement."""
    kinds = {kind for kinds in _KINDS.values() for kind in kinds}
    rows = bodies_on(on, kinds=kinds).order_by().values_list("kind").annotate(n=Count("pk"))
    counts = dict(rows)
    return {group: sum(counts.get(kind, 0) for kind in _KINDS[group]) for group in Group}


@action("delivery.expand_collective", may=can_confirm)
def expand_collective(
    actor: User | None,
    *,
    assignment: int,
    groups: Collection[Group] = (),
    bodies: Collection[str] = (),
    completion: Completion,
    on: dt.date | None = None,
    seen: int | None = None,
) -> list[Assignment]:
    """Say which bodies a collective of a task means; each then has the task itself.

    Bodies that hold the task already in a role of their own are left out.
    Args:
        assignment: the collective, "các bộ, ngành, địa phương".
        groups, bodies: all of some groups, and single bodies by name or id, as they stood `on`.
        completion: when the collective as a whole has delivered.
        on: today without it; a task of an earlier day may mean the bodies of that day, whose
            successors then answer.
    Raises:
        PermissionDenied: they did not give the task.
        Refused: it is one body, it was said already, nobody is named or left.
    """
    row, made = lock_assignment(assignment, seen=seen)
    require_party(actor, row, Party.ASSIGNER)
    if row.status not in (*OPEN, Status.SUSPENDED):
        raise Refused(
            _("The task is “%(state)s”; nobody is added to it now.")
            % {"state": row.get_status_display()}
        )
    if not made.is_collective:
        raise Refused(_("%(name)s is one body, not many.") % {"name": made})
    if made.completion:
        raise Refused(_("Which bodies it means was said already; take that back first."))
    on = _day(on)
    meant = {one.pk: one for group in groups for one in bodies_of_group(group, on)}
    named = (body_named(words, on=on) for words in bodies if words.strip())
    meant |= {one.pk: one for one in named}
    if not meant:
        raise Refused(_("Choose a group, or name at least one body."))
    standing = set(row.assignments.filter(ended_at=None).values_list("body", flat=True))
    left = [one for one in meant.values() if one.ref not in standing]
    if not left:
        raise Refused(_("All these bodies have the task already."))
    refuse_hidden(row.document, left)
    role = AssignmentRole(made.role)
    members = [give(actor, row, one, role, expanded_from=made) for one in left]
    made.completion = completion.value
    made.save(update_fields=["completion"])
    settle_given(actor, row)
    touch(row)
    detail = {
        "assignment": made.pk,
        "completion": completion.value,
        "groups": [group.value for group in groups],
        "bodies": [one.ref for one in left],
        "on": on.isoformat(),
    }
    record_action(row, detail=detail)
    return members


@action("delivery.undo_expansion", may=can_confirm)
def undo_expansion(actor: User | None, *, assignment: int, seen: int | None = None) -> Assignment:
    """Take back which bodies a collective means, while none of them has said anything.

    Raises:
        PermissionDenied: they did not give the task.
        Refused: nothing was said, or a body has answered, reported or delivered.
    """
    row, made = lock_assignment(assignment, seen=seen)
    require_party(actor, row, Party.ASSIGNER)
    if not made.completion:
        raise Refused(_("Nobody said yet which bodies “%(name)s” are.") % {"name": made})
    members = list(made.members.filter(ended_at=None))
    if spoke := [one for one in members if _spoke(row, one)]:
        names = ", ".join(one.as_written for one in spoke[:5])
        raise Refused(
            _("%(names)s answered already; end single bodies instead.") % {"names": names}
        )
    now = timezone.now()
    for one in members:
        one.ended_at, one.ended_by = now, actor
        one.ended_because = _("Which bodies are meant was taken back")
        one.save(update_fields=["ended_at", "ended_by", "ended_because"])
    made.completion = ""
    made.save(update_fields=["completion"])
    settle_lead(row)
    touch(row)
    record_action(row, detail={"assignment": made.pk, "bodies": [one.body for one in members]})
    return made


@action("delivery.deliver_part", may=can_follow_up)
def deliver_part(
    actor: User | None,
    *,
    assignment: int,
    shown: Shown | None = None,
    seen: int | None = None,
) -> Assignment:
    """Say that one body of a collective has delivered its own part of a task.

    Args:
        assignment: that body's, made when a collective was said to mean it.
        shown: evidence that comes with it; without it the body has shown some before.
    Raises:
        PermissionDenied: they do not act for that body.
        Refused: it is not one of a collective, has delivered already, or shows nothing.
    """
    row, made = lock_assignment(assignment, seen=seen)
    body = require_acting(actor, row, made)
    if made.expanded_from_id is None:
        raise Refused(
            _("%(name)s has the whole task, not a part; report the task done.") % {"name": made}
        )
    if made.delivered_at is not None:
        raise Refused(
            _("%(name)s has delivered already, on %(day)s.")
            % {"name": made, "day": say_day(timezone.localtime(made.delivered_at).date())}
        )
    if row.status not in OPEN:
        raise Refused(
            _("The task is “%(state)s”; no part of it is delivered now.")
            % {"state": row.get_status_display()}
        )
    given = attach(actor, row, shown, body=body) if shown is not None else None
    own = row.evidence.filter(withdrawn_at=None, body__isnull=False)
    if given is None and not own.filter(body__in=[body, *_named(made)]).exists():
        raise Refused(_("Show what %(name)s delivered: attach evidence of it.") % {"name": made})
    made.delivered_at = timezone.now()
    made.save(update_fields=["delivered_at"])
    row.last_word_at = made.delivered_at
    touch(row, "last_word_at")
    detail = {"assignment": made.pk, "body": made.body, "evidence": given.pk if given else None}
    record_action(row, detail=detail)
    return made


@action("delivery.return_part", may=can_confirm)
def return_part(
    actor: User | None, *, assignment: int, reason: str, seen: int | None = None
) -> Assignment:
    """Return a part that a body of a collective delivered; its evidence stays.

    Raises:
        PermissionDenied: they did not give the task.
        Refused: it has not delivered, the task is done, or no reason is given.
    """
    row, made = lock_assignment(assignment, seen=seen)
    require_party(actor, row, Party.ASSIGNER)
    if made.delivered_at is None:
        raise Refused(_("%(name)s has not delivered yet.") % {"name": made})
    if row.status in (Status.AWAITING, Status.DONE):
        raise Refused(
            _("The task is “%(state)s”; return its result first.")
            % {"state": row.get_status_display()}
        )
    reason = reason.strip()[:500]
    if not reason:
        raise Refused(_("Say why, in a few words."))
    made.delivered_at = None
    made.save(update_fields=["delivered_at"])
    touch(row)
    record_action(row, detail={"assignment": made.pk, "body": made.body}, reason=reason)
    return made


def _day(on: dt.date | None) -> dt.date:
    today = timezone.localdate()
    if on is not None and on > today:
        raise Refused(_("The day lies in the future: %(day)s.") % {"day": say_day(on)})
    return on or today


def _spoke(row: Task, one: Assignment) -> bool:
    return (
        one.answer != Answer.WAITING
        or one.delivered_at is not None
        or one.answers.exists()
        or one.progress.exists()
        or row.progress.filter(body__ref=one.body).exists()
        or row.evidence.filter(body__ref=one.body, withdrawn_at=None).exists()
    )


def _named(made: Assignment) -> QuerySet[Body]:
    return Body.objects.filter(ref=made.body)
