"""The reporting calendar: periods that tile the days, due days that are worked, one punctuality."""

import datetime as dt

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from diemcau.delivery.deadlines import DueRule
from diemcau.urging.reporting import (
    Expected,
    Punctuality,
    Rhythm,
    period_on,
    periods,
    punctuality,
)
from diemcau.urging.working import WorkingTime

DAYS = st.dates(dt.date(2019, 1, 1), dt.date(2045, 12, 31))
RHYTHMS = st.sampled_from(list(Rhythm))
WITHOUT_GAP = st.sampled_from([one for one in Rhythm if one != Rhythm.NINE])
BASES = st.sampled_from(list(DueRule))
TIMES = st.builds(
    WorkingTime,
    off=st.frozensets(st.dates(dt.date(2026, 1, 1), dt.date(2026, 3, 31)), max_size=30),
    on=st.frozensets(st.dates(dt.date(2026, 1, 1), dt.date(2026, 3, 31)), max_size=5),
)


@pytest.mark.parametrize(
    ("day", "rhythm", "first", "last", "name"),
    [
        ("2026-03-10", "month", "2026-02-15", "2026-03-14", "2026-03"),
        ("2026-03-15", "month", "2026-03-15", "2026-04-14", "2026-04"),
        ("2025-12-15", "quarter", "2025-12-15", "2026-03-14", "2026-Q1"),
        ("2026-06-14", "half", "2025-12-15", "2026-06-14", "2026-H1"),
        ("2026-06-15", "half", "2026-06-15", "2026-12-14", "2026-H2"),
        ("2025-12-14", "nine", "2025-12-15", "2026-09-14", "2026-01/2026-09"),
        ("2026-09-14", "nine", "2025-12-15", "2026-09-14", "2026-01/2026-09"),
        ("2026-09-15", "nine", "2026-12-15", "2027-09-14", "2027-01/2027-09"),
        ("2025-12-15", "year", "2025-12-15", "2026-12-14", "2026"),
        ("2026-01-01", "week", "2025-12-29", "2026-01-04", "2026-W01"),
    ],
)
def test_the_periods_of_the_decree(day, rhythm, first, last, name):
    found = period_on(dt.date.fromisoformat(day), rhythm)
    assert (found.first.isoformat(), found.last.isoformat(), found.name) == (first, last, name)


def test_statistics_use_the_calendar():
    found = period_on(dt.date(2026, 3, 31), Rhythm.QUARTER, DueRule.CALENDAR)
    assert (found.first, found.last) == (dt.date(2026, 1, 1), dt.date(2026, 3, 31))


@given(DAYS, WITHOUT_GAP, BASES)
def test_a_day_lies_in_one_period_and_periods_follow_without_a_gap(day, rhythm, basis):
    one = period_on(day, rhythm, basis)
    assert one.first <= day <= one.last
    after = period_on(one.last + dt.timedelta(days=1), rhythm, basis)
    assert after.first == one.last + dt.timedelta(days=1)
    assert period_on(one.first, rhythm, basis) == period_on(one.last, rhythm, basis) == one


@given(DAYS, BASES)
def test_nine_months_begin_with_the_year_and_leave_out_its_end(day, basis):
    one = period_on(day, Rhythm.NINE, basis)
    year = period_on(one.first, Rhythm.YEAR, basis)
    assert (one.first, day <= one.last < year.last) == (year.first, True)
    assert day > one.last.replace(year=one.last.year - 1)


@given(DAYS, st.integers(0, 900), RHYTHMS, BASES)
def test_periods_are_those_whose_cut_off_lies_between(since, n, rhythm, basis):
    until = since + dt.timedelta(days=n)
    found = list(periods(rhythm, basis, since=since, until=until))
    wanted = {
        one
        for at in range(n + 1)
        if (one := period_on(since + dt.timedelta(days=at), rhythm, basis)).last <= until
    }
    assert found == sorted(wanted)


@given(st.dates(dt.date(2026, 1, 1), dt.date(2026, 3, 31)), st.integers(0, 15), TIMES)
def test_the_due_day_is_the_nth_working_day(cut_off, n, time):
    due = time.after(cut_off, n)
    between = (cut_off + dt.timedelta(days=at) for at in range(1, (due - cut_off).days + 1))
    assert time.is_working(due)
    if n:
        assert sum(time.is_working(day) for day in between) == n
    else:
        assert not any(time.is_working(day) for day in [cut_off, *between][:-1])


def test_the_rule_is_printed_with_its_days():
    period = period_on(dt.date(2026, 3, 10), Rhythm.MONTH)
    expected = Expected.of(period, Rhythm.MONTH, DueRule.ADMINISTRATIVE, 2, WorkingTime())
    with translation.override("vi"):
        assert expected.words == (
            "Kỳ 15/02/2026–14/03/2026, hạn gửi 17/03/2026 = ngày kết thúc kỳ + 2 ngày làm việc"
        )


@given(DAYS, DAYS | st.none(), DAYS, DAYS)
def test_punctuality_never_goes_back(due, released, on, later):
    now, then = sorted((on, later))
    first = punctuality(due, released, on=now)
    second = punctuality(due, released, on=then)
    settled = (Punctuality.ON_TIME, Punctuality.LATE)
    assert first not in settled or second == first
    assert second != Punctuality.WAITING or first == Punctuality.WAITING
    assert (second in settled) == (released is not None and released <= then)


@given(st.dates(dt.date(2025, 1, 1), dt.date(2030, 1, 1)), RHYTHMS, BASES)
def test_a_report_without_a_period_answers_exactly_one(released, rhythm, basis):
    cut_offs = periods(
        rhythm, basis, since=dt.date(2023, 6, 1), until=released + dt.timedelta(days=500)
    )
    found = [
        one
        for one in cut_offs
        if Expected.of(one, rhythm, basis, 2, WorkingTime()).is_answered_by("", released)
    ]
    assert len(found) == 1
    assert found[0].last <= released


@given(st.dates(dt.date(2026, 1, 1), dt.date(2026, 3, 31)), st.times(), TIMES)
def test_what_waits_goes_out_at_the_next_opening(day, hour, time):
    at = dt.datetime.combine(day, hour)
    opens = time.opening(at)
    assert time.is_open(opens)
    assert opens >= at
    assert opens == at or opens.time() == time.opens
    minutes = int((opens - at).total_seconds() // 60)
    assert not any(time.is_open(at + dt.timedelta(minutes=m)) for m in range(0, minutes, 7))
