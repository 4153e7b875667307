"""Who must have a second factor, and who has one."""

from django.db.models import Exists, OuterRef, QuerySet

from diemcau.accounts.models import User
from diemcau.accounts.rules import Duty, holds_everywhere, roles_of
from diemcau.signin.models import AppFactor, Passkey, RoleRequirement

__all__ = [
    "can_rule_signing_in",
    "has_second_factor",
    "is_active",
    "must_have_second_factor",
    "with_factors",
]


def is_active(person: User) -> bool:
    """May sign in, and look after what signs them in."""
    return person.is_active


def can_rule_signing_in(person: User) -> bool:
    """May say which roles need a second factor, give one-time links, remove lost factors.

    Only who administers the whole installation: whoever administers one body could otherwise make
    a link for somebody who holds more.
    """
    return person.is_active and holds_everywhere(person, Duty.MANAGE)


def must_have_second_factor(person: User) -> bool:
    """Whether one of the person's roles asks for a second factor."""
    return RoleRequirement.objects.filter(role__in=roles_of(person)).exists()


def has_second_factor(person: User) -> bool:
    """Whether an application or a passkey is set up; recovery codes alone are none."""
    return (
        AppFactor.objects.filter(person=person).exists()
        or Passkey.objects.filter(person=person).exists()
    )


def with_factors(people: QuerySet[User]) -> QuerySet[User]:
    """People, each with `has_factor`."""
    return people.annotate(
        has_factor=Exists(AppFactor.objects.filter(person=OuterRef("pk")))
        | Exists(Passkey.objects.filter(person=OuterRef("pk")))
    )
