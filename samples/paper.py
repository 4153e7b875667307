"""Official papers as DOCX, laid out as Nghị định 30/2020/NĐ-CP asks (A4, Times New Roman)."""

import zipfile
from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from pathlib import Path

from docx import Document
from docx.document import Document as Paper
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH as Align
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

__all__ = [
    "add_body",
    "add_letterhead",
    "add_signature",
    "add_table",
    "add_title",
    "new_paper",
    "save",
]

FONT = "Times New Roman"
MARK = "Văn bản mẫu của dự án Điểm Cầu, không phải văn bản thật."
WRITTEN = datetime(2026, 1, 1)  # noqa: DTZ001 -- python-docx writes naive times


def new_paper(title: str, *, landscape: bool = False) -> Paper:
    """An empty A4 paper: margins 20, 20, 30, 15 mm, page number centred at the top from page 2."""
    paper = Document()
    section = paper.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    if landscape:
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = Cm(29.7), Cm(21)
    section.top_margin = section.bottom_margin = Cm(2)
    section.left_margin, section.right_margin = Cm(3), Cm(1.5)
    section.different_first_page_header_footer = True
    normal = paper.styles["Normal"]
    normal.font.name, normal.font.size = FONT, Pt(14)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    normal.paragraph_format.space_after = Pt(0)
    number = section.header.paragraphs[0]
    number.alignment = Align.CENTER
    _add_field(number, "PAGE")
    for footer in (section.footer, section.first_page_footer):
        _write(footer.paragraphs[0], MARK, size=8, italic=True, align=Align.CENTER)
    core = paper.core_properties
    core.title, core.author, core.created, core.modified = title, "Điểm Cầu", WRITTEN, WRITTEN
    core.last_modified_by, core.comments, core.language = "Điểm Cầu", MARK, "vi-VN"
    return paper


def add_letterhead(
    paper: Paper, *, above: str, body: str, number: str, place_and_date: str
) -> None:
    """Issuing body and number on the left, national title, motto and date on the right."""
    width = _text_width(paper)
    left_width = 6.6 if width < 18 else 9.0
    table = paper.add_table(rows=1, cols=2)
    table.autofit = False
    left, right = table.rows[0].cells
    _set_columns(table, [left_width, width - left_width])
    for cell in (left, right):
        _set_cell_margins(cell)
    if above:
        _write(left.paragraphs[0], above, size=12, align=Align.CENTER)
    _write(_first_free(left), body, size=12, bold=True, align=Align.CENTER)
    _rule(left.add_paragraph(), left_width, 2.4)
    _write(left.add_paragraph(), f"Số: {number}", size=13, align=Align.CENTER)
    title = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    _write(right.paragraphs[0], title, size=12, bold=True, align=Align.CENTER)
    motto = "Độc lập - Tự do - Hạnh phúc"
    _write(right.add_paragraph(), motto, size=13, bold=True, align=Align.CENTER)
    _rule(right.add_paragraph(), width - left_width, 5.8)
    date = right.add_paragraph()
    _write(date, place_and_date, size=13, italic=True, align=Align.CENTER)
    date.paragraph_format.space_before = Pt(4)


def add_title(paper: Paper, kind: str, subject: str, *, rule: bool = True) -> None:
    """The kind of paper in capitals and what it is about, with a short rule under it."""
    first = paper.add_paragraph()
    first.paragraph_format.space_before = Pt(18)
    _write(first, kind, size=14, bold=True, align=Align.CENTER)
    for line in subject.split("\n"):
        _write(paper.add_paragraph(), line, size=14, bold=True, align=Align.CENTER)
    if rule:
        _rule(paper.add_paragraph(), _text_width(paper), 3.0)


def add_body(paper: Paper, text: str) -> None:
    """Paragraphs parted by blank lines; one in capitals, or short and numbered, is bold."""
    for line in filter(None, (" ".join(raw.split()) for raw in text.split("\n\n"))):
        paragraph = paper.add_paragraph()
        heading = line.isupper() or (line[0].isdigit() and len(line) < 60 and line[-1] not in ".;")
        _write(paragraph, line, size=14, bold=heading, align=Align.JUSTIFY)
        form = paragraph.paragraph_format
        form.first_line_indent, form.space_before, form.line_spacing = Cm(1.27), Pt(6), 1.1
        form.keep_with_next = heading


def add_table(
    paper: Paper, widths: Sequence[float], rows: Sequence[Sequence[str]], *, size: int = 11
) -> None:
    """A ruled table; the first row is its heading, a row of one cell crosses the table."""
    table = paper.add_table(rows=0, cols=len(widths))
    table.style = "Table Grid"
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    for _ in rows:
        table.add_row()
    _set_columns(table, widths)
    for index, (row, texts) in enumerate(zip(table.rows, rows, strict=True)):
        _keep_together(row._tr)
        if index == 0:
            _repeat(row._tr)
        across = len(texts) == 1
        cell = row.cells[0].merge(row.cells[-1]) if across else None
        for column, text in enumerate(texts):
            target = cell if cell is not None else row.cells[column]
            centred = index == 0 or (not across and column == 0)
            for number, part in enumerate(text.split("\n")):
                paragraph = target.paragraphs[0] if number == 0 else target.add_paragraph()
                _write(
                    paragraph,
                    part,
                    size=size,
                    bold=index == 0 or across,
                    align=Align.CENTER if centred else Align.LEFT,
                )
                paragraph.paragraph_format.space_before = Pt(2)
                paragraph.paragraph_format.space_after = Pt(2)


def add_signature(
    paper: Paper, *, recipients: Sequence[str], titles: Sequence[str], name: str
) -> None:
    """Recipients on the left, the signing office and the name on the right."""
    width = _text_width(paper)
    paper.add_paragraph().paragraph_format.space_before = Pt(6)
    # A signature never stands alone on a page: the closing line goes with it.
    for closing in paper.paragraphs[-2:]:
        closing.paragraph_format.keep_with_next = True
    table = paper.add_table(rows=1, cols=2)
    table.autofit = False
    left, right = table.rows[0].cells
    _set_columns(table, [width / 2, width / 2])
    _keep_together(table.rows[0]._tr)
    _write(left.paragraphs[0], "Nơi nhận:", size=12, bold=True, italic=True, align=Align.LEFT)
    for line in recipients:
        _write(left.add_paragraph(), f"- {line}", size=11, align=Align.LEFT)
    for index, line in enumerate(titles):
        paragraph = right.paragraphs[0] if index == 0 else right.add_paragraph()
        _write(paragraph, line, size=14, bold=True, align=Align.CENTER)
    signed = right.add_paragraph()
    signed.paragraph_format.space_before = Pt(64)
    _write(signed, name, size=14, bold=True, align=Align.CENTER)


def save(paper: Paper, path: Path) -> None:
    """Write the DOCX so that the same paper always gives the same bytes."""
    raw = BytesIO()
    paper.save(raw)
    with (
        zipfile.ZipFile(raw) as source,
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in sorted(source.namelist(), key=lambda n: (n != "[Content_Types].xml", n)):
            entry = zipfile.ZipInfo(name, date_time=(2026, 1, 1, 0, 0, 0))
            entry.compress_type, entry.create_system = zipfile.ZIP_DEFLATED, 3
            entry.external_attr = 0o644 << 16
            target.writestr(entry, source.read(name))


def _write(
    paragraph: Paragraph,
    text: str,
    *,
    size: float,
    align: Align,
    bold: bool = False,
    italic: bool = False,
) -> None:
    run = paragraph.add_run(text)
    run.font.size, run.bold, run.italic, run.font.name = Pt(size), bold, italic, FONT
    paragraph.alignment = align
    paragraph.paragraph_format.space_after = Pt(0)


def _first_free(cell: _Cell) -> Paragraph:
    last = cell.paragraphs[-1]
    return cell.add_paragraph() if last.text else last


def _rule(paragraph: Paragraph, width: float, length: float) -> None:
    """A rule of the given length in cm, centred in the given width."""
    _write(paragraph, "", size=2, align=Align.CENTER)
    form = paragraph.paragraph_format
    form.left_indent = form.right_indent = Cm((width - length) / 2)
    form.line_spacing = Pt(4)
    borders = OxmlElement("w:pBdr")
    top = OxmlElement("w:top")
    for key, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
        top.set(qn(f"w:{key}"), value)
    borders.append(top)
    paragraph._p.get_or_add_pPr().insert_element_before(
        borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )


def _add_field(paragraph: Paragraph, code: str) -> None:
    run = paragraph.add_run()
    run.font.size = Pt(13)
    for kind in ("begin", None, "end"):
        if kind is None:
            element = OxmlElement("w:instrText")
            element.text = code
        else:
            element = OxmlElement("w:fldChar")
            element.set(qn("w:fldCharType"), kind)
        run._r.append(element)


def _set_columns(table: Table, widths: Sequence[float]) -> None:
    """Widths in cm, on the columns and on every cell: Word reads one, LibreOffice the other."""
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
        for cell in column.cells:
            cell.width = Cm(width)


def _set_cell_margins(cell: _Cell) -> None:
    margins = OxmlElement("w:tcMar")
    for side in ("left", "right"):
        element = OxmlElement(f"w:{side}")
        element.set(qn("w:w"), "0")
        element.set(qn("w:type"), "dxa")
        margins.append(element)
    cell._tc.get_or_add_tcPr().append(margins)


def _keep_together(row: object) -> None:
    row.get_or_add_trPr().append(OxmlElement("w:cantSplit"))  # type: ignore[attr-defined]


def _repeat(row: object) -> None:
    row.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # type: ignore[attr-defined]


def _text_width(paper: Paper) -> float:
    section = paper.sections[0]
    return (section.page_width - section.left_margin - section.right_margin) / Cm(1)
