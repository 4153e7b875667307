"""People of a role, for whom it is checked what they may do."""

from diemcau.accounts.models import Role, User

__all__ = ["make_person"]


def make_person(role=Role.COORDINATOR, *, name=""):
    """A person of a role, who signs in by the test client only: hashing a password is slow."""
    return User.objects.create(username=name or str(role), first_name=name, role=role)
