"""People of a role, for whom it is checked what they may do."""

from django.conf import settings
from django.test import Client

from diemcau.accounts.models import Role, User

__all__ = ["make_person", "signed_in"]


def make_person(role=Role.COORDINATOR, *, name=""):
    """A person of a role, who signs in by the test client only: hashing a password is slow."""
    return User.objects.create(username=name or str(role), first_name=name, role=role)


def signed_in(role, language="vi"):
    """A client in which a new person of a role has signed in, who is its `person`."""
    person = make_person(role)
    client = Client()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    client.force_login(person)
    client.person = person
    return client
