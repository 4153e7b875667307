"""Numbers, amounts, days and intervals as each language writes them; the drawn line."""

import datetime as dt
from decimal import Decimal
from xml.etree import ElementTree

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from diemcau.documents.search import highlight, terms_of
from diemcau.indicators.intervals import Interval
from diemcau.web.days import say_day, say_instant, say_period, say_span
from diemcau.web.figures.lines import Drawn, draw_claims
from diemcau.web.numbers import say_amount, say_bounded, say_claim, say_interval, say_number
from vanban.letters import fold


@pytest.mark.parametrize(
    ("value", "unit", "vi", "en"),
    [
        ("1234.5", "count", "1.234,5", "1,234.5"),
        ("3207000000", "USD", "3,207 tỷ USD", "3.207 billion USD"),
        ("500000000", "USD", "500 triệu USD", "500 million USD"),
        ("31.2", "percent", "31,2%", "31.2%"),
        ("100000", "people", "100.000 người", "100,000 people"),
        ("4", "rank", "thứ 4", "rank 4"),
        ("2.5", "ratio", "2,5 lần", "2.5 times"),
        ("1200", "other:tấn", "1.200 tấn", "1,200 tấn"),
        ("0", "count", "0", "0"),
    ],
)
def test_amounts(value, unit, vi, en):
    with translation.override("vi"):
        assert say_amount(Decimal(value), unit) == vi
    with translation.override("en"):
        assert say_amount(Decimal(value), unit) == en


@pytest.mark.parametrize(
    ("bound", "vi", "en"),
    [
        ("eq", "60", "60"),
        ("gt", "hơn 60", "over 60"),
        ("lt", "gần 60", "nearly 60"),
        ("ge", "từ 60 trở lên", "at least 60"),
        ("approx", "khoảng 60", "about 60"),
        ("range", "từ 60 đến 70", "60 to 70"),
    ],
)
def test_bound_words(bound, vi, en):
    with translation.override("vi"):
        assert say_bounded(Decimal(60), "count", bound, Decimal(70)) == vi
    with translation.override("en"):
        assert say_bounded(Decimal(60), "count", bound, Decimal(70)) == en


@pytest.mark.parametrize(
    ("change", "vi", "en"),
    [
        ("up", "tăng hơn 8,1%", "up over 8.1%"),
        ("down", "giảm hơn 8,1%", "down over 8.1%"),
        ("level", "bằng hơn 8,1%", "at over 8.1%"),
        (None, "hơn 8,1%", "over 8.1%"),
    ],
)
def test_a_claim_says_which_way_it_moved(change, vi, en):
    values = {"value": "8.1", "unit": "percent", "bound": "gt", "change": change}
    with translation.override("vi"):
        assert say_claim(values) == vi
    with translation.override("en"):
        assert say_claim(values) == en
    assert say_claim({"value": None}) == ""


@pytest.mark.parametrize(
    ("interval", "words"),
    [
        (Interval.point(Decimal(253)), "đúng 253"),
        (Interval(Decimal(50), Decimal(60), False, True), "từ 50 đến dưới 60"),
        (Interval(Decimal(170), None, True), "trên 170"),
        (Interval(Decimal(170), None), "từ 170 trở lên"),
        (Interval(Decimal(0), Decimal(9)), "nhiều nhất 9"),
        (Interval(None, Decimal(9), False, True), "dưới 9"),
        (Interval(Decimal(170), Decimal(180), True), "trên 170 đến 180"),
        (Interval(Decimal(1), Decimal(2), True, True), "trên 1 và dưới 2"),
        (Interval(), "giá trị bất kỳ"),
    ],
)
def test_intervals_in_words(interval, words):
    assert say_interval(interval.to_json(), "count") == words


@pytest.mark.parametrize(
    ("text", "vi", "en"),
    [
        ("2025-H2", "6 tháng cuối năm 2025", "second half of 2025"),
        ("2025-H1", "6 tháng đầu năm 2025", "first half of 2025"),
        ("2024-Q3", "quý III/2024", "quarter III of 2024"),
        ("2025-07", "7/2025", "Jul 2025"),
        ("2022/2026", "2022–2026", "2022–2026"),
        ("2025-06-30", "30/6/2025", "30 Jun 2025"),
        ("sớm", "sớm", "sớm"),
        (None, "", ""),
    ],
)
def test_periods(text, vi, en):
    with translation.override("vi"):
        assert say_period(text) == vi
    with translation.override("en"):
        assert say_period(text) == en


def test_days_and_spans():
    first, last = dt.date(2025, 7, 1), dt.date(2025, 12, 31)
    assert say_day(first) == "1/7/2025"
    assert say_span(first, last) == "1/7/2025 – 31/12/2025"
    assert say_span(None, last) == say_span(last, last) == "31/12/2025"


@given(st.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=0, max_value=10**12))
def test_a_number_printed_in_vietnamese_reads_back(value):
    with translation.override("vi"):
        assert Decimal(say_number(value).replace(".", "").replace(",", ".")) == value


@given(st.text(max_size=60), st.lists(st.text(min_size=1, max_size=4), max_size=3))
def test_highlighting_never_changes_the_text(text, words):
    pieces = highlight(text, [t for w in words for t in terms_of(w)])
    assert "".join(piece for piece, _ in pieces) == text


def test_highlighting_marks_what_was_looked_for():
    pieces = highlight("Hơn 170 thoả thuận", terms_of("thỏa"))
    assert [piece for piece, hit in pieces if hit] == ["thoả"]
    assert fold("thoả") == terms_of("THOA")[0]


def drawn(interval, label="gần 60"):
    return Drawn(label, interval.to_json(), interval.to_json())


def test_a_line_draws_every_claim_on_one_scale():
    line = draw_claims(
        [
            drawn(Interval(Decimal(50), Decimal(60), False, True)),
            drawn(Interval.point(Decimal(59)), "<59>"),
            drawn(Interval(Decimal(55), None, True)),
        ],
        "count",
        title="Hai số",
    )
    root = ElementTree.fromstring(line)
    assert root.get("aria-label") == "Hai số"
    assert [t.text for t in root.iter("text") if t.get("class") == "name"] == [
        "gần 60",
        "<59>",
        "gần 60",
    ]
    assert len(list(root.iter("path"))) == 1
    ends = [float(c.get("cx")) for c in root.iter("circle")]
    assert ends[0] < ends[2] < ends[1]
    assert 'style="' not in line


def test_a_line_without_an_end_is_not_drawn():
    assert draw_claims([drawn(Interval())], "count", title="") == ""


def test_an_instant_is_told_on_the_installations_clock():
    at = dt.datetime(2026, 7, 9, 17, 5, 8, tzinfo=dt.UTC)
    with translation.override("vi"):
        assert say_instant(at) == "00:05 10/7/2026"
        assert say_instant(at, seconds=True) == "00:05:08 10/7/2026"
    with translation.override("en"):
        assert say_instant(at) == "10 Jul 2026, 00:05"
    assert say_instant(None) == ""
