"""What may be typed over a reading, and the sentence for what may not."""

import pytest
from django.utils import translation

from diemcau.indicators.days import say_period
from diemcau.review.corrections import InvalidValues, clean_values, shown_value
from diemcau.review.fields import FIELDS

FIGURE = {
    "value": "120",
    "unit": "count",
    "bound": "gt",
    "measure": "agreements_signed",
    "role": "actual",
}


def problem(kind, field, values):
    with pytest.raises(InvalidValues) as refused:
        clean_values(kind, values)
    assert set(refused.value.problems) == {field}
    return refused.value.problems[field]


@pytest.mark.parametrize(
    ("language", "text", "value"),
    [
        ("vi", "1.234,5", 1234.5),
        ("vi", "1.696.000.000", 1696000000),
        ("vi", "15,5", 15.5),
        ("vi", "-3", -3),
        ("vi", "1 234", 1234),
        ("vi", "1,696 tỷ", 1696000000),
        ("vi", "500 triệu", 500000000),
        ("en", "2.5 billion", 2500000000),
        ("en", "1,234.5", 1234.5),
        ("en", "1,696,000,000", 1696000000),
        ("en", "15.5", 15.5),
    ],
)
def test_numbers_are_written_as_the_language_writes_them(language, text, value):
    with translation.override(language):
        assert clean_values("figures", FIGURE | {"value": text})["value"] == value


@pytest.mark.parametrize("text", ["1,2,3", "1.23", "12.34,5", "mười", "1e9", "0x10", "9" * 30])
def test_what_is_no_number_is_named(text):
    with translation.override("vi"):
        assert text in problem("figures", "value", FIGURE | {"value": text})


@pytest.mark.parametrize(
    ("text", "day"),
    [("20/12/2024", "2024-12-20"), ("2024-12-20", "2024-12-20"), ("1.7.2025", "2025-07-01")],
)
def test_days(text, day):
    assert clean_values("events", {"date": text})["date"] == day


@pytest.mark.parametrize("text", ["31/2/2025", "2025-13-01", "hôm qua", "20/12", "2025"])
def test_what_is_no_day_is_named(text):
    assert text in problem("events", "date", {"date": text})


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("2025", "2025"),
        ("2025-h1", "2025-H1"),
        ("2024-Q3", "2024-Q3"),
        ("2025-07", "2025-07"),
        ("2022/2026", "2022/2026"),
        ("2025-01/2025-10", "2025-01/2025-10"),
        ("30/6/2025", "2025-06-30"),
        ("quý III/2026", "2026-Q3"),
        ("tháng 9/2026", "2026-09"),
        ("11/2026", "2026-11"),
        ("6 tháng đầu năm 2026", "2026-H1"),
        ("ngày 30/6/2025", "2025-06-30"),
        ("2022-2026", "2022/2026"),
    ],
)
def test_periods(text, period):
    assert clean_values("tasks", {"action": "a", "deadline": text})["deadline"] == period


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize(
    "period",
    [
        *("2026", "2026-H2", "2026-Q4", "2026-11", "2026-06-30", "2022/2026"),
        *("2025-01/2025-09", "2025-01/2025-10", "2025-Q1/2025-Q3"),
    ],
)
def test_a_period_may_be_typed_as_the_card_shows_it(language, period):
    (deadline,) = (one for one in FIELDS["tasks"] if one.name == "deadline")
    with translation.override(language):
        for shown in {
            say_period(period),
            shown_value(deadline, {"deadline": period}),
        }:
            values = {"action": "a", "deadline": shown}
            assert clean_values("tasks", values)["deadline"] == period


@pytest.mark.parametrize(
    "text", ["2025-Q5", "2025-H3", "2025-00", "2026/2022", "quý sau", "31/2/2027", "13/2026"]
)
def test_what_is_no_period_is_named(text):
    assert text in problem("tasks", "deadline", {"action": "a", "deadline": text})


def test_a_choice_is_one_of_the_list():
    assert "roughly" in problem("figures", "bound", FIGURE | {"bound": "roughly"})
    assert "colony" in problem(
        "partners", "type", {"name": "A", "type": "colony", "relation": "visited"}
    )


@pytest.mark.parametrize("unit", ["count", "USD", "EUR", "other:tấn"])
def test_a_unit_is_of_the_list_a_currency_or_named(unit):
    assert clean_values("figures", FIGURE | {"unit": unit})["unit"] == unit


def test_another_unit_must_say_so():
    assert "tấn" in problem("figures", "unit", FIGURE | {"unit": "tấn"})


def test_a_range_has_two_ends_and_only_a_range():
    range_ = FIGURE | {"bound": "range", "value_high": "130"}
    assert clean_values("figures", range_)["value_high"] == 130
    problem("figures", "value_high", range_ | {"value_high": "110"})
    problem("figures", "value_high", range_ | {"value_high": ""})
    problem("figures", "value_high", FIGURE | {"value_high": "130"})


def test_a_comparison_has_a_kind_if_it_has_a_base():
    both = FIGURE | {"compares.kind": "yoy", "compares.base": "2023"}
    assert clean_values("figures", both)["compares"] == {"kind": "yoy", "base": "2023"}
    assert clean_values("figures", FIGURE)["compares"] is None
    problem("figures", "compares.kind", FIGURE | {"compares.base": "2023"})


def test_lists_are_one_item_a_line_without_empty_ones():
    assert clean_values("people", {"name": "Lan", "titles": " Vụ trưởng\r\n\n Bí thư "}) == {
        "name": "Lan",
        "titles": ["Vụ trưởng", "Bí thư"],
    }


@pytest.mark.parametrize(
    ("kind", "field"),
    [("people", "name"), ("instruments", "number"), ("tasks", "action"), ("partners", "name")],
)
def test_what_must_be_there_is_asked_for(kind, field):
    full = {f.name: next(iter(f.choices)) if f.choices else "x" for f in FIELDS[kind]}
    full |= {f.name: "" for f in FIELDS[kind] if f.type in ("day", "period")}
    problem(kind, field, full | {field: "  "})


def test_too_long_a_text_is_refused():
    assert "2000" in problem("tasks", "action", {"action": "x" * 2001}).replace(".", "")


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("number", [0, 7, 999, 1000, 1696000000, 15.5, 1234.25, -3])
def test_a_number_shown_and_sent_back_is_the_same(language, number):
    value = FIELDS["figures"][1]
    with translation.override(language):
        shown = shown_value(value, {"value": number})
        assert clean_values("figures", FIGURE | {"value": shown})["value"] == number


def test_a_large_amount_is_shown_in_full_digits():
    with translation.override("vi"):
        value = FIELDS["figures"][1]
        assert shown_value(value, {"value": 1696000000}) == "1.696.000.000"
        assert shown_value(value, {"value": 15.5}) == "15,5"
