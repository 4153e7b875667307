"""What a person sees of their own door, and an administrator of everybody's."""

from django.db.models import QuerySet
from django.utils import timezone

from diemcau.accounts.models import User
from diemcau.signin.models import RoleRequirement, Session
from diemcau.signin.rules import with_factors

__all__ = ["list_people_with_factors", "list_required_roles", "list_sessions"]


def list_sessions(person: User) -> QuerySet[Session]:
    """The person's open sessions, the latest used first."""
    return Session.objects.filter(person=person, expire_date__gt=timezone.now())


def list_required_roles() -> set[str]:
    """The roles whose people must have a second factor."""
    return set(RoleRequirement.objects.values_list("role", flat=True))


def list_people_with_factors() -> QuerySet[User]:
    """Everybody who may sign in, with `has_factor`."""
    return with_factors(User.objects.filter(is_active=True)).order_by("username")
