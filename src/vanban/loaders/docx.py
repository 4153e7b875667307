"""DOCX: the paragraphs and tables of `word/document.xml` in document order.

Deleted text is left out, inserted text kept, as the page shows them. Read with the standard
library: names are matched without their namespace, so strict and transitional files both work.
"""

import re
import zipfile
from collections.abc import Iterator
from io import BytesIO
from xml.etree import ElementTree

from vanban.blocks import BlockKind, Piece
from vanban.document import Document
from vanban.loaders.cells import DITTO, join_cell
from vanban.loaders.docx_lists import Lists
from vanban.loaders.legacy import SOFT_HYPHEN, note_of, repair
from vanban.loaders.limits import TEXT_LIMIT
from vanban.loaders.packages import BROKEN, Parts, attribute_of, child_of, local_name, value_of
from vanban.loaders.refusals import refuse
from vanban.loaders.tables import TableRow, settled
from vanban.pages.provenance import choose_title

__all__ = ["load_docx"]

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

_UNSEEN = {"del", "moveFrom", "Fallback", "rPr", "pPr", "instrText", "delText", "tblPr", "sectPr"}
_GIVEN = {
    "tab": "\t",
    "ptab": "\t",
    "br": "\n",
    "cr": "\n",
    "noBreakHyphen": "-",
    "softHyphen": SOFT_HYPHEN,
}
_LAYOUT_COLUMNS = 2
_LAYOUT_ROWS = 4


def load_docx(data: bytes, *, name: str) -> Document:
    """Make a document of a DOCX file.

    Tables become one "row" block per row, cells joined with " | ", unless the table only lays out
    a letterhead or a signature (no borders, two columns): then each paragraph is its own block.

    Raises:
        DocumentError: the file is damaged, a bomb, declares XML entities, or holds no words.
    """
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            parts = Parts(archive, name)
            pieces = list(_pieces(parts))
            core = parts.xml("docProps/core.xml")
    except BROKEN as e:
        raise refuse("damaged", name=name, what="DOCX", what_en="DOCX") from e
    except (NotImplementedError, RuntimeError) as e:
        # zipfile's words for a part that is locked or packed in an unknown way.
        raise refuse("encrypted", name=name, what="DOCX", what_en="DOCX") from e
    if sum(len(p.text) for p in pieces) > TEXT_LIMIT:
        raise refuse("too-much-text", name=name, limit=TEXT_LIMIT // 1024**2)
    if not any(p.text.strip() for p in pieces):
        raise refuse("blank", name=name)
    pieces, notes = _unify(pieces)
    title = choose_title([p.text for p in pieces], _core_title(core))
    return Document.from_pieces(pieces, name=name, media_type=MEDIA_TYPE, notes=notes, title=title)


def _pieces(parts: Parts) -> Iterator[Piece]:
    document = parts.xml("word/document.xml")
    body = None if document is None else child_of(document, "body")
    if body is None:
        raise refuse("damaged", name=parts.name, what="DOCX", what_en="DOCX")
    headings = _heading_styles(parts.xml("word/styles.xml"))
    lists = Lists(parts.xml("word/numbering.xml"))
    yield from _margins(parts, "header")
    walk = _Walk(headings, lists)
    yield from walk.container(body)
    for kind, word in (("footnotes", "footnote"), ("endnotes", "endnote")):
        notes = parts.xml(f"word/{kind}.xml")
        for note in [] if notes is None else notes:
            if (attribute_of(note, "type") or "normal") == "normal":
                for piece in walk.container(note):
                    yield Piece(piece.text, "paragraph", None, f"{word} {attribute_of(note, 'id')}")
    yield from _margins(parts, "footer")


def _margins(parts: Parts, kind: str) -> Iterator[Piece]:
    """Page headers and footers: once each, as furniture (a stamp of secrecy may stand there)."""
    seen: set[str] = set()
    for part in sorted(n for n in parts.names if re.fullmatch(rf"word/{kind}\d*\.xml", n)):
        root = parts.xml(part)
        for element in [] if root is None else root.iter():
            text = _text(element) if local_name(element) == "p" else ""
            if text.strip() and text not in seen and not text.strip(" -–").isdigit():
                seen.add(text)
                yield Piece(text, "furniture", None, kind)


class _Walk:
    """One pass over block-level content, counting tables."""

    def __init__(self, headings: set[str], lists: Lists) -> None:
        self.headings = headings
        self.lists = lists
        self.tables = 0

    def container(self, element: ElementTree.Element, place: str = "") -> Iterator[Piece]:
        """The pieces of a body, cell, note or text box, in order."""
        for child in element:
            tag = local_name(child)
            if tag == "p":
                yield from self.paragraph(child, place)
            elif tag == "tbl":
                yield from self.table(child)
            elif tag not in _UNSEEN:
                # Content controls and inserted blocks only wrap what they hold.
                yield from self.container(child, place)

    def paragraph(self, element: ElementTree.Element, place: str) -> Iterator[Piece]:
        text = _text(element)
        if text.strip():
            properties = child_of(element, "pPr")
            style = value_of(properties, "pStyle")
            outline = value_of(properties, "outlineLvl")
            is_heading = style in self.headings or (outline.isdigit() and outline != "9")
            kind: BlockKind = "heading" if is_heading else "paragraph"
            yield Piece(self.lists.label(properties) + text, kind, None, place)
        for box in _boxes(element):
            yield from self.container(box, place or "text box")

    def table(self, element: ElementTree.Element) -> Iterator[Piece]:
        self.tables += 1
        number = self.tables
        rows = list(_rows(element))
        layout = _is_layout(element, rows)
        if layout:
            for index, row in enumerate(rows, start=1):
                for cell in _cells(row):
                    yield from self.container(cell, f"table {number}, row {index}")
            return
        for line in settled(list(self.rows(rows, number))):
            place = f"table {number}, row {line.number}"
            yield Piece(line.text(), "furniture" if line.is_furniture else "row", None, place)

    def rows(self, rows: list[ElementTree.Element], number: int) -> Iterator[TableRow]:
        """The rows of a table of data, those without words left out."""
        for index, row in enumerate(rows, start=1):
            place = f"table {number}, row {index}"
            cells: list[str] = []
            for cell in _cells(row):
                text = join_cell([p.text for p in self.container(cell, place)])
                cells.append(text or (DITTO if _goes_on(cell) else ""))
                # A wide cell leaves the following columns where the heading row has them.
                cells += [""] * (_span(cell) - 1)
            if any(cell not in ("", DITTO) for cell in cells):
                yield TableRow(cells, index)


def _is_layout(table: ElementTree.Element, rows: list[ElementTree.Element]) -> bool:
    """Whether a table only sets two blocks side by side, as letterheads and signatures do."""
    if len(rows) > _LAYOUT_ROWS or any(len(list(_cells(r))) > _LAYOUT_COLUMNS for r in rows):
        return False
    properties = child_of(table, "tblPr")
    if value_of(properties, "tblStyle") in ("TableGrid", "LiBang"):
        return False
    borders = None if properties is None else child_of(properties, "tblBorders")
    drawn = [] if borders is None else [attribute_of(b, "val") for b in borders]
    return all(value in ("nil", "none", None) for value in drawn)


def _text(paragraph: ElementTree.Element) -> str:
    """The text of a paragraph as the page shows it, without its text boxes."""
    parts: list[str] = []
    _collect(paragraph, parts)
    return "".join(parts)


def _collect(element: ElementTree.Element, parts: list[str]) -> None:
    for child in element:
        tag = local_name(child)
        if tag == "t":
            parts.append(child.text or "")
        elif tag in _GIVEN:
            parts.append(_GIVEN[tag])
        elif tag in _UNSEEN or tag == "txbxContent" or (tag == "r" and _is_hidden(child)):
            continue
        else:
            _collect(child, parts)


def _boxes(element: ElementTree.Element) -> Iterator[ElementTree.Element]:
    for child in element:
        if local_name(child) == "txbxContent":
            yield child
        elif local_name(child) not in _UNSEEN:
            yield from _boxes(child)


def _is_hidden(run: ElementTree.Element) -> bool:
    properties = child_of(run, "rPr")
    hidden = None if properties is None else child_of(properties, "vanish")
    return hidden is not None and attribute_of(hidden, "val") not in ("0", "false", "off")


def _heading_styles(styles: ElementTree.Element | None) -> set[str]:
    """Ids of the styles that are headings: by name, whatever the id is called in Vietnamese."""
    found: set[str] = set()
    for style in [] if styles is None else styles:
        name = value_of(style, "name").lower()
        if name.startswith("heading") or name in ("title", "subtitle"):
            found.add(attribute_of(style, "styleId") or "")
    return found


def _rows(table: ElementTree.Element) -> Iterator[ElementTree.Element]:
    for child in table:
        if local_name(child) == "tr":
            properties = child_of(child, "trPr")
            if properties is None or child_of(properties, "del") is None:
                yield child
        elif local_name(child) in ("sdt", "sdtContent", "ins", "customXml"):
            yield from _rows(child)


def _cells(row: ElementTree.Element) -> Iterator[ElementTree.Element]:
    for child in row:
        if local_name(child) == "tc":
            yield child
        elif local_name(child) in ("sdt", "sdtContent", "ins", "customXml"):
            yield from _cells(child)


def _span(cell: ElementTree.Element) -> int:
    value = value_of(child_of(cell, "tcPr"), "gridSpan")
    return min(int(value), 50) if value.isdigit() else 1


def _goes_on(cell: ElementTree.Element) -> bool:
    """Whether a cell is the lower part of a tall one, whose text stands in a row above."""
    properties = child_of(cell, "tcPr")
    merged = None if properties is None else child_of(properties, "vMerge")
    return merged is not None and attribute_of(merged, "val") != "restart"


def _unify(pieces: list[Piece]) -> tuple[list[Piece], tuple[str, ...]]:
    """Convert text set in fonts of before Unicode (.VnTime, VNI-Times)."""
    whole = "\n".join(p.text.replace("\n", "\v") for p in pieces)
    converted, encoding = repair(whole)
    if encoding is None and SOFT_HYPHEN not in whole:
        return pieces, ()
    converted = converted.replace(SOFT_HYPHEN, "")
    lines = converted.split("\n")
    unified = [
        Piece(line.replace("\v", "\n"), p.kind, p.page, p.place)
        for p, line in zip(pieces, lines, strict=True)
    ]
    return unified, (note_of(encoding),) if encoding else ()


def _core_title(core: ElementTree.Element | None) -> str:
    title = None if core is None else child_of(core, "title")
    return "" if title is None else " ".join((title.text or "").split())
