"""One-time links: made, looked at, spent; plain functions that several actions share."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from diemcau.accounts.models import User
from diemcau.signin.models import LinkKind, OneTimeLink
from diemcau.signin.sealing import digest, make_token

__all__ = ["LASTS", "LASTS_BY_HAND", "cancel_links", "look_at_link", "make_link", "spend_link"]

LASTS = timedelta(minutes=30)
"""How long a link that was mailed is good."""
LASTS_BY_HAND = timedelta(hours=24)
"""How long a link is good that an administrator passes on."""


def make_link(person: User, kind: LinkKind, lasts: timedelta, *, email: str = "") -> str:
    """Make a link and cancel the person's others of its kind.

    Returns:
        The token that stands in its address; it is not kept.
    """
    cancel_links(person, kind)
    token, now = make_token(), timezone.now()
    OneTimeLink.objects.create(
        kind=kind,
        person=person,
        digest=digest("link", token),
        email=email,
        made_at=now,
        expires_at=now + lasts,
    )
    return token


def look_at_link(token: str, kind: LinkKind) -> OneTimeLink:
    """The link of a token, if it is good still.

    Raises:
        ValidationError: it is unknown, used, cancelled or too old; which of them is not said.
    """
    link = (
        OneTimeLink.objects.select_related("person")
        .filter(
            digest=digest("link", token),
            kind=kind,
            used_at=None,
            expires_at__gt=timezone.now(),
            person__is_active=True,
        )
        .first()
    )
    if link is None:
        raise ValidationError(_("This link is good no more: it was used, or its time is over."))
    return link


def spend_link(token: str, kind: LinkKind) -> OneTimeLink:
    """Use a link up; of two at the same moment one succeeds.

    Raises:
        ValidationError: as `look_at_link`.
    """
    link = look_at_link(token, kind)
    if not OneTimeLink.objects.filter(pk=link.pk, used_at=None).update(used_at=timezone.now()):
        raise ValidationError(_("This link is good no more: it was used, or its time is over."))
    return link


def cancel_links(person: User, *kinds: LinkKind) -> None:
    """Let the person's open links of some kinds be good no more."""
    OneTimeLink.objects.filter(person=person, kind__in=kinds, used_at=None).delete()
