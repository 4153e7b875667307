"""Second factors and outside identities: added, removed, asked for."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from diemcau.accounts.models import Role, User
from diemcau.audit.actions import action, record_action
from diemcau.signin.codes import matching_step, replace_recovery_codes
from diemcau.signin.links import spend_link
from diemcau.signin.models import (
    AppFactor,
    Identity,
    LinkKind,
    Passkey,
    RecoveryCode,
    RoleRequirement,
    Session,
)
from diemcau.signin.passkeys import NewPasskey
from diemcau.signin.rules import (
    can_rule_signing_in,
    has_second_factor,
    is_active,
    must_have_second_factor,
)
from diemcau.signin.sealing import seal

__all__ = [
    "add_app",
    "add_passkey",
    "link_identity",
    "remake_recovery_codes",
    "remove_app",
    "remove_factors_of",
    "remove_passkey",
    "set_required_roles",
    "unlink_identity",
]


@action("signin.add_app", may=is_active)
def add_app(actor: User | None, *, secret: str, code: str) -> list[str]:
    """Take in an application that shows codes, once it has shown one.

    Returns:
        New recovery codes if the person had none, else an empty list.
    Raises:
        ValidationError: the code is not of this secret, or there is an application already.
    """
    person = _locked(actor)
    if AppFactor.objects.filter(person=person).exists():
        raise ValidationError(_("There is an application already; remove it first."))
    step = matching_step(secret, code)
    if step is None:
        raise ValidationError(
            _("This code is not right. Wait for the next one, and check that the clocks agree.")
        )
    AppFactor.objects.create(
        person=person, secret=seal(secret), last_step=step, added_at=timezone.now()
    )
    codes = _first_codes(person)
    record_action(person, detail={"recovery_codes": len(codes)})
    return codes


@action("signin.add_passkey", may=is_active)
def add_passkey(actor: User | None, *, name: str, made: NewPasskey) -> list[str]:
    """Take in a passkey a browser has made.

    Args:
        name: what the person calls it, "Laptop of the office".
    Returns:
        New recovery codes if the person had none, else an empty list.
    Raises:
        ValidationError: it is here already.
    """
    person = _locked(actor)
    if Passkey.objects.filter(credential_id=made.credential_id).exists():
        raise ValidationError(_("This passkey is here already."))
    key = Passkey.objects.create(
        person=person,
        name=" ".join(name.split())[:60] or _("Passkey"),
        credential_id=made.credential_id,
        data=made.data,
        n_signed=made.n_signed,
        added_at=timezone.now(),
    )
    codes = _first_codes(person)
    record_action(person, detail={"passkey": key.name, "recovery_codes": len(codes)})
    return codes


@action("signin.remove_app", may=is_active)
def remove_app(actor: User | None) -> None:
    """Remove one's own application.

    Raises:
        ValidationError: it is the last factor and the role asks for one, or there is none.
    """
    person = _locked(actor)
    if not AppFactor.objects.filter(person=person).delete()[0]:
        raise ValidationError(_("It is removed already."))
    _stay_strong(person)
    record_action(person)


@action("signin.remove_passkey", may=is_active)
def remove_passkey(actor: User | None, pk: int) -> str:
    """Remove one of one's own passkeys; returns its name.

    Raises:
        ValidationError: it is the last factor and the role asks for one, or there is none.
    """
    person = _locked(actor)
    key = Passkey.objects.filter(pk=pk, person=person).first()
    if key is None:
        raise ValidationError(_("It is removed already."))
    key.delete()
    _stay_strong(person)
    record_action(person, detail={"passkey": key.name})
    return key.name


@action("signin.remake_recovery_codes", may=is_active)
def remake_recovery_codes(actor: User | None) -> list[str]:
    """Make one's recovery codes anew; returns them, to be shown once.

    Raises:
        ValidationError: there is no second factor they could stand for.
    """
    person = _locked(actor)
    if not has_second_factor(person):
        raise ValidationError(_("Set up a second factor first."))
    codes = replace_recovery_codes(person)
    record_action(person, detail={"recovery_codes": len(codes)})
    return codes


@action("signin.remove_factors_of", may=can_rule_signing_in)
def remove_factors_of(actor: User | None, pk: int, *, reason: str) -> User:
    """Remove all second factors of a person who has lost them; their sessions end.

    Raises:
        ValidationError: no reason is given.
    """
    if not reason.strip():
        raise ValidationError(_("Say why; it stands in the log."))
    person = User.objects.select_for_update().get(pk=pk)
    removed: dict[str, Any] = {
        "app": AppFactor.objects.filter(person=person).delete()[0],
        "passkeys": Passkey.objects.filter(person=person).delete()[0],
    }
    RecoveryCode.objects.filter(person=person).delete()
    Session.objects.filter(person=person).delete()
    record_action(person, detail=removed, reason=reason.strip())
    return person


@action("signin.set_required_roles", may=can_rule_signing_in)
def set_required_roles(actor: User | None, roles: set[str]) -> None:
    """Say which roles need a second factor; every open session is looked at anew.

    Raises:
        ValidationError: there is no such role.
    """
    if unknown := roles - set(Role.values):
        raise ValidationError(_("There is no such role.") + f" {', '.join(sorted(unknown))}")
    before = sorted(RoleRequirement.objects.values_list("role", flat=True))
    RoleRequirement.objects.exclude(role__in=roles).delete()
    RoleRequirement.objects.bulk_create(
        (RoleRequirement(role=role) for role in sorted(roles)), ignore_conflicts=True
    )
    Session.objects.filter(person__isnull=False).update(check_due=True)
    record_action(RoleRequirement(role="*"), detail={"before": before, "roles": sorted(roles)})


@action("signin.link_identity", may=is_active)
def link_identity(
    actor: User | None, *, issuer: str, subject: str, label: str, invitation: str = ""
) -> Identity:
    """Connect an outside account with one's own.

    Args:
        invitation: token of the administrator's invitation by which the person came, used up here.
    Raises:
        ValidationError: the outside account is connected with another person, or the invitation
            is good no more.
    """
    person = _locked(actor)
    if invitation and spend_link(invitation, LinkKind.INVITE).person_id != person.pk:
        raise ValidationError(_("This link is good no more: it was used, or its time is over."))
    try:
        with transaction.atomic():
            identity = Identity.objects.create(
                person=person, issuer=issuer, subject=subject, label=label, added_at=timezone.now()
            )
    except IntegrityError as refused:
        raise ValidationError(
            _("This outside account is connected already; nothing was changed.")
        ) from refused
    record_action(person, detail={"issuer": issuer, "by_invitation": bool(invitation)})
    return identity


@action("signin.unlink_identity", may=is_active)
def unlink_identity(actor: User | None, pk: int) -> None:
    """Disconnect an outside account from one's own.

    Raises:
        ValidationError: without it nothing would sign the person in, or it is gone already.
    """
    person = _locked(actor)
    identity = Identity.objects.filter(pk=pk, person=person).first()
    if identity is None:
        raise ValidationError(_("It is removed already."))
    identity.delete()
    others = Identity.objects.filter(person=person).exists()
    if not (others or person.has_usable_password() or Passkey.objects.filter(person=person)):
        raise ValidationError(_("Nothing else signs you in; set up a passkey first."))
    record_action(person, detail={"issuer": identity.issuer})


def _first_codes(person: User) -> list[str]:
    if RecoveryCode.objects.filter(person=person, used_at=None).exists():
        return []
    return replace_recovery_codes(person)


def _stay_strong(person: User) -> None:
    if has_second_factor(person):
        return
    if must_have_second_factor(person):
        raise ValidationError(
            _("Your role needs a second factor, and this is the last; add another one first.")
        )
    # Codes stand for a lost factor, not for none.
    RecoveryCode.objects.filter(person=person).delete()


def _locked(actor: User | None) -> User:
    if actor is None:
        raise ValueError("the installation has no factors of its own")
    return User.objects.select_for_update().get(pk=actor.pk)
