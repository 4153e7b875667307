"""The reference rows hold together: schema, normal form, links, collisions, sources."""

import os
import re
import unicodedata
from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from vanban.data import load
from vanban.data.build import main as build

SHARED = Path(os.environ.get("DIEMCAU_SHARED", Path(__file__).parents[2] / ".." / "shared"))
TYPES = ("country", "bloc", "region", "agreement")
LIST_OF_MISSIONS = (
    "AE AO AR AT AU BD BE BG BN BR BY CA CH CL CN CU CZ DE DK DZ EG ES FI FR GB GR HU ID IE IL IN "
    "IR IT JP KH KP KR KW KZ LA LK MA MM MN MX MY MZ NG NL NO NZ PH PK PL PT QA RO RU SA SE SG SK "
    "TH TL TR TZ UA US VE ZA"
)
ISO_COUNTRIES = 249


@cache
def _partners() -> list[dict[str, Any]]:
    return load("partners")


def _folded(alias: str) -> str:
    """Case, dash and blanks set aside, as a page may vary them; marks stay."""
    return re.sub(r"\s*[-–—]\s*", "-", unicodedata.normalize("NFC", alias).casefold())


def test_compiled_files_are_what_the_yaml_says():
    assert build(["--check"]) == 0


def test_every_partner_row_has_the_same_shape():
    for row in _partners():
        known = {"id", "type", "name", "name_en", "aliases", "context", "iso3", "members", "note"}
        assert row.keys() <= known | {"contains_vietnam", "source", "sure"}, row["id"]
        assert re.fullmatch(r"[a-z0-9][a-z0-9-]*", row["id"]), row["id"]
        assert row["type"] in TYPES
        assert row["sure"] in "ABC"
        assert row["source"]
        strong, weak = row["aliases"]["strong"], row["aliases"]["weak"]
        assert row["name"] in strong + weak, row["id"]
        assert len({*strong, *weak}) == len(strong) + len(weak), row["id"]
        assert all(a == " ".join(a.split()) for a in strong + weak), row["id"]
        assert (len(row["id"]) == 2) >= (row["type"] == "country"), row["id"]
        for alias, traps in row.get("context", {}).items():
            assert alias in strong + weak, (row["id"], alias)
            assert traps.keys() <= {"not_after", "not_before"}
            assert all(traps.values()), (row["id"], alias)


def test_each_country_of_iso_3166_stands_once():
    countries = [r for r in _partners() if r["type"] == "country"]
    assert len({r["id"] for r in countries}) == len(countries) == ISO_COUNTRIES + 1
    assert len({r["iso3"] for r in countries}) == len(countries)
    assert [r["id"] for r in countries if r["iso3"] == "XKX"] == ["xk"]


def test_partner_ids_and_strong_aliases_are_claimed_once():
    ids = [r["id"] for r in _partners()]
    assert len(ids) == len(set(ids))
    claims = defaultdict(set)
    for row in _partners():
        for alias in row["aliases"]["strong"]:
            claims[_folded(alias)].add(row["id"])
    assert {a: ids for a, ids in claims.items() if len(ids) > 1} == {}


def test_no_weak_alias_of_one_partner_is_strong_for_another():
    strong = {_folded(a): r["id"] for r in _partners() for a in r["aliases"]["strong"]}
    clashes = {
        (a, r["id"], strong[_folded(a)])
        for r in _partners()
        for a in r["aliases"]["weak"]
        if strong.get(_folded(a), r["id"]) != r["id"]
    }
    assert clashes == set()


def test_members_are_partners_and_their_dates_run_forward():
    ids = {r["id"] for r in _partners()}
    for row in _partners():
        last: dict[str, str] = {}
        for member in row.get("members", []):
            assert member.keys() <= {"partner", "from", "to", "source", "sure"}
            assert member["partner"] in ids - {row["id"]}, (row["id"], member)
            if "from" in member and "to" in member:
                assert member["from"] < member["to"]
            # Whoever stands twice had left before it came back.
            if member["partner"] in last:
                assert last[member["partner"]] < member["from"], (row["id"], member)
            last[member["partner"]] = member.get("to", "9999")


def test_members_of_a_bloc_are_dated_or_say_why_not():
    undated = {row["id"] for row in _partners() for m in row.get("members", ()) if "from" not in m}
    # The customs union, the treaty and the union of Benelux began in three different years.
    assert undated == {"benelux"}


@pytest.mark.parametrize(
    ("bloc", "day", "n"),
    [
        ("eu", "2019-06-30", 28),
        ("eu", "2020-02-01", 27),
        ("asean", "2024-12-20", 10),
        ("asean", "2026-01-01", 11),
        ("apec", "1990-06-30", 12),
        ("apec", "1999-06-30", 21),
        ("oecd", "1961-12-31", 19),
        ("oecd", "2022-12-31", 38),
        ("efta", "1965-06-30", 7),
        ("efta", "1990-06-30", 6),
        ("efta", "2024-12-20", 4),
        ("brics", "2009-12-31", 4),
        ("brics", "2023-12-31", 5),
        ("brics", "2025-12-31", 10),
        ("g7", "1975-12-31", 6),
        ("g7", "2024-12-20", 7),
        ("g20", "2022-12-31", 20),
        ("g20", "2024-12-20", 21),
        ("gcc", "2024-12-20", 6),
        ("eaeu", "2015-01-01", 3),
        ("eaeu", "2024-12-20", 5),
        ("mercosur", "2000-06-30", 4),
        ("mercosur", "2024-12-31", 5),
        ("african-union", "2003-06-30", 52),
        ("african-union", "2024-12-20", 54),
        ("sco", "2024-12-20", 10),
        ("opec", "2008-12-31", 13),
        ("opec", "2024-12-20", 12),
    ],
)
def test_members_of_a_bloc_on_a_day(bloc: str, day: str, n: int):
    row = next(r for r in _partners() if r["id"] == bloc)
    found = [
        m["partner"]
        for m in row["members"]
        if m["from"] <= day[: len(m["from"])] and (to := m.get("to", day)) >= day[: len(to)]
    ]
    assert len(found) == len(set(found)) == n


def test_every_host_of_an_embassy_is_a_country_row():
    countries = {r["id"] for r in _partners() if r["type"] == "country"}
    hosts = LIST_OF_MISSIONS.lower().split()
    assert len(hosts) == 70
    assert set(hosts) <= countries


@pytest.mark.parametrize(
    ("name", "partner"),
    [
        ("Dominicana", "do"),
        ("Cộng hòa Dominica", "do"),
        ("Dominica", "dm"),
        ("Úc", "au"),
        ("Liên bang Nga", "ru"),
        ("Ả-rập Xê-út", "sa"),
        ("Ca Ta", "qa"),
        ("Cazăcstan", "kz"),
        ("Hungarie", "hu"),
        ("Rumanie", "ro"),
        ("Mehico", "mx"),
        ("Nauy", "no"),
        ("Ucraina", "ua"),
        ("Philippine", "ph"),
        ("Srilanka", "lk"),
        ("Algerie", "dz"),
        ("Ai-len", "ie"),
        ("Braxin", "br"),
        ("Liên minh thuế quan miền Nam Châu Phi", "sacu"),
        ("Mỹ La-tinh", "my-latinh"),
    ],
)
def test_spellings_met_in_the_press(name: str, partner: str):
    found = [
        r["id"]
        for r in _partners()
        if _folded(name) in map(_folded, r["aliases"]["strong"] + r["aliases"]["weak"])
    ]
    assert found == [partner]


NAMED_IN_THE_SEEDS = {
    "seed0": "in au nz kr ae qa sa hu ro do cn ru dong-bac-a gb de nl fr it ph pe cl dk fi",
    "seed2": "cn jp kr us eu asean fr my-latinh chau-phi trung-a trung-dong-au mercosur"
    " gcc sacu br bd eg evipa un brics gms trung-dong dong-au pk in",
    "seed3": "us eu trung-dong",
    "seed4": "kr jp",
}


@pytest.mark.parametrize("seed", NAMED_IN_THE_SEEDS)
def test_partners_named_in_the_real_reports_are_found(seed: str):
    path = SHARED / "seeds" / f"{seed}.txt"
    if not path.exists():
        pytest.skip(f"{path} is not here: the five real reports are not shipped")
    text = _folded(path.read_text("utf-8"))
    found = {
        r["id"]
        for r in _partners()
        for a in r["aliases"]["strong"] + r["aliases"]["weak"]
        if re.search(rf"(?<!\w){re.escape(_folded(a))}(?!\w)", text)
    }
    assert set(NAMED_IN_THE_SEEDS[seed].split()) <= found
