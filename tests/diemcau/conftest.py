"""What tests of several rooms begin with."""

import pytest

from tests.diemcau.delivery.parties import make_people, make_task


@pytest.fixture
def task(db):
    """A task a ministry was given; a module that needs another makes its own."""
    return make_task()


@pytest.fixture
def people(task):
    """By what they are to it: who writes, approves, judges and others."""
    return make_people()
