"""Passwords changed and reset, one-time links, the e-mail address they go to."""

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from diemcau.accounts.first_note import forget_first_login
from diemcau.accounts.models import User
from diemcau.audit.accounts import check_password_strength
from diemcau.audit.actions import action, record_action
from diemcau.signin.links import LASTS, LASTS_BY_HAND, cancel_links, make_link, spend_link
from diemcau.signin.models import LinkKind, Session
from diemcau.signin.rules import can_rule_signing_in, is_active

__all__ = [
    "change_own_password",
    "confirm_email",
    "issue_link",
    "mail_reset_link",
    "remove_email",
    "reset_password",
    "start_email",
]


@action("accounts.change_own_password", may=is_active)
def change_own_password(actor: User | None, *, old: str, new: str, keep: str = "") -> User:
    """Change the password of the person who asks; other sessions and open links end with it.

    Args:
        old: the password in force.
        new: what takes its place.
        keep: the key of the session's row that goes on.
    Raises:
        ValidationError: by field, "old" or "new": the old one is wrong, or the new one too weak.
    """
    person = _locked(actor)
    if not person.check_password(old):
        raise ValidationError({"old": _("This is not your password now; nothing was changed.")})
    _set_password(person, new, keep=keep)
    record_action(person)
    return person


@action("signin.reset_password", may=is_active)
def reset_password(actor: User | None, token: str, *, new: str) -> User:
    """Set a new password by a one-time link; every session ends, second factors stay.

    Raises:
        ValidationError: by field "new": it is too weak, and the link stays good; or the link is
            good no more.
    """
    link = spend_link(token, LinkKind.RESET)
    person = User.objects.select_for_update().get(pk=link.person_id)
    _set_password(person, new)
    record_action(person, detail={"link": link.pk})
    return person


@action("signin.issue_link", may=can_rule_signing_in)
def issue_link(actor: User | None, pk: int, *, kind: str, reason: str) -> str:
    """Make a one-time link an administrator passes on to a person.

    Args:
        kind: "reset" for a new password, "invite" to connect an outside account.
        reason: why, for the log.
    Returns:
        The token that stands in its address, to be shown once.
    Raises:
        ValidationError: no reason is given, the account is closed, or there is no such kind.
    """
    if not reason.strip():
        raise ValidationError(_("Say why; it stands in the log."))
    person = User.objects.select_for_update().get(pk=pk)
    if not person.is_active or kind not in {LinkKind.RESET, LinkKind.INVITE}:
        raise ValidationError(_("This account is closed; open it first."))
    token = make_link(person, LinkKind(kind), LASTS_BY_HAND)
    record_action(person, detail={"kind": kind}, reason=reason.strip())
    return token


@action("signin.mail_reset_link", may=is_active)
def mail_reset_link(actor: User | None, person: User) -> str:
    """Make a reset link for a person; returns the token the caller mails to their address."""
    token = make_link(person, LinkKind.RESET, LASTS)
    record_action(person)
    return token


@action("signin.start_email", may=is_active)
def start_email(actor: User | None, *, email: str) -> str:
    """Begin to take in an e-mail address of the person who asks; it counts once its link is opened.

    Returns:
        The token the caller mails to the address.
    Raises:
        ValidationError: it is no address.
    """
    person = _locked(actor)
    email = email.strip()
    try:
        validate_email(email)
    except ValidationError as refused:
        raise ValidationError(_("This is no e-mail address.")) from refused
    token = make_link(person, LinkKind.EMAIL, LASTS_BY_HAND, email=email)
    record_action(person)
    return token


@action("signin.confirm_email", may=is_active)
def confirm_email(actor: User | None, token: str) -> User:
    """Take an address in force that its link has shown to be the person's.

    Raises:
        ValidationError: the link is good no more, or another person's.
    """
    person = _locked(actor)
    link = spend_link(token, LinkKind.EMAIL)
    if link.person_id != person.pk:
        raise ValidationError(_("This link is for another person; sign in as that person."))
    person.email = link.email
    person.save(update_fields=["email"])
    record_action(person)
    return person


@action("signin.remove_email", may=is_active)
def remove_email(actor: User | None) -> None:
    """Forget one's own e-mail address; reset links go nowhere then."""
    person = _locked(actor)
    person.email = ""
    person.save(update_fields=["email"])
    cancel_links(person, LinkKind.EMAIL, LinkKind.RESET)
    record_action(person)


def _set_password(person: User, new: str, *, keep: str = "") -> None:
    check_password_strength(new, person)
    person.set_password(new)
    person.save(update_fields=["password"])
    cancel_links(person, LinkKind.RESET, LinkKind.EMAIL)
    Session.objects.filter(person=person).exclude(pk=keep).delete()
    transaction.on_commit(lambda: forget_first_login(person))


def _locked(actor: User | None) -> User:
    if actor is None:
        raise ValueError("the installation has no password of its own")
    return User.objects.select_for_update().get(pk=actor.pk)
