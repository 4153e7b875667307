"""What Decree 30/2020 asks of the layout, asked of the file as an office program opens it."""

import datetime as dt
import io

import pytest
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.shared import Pt
from hypothesis import given
from hypothesis import strategies as st

from diemcau.reports.official import Cell, Head, Paper, Span, say_day, say_number_of


def report(**head) -> Paper:
    known = {"issuer": "Vụ Ngoại giao kinh tế", "above": "Bộ Ngoại giao", "symbol": "BC-NGKT"}
    paper = Paper(Head(**{**known, "place": "Hà Nội", "on": dt.date(2026, 2, 4), **head}))
    paper.name("Báo cáo", "Kết quả thực hiện cam kết quý IV năm 2025")
    return paper


def opened(paper: Paper):
    return Document(io.BytesIO(paper.to_bytes()))


def banner(document) -> tuple[list[str], list[str]]:
    left, right = document.tables[0].rows[0].cells
    return [p.text for p in left.paragraphs if p.text], [p.text for p in right.paragraphs if p.text]


def test_head_names_the_bodies_the_country_the_number_and_the_day():
    left, right = banner(opened(report(number="7")))
    assert left == ["BỘ NGOẠI GIAO", "VỤ NGOẠI GIAO KINH TẾ", "Số: 07/BC-NGKT"]
    assert right == [
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Hà Nội, ngày 04 tháng 02 năm 2026",
    ]


def test_number_and_day_nobody_gave_are_left_to_be_written_in():
    left, right = banner(opened(report(number="", on=None)))
    assert left[-1].split() == ["Số:", "/BC-NGKT"]
    assert right[-1].split() == ["Hà", "Nội,", "ngày", "tháng", "năm"]


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (dt.date(2023, 7, 3), "ngày 03 tháng 7 năm 2023"),
        (dt.date(2026, 2, 4), "ngày 04 tháng 02 năm 2026"),
        (dt.date(2024, 12, 20), "ngày 20 tháng 12 năm 2024"),
    ],
)
def test_days_below_ten_and_the_first_two_months_have_a_zero(day, said):
    assert say_day(day) == said


def test_numbers_below_ten_have_a_zero():
    assert [say_number_of(n) for n in (7, "7", 10, "12a")] == ["07", "07", "10", "12a"]


def test_page_is_a4_with_the_margins_of_the_decree_and_numbered_from_the_second_page():
    section = opened(report()).sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    assert 20 <= round(section.top_margin.mm) <= 25
    assert 20 <= round(section.bottom_margin.mm) <= 25
    assert 30 <= round(section.left_margin.mm) <= 35
    assert 15 <= round(section.right_margin.mm) <= 20
    assert section.different_first_page_header_footer
    number = section.header.paragraphs[0]
    assert "PAGE" in number._p.xml
    assert number.runs[0].font.size == Pt(13)
    assert not section.first_page_header.paragraphs[0].runs


def test_everything_is_black_times_new_roman_of_the_sizes_of_the_decree():
    document = opened(report())
    normal = document.styles["Normal"]
    assert normal.font.name == "Times New Roman"
    assert normal.element.rPr.rFonts.get(qn("w:eastAsia")) == "Times New Roman"
    assert normal.font.size == Pt(14)


def test_letter_says_what_it_is_about_under_its_number_and_whom_it_goes_to():
    paper = Paper(Head(issuer="Bộ Ngoại giao", symbol="BNG-NGKT", place="Hà Nội"))
    paper.letter("đôn đốc nhiệm vụ", to=["Bộ Công Thương", "Bộ Tài chính"])
    paper.paragraph("Đề nghị quý Bộ báo cáo.")
    paper.end()
    paper.sign("Thứ trưởng", authority="KT. Bộ trưởng", recipients=["Văn phòng Chính phủ"])
    document = opened(paper)
    left, _right = banner(document)
    assert left[-1] == "V/v đôn đốc nhiệm vụ"
    texts = [p.text for p in document.paragraphs if p.text]
    assert texts == [
        "Kính gửi:",
        "- Bộ Công Thương;",
        "- Bộ Tài chính.",
        "Đề nghị quý Bộ báo cáo./.",
    ]
    to, signed = document.tables[-1].rows[0].cells
    listed = [p.text for p in to.paragraphs]
    assert listed == ["Nơi nhận:", "- Như trên;", "- Văn phòng Chính phủ;", "- Lưu: VT."]
    assert to.paragraphs[0].runs[0].font.size == Pt(12)
    assert to.paragraphs[1].runs[0].font.size == Pt(11)
    assert [p.text for p in signed.paragraphs if p.text] == ["KT. BỘ TRƯỞNG", "THỨ TRƯỞNG"]


def test_one_addressee_stands_on_the_line_of_the_greeting():
    paper = Paper(Head(issuer="Bộ Ngoại giao"))
    paper.letter("đôn đốc", to=["Bộ Công Thương"])
    assert [p.text for p in opened(paper).paragraphs if p.text] == ["Kính gửi: Bộ Công Thương"]


def test_table_repeats_its_head_and_cuts_no_row():
    paper = report()
    rows = [[str(n), "việc"] for n in range(40)]
    paper.table([Cell("STT", 1, "center"), Cell("Nội dung", 5)], rows, bold_rows=[39])
    table = opened(paper).tables[1]
    assert [c.text for c in table.rows[0].cells] == ["STT", "Nội dung"]
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)
    assert table.rows[40].cells[1].paragraphs[0].runs[0].bold
    assert not table.rows[39].cells[1].paragraphs[0].runs[0].bold


def test_annexes_are_numbered_lie_as_asked_and_count_their_pages_anew():
    paper = report(number="7")
    paper.annex("Bảng tổng hợp", landscape=True)
    paper.annex("Danh mục minh chứng")
    document = opened(paper)
    texts = [p.text for p in document.paragraphs if p.text]
    assert [t for t in texts if t.startswith("Phụ lục")] == ["Phụ lục I", "Phụ lục II"]
    told = "(Kèm theo báo cáo của Vụ Ngoại giao kinh tế số 07/BC-NGKT ngày 04 tháng 02 năm 2026)"
    assert texts.count(told) == 2
    orientations = [section.orientation for section in document.sections]
    assert orientations == [WD_ORIENT.PORTRAIT, WD_ORIENT.LANDSCAPE, WD_ORIENT.PORTRAIT]
    starts = [s._sectPr.find(qn("w:pgNumType")) for s in document.sections[1:]]
    assert [s.get(qn("w:start")) for s in starts] == ["1", "1"]


def test_single_annex_has_no_number():
    paper = report()
    paper.annex("Bảng tổng hợp")
    assert "Phụ lục" in [p.text for p in opened(paper).paragraphs]


def test_words_lead_to_the_entry_of_the_list_and_out_of_the_paper():
    paper = report()
    paper.paragraph(["Có ", Span("9.831", to="E1"), " nhiệm vụ."])
    paper.entry("E1", ["[1] ", Span("sổ theo dõi", url="https://example.org/so-theo-doi/")])
    document = opened(paper)
    inner = document.element.xpath(".//w:hyperlink[@w:anchor]")
    assert [link.get(qn("w:anchor")) for link in inner] == ["e_E1"]
    names = document.element.xpath(".//w:bookmarkStart/@w:name")
    assert names == ["e_E1"]
    (outer,) = document.element.xpath(".//w:hyperlink[@r:id]")
    target = document.part.rels[outer.get(qn("r:id"))].target_ref
    assert target == "https://example.org/so-theo-doi/"
    assert "Có 9.831 nhiệm vụ." in [p.text for p in document.paragraphs]


@given(st.text(), st.text())
def test_any_text_makes_a_file_that_opens(subject, words):
    paper = Paper(Head(issuer=subject, symbol=words))
    paper.name("Báo cáo", subject)
    paper.paragraph(words)
    paper.end()
    paper.table([Cell("A"), Cell(words)], [[subject, [words, Span(words, bold=True)]]])
    paper.sign(words, recipients=[subject])
    assert opened(paper).sections
