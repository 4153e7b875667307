"""Workbooks, tables saved as text, and tables of tasks in every format."""

import csv
from contextlib import suppress
from datetime import datetime
from io import BytesIO, StringIO
from typing import Any

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from tests.vanban.files import (
    TABLE,
    docx,
    lines,
    tasks,
)
from vanban import Document, DocumentError, load, load_bytes, read
from vanban.loaders.cells import join_row

HEADING = ["STT", "Nội dung nhiệm vụ", "Đơn vị chủ trì", "Đơn vị phối hợp", "Thời hạn"]


def workbook(fill: Any) -> bytes:
    out = BytesIO()
    book = xlsxwriter.Workbook(out)
    fill(book)
    book.close()
    return out.getvalue()


def test_a_workbook_is_read_by_rows_as_it_shows_its_numbers():
    def fill(book):
        sheet = book.add_worksheet("Tháng 10")
        sheet.write_row(0, 0, ["Chỉ tiêu", "Giá trị"])
        for row, (label, value, form) in enumerate(
            [
                ("Tăng", 0.3125, "0.0%"),
                ("Kim ngạch", 3207.5, "#,##0.00"),
                ("Số dự án", 1250, "#,##0"),
                ("Mã", 1250, "General"),
                ("Trung bình", 2.5, "General"),
                ("Tiền", 1500, '#,##0" triệu USD"'),
            ],
            start=1,
        ):
            sheet.write(row, 0, label)
            sheet.write(row, 1, value, book.add_format({"num_format": form}))
        sheet.write(7, 0, "Ngày")
        sheet.write_datetime(7, 1, datetime(2025, 11, 3), book.add_format({"num_format": 14}))  # noqa: DTZ001
        sheet.write(8, 0, "Có lỗi")
        sheet.write_formula(8, 1, "=1/0", value="#DIV/0!")
        sheet.write(9, 0, "Đã ký")
        sheet.write_boolean(9, 1, True)

    document = load_bytes(workbook(fill), name="a.xlsx")
    assert lines(document, "row") == [
        "Chỉ tiêu | Giá trị",
        "Tăng | 31,3%",
        "Kim ngạch | 3.207,50",
        "Số dự án | 1.250",
        "Mã | 1250",
        "Trung bình | 2,5",
        "Tiền | 1.500 triệu USD",
        "Ngày | 03/11/2025",
        "Có lỗi",
        "Đã ký | Có",
    ]
    assert document.blocks[1].place == "table 1, row 2"


def test_what_a_workbook_hides_is_left_out_and_told():
    def fill(book):
        sheet = book.add_worksheet("Hiện")
        sheet.write_row(0, 0, ["một", "hai", "ba"])
        sheet.write_row(1, 0, ["bốn", "năm", "sáu"])
        sheet.set_column(1, 1, None, None, {"hidden": True})
        sheet.set_row(1, None, None, {"hidden": True})
        hidden = book.add_worksheet("Nháp")
        hidden.write(0, 0, "không đọc")
        hidden.hide()

    document = load_bytes(workbook(fill), name="a.xlsx")
    assert lines(document) == ["một | ba"]
    assert document.notes == ("Không đọc trang tính ẩn: «Nháp».",)


def test_the_rows_of_a_workbook_of_tasks_are_tasks():
    def fill(book):
        sheet = book.add_worksheet()
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        sheet.write(0, 0, "NHIỆM VỤ THÁNG 10 NĂM 2025")
        sheet.write_row(1, 0, HEADING)
        sheet.write_row(2, 0, [1, "Rà soát thỏa thuận với Nhật Bản; báo cáo Thủ tướng"])
        sheet.merge_range(2, 2, 3, 2, "Bộ Công Thương")
        sheet.write(2, 3, "Bộ Ngoại giao")
        sheet.write_datetime(2, 4, datetime(2025, 11, 30), day)  # noqa: DTZ001
        sheet.write_row(3, 0, [2, "Hoàn thiện đề án Halal"])
        sheet.write(3, 4, "Quý IV/2025")
        sheet.write_row(4, 0, [3, "Cập nhật danh mục thị trường"])

    found = tasks(load_bytes(workbook(fill), name="a.xlsx"))
    assert [(t["quote"], t["assignees"], t["deadline"]) for t in found] == [
        ("Rà soát thỏa thuận với Nhật Bản", ["Bộ Công Thương"], "2025-11-30"),
        ("báo cáo Thủ tướng", ["Bộ Công Thương"], "2025-11-30"),
        ("Hoàn thiện đề án Halal", ["Bộ Công Thương"], "2025-12-31"),
        ("Cập nhật danh mục thị trường", [], None),
    ]
    assert [t["rule"] for t in found] == ["task.row"] * 3 + ["task.row.unled"]


# Tables of tasks


def test_the_monthly_table_gives_each_row_its_issuer_and_deadline():
    found = [t for t in tasks(load(TABLE)) if t["rule"].startswith("task.row")]
    assert [(t["issuer"], t["deadline"]) for t in found] == [
        ("Bộ Ngoại giao", "2025-12-31"),
        ("Bộ Ngoại giao", None),
        ("Bộ Ngoại giao", "2025-08-30"),
        ("Lãnh đạo Bộ", "2025-08-25"),
        ("Lãnh đạo Bộ", "2025-09-10"),
        ("Lãnh đạo Bộ", "2025-09-10"),
        ("Lãnh đạo Bộ", "2025-10-31"),
    ]


def test_the_monthly_table_says_which_order_gave_a_row_and_what_came_of_it():
    found = [t for t in tasks(load(TABLE)) if t["rule"].startswith("task.row")]
    assert {t["given_in"] for t in found} == {"9901/TB-BNG", "9905/TB-BCT"}
    assert [(t["given_on"], t["reported_state"], t["delivered_on"]) for t in found] == [
        ("2025-08-06", "in_progress", None),
        ("2025-08-06", None, None),
        ("2025-08-06", "done", "2025-08-29"),
        ("2025-08-12", "done", "2025-08-28"),
        *[("2025-08-12", "in_progress", None)] * 3,
    ]
    assert found[2]["reported_result"] == (
        "Gửi danh mục 41 thỏa thuận ngày 29/8/2025 – Hoàn thành đúng hạn"
    )


@pytest.mark.parametrize(
    ("result", "state", "told"),
    [
        ("Đã gửi ngày 28/8/2026", "Hoàn thành", ("done", "2026-08-28")),
        ("Trình ngày 5/8/2026, gửi ngày 28/8/2026", "Đã hoàn thành", ("done", None)),
        ("Gửi ngày 5/8/2026", "Hoàn thành ngày 7/8/2026", ("done", "2026-08-07")),
        ("Đã hoàn thành", "", ("done", None)),
        ("Họp ngày 28/8/2026", "Đang thực hiện", ("in_progress", None)),
        ("", "Chưa hoàn thành", ("in_progress", None)),
        ("", "Chưa thực hiện", ("not_started", None)),
        ("Bản tin số 1", "Quá hạn", (None, None)),
        ("Hoàn thiện hồ sơ", "", (None, None)),
    ],
)
def test_a_row_says_whether_its_task_is_done_and_when(result, state, told):
    document = load_bytes(
        table(
            row("TT", "Nội dung", "Chủ trì", "Thời hạn", "Kết quả", "Tình trạng"),
            row("1", "Ký kế hoạch", "Bộ Y tế", "31/8/2026", result, state),
        ),
        name="a.docx",
    )
    (one,) = tasks(document)
    assert (one["reported_state"], one["delivered_on"]) == told
    words = " – ".join(said for said in (result, state) if said)
    assert (one["reported_result"], one["given_in"]) == (words, None)


def test_a_row_that_reports_nothing_says_nothing_of_a_report():
    rows = table(
        row("TT", "Nội dung", "Chủ trì", "Thời hạn", "Kết quả"),
        row("1", "Ký kế hoạch", "Bộ Y tế", "31/8/2026", "-"),
    )
    (one,) = tasks(load_bytes(rows, name="a.docx"))
    assert "reported_state" not in one


def row(*cells: str) -> str:
    return "<w:tr>" + "".join(cell(c) for c in cells) + "</w:tr>"


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>"


GOES_ON = "<w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc>"


def table(*rows: str) -> bytes:
    return docx(f"<w:tbl>{''.join(rows)}</w:tbl>")


def test_a_tall_cell_of_a_word_table_holds_for_the_rows_below():
    tall = '<w:vMerge w:val="restart"/>'
    document = load_bytes(
        table(
            row("TT", "Nội dung", "Chủ trì", "Thời hạn"),
            "<w:tr>"
            + cell("1")
            + cell("Ký kế hoạch")
            + cell("Bộ Y tế", tall)
            + cell("5/11/2025")
            + "</w:tr>",
            "<w:tr>" + cell("2") + cell("Gửi báo cáo") + GOES_ON + cell("") + "</w:tr>",
            row("3", "Mở văn phòng", "nt", "-"),
            row("4", "", "Bộ Nội vụ", "5/11/2025"),
        ),
        name="a.docx",
    )
    assert lines(document)[2] == "2 | Gửi báo cáo | 〃 |"
    assert [(t["quote"], t["assignees"], t["deadline"]) for t in tasks(document)] == [
        ("Ký kế hoạch", ["Bộ Y tế"], "2025-11-05"),
        ("Gửi báo cáo", ["Bộ Y tế"], None),
        ("Mở văn phòng", ["Bộ Y tế"], None),
    ]


def test_tall_and_wide_cells_of_a_page_keep_the_columns():
    page = """<html><body><h1>Bảng nhiệm vụ tháng 10</h1><table>
    <tr><th>TT</th><th>Nội dung</th><th>Chủ trì</th><th>Thời hạn</th></tr>
    <tr><td>1</td><td>Đàm phán với UAE</td><td rowspan="2">Vụ A</td><td>30/11/2025</td></tr>
    <tr><td>2</td><td>Rà soát danh mục</td><td>Tháng 12/2025</td></tr>
    <tr><td colspan="2">Gửi kết quả</td><td>Vụ B</td><td></td></tr></table></body></html>"""
    found = tasks(load_bytes(page.encode(), name="a.html"))
    assert [(t["quote"], t["assignees"], t["deadline"]) for t in found] == [
        ("Đàm phán với UAE", ["Vụ A"], "2025-11-30"),
        ("Rà soát danh mục", ["Vụ A"], "2025-12-31"),
    ]


def test_the_lead_of_a_cell_is_told_from_those_who_help():
    document = load_bytes(
        table(
            row("TT", "Nội dung nhiệm vụ", "Đơn vị thực hiện", "Hạn"),
            row("1", "Ký kế hoạch", "Chủ trì: Bộ Y tế; phối hợp: Bộ Nội vụ", "5/11/2025"),
            row("2", "Mở văn phòng", "Bộ Ngoại giao, Bộ Tài chính", "trước 20/11/2025"),
        ),
        name="a.docx",
    )  # fmt: skip
    assert [(t["assignees"], t["coordinating"]) for t in tasks(document)] == [
        (["Bộ Y tế"], ["Bộ Nội vụ"]),
        (["Bộ Ngoại giao", "Bộ Tài chính"], []),
    ]


def test_who_helps_may_have_a_column():
    document = load_bytes(
        table(
            row("TT", "Nội dung nhiệm vụ", "Đơn vị chủ trì", "Đơn vị phối hợp", "Thời hạn"),
            row("1", "Ký kế hoạch", "Bộ Y tế", "Bộ Nội vụ; các địa phương", "5/11/2025"),
            row("2", "Mở văn phòng", "Bộ Ngoại giao", "", "20/11/2025"),
        ),
        name="a.docx",
    )  # fmt: skip
    assert [(t["assignees"], t["coordinating"]) for t in tasks(document)] == [
        (["Bộ Y tế"], ["Bộ Nội vụ", "các địa phương"]),
        (["Bộ Ngoại giao"], []),
    ]


ROWS = (
    ("TT", "Văn bản giao", "Nội dung nhiệm vụ", "Chủ trì", "Thời hạn"),
    ("1", "9923/TB-BNG", "Rà soát thỏa thuận với Peru; báo cáo Bộ trưởng", "Vụ A", "30/9/2025"),
    ("2", "", "Hoàn thiện đề án Halal", "", "quý IV năm 2025"),
    ("3", "nt", "Mở lại văn phòng thương mại", "Bộ Công Thương", ""),
)


def test_lines_with_bars_are_read_as_the_rows_of_a_file_are():
    of_file = load_bytes(table(*(row(*cells) for cells in ROWS)), name="a.docx")
    lines = "\n".join(join_row(cells) for cells in ROWS)
    of_lines = Document.from_text(f"Bảng theo dõi nhiệm vụ của Vụ được lập như sau.\n{lines}")
    found = [
        [(t["action"], t["issuer"], t["assignees"], t["deadline"], t["rule"]) for t in tasks(d)]
        for d in (of_file, of_lines)
    ]
    assert found[0] == found[1]
    assert found[1] == [
        ("Rà soát thỏa thuận với Peru", "Bộ Ngoại giao", ["Vụ A"], "2025-09-30", "task.row"),
        ("báo cáo Bộ trưởng", "Bộ Ngoại giao", ["Vụ A"], "2025-09-30", "task.row"),
        ("Hoàn thiện đề án Halal", None, [], "2025-12-31", "task.row.unled"),
        ("Mở lại văn phòng thương mại", None, ["Bộ Công Thương"], None, "task.row"),
    ]


def test_what_stands_below_a_table_of_lines_is_prose_again():
    lines = "\n".join(join_row(cells) for cells in ROWS[:2])
    document = Document.from_text(f"{lines}\nThủ tướng yêu cầu Bộ Tài chính đẩy mạnh giải ngân.")
    assert [t["rule"] for t in tasks(document)] == ["task.row", "task.row", "task.require"]


@pytest.mark.parametrize(
    "heading",
    [
        ["TT", "Chỉ tiêu", "Đơn vị", "Năm 2024"],
        ["TT", "Nội dung", "Số lượng", "Ghi chú"],
        ["Nội dung", "Thời hạn"],
    ],
    ids=str,
)
def test_another_table_is_no_table_of_tasks(heading):
    document = load_bytes(
        table(row(*heading), row(*["1", "Kim ngạch", "tỷ USD", "3,2"][: len(heading)])),
        name="a.docx",
    )
    assert tasks(document) == []


# Tables saved as text

REGISTER = [
    ["SỞ NGOẠI VỤ"],
    ["NHIỆM VỤ THÁNG 10 NĂM 2025"],
    [],
    HEADING,
    [
        "1",
        "Rà soát thỏa thuận với Nhật Bản;\nbáo cáo UBND tỉnh",
        "Sở Công Thương",
        "",
        "30/11/2025",
    ],
    ["2", "Hoàn thiện đề án Halal, trình duyệt", "Sở Ngoại vụ", "Sở Y tế", "Quý IV/2025"],
    ["3", 'Cập nhật danh mục "một cửa", thị trường', "Sở Tài chính", "", ""],
]


def saved(mark: str, *, encoding: str = "utf-8", first: str = "") -> bytes:
    out = StringIO(newline="")
    out.write(first)
    csv.writer(out, delimiter=mark).writerows(REGISTER)
    return out.getvalue().encode(encoding)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", saved(",")),
        ("a.csv", saved(";")),
        ("a.CSV", saved(";", encoding="utf-8-sig")),
        ("a.csv", saved(";", first="sep=;\r\n")),
        ("a.csv", saved("|", first="SEP=|\r\n")),
        ("a.tsv", saved("\t")),
        ("a.tab", saved("\t", encoding="utf-16")),
    ],
)
def test_a_table_saved_as_text_is_read_as_the_workbook(name, content):
    document = load_bytes(content, name=name)
    assert document.media_type == "text/csv"
    assert [(t["quote"], t["assignees"], t["deadline"]) for t in tasks(document)] == [
        ("Rà soát thỏa thuận với Nhật Bản", ["Sở Công Thương"], "2025-11-30"),
        ("báo cáo UBND tỉnh", ["Sở Công Thương"], "2025-11-30"),
        ("Hoàn thiện đề án Halal, trình duyệt", ["Sở Ngoại vụ"], "2025-12-31"),
        ('Cập nhật danh mục "một cửa", thị trường', ["Sở Tài chính"], None),
    ]

    def fill(book):
        sheet = book.add_worksheet()
        for at, row in enumerate(REGISTER):
            sheet.write_row(at, 0, row)

    book = load_bytes(workbook(fill), name="a.xlsx")
    assert [(b.kind, b.place) for b in document.blocks] == [(b.kind, b.place) for b in book.blocks]
    assert document.text == book.text


@pytest.mark.parametrize(
    "text",
    [
        "Thủ tướng yêu cầu Bộ Công Thương, Bộ Ngoại giao rà soát các thỏa thuận đã ký.\n\nHai bên"
        " nhất trí lập tổ công tác.\n",
        "Bộ yêu cầu rà soát.\n",
        "1, 2\n",
    ],
)
def test_prose_named_as_a_table_stays_prose(text):
    document = load_bytes(text.encode(), name="a.csv")
    assert document.media_type == "text/plain"
    assert lines(document) == [line for line in text.split("\n") if line]


def test_a_quotation_mark_that_is_never_closed_loses_no_row():
    rows = ["STT;Nội dung;Chủ trì", '1;"Rà soát thỏa thuận;Bộ Công Thương']
    rows += [f"{n};Hoàn thiện đề án số {n};Bộ Ngoại giao" for n in range(2, 9_000)]
    document = load_bytes("\n".join(rows).encode(), name="a.csv")
    assert len(lines(document, "row")) == len(rows)


def test_a_table_of_no_words_is_blank():
    with pytest.raises(DocumentError, match="không có chữ"):
        load_bytes(b"sep=;\n;;;\n;;;\n", name="a.csv")


@given(
    st.lists(st.lists(st.text(max_size=8), max_size=5), max_size=8),
    st.sampled_from("\t;,|"),
    st.sampled_from(["a.csv", "a.tsv"]),
)
def test_any_table_is_read_or_refused_by_a_sentence(rows, mark, name):
    out = StringIO(newline="")
    csv.writer(out, delimiter=mark).writerows(rows)
    content = out.getvalue().encode("utf-8", "replace")
    with suppress(DocumentError):
        document = load_bytes(content, name=name)
        for record in read(document).records:
            assert document.text[record.anchor.start : record.anchor.end] == record.anchor.quote
