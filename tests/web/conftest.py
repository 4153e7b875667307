"""Three people signed in, and one stored report."""

import pytest
from django.test import Client
from django.utils import translation

from diemcau.accounts.models import Role
from tests.diemcau.people import make_person
from tests.diemcau.readings import store_report


@pytest.fixture(autouse=True)
def vietnamese():
    """A request leaves its language in force; every test begins with the installation's."""
    with translation.override("vi"):
        yield


@pytest.fixture
def report(db):
    return store_report()


@pytest.fixture
def statement_with(report):
    """The statement of the report whose quote holds some words."""
    return lambda words: report.statements.get(quote__contains=words)


def signed_in(role):
    person = make_person(role)
    client = Client(headers={"accept-language": "en"})
    client.force_login(person)
    client.person = person
    return client


@pytest.fixture
def coordinator(db):
    """May add documents and decide on statements."""
    return signed_in(Role.COORDINATOR)


@pytest.fixture
def reporter(db):
    """May add documents, not decide."""
    return signed_in(Role.REPORTER)


@pytest.fixture
def reader(db):
    """May only look."""
    return signed_in(Role.READER)


@pytest.fixture
def stranger(db):
    """Has not signed in."""
    return Client()
