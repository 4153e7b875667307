"""What a role may do: predicates over a person."""

from diemcau.accounts.models import Role, User

__all__ = ["can_add_documents", "can_confirm", "can_manage_accounts", "can_read_audit"]

_CONFIRMERS = {Role.APPROVER, Role.COORDINATOR, Role.SECRETARIAT, Role.ADMINISTRATOR}


def can_add_documents(person: User) -> bool:
    """May bring documents in: everyone who works with them, not those who only read."""
    return person.is_active and person.role in _CONFIRMERS | {Role.REPORTER}


def can_confirm(person: User) -> bool:
    """May turn a statement read by machine into an item of the ledger."""
    return person.is_active and person.role in _CONFIRMERS


def can_manage_accounts(person: User) -> bool:
    """May create accounts and give roles."""
    return person.is_active and person.role == Role.ADMINISTRATOR


def can_read_audit(person: User) -> bool:
    """May read the log of actions."""
    return person.is_active and person.role in {Role.AUDITOR, Role.ADMINISTRATOR}
