"""The shipped rows, loaded once for the tests of the directory."""

import pytest

from diemcau.accounts.models import Role, User
from diemcau.audit.models import AuditEntry
from diemcau.directory.shipped import load_shipped_rows


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """The test database with the shipped rows in it; each test's own changes are rolled back."""
    from diemcau.directory.shipped import is_loaded

    with django_db_blocker.unblock():
        if not is_loaded():
            load_shipped_rows(None)
            # Other folders' tests count the audit entries of what they do themselves.
            AuditEntry.objects.all().delete()


@pytest.fixture
def editor(db):
    """A person of the secretariat."""
    return User.objects.create_user("thu-ky", role=Role.SECRETARIAT)


@pytest.fixture
def reader(db):
    """A person who may only read."""
    return User.objects.create_user("nguoi-doc", role=Role.READER)
