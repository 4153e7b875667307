"""Files out and in: the same file back changes nothing, a bad row refuses the whole file."""

import csv
import io
import json
from datetime import date
from pathlib import Path

import jsonschema
import pytest
from django.core.exceptions import PermissionDenied

import diemcau.directory
from diemcau.audit.models import AuditEntry
from diemcau.directory.actions import record_holder, record_succession, save_body
from diemcau.directory.columns import COLUMNS
from diemcau.directory.exchange import (
    UnreadableFile,
    read_file,
    write_csv,
    write_json,
    write_xlsx,
)
from diemcau.directory.imports import (
    RefusedRows,
    import_tables,
    plan_import,
)
from diemcau.directory.models import (
    Body,
    Membership,
    Partner,
    RelationLevel,
    Source,
    Succession,
)
from diemcau.directory.queries import agreements_of, holders_on
from diemcau.directory.resolution import resolve_name
from diemcau.directory.shipped import load_shipped_rows
from diemcau.directory.tables import rows_of

pytestmark = pytest.mark.django_db

SCHEMA = json.loads(
    (Path(diemcau.directory.__file__).parent / "schema" / "directory.schema.json").read_bytes()
)


def _csv(table, *rows):
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, COLUMNS[table])
    writer.writeheader()
    writer.writerows(rows)
    return buffer.getvalue().encode()


@pytest.fixture(scope="module")
def written(shipped_rows, django_db_blocker):
    """The shipped rows in every format."""
    with django_db_blocker.unblock():
        return _written()


def _written():
    return {
        "danh-ba.xlsx": write_xlsx(),
        "danh-ba.json": json.dumps(write_json()).encode(),
        **{f"{table}.csv": write_csv(table).encode() for table in COLUMNS},
    }


@pytest.mark.parametrize(
    "name", ["danh-ba.xlsx", "danh-ba.json", *(f"{table}.csv" for table in COLUMNS)]
)
def test_the_same_file_back_is_no_change(written, name):
    tables = read_file(written[name], name=name)
    plan = plan_import(tables)
    assert (plan.faults, plan.added, plan.changed) == ([], [], [])
    assert plan.n_unchanged == sum(map(len, tables.values())) > 15
    assert set(tables) == ({name.removesuffix(".csv")} if name.endswith(".csv") else set(COLUMNS))


def test_the_json_follows_its_published_schema(written):
    jsonschema.validate(json.loads(written["danh-ba.json"]), SCHEMA)


def test_a_code_keeps_its_zero_in_a_workbook(written):
    rows = read_file(written["danh-ba.xlsx"], name="a.xlsx")["bodies"]
    assert "01" in {cells["code"] for _number, cells in rows}


def test_a_good_file_is_taken_in_once(editor):
    bodies = _csv(
        "bodies",
        {"id": "hoi-a", "kind": "association", "name": "Hội A", "strong": "HA1; HA2"},
        {"id": "hoi-b", "kind": "association", "name": "Hội B", "parent": "hoi-a"},
    )
    tables = read_file(bodies, name="bodies.csv")
    plan = import_tables(editor, tables, name="bodies.csv")
    assert plan.added == [("bodies", "hoi-a"), ("bodies", "hoi-b")]
    body = Body.objects.get(ref="hoi-b")
    assert (body.parent.ref, body.is_local, body.sure) == ("hoi-a", True, "C")
    assert not plan_import(tables).has_changes
    entry = AuditEntry.objects.filter(action="directory.import").last()
    assert (entry.actor, entry.detail["file"]) == (editor, "bodies.csv")


GOOD = {
    "sources": [{"id": "QD1", "what": "Quyết định 1/QĐ-BNG", "address": "https://mofa.gov.vn/1"}],
    "partners": [
        {"id": "khoi-a", "kind": "bloc", "name": "Khối A", "strong": "KA", "source": "QD1"},
        {"id": "fta-a", "kind": "agreement", "name": "FTA Việt Nam - Khối A"},
    ],
    "people": [{"id": "nguyen-van-a", "name": "Nguyễn Văn A"}],
    "offices": [{"id": "ambassador@dsq-cn", "body": "dsq-cn", "name": "Đại sứ tại Trung Quốc"}],
    "holders": [
        {
            "id": "nguyen-van-a.ambassador@dsq-cn",
            "person": "nguyen-van-a",
            "office": "ambassador@dsq-cn",
            "since": "2026-03",
            "seen": "2026-04-01; 2026-05-01",
            "acting": "1",
        }
    ],
    "members": [
        {"id": "khoi-a.fr", "bloc": "khoi-a", "member": "fr", "since": "2001", "until": "2010"},
        {"id": "khoi-a.fr-2", "bloc": "khoi-a", "member": "fr", "since": "2015-05"},
    ],
    "levels": [{"id": "khoi-a.strategic", "partner": "khoi-a", "level": "strategic", "on": "2026"}],
    "agreements": [{"id": "fta-a", "sides": "vn; khoi-a"}],
    "stages": [
        {"id": "fta-a.fr.signed", "agreement": "fta-a", "side": "fr", "stage": "signed",
         "on": "2026-02-01"},
        {"id": "fta-a.all.negotiating", "agreement": "fta-a", "stage": "negotiating",
         "known_on": "2025"},
    ],
    "accreditations": [{"mission": "dsq-cn", "partner": "fr"}],
}  # fmt: skip


def _numbered(tables):
    return {
        table: [(n, dict.fromkeys(COLUMNS[table], "") | row) for n, row in enumerate(rows, 2)]
        for table, rows in tables.items()
    }


def test_every_table_comes_in_and_goes_out_the_same(editor):
    tables = _numbered(GOOD)
    plan = import_tables(editor, tables, name="a.xlsx")
    assert len(plan.added) == sum(map(len, GOOD.values()))
    assert AuditEntry.objects.filter(action="directory.import").count() == 1
    assert not plan_import(tables).has_changes
    for name, data in _written().items():
        assert not plan_import(read_file(data, name=name)).has_changes
    jsonschema.validate(write_json(), SCHEMA)
    france = Partner.objects.get(ref="fr")
    blocs = [m.bloc_id for m in france.blocs.all() if m.since == "2015-05"]
    ((_agreement, stages),) = [
        row for row in agreements_of(france, blocs=blocs) if row[0].partner.ref == "fta-a"
    ]
    assert [(s.stage, s.on) for s in stages] == [("negotiating", ""), ("signed", "2026-02-01")]
    assert resolve_name("KA").id == "khoi-a"
    assert Membership.objects.get(ref="khoi-a.fr").sure == "C"
    held = holders_on(Body.objects.get(ref="dsq-cn"), date(2026, 4, 1))
    assert [(h.holding.person.name, h.holding.is_acting) for h in held] == [("Nguyễn Văn A", True)]


def test_what_was_changed_here_outlives_the_next_loading(editor):
    changed = {
        "members": [
            {"id": "asean.vn", "bloc": "asean", "member": "vn", "since": "1995-07-29", "sure": "A"}
        ],
        "levels": [
            {"id": "fr.comprehensive-strategic", "partner": "fr", "on": "2024-10-08",
             "level": "comprehensive_strategic"}
        ],
        "sources": [{"id": "R0", "what": "Cổng Nghệ An"}],
        "people": [{"id": "bui-thanh-son", "name": "Bùi Thanh  Sơn A"}],
    }  # fmt: skip
    plan = import_tables(editor, _numbered(changed), name="a.json")
    assert [(table, row) for table, row, _changes in plan.changed] == [
        ("sources", "R0"),
        ("people", "bui-thanh-son"),
        ("members", "asean.vn"),
        ("levels", "fr.comprehensive-strategic"),
    ]
    load_shipped_rows(None)
    assert Membership.objects.get(ref="asean.vn").since == "1995-07-29"
    assert RelationLevel.objects.get(ref="fr.comprehensive-strategic").on == "2024-10-08"
    assert Source.objects.get(key="R0").what == "Cổng Nghệ An"


def _state():
    rows = [list(rows_of(table)) for table in COLUMNS if table not in ("bodies", "successions")]
    return rows, AuditEntry.objects.count()


BAD_ROWS = [
    ("sources", {"what": ""}, "what"),
    ("sources", {"address": "javascript:alert(1)"}, "address"),
    ("partners", {"id": "Khối A"}, "id"),
    ("partners", {"id": "mofa"}, "id"),
    ("partners", {"kind": "planet"}, "kind"),
    ("partners", {"iso3": "fr"}, "iso3"),
    ("partners", {"name": "x" * 201}, "name"),
    ("partners", {"strong": "A; " + "x" * 201}, "strong"),
    ("people", {"name": " "}, "name"),
    ("offices", {"body": "khong-co"}, "body"),
    ("holders", {"person": "khong-co"}, "person"),
    ("holders", {"office": "khong-co"}, "office"),
    ("holders", {"since": "2026-03", "until": "2026-02-27"}, "until"),
    ("holders", {"since": "3/2026"}, "since"),
    ("holders", {"seen": "2026-04"}, "seen"),
    ("holders", {"acting": "có"}, "acting"),
    ("members", {"bloc": "khong-co"}, "bloc"),
    ("members", {"bloc": "fr", "member": "de"}, "bloc"),
    ("members", {"member": "khoi-a"}, "member"),
    ("members", {"bloc": "eu", "member": "g20"}, "member"),
    ("members", {"since": "2010", "until": "2001"}, "until"),
    ("members", {"since": "2010", "until": "2016"}, "since"),
    ("members", {"since": "2001-13"}, "since"),
    ("levels", {"partner": "khong-co"}, "partner"),
    ("levels", {"level": "best_friends"}, "level"),
    ("levels", {"level": "sectoral_strategic"}, "field"),
    ("levels", {"sure": "D"}, "sure"),
    ("agreements", {"id": "khoi-a"}, "id"),
    ("agreements", {"sides": ""}, "sides"),
    ("agreements", {"sides": "vn; fta-a"}, "sides"),
    ("stages", {"agreement": "khoi-a"}, "agreement"),
    ("stages", {"side": "de"}, "side"),
    ("stages", {"stage": "done"}, "stage"),
    ("stages", {"on": ""}, "on"),
    ("accreditations", {"mission": "mofa"}, "mission"),
    ("accreditations", {"partner": "khong-co"}, "partner"),
    ("accreditations", {"source": "khong-co"}, "source"),
]


@pytest.mark.parametrize(("table", "wrong", "column"), BAD_ROWS)
def test_one_bad_row_refuses_every_table_of_the_file(editor, table, wrong, column):
    tables = _numbered(GOOD)
    tables[table][0][1].update(wrong)
    before = _state()
    with pytest.raises(RefusedRows) as refused:
        import_tables(editor, tables, name="a.xlsx")
    assert (table, 2, column) in [(f.table, f.row, f.column) for f in refused.value.faults]
    assert all(fault.reason for fault in refused.value.faults)
    assert _state() == before


@pytest.mark.parametrize("table", COLUMNS)
def test_a_row_that_stands_twice_is_refused(written, table):
    rows = read_file(written[f"{table}.csv"], name="a.csv")[table][:2]
    faults = plan_import({table: [*rows, (9, rows[0][1])]}).faults
    assert [(f.table, f.row) for f in faults] == [(table, 9)]
    assert "2" in faults[0].reason


BAD_BODIES = [
    ([{"id": "hoi-a", "valid_from": "2025-03-01", "valid_to": "2025-02-28"}], "valid_to", 2),
    ([{"id": "hoi-a", "valid_from": "1/3/2025"}], "valid_from", 2),
    ([{"id": "hoi-a", "valid_from": "2025-02-30"}], "valid_from", 2),
    ([{"id": "hoi-a"}, {"id": "hoi-a"}], "id", 3),
    ([{"id": "hoi-a", "parent": "hoi-a"}], "parent", 2),
    ([{"id": "hoi-a", "parent": "hoi-b"}, {"id": "hoi-b", "parent": "hoi-a"}], "parent", 2),
    ([{"id": "hoi-a", "parent": "khong-co"}], "parent", 2),
    ([{"id": "Hội A"}], "id", 2),
    ([{"id": "hoi-a", "name": "…"}], "name", 2),
    ([{"id": "hoi-a", "kind": ""}], "kind", 2),
    ([{"id": "hoi-a", "source": "khong-co"}], "source", 2),
    ([{"id": "hoi-a", "sure": "D"}], "sure", 2),
    # A child that is here already: the ring is closed by the file.
    ([{"id": "government", "kind": "state", "name": "Chính phủ", "parent": "mofa"}], "parent", 2),
]


@pytest.mark.parametrize(("rows", "column", "row"), BAD_BODIES)
def test_a_bad_row_refuses_the_whole_file(editor, rows, column, row):
    rows = [{"kind": "association", "name": "Hội"} | r for r in rows]
    good = {"id": "hoi-tot", "kind": "association", "name": "Hội tốt"}
    tables = read_file(_csv("bodies", *rows, good), name="bodies.csv")
    n_bodies, n_entries = Body.objects.count(), AuditEntry.objects.count()
    with pytest.raises(RefusedRows) as refused:
        import_tables(editor, tables, name="bodies.csv")
    fault = refused.value.faults[0]
    assert (fault.table, fault.row, fault.column) == ("bodies", row, column)
    assert fault.reason
    assert (Body.objects.count(), AuditEntry.objects.count()) == (n_bodies, n_entries)


BAD_SUCCESSIONS = [
    ({"from": "mofa", "to": "mofa", "kind": "merged", "on": "2026-01-01"}, "to"),
    ({"from": "mof-2025", "to": "mpi", "kind": "merged", "on": "2026-01-01"}, "to"),
    ({"from": "mofa", "to": "khong-co", "kind": "merged", "on": "2026-01-01"}, "to"),
    ({"from": "mofa", "to": "moit", "kind": "swallowed", "on": "2026-01-01"}, "kind"),
    ({"from": "mofa", "to": "moit", "kind": "merged", "on": ""}, "on"),
    ({"from": "mofa", "to": "moit", "kind": "merged", "on": "ngày mai"}, "on"),
    ({"from": "mpi", "to": "moit", "kind": "merged", "on": "2026-01-01"}, "on"),
    # The ministry has no last day: it cannot have been followed by another.
    ({"from": "mofa", "to": "moit", "kind": "merged", "on": "2026-01-01"}, "on"),
]


@pytest.mark.parametrize(("row", "column"), BAD_SUCCESSIONS)
def test_a_bad_succession_is_refused(editor, row, column):
    tables = read_file(_csv("successions", row), name="successions.csv")
    n_rows = Succession.objects.count()
    with pytest.raises(RefusedRows) as refused:
        import_tables(editor, tables, name="successions.csv")
    assert (2, column) in [(f.row, f.column) for f in refused.value.faults]
    assert Succession.objects.count() == n_rows


UNREADABLE = [
    (b"%PDF-1.4", "a.pdf"),
    (b"not a zip", "a.xlsx"),
    (b"{", "a.json"),
    (b"[]", "a.json"),
    (b'{"organizations": [{"id": 1}]}', "a.json"),
    (b'{"organizations": [{"id": 1, "name": "a", "classification": "b"}]}', "a.json"),
    ("Tên".encode("utf-16"), "a.csv"),
    (b"id,name,kind\r\na,b,c\r\n", "a.csv"),
    (b"id,name\r\na,b,c\r\n", "a.csv"),
    (b"id,name,name\r\na,b,c\r\n", "a.csv"),
    (b"[" * 100_000, "a.json"),
    (b'{"persons": {}}', "a.json"),
    (b'{"persons": [1]}', "a.json"),
    (b'{"persons": [{"id": "a", "name": "b", "gender": "c"}]}', "a.json"),
    (b'{"motions": [], "persons": []}', "a.json"),
    (b'{"organizations": [{"id": "a", "sources": [{"note": "R0"}, {"note": "R1"}]}]}', "a.json"),
    (b'{"memberships": [{"id": "a", "acting": "yes"}]}', "a.json"),
]


@pytest.mark.parametrize(("data", "name"), UNREADABLE)
def test_another_file_is_refused_with_the_reason(data, name):
    with pytest.raises(UnreadableFile) as refused:
        read_file(data, name=name)
    assert all(fault.reason for fault in refused.value.faults)


def test_a_name_that_looks_like_a_formula_goes_out_and_in_as_text(editor):
    save_body(editor, {"id": "hoi-a", "kind": "association", "name": "=1+1"}, reason="thử")
    assert "'=1+1" in write_csv("bodies")
    for name, data in _written().items():
        assert not plan_import(read_file(data, name=name)).has_changes


def test_editing_a_body_keeps_what_stood_before(editor):
    cells = {
        "id": "mofa",
        "kind": "ministry",
        "name": "Bộ Ngoại giao",
        "name_en": "Ministry of Foreign Affairs",
        "weak": "BNG; MOFA; Bộ NG",
        "parent": "government",
        "source": "W51",
        "sure": "A",
        "note": "Số 1 Tôn Thất Đàm",
    }
    save_body(editor, cells, reason="Thêm địa chỉ")
    entry = AuditEntry.objects.get(action="directory.save_body")
    assert entry.detail == {"changed": {"note": ["", "Số 1 Tôn Thất Đàm"]}}
    assert (entry.actor, entry.reason) == (editor, "Thêm địa chỉ")
    with pytest.raises(RefusedRows):
        save_body(editor, cells, reason=" ")


def test_recording_what_became_of_a_body(editor):
    new = {"id": "bo-moi", "kind": "ministry", "name": "Bộ Mới", "valid_from": "2026-06-01"}
    save_body(editor, new, reason="Nghị quyết của Quốc hội")
    row = {"from": "moit", "to": "bo-moi", "kind": "merged", "on": "2026-06-01"}
    record_succession(editor, row, reason="Nghị quyết của Quốc hội")
    assert Succession.objects.get(before__ref="moit").after.ref == "bo-moi"
    assert Body.objects.get(ref="moit").valid_to == date(2026, 5, 31)
    back = {"from": "bo-moi", "to": "moit", "kind": "merged", "on": "2026-07-01"}
    with pytest.raises(RefusedRows):
        record_succession(editor, back, reason="thử")


def test_recording_a_holder(editor):
    mofa = Body.objects.get(ref="mofa")
    holding = record_holder(
        editor, mofa, title="Bộ trưởng", name="Nguyễn Văn A", is_acting=True, reason="QĐ 1/QĐ-TTg"
    )
    assert (holding.office.ref, holding.person.ref) == ("minister@mofa", "nguyen-van-a")
    with pytest.raises(RefusedRows):
        record_holder(editor, mofa, title="", name="A", reason="b")


def test_who_may_not_edit_is_refused(reader):
    with pytest.raises(PermissionDenied):
        save_body(reader, {"id": "a", "kind": "b", "name": "c"}, reason="d")
    with pytest.raises(PermissionDenied):
        import_tables(reader, {}, name="a.csv")
