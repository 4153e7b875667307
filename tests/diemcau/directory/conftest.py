"""The shipped rows, loaded once for the tests of the directory and taken back after them."""

import pytest

from diemcau.accounts.models import Role
from tests.diemcau.people import make_person
from tests.diemcau.shipped import shipped_rows_in_between


@pytest.fixture(scope="package", autouse=True)
def shipped_rows(django_db_setup, django_db_blocker):
    """The shipped rows inside one transaction; each test's own changes are rolled back in it."""
    yield from shipped_rows_in_between(django_db_blocker)


@pytest.fixture
def editor(db):
    """A person of the secretariat."""
    return make_person(Role.SECRETARIAT, name="thu-ky")


@pytest.fixture
def reader(db):
    """A person who may only read."""
    return make_person(Role.READER, name="nguoi-doc")
