"""Programs that ask the API in the place of a person."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from diemcau.accounts.models import Role
from diemcau.accounts.tokens import AccessToken, Scope, make_secret
from tests.diemcau.ledgers import fill_ledger
from tests.diemcau.people import make_person


class Program(Client):
    """Asks with a token, and reads answers as JSON."""

    def ask(self, method, path, body=None, **query):
        address = f"/api/v1{path}"
        kwargs = {"query_params": query}
        if body is not None:
            kwargs |= {"data": body, "content_type": "application/json"}
        return getattr(self, method)(address, **kwargs)


def program_of(person, *, scope=Scope.WRITE, days=1, language="en", **changes):
    """A program with a token of a person, and the token."""
    secret, digest, hint = make_secret()
    now = timezone.now()
    values = {"created_at": now, "expires_at": now + dt.timedelta(days=days), **changes}
    token = AccessToken.objects.create(
        person=person, name="máy trạm", digest=digest, hint=hint, scope=scope, **values
    )
    headers = {"Authorization": f"Bearer {secret}", "Accept-Language": language}
    return Program(headers=headers), token


@pytest.fixture
def coordinator(db):
    program, _token = program_of(make_person(Role.COORDINATOR, name="điều phối"))
    return program


@pytest.fixture
def reader(db):
    program, _token = program_of(make_person(Role.READER, name="người đọc"))
    return program


@pytest.fixture
def ledger(db):
    fill_ledger(3)
