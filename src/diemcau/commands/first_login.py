"""The first administrator: made once, with a random password kept where only its owner reads it."""

import os
import secrets

from django.utils import timezone

from diemcau.accounts.first_note import first_login_note
from diemcau.accounts.models import Grant, Role, User
from diemcau.accounts.rules import can_manage_accounts
from diemcau.audit.actions import action, record_action

__all__ = ["FIRST_NAME", "first_login", "first_login_note"]

FIRST_NAME = "quantri"


def first_login() -> tuple[str, str] | None:
    """User name and password to sign in with for the first time.

    Makes the first administrator if there is no account yet. Once that password was changed, the
    note that holds it is removed.
    Returns:
        None if the first password no longer signs in.
    """
    note = first_login_note()
    if not User.objects.exists():
        password = secrets.token_urlsafe(12)
        note.parent.mkdir(parents=True, exist_ok=True)
        note.unlink(missing_ok=True)
        handle = os.open(note, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(f"{FIRST_NAME}\n{password}\n")
        _create_first_administrator(None, password=password)
        return FIRST_NAME, password
    if not note.exists():
        return None
    name, _line, password = note.read_text(encoding="utf-8").strip().partition("\n")
    person = User.objects.filter(username=name, is_active=True).first()
    if person is None or not person.check_password(password):
        note.unlink(missing_ok=True)
        return None
    return name, password


@action("accounts.create_first_administrator", may=can_manage_accounts)
def _create_first_administrator(actor: User | None, *, password: str) -> User:
    person = User.objects.create_user(FIRST_NAME, password=password, first_name="Quản trị")
    Grant.objects.create(
        person=person,
        role=Role.ADMINISTRATOR,
        starts_on=timezone.localdate(),
        made_at=timezone.now(),
    )
    record_action(person, detail={"role": Role.ADMINISTRATOR.value})
    return person
