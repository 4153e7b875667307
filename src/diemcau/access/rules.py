"""Over which bodies a person holds a role: the grant, what its body reaches, who lent it."""

from collections.abc import Iterable

from django.utils import timezone

from diemcau.accounts.models import Role, User
from diemcau.accounts.rules import (
    Duty,
    Held,
    Holdings,
    denied_bodies,
    held_by,
    remember_holdings,
)
from diemcau.audit.actions import stands_in_for
from diemcau.audit.kept import are_kept, kept
from diemcau.directory.reach import reaches

__all__ = ["covering", "covers", "grantable", "reached", "recall", "sees_closed_of", "use_grant"]


def recall(by: User) -> None:
    """Judge who only reads by what they held when somebody last wrote: a grant is a write too."""
    if not are_kept():
        return
    today = timezone.localdate()

    def find() -> Holdings:
        return held_by(by), denied_bodies(by)

    remember_holdings(by, kept("holdings", (by.pk, by.is_active, today), find), on=today)


def reached(by: User, bodies: Iterable[int | None]) -> set[int]:
    """All that some bodies reach; the tree is walked once for whatever a person holds.

    Args:
        bodies: ids in the directory; None, the whole installation, is left out.
    """
    kept: dict[int, set[int]] = by.__dict__.setdefault("_reaches", {})
    wanted = {body for body in bodies if body is not None}
    if not wanted <= kept.keys():
        held = {one.body for one in held_by(by) if one.body is not None}
        kept |= reaches(held | wanted | set(denied_bodies(by)))
    return set().union(*(kept[body] for body in wanted))


def covers(by: User, held: Held, body: int | None) -> bool:
    """Whether a grant a person holds is over a body; None is the installation's own desk."""
    return held.body is None or (body is not None and body in reached(by, [held.body]))


def covering(by: User, duty: Duty, body: int | None) -> Held | None:
    """The grant by which a person does something over a body; their own before a lent one.

    Args:
        body: id in the directory; None is the installation's own desk.
    """
    able = [one for one in held_by(by) if one.has(duty)]
    for one in sorted(able, key=lambda held: held.lender is not None):
        if covers(by, one, body):
            return one
    return None


def use_grant(held: Held) -> None:
    """Say in the log on whose behalf the running action is done, where its grant is a lent one."""
    if held.lender is not None:
        stands_in_for(User.objects.get(pk=held.lender))


def sees_closed_of(by: User | None, body: int | None) -> bool:
    """Whether a person sees what a body keeps closed; only they may close and open it."""
    if by is None:
        return True
    return any(one.sees_closed and covers(by, one, body) for one in held_by(by))


def grantable(by: User | None, body: int | None) -> list[Role]:
    """The roles a person may give over a body.

    The auditor's and the administrator's over the whole installation are given only by who
    administers the whole; the auditor's over less means nothing, for the log is one.
    """
    if by is not None and covering(by, Duty.MANAGE, body) is None:
        return []
    return [role for role in Role if role != Role.AUDITOR or body is None]
