"""Writes on accounts; they stand beside the log, for accounts itself knows no log."""

from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from diemcau.accounts.first_note import forget_first_login
from diemcau.accounts.models import AccessToken, Role, User
from diemcau.accounts.rules import can_manage_accounts
from diemcau.audit.actions import action, record_action

__all__ = ["add_person", "change_own_password", "set_role"]


def _is_active(person: User) -> bool:
    return person.is_active


@action("accounts.change_own_password", may=_is_active)
def change_own_password(actor: User | None, *, old: str, new: str) -> User:
    """Change the password of the person who asks; the note of the first log-in goes with it.

    Args:
        old: the password in force.
        new: what takes its place.
    Raises:
        ValidationError: by field, "old" or "new": the old one is wrong, or the new one too weak.
    """
    if actor is None:
        raise ValueError("the installation has no password of its own")
    person = User.objects.select_for_update().get(pk=actor.pk)
    if not person.check_password(old):
        raise ValidationError({"old": _("This is not your password now; nothing was changed.")})
    _validate(new, person)
    person.set_password(new)
    person.save(update_fields=["password"])
    record_action(person)
    transaction.on_commit(lambda: forget_first_login(person))
    return person


@action("accounts.add_person", may=can_manage_accounts)
def add_person(actor: User | None, *, username: str, name: str, role: str, password: str) -> User:
    """Make an account.

    Args:
        username: what the person signs in with.
        name: full name as it is shown; "" shows the user name.
        role: one of `Role`.
        password: the first one; the person changes it.
    Raises:
        ValidationError: by field: "username", "name", "role" or "new".
    """
    person = User(username=username.strip(), first_name=" ".join(name.split()), role=role)
    person.set_unusable_password()
    try:
        person.full_clean()
    except ValidationError as refused:
        problems = dict(refused.message_dict)
        if "first_name" in problems:
            problems["name"] = problems.pop("first_name")
        raise ValidationError(problems) from refused
    _validate(password, person)
    person.set_password(password)
    person.save()
    record_action(person, detail={"role": person.role})
    return person


@action("accounts.set_role", may=can_manage_accounts)
def set_role(actor: User | None, pk: int, *, role: str, is_active: bool) -> User:
    """Give a person a role, or close the account; one administrator always stays.

    Raises:
        ValidationError: by field "role": there is no such role, or nobody could manage accounts.
    """
    # All administrators are locked, so that two of them do not close each other's account.
    others = list(
        User.objects.select_for_update()
        .filter(role=Role.ADMINISTRATOR, is_active=True)
        .exclude(pk=pk)
    )
    person = User.objects.select_for_update().get(pk=pk)
    if role not in Role.values:
        raise ValidationError({"role": _("There is no such role.")})
    was_one = person.role == Role.ADMINISTRATOR and person.is_active
    if was_one and not others and (role != Role.ADMINISTRATOR or not is_active):
        raise ValidationError(
            {"role": _("This is the last administrator; make somebody else one first.")}
        )
    before = {"role": person.role, "is_active": person.is_active}
    person.role, person.is_active = role, is_active
    person.save(update_fields=["role", "is_active"])
    detail: dict[str, Any] = {"before": before, "role": role, "is_active": is_active}
    if not is_active:
        # For good: an account opened again does not bring its programs back with it.
        live = AccessToken.objects.filter(person=person, revoked_at=None)
        detail["tokens_revoked"] = live.update(revoked_at=timezone.now())
    record_action(person, detail=detail)
    return person


def _validate(password: str, person: User) -> None:
    try:
        validate_password(password, person)
    except ValidationError as refused:
        raise ValidationError({"new": refused.messages}) from refused
