"""Formats that come from offices: workbooks, mail, old Word files, scans; and tables of tasks."""

import shutil
import textwrap
from contextlib import suppress
from datetime import datetime
from email.message import EmailMessage
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from diemcau.cli import main
from tests.vanban.files import docx, pdf_of_lines, zip_of
from vanban import Document, DocumentError, load, load_bytes, read
from vanban.loaders import archives, attachments, doc
from vanban.loaders.cells import join_row, split_row
from vanban.loaders.mail import Attachment
from vanban.loaders.ocr import MARK, Ocr, unmark
from vanban.many import read_file

HERE = Path(__file__).parent
SAMPLES = HERE.parents[1] / "samples"
REPORT = SAMPLES / "05-bao-cao-tinh-2024.pdf"
TABLE = SAMPLES / "06-bang-nhiem-vu-thang-9-2025.docx"
OLD_WORD = HERE / "formats" / "bang-nhiem-vu-thang-9-2025.doc"

needs_tesseract = pytest.mark.skipif(
    shutil.which("tesseract") is None, reason="tesseract is not installed"
)
needs_office = pytest.mark.skipif(
    shutil.which("soffice") is None, reason="LibreOffice is not installed"
)
needs_catdoc = pytest.mark.skipif(shutil.which("catdoc") is None, reason="catdoc is not installed")


def lines(document: Document, kind: str | None = None) -> list[str]:
    return [document.text[b.start : b.end] for b in document.blocks if kind in (None, b.kind)]


def tasks(document: Document) -> list[dict[str, Any]]:
    return [r.to_dict() for r in read(document).of("tasks")]


# Workbooks

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


def test_cells_come_apart_as_they_were_joined():
    for cells in (["1", "a", "", "b"], ["", "", "x", "y"], ["a", "b"], ["x", "y", ""]):
        assert split_row(join_row(cells)) == cells


# Mail


def mail() -> bytes:
    message = EmailMessage()
    message["From"] = "Vụ Tổng hợp <vu@example.vn>"
    message["To"] = "Sở Ngoại vụ <so@example.vn>"
    message["Subject"] = "Giao nhiệm vụ rà soát thỏa thuận"
    message["Date"] = "Mon, 03 Nov 2025 09:15:00 +0700"
    message.set_content(
        "Kính gửi Quý Sở,\n\nBộ yêu cầu các Sở Ngoại vụ rà soát các thỏa thuận đã ký, gửi\n"
        "báo cáo trước ngày 20/11/2025.\n\n> thư cũ được trích\n"
    )
    message.add_attachment(
        TABLE.read_bytes(), maintype="application", subtype="msword", filename="bảng 1.docx"
    )
    inner = EmailMessage()
    inner["Subject"] = "Thư trước"
    inner["From"] = "a@example.vn"
    inner.set_content("Hai bên nhất trí lập tổ công tác.")
    message.add_attachment(inner)
    return message.as_bytes()


def test_a_mail_gives_its_headers_its_subject_and_its_words():
    document = load_bytes(mail(), name="thu.eml")
    assert document.media_type == "message/rfc822"
    assert document.title == "Giao nhiệm vụ rà soát thỏa thuận"
    assert document.published == "2025-11-03"
    assert lines(document, "furniture")[:2] == [
        "Từ: Vụ Tổng hợp <vu@example.vn>",
        "Đến: Sở Ngoại vụ <so@example.vn>",
    ]
    assert "> thư cũ được trích" not in document.text
    (task,) = tasks(document)
    assert task["deadline"] == "2025-11-20"
    assert "gửi báo cáo trước ngày" in document.text


def test_the_attachments_of_a_mail_are_documents_of_their_own():
    document = load_bytes(mail(), name="thu.eml")
    assert document.notes == (
        "Thư trích lại 1 dòng của thư khác; phần trích được để riêng.",
        "Thư có 2 tệp kèm theo, là tài liệu riêng: «bảng 1.docx», «thu-kem-2.eml».",
    )
    first, second = attachments(mail(), name="thu.eml")
    assert first == ("bảng 1.docx", TABLE.read_bytes())
    assert load_bytes(second.data, name=second.name).title == "Thư trước"
    assert attachments(TABLE.read_bytes(), name="a.docx") == ()


def test_a_mail_of_html_in_an_old_encoding():
    message = EmailMessage()
    message["Subject"] = "Tin"
    message["MIME-Version"] = "1.0"
    message.set_content(
        "<html><body><p>Hai bên nhất trí mở rộng hợp tác.</p></body></html>", "html"
    )
    assert lines(load_bytes(message.as_bytes(), name="a.eml"), "paragraph") == [
        "Hai bên nhất trí mở rộng hợp tác."
    ]


def letter(subject: str, words: str) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["Subject"] = "a@example.vn", subject
    message.set_content(words)
    return message


QUOTED = "Đồng ý.\n\n> Bộ yêu cầu các Sở báo cáo trước ngày 5/3/2025.\n>> Thư đầu.\n"


def test_what_a_reply_quotes_is_kept_apart_and_told():
    document = load_bytes(letter("Re: Báo cáo", QUOTED).as_bytes(), name="a.eml")
    quoted = [document.text[b.start : b.end] for b in document.blocks if b.place == "quoted"]
    assert quoted == ["Bộ yêu cầu các Sở báo cáo trước ngày 5/3/2025.", "Thư đầu."]
    assert document.notes == ("Thư trích lại 2 dòng của thư khác; phần trích được để riêng.",)
    assert tasks(document) == []


def test_what_a_forwarded_mail_quotes_is_its_content():
    document = load_bytes(letter("Fwd: Báo cáo", QUOTED).as_bytes(), name="a.eml")
    assert [t["deadline"] for t in tasks(document)] == ["2025-03-05"]
    assert document.notes == ()


def test_plain_words_that_only_point_to_the_page_give_way_to_it():
    message = letter("Thông báo", "Thư này ở dạng HTML.")
    words = "Bộ yêu cầu các Sở rà soát các thỏa thuận đã ký và báo cáo trước ngày 5/3/2025."
    message.add_alternative(f"<html><body><p>{words}</p></body></html>", "html")
    assert lines(load_bytes(message.as_bytes(), name="a.eml"), "paragraph") == [words]


def test_the_lines_of_a_mail_are_paragraphs_again():
    words = (
        "Quý I/2025, các cơ quan đại diện đã tổ chức 37 hoạt động xúc tiến, hỗ trợ hơn "
        "214 doanh nghiệp kết nối với đối tác nước ngoài, trong đó có nhiều doanh nghiệp nhỏ tại "
        "Đà Nẵng, Huế và các tỉnh miền Trung; kim ngạch tăng so với cùng kỳ năm trước, đạt mức "
        "cao nhất kể từ năm 2019 đến nay."
    )
    message = letter("Tin", "\n\n".join([textwrap.fill(words, 72)] * 2))
    assert lines(load_bytes(message.as_bytes(), name="a.eml"), "paragraph") == [words] * 2


@pytest.mark.parametrize("first", ["X-Mozilla-Status: 0001", "Content-Type: text/plain", "Date: x"])
def test_a_mail_is_known_whatever_header_comes_first(first):
    raw = f"{first}\nFrom: a@example.vn\nSubject: Tin\nMIME-Version: 1.0\n\nNội dung.".encode()
    assert load_bytes(raw, name="a").media_type == "message/rfc822"


# Files packed in a ZIP


def test_the_files_of_a_zip_are_read_each_for_itself(tmp_path, capsys):
    inner = zip_of({"trong.txt": "Hai bên nhất trí lập tổ công tác."})
    content = zip_of(
        {
            "thư mục/bảng.docx": TABLE.read_bytes(),
            "trong.zip": inner,
            "__MACOSX/._bảng.docx": b"\0",
            ".DS_Store": b"\0",
            "rỗng.txt": b"",
        }
    )
    rows = list(read_file("gửi.zip", content))
    assert [(r.id, r.status) for r in rows] == [
        ("gửi.zip/bảng.docx", "read"),
        ("gửi.zip/trong.zip/trong.txt", "read"),
        ("gửi.zip/rỗng.txt", "refused"),
    ]
    (tmp_path / "gửi.zip").write_bytes(content)
    assert main(["read", str(tmp_path / "gửi.zip"), "--out", str(tmp_path / "out")]) == 1
    written = sorted(p.name for p in (tmp_path / "out").iterdir())
    assert written == ["gửi-bảng.json", "gửi-trong.json"]


def test_a_zip_that_holds_itself_comes_to_an_end(monkeypatch):
    monkeypatch.setattr(archives, "members_of", lambda data, name: [Attachment(name, data)])
    (row,) = read_file("a.zip", zip_of({"a": b"1"}))
    assert "Giải nén" in row.message


def test_a_zip_that_unpacks_to_too_much_is_a_bomb(monkeypatch):
    monkeypatch.setattr(archives, "UNPACKED_LIMIT", 1000)
    (row,) = read_file("a.zip", zip_of({"a.txt": b"0" * 2000}))
    assert "bung ra quá lớn" in row.message


# Old Word files


@needs_office
def test_an_old_word_file_reads_as_the_new_one():
    old, new = load(OLD_WORD), load(TABLE)
    assert old.notes == ("Tệp là Word cũ (DOC), mở qua LibreOffice.",)
    values = ("quote", "issuer", "assignees", "deadline")
    assert [{k: t[k] for k in values} for t in tasks(old)] == [
        {k: t[k] for k in values} for t in tasks(new)
    ]


VALUES = ("quote", "issuer", "assignees", "coordinating", "deadline")


@pytest.fixture
def no_office(monkeypatch, tmp_path):
    """A machine without LibreOffice; catdoc is left if it is there."""
    if program := shutil.which("catdoc"):
        (tmp_path / "catdoc").symlink_to(program)
    monkeypatch.setenv("PATH", str(tmp_path))


@pytest.mark.usefixtures("no_office")
def test_an_old_word_file_without_libreoffice_reads_as_the_new_one():
    old, new = load(OLD_WORD), load(TABLE)
    assert old.notes == ("Tệp là Word cũ (DOC).",)
    assert [{k: t[k] for k in VALUES} for t in tasks(old)] == [
        {k: t[k] for k in VALUES} for t in tasks(new)
    ]
    assert lines(old, "row") == lines(new, "row")
    assert set(lines(new, "paragraph")) <= set(lines(old, "paragraph"))


@needs_catdoc
@pytest.mark.usefixtures("no_office")
def test_an_older_word_file_gives_its_words(monkeypatch):
    monkeypatch.setattr(doc, "_WORD_97", 0xFFFF)
    document = load(OLD_WORD)
    assert document.notes[0] == "Tệp là Word cũ (DOC), mở qua catdoc."
    assert "lưu thành DOCX" in document.notes[1]
    assert "Chủ trì đàm phán hiệp định thương mại tự do với khối MERCOSUR" in document.text
    assert any(b.kind == "row" for b in document.blocks)


def test_a_locked_old_word_file_says_so():
    data = bytearray(OLD_WORD.read_bytes())
    at = data.index(b"\xec\xa5", 512)
    data[at + 0x0B] |= 0x01
    with pytest.raises(DocumentError) as refused:
        doc.load_doc(bytes(data), name="a.doc")
    assert "DOC có mật khẩu" in refused.value.vi


def test_the_result_of_a_field_is_shown_and_its_words_are_not():
    link = 'Xem \x13 HYPERLINK "http://a.vn" \x14trang của Bộ\x15.'
    assert doc._shown(link) == "Xem trang của Bộ."
    assert doc._shown("\x13 TOC \\o \x14Mục 1\x13PAGEREF 1\x14 3\x15") == "Mục 1 3"


@given(st.integers(0, 40_000), st.binary(min_size=1, max_size=40), st.integers(0, 40_000))
@settings(max_examples=60, deadline=None)
def test_a_damaged_old_word_file_is_told_as_one(at, noise, cut):
    data = bytearray(OLD_WORD.read_bytes())
    data[at : at + len(noise)] = noise
    with suppress(doc.DocFormatError, DocumentError):
        doc.load_doc(bytes(data[: len(data) - cut]), name="a.doc")


# Scans


def scan(path: Path, *, pages: int, dpi: int = 150) -> bytes:
    """The first pages of a PDF as pictures without a text layer."""
    source = pdfium.PdfDocument(path)
    out = BytesIO()
    canvas = Canvas(out)
    for index in range(pages):
        page = source[index]
        picture = BytesIO()
        page.render(scale=dpi / 72, grayscale=True).to_pil().save(picture, "JPEG", quality=70)
        picture.seek(0)
        canvas.setPageSize(page.get_size())
        canvas.drawImage(ImageReader(picture), 0, 0, *page.get_size())
        canvas.showPage()
    canvas.save()
    source.close()
    return out.getvalue()


@needs_tesseract
def test_a_scan_is_recognised_page_by_page_when_asked():
    done = []
    ocr = Ocr(tell=lambda *pages: done.append(pages))
    document = load_bytes(scan(REPORT, pages=2), name="quet.pdf", ocr=ocr)
    assert done == [(1, 2), (2, 2)]
    assert document.notes[0].startswith("Nhận dạng chữ (OCR) 2/2 trang, ")
    assert "Xuất khẩu hàng hóa cả năm 2024 ước đạt 3,207 tỷ USD" in document.text
    assert {b.page for b in document.blocks} == {1, 2}
    assert MARK not in document.text
    for start, end in document.unsure:
        assert document.text[start:end].strip() == document.text[start:end] != ""


@needs_tesseract
def test_only_the_pages_without_text_are_recognised():
    both = pdfium.PdfDocument.new()
    words = "Hai bên nhất trí mở rộng hợp tác thương mại và đầu tư trong năm tới."
    both.import_pages(pdfium.PdfDocument(pdf_of_lines([[words] * 10])))
    both.import_pages(pdfium.PdfDocument(scan(REPORT, pages=1)))
    out = BytesIO()
    both.save(out)
    plain = load_bytes(out.getvalue(), name="a.pdf")
    assert plain.notes == ("Không có lớp chữ ở 1/2 trang: 2.",)
    recognised = load_bytes(out.getvalue(), name="a.pdf", ocr=Ocr())
    assert recognised.notes[0].startswith("Nhận dạng chữ (OCR) 1/2 trang, ")
    assert "SỞ NGOẠI VỤ" in recognised.text
    assert recognised.text.startswith(plain.text[:60])


@needs_tesseract
def test_a_picture_of_a_page_is_recognised_when_asked():
    page = pdfium.PdfDocument(REPORT)[0]
    out = BytesIO()
    page.render(scale=2, grayscale=True).to_pil().save(out, "PNG")
    with pytest.raises(DocumentError):
        load_bytes(out.getvalue(), name="a.png")
    document = load_bytes(out.getvalue(), name="a.png", ocr=Ocr())
    assert "Nghị quyết số 21/NQ-CP" in document.text


@needs_tesseract
@pytest.mark.parametrize("angle", [90, 180, 270])
def test_a_page_that_lies_on_its_side_is_read_as_one_that_stands(angle):
    page = pdfium.PdfDocument(REPORT)[0].render(scale=2.5, grayscale=True).to_pil()
    out = BytesIO()
    page.rotate(angle, expand=True).save(out, "PNG")
    document = load_bytes(out.getvalue(), name="a.png", ocr=Ocr())
    assert "Xuất khẩu hàng hóa cả năm 2024 ước đạt 3,207 tỷ USD" in document.text
    # Its paragraphs are whole, so its lines stand where they would on an upright page.
    assert max(b.end - b.start for b in document.blocks) > 300


@needs_tesseract
def test_a_picture_of_something_else_is_no_text():
    out = BytesIO()
    noise = b"".join(bytes((x * y * 7919) % 251 for x in range(800)) for y in range(1000))
    Image.frombytes("L", (800, 1000), noise).save(out, "PNG")
    with pytest.raises(DocumentError) as refused:
        load_bytes(out.getvalue(), name="a.png", ocr=Ocr())
    assert refused.value.code in ("ocr-unsure", "ocr-nothing")


def test_unsure_words_are_told_by_place_and_leave_no_mark():
    marked = Document.from_text(f"Xuất khẩu 1696{MARK} tỷ\nnăm 2O24{MARK}.")
    plain = unmark(marked)
    assert plain.text == "Xuất khẩu 1696 tỷ\nnăm 2O24."
    assert [plain.text[a:b] for a, b in plain.unsure] == ["1696", "2O24"]
    assert [plain.text[b.start : b.end] for b in plain.blocks] == ["Xuất khẩu 1696 tỷ", "năm 2O24."]
