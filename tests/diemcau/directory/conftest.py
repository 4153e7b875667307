"""The shipped rows, loaded once for the tests of the directory and taken back after them."""

import pytest
from django.db import transaction

from diemcau.accounts.models import Role, User
from diemcau.directory.shipped import ensure_shipped_rows


@pytest.fixture(scope="package", autouse=True)
def shipped_rows(django_db_setup, django_db_blocker):
    """The shipped rows inside one transaction; each test's own changes are rolled back in it."""
    with django_db_blocker.unblock():
        around = transaction.atomic()
        around.__enter__()
        ensure_shipped_rows()
    yield
    with django_db_blocker.unblock():
        transaction.set_rollback(True)
        around.__exit__(None, None, None)


@pytest.fixture
def editor(db):
    """A person of the secretariat."""
    return User.objects.create_user("thu-ky", role=Role.SECRETARIAT)


@pytest.fixture
def reader(db):
    """A person who may only read."""
    return User.objects.create_user("nguoi-doc", role=Role.READER)
