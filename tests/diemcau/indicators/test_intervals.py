"""Laws of claims as intervals: symmetric, reflexive, never less agreeing when wider, exact."""

from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from diemcau.indicators.claims import Claim, Meeting, meeting, read_claim
from diemcau.indicators.intervals import Interval

_ORDER = {Meeting.APART: 0, Meeting.MILD: 1, Meeting.AGREE: 2}

numbers = st.decimals(-(10**6), 10**6, places=2)
bounds = st.sampled_from(["eq", "ge", "gt", "le", "lt", "approx"])
units = st.sampled_from(["count", "percent", "USD", "people", "ratio"])


@st.composite
def intervals(draw):
    low, high = sorted((draw(numbers), draw(numbers)))
    assume(low < high)
    keep_low, keep_high = draw(st.booleans()), draw(st.booleans())
    return Interval(
        low if keep_low else None,
        high if keep_high else None,
        draw(st.booleans()),
        draw(st.booleans()),
    )


@st.composite
def claims(draw):
    core = draw(intervals())
    more = draw(st.decimals(0, 100, places=2))
    return Claim(core, _widened(core, more), "count")


@st.composite
def figures(draw):
    value = abs(draw(numbers))
    return {"value": str(value), "bound": draw(bounds), "unit": draw(units), "quote": f"{value}"}


def _widened(interval, more):
    return Interval(
        None if interval.low is None else interval.low - more,
        None if interval.high is None else interval.high + more,
    )


@given(claims(), claims())
def test_meeting_is_symmetric(a, b):
    assert meeting(a, b) == meeting(b, a)


@given(claims())
def test_a_claim_agrees_with_itself(a):
    assert meeting(a, a) == Meeting.AGREE


@given(figures())
def test_every_readable_figure_agrees_with_itself(values):
    claim = read_claim(values)
    assume(claim is not None)
    assert meeting(claim, claim) == Meeting.AGREE
    assert claim.wide.includes(claim.core)


@given(claims(), claims(), st.decimals(0, 1000, places=2), st.decimals(0, 1000, places=2))
def test_widening_never_makes_two_claims_meet_less(a, b, more, most):
    wider = Claim(_widened(a.core, more), _widened(a.wide, more + most), a.unit)
    assert _ORDER[meeting(wider, b)] >= _ORDER[meeting(a, b)]


@given(intervals(), intervals())
def test_meeting_intervals_share_a_number(a, b):
    ends = [e for e in (a.low, a.high, b.low, b.high) if e is not None] or [Decimal(0)]
    between = [(x + y) / 2 for x in ends for y in ends]
    tries = [*between, min(ends) - 1, max(ends) + 1]
    assert a.meets(b) == any(
        a.includes(Interval.point(x)) and b.includes(Interval.point(x)) for x in tries
    )


@given(
    st.decimals("0.01", 10**6, places=2),
    st.decimals("0.01", 10**6, places=2),
    st.decimals(0, 50, places=2),
    st.decimals(0, 50, places=2),
)
def test_quotients_lie_in_the_quotient_interval(a, b, more, most):
    quotient = Interval(a, a + more).over(Interval(b, b + most))
    for x in (a, a + more):
        for y in (b, b + most):
            assert quotient.low * (y - y / 10**40) <= x <= quotient.high * (y + y / 10**40)


def test_an_interval_without_a_number_is_refused():
    with pytest.raises(ValueError, match="no number"):
        Interval(Decimal(2), Decimal(1))
    with pytest.raises(ValueError, match="no number"):
        Interval(Decimal(1), Decimal(1), True)


@given(intervals())
def test_json_keeps_an_interval_exactly(interval):
    assert Interval.from_json(interval.to_json()) == interval


def claim(value, bound="eq", quote="", unit="count", high=None):
    return read_claim(
        {"value": value, "bound": bound, "unit": unit, "quote": quote, "value_high": high}
    )


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        # seed0 and seed2 say of 2024: "gần 60" and "59".
        (claim(60, "lt", "gần 60 hoạt động"), claim(59), Meeting.AGREE),
        # "gần 50" in one report of July 2025, "50" in another.
        (claim(50, "lt", "gần 50 hoạt động"), claim(50), Meeting.MILD),
        (claim(60, "lt", "gần 60 hoạt động"), claim(30), Meeting.APART),
        (claim(94), claim(79), Meeting.APART),
        (claim(170, "gt", "hơn 170"), claim(176), Meeting.AGREE),
        (claim(170, "gt", "hơn 170"), claim(253), Meeting.MILD),
        (claim(170, "gt", "hơn 170"), claim(169), Meeting.APART),
        (claim(170, "gt", "hơn 170"), claim(170), Meeting.MILD),
        (
            claim(3000000000, "gt", "vượt mốc 3 tỷ USD", "USD"),
            claim(3207000000, "approx", "ước đạt 3,207 tỷ USD", "USD"),
            Meeting.AGREE,
        ),
        (claim(31.2, "eq", "31,2%", "percent"), claim(31, "eq", "31%", "percent"), Meeting.AGREE),
        (
            claim(31.2, "eq", "31,2%", "percent"),
            claim(31.3, "eq", "31,3%", "percent"),
            Meeting.MILD,
        ),
        (claim(31.2, "eq", "31,2%", "percent"), claim(32, "eq", "32%", "percent"), Meeting.APART),
        (
            claim(500000000, "approx", "khoảng 500 triệu USD", "USD"),
            claim(530000000, "eq", "530 triệu USD", "USD"),
            Meeting.AGREE,
        ),
        (claim(50, "lt", "dưới 50"), claim(12), Meeting.AGREE),
        (
            claim(8.5, "ge", "từ 8,5%", "percent"),
            claim(10, "ge", "hai con số", "percent"),
            Meeting.AGREE,
        ),
        (
            claim(8, "range", "8-8,5%", "percent", 8.5),
            claim(8.3, "eq", "8,3%", "percent"),
            Meeting.AGREE,
        ),
    ],
)
def test_bound_words_and_rounding_are_honoured(a, b, expected):
    assert meeting(a, b) == expected


@pytest.mark.parametrize(
    ("values", "low", "high"),
    [
        ({"value": 1696000000, "unit": "USD", "quote": "1,696 tỷ USD"}, "1695500000", "1696500000"),
        ({"value": 500000000, "unit": "USD", "quote": "500 triệu USD"}, "499500000", "500500000"),
        ({"value": 253, "unit": "count", "quote": "253 thỏa thuận"}, "253", "253"),
        ({"value": 1600000, "unit": "count", "quote": "1,6 triệu lượt"}, "1550000", "1650000"),
        ({"value": 3207, "unit": "count", "quote": "3.207 dự án"}, "3207", "3207"),
        ({"value": 2, "unit": "ratio", "quote": "gấp đôi"}, "1.75", "2.25"),
        ({"value": 2.5, "unit": "ratio", "quote": "gấp 2,5 lần"}, "2.45", "2.55"),
    ],
)
def test_digits_as_written_give_the_rounding(values, low, high):
    core = read_claim(values).core
    assert (core.low, core.high) == (Decimal(low), Decimal(high))


@pytest.mark.parametrize(
    "values", [{}, {"value": None}, {"value": 0, "bound": "lt", "quote": "gần 0"}]
)
def test_what_means_no_number_is_no_claim(values):
    assert read_claim(values) is None
