"""What every test needs."""

import gc

import pytest
from django.utils import translation
from hypothesis import settings

# How long one example takes is the machine's affair: the first one loads what it needs.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


def pytest_collection_finish():
    """Let the collector leave alone what all tests share: it took a third of the suite's time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


@pytest.fixture(autouse=True)
def vietnamese():
    """A request leaves its language in force; every test begins with the installation's."""
    with translation.override("vi"):
        yield


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Without the triggers over the log: between tests every table is emptied, this one too."""
    from django.db import connection

    from diemcau.audit import append_only

    with django_db_blocker.unblock():
        append_only.remove(connection)
