"""People of a role, for whom it is checked what they may do."""

import datetime as dt

from django.conf import settings
from django.test import Client
from django.utils import timezone

from diemcau.accounts.models import Grant, Role, User

__all__ = ["LONG_AGO", "client_of", "give_role", "make_person", "signed_in"]

LONG_AGO = dt.date(2020, 1, 1)


def make_person(role=Role.COORDINATOR, *, name="", **grant):
    """A person of a role, who signs in by the test client only: hashing a password is slow.

    The role is over the whole installation unless `grant` names a body.
    """
    person = User.objects.create(username=name or str(role), first_name=name)
    give_role(person, role, **grant)
    return person


def give_role(person, role, *, starts_on=LONG_AGO, **grant):
    """A role given without asking who gives it, held on whatever day a test travels to."""
    for kept in ("_standing", "_reaches"):
        person.__dict__.pop(kept, None)
    return Grant.objects.create(
        person=person, role=role, starts_on=starts_on, made_at=timezone.now(), **grant
    )


def signed_in(role, language="vi", **grant):
    """A client in which a new person of a role has signed in, who is its `person`."""
    return client_of(make_person(role, **grant), language)


def client_of(person, language="vi"):
    """A client in which a person has signed in, who is its `person`."""
    client = Client()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    client.force_login(person)
    client.person = person
    return client
