"""A document of the administration as DOCX, laid out as Nghị định 30/2020/NĐ-CP asks.

    paper = Paper(Head(issuer="Bộ Ngoại giao", symbol="BC-BNG", place="Hà Nội", on=day))
    paper.name("Báo cáo", "Kết quả thực hiện cam kết quốc tế quý III năm 2026")
    paper.paragraph("Thực hiện Thông báo số 65/TB-VPCP …")
    paper.heading("1. Kết quả chung")
    paper.table([Cell("STT", 1, "center"), Cell("Nội dung", 5)], [["1", "…"]])
    paper.end()
    paper.sign("Bộ trưởng", name="…", recipients=["Văn phòng Chính phủ"], kept_by="VT, NGKT")
    paper.annex("Bảng tổng hợp", landscape=True)
    data = paper.to_bytes()

A letter (công văn) has no name: `paper.letter("đôn đốc …", to=["Bộ Công Thương"])` stands in its
place. The parts are written in the order they are called, which is their order on paper. A text is
a string, or a list of strings and `Span`s where some words are bold, italic, or a link:
`Span(words, to="E3")` leads to `paper.entry("E3", …)` of a list at the end, `Span(words, url=…)`
out of the paper. What an official fills in by hand (number, day, signature) is left as the blank
the layout gives it; nothing is invented. The words are the paper's own, in Vietnamese whatever the
screen's language: it is the language of the decree.
"""

import datetime as dt
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

__all__ = ["DOCX", "Cell", "Head", "Paper", "Span", "Text", "say_day", "say_number_of"]

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
"""Content type of what `Paper.to_bytes` gives."""

_FONT = "Times New Roman"
_COUNTRY = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
_MOTTO = "Độc lập - Tự do - Hạnh phúc"
_MOTTO_EM = 12.3
"""Width of the motto in ems of bold Times, for the rule that is as long as it is."""
_ALIGN = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
    "both": WD_ALIGN_PARAGRAPH.JUSTIFY,
}
_LEFT, _RIGHT, _EDGE = 30, 15, 20
"""Margins in millimetres: left, right, top and bottom."""
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""What no XML document may hold."""


@dataclass(frozen=True, slots=True)
class Span:
    """Words that stand out, or lead somewhere.

    Args:
        to: key of an entry of the same paper.
        url: an address outside it.
    """

    words: str
    bold: bool = False
    italic: bool = False
    to: str = ""
    url: str = ""


Text = str | Span | Sequence["str | Span"]
"""A string, or pieces of one."""


@dataclass(frozen=True, slots=True)
class Cell:
    """The head of a column.

    Args:
        width: its share of the width of the page.
        align: of the column's cells: left, center, right, both.
    """

    label: str
    width: float = 1
    align: str = "left"


@dataclass(frozen=True, slots=True)
class Head:
    """What stands above every document.

    Args:
        issuer: the body that issues it.
        above: the body it is under; "" if it is under none that is named.
        number: of the document; "" leaves the place where it is written in.
        symbol: "BC-BNG"; of a letter "BNG-NGKT".
        place: where it is issued.
        on: the day; None leaves the place where it is written in.
    """

    issuer: str
    above: str = ""
    number: str = ""
    symbol: str = ""
    place: str = ""
    on: dt.date | None = None


def say_number_of(n: int | str) -> str:
    """A number of a document: below ten with a zero before it.

    Source: Nghị định 30/2020/NĐ-CP, Annex I.
    """
    text = str(n).strip()
    return f"0{text}" if len(text) == 1 and text.isdecimal() else text


def say_day(day: dt.date | None) -> str:
    """A day as documents write it: "ngày 04 tháng 02 năm 2026", "ngày 20 tháng 12 năm 2024".

    Source: Nghị định 30/2020/NĐ-CP, Annex I: days below ten and the months January and February
    have a zero before them.
    Args:
        day: None leaves blanks to write it in.
    """
    if day is None:
        return "ngày      tháng      năm        "
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


class Paper:
    """One document, written from the top to the end.

    Args:
        head: what stands above it.
        size: of the text, 13 or 14 points.
    """

    def __init__(self, head: Head, *, size: int = 14) -> None:
        self.head = head
        self.size = size
        self._paper = Document()
        self._bookmarks = 0
        self._annexes: list[Any] = []
        self._is_letter = False
        self._named = ""
        self._set_up()

    def name(self, kind: str, subject: str) -> None:
        """Name the document: its kind, "Báo cáo", and what it is about."""
        self._named = f"{kind.lower()} của {self.head.issuer}"
        self._banner()
        self._line(kind.upper(), bold=True, size=14, before=12)
        self._line(subject, bold=True, size=14)
        self._rule(self._width_mm() * 0.16)
        self._title(f"{kind} {subject}")

    def letter(self, about: str, *, to: Sequence[str]) -> None:
        """Begin a letter (công văn): what it is about stands under its number, then who gets it."""
        self._is_letter = True
        self._named = f"công văn của {self.head.issuer}"
        self._banner(about=f"V/v {about}")
        self._title(about)
        if len(to) == 1:
            self._line(f"Kính gửi: {to[0]}", size=self.size, before=12, after=6)
            return
        self._line("Kính gửi:", size=self.size, before=12, indent=(35, 0), align="left")
        for at, one in enumerate(to, 1):
            mark = "." if at == len(to) else ";"
            self._line(f"- {one}{mark}", size=self.size, indent=(57, 0), align="left")

    def heading(self, text: str) -> None:
        """A heading inside the text, with the number it was given: "1. Kết quả chung"."""
        line = self._flow([Span(text, bold=True)])
        line.paragraph_format.keep_with_next = True

    def paragraph(self, text: Text, *, italic: bool = False) -> None:
        """A paragraph of the text."""
        self._flow([Span(text, italic=True)] if italic and isinstance(text, str) else text)

    def end(self) -> None:
        """The mark that nothing follows, behind the last paragraph."""
        last = self._paper.paragraphs[-1]
        if last.text.strip():
            last.runs[-1].text = last.runs[-1].text.rstrip()
            self._run(last, "/." if last.text.rstrip().endswith(".") else "./.", self.size)

    def table(
        self,
        columns: Sequence[Cell],
        rows: Iterable[Sequence[Text]],
        *,
        size: int = 12,
        bold_rows: Iterable[int] = (),
        caption: str = "",
    ) -> None:
        """A ruled table whose head stands again on each page; no row is cut between two pages.

        Args:
            rows: a text for each column; a cell with line breaks has that many paragraphs.
            bold_rows: numbers of rows that stand out, as sums do, from 0.
            caption: above it.
        """
        if caption:
            line = self._line(caption, bold=True, size=self.size, before=6, after=3)
            line.paragraph_format.keep_with_next = True
        table = self._paper.add_table(rows=1, cols=len(columns))
        table.style = "Table Grid"
        widths = self._fix(table, [column.width for column in columns])
        for cell, column in zip(table.rows[0].cells, columns, strict=True):
            self._fill(cell, [Span(column.label, bold=True)], size, "center")
        self._flag(table.rows[0], "w:tblHeader")
        self._flag(table.rows[0], "w:cantSplit")
        stand_out = set(bold_rows)
        for at, row in enumerate(rows):
            made = table.add_row()
            self._flag(made, "w:cantSplit")
            for cell, width, column, text in zip(made.cells, widths, columns, row, strict=True):
                cell.width = width
                self._fill(cell, text, size, column.align, bold=at in stand_out)
        self._line("", size=6)

    def sign(
        self,
        office: str,
        *,
        authority: str = "",
        name: str = "",
        recipients: Sequence[str] = (),
        kept_by: str = "VT",
    ) -> None:
        """Who signs, on the right; who gets it, on the left.

        Args:
            office: "Bộ trưởng".
            authority: "TM. Chính phủ", "KT. Bộ trưởng", "TL. Bộ trưởng"; "" signs in one's own.
            name: "" leaves it to be written in.
            recipients: who gets it beside those it is addressed to.
            kept_by: behind "Lưu:".
        """
        for line in self._paper.paragraphs[-2:]:
            # A signature never stands on a page without words of the text.
            line.paragraph_format.keep_with_next = True
        table = self._paper.add_table(rows=1, cols=2)
        self._fix(table, [47, 53])
        left, right = table.rows[0].cells
        self._flag(table.rows[0], "w:cantSplit")
        line = left.paragraphs[0]
        self._run(line, "Nơi nhận:", 12, bold=True, italic=True)
        line.paragraph_format.space_before = Pt(6)
        listed = [*(["Như trên"] if self._is_letter else []), *recipients]
        for one in [*(f"- {one};" for one in listed), f"- Lưu: {kept_by}."]:
            self._run(left.add_paragraph(), one, 11)
        line = right.paragraphs[0]
        line.paragraph_format.space_before = Pt(6)
        for words in filter(None, [authority, office]):
            if line.text:
                line = right.add_paragraph()
            line.alignment = _ALIGN["center"]
            self._run(line, words.upper(), self.size, bold=True)
        for _blank in range(4):
            self._run(right.add_paragraph(), "", self.size)
        line = right.add_paragraph()
        line.alignment = _ALIGN["center"]
        self._run(line, name, self.size, bold=True)

    def annex(self, title: str, *, landscape: bool = False) -> None:
        """Begin an annex on a page of its own, its pages counted anew.

        Source: Nghị định 30/2020/NĐ-CP, Annex I: two annexes or more are numbered in Roman figures.
        """
        section = self._paper.add_section(WD_SECTION.NEW_PAGE)
        self._set_page(section, landscape=landscape)
        numbering = section._sectPr.find(qn("w:pgNumType"))
        if numbering is None:
            numbering = OxmlElement("w:pgNumType")
            section._sectPr.append(numbering)
        numbering.set(qn("w:start"), "1")
        self._annexes.append(self._line("Phụ lục", bold=True, size=14))
        self._line(title.upper(), bold=True, size=14)
        head = self.head
        number = say_number_of(head.number) if head.number else "     "
        symbol = f"/{head.symbol}" if head.symbol else ""
        told = f"(Kèm theo {self._named} số {number}{symbol} {say_day(head.on)})"
        self._line(Span(told, italic=True), size=13)
        self._rule(self._width_mm() * 0.16)

    def entry(self, key: str, text: Text) -> None:
        """One entry of a list that `Span(…, to=key)` leads to; links of the text stay links."""
        line = self._flow(text, hanging=True)
        self._bookmark(line, key)

    def to_bytes(self) -> bytes:
        """The file; what is called afterwards is not in it."""
        if len(self._annexes) > 1:
            for at, line in enumerate(self._annexes, 1):
                line.runs[0].text = f"Phụ lục {_roman(at)}"
        out = io.BytesIO()
        self._paper.save(out)
        return out.getvalue()

    # How it is laid out

    def _set_up(self) -> None:
        style = self._paper.styles["Normal"]
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
        self._set_page(self._paper.sections[0], landscape=False)
        header = self._paper.sections[0].header.paragraphs[0]
        header.alignment = _ALIGN["center"]
        self._field(header, "PAGE")
        properties = self._paper.core_properties
        properties.author, properties.comments = _clean(self.head.issuer)[:255], ""
        properties.language = "vi-VN"

    def _title(self, words: str) -> None:
        self._paper.core_properties.title = _clean(words)[:255]

    def _set_page(self, section: Any, *, landscape: bool) -> None:
        long, short = Mm(297), Mm(210)
        section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
        section.page_width, section.page_height = (long, short) if landscape else (short, long)
        section.left_margin, section.right_margin = Mm(_LEFT), Mm(_RIGHT)
        section.top_margin = section.bottom_margin = Mm(_EDGE)
        section.header_distance = Mm(10)
        section.different_first_page_header_footer = True

    def _width_mm(self) -> float:
        section = self._paper.sections[-1]
        width = section.page_width - section.left_margin - section.right_margin
        return width / Mm(1)

    def _banner(self, *, about: str = "") -> None:
        """The two columns on top: who issues it and its number; the country, place and day."""
        head = self.head
        table = self._paper.add_table(rows=1, cols=2)
        shares = [41, 59]
        self._fix(table, shares)
        left, right = table.rows[0].cells
        inner = self._width_mm() * shares[0] / 100
        first = left.paragraphs[0]
        lines = [(head.above.upper(), False)] if head.above else []
        for words, bold in [*lines, (head.issuer.upper(), True)]:
            line = first if not first.text else left.add_paragraph()
            line.alignment = _ALIGN["center"]
            self._run(line, words, 12 if head.above else 13, bold=bold)
        shown = min(len(head.issuer) * 13 * 0.7 * 0.353, inner)
        self._rule(shown * 0.42, within=inner, cell=left)
        number = say_number_of(head.number) if head.number else "       "
        line = left.add_paragraph()
        line.alignment = _ALIGN["center"]
        self._run(line, f"Số: {number}{'/' + head.symbol if head.symbol else ''}", 13)
        if about:
            line = left.add_paragraph()
            line.alignment, line.paragraph_format.space_before = _ALIGN["center"], Pt(6)
            self._run(line, about, 12)
        line = right.paragraphs[0]
        line.alignment = _ALIGN["center"]
        self._run(line, _COUNTRY, 12, bold=True)
        line = right.add_paragraph()
        line.alignment = _ALIGN["center"]
        self._run(line, _MOTTO, 13, bold=True)
        wide = self._width_mm() * shares[1] / 100
        self._rule(_MOTTO_EM * 13 * 0.353, within=wide, cell=right)
        if head.above:
            # Place and day stand on the line of the number.
            self._run(right.add_paragraph(), "", 2)
        line = right.add_paragraph()
        line.alignment = _ALIGN["center"]
        place = f"{head.place}, " if head.place else ""
        self._run(line, f"{place}{say_day(head.on)}", 13, italic=True)

    def _line(
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
        line = self._paper.add_paragraph()
        line.alignment = _ALIGN[align]
        form = line.paragraph_format
        form.space_before, form.space_after = Pt(before), Pt(after)
        form.left_indent, form.right_indent = Mm(indent[0]), Mm(indent[1])
        self._write(line, text, size, bold=bold)
        return line

    def _flow(self, text: Text, *, hanging: bool = False) -> Any:
        line = self._paper.add_paragraph()
        form = line.paragraph_format
        line.alignment = _ALIGN["both"]
        form.space_before = form.space_after = Pt(3)
        form.line_spacing = 1.15
        form.widow_control = True
        if hanging:
            line.alignment = _ALIGN["left"]
            form.left_indent, form.first_line_indent = Mm(12.7), Mm(-12.7)
        else:
            form.first_line_indent = Mm(12.7)
        self._write(line, text, self.size)
        return line

    def _rule(self, length: float, *, within: float | None = None, cell: Any = None) -> None:
        """A rule of some millimetres, centred: the border of an empty line."""
        within = self._width_mm() if within is None else within - 4
        line = (cell or self._paper).add_paragraph()
        side = max((within - length) / 2, 0)
        form = line.paragraph_format
        form.left_indent = form.right_indent = Mm(side)
        form.space_before, form.space_after, form.line_spacing = Pt(3), Pt(4), Pt(2)
        self._run(line, "", 2)
        border, top = OxmlElement("w:pBdr"), OxmlElement("w:top")
        for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
            top.set(qn(f"w:{name}"), value)
        border.append(top)
        line._p.get_or_add_pPr().append(border)

    def _fix(self, table: Any, shares: Sequence[float]) -> list[Any]:
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        table.autofit = False
        each = self._width_mm() / sum(shares)
        widths = [Mm(share * each) for share in shares]
        for column, width in zip(table.columns, widths, strict=True):
            column.width = width
            for cell in column.cells:
                cell.width = width
        return widths

    def _flag(self, row: Any, name: str) -> None:
        row._tr.get_or_add_trPr().append(OxmlElement(name))

    def _fill(self, cell: Any, text: Text, size: float, align: str, *, bold: bool = False) -> None:
        for at, pieces in enumerate(_lines_of(text)):
            line = cell.add_paragraph() if at else cell.paragraphs[0]
            line.alignment = _ALIGN[align]
            line.paragraph_format.space_before = line.paragraph_format.space_after = Pt(1)
            self._write(line, pieces, size, bold=bold)

    def _write(self, line: Any, text: Text, size: float, *, bold: bool = False) -> None:
        for piece in _pieces(text):
            span = piece if isinstance(piece, Span) else Span(piece)
            where = self._link(line, span) if span.to or span.url else line
            self._run(
                where, span.words, size, bold=bold or span.bold, italic=span.italic, holder=line
            )

    def _run(
        self,
        where: Any,
        words: str,
        size: float,
        *,
        bold: bool = False,
        italic: bool = False,
        holder: Any = None,
    ) -> None:
        run = (holder or where).add_run(_clean(words))
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
            link.set(qn("w:anchor"), _anchor(span.to))
        else:
            key = line.part.relate_to(span.url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
            link.set(qn("r:id"), key)
        line._p.append(link)
        return link

    def _bookmark(self, line: Any, key: str) -> None:
        self._bookmarks += 1
        begin, stop = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
        for mark in (begin, stop):
            mark.set(qn("w:id"), str(self._bookmarks))
        begin.set(qn("w:name"), _anchor(key))
        line._p.insert(1 if line._p.pPr is not None else 0, begin)
        line._p.append(stop)

    def _field(self, line: Any, code: str) -> None:
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


def _pieces(text: Text) -> Sequence[str | Span]:
    return [text] if isinstance(text, str | Span) else text


def _lines_of(text: Text) -> list[list[str | Span]]:
    """The pieces of a text, line by line."""
    lines: list[list[str | Span]] = [[]]
    for piece in _pieces(text):
        if isinstance(piece, Span):
            lines[-1].append(piece)
            continue
        for at, words in enumerate(piece.split("\n")):
            if at:
                lines.append([])
            if words:
                lines[-1].append(words)
    return lines


def _roman(n: int) -> str:
    return "X" * (n // 10) + ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"][n % 10]


def _clean(words: str) -> str:
    return _CONTROL.sub("", words)


def _anchor(key: str) -> str:
    return "e_" + re.sub(r"\W", "_", key)[:36]
