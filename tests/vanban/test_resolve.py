"""A name and its day give the one bearer, or stay open; never a wrong one."""

from datetime import date
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from vanban.data import load
from vanban.data.build import _Loader
from vanban.directory import names
from vanban.directory.resolve import resolve

DAYS = {
    "s": date(2023, 3, 9),
    "d": date(2024, 12, 20),
    "j": date(2025, 7, 22),
    "n": date(2026, 1, 10),
    None: None,
}
TEXT = (Path(__file__).parent / "corpus" / "names.yml").read_text("utf-8")
PAIRS = [tuple(row) for rows in yaml.load(TEXT, Loader=_Loader).values() for row in rows]
EMBASSIES = [row for row in load("bodies/missions") if row["type"] == "embassy"]


def test_the_list_has_its_three_hundred_pairs():
    assert len(set(PAIRS)) == len(PAIRS) >= 300
    assert sum(expected.startswith("?") for _, _, expected in PAIRS) >= 80


@pytest.mark.parametrize(("name", "day", "expected"), PAIRS)
def test_a_name_on_a_day(name: str, day: str | None, expected: str):
    found = resolve(name, on=DAYS[day])
    assert (found.id or f"? {found.reason}") == expected


def test_an_open_name_shows_whom_it_may_mean():
    assert [e.id for e in resolve("Bộ Tài chính").candidates] == ["mof", "mof-2025"]
    assert [e.id for e in resolve("Congo").candidates] == ["cd", "cg"]
    assert [e.id for e in resolve("Bộ Ngoại giao và Bộ Công Thương").candidates] == [
        "mofa",
        "moit",
    ]
    ended = resolve("Bộ KH&ĐT", on=DAYS["n"])
    assert [(e.id, e.valid_to) for e in ended.candidates] == [("mpi", "2025-02-28")]


def test_the_kinds_asked_for_are_the_only_ones_given():
    assert resolve("Nghệ An", kinds={"partner"}).id is None
    assert resolve("Nghệ An", kinds={"body"}).id == "tinh-nghe-an"
    assert resolve("EU", kinds={"country"}).id is None
    assert resolve("EU", kinds={"bloc"}).id == "eu"
    assert resolve("Bộ trưởng Bộ Ngoại giao", kinds={"body"}).id is None


def test_the_province_a_text_is_about_completes_a_name():
    at = {"on": DAYS["s"], "within": "tinh-bac-ninh"}
    assert resolve("UBND tỉnh", **at).id == "ubnd.tinh-bac-ninh"
    assert resolve("Sở Ngoại vụ", **at).id == "so-ngoai-vu.tinh-bac-ninh"
    assert resolve("Chủ tịch UBND tỉnh", **at).id == "chair@ubnd.tinh-bac-ninh"
    assert resolve("Sở Ngoại vụ Nghệ An", **at).id == "so-ngoai-vu.tinh-nghe-an"


OWN_WORDS = [
    ("UBND tỉnh", "so-ngoai-vu.tinh-nghe-an", "ubnd.tinh-nghe-an"),
    ("UBND tinh", "tinh-nghe-an", "ubnd.tinh-nghe-an"),
    ("Sở KHĐT", "ubnd.tinh-nghe-an", "so-ke-hoach-dau-tu.tinh-nghe-an"),
    ("Sở", "so-ngoai-vu.tinh-nghe-an", "so-ngoai-vu.tinh-nghe-an"),
    ("Giám đốc Sở", "so-ngoai-vu.tinh-nghe-an", "director@so-ngoai-vu.tinh-nghe-an"),
    ("tỉnh", "so-ngoai-vu.tinh-nghe-an", "tinh-nghe-an"),
    ("UBND thành phố", "tp-ho-chi-minh", "ubnd.tp-ho-chi-minh"),
    ("Thành ủy", "tp-ho-chi-minh", "thanh-uy.tp-ho-chi-minh"),
    # A town of the province: its committee has no row, and the province's is another.
    ("UBND thành phố", "tinh-nghe-an", "? needs_province"),
    ("Thành ủy", "tinh-nghe-an", "? unknown"),
    ("Bộ", "mofa", "mofa"),
    ("Bộ", "moit-multilateral", "moit"),
    ("Vụ", "moit-multilateral", "moit-multilateral"),
    ("Cục", "moit-multilateral", "? needs_body"),
    ("Bộ trưởng", "mofa", "minister@mofa"),
    ("Bộ trưởng Bộ", "mofa", "minister@mofa"),
    ("Bộ", "dsq-cn", "mofa"),
    ("Đại sứ quán", "dsq-cn", "dsq-cn"),
    ("Đại sứ", "dsq-cn", "ambassador@dsq-cn"),
    # Another body's name is still another body's.
    ("Bộ Công Thương", "mofa", "moit"),
    ("Sở Ngoại vụ Nghệ An", "tinh-bac-ninh", "so-ngoai-vu.tinh-nghe-an"),
    # These have no ministry above them, or are not known at all.
    ("Bộ", "ubnd.tinh-nghe-an", "? needs_body"),
    ("Bộ", "government-office", "? needs_body"),
    ("UBND tỉnh", "khong-co", "? needs_province"),
    ("UBND tỉnh", "so-khong-co.tinh-nghe-an", "? needs_province"),
    ("Sở", "mofa", "? needs_body"),
    # A ministry that was gone by then.
    ("Bộ", "mof-2025", "? not_on_that_day"),
]


@pytest.mark.parametrize(("name", "within", "expected"), OWN_WORDS)
def test_what_a_word_means_in_a_body_s_own_text(name: str, within: str, expected: str):
    found = resolve(name, on=DAYS["d"], within=within)
    assert (found.id or f"? {found.reason}") == expected


def test_a_name_without_its_place_shows_everyone_it_may_mean():
    committees = resolve("UBND tỉnh", on=DAYS["d"]).candidates
    assert len(committees) == len({e.id for e in committees}) == 58
    assert len(resolve("UBND tỉnh", on=DAYS["n"]).candidates) == 28
    assert {e.kind for e in committees} == {"peoples_committee"}
    assert len(resolve("UBND", on=DAYS["d"]).candidates) == 63
    assert len(resolve("Sở KHĐT", on=DAYS["d"]).candidates) == 63
    assert resolve("Sở KHĐT", on=DAYS["n"]).candidates == ()
    assert "moit" in {e.id for e in resolve("Bộ", on=DAYS["d"]).candidates}
    assert "minister@moit" in {e.id for e in resolve("Bộ trưởng", on=DAYS["d"]).candidates}
    assert resolve("UBND tỉnh", on=DAYS["d"], kinds={"partner"}).candidates == ()


@pytest.mark.parametrize("mission", EMBASSIES, ids=lambda m: m["host"])
def test_every_embassy_is_found_by_every_name_of_its_host(mission):
    host = next(r for r in load("partners") if r["id"] == mission["host"])
    for alias in [*host["aliases"]["strong"], *host["aliases"]["weak"]]:
        assert resolve(f"Đại sứ quán Việt Nam tại {alias}").id == mission["id"]


def test_every_strong_alias_of_a_partner_means_that_partner():
    wrong = {
        (alias, row["id"], found.id)
        for row in load("partners")
        for alias in row["aliases"]["strong"]
        if (found := resolve(alias, kinds={"partner"})).id != row["id"]
    }
    assert wrong == set()


def test_every_body_of_its_own_row_is_found_on_its_last_or_first_day():
    for row in [*load("bodies/central"), *load("bodies/provinces")]:
        valid = row["valid"]
        on = date.fromisoformat(valid.get("to") or valid.get("from") or "2024-12-20")
        assert resolve(row["name"], on=on, kinds={"body"}).id == row["id"], row["id"]


@given(st.text())
def test_any_text_is_accepted(text: str):
    found = resolve(text)
    assert (found.id is None) or [e.id for e in found.candidates] == [found.id]


@given(st.sampled_from(PAIRS), st.sampled_from([str.upper, str.strip, lambda s: f"  {s} "]))
def test_case_and_blanks_of_a_long_name_do_not_matter(pair, change):
    name, day, expected = pair
    found = resolve(change(name), on=DAYS[day])
    assert expected in (found.id, f"? {found.reason}", "? weak")


def test_marks_left_out_or_misplaced():
    assert names.key("Hoà Bình") == names.key("Hòa Bình") == names.key("HOÀ  BÌNH")
    assert names.key("Thuỷ sản") == names.key("Thủy sản")
    assert names.bare(names.key("Đắk Lắk")) == "daklak"
    assert names.marks_agree(names.key("Đak Lắk"), names.key("Đắk Lắk"))
    assert not names.marks_agree(names.key("Hạ Nam"), names.key("Hà Nam"))
    assert not names.marks_agree(names.key("Hà Nam"), names.key("Ha Nam"))


def test_vietnamese_order():
    given_names = ["Đà Nẵng", "Hà Tĩnh", "Dương", "Hải Dương", "Ấn Độ", "Anh", "Áo", "An Giang"]
    assert sorted(given_names, key=names.sort_key) == [
        "An Giang",
        "Anh",
        "Áo",
        "Ấn Độ",
        "Dương",
        "Đà Nẵng",
        "Hà Tĩnh",
        "Hải Dương",
    ]


def test_every_mission_is_a_body_by_its_own_name():
    for row in load("bodies/missions"):
        found = resolve(row["name"], on=DAYS["n"], kinds={"body"})
        assert found.id == row["id"], row["id"]
