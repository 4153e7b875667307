"""Tables as people hold them: headings over two rows, rows in two, tables over pages."""

from io import BytesIO
from typing import Any

import pytest
import xlsxwriter
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from tests.vanban.files import FONT, docx
from vanban import Document, load_bytes, read
from vanban.loaders.tables import TableRow, settled

Rows = list[list[str]]

HEADING = ["STT", "Nội dung nhiệm vụ", "Đơn vị chủ trì", "Đơn vị phối hợp", "Thời hạn"]
FIRST = ["1", "Lập danh mục dự án Halal", "Vụ Trung Đông", "Cục Ngoại vụ", "5/9/2025"]
SECOND = ["2", "Rà soát 12 thỏa thuận đã ký với Áo,", "Vụ Châu Âu", "Sở Ngoại vụ", "9/9/2025"]
GOES_ON = ["", "kiến nghị cách xử lý từng thỏa thuận", "", "", ""]
THIRD = ["3", "Tổ chức tập huấn", "Cục Ngoại vụ", "", "30/9/2025"]


def texts(rows: Rows, *, breaks: tuple[int, ...] = ()) -> list[str]:
    numbered = [TableRow(cells, number) for number, cells in enumerate(rows, start=1)]
    return [
        f"({row.text()})" if row.is_furniture else row.text()
        for row in settled(numbered, after_break=breaks)
    ]


def tasks(document: Document) -> list[tuple[Any, ...]]:
    found = [record.to_dict() for record in read(document).of("tasks")]
    return [(t["quote"], t["assignees"], t["coordinating"], t["deadline"]) for t in found]


WANTED = [
    (FIRST[1], ["Vụ Trung Đông"], ["Cục Ngoại vụ"], "2025-09-05"),
    (f"{SECOND[1]} {GOES_ON[1]}", ["Vụ Châu Âu"], ["Sở Ngoại vụ"], "2025-09-09"),
    (THIRD[1], ["Cục Ngoại vụ"], [], "2025-09-30"),
]


def test_a_heading_over_two_rows_is_one():
    upper = ["STT", "Nội dung nhiệm vụ", "Đơn vị thực hiện", "", "Thời hạn"]
    lower = ["〃", "〃", "Chủ trì", "Phối hợp", "〃"]
    assert texts([upper, lower, FIRST]) == [
        "Đơn vị thực hiện",
        "STT | Nội dung nhiệm vụ | Chủ trì | Phối hợp | Thời hạn",
        " | ".join(FIRST),
    ]


def test_tall_cells_of_data_stay_where_they_are():
    lower = ["2", "Mời doanh nghiệp", "〃", "", "〃"]
    assert texts([HEADING, FIRST, lower])[2] == " | ".join(lower)


def test_a_heading_written_again_is_furniture():
    again = [cell.upper() for cell in HEADING]
    assert texts([HEADING, FIRST, again, SECOND])[2] == f"({' | '.join(again)})"


def test_a_row_that_only_goes_on_is_part_of_the_one_above():
    joined = f"2 | {SECOND[1]} {GOES_ON[1]} | Vụ Châu Âu | Sở Ngoại vụ | 9/9/2025"
    assert texts([HEADING, SECOND, GOES_ON, THIRD]) == [
        " | ".join(HEADING),
        joined,
        " | ".join(THIRD),
    ]


@pytest.mark.parametrize(
    "row",
    [
        ["", "Mời doanh nghiệp dự hội chợ", "", "", ""],
        ["", "a) mời doanh nghiệp dự hội chợ", "", "", ""],
        ["", "mời doanh nghiệp dự hội chợ", "Vụ Châu Á", "", ""],
        ["3", "mời doanh nghiệp dự hội chợ", "", "", ""],
    ],
    ids=["own beginning", "item", "own lead", "own number"],
)
def test_a_row_of_its_own_stays_one(row):
    assert len(texts([HEADING, SECOND, row])) == 3


def test_a_row_cut_by_the_end_of_a_page_is_whole_whatever_it_goes_on_with():
    upper = ["1", "Hỗ trợ doanh nghiệp vào thị trường", "Đại sứ quán tại", "", "5/9/2025"]
    lower = ["", "Ấn Độ", "Niu Đê-li", "", ""]
    assert texts([HEADING, upper, HEADING, lower], breaks=(3,))[1] == (
        "1 | Hỗ trợ doanh nghiệp vào thị trường Ấn Độ | Đại sứ quán tại Niu Đê-li |  | 5/9/2025"
    )


def test_a_section_of_a_table_stands_on_a_line_across_it():
    section = ["II", "Nhiệm vụ do Lãnh đạo Bộ giao", "", "", ""]
    assert texts([HEADING, section, FIRST])[1] == "II Nhiệm vụ do Lãnh đạo Bộ giao"
    assert texts([HEADING, ["A", "12", "", "", ""]])[1].startswith("A | 12")


def word_table(rows: Rows) -> bytes:
    def cell(text: str) -> str:
        return f"<w:tc><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>"

    lines = "".join(f"<w:tr>{''.join(map(cell, row))}</w:tr>" for row in rows)
    return docx(f"<w:tbl>{lines}</w:tbl>")


def test_the_rows_of_a_word_table_are_whole_tasks():
    document = load_bytes(word_table([HEADING, FIRST, SECOND, GOES_ON, HEADING, THIRD]), name="a")
    assert tasks(document) == WANTED


def test_what_stands_above_the_table_of_a_sheet_is_no_row_of_it():
    out = BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet()
    head = ["BỘ NGOẠI GIAO", "", "", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"]
    title = ["BẢNG THEO DÕI NHIỆM VỤ THÁNG 9/2025"]
    above: Rows = [head, title, ["Kèm theo công văn của Bộ"], ["Đơn vị: việc"], ["Bản thảo"], []]
    for number, row in enumerate([*above, HEADING, FIRST, SECOND, GOES_ON, THIRD]):
        sheet.write_row(number, 0, [cell or None for cell in row])
    book.close()
    document = load_bytes(out.getvalue(), name="a.xlsx")
    kinds = {document.text[b.start : b.end]: b.kind for b in document.blocks}
    assert kinds[head[3]] == "furniture"
    assert kinds[title[0]] != "row"
    assert tasks(document) == WANTED


COLUMNS = (40, 75, 290, 385, 470, 550)


def ruled(pages: list[Rows], *, foot: str = "") -> bytes:
    """A PDF with one ruled table a page."""
    out = BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=True)
    for rows in pages:
        canvas.setFont(FONT, 8)
        for number, row in enumerate(rows):
            top = A4[1] - 80 - 30 * number
            for left, right, text in zip(COLUMNS, COLUMNS[1:], row, strict=False):
                canvas.rect(left, top - 30, right - left, 30)
                canvas.drawString(left + 3, top - 18, text)
        canvas.drawString(50, 400, foot)
        canvas.drawString(290, 20, "7")
        canvas.showPage()
    canvas.save()
    return out.getvalue()


@pytest.mark.skipif(FONT is None, reason="no font with Vietnamese letters is installed")
class TestTablesOfPages:
    @pytest.mark.parametrize("again", [[HEADING], []], ids=["heading again", "heading once"])
    def test_a_table_over_three_pages_is_one(self, again):
        pages = [[HEADING, FIRST, SECOND], [*again, GOES_ON, THIRD]]
        document = load_bytes(ruled(pages), name="a.pdf")
        assert tasks(document) == WANTED
        assert {b.place.split(",")[0] for b in document.blocks if b.kind == "row"} == {"table 1"}

    def test_one_last_row_on_a_page_is_a_row(self):
        pages = [[HEADING, FIRST, SECOND, GOES_ON], [THIRD]]
        assert tasks(load_bytes(ruled(pages), name="a.pdf")) == WANTED

    def test_a_page_that_only_ends_a_row_is_not_bare(self):
        document = load_bytes(ruled([[HEADING, FIRST, THIRD, SECOND], [GOES_ON]]), name="a.pdf")
        assert document.notes == ()
        assert len(tasks(document)) == 3

    def test_tables_with_words_between_them_are_two(self):
        pages = [[HEADING, FIRST], [HEADING, SECOND]]
        document = load_bytes(ruled(pages, foot="Bảng sau do Cục Ngoại vụ lập."), name="a.pdf")
        places = {b.place.split(",")[0] for b in document.blocks if b.kind == "row"}
        assert places == {"table 1", "table 2"}
