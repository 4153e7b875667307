"""Who may change the directory."""

from diemcau.accounts.models import Role, User

__all__ = ["can_edit_directory"]

_EDITORS = {Role.COORDINATOR, Role.SECRETARIAT, Role.ADMINISTRATOR}


def can_edit_directory(person: User) -> bool:
    """May change bodies, people and partners: who answers for shared reference data."""
    return person.is_active and person.role in _EDITORS
