"""A few tries of every scripted attack (bench/attacks), on the live server of the tests."""

from pathlib import Path

import pytest
from bench.attacks.all import ATTACKS, QUICK, Result
from bench.attacks.house import fill_closed, house_of
from django.conf import settings

from diemcau.accounts.models import Role
from tests.diemcau.access.conftest import bodies  # noqa: F401
from tests.diemcau.ledgers import fill_ledger
from tests.diemcau.people import make_person


@pytest.fixture
def house(live_server, transactional_db, bodies):  # noqa: F811
    fill_ledger(2)
    for role in Role.values:
        make_person(role)
    fill_closed(bodies["bo"], bodies["tinh"])
    house = house_of((live_server.thread.host, live_server.thread.port), Path(settings.HOME))
    house.most, house.highest = 1, 1
    return house


def test_what_is_tried_is_refused(house):
    """One house for all of them: filling it takes longer than attacking it."""
    through, n = {}, {}
    for name in QUICK:
        result = Result(name)
        again = house_of(house.address, house.home)
        again.most, again.highest = house.most, house.highest
        ATTACKS[name](again, result)
        n[name] = result.n
        through[name] = result.failures
    assert not any(through.values()), "\n".join(f"{k}: {v}" for k, v in through.items() if v)
    assert all(n.values())
