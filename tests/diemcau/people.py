"""Three people who sign in: one who reads, one who brings documents, one who decides."""

from diemcau.accounts.models import Role, User

__all__ = ["make_person"]

PASSWORD = "mot-mat-khau-dai-2024"


def make_person(role=Role.COORDINATOR, *, name=""):
    """A person of a role, with a password that signs in."""
    return User.objects.create_user(
        username=name or str(role), password=PASSWORD, first_name=name, role=role
    )
