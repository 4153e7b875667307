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
from diemcau.directory.actions import (
    RefusedRows,
    import_tables,
    plan_import,
    record_holder,
    record_succession,
    save_body,
)
from diemcau.directory.exchange import (
    COLUMNS,
    UnreadableFile,
    read_file,
    write_csv,
    write_json,
    write_xlsx,
)
from diemcau.directory.models import Body, Succession

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
        "bodies.csv": write_csv("bodies").encode(),
        "successions.csv": write_csv("successions").encode(),
        "danh-ba.json": json.dumps(write_json()).encode(),
    }


@pytest.mark.parametrize("name", ["danh-ba.xlsx", "bodies.csv", "successions.csv", "danh-ba.json"])
def test_the_same_file_back_is_no_change(written, name):
    plan = plan_import(read_file(written[name], name=name))
    assert (plan.faults, plan.added, plan.changed) == ([], [], [])
    assert plan.n_unchanged > 100


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
]


@pytest.mark.parametrize(("row", "column"), BAD_SUCCESSIONS)
def test_a_bad_succession_is_refused(editor, row, column):
    tables = read_file(_csv("successions", row), name="successions.csv")
    n_rows = Succession.objects.count()
    with pytest.raises(RefusedRows) as refused:
        import_tables(editor, tables, name="successions.csv")
    assert (refused.value.faults[0].row, refused.value.faults[0].column) == (2, column)
    assert Succession.objects.count() == n_rows


UNREADABLE = [
    (b"%PDF-1.4", "a.pdf"),
    (b"not a zip", "a.xlsx"),
    (b"{", "a.json"),
    (b"[]", "a.json"),
    (b'{"organizations": [{"id": 1}]}', "a.json"),
    (b'{"organizations": [{"id": 1, "name": "a", "classification": "b"}]}', "a.json"),
    ("Tên".encode("utf-16"), "a.csv"),
    (b"id,name\r\na,b\r\n", "a.csv"),
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
