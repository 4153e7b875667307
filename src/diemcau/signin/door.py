"""Trying to come in: the limit first, then the secret, then the one action that keeps it."""

from django.contrib.auth import authenticate
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from diemcau.accounts.models import User
from diemcau.signin.actions.door import (
    SignedAnswer,
    add_from_identity,
    confirm,
    record_refusal,
    sign_in,
)
from diemcau.signin.actions.passwords import change_own_password
from diemcau.signin.devices import Where
from diemcau.signin.limits import Taken, forget, give_back, take
from diemcau.signin.models import Identity, Passkey
from diemcau.signin.providers import Claimed
from diemcau.signin.rules import has_second_factor

__all__ = [
    "change_password",
    "come_in",
    "come_in_with_passkey",
    "confirm_with_factor",
    "confirm_with_password",
    "enter_second",
    "person_of",
    "show_password",
]


def show_password(username: str, password: str, where: Where) -> User:
    """The person a name and a password belong to.

    Takes as long, and answers the same, whether there is no such account, it is closed, or the
    password is wrong.
    Raises:
        TooMany: this account or this address tried too often.
        ValidationError: they do not match.
    """
    taken = take([("password:account", username), ("password:address", where.address)])
    person = authenticate(username=username, password=password)
    if person is None:
        about = User.objects.filter(username=username.strip()[:150]).first()
        _refuse(taken, about, "password", where)
        raise ValidationError(_("This name and password do not match."))
    give_back(taken.rows)
    return person


def come_in(person: User, ways: list[str], where: Where) -> list[str]:
    """Let somebody in who has shown enough; returns the ways."""
    ways = sign_in(person, ways=ways, where=where)
    forget("password:account", person.username)
    return ways


def enter_second(
    person: User, ways: list[str], where: Where, *, code: str, passkey: SignedAnswer | None
) -> list[str]:
    """Let somebody in who shows the second factor now; returns the ways.

    Raises:
        TooMany: the person, or somebody from this address, tried too often.
        ValidationError: the code or the passkey is not good.
    """
    if not code.strip() and passkey is None:
        raise ValidationError(_("Type the code."))
    taken = _take_factor(person, where)
    try:
        ways = sign_in(person, ways=ways, where=where, code=code, passkey=passkey)
    except ValidationError:
        _refuse(taken, person, "factor", where)
        raise
    give_back(taken.rows)
    forget("factor:account", person.username)
    forget("password:account", person.username)
    return ways


def person_of(claimed: Claimed, where: Where) -> User:
    """The person whose account is connected with whom a provider names.

    Issuer and subject alone decide; a name or an e-mail address never does. Who is not known gets
    an account, if the provider's configuration says so.
    Raises:
        TooMany: somebody from this address tried too often.
        ValidationError: nobody here is connected with it, or the account is closed.
    """
    taken = take([("provider:address", where.address)])
    found = Identity.objects.select_related("person")
    identity = found.filter(issuer=claimed.issuer, subject=claimed.subject).first()
    person = identity.person if identity else None
    if identity is None and claimed.provider.new_accounts != "none":
        person = add_from_identity(
            None,
            issuer=claimed.issuer,
            subject=claimed.subject,
            label=claimed.label,
            username=claimed.username,
            reads=claimed.provider.new_accounts == "reader",
        )
    if person is None or not person.is_active:
        _refuse(taken, person, "provider", where)
        raise ValidationError(
            _(
                "No account here is connected with yours at %(name)s."
                " Ask the administrator for an invitation."
            )
            % {"name": claimed.provider.name}
        )
    give_back(taken.rows)
    return person


def come_in_with_passkey(answer: SignedAnswer, credential_id: str, where: Where) -> User:
    """Let somebody in by a passkey alone: it is held and opened by finger, face or PIN.

    Raises:
        TooMany: somebody from this address tried too often.
        ValidationError: it does not hold.
    """
    taken = take([("factor:address", where.address)])
    key = Passkey.objects.select_related("person").filter(credential_id=credential_id).first()
    try:
        if key is None or not key.person.is_active:
            raise ValidationError(_("This passkey is not known here."))
        sign_in(key.person, ways=[], where=where, passkey=answer)
    except ValidationError:
        _refuse(taken, key.person if key else None, "passkey", where)
        raise
    give_back(taken.rows)
    return key.person


def confirm_with_password(person: User, password: str, where: Where) -> None:
    """Let a signed-in person confirm by password.

    Raises:
        TooMany, ValidationError: as `show_password`.
    """
    show_password(person.username, password, where)
    confirm(person, where=where)


def confirm_with_factor(
    person: User, where: Where, *, code: str, passkey: SignedAnswer | None
) -> None:
    """Let a signed-in person confirm by the second factor.

    Raises:
        TooMany, ValidationError: as `enter_second`.
    """
    if not has_second_factor(person) or (not code.strip() and passkey is None):
        raise ValidationError(_("Type the code."))
    taken = _take_factor(person, where)
    try:
        confirm(person, where=where, code=code, passkey=passkey)
    except ValidationError:
        _refuse(taken, person, "confirm", where)
        raise
    give_back(taken.rows)
    forget("factor:account", person.username)


def change_password(person: User, old: str, new: str, where: Where, *, keep: str) -> User:
    """Change one's own password; guessing the old one is limited as signing in is.

    Raises:
        TooMany: tried too often.
        ValidationError: by field, "old" or "new".
    """
    taken = take([("password:account", person.username), ("password:address", where.address)])
    try:
        changed = change_own_password(person, old=old, new=new, keep=keep)
    except ValidationError as refused:
        if "old" in refused.message_dict:
            _refuse(taken, person, "password", where)
        else:
            give_back(taken.rows)
        raise
    give_back(taken.rows)
    return changed


def _take_factor(person: User, where: Where) -> Taken:
    return take([("factor:account", person.username), ("factor:address", where.address)])


def _refuse(taken: Taken, person: User | None, step: str, where: Where) -> None:
    record_refusal(
        None, attempt=taken.rows[0], person=person, step=step, where=where, last=taken.is_last
    )
