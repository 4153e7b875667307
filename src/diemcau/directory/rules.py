"""Who may change the directory."""

from diemcau.accounts.models import User
from diemcau.accounts.rules import Duty, holds_everywhere

__all__ = ["can_edit_directory"]


def can_edit_directory(person: User) -> bool:
    """May change bodies, people and partners: who answers for reference data all share."""
    return holds_everywhere(person, Duty.EDIT_DIRECTORY)
