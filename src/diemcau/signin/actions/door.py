"""Coming in, going out, being refused, ending sessions."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from diemcau.accounts.models import Grant, Role, User
from diemcau.audit.actions import action, record_action
from diemcau.signin.codes import spend_app_code, spend_recovery_code
from diemcau.signin.devices import Where
from diemcau.signin.models import Attempt, Identity, Session
from diemcau.signin.passkeys import State, spend
from diemcau.signin.rules import is_active

__all__ = [
    "SignedAnswer",
    "add_from_identity",
    "confirm",
    "end_other_sessions",
    "end_session",
    "record_refusal",
    "sign_in",
    "sign_out",
]


@dataclass(frozen=True)
class SignedAnswer:
    """What a passkey answered, with the state of its question and the address of the site."""

    site: str
    state: State
    answer: Mapping[str, Any]


@action("signin.sign_in", may=is_active)
def sign_in(
    actor: User | None,
    *,
    ways: list[str],
    where: Where,
    code: str = "",
    passkey: SignedAnswer | None = None,
) -> list[str]:
    """Let a person in; a code or a passkey is taken here, so that it is good once.

    Args:
        ways: what was shown already: "password", or "provider" with its name.
        code: of the application, or a recovery code.
    Returns:
        Every way that was shown.
    Raises:
        ValidationError: the code or the passkey is not good.
    """
    person = _known(actor)
    ways = [*ways, *_spend(person, code, passkey)]
    record_action(person, detail={"ways": ways} | where.as_detail())
    return ways


@action("signin.confirm", may=is_active)
def confirm(
    actor: User | None, *, where: Where, code: str = "", passkey: SignedAnswer | None = None
) -> list[str]:
    """Let a signed-in person show once more who they are.

    Args:
        code: of the application, or a recovery code; without it and a passkey, the password was
            checked by the caller.
    Raises:
        ValidationError: the code or the passkey is not good.
    """
    person = _known(actor)
    ways = _spend(person, code, passkey) or ["password"]
    record_action(person, detail={"ways": ways} | where.as_detail())
    return ways


@action("signin.refuse", may=is_active)
def record_refusal(
    actor: User | None,
    *,
    attempt: Attempt,
    person: User | None,
    step: str,
    where: Where,
    last: bool,
) -> None:
    """Keep that somebody was not let in; what was typed is not kept.

    Args:
        attempt: the try that was counted.
        person: whose account it was about, None if there is none.
        step: "password", "factor", "passkey", "provider" or "confirm".
        last: the limit is reached with it.
    """
    target: models.Model = person or attempt
    record_action(target, detail={"step": step, "limit_reached": last} | where.as_detail())


@action("signin.sign_out", may=is_active)
def sign_out(actor: User | None, *, where: Where) -> None:
    """Keep that a person went out; the caller ends the session."""
    record_action(_known(actor), detail=where.as_detail())


@action("signin.end_session", may=is_active)
def end_session(actor: User | None, key: str) -> Session:
    """End one of one's own sessions.

    Args:
        key: the key of its row.
    Raises:
        ValidationError: there is no such session any more.
    """
    person = _known(actor)
    session = Session.objects.filter(pk=key, person=person).first()
    if session is None:
        raise ValidationError(_("This session has ended already."))
    Session.objects.filter(pk=key).delete()
    record_action(person, detail={"ended": session.device, "its_address": session.address})
    return session


@action("signin.end_other_sessions", may=is_active)
def end_other_sessions(actor: User | None, *, keep: str) -> int:
    """End all of one's own sessions but one.

    Args:
        keep: the key of the row that stays.
    Returns:
        How many were ended.
    """
    person = _known(actor)
    n_ended, _by_model = Session.objects.filter(person=person).exclude(pk=keep).delete()
    record_action(person, detail={"n_ended": n_ended})
    return n_ended


@action("signin.add_from_identity", may=is_active)
def add_from_identity(
    actor: User | None, *, issuer: str, subject: str, label: str, username: str, reads: bool
) -> User:
    """Make an account for somebody an outside provider knows.

    The name the provider gives names the account only if nobody has it: an account that is there
    is never taken over by its name or its e-mail.
    Args:
        reads: with the role of a reader over the whole installation, else without any role.
    """
    person = User(username=username.strip(), first_name=label)
    person.set_unusable_password()
    try:
        person.full_clean(exclude=["password"])
    except ValidationError:
        n = User.objects.count()
        while User.objects.filter(username=f"nguoi-dung-{n}").exists():
            n += 1
        person.username = f"nguoi-dung-{n}"
        person.full_clean(exclude=["password"])
    person.save()
    Identity.objects.create(
        person=person, issuer=issuer, subject=subject, label=label, added_at=timezone.now()
    )
    if reads:
        Grant.objects.create(
            person=person,
            role=Role.READER,
            starts_on=timezone.localdate(),
            reason=issuer,
            made_at=timezone.now(),
        )
    record_action(person, detail={"issuer": issuer, "role": Role.READER.value if reads else None})
    return person


def _spend(person: User, code: str, passkey: SignedAnswer | None) -> list[str]:
    if passkey is not None:
        spend(passkey.site, passkey.state, passkey.answer, person)
        return ["passkey"]
    if not code:
        return []
    if spend_app_code(person, code):
        return ["app"]
    if spend_recovery_code(person, code):
        return ["recovery_code"]
    raise ValidationError(
        _("This code is not right. Wait for the next one, and check that the clocks agree.")
    )


def _known(actor: User | None) -> User:
    if actor is None:
        raise ValueError("the installation does not sign in")
    return actor
