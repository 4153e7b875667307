"""The counting cases of real reports: what adds up, what does not, and of what a share is."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diemcau.delivery.statistics.reported import (
    Cell,
    How,
    Reported,
    Swap,
    check,
    read_number,
    read_reported,
    read_share,
)

ALL, DONE, TIMELY, TARDY, IN, LATE_ONES = (
    Cell.ASSIGNED,
    Cell.DONE,
    Cell.ON_TIME,
    Cell.LATE,
    Cell.IN_TIME,
    Cell.OVERDUE,
)

# Report 1270/BC-TCTTTg of 27 December 2017, year to 25 December.
YEAR_2017 = Reported(
    {ALL: 21_914, DONE: 16_051, TIMELY: 14_068, TARDY: 1_983, IN: 5_640, LATE_ONES: 223},
    {DONE: Decimal("98.62"), LATE_ONES: Decimal("1.38")},
)
# thoibaotaichinhvietnam.vn, 21 October 2025; vneconomy.vn, 22 October 2025.
DAY_20 = Reported(
    {ALL: 9_831, DONE: 7_892, IN: 1_602, LATE_ONES: 319},
    {DONE: Decimal("80.3"), IN: Decimal("16.47"), LATE_ONES: Decimal("3.23")},
)
# vietnam.vn, 25 October 2025.
DAY_24 = Reported(
    {ALL: 9_831, DONE: 8_150, IN: 1_620, LATE_ONES: 61},
    {DONE: Decimal("82.9"), IN: Decimal("16.47"), LATE_ONES: Decimal("0.62")},
)


def test_the_18_missing_ones_are_found_and_the_swapped_digits_named():
    (whole,) = check(DAY_20).sums
    assert (whole.stated, whole.added, whole.missing) == (9_831, 9_813, 18)
    # The total may be the one with the swapped digits as well: both are named, none is chosen.
    assert whole.swaps == (Swap(IN, 1_602, 1_620), Swap(ALL, 9_831, 9_813))


def test_four_days_later_it_adds_up():
    (whole,) = check(DAY_24).sums
    assert (whole.stated, whole.missing, whole.swaps) == (9_831, 0, ())


def test_the_year_2017_adds_up_and_so_do_the_parts_of_its_done():
    assert [(s.whole, s.missing) for s in check(YEAR_2017).sums] == [(ALL, 0), (DONE, 0)]


def test_share_of_all_is_found_with_its_base():
    best = check(DAY_20).shares[DONE][0]
    assert (best.how, best.part, best.whole, best.base) == (How.ROUNDED, 7_892, 9_831, "assigned")


def test_share_of_those_that_fell_due_is_found_with_its_base():
    best = check(YEAR_2017).shares[DONE][0]
    assert (best.part, best.whole, best.base) == (16_051, 16_274, "due")
    # 98.63 by rounding: the report dropped the digits behind.
    assert (best.how, best.exact) == (How.CUT, Decimal("98.630"))


def test_last_share_is_what_the_others_leave_of_a_hundred():
    assert check(YEAR_2017).shares[LATE_ONES][0].how == How.REST
    overdue = check(DAY_20).shares[LATE_ONES][0]
    assert (overdue.how, overdue.others) == (How.REST, (Decimal("80.3"), Decimal("16.47")))


def test_share_that_fits_only_the_swapped_number_says_so():
    found = check(DAY_20).shares[IN]
    by_division = [one for one in found if one.how != How.REST]
    assert [(one.part, one.whole, one.swap) for one in by_division] == [
        (1_620, 9_831, Swap(IN, 1_602, 1_620))
    ]


def test_share_no_division_gives_has_none():
    told = check(Reported({ALL: 100, DONE: 50}, {DONE: Decimal("77.7")}))
    assert told.shares == {DONE: []}
    assert not told.holds


@pytest.mark.parametrize("told", [Reported({}), Reported({ALL: 5}), Reported({ALL: 5, DONE: 3})])
def test_sum_whose_terms_are_not_all_stated_is_not_judged(told):
    assert check(told).sums == ()


def test_sentence_of_a_report_is_read():
    text = (
        "Từ ngày 01/01 đến ngày 20/10/2025, Chính phủ, Thủ tướng Chính phủ đã giao 9.831 nhiệm vụ "
        "(trong đó có 1.173 nhiệm vụ trọng tâm); đã hoàn thành 7.892 nhiệm vụ (80,3%); "
        "chưa hoàn thành trong hạn 1.602 nhiệm vụ (16,47%), quá hạn 319 nhiệm vụ (3,23%)."
    )
    told = read_reported(text)
    assert told == DAY_20


def test_sentence_with_both_kinds_of_done_is_read():
    text = (
        "giao 21.914 nhiệm vụ, đã hoàn thành 16.051 nhiệm vụ (14.068 nhiệm vụ hoàn thành đúng hạn; "
        "1.983 nhiệm vụ hoàn thành quá hạn), chưa hoàn thành trong hạn 5.640, quá hạn 223"
    )
    assert read_reported(text).counts == YEAR_2017.counts


@pytest.mark.parametrize(
    "text",
    [
        "đã hoàn thành 95, trong đó đúng hạn 80, quá hạn 10; chưa hoàn thành 25, trong đó quá hạn "
        "5, trong hạn 20",
        "đã hoàn thành 95 nhiệm vụ: trong hạn 80, quá hạn 10; chưa hoàn thành 25 (quá hạn 5, chưa "
        "đến hạn 20)",
        "hoàn thành 95 (đúng hạn 80; quá hạn 10), chưa hoàn thành 25: quá hạn 5; trong hạn 20",
        "hoàn thành 95 gồm hoàn thành trong hạn 80, quá hạn 10. Chưa hoàn thành 25, bao gồm trong "
        "hạn 20, quá hạn 5.",
    ],
)
def test_overdue_is_of_what_it_is_told_among(text):
    told = read_reported(text)
    assert told.counts == {
        **{DONE: 95, TIMELY: 80, TARDY: 10},
        **{Cell.OPEN: 25, IN: 20, LATE_ONES: 5},
    }
    assert [(s.whole, s.missing) for s in check(told).sums] == [(DONE, 5), (Cell.OPEN, 0)]


@pytest.mark.parametrize(
    "text",
    [
        "giao 120, trong đó đã hoàn thành 95, trong hạn 20, quá hạn 5",
        "120 nhiệm vụ; đã hoàn thành 95 (79,2%); trong hạn 20; quá hạn 5",
        "Đến 30/9: được giao: 120 nhiệm vụ; đã hoàn thành: 95; trong hạn: 20; quá hạn: 5",
    ],
)
def test_overdue_beside_those_done_is_not_done(text):
    assert read_reported(text).counts == {ALL: 120, DONE: 95, IN: 20, LATE_ONES: 5}


@given(st.text())
def test_any_text_is_read(text):
    check(read_reported(text))


_counts = st.integers(0, 10**6)


@given(_counts, _counts, _counts, _counts)
def test_cells_that_add_up_are_never_doubted(on_time, late, in_time, overdue):
    told = Reported(
        {
            ALL: on_time + late + in_time + overdue,
            TIMELY: on_time,
            TARDY: late,
            IN: in_time,
            LATE_ONES: overdue,
        }
    )
    assert [one.missing for one in check(told).sums] == [0]


@given(_counts, _counts, st.integers(0, 3))
def test_share_rounded_from_its_numbers_is_always_found(done, overdue, places):
    total = done + overdue
    if not total:
        return
    share = (Decimal(done) * 100 / total).quantize(Decimal(1).scaleb(-places), "ROUND_HALF_UP")
    told = check(Reported({ALL: total, DONE: done, IN: 0, LATE_ONES: overdue}, {DONE: share}))
    assert any(one.base == "assigned" and one.how == How.ROUNDED for one in told.shares[DONE])


@given(st.integers(0, 10**12 - 1))
def test_number_with_any_separator_is_the_number(n):
    assert read_number(f"{n:,}".replace(",", ".")) == read_number(f" {n:,} ") == n


@pytest.mark.parametrize(("text", "value"), [("98,62%", "98.62"), ("80.3", "80.3"), (" 7 % ", "7")])
def test_share_is_read_as_typed(text, value):
    assert str(read_share(text)) == value


@pytest.mark.parametrize("text", ["", "abc", "101", "-1", "NaN", "1e999"])
def test_what_is_no_share_is_none(text):
    assert read_share(text) is None
