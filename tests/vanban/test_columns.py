"""Pages set in columns, and what stands at the edges of pages."""

from io import BytesIO

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import simpleSplit
from reportlab.pdfgen.canvas import Canvas

from tests.vanban.files import FONT
from vanban import Document, load_bytes

pytestmark = pytest.mark.skipif(FONT is None, reason="no font with Vietnamese letters is installed")

PARAGRAPHS = [
    "Ngày 6/3/2025, tại Huế, Thứ trưởng Bùi Quang Vinh chủ trì buổi làm việc với mười hai tỉnh "
    "miền Trung về thu hút đầu tư nước ngoài.",
    "Sở Ngoại vụ Quảng Trị cho biết trong quý I/2025 tỉnh đã đón 19 đoàn doanh nghiệp, ký 7 bản "
    "ghi nhớ với đối tác Lào và Thái Lan.",
    "Thứ trưởng yêu cầu các tỉnh hoàn thiện danh mục dự án ưu tiên, gửi về Bộ trước 30/4/2025.",
    "Cục Ngoại vụ chủ trì, phối hợp với Vụ Tổng hợp kinh tế xây dựng sổ tay hướng dẫn, hoàn thành "
    "trong quý III/2025.",
    "Hai bên thống nhất tổ chức hội chợ biên giới lần thứ tư vào tháng 11/2025 tại Lao Bảo.",
]
WIDTH, LEFTS = 220, (50, 310)


def drawn(pages: list[list[tuple[float, float, str]]], size: float = 10) -> bytes:
    """A PDF of lines at their places: from the left, from the top, the words."""
    out = BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=True)
    for lines in pages:
        canvas.setFont(FONT, size)
        for left, top, words in lines:
            canvas.drawString(left, A4[1] - top, words)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def halves() -> tuple[list[str], list[str]]:
    lines = [line for text in PARAGRAPHS for line in simpleSplit(text, FONT, 10, WIDTH)]
    middle = (len(lines) + 1) // 2
    return lines[:middle], lines[middle:]


def content(document: Document) -> list[str]:
    return [document.text[b.start : b.end] for b in document.content]


@pytest.mark.parametrize("across", [False, True], ids=["column by column", "line by line across"])
def test_two_columns_are_read_one_after_the_other(across):
    page = [
        (left, 100.0 + 14 * n, line)
        for left, lines in zip(LEFTS, halves(), strict=True)
        for n, line in enumerate(lines)
    ]
    if across:
        page.sort(key=lambda line: line[1])
    heading = "BẢN TIN CỦA CỤC, SỐ 4, XUẤT BẢN HẰNG THÁNG, PHÁT HÀNH TRONG NGÀNH NGOẠI VỤ"
    document = load_bytes(drawn([[(50.0, 70.0, heading), *page]]), name="a.pdf")
    assert content(document) == [heading, *PARAGRAPHS]


def test_a_paragraph_runs_on_over_columns_and_pages():
    lines = [line for text in PARAGRAPHS * 4 for line in simpleSplit(text, FONT, 10, WIDTH)]
    pages: list[list[tuple[float, float, str]]] = []
    for number, line in enumerate(lines):
        at_page, at = divmod(number, 22)
        if at_page == len(pages):
            pages.append([(290.0, 820.0, str(at_page + 1))])
        column, row = divmod(at, 11)
        pages[at_page].append((LEFTS[column], 100.0 + 14 * row, line))
    assert len(pages) > 2
    assert content(load_bytes(drawn(pages), name="a.pdf")) == PARAGRAPHS * 4


def test_blocks_side_by_side_that_are_no_columns_stay_lines():
    left = ["Nơi nhận:", "- Như trên;", "- Lãnh đạo Bộ (để báo cáo);", "- Các vụ;", "- Lưu: VT."]
    right = ["TL. BỘ TRƯỞNG", "VỤ TRƯỞNG", "(Đã ký)", "Phạm Thu Hà"]
    body = [line for text in PARAGRAPHS for line in simpleSplit(text, FONT, 10, 490)]
    page = [(50.0, 100 + 14.0 * n, line) for n, line in enumerate(body)]
    page += [(50.0, 400 + 14.0 * n, line) for n, line in enumerate(left)]
    page += [(380.0, 400 + 14.0 * n, line) for n, line in enumerate(right)]
    document = load_bytes(drawn([page]), name="a.pdf")
    assert document.text.split("\n")[-9:] == [*left, *right]


def test_the_end_of_a_sentence_at_the_foot_of_a_page_is_no_page_number():
    body = [line for text in PARAGRAPHS for line in simpleSplit(text, FONT, 10, 450)]
    page = [(85.0, 600.0 + 16 * n, line) for n, line in enumerate(body)]
    end = "Hội nghị lần sau được tổ chức tại thành phố Đà Nẵng, dự kiến vào cuối tháng"
    page += [(120.0, 768.0, end), (85.0, 784.0, "12/2025."), (290.0, 820.0, "1")]
    document = load_bytes(drawn([page]), name="a.pdf")
    assert "12/2025." in content(document)[-1]
    assert [b.kind for b in document.blocks].count("furniture") == 1


def test_a_line_that_ends_in_a_hyphen_does_not_part_its_paragraph():
    lines = [
        "Đại sứ quán Việt Nam tại Ma-",
        "rốc đề nghị các địa phương gửi",
        "danh mục dự án trong tháng này.",
    ]
    page = [(50.0, 100 + 14.0 * n, line) for n, line in enumerate(lines)]
    (block,) = load_bytes(drawn([page]), name="a.pdf").blocks
    assert block.kind != "furniture"


def test_lines_of_an_official_paper_that_stand_alone_go_on_no_other():
    lines = ["Độc lập - Tự do - Hạnh phúc", "Hà Nội, ngày 5 tháng 3 năm 2025"]
    page = [(300.0, 100 + 14.0 * n, line) for n, line in enumerate(lines)]
    document = load_bytes(drawn([page]), name="a.pdf")
    assert document.text.split("\n") == lines
