"""The note that holds the first administrator's password until it is changed."""

from pathlib import Path

from django.conf import settings

from diemcau.accounts.models import User

__all__ = ["first_login_note", "forget_first_login"]


def first_login_note() -> Path:
    """Where the first password is kept, readable by its owner only."""
    return Path(settings.HOME) / "first-login.txt"


def forget_first_login(person: User) -> None:
    """Remove the note if it is about this person, whose password has changed."""
    note = first_login_note()
    if note.exists() and note.read_text(encoding="utf-8").partition("\n")[0] == person.username:
        note.unlink(missing_ok=True)
