"""A small tree of bodies: a ministry with two departments, a province, a body that was merged."""

import pytest

from tests.diemcau.bodies import make_tree


@pytest.fixture
def bodies(db):
    """Bodies by a short name; "cu" was merged whole into "bo" on 1 March 2025."""
    return make_tree()
