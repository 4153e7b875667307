"""A small tree of bodies: a ministry with two departments, a province, a body that was merged."""

import pytest
from django.utils import translation

from tests.diemcau.bodies import make_tree


@pytest.fixture(autouse=True)
def vietnamese():
    """A request leaves its language in force; every test begins with the installation's."""
    with translation.override("vi"):
        yield


@pytest.fixture
def bodies(db):
    """Bodies by a short name; "cu" was merged whole into "bo" on 1 March 2025."""
    return make_tree()
