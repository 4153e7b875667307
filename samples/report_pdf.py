"""A province's report as a PDF with a text layer, drawn with a font that has Vietnamese letters."""

from collections.abc import Sequence
from pathlib import Path

from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import cm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    Flowable,
    KeepTogether,
    Paragraph,
    SimpleDocTemplate,
    Spacer,
    Table,
)

__all__ = ["write_report"]

FAMILIES = (
    ("times.ttf", "timesbd.ttf", "timesi.ttf", "timesbi.ttf"),
    (
        "LiberationSerif-Regular.ttf",
        "LiberationSerif-Bold.ttf",
        "LiberationSerif-Italic.ttf",
        "LiberationSerif-BoldItalic.ttf",
    ),
    ("Tinos-Regular.ttf", "Tinos-Bold.ttf", "Tinos-Italic.ttf", "Tinos-BoldItalic.ttf"),
    (
        "DejaVuSerif.ttf",
        "DejaVuSerif-Bold.ttf",
        "DejaVuSerif-Italic.ttf",
        "DejaVuSerif-BoldItalic.ttf",
    ),
)
FACES = ("Body", "Body-Bold", "Body-Italic", "Body-BoldItalic")
FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "/Library/Fonts", "C:/Windows/Fonts")
MARK = "Văn bản mẫu của dự án Điểm Cầu, không phải văn bản thật."


def write_report(path: Path) -> None:
    """Write the report; the same fonts give the same bytes.

    Raises:
        FileNotFoundError: no font family with Vietnamese letters is installed.
    """
    for face, file in zip(FACES, font_files(), strict=True):
        pdfmetrics.registerFont(TTFont(face, str(file)))
    document = SimpleDocTemplate(
        str(path),
        pagesize=A4,
        topMargin=2 * cm,
        bottomMargin=2 * cm,
        leftMargin=3 * cm,
        rightMargin=1.5 * cm,
        title="Báo cáo kết quả công tác ngoại giao kinh tế năm 2024 và phương hướng năm 2025",
        author="Điểm Cầu",
        invariant=1,
    )
    # The frame keeps 6 points free on each side.
    document.build(_story(document.width - 12), onFirstPage=_first_page, onLaterPages=_later_page)


def font_files() -> tuple[Path, ...]:
    """The files of the first family installed that has Vietnamese letters, plain to bold italic.

    Liberation of before 2.0 lacks half of them and would leave blanks.

    Raises:
        FileNotFoundError: there is none.
    """
    found: dict[str, list[Path]] = {}
    for folder in FOLDERS:
        for path in Path(folder).rglob("*.ttf"):
            found.setdefault(path.name, []).append(path)
    for family in FAMILIES:
        for plain in found.get(family[0], []):
            files = tuple(plain.with_name(name) for name in family)
            if all(map(Path.is_file, files)) and all(map(_writes_vietnamese, files)):
                return files
    raise FileNotFoundError(
        f"none of these fonts is installed: {', '.join(f[0] for f in FAMILIES)}"
    )


def _writes_vietnamese(file: Path) -> bool:
    letters = TTFont("tried", str(file)).face.charToGlyph
    return all(ord(letter) in letters for letter in "ảẫựốỉểđ")


def _style(name: str, **changes: object) -> ParagraphStyle:
    base: dict[str, object] = {"fontName": "Body", "fontSize": 14, "leading": 18}
    return ParagraphStyle(name, **{**base, **changes})


BODY = _style("body", alignment=TA_JUSTIFY, firstLineIndent=1.27 * cm, spaceBefore=6)
HEADING = _style("heading", fontName="Body-Bold", firstLineIndent=1.27 * cm, spaceBefore=8)
TITLE = _style("title", fontName="Body-Bold", alignment=TA_CENTER)
CENTRE = _style("centre", fontSize=12, leading=15, alignment=TA_CENTER)
CENTRE_BOLD = _style("centre-bold", parent=CENTRE, fontName="Body-Bold", fontSize=12, leading=15,
                     alignment=TA_CENTER)  # fmt: skip
MOTTO = _style("motto", fontName="Body-Bold", fontSize=13, leading=16, alignment=TA_CENTER)
DATE = _style("date", fontName="Body-Italic", fontSize=13, leading=18, alignment=TA_CENTER)
CELL = _style("cell", fontSize=12, leading=15)
SMALL = _style("small", fontSize=11, leading=14)
RECIPIENTS = _style("recipients", fontName="Body-BoldItalic", fontSize=12, leading=15)


def _story(width: float) -> list[Flowable]:
    story: list[Flowable] = [_letterhead(width), Spacer(1, 16)]
    story += [
        Paragraph("BÁO CÁO", TITLE),
        Paragraph("Kết quả công tác ngoại giao kinh tế năm 2024", TITLE),
        Paragraph("và phương hướng năm 2025", TITLE),
        _Rule(3 * cm),
    ]
    for block in REPORT:
        if isinstance(block, str):
            heading = block.isupper() or (block[0].isdigit() and len(block) < 60)
            story.append(Paragraph(block, HEADING if heading else BODY))
        else:
            story += [Spacer(1, 8), _table(block, width), Spacer(1, 4)]
    story += [Spacer(1, 14), KeepTogether([_signature(width)])]
    return story


class _Rule(Flowable):
    """A thin rule of a given length, centred in whatever holds it."""

    def __init__(self, length: float) -> None:
        super().__init__()
        self.length = length

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self.room = width
        return width, 7

    def draw(self) -> None:
        left = (self.room - self.length) / 2
        self.canv.setLineWidth(0.7)
        self.canv.line(left, 4, left + self.length, 4)


def _letterhead(width: float) -> Flowable:
    left = [
        Paragraph("UBND TỈNH NGHỆ AN", CENTRE),
        Paragraph("SỞ NGOẠI VỤ", CENTRE_BOLD),
        _Rule(2 * cm),
        Paragraph("Số: 9903/BC-SNgV", _style("number", parent=CENTRE, fontSize=13, alignment=1)),
    ]
    right = [
        Paragraph("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", CENTRE_BOLD),
        Paragraph("Độc lập - Tự do - Hạnh phúc", MOTTO),
        _Rule(5.8 * cm),
        Paragraph("Nghệ An, ngày 25 tháng 12 năm 2024", DATE),
    ]
    head = Table([[left, right]], colWidths=[6.4 * cm, width - 6.4 * cm])
    head.setStyle([("VALIGN", (0, 0), (-1, -1), "TOP"), ("LEFTPADDING", (0, 0), (-1, -1), 0),
                   ("RIGHTPADDING", (0, 0), (-1, -1), 0)])  # fmt: skip
    return head


def _table(rows: Sequence[Sequence[str]], width: float) -> Flowable:
    cells = [
        [
            Paragraph(text, CENTRE_BOLD if r == 0 else CENTRE if c in (0, 2, 3, 4) else CELL)
            for c, text in enumerate(row)
        ]
        for r, row in enumerate(rows)
    ]
    table = Table(cells, colWidths=[1.1 * cm, width - 9.2 * cm] + [2.7 * cm] * 3, repeatRows=1)
    table.setStyle(
        [("GRID", (0, 0), (-1, -1), 0.6, "black"), ("VALIGN", (0, 0), (-1, -1), "MIDDLE")]
    )
    return table


def _signature(width: float) -> Flowable:
    left = [Paragraph("Nơi nhận:", RECIPIENTS)]
    left += [
        Paragraph(f"- {line}", SMALL)
        for line in ("Bộ Ngoại giao;", "UBND tỉnh (để báo cáo);", "Lưu: VT, HTQT.")
    ]
    right = [Paragraph("GIÁM ĐỐC", TITLE), Spacer(1, 62), Paragraph("Hồ Thị Yên", TITLE)]
    table = Table([[left, right]], colWidths=[width / 2, width / 2])
    table.setStyle([("VALIGN", (0, 0), (-1, -1), "TOP"), ("LEFTPADDING", (0, 0), (-1, -1), 0)])
    return table


def _first_page(canvas: Canvas, document: SimpleDocTemplate) -> None:
    canvas.setFont("Body-Italic", 8)
    canvas.drawCentredString(A4[0] / 2, 1.1 * cm, MARK)


def _later_page(canvas: Canvas, document: SimpleDocTemplate) -> None:
    _first_page(canvas, document)
    canvas.setFont("Body", 13)
    canvas.drawCentredString(A4[0] / 2, A4[1] - 1.4 * cm, str(document.page))


REPORT: list[str | list[list[str]]] = [
    "Thực hiện Chỉ thị số 15-CT/TW ngày 10 tháng 8 năm 2022 của Ban Bí thư về công tác ngoại giao "
    "kinh tế và Nghị quyết số 21/NQ-CP ngày 20 tháng 02 năm 2023 của Chính phủ, Sở Ngoại vụ tỉnh "
    "Nghệ An báo cáo kết quả năm 2024 và phương hướng năm 2025 như sau:",
    "I. KẾT QUẢ NĂM 2024",
    "1. Xúc tiến và kết nối",
    "Trong năm, tỉnh cử các đoàn xúc tiến đi Trung Quốc, Philippines, Australia và sáu nước châu "
    "Âu là Anh, Pháp, Đức, Italia, Hà Lan, Nga; giới thiệu danh mục dự án kêu gọi đầu tư với hiệp "
    "hội và tập đoàn ở từng nơi.",
    "Cộng đồng người Nghệ An ở nước ngoài có khoảng hơn 100.000 người; kiều hối mỗi năm khoảng 500 "
    "triệu USD.",
    "2. Thương mại và đầu tư",
    "Xuất khẩu hàng hóa cả năm 2024 ước đạt 3,207 tỷ USD, tăng 31,2% so với cùng kỳ năm 2023 và "
    "vượt kế hoạch 16,6%; lần đầu tiên xuất khẩu của tỉnh qua mốc 3 tỷ USD. Nhập khẩu ước 2,226 tỷ "
    "USD, tăng 56,22% so với năm trước. Vốn đầu tư trực tiếp nước ngoài (FDI) dự kiến thu hút được "
    "1,696 tỷ USD; năm trước tỉnh cũng đã đạt trên 1 tỷ USD.",
    [
        ["TT", "Chỉ tiêu", "Đơn vị", "Năm 2024", "So với 2023"],
        ["1", "Kim ngạch xuất khẩu hàng hóa (ước)", "tỷ USD", "3,207", "+31,2%"],
        ["2", "Kim ngạch nhập khẩu hàng hóa (ước)", "tỷ USD", "2,226", "+56,22%"],
        ["3", "Vốn đầu tư trực tiếp nước ngoài (dự kiến)", "tỷ USD", "1,696", "-"],
        ["4", "Kiều hối (bình quân hằng năm)", "triệu USD", "khoảng 500", "-"],
    ],
    "3. Tồn tại, hạn chế",
    "Một số thỏa thuận ký trong các chuyến đi triển khai còn chậm; thông tin về nhu cầu của đối "
    "tác chưa được cập nhật thường xuyên; cán bộ biết ngoại ngữ hiếm ở cấp huyện còn thiếu.",
    "II. PHƯƠNG HƯỚNG NĂM 2025",
    "1. Sở Ngoại vụ chủ trì, phối hợp với Sở Công Thương và Ban Quản lý Khu kinh tế Đông Nam rà "
    "soát các thỏa thuận đã ký với đối tác nước ngoài, báo cáo UBND tỉnh trong quý I năm 2025.",
    "2. Trung tâm Xúc tiến đầu tư, thương mại và du lịch xây dựng chương trình xúc tiến tại Nhật "
    "Bản, Hàn Quốc và Trung Đông, hoàn thành trước ngày 31 tháng 3 năm 2025.",
    "3. Phấn đấu kim ngạch xuất khẩu hàng hóa năm 2025 đạt ít nhất 3,5 tỷ USD; thu hút FDI từ 1 "
    "tỷ USD trở lên.",
    "III. KIẾN NGHỊ",
    "Đề nghị Bộ Ngoại giao hỗ trợ tỉnh kết nối với cơ quan đại diện tại các thị trường mới; thông "
    "báo sớm chương trình đón tiếp đoàn trưởng cơ quan đại diện ngoại giao nước ngoài.",
    "Đề nghị UBND tỉnh bố trí kinh phí đào tạo cán bộ đối ngoại trong dự toán năm 2025.",
    "Sở Ngoại vụ tỉnh Nghệ An trân trọng báo cáo./.",
]
