"""Climbing: every audience gets its days before the next one hears, nothing is sent twice."""

import datetime as dt
import itertools

from hypothesis import given
from hypothesis import strategies as st

from diemcau.urging.ladder import Rung, Sent, next_rung

D = dt.date(2026, 3, 2)
UP = [
    Rung(1, 1, "reporter"),
    Rung(2, 3, "reporter"),
    Rung(3, 7, "approver"),
    Rung(4, 14, "desk"),
]
DOWN = [Rung(1, 7, "reporter"), Rung(2, 3, "reporter"), Rung(3, 1, "reporter")]


def days(n):
    return dt.timedelta(days=n)


def walk(rungs, on_days, **options):
    """The steps sent, when somebody looks on some days after the anchor."""
    sent = []
    for n in sorted(on_days):
        found = next_rung(rungs, sent, anchor=D, on=D + days(n), **options)
        if found is not None:
            sent.append(Sent(found[0].number, D + days(n)))
    return [(one.number, (one.on - D).days) for one in sent]


def test_looked_at_daily_every_step_goes_on_its_day():
    assert walk(UP, range(30)) == [(1, 1), (2, 3), (3, 7), (4, 14)]
    assert walk(DOWN, range(-10, 5), counts_down=True) == [(1, -7), (2, -3), (3, -1)]


def test_after_a_long_absence_those_below_hear_first_and_get_their_days():
    assert walk(UP, range(200, 220)) == [(2, 200), (3, 204), (4, 211)]


def test_before_a_deadline_only_the_nearest_step_is_made_up_for():
    assert walk(DOWN, [-2, -1, 0], counts_down=True) == [(2, -2), (3, -1)]
    assert walk(DOWN, [1, 2], counts_down=True) == []


def test_the_last_step_is_sent_again():
    assert walk(UP, range(80), again=30)[-2:] == [(4, 44), (4, 74)]


@given(st.sets(st.integers(0, 120)), st.booleans())
def test_steps_only_rise_and_who_is_above_waits_for_the_days_between(looked, down):
    if down:
        found = walk(DOWN, {-n for n in looked}, counts_down=True)
        assert all(-DOWN[number - 1].days <= n <= 0 for number, n in found)
    else:
        found = walk(UP, looked)
        assert all(UP[number - 1].days <= n for number, n in found)
        for (low, before), (high, after) in itertools.pairwise(found):
            if UP[low - 1].to != UP[high - 1].to:
                assert after - before >= UP[high - 1].days - UP[low - 1].days
    numbers = [number for number, _n in found]
    assert numbers == sorted(set(numbers))
