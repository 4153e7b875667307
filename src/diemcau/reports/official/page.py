"""The sheet of an official paper: its size and margins, its lines, tables, rules and links."""

from collections.abc import Sequence
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from diemcau.reports.official.text import Span, Text, anchor, clean, lines_of, pieces

__all__ = ["ALIGN", "Page"]

_FONT = "Times New Roman"
ALIGN = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
    "both": WD_ALIGN_PARAGRAPH.JUSTIFY,
}
_LEFT, _RIGHT, _EDGE = 30, 15, 20
"""Margins in millimetres: left, right, top and bottom."""


class Page:
    """The document of an office program, written line by line in the layout of the decree.

    Args:
        author: named in the properties of the file.
        size: of the text, in points.
    """

    def __init__(self, author: str, size: int) -> None:
        self.size = size
        self.document = Document()
        self._bookmarks = 0
        self._set_up(author)

    def _set_up(self, author: str) -> None:
        style = self.document.styles["Normal"]
        style.font.name, style.font.size = _FONT, Pt(self.size)
        style.font.color.rgb = RGBColor(0, 0, 0)
        fonts = style.element.rPr.rFonts
        for script in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
            fonts.set(qn(script), _FONT)
        language = OxmlElement("w:lang")
        language.set(qn("w:val"), "vi-VN")
        style.element.rPr.append(language)
        style.paragraph_format.space_before = style.paragraph_format.space_after = Pt(0)
        style.paragraph_format.line_spacing = 1
        self.set_page(self.document.sections[0], landscape=False)
        header = self.document.sections[0].header.paragraphs[0]
        header.alignment = ALIGN["center"]
        self.field(header, "PAGE")
        properties = self.document.core_properties
        properties.author, properties.comments = clean(author)[:255], ""
        properties.language = "vi-VN"

    def title(self, words: str) -> None:
        """Name the file in its properties."""
        self.document.core_properties.title = clean(words)[:255]

    def set_page(self, section: Any, *, landscape: bool) -> None:
        """Lay a section on A4, upright or across, with the margins of the decree."""
        long, short = Mm(297), Mm(210)
        section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
        section.page_width, section.page_height = (long, short) if landscape else (short, long)
        section.left_margin, section.right_margin = Mm(_LEFT), Mm(_RIGHT)
        section.top_margin = section.bottom_margin = Mm(_EDGE)
        section.header_distance = Mm(10)
        section.different_first_page_header_footer = True

    def width_mm(self) -> float:
        """Width between the margins of the last section, in millimetres."""
        section = self.document.sections[-1]
        width = section.page_width - section.left_margin - section.right_margin
        return width / Mm(1)

    def line(
        self,
        text: Text,
        *,
        size: float,
        bold: bool = False,
        before: int = 0,
        after: int = 0,
        align: str = "center",
        indent: tuple[float, float] = (0, 0),
    ) -> Any:
        """A line of its own, as titles and heads are."""
        line = self.document.add_paragraph()
        line.alignment = ALIGN[align]
        form = line.paragraph_format
        form.space_before, form.space_after = Pt(before), Pt(after)
        form.left_indent, form.right_indent = Mm(indent[0]), Mm(indent[1])
        self.write(line, text, size, bold=bold)
        return line

    def flow(self, text: Text, *, hanging: bool = False) -> Any:
        """A paragraph of the running text."""
        line = self.document.add_paragraph()
        form = line.paragraph_format
        line.alignment = ALIGN["both"]
        form.space_before = form.space_after = Pt(3)
        form.line_spacing = 1.15
        form.widow_control = True
        if hanging:
            line.alignment = ALIGN["left"]
            form.left_indent, form.first_line_indent = Mm(12.7), Mm(-12.7)
        else:
            form.first_line_indent = Mm(12.7)
        self.write(line, text, self.size)
        return line

    def rule(self, length: float, *, within: float | None = None, cell: Any = None) -> None:
        """A rule of some millimetres, centred: the border of an empty line."""
        within = self.width_mm() if within is None else within - 4
        line = (cell or self.document).add_paragraph()
        side = max((within - length) / 2, 0)
        form = line.paragraph_format
        form.left_indent = form.right_indent = Mm(side)
        form.space_before, form.space_after, form.line_spacing = Pt(3), Pt(4), Pt(2)
        self.run(line, "", 2)
        border, top = OxmlElement("w:pBdr"), OxmlElement("w:top")
        for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
            top.set(qn(f"w:{name}"), value)
        border.append(top)
        line._p.get_or_add_pPr().append(border)

    def fix(self, table: Any, shares: Sequence[float]) -> list[Any]:
        """Give the columns of a table their shares of the width; the widths."""
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        table.autofit = False
        each = self.width_mm() / sum(shares)
        widths = [Mm(share * each) for share in shares]
        for column, width in zip(table.columns, widths, strict=True):
            column.width = width
            for cell in column.cells:
                cell.width = width
        return widths

    def flag(self, row: Any, name: str) -> None:
        """Mark a row with a property that has no value."""
        row._tr.get_or_add_trPr().append(OxmlElement(name))

    def fill(self, cell: Any, text: Text, size: float, align: str, *, bold: bool = False) -> None:
        """Write a text into a cell of a table."""
        for at, words in enumerate(lines_of(text)):
            line = cell.add_paragraph() if at else cell.paragraphs[0]
            line.alignment = ALIGN[align]
            line.paragraph_format.space_before = line.paragraph_format.space_after = Pt(1)
            self.write(line, words, size, bold=bold)

    def write(self, line: Any, text: Text, size: float, *, bold: bool = False) -> None:
        """Write the pieces of a text behind each other."""
        for piece in pieces(text):
            span = piece if isinstance(piece, Span) else Span(piece)
            where = self._link(line, span) if span.to or span.url else line
            self.run(
                where, span.words, size, bold=bold or span.bold, italic=span.italic, holder=line
            )

    def run(
        self,
        where: Any,
        words: str,
        size: float,
        *,
        bold: bool = False,
        italic: bool = False,
        holder: Any = None,
    ) -> None:
        """Write words of one look; those of a link are read from its paragraph."""
        run = (holder or where).add_run(clean(words))
        run.bold, run.italic = bold, italic
        run.font.size = Pt(size)
        if not words:
            # The height of an empty line is that of its mark.
            mark = OxmlElement("w:rPr")
            height = OxmlElement("w:sz")
            height.set(qn("w:val"), str(int(size * 2)))
            mark.append(height)
            where._p.get_or_add_pPr().append(mark)
        if holder is not None and where is not holder:
            where.append(run._r)

    def _link(self, line: Any, span: Span) -> Any:
        link = OxmlElement("w:hyperlink")
        if span.to:
            link.set(qn("w:anchor"), anchor(span.to))
        else:
            key = line.part.relate_to(span.url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
            link.set(qn("r:id"), key)
        line._p.append(link)
        return link

    def bookmark(self, line: Any, key: str) -> None:
        """Make a paragraph what `Span(…, to=key)` leads to."""
        self._bookmarks += 1
        begin, stop = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
        for mark in (begin, stop):
            mark.set(qn("w:id"), str(self._bookmarks))
        begin.set(qn("w:name"), anchor(key))
        line._p.insert(1 if line._p.pPr is not None else 0, begin)
        line._p.append(stop)

    def field(self, line: Any, code: str) -> None:
        """Write a field the office program fills in: "PAGE"."""
        for kind, words in (("begin", ""), ("", code), ("end", "")):
            run = line.add_run()
            run.font.size = Pt(13)
            if kind:
                mark = OxmlElement("w:fldChar")
                mark.set(qn("w:fldCharType"), kind)
            else:
                mark = OxmlElement("w:instrText")
                mark.text = words
            run._r.append(mark)
