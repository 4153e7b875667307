"""Whose a document is, and to whom it is closed."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied

from diemcau.access.rules import covering, reached, sees_closed_of
from diemcau.accounts.models import User
from diemcau.accounts.rules import Duty, held_by, holds_everywhere
from diemcau.directory.models import Body
from diemcau.documents.rules import Reader

__all__ = ["Custody", "allow_custody", "default_custody", "owners_for"]


@dataclass(frozen=True, slots=True)
class Custody:
    """Whose a document is.

    Args:
        owner: id of the body; None is the installation's own desk.
        is_closed: only the owner's people who may see closed documents see it.
    """

    owner: int | None = None
    is_closed: bool = False


def default_custody(by: Reader) -> Custody:
    """Where what a person brings goes without a word: the desk, or the body they work for."""
    if by is None or holds_everywhere(by, Duty.ADD):
        return Custody()
    bodies = [one.body for one in held_by(by) if one.has(Duty.ADD)]
    return Custody(owner=bodies[0] if bodies else None)


def owners_for(by: User) -> list[Body]:
    """The bodies a person may bring documents for, besides the desk, in Vietnamese order.

    Over the whole installation that is any body, which a page asks for by name: then none.
    """
    if holds_everywhere(by, Duty.ADD):
        return []
    bodies = [one.body for one in held_by(by) if one.has(Duty.ADD)]
    return list(Body.objects.filter(pk__in=reached(by, bodies)))


def allow_custody(by: Reader, custody: Custody) -> None:
    """Refuse who may not put documents there, or may not close what they would not see.

    Raises:
        PermissionDenied: says which.
    """
    if by is None:
        return
    if covering(by, Duty.ADD, custody.owner) is None:
        raise PermissionDenied("documents: another body's")
    if custody.is_closed and not sees_closed_of(by, custody.owner):
        raise PermissionDenied("documents: closed to who would close it")
