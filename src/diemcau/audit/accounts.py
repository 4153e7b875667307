"""One's own password; it stands beside the log, for accounts itself knows no log."""

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from diemcau.accounts.first_note import forget_first_login
from diemcau.accounts.models import User
from diemcau.audit.actions import action, record_action

__all__ = ["change_own_password", "check_password_strength"]


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
    check_password_strength(new, person)
    person.set_password(new)
    person.save(update_fields=["password"])
    record_action(person)
    transaction.on_commit(lambda: forget_first_login(person))
    return person


def check_password_strength(password: str, person: User) -> None:
    """Refuse a weak password.

    Raises:
        ValidationError: under "new".
    """
    try:
        validate_password(password, person)
    except ValidationError as refused:
        raise ValidationError({"new": refused.messages}) from refused
