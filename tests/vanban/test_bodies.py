"""Bodies over time: rows, links, the merger of provinces, and who answers today."""

import re
from collections import Counter
from datetime import date, timedelta
from typing import Any

import pytest

from vanban.data import load
from vanban.directory.rows import bodies, partners, provincial
from vanban.directory.succession import CycleError, Link, follow, shipped_links

CENTRAL = load("bodies/central")
PROVINCES = load("bodies/provinces")
MISSIONS = load("bodies/missions")
DEPARTMENTS = load("bodies/departments")
LINKS = [*load("bodies/successions"), *load("bodies/province_successions")]
MEASURED = ("measures", "units")
MERGER = "2025-07-01"


def _on(rows: list[dict[str, Any]], day: str) -> list[dict[str, Any]]:
    return [r for r in rows if r["valid"].get("from", "") <= day <= r["valid"].get("to", "9999")]


def _day_before(day: str) -> str:
    return (date.fromisoformat(day) - timedelta(days=1)).isoformat()


def test_every_source_named_is_listed_and_none_is_listed_in_vain():
    used = set()

    def walk(node: Any) -> None:
        if isinstance(node, dict):
            used.update(v for k, v in node.items() if k in ("source", "accredited_source"))
        for child in node.values() if isinstance(node, dict) else node:
            if isinstance(child, dict | list):
                walk(child)

    for name in ("partners", "partnerships", "agreements", "offices", "people", *MEASURED):
        walk(load(name))
    for rows in (CENTRAL, PROVINCES, MISSIONS, DEPARTMENTS, LINKS):
        walk(rows)
    listed = [row["key"] for row in load("sources")]
    assert sorted(listed) == sorted(used)


def test_what_nobody_confirmed_is_marked_so():
    rows = [*CENTRAL, *PROVINCES, *MISSIONS, *DEPARTMENTS, *LINKS, *load("partnerships")]
    rows += [stage for row in load("agreements") for stage in row["stages"]]
    rows += [row for name in MEASURED for row in load(name)]
    assert {r["sure"] for r in rows if r["source"] == "house"} == {"C"}
    assert {r["sure"] for r in rows} == {"A", "B", "C"}


def test_ids_are_unique_and_days_run_forward():
    rows = [*CENTRAL, *PROVINCES, *MISSIONS]
    counts = Counter(r["id"] for r in rows)
    assert max(counts.values()) == 1
    assert not counts.keys() & partners().keys()
    for row in [*rows, *DEPARTMENTS]:
        assert re.fullmatch(r"[a-z0-9-]+", row["id"])
        assert row["valid"].keys() <= {"from", "to"}
        assert row["valid"].get("from", "") <= row["valid"].get("to", "9999"), row["id"]
        assert row.get("parent", "government") in bodies()


def test_no_two_bodies_share_a_strong_name_on_one_day():
    for row in [*CENTRAL, *PROVINCES]:
        for other in [*CENTRAL, *PROVINCES]:
            shared = {row["name"], *row["aliases"]["strong"]} & {
                other["name"],
                *other["aliases"]["strong"],
            }
            if shared and row["id"] < other["id"]:
                first, second = bodies()[row["id"]], bodies()[other["id"]]
                spans = sorted((e.valid_from, e.valid_to or "9999") for e in (first, second))
                assert spans[0][1] < spans[1][0], (row["id"], other["id"], shared)


def test_links_join_bodies_that_end_and_begin_that_day():
    for link in LINKS:
        before, after = bodies()[link["from"]], bodies()[link["to"]]
        assert link["kind"] in ("merged", "renamed", "split", "functions_moved")
        assert before.valid_to == _day_before(link["on"]), link
        assert after.is_valid(link["on"]), link


def test_every_body_that_ended_has_a_successor_and_every_new_one_a_predecessor():
    begun_anew = {"us-trade-task-force", "tlsq-trung-khanh"}
    ended = {e.id for e in bodies().values() if e.valid_to}
    begun = {e.id for e in bodies().values() if e.valid_from} - begun_anew
    assert ended == {link["from"] for link in LINKS}
    assert begun <= {link["to"] for link in LINKS}


def test_fourteen_ministries_and_three_agencies_since_march_2025():
    ministries = [r for r in CENTRAL if r["kind"] == "ministry"]
    assert len(_on(ministries, "2025-03-01")) == 14 + 3
    kept = {r["name"] for r in _on(ministries, "2025-02-28")}
    new = [r["name"] for r in ministries if r["valid"].get("from") == "2025-03-01"]
    assert sorted(kept & set(new)) == [
        "Bộ Khoa học và Công nghệ",
        "Bộ Nội vụ",
        "Bộ Tài chính",
        "Bộ Xây dựng",
    ]


def test_thirty_four_provinces_from_sixty_three_each_old_one_once():
    old, new = _on(PROVINCES, _day_before(MERGER)), _on(PROVINCES, MERGER)
    assert (len(old), len(new)) == (63, 34)
    assert len(_on(PROVINCES, "2024-12-20")) == 63
    merged = [link for link in LINKS if link["on"] == MERGER and link["from"] in bodies()]
    unchanged = {r["id"] for r in old} & {r["id"] for r in new}
    assert len(unchanged) == 11
    assert sorted([link["from"] for link in merged] + sorted(unchanged)) == sorted(
        r["id"] for r in old
    )
    assert {link["to"] for link in merged} | unchanged == {r["id"] for r in new}
    for day in ("2024-12-20", MERGER):
        codes = [r["code"] for r in _on(PROVINCES, day)]
        assert len(set(codes)) == len(codes)


@pytest.mark.parametrize(
    ("code", "before", "after"),
    [
        ("15", "Yên Bái", "Lào Cai"),
        ("24", "Bắc Giang", "Bắc Ninh"),
        ("44", "Quảng Bình", "Quảng Trị"),
        ("52", "Bình Định", "Gia Lai"),
        ("80", "Long An", "Tây Ninh"),
        ("82", "Tiền Giang", "Đồng Tháp"),
        ("91", "Kiên Giang", "An Giang"),
    ],
)
def test_a_code_used_again_is_another_body(code: str, before: str, after: str):
    def bearer(day: str) -> dict[str, Any]:
        (row,) = [r for r in _on(PROVINCES, day) if r["code"] == code]
        return row

    assert (bearer("2022-06-30")["name"], bearer("2026-06-30")["name"]) == (before, after)
    assert bearer("2022-06-30")["id"] != bearer("2026-06-30")["id"]


def test_missions_counted_by_kind():
    kinds = Counter(r["type"] for r in MISSIONS)
    assert kinds == {
        "embassy": 70,
        "consulate_general": 24,
        "permanent_mission": 4,
        "representative_office": 1,
    }
    assert all({r["host"], *r["accredited"]} <= partners().keys() for r in MISSIONS)


def test_levels_of_relations_reproduce_the_published_totals():
    def count(day: str) -> Counter[str]:
        levels = {}
        for row in sorted(load("partnerships"), key=lambda r: r["on"] or ""):
            if row["level"] != "sectoral_strategic" and (row["on"] or "") <= day:
                levels[row["partner"]] = row["level"]
        return Counter(levels.values())

    august, year_end = count("2025-08-22"), count("2025-12-31")
    order = ("comprehensive_strategic", "strategic", "comprehensive")
    assert [august[k] for k in order] == [13, 10, 15]
    assert [year_end[k] for k in order] == [14, 14, 14]


def test_agreements_have_a_name_and_sides_that_are_partners():
    for row in load("agreements"):
        assert partners()[row["id"]].kind == "agreement"
        members = {m["partner"] for r in load("partners") for m in r.get("members", ())}
        assert set(row["sides"]) <= partners().keys()
        for stage in row["stages"]:
            assert stage["side"] == "all" or stage["side"] in {*row["sides"], *members}
            assert stage["on"] or stage["known_on"]
    evipa = next(r for r in load("agreements") if r["id"] == "evipa")
    stages = Counter(s["stage"] for s in evipa["stages"])
    assert stages == {"signed": 1, "ratified": 21, "not_ratified": 6}


def test_offices_of_people_exist():
    titles = {row["id"] for row in load("offices")}
    for person in load("people"):
        for held in person["offices"]:
            title, _, body = held["office"].partition("@")
            assert title in titles
            kind, _, province = body.partition(".")
            assert (provincial(kind, province) if province else bodies()[body]) is not None


def test_a_task_given_to_planning_in_2024_is_finance_s_today():
    found = follow("mpi", on="2026-01-10", links=shipped_links())
    assert found.responsible == "mof-2025"
    assert [(s.kind, s.on) for s in found.steps] == [("merged", "2025-03-01")]
    assert follow("mpi", on="2025-02-28", links=shipped_links()).responsible == "mpi"


def test_a_task_given_to_the_labour_ministry_asks_which_successor():
    found = follow("molisa", on="2026-01-10", links=shipped_links())
    assert found.responsible is None
    assert found.candidates == ("moha-2025", "moet", "moh", "mae-2025")


def test_a_part_that_moved_is_told_and_the_rest_stays_with_the_main_successor():
    found = follow("mic", on="2026-01-10", links=shipped_links())
    assert found.responsible == "most-2025"
    assert [link.after for link in found.moved] == ["mocst"]


def test_committees_follow_their_province_even_into_a_city():
    links = shipped_links()
    assert follow("ubnd.tinh-bac-ninh", on="2026-01-10", links=links).responsible == (
        "ubnd.tinh-bac-ninh-2025"
    )
    assert follow("tinh-uy.tinh-binh-duong", on="2026-01-10", links=links).responsible == (
        "thanh-uy.tp-ho-chi-minh-2025"
    )


def test_departments_follow_their_ministries_and_then_their_province():
    links = shipped_links()
    found = follow("so-ke-hoach-dau-tu.tinh-bac-giang", on="2026-01-10", links=links)
    assert found.responsible == "so-tai-chinh-2025.tinh-bac-ninh-2025"
    assert [step.on for step in found.steps] == ["2025-03-01", "2025-07-01"]
    between = follow("so-ke-hoach-dau-tu.tinh-bac-giang", on="2025-05-01", links=links)
    assert between.responsible == "so-tai-chinh-2025.tinh-bac-giang"
    labour = follow("so-ldtbxh.tp-ha-noi", on="2026-01-10", links=links)
    assert labour.responsible is None
    assert labour.candidates[0] == "so-noi-vu-2025.tp-ha-noi"


def test_every_link_joins_bodies_that_exist_on_its_day():
    def valid_to(ref: str) -> tuple[str, str]:
        kind, _, province = ref.partition(".")
        entry = provincial(kind, province) if province else bodies()[ref]
        assert entry is not None, ref
        return entry.valid_from, entry.valid_to

    for links in shipped_links().values():
        for link in links:
            assert valid_to(link.before)[1] == _day_before(link.on), link
            first, last = valid_to(link.after)
            assert first <= link.on <= (last or "9999"), link


def test_bodies_in_a_ring_are_refused():
    ring = {"a": [Link("a", "b", "merged", "2020")], "b": [Link("b", "a", "renamed", "2021")]}
    with pytest.raises(CycleError):
        follow("a", on="2022", links=ring)
    with pytest.raises(CycleError):
        follow("a", on="2022", links={"a": [Link("a", "a", "split", "2020")]})
    split = {"a": [Link("a", "b", "split", "2020")], "b": [Link("b", "a", "split", "2021")]}
    with pytest.raises(CycleError):
        follow("a", on="2022", links=split)
