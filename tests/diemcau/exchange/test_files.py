"""Files as people send them: other sheets, merged cells, formulas, broken marks, too many rows."""

import io
import json
from functools import partial
from pathlib import Path

import pytest
import xlsxwriter
from django.utils import translation

import diemcau.exchange
from diemcau.directory import traps
from diemcau.exchange import reading
from diemcau.exchange.columns import COLUMNS, schema
from diemcau.exchange.reading import UnreadableFile, read_table
from diemcau.exchange.signing import SIGNATURE_SHEET, read_signature, signature_lines
from vanban.letters import fold


@pytest.fixture(autouse=True)
def vietnamese():
    with translation.override("vi"):
        yield


def book(fill, *, sheet="Nhiệm vụ"):
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as made:
        fill(made.add_worksheet(sheet), made)
    return buffer.getvalue()


def refused(data, name="a.xlsx"):
    with pytest.raises(UnreadableFile) as caught:
        list(read_table(data, name=name).rows())
    return caught.value.faults


def test_headings_are_taken_in_either_language_and_below_a_title():
    def fill(page, made):
        page.write_row(0, 0, ["SỔ THEO DÕI NHIỆM VỤ"])
        page.write_row(2, 0, ["nhiệm vụ", "LEADING", "Deadline", ""])
        page.write_row(3, 0, ["Việc một ", "Bộ Công Thương"])
        page.write_datetime(3, 2, __import__("datetime").datetime(2026, 6, 30), None)
        page.write_row(5, 0, ["Việc hai", "", 2026])

    table = read_table(book(fill), name="a.xlsx")
    assert table.columns == ("title", "lead", "deadline")
    rows = list(table.rows())
    assert rows[1] == (6, {"title": "Việc hai", "deadline": "2026"})
    assert rows[0][0] == 4
    assert rows[0][1]["title"] == "Việc một"


def test_another_sheet_is_named():
    (fault,) = refused(book(lambda page, made: page.write_row(0, 0, ["a", "b"]), sheet="Ngân sách"))
    assert "“Ngân sách”" in fault.reason
    assert "“Nhiệm vụ”" in fault.reason


def test_merged_cells_and_formulas_are_pointed_at():
    def merged(page, made):
        page.write_row(0, 0, ["Nhiệm vụ", "Thời hạn"])
        page.merge_range(1, 0, 2, 0, "Việc")

    assert [(f.row, "gộp" in f.reason) for f in refused(book(merged))] == [(2, True)]

    def formula(page, made):
        page.write_row(0, 0, ["Nhiệm vụ", "Thời hạn"])
        page.write_row(1, 0, ["Việc"])
        page.write_formula(1, 1, "=TODAY()", value="x")

    (fault,) = refused(book(formula))
    assert (fault.row, "B2" in fault.reason) == (2, True)


def test_a_title_above_the_table_may_be_merged():
    def fill(page, made):
        page.merge_range(0, 0, 0, 3, "SỔ THEO DÕI")
        page.write_row(1, 0, ["Nhiệm vụ", "Thời hạn"])
        page.write_row(2, 0, ["Việc"])

    assert list(read_table(book(fill), name="a.xlsx").rows()) == [(3, {"title": "Việc"})]


def test_columns_that_are_unknown_double_or_missing_are_named():
    faults = refused("title,lead,Lead,màu sắc\nx,,,\n".encode(), "a.csv")
    assert [(f.row, f.column) for f in faults] == [(1, "lead"), (1, "màu sắc")]
    assert "Nhiệm vụ" in refused(b"id,version\n1,1\n", "a.csv")[0].reason
    assert refused("title,code\nx,y,ngoài bảng\n".encode(), "a.csv")[0].row == 2


def test_what_is_no_table_is_said_so():
    assert "XLSX" in refused(b"%PDF-1.7", "a.pdf")[0].reason
    assert refused(b"PK\x03\x04 no", "a.xlsx")
    assert refused(b"title,code\n\xff\xfe\x00", "a.csv")
    assert refused(b"", "a.csv")


def test_too_many_rows_are_counted(monkeypatch):
    monkeypatch.setattr(reading, "MOST_ROWS", 3)
    data = ("title,code\n" + "".join(f"v{n},c{n}\n" for n in range(4))).encode()
    (fault,) = refused(data, "a.csv")
    assert "4 dòng" in fault.reason
    assert "3 dòng" in fault.reason


def test_the_mark_of_a_file_covers_every_number_and_version(settings):
    lines = list(signature_lines({"form": "x"}, [(1, 4), (2, 7)]))
    whole = read_signature(lines)
    assert (whole.is_whole, whole.versions) == (True, {1: 4, 2: 7})
    for at in range(len(lines)):
        name, value = lines[at]
        broken = [*lines[:at], (name, f"{value}9"), *lines[at + 1 :]]
        assert read_signature(broken).is_whole is (name == "rows")
    assert not read_signature(lines[:-1]).is_whole
    settings.SECRET_KEY = "khác"
    assert not read_signature(lines).is_whole
    assert SIGNATURE_SHEET.startswith("_")


def test_no_two_columns_are_called_alike():
    for language in ("vi", "en"):
        with translation.override(language):
            labels = [fold(str(one.label)) for one in COLUMNS]
        assert len(set(labels)) == len(labels)


def test_the_published_schema_is_that_of_the_columns():
    path = Path(diemcau.exchange.__file__).parent / "schema" / "tasks.schema.json"
    assert json.loads(path.read_text(encoding="utf-8")) == schema()


def test_as_many_rows_as_may_be_sent_are_taken_below_their_headings(monkeypatch):
    monkeypatch.setattr(traps, "_MOST_ROWS", 50)
    monkeypatch.setattr(reading, "MOST_ROWS", 50)

    def fill(page, made, n=50):
        page.write_row(0, 0, ["SỔ THEO DÕI"])
        page.write_row(2, 0, ["Nhiệm vụ", "Thời hạn"])
        for number in range(n):
            page.write_row(3 + number, 0, [f"Việc {number}"])

    assert len(list(read_table(book(fill), name="a.xlsx").rows())) == 50
    assert "50 dòng" in refused(book(partial(fill, n=51)))[0].reason
    # Rows far beyond are a trap, whatever stands in them.
    assert "702" in refused(book(lambda page, made: page.write(500, 0, "x")))[0].reason


def test_a_long_sheet_is_looked_through_piece_by_piece(monkeypatch):
    monkeypatch.setattr(traps, "_PIECE", 300)

    def fill(page, made):
        page.write_row(0, 0, ["Nhiệm vụ", "Thời hạn"])
        for row in range(1, 60):
            page.write_row(row, 0, [f"Việc {row}"])
            page.write_formula(row, 1, "=TODAY()", value="x")

    found = refused(book(fill))
    assert [(f.row, f"B{f.row}" in f.reason) for f in found] == [(r, True) for r in range(2, 61)]
    monkeypatch.setattr(traps, "_MOST_ROWS", 30)
    assert "702" in refused(book(fill))[0].reason


def test_a_file_is_read_anew_as_often_as_asked_and_in_the_code_it_says():
    data = 'Nhiệm vụ;Thời hạn\r\n"Việc\nmột";30/6/2026\r\n\'=2;\r\n'
    rows = [(2, {"title": "Việc\nmột", "deadline": "2026-06-30"}), (3, {"title": "=2"})]
    for code in ("utf-8", "utf-8-sig", "utf-16"):
        table = read_table(data.encode(code), name="a.csv")
        assert [list(table.rows()) for _n in range(2)] == [rows, rows]
