"""Who may do what with the rules of urging: coordinators of the whole installation keep them."""

from diemcau.accounts.models import User
from diemcau.accounts.rules import Duty, held_by, holds_everywhere

__all__ = ["can_hear", "can_keep_rules"]


def can_keep_rules(person: User) -> bool:
    """May change rules, duties, hours and holidays: who keeps the installation's directory."""
    return holds_everywhere(person, Duty.EDIT_DIRECTORY)


def can_hear(person: User) -> bool:
    """May be told something at all: whoever holds a role."""
    return bool(held_by(person))
