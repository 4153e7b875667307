"""DOCX: the paragraphs and tables of `word/document.xml` in document order.

Deleted text is left out, inserted text kept, as the page shows them. Read with the standard
library: names are matched without their namespace, so strict and transitional files both work.
"""

import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import suppress
from io import BytesIO
from xml.etree import ElementTree
from xml.parsers import expat

from vanban.blocks import BlockKind, Piece
from vanban.document import Document
from vanban.loaders.cells import join_cell, join_row
from vanban.loaders.docx_lists import Lists
from vanban.loaders.legacy import note_of, repair
from vanban.loaders.limits import PART_LIMIT, RATIO_LIMIT, TAG_LIMIT, TEXT_LIMIT
from vanban.loaders.refusals import refuse
from vanban.provenance import choose_title

__all__ = ["load_docx"]

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    ElementTree.ParseError,
    expat.ExpatError,
    EOFError,
    OSError,
    ValueError,
    RecursionError,
)
_UNSEEN = {"del", "moveFrom", "Fallback", "rPr", "pPr", "instrText", "delText", "tblPr", "sectPr"}
_GIVEN = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
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
            parts = _Parts(archive, name)
            pieces = list(_pieces(parts))
            core = parts.xml("docProps/core.xml")
    except _BROKEN as e:
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


class _Parts:
    """The parts of the package, unpacked one at a time and never beyond the limits."""

    def __init__(self, archive: zipfile.ZipFile, name: str) -> None:
        self.archive = archive
        self.name = name
        self.names = set(archive.namelist())

    def xml(self, part: str) -> ElementTree.Element | None:
        """The root of one part; None if the package has no such part."""
        if part not in self.names:
            return None
        info = self.archive.getinfo(part)
        bomb = info.file_size > PART_LIMIT or (
            info.file_size > 1024**2 and info.file_size > RATIO_LIMIT * info.compress_size
        )
        if bomb:
            raise refuse("bomb", name=self.name)
        content = self.archive.read(part)
        if content.count(b"<") > TAG_LIMIT:
            raise refuse("bomb", name=self.name)
        self._refuse_entities(content)
        return ElementTree.fromstring(content)

    def _refuse_entities(self, content: bytes) -> None:
        """DOCX has no document type declaration, so one is an attack or a broken export."""
        parser = expat.ParserCreate()

        def refuse_it(*_: object) -> None:
            raise refuse("entities", name=self.name)

        def stop(*_: object) -> None:
            raise _RootReachedError

        parser.StartDoctypeDeclHandler = refuse_it
        parser.StartElementHandler = stop
        with suppress(_RootReachedError):
            parser.Parse(content, True)


class _RootReachedError(Exception):
    """The prologue of a part is over, and nothing was declared in it."""


def _pieces(parts: _Parts) -> Iterator[Piece]:
    document = parts.xml("word/document.xml")
    body = None if document is None else _child(document, "body")
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
            if (_attribute(note, "type") or "normal") == "normal":
                for piece in walk.container(note):
                    yield Piece(piece.text, "paragraph", None, f"{word} {_attribute(note, 'id')}")
    yield from _margins(parts, "footer")


def _margins(parts: _Parts, kind: str) -> Iterator[Piece]:
    """Page headers and footers: once each, as furniture (a stamp of secrecy may stand there)."""
    seen: set[str] = set()
    for part in sorted(n for n in parts.names if re.fullmatch(rf"word/{kind}\d*\.xml", n)):
        root = parts.xml(part)
        for element in [] if root is None else root.iter():
            text = _text(element) if _local(element) == "p" else ""
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
            tag = _local(child)
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
            properties = _child(element, "pPr")
            style = _value(properties, "pStyle")
            outline = _value(properties, "outlineLvl")
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
        for index, row in enumerate(rows, start=1):
            place = f"table {number}, row {index}"
            if layout:
                for cell in _cells(row):
                    yield from self.container(cell, place)
                continue
            cells: list[str] = []
            for cell in _cells(row):
                cells.append(join_cell([p.text for p in self.container(cell, place)]))
                # A wide cell leaves the following columns where the heading row has them.
                cells += [""] * (_span(cell) - 1)
            if any(cells):
                yield Piece(join_row(cells), "row", None, place)


def _is_layout(table: ElementTree.Element, rows: list[ElementTree.Element]) -> bool:
    """Whether a table only sets two blocks side by side, as letterheads and signatures do."""
    if len(rows) > _LAYOUT_ROWS or any(len(list(_cells(r))) > _LAYOUT_COLUMNS for r in rows):
        return False
    properties = _child(table, "tblPr")
    if _value(properties, "tblStyle") in ("TableGrid", "LiBang"):
        return False
    borders = None if properties is None else _child(properties, "tblBorders")
    drawn = [] if borders is None else [_attribute(b, "val") for b in borders]
    return all(value in ("nil", "none", None) for value in drawn)


def _text(paragraph: ElementTree.Element) -> str:
    """The text of a paragraph as the page shows it, without its text boxes."""
    parts: list[str] = []
    _collect(paragraph, parts)
    return "".join(parts)


def _collect(element: ElementTree.Element, parts: list[str]) -> None:
    for child in element:
        tag = _local(child)
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
        if _local(child) == "txbxContent":
            yield child
        elif _local(child) not in _UNSEEN:
            yield from _boxes(child)


def _is_hidden(run: ElementTree.Element) -> bool:
    properties = _child(run, "rPr")
    hidden = None if properties is None else _child(properties, "vanish")
    return hidden is not None and _attribute(hidden, "val") not in ("0", "false", "off")


def _heading_styles(styles: ElementTree.Element | None) -> set[str]:
    """Ids of the styles that are headings: by name, whatever the id is called in Vietnamese."""
    found: set[str] = set()
    for style in [] if styles is None else styles:
        name = _value(style, "name").lower()
        if name.startswith("heading") or name in ("title", "subtitle"):
            found.add(_attribute(style, "styleId") or "")
    return found


def _rows(table: ElementTree.Element) -> Iterator[ElementTree.Element]:
    for child in table:
        if _local(child) == "tr":
            properties = _child(child, "trPr")
            if properties is None or _child(properties, "del") is None:
                yield child
        elif _local(child) in ("sdt", "sdtContent", "ins", "customXml"):
            yield from _rows(child)


def _cells(row: ElementTree.Element) -> Iterator[ElementTree.Element]:
    for child in row:
        if _local(child) == "tc":
            yield child
        elif _local(child) in ("sdt", "sdtContent", "ins", "customXml"):
            yield from _cells(child)


def _span(cell: ElementTree.Element) -> int:
    value = _value(_child(cell, "tcPr"), "gridSpan")
    return min(int(value), 50) if value.isdigit() else 1


def _unify(pieces: list[Piece]) -> tuple[list[Piece], tuple[str, ...]]:
    """Convert text set in fonts of before Unicode (.VnTime, VNI-Times)."""
    whole = "\n".join(p.text.replace("\n", "\v") for p in pieces)
    converted, encoding = repair(whole)
    if encoding is None:
        return pieces, ()
    lines = converted.split("\n")
    unified = [
        Piece(line.replace("\v", "\n"), p.kind, p.page, p.place)
        for p, line in zip(pieces, lines, strict=True)
    ]
    return unified, (note_of(encoding),)


def _core_title(core: ElementTree.Element | None) -> str:
    title = None if core is None else _child(core, "title")
    return "" if title is None else " ".join((title.text or "").split())


def _local(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2]


def _child(element: ElementTree.Element, tag: str) -> ElementTree.Element | None:
    return next((c for c in element if _local(c) == tag), None)


def _attribute(element: ElementTree.Element, name: str) -> str | None:
    return next((v for k, v in element.items() if k.rpartition("}")[2] == name), None)


def _value(element: ElementTree.Element | None, tag: str) -> str:
    """The `val` of a child such as `<w:pStyle w:val="Heading1"/>`; "" if it is not there."""
    child = None if element is None else _child(element, tag)
    return "" if child is None else _attribute(child, "val") or ""
