"""Who may decide at the gate, and who sees what was stopped there.

What was brought for a body is decided on by those who act over that body; files held apart are the
installation's matter.
"""

from django.db.models import Q

from diemcau.access.rules import covering, reached
from diemcau.accounts.models import Role, User
from diemcau.accounts.rules import Duty, can_add_documents, held_by, holds_everywhere
from diemcau.gate.models import Stop

__all__ = ["can_decide_held", "can_record_paper", "may_decide_secrecy", "may_refuse", "seen_stops"]


def may_refuse(by: User | None, stop: Stop) -> bool:
    """May give up a stopped file, or record its paper: who brought it, and their body's people."""
    if by is None or stop.stopped_by_id == by.pk:
        return True
    return covering(by, Duty.ADD, stop.owner_id) is not None


def may_decide_secrecy(by: User | None, stop: Stop) -> bool:
    """May say that a marked file is not secret after all: a second person who confirms over its
    body. Whoever keeps the whole installation may be alone, and decides on their own too."""
    if by is None:
        return True
    if stop.stopped_by_id == by.pk:
        return holds_everywhere(by, Duty.CONFIRM)
    return covering(by, Duty.CONFIRM, stop.owner_id) is not None


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
