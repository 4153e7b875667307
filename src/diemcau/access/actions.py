"""Grants, loans and denials: who gives whom which role over which bodies, until when."""

from datetime import date, timedelta
from typing import Any, TypeVar

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from diemcau.access.rules import covering, grantable
from diemcau.accounts.models import AccessToken, Delegation, Denial, Grant, Role, User
from diemcau.accounts.rules import Duty, can_manage_accounts, in_force
from diemcau.audit.accounts import check_password_strength
from diemcau.audit.actions import action, record_action
from diemcau.directory.models import Body, Office

__all__ = [
    "add_person",
    "close_account",
    "deny",
    "end_loan",
    "grant_role",
    "lend_grant",
    "lift_denial",
    "reopen_account",
    "revoke_grant",
]

_NOT_LENT = {Role.ADMINISTRATOR, Role.AUDITOR}
_LONGEST_LOAN = 366


def _is_active(person: User) -> bool:
    return person.is_active


@action("accounts.add_person", may=can_manage_accounts)
def add_person(actor: User | None, *, username: str, name: str, password: str) -> User:
    """Make an account, which may do and see nothing until something is granted to it.

    Args:
        username: what the person signs in with.
        name: full name as it is shown; "" shows the user name.
        password: the first one; the person changes it.
    Raises:
        ValidationError: by field: "username", "name" or "new".
    """
    person = User(username=username.strip(), first_name=" ".join(name.split()))
    person.set_unusable_password()
    try:
        person.full_clean()
    except ValidationError as refused:
        problems = dict(refused.message_dict)
        if "first_name" in problems:
            problems["name"] = problems.pop("first_name")
        raise ValidationError(problems) from refused
    check_password_strength(password, person)
    person.set_password(password)
    person.save()
    record_action(person)
    return person


@action("accounts.grant", may=can_manage_accounts)
def grant_role(
    actor: User | None,
    *,
    person: User,
    role: str,
    body: Body | None = None,
    office: Office | None = None,
    sees_closed: bool = False,
    starts_on: date | None = None,
    ends_on: date | None = None,
    reason: str = "",
) -> Grant:
    """Give a person a role over a body and what belongs to it.

    Args:
        body: None is the whole installation.
        office: the post it comes with, one of that body.
        sees_closed: whether it opens what that body keeps closed.
        starts_on: first day; today without it.
        ends_on: last day; none without it.
    Raises:
        ValidationError: by field: "role" (also where it is held already), "office", "ends_on".
        PermissionDenied: the body is not the actor's to administer.
    """
    allowed = grantable(actor, body.pk if body else None)
    if not allowed:
        raise PermissionDenied("accounts.grant")
    if role not in allowed:
        raise ValidationError({"role": _("This role cannot be given over this body.")})
    if office is not None and (body is None or office.body_id != body.pk):
        raise ValidationError({"office": _("This post is not one of that body.")})
    first = starts_on or timezone.localdate()
    if ends_on is not None and ends_on < first:
        raise ValidationError({"ends_on": _("The last day lies before the first.")})
    as_long = Q(ends_on=None) if ends_on is None else Q(ends_on=None) | Q(ends_on__gte=ends_on)
    held = Grant.objects.filter(
        in_force(first) & as_long,
        person=person,
        role=role,
        body=body,
        office=office,
        sees_closed=sees_closed,
    )
    if held.exists():
        raise ValidationError(
            {"role": _("%(name)s holds this role over this body already.") % {"name": person}}
        )
    made = Grant.objects.create(
        person=person,
        role=role,
        body=body,
        office=office,
        sees_closed=sees_closed,
        starts_on=first,
        ends_on=ends_on,
        reason=reason.strip()[:500],
        made_by=actor,
        made_at=timezone.now(),
    )
    detail = {
        "person": person.pk,
        "role": role,
        "body": body.ref if body else None,
        "office": office.ref if office else None,
        "sees_closed": sees_closed,
        "starts_on": first.isoformat(),
        "ends_on": ends_on.isoformat() if ends_on else None,
    }
    record_action(made, detail=detail, reason=reason.strip())
    return made


@action("accounts.revoke_grant", may=can_manage_accounts)
def revoke_grant(actor: User | None, pk: int, *, reason: str = "") -> Grant:
    """Take a role back, at once; what was lent of it ends with it.

    Raises:
        ValidationError: nobody would be left who administers the whole installation.
        PermissionDenied: the body is not the actor's to administer.
    """
    grant = Grant.objects.select_for_update().get(pk=pk)
    _administers(actor, grant.body_id)
    _leaves_an_administrator(Q(pk=grant.pk))
    before = grant.revoked_at
    if before is None:
        grant.revoked_by, grant.revoked_at = actor, timezone.now()
        grant.save(update_fields=["revoked_by", "revoked_at"])
    detail = {"person": grant.person_id, "role": grant.role, "already": before is not None}
    record_action(grant, detail=detail, reason=reason.strip())
    return grant


@action("accounts.lend", may=_is_active)
def lend_grant(
    actor: User | None, pk: int, *, to: User, starts_on: date, ends_on: date, reason: str
) -> Delegation:
    """Lend a role to somebody who stands in while its holder is away.

    The holder lends it, or who administers that body. It ends by itself; what one was lent is
    not lent on, and neither the administrator's nor the auditor's role is lent.
    Raises:
        ValidationError: by field: "to", "ends_on", "reason".
        PermissionDenied: it is neither the actor's own nor theirs to administer.
    """
    grant = Grant.objects.select_for_update().get(pk=pk)
    if actor is not None and grant.person_id != actor.pk:
        _administers(actor, grant.body_id)
    today = timezone.localdate()
    if not Grant.objects.filter(in_force(today), pk=pk).exists():
        raise ValidationError({"to": _("This role is not in force any more.")})
    if grant.role in _NOT_LENT:
        raise ValidationError({"to": _("This role is not lent; an administrator grants it.")})
    if to.pk == grant.person_id or not to.is_active:
        raise ValidationError({"to": _("Choose somebody else whose account is open.")})
    if ends_on < max(starts_on, today):
        raise ValidationError({"ends_on": _("The last day lies before the first, or is past.")})
    if ends_on - starts_on > timedelta(days=_LONGEST_LOAN):
        raise ValidationError({"ends_on": _("A role is lent for a year at most.")})
    if not reason.strip():
        raise ValidationError({"reason": _("Say why, in a few words.")})
    made = Delegation.objects.create(
        grant=grant,
        to=to,
        starts_on=starts_on,
        ends_on=ends_on,
        reason=reason.strip()[:500],
        made_by=actor,
        made_at=timezone.now(),
    )
    detail = {
        "grant": grant.pk,
        "person": grant.person_id,
        "to": to.pk,
        "starts_on": starts_on.isoformat(),
        "ends_on": ends_on.isoformat(),
    }
    record_action(made, detail=detail, reason=reason.strip())
    return made


@action("accounts.end_loan", may=_is_active)
def end_loan(actor: User | None, pk: int) -> Delegation:
    """End a loan at once: its lender, its borrower or who administers that body.

    Raises:
        PermissionDenied: the actor is none of them.
    """
    loan = Delegation.objects.select_for_update().get(pk=pk)
    if actor is not None and actor.pk not in (loan.grant.person_id, loan.to_id):
        _administers(actor, loan.grant.body_id)
    return _take_back(loan, actor)


@action("accounts.deny", may=can_manage_accounts)
def deny(actor: User | None, *, person: User, body: Body, reason: str) -> Denial:
    """Hide from a person all documents of a body and what belongs to it, whatever they hold.

    Raises:
        ValidationError: under "reason": none is given.
        PermissionDenied: the body is not the actor's to administer.
    """
    _administers(actor, body.pk)
    if not reason.strip():
        raise ValidationError({"reason": _("Say why, in a few words.")})
    made = Denial.objects.create(
        person=person,
        body=body,
        starts_on=timezone.localdate(),
        reason=reason.strip()[:500],
        made_by=actor,
        made_at=timezone.now(),
    )
    record_action(made, detail={"person": person.pk, "body": body.ref}, reason=reason.strip())
    return made


@action("accounts.lift_denial", may=can_manage_accounts)
def lift_denial(actor: User | None, pk: int) -> Denial:
    """Take a denial back.

    Raises:
        PermissionDenied: the body is not the actor's to administer, or it is about the actor.
    """
    denial = Denial.objects.select_for_update().get(pk=pk)
    _administers(actor, denial.body_id)
    if actor is not None and denial.person_id == actor.pk:
        raise PermissionDenied("accounts.lift_denial: one's own")
    return _take_back(denial, actor)


@action("accounts.close", may=can_manage_accounts)
def close_account(actor: User | None, pk: int, *, reason: str = "") -> User:
    """Close an account: it cannot sign in, holds nothing, and what it lent ends.

    Raises:
        ValidationError: nobody would be left who administers the whole installation.
        PermissionDenied: the actor does not administer the whole installation.
    """
    _administers(actor, None)
    _leaves_an_administrator(Q(person=pk))
    return _open_or_close(pk, is_active=False, reason=reason)


@action("accounts.reopen", may=can_manage_accounts)
def reopen_account(actor: User | None, pk: int, *, reason: str = "") -> User:
    """Open a closed account again, with what it still holds.

    Raises:
        PermissionDenied: the actor does not administer the whole installation.
    """
    _administers(actor, None)
    return _open_or_close(pk, is_active=True, reason=reason)


def _open_or_close(pk: int, *, is_active: bool, reason: str) -> User:
    person = User.objects.select_for_update().get(pk=pk)
    before, person.is_active = person.is_active, is_active
    person.save(update_fields=["is_active"])
    detail: dict[str, Any] = {"before": {"is_active": before}, "is_active": is_active}
    if not is_active:
        # For good: an account opened again does not bring its programs back with it.
        tokens = AccessToken.objects.filter(person=person, revoked_at=None)
        detail["tokens_revoked"] = tokens.update(revoked_at=timezone.now())
    record_action(person, detail=detail, reason=reason.strip())
    return person


def _administers(actor: User | None, body: int | None) -> None:
    if actor is not None and covering(actor, Duty.MANAGE, body) is None:
        raise PermissionDenied("another body's")


def _leaves_an_administrator(going: Q) -> None:
    """Refuse what would leave nobody to administer the whole, now or when a last day comes."""
    # All of them are locked, so that two administrators do not take each other's role away.
    lasting = list(
        Grant.objects.select_for_update(of=("self",))
        .filter(in_force(timezone.localdate()), role=Role.ADMINISTRATOR, body=None, ends_on=None)
        .filter(person__is_active=True)
        .values_list("pk", flat=True)
    )
    gone = set(Grant.objects.filter(going, pk__in=lasting).values_list("pk", flat=True))
    if gone and gone == set(lasting):
        raise ValidationError(
            {"role": _("This is the last administrator; make somebody else one first.")}
        )


_Revoked = TypeVar("_Revoked", Delegation, Denial)


def _take_back(row: _Revoked, actor: User | None) -> _Revoked:
    before = row.revoked_at
    if before is None:
        row.revoked_by, row.revoked_at = actor, timezone.now()
        row.save(update_fields=["revoked_by", "revoked_at"])
    record_action(row, detail={"already": before is not None})
    return row
