"""What every test on the database needs."""

import gc

import pytest


def pytest_collection_finish():
    """Let the collector leave alone what all tests share: it took a third of the suite's time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Without the triggers over the log: between tests every table is emptied, this one too."""
    from django.db import connection

    from diemcau.audit import append_only

    with django_db_blocker.unblock():
        append_only.remove(connection)
