"""Writes on access tokens; they stand beside the log, for accounts itself knows no log."""

import datetime as dt

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from diemcau.accounts.models import User
from diemcau.accounts.rules import Duty, holds_everywhere
from diemcau.accounts.tokens import LONGEST_DAYS, AccessToken, Scope, make_secret
from diemcau.audit.actions import action, record_action

__all__ = ["create_token", "revoke_token"]

_LONGEST_NAME = 100


def _is_active(person: User) -> bool:
    return person.is_active


@action("accounts.create_token", may=_is_active)
def create_token(
    actor: User | None, *, name: str, scope: str, days: int
) -> tuple[AccessToken, str]:
    """Make a token for the person who asks.

    Args:
        name: what the person calls it.
        scope: one of `Scope`.
        days: how long it opens, 1..365.
    Returns:
        The token and its secret, which is nowhere kept and is shown once.
    Raises:
        ValidationError: by field: "name", "scope" or "days".
    """
    if actor is None:
        raise ValueError("the installation needs no token of its own")
    # A name is shown to others: on one line, and no longer than its column.
    name = " ".join(name.split())
    problems = {}
    if not name or len(name) > _LONGEST_NAME:
        problems["name"] = _("Name the token, in at most %(n)s characters.") % {"n": _LONGEST_NAME}
    if scope not in Scope.values:
        problems["scope"] = _("There is no such scope.")
    if not 1 <= days <= LONGEST_DAYS:
        problems["days"] = _("A token lives from 1 to %(n)s days.") % {"n": LONGEST_DAYS}
    if problems:
        raise ValidationError(problems)
    secret, digest, hint = make_secret()
    now = timezone.now()
    token = AccessToken.objects.create(
        person=actor,
        name=name,
        digest=digest,
        hint=hint,
        scope=scope,
        created_at=now,
        expires_at=now + dt.timedelta(days=days),
    )
    detail = {"name": name, "scope": scope, "expires_at": token.expires_at.isoformat()}
    record_action(token, detail=detail)
    return token, secret


@action("accounts.revoke_token", may=_is_active)
def revoke_token(actor: User | None, pk: int) -> AccessToken:
    """Revoke a token: one's own, or anybody's for who administers the whole; it opens no more.

    Raises:
        AccessToken.DoesNotExist: there is none, or it is revoked already.
        PermissionDenied: it is somebody else's.
    """
    token = AccessToken.objects.select_for_update().get(pk=pk, revoked_at=None)
    own = actor is None or token.person_id == actor.pk
    if not own and not holds_everywhere(actor, Duty.MANAGE):
        raise PermissionDenied("accounts.revoke_token")
    token.revoked_at = timezone.now()
    token.save(update_fields=["revoked_at"])
    record_action(token, detail={"name": token.name, "person": token.person_id})
    return token
