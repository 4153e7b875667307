"""XLSX: the rows of every visible sheet, each number as the sheet shows it in Vietnamese writing.

Read with the standard library, because a value alone does not say what the page shows: 0.312
formatted as a percentage is "31,2%", and 45900 formatted as a date is a day.
"""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from io import BytesIO
from xml.etree import ElementTree

from vanban.blocks import Piece
from vanban.document import Document
from vanban.loaders.cells import DITTO, join_cell
from vanban.loaders.legacy import note_of, repair
from vanban.loaders.limits import LINE_LIMIT, TEXT_LIMIT
from vanban.loaders.packages import BROKEN, Parts, attribute_of, child_of, local_name
from vanban.loaders.refusals import refuse
from vanban.loaders.tables import TableRow, pieces_of, settled
from vanban.pages.provenance import choose_title
from vanban.patterns import regex

__all__ = ["load_xlsx"]

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

_MOST_COLUMNS = 200
_TALLEST = 2_000
_REFERENCE = regex(r"([A-Z]{1,3})(\d{1,7})")
_LITERAL = regex(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
# The built-in formats of ECMA-376 part 1, 18.8.30, as far as they change what is shown.
_BUILT_IN = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%",
    14: "d/m/yyyy", 15: "d/m/yyyy", 16: "d/m", 17: "m/yyyy", 22: "d/m/yyyy h:mm",
    37: "#,##0", 38: "#,##0", 39: "#,##0.00", 40: "#,##0.00",
}  # fmt: skip


def load_xlsx(data: bytes, *, name: str) -> Document:
    """Make a document of a workbook: one "row" block per row, cells joined with " | ".

    Hidden sheets, rows and columns are left out, with a note. A cell merged over several rows
    stands in the first; in the others "〃" stands for it.

    Raises:
        DocumentError: the file is damaged, a bomb, declares XML entities, or holds no words.
    """
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            pieces, notes = _read_book(Parts(archive, name))
    except BROKEN as e:
        raise refuse("damaged", name=name, what="XLSX", what_en="XLSX") from e
    except (NotImplementedError, RuntimeError) as e:
        raise refuse("encrypted", name=name, what="XLSX", what_en="XLSX") from e
    if sum(len(p.text) for p in pieces) > TEXT_LIMIT:
        raise refuse("too-much-text", name=name, limit=TEXT_LIMIT // 1024**2)
    if not pieces:
        raise refuse("blank", name=name)
    converted, encoding = repair("\n".join(p.text for p in pieces))
    if encoding is not None:
        notes.append(note_of(encoding))
        lines = converted.split("\n")
        pieces = [Piece(t, p.kind, p.page, p.place) for t, p in zip(lines, pieces, strict=True)]
    title = choose_title([p.text for p in pieces], "")
    return Document.from_pieces(
        pieces, name=name, media_type=MEDIA_TYPE, notes=tuple(notes), title=title
    )


@dataclass(frozen=True)
class _Book:
    """What the sheets of one workbook share."""

    strings: list[str]
    formats: list[str]
    from_1904: bool


def _read_book(parts: Parts) -> tuple[list[Piece], list[str]]:
    root = parts.xml("xl/workbook.xml")
    sheets = None if root is None else child_of(root, "sheets")
    if root is None or sheets is None:
        raise refuse("damaged", name=parts.name, what="XLSX", what_en="XLSX")
    properties = child_of(root, "workbookPr")
    old = properties is not None and attribute_of(properties, "date1904") in ("1", "true")
    book = _Book(_strings(parts), _formats(parts), old)
    targets = _targets(parts)
    pieces: list[Piece] = []
    hidden: list[str] = []
    for number, sheet in enumerate(sheets, start=1):
        title = attribute_of(sheet, "name") or str(number)
        if (attribute_of(sheet, "state") or "visible") != "visible":
            hidden.append(f"«{title}»")
            continue
        part = targets.get(attribute_of(sheet, "id") or "", f"xl/worksheets/sheet{number}.xml")
        content = parts.xml(part)
        if content is not None:
            pieces += pieces_of(settled(list(_rows(content, book))), table=number)
        if len(pieces) > LINE_LIMIT:
            raise refuse("too-many-lines", name=parts.name, lines=len(pieces), limit=LINE_LIMIT)
    return pieces, [f"Không đọc trang tính ẩn: {', '.join(hidden)}."] if hidden else []


def _targets(parts: Parts) -> dict[str, str]:
    """The part of each relation of the workbook."""
    root = parts.xml("xl/_rels/workbook.xml.rels")
    found = {}
    for relation in [] if root is None else root:
        target = attribute_of(relation, "Target") or ""
        part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        found[attribute_of(relation, "Id") or ""] = part
    return found


def _strings(parts: Parts) -> list[str]:
    root = parts.xml("xl/sharedStrings.xml")
    return [] if root is None else [_plain(item) for item in root if local_name(item) == "si"]


def _plain(item: ElementTree.Element) -> str:
    """The text of a string, its runs joined, without readings written above the letters."""
    texts = []
    for child in item:
        if local_name(child) == "t":
            texts.append(child.text or "")
        elif local_name(child) == "r":
            texts.append(_plain(child))
    return "".join(texts)


def _formats(parts: Parts) -> list[str]:
    """The number format of each cell style."""
    root = parts.xml("xl/styles.xml")
    if root is None:
        return []
    own = {}
    numbers = child_of(root, "numFmts")
    for row in [] if numbers is None else numbers:
        own[attribute_of(row, "numFmtId")] = attribute_of(row, "formatCode") or ""
    styles = child_of(root, "cellXfs")
    found = []
    for style in [] if styles is None else styles:
        key = attribute_of(style, "numFmtId") or "0"
        found.append(own.get(key) or _BUILT_IN.get(int(key) if key.isdigit() else 0, ""))
    return found


def _rows(root: ElementTree.Element, book: _Book) -> Iterator[TableRow]:
    tall = _tall_cells(root)
    unseen = _hidden_columns(root)
    data = child_of(root, "sheetData")
    at_row = 0
    for row in [] if data is None else data:
        given = attribute_of(row, "r") or ""
        at_row = int(given) if given.isdigit() else at_row + 1
        if attribute_of(row, "hidden") in ("1", "true"):
            continue
        cells: dict[int, str] = {}
        column = -1
        for cell in row:
            found = _REFERENCE.fullmatch(attribute_of(cell, "r") or "")
            column = _column(found[1]) if found else column + 1
            if column < _MOST_COLUMNS and column not in unseen:
                text = join_cell(_shown(cell, book).split("\n"))
                if text:
                    cells[column] = text
        for column in tall.get(at_row, ()):
            if column not in unseen:
                cells.setdefault(column, DITTO)
        if any(text not in ("", DITTO) for text in cells.values()):
            last = max(cells)
            shown = [c for c in range(last + 1) if c not in unseen]
            yield TableRow([cells.get(c, "") for c in shown], at_row)


def _tall_cells(root: ElementTree.Element) -> dict[int, list[int]]:
    """By row, the columns whose cell goes on from a row above."""
    found: dict[int, list[int]] = {}
    merged = child_of(root, "mergeCells")
    for area in [] if merged is None else merged:
        ends = [_REFERENCE.fullmatch(e) for e in (attribute_of(area, "ref") or "").split(":")]
        if len(ends) == 2 and ends[0] and ends[1]:
            first, last, column = int(ends[0][2]), int(ends[1][2]), _column(ends[0][1])
            for row in range(first + 1, min(last, first + _TALLEST) + 1):
                if column < _MOST_COLUMNS:
                    found.setdefault(row, []).append(column)
    return found


def _hidden_columns(root: ElementTree.Element) -> set[int]:
    found: set[int] = set()
    columns = child_of(root, "cols")
    for span in [] if columns is None else columns:
        if attribute_of(span, "hidden") in ("1", "true"):
            low, high = (int(attribute_of(span, end) or 1) for end in ("min", "max"))
            found |= set(range(low - 1, min(high, _MOST_COLUMNS)))
    return found


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


# What a cell shows


def _shown(cell: ElementTree.Element, book: _Book) -> str:
    kind = attribute_of(cell, "t") or "n"
    if kind == "inlineStr":
        inline = child_of(cell, "is")
        return "" if inline is None else _plain(inline)
    element = child_of(cell, "v")
    value = "" if element is None else element.text or ""
    if kind == "s":
        return (
            book.strings[int(value)] if value.isdigit() and int(value) < len(book.strings) else ""
        )
    if kind == "b":
        return {"1": "Có", "0": "Không"}.get(value, "")
    if kind == "e":
        return ""
    if kind != "n":
        return value
    style = attribute_of(cell, "s") or ""
    known = style.isdigit() and int(style) < len(book.formats)
    return _number(value, book.formats[int(style)] if known else "", from_1904=book.from_1904)


def _number(value: str, form: str, *, from_1904: bool) -> str:
    """A number as its format shows it: comma for decimals, dot for thousands, days day first.

    Example: "0.312" with "0.0%" is "31,2%"; "45900" with "d/m/yyyy" is "31/08/2025".
    """
    try:
        amount = Decimal(value)
    except InvalidOperation:
        return value
    if not amount.is_finite() or abs(amount) >= Decimal(10) ** 18:
        return ""
    positive = form.split(";")[0]
    bare = _LITERAL.sub("", positive).lower()
    if re.search(r"[dy]|m(?!m*\.?0)", bare) and not re.search(r"[#0]", bare):
        return _day(amount, bare, from_1904=from_1904)
    suffix = "".join(m[0].strip('"') for m in re.finditer(r'"[^"]*"', positive))
    if "%" in bare:
        amount, suffix = amount * 100, "%"
    if digits := re.search(r"[.]([0#?]+)", bare):
        places = len(digits[1])
        optional = digits[1].strip("0") != ""
    elif re.search(r"[0#]", bare):
        places, optional = 0, False
    else:
        places, optional = 10, True
    shown = amount.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    text = f"{shown:,f}" if "," in bare else f"{shown:f}"
    if optional and "." in text:
        text = text.rstrip("0").rstrip(".")
    text = text.replace(",", "\0").replace(".", ",").replace("\0", ".")
    return f"{text}{suffix}"


def _day(amount: Decimal, form: str, *, from_1904: bool) -> str:
    first = datetime(1904, 1, 1, tzinfo=UTC) if from_1904 else datetime(1899, 12, 30, tzinfo=UTC)
    try:
        moment = first + timedelta(days=float(amount))
    except OverflowError:
        return ""
    if "d" in form and "y" in form:
        return f"{moment:%d/%m/%Y}"
    if "d" in form:
        return f"{moment:%d/%m}"
    if "y" in form:
        return f"{moment:%m/%Y}" if "m" in form else f"{moment:%Y}"
    return f"{moment:%H:%M}"
