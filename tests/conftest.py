"""What every test on the database needs."""

import pytest
from hypothesis import settings

# How long one example takes is the machine's affair: the first one loads what it needs.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Without the triggers over the log: between tests every table is emptied, this one too."""
    from django.db import connection

    from diemcau.audit import append_only

    with django_db_blocker.unblock():
        append_only.remove(connection)
