"""A stored report and a person who may decide on it."""

import pytest

from tests.diemcau.people import make_person
from tests.diemcau.readings import store_report


@pytest.fixture
def report(db):
    return store_report()


@pytest.fixture
def person(db):
    return make_person(name="Lan")


@pytest.fixture
def statement_with(report):
    """The statement of the report whose quote holds some words."""
    return lambda words: report.statements.get(quote__contains=words)
