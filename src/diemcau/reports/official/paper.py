"""One official paper from its head to its annexes."""

import io
from collections.abc import Iterable, Sequence
from typing import Any

from docx.enum.section import WD_SECTION
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt

from diemcau.reports.official.banner import write_banner
from diemcau.reports.official.page import ALIGN, Page
from diemcau.reports.official.text import (
    Cell,
    Head,
    Signing,
    Span,
    Text,
    roman,
    say_day,
    say_number_of,
)

__all__ = ["Paper"]


class Paper:
    """One document, written from the top to the end.

    Args:
        head: what stands above it.
        size: of the text, 13 or 14 points.
    """

    def __init__(self, head: Head, *, size: int = 14) -> None:
        self.head = head
        self.size = size
        self._page = Page(head.issuer, size)
        self._annexes: list[Any] = []
        self._is_letter = False
        self._named = ""

    def name(self, kind: str, subject: str) -> None:
        """Name the document: its kind, "Báo cáo", and what it is about."""
        self._named = f"{kind.lower()} của {self.head.issuer}"
        write_banner(self._page, self.head)
        self._page.line(kind.upper(), bold=True, size=14, before=12)
        self._page.line(subject, bold=True, size=14)
        self._page.rule(self._page.width_mm() * 0.16)
        self._page.title(f"{kind} {subject}")

    def letter(self, about: str, *, to: Sequence[str]) -> None:
        """Begin a letter (công văn): what it is about stands under its number, then who gets it."""
        self._is_letter = True
        self._named = f"công văn của {self.head.issuer}"
        write_banner(self._page, self.head, about=f"V/v {about}")
        self._page.title(about)
        if len(to) == 1:
            self._page.line(f"Kính gửi: {to[0]}", size=self.size, before=12, after=6)
            return
        self._page.line("Kính gửi:", size=self.size, before=12, indent=(35, 0), align="left")
        for at, one in enumerate(to, 1):
            mark = "." if at == len(to) else ";"
            self._page.line(f"- {one}{mark}", size=self.size, indent=(57, 0), align="left")

    def heading(self, text: str) -> None:
        """A heading inside the text, with the number it was given: "1. Kết quả chung"."""
        line = self._page.flow([Span(text, bold=True)])
        line.paragraph_format.keep_with_next = True

    def paragraph(self, text: Text, *, italic: bool = False) -> None:
        """A paragraph of the text."""
        self._page.flow([Span(text, italic=True)] if italic and isinstance(text, str) else text)

    def end(self) -> None:
        """The mark that nothing follows, behind the last paragraph."""
        last = self._page.document.paragraphs[-1]
        if last.text.strip():
            last.runs[-1].text = last.runs[-1].text.rstrip()
            self._page.run(last, "/." if last.text.rstrip().endswith(".") else "./.", self.size)

    def close(self, signing: Signing, *, recipients: Sequence[str] = ()) -> None:
        """End the text and have it signed: `end`, then `sign`.

        Args:
            recipients: who gets it beside those it is addressed to; the issuer itself is left out.
        """
        self.end()
        self.sign(
            signing.office,
            authority=signing.authority,
            name=signing.name,
            recipients=[one for one in recipients if one != self.head.issuer],
        )

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
            line = self._page.line(caption, bold=True, size=self.size, before=6, after=3)
            line.paragraph_format.keep_with_next = True
        table = self._page.document.add_table(rows=1, cols=len(columns))
        table.style = "Table Grid"
        widths = self._page.fix(table, [column.width for column in columns])
        for cell, column in zip(table.rows[0].cells, columns, strict=True):
            self._page.fill(cell, [Span(column.label, bold=True)], size, "center")
        self._page.flag(table.rows[0], "w:tblHeader")
        self._page.flag(table.rows[0], "w:cantSplit")
        stand_out = set(bold_rows)
        for at, row in enumerate(rows):
            made = table.add_row()
            self._page.flag(made, "w:cantSplit")
            for cell, width, column, text in zip(made.cells, widths, columns, row, strict=True):
                cell.width = width
                self._page.fill(cell, text, size, column.align, bold=at in stand_out)
        self._page.line("", size=6)

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
        for line in self._page.document.paragraphs[-2:]:
            # A signature never stands on a page without words of the text.
            line.paragraph_format.keep_with_next = True
        table = self._page.document.add_table(rows=1, cols=2)
        self._page.fix(table, [47, 53])
        left, right = table.rows[0].cells
        self._page.flag(table.rows[0], "w:cantSplit")
        line = left.paragraphs[0]
        self._page.run(line, "Nơi nhận:", 12, bold=True, italic=True)
        line.paragraph_format.space_before = Pt(6)
        listed = [*(["Như trên"] if self._is_letter else []), *recipients]
        for one in [*(f"- {one};" for one in listed), f"- Lưu: {kept_by}."]:
            self._page.run(left.add_paragraph(), one, 11)
        line = right.paragraphs[0]
        line.paragraph_format.space_before = Pt(6)
        for words in filter(None, [authority, office]):
            if line.text:
                line = right.add_paragraph()
            line.alignment = ALIGN["center"]
            self._page.run(line, words.upper(), self.size, bold=True)
        for _blank in range(4):
            self._page.run(right.add_paragraph(), "", self.size)
        line = right.add_paragraph()
        line.alignment = ALIGN["center"]
        self._page.run(line, name, self.size, bold=True)

    def annex(self, title: str, *, landscape: bool = False) -> None:
        """Begin an annex on a page of its own, its pages counted anew.

        Source: Nghị định 30/2020/NĐ-CP, Annex I: two annexes or more are numbered in Roman figures.
        """
        section = self._page.document.add_section(WD_SECTION.NEW_PAGE)
        self._page.set_page(section, landscape=landscape)
        numbering = section._sectPr.find(qn("w:pgNumType"))
        if numbering is None:
            numbering = OxmlElement("w:pgNumType")
            section._sectPr.append(numbering)
        numbering.set(qn("w:start"), "1")
        self._annexes.append(self._page.line("Phụ lục", bold=True, size=14))
        self._page.line(title.upper(), bold=True, size=14)
        head = self.head
        number = say_number_of(head.number) if head.number else "     "
        symbol = f"/{head.symbol}" if head.symbol else ""
        told = f"(Kèm theo {self._named} số {number}{symbol} {say_day(head.on)})"
        self._page.line(Span(told, italic=True), size=13)
        self._page.rule(self._page.width_mm() * 0.16)

    def entry(self, key: str, text: Text) -> None:
        """One entry of a list that `Span(…, to=key)` leads to; links of the text stay links."""
        line = self._page.flow(text, hanging=True)
        self._page.bookmark(line, key)

    def to_bytes(self) -> bytes:
        """The file; what is called afterwards is not in it."""
        if len(self._annexes) > 1:
            for at, line in enumerate(self._annexes, 1):
                line.runs[0].text = f"Phụ lục {roman(at)}"
        out = io.BytesIO()
        self._page.document.save(out)
        return out.getvalue()
