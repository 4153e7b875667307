"""People signed in, in Vietnamese and in English, and a ledger with something in it."""

import pytest

from diemcau.accounts.models import Role
from tests.diemcau.ledgers import fill_ledger
from tests.diemcau.people import signed_in


@pytest.fixture
def coordinator(db):
    """May decide."""
    return signed_in(Role.COORDINATOR)


@pytest.fixture
def english(db):
    """May decide; reads English."""
    return signed_in(Role.APPROVER, "en")


@pytest.fixture
def reader(db):
    """May only look."""
    return signed_in(Role.READER)


@pytest.fixture
def fill(db):
    """Fill the ledger with n documents."""
    return fill_ledger
