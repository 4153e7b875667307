"""Measures and units: ids, names, words claimed once, exact conversions, what a text reads as."""

from collections import Counter
from decimal import Decimal

import pytest

import vanban
from vanban.data import load

MEASURES, UNITS = load("measures"), load("units")
BY_ID = {row["id"]: row for row in UNITS}


def test_rows_have_their_fields_and_ids_are_unique():
    for row in MEASURES:
        assert row.keys() - {"key"} == {"id", "kind", "name", "name_en", "cues", "source", "sure"}
        assert row["kind"] in ("money", "count", "people", "growth", "any")
    for row in UNITS:
        known = {"id", "dimension", "name", "name_en", "words", "source", "sure"}
        assert known <= row.keys() <= known | {"unit", "factor", "base", "note"}
    for rows in (MEASURES, UNITS):
        assert max(Counter(row["id"] for row in rows).values()) == 1
        assert max(Counter(row["name"] for row in rows).values()) == 1
        assert all(row["name"] and row["name_en"] and row["sure"] in "ABC" for row in rows)


def test_every_key_of_the_schema_is_there_and_no_other():
    keys = {row.get("key", row["id"]) for row in MEASURES}
    assert keys == {
        *("agreements_signed", "documents_signed", "high_level_activities", "other"),
        *("promotion_activities", "relations_upgraded", "endpoints", "tourists", "labour_sent"),
        *("exports", "imports", "trade_turnover", "fdi_registered", "fdi_disbursed"),
        *("fdi_projects", "remittances", "oda", "diaspora", "gdp_growth", "grdp_growth"),
    }


@pytest.mark.parametrize(("rows", "words"), [(MEASURES, "cues"), (UNITS, "words")])
def test_a_word_is_claimed_by_one_row(rows, words):
    claims = Counter(word for row in rows for word in row[words])
    assert {word for word, n in claims.items() if n > 1} == set()


def test_a_factor_is_exact_and_its_base_is_a_unit_of_the_same_dimension():
    for row in UNITS:
        assert ("factor" in row) == ("base" in row)
        if "factor" in row:
            base = BY_ID[row["base"]]
            assert base["dimension"] == row["dimension"]
            assert (base["factor"], base["base"]) == ("1", base["id"])
            assert Decimal(row["factor"]) > 0
    assert {r["id"] for r in UNITS if r["dimension"] == "money" and "factor" in r} == set()


@pytest.mark.parametrize(
    ("one", "other", "factor"),
    [
        ("tonne", "kg", 1000),
        ("km2", "hectare", 100),
        ("gwh", "mwh", 1000),
        ("nautical-mile", "km", Decimal("1.852")),
        ("m3", "litre", 1000),
        ("gw", "mw", 1000),
    ],
)
def test_conversions(one, other, factor):
    factors = [Decimal(BY_ID[ref]["factor"]) for ref in (one, other)]
    assert BY_ID[one]["dimension"] == BY_ID[other]["dimension"]
    assert factors[0] / factors[1] == factor


@pytest.mark.parametrize(
    ("word", "unit"),
    [(word, row.get("unit", f"other:{word}")) for row in UNITS for word in row["words"]],
)
def test_an_amount_in_every_word_reads_as_its_unit(word, unit):
    text = f"Năm 2024, xuất khẩu của tỉnh đạt 325 {word}, tăng so với năm trước."
    figures = vanban.read(vanban.Document.from_text(text)).of("figures")
    assert unit in [figure.unit for figure in figures]
