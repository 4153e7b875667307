"""Who may decide at the gate, and who sees what was stopped there.

What was brought for a body is decided on by those who act over that body; files held apart are the
installation's matter.
"""

from collections.abc import Sequence

from django.db.models import Q
from django.utils import timezone

from diemcau.access.rules import covering, reached
from diemcau.accounts.models import Delegation, Grant, Role, User
from diemcau.accounts.rules import (
    ROLES_WITH,
    Duty,
    can_add_documents,
    held_by,
    holds_everywhere,
    in_force,
)
from diemcau.directory.reach import reaches
from diemcau.gate.models import Stop

__all__ = [
    "can_decide_held",
    "can_record_paper",
    "may_decide_secrecy",
    "may_refuse",
    "openable",
    "seen_stops",
]


def may_refuse(by: User | None, stop: Stop) -> bool:
    """May give up a stopped file, or record its paper: who brought it, and their body's people."""
    if by is None or stop.stopped_by_id == by.pk:
        return True
    return covering(by, Duty.ADD, stop.owner_id) is not None


def may_decide_secrecy(by: User | None, stop: Stop) -> bool:
    """May say that a marked file is not secret after all: `openable` says of which."""
    return by is None or stop.pk in openable(by, [stop])


def openable(by: User, stops: Sequence[Stop]) -> set[int]:
    """Of which stopped files a person may say that they are not secret: ids of the stops.

    It takes a second person who confirms over the file's body, whatever the role of who brought it.
    Only where nobody else could decide, as where one person keeps all, who brought it does.
    """
    able = [one for one in stops if covering(by, Duty.CONFIRM, one.owner_id) is not None]
    own = [one for one in able if one.stopped_by_id == by.pk]
    decided_by_others = _with_others(by, {one.owner_id for one in own}) if own else set()
    return {one.pk for one in able if one not in own or one.owner_id not in decided_by_others}


def _with_others(by: User, bodies: set[int | None]) -> set[int | None]:
    """Those of some bodies over which somebody else confirms today, by a grant or a loan."""
    today = timezone.localdate()
    lent = Delegation.objects.filter(in_force(today), to__is_active=True).exclude(to=by)
    others = Grant.objects.filter(
        (~Q(person=by) & Q(person__is_active=True))
        | Q(person=by, pk__in=lent.order_by().values("grant")),
        in_force(today),
        role__in=ROLES_WITH[Duty.CONFIRM],
    )
    held = set(others.order_by().values_list("body", flat=True).distinct())
    if None in held:
        return bodies
    reached_by_them = set().union(*reaches(body for body in held if body is not None).values())
    return {body for body in bodies if body in reached_by_them}


def seen_stops(by: User) -> Q:
    """The stops a person sees: those they met themselves, and those of the bodies they work for."""
    if holds_everywhere(by, Duty.ADD):
        return Q()
    bodies = reached(by, [held.body for held in held_by(by) if held.has(Duty.ADD)])
    return Q(stopped_by=by) | Q(owner__in=bodies)


def can_record_paper(person: User) -> bool:
    """May record that a document exists on paper."""
    return can_add_documents(person)


def can_decide_held(person: User) -> bool:
    """May release or destroy a file that is held apart: over the whole installation."""
    roles = {Role.SECRETARIAT, Role.ADMINISTRATOR}
    return any(held.body is None and held.role in roles for held in held_by(person))
