"""A file of tasks, as people send it, made into rows of cells: days, numbers and names settled.

What stands in a cell and cannot be taken is not judged here, only what is wrong with the file:
another table, merged cells, formulas, too many rows.
"""

import codecs
import csv
import io
import re
import unicodedata
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from diemcau.directory.cells import cell_text
from diemcau.directory.traps import pieces_of, trap_in
from diemcau.exchange.columns import REGISTER, Layout
from diemcau.exchange.signing import SIGNATURE_SHEET, Signature, read_signature
from vanban.letters import fold

__all__ = [
    *("MOST_BYTES", "MOST_ROWS"),
    *("Fault", "Row", "Table", "UnreadableFile", "day_in", "read_table"),
]

MOST_ROWS = 100_000
MOST_BYTES = 40 * 1024 * 1024
"""A register of as many rows has 30 MB as CSV and 8 as a workbook."""
_HEAD_WITHIN = 12
"""Rows in which the row of headings is looked for; above it may stand a title."""
_FEWEST_HEADS = 2
_LONGEST_HEAD = 100_000
_MOST_FAULTS = 100

Row = tuple[int, dict[str, str]]
"""Its number as a spreadsheet counts, and its cells by column; empty ones are left out."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, and where: row 0 is the file, column "" the row."""

    row: int
    column: str
    reason: str
    found: str = ""


class UnreadableFile(ValueError):
    """The file cannot be taken as a table of tasks; nothing was compared."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("; ".join(f.reason for f in faults))
        self.faults = list(faults)


@dataclass(frozen=True, slots=True)
class Table:
    """A file whose headings were read; its rows are read one by one, each time anew.

    Args:
        heads: names of the columns it has, in its order; "" for one without a heading.
        lines: gives the lines below the headings, each with its number, from the first on.
        signature: of a workbook made here; None if there is none.
        layout: the form it has.
        above: what stands above its headings, cell by cell.
    """

    heads: tuple[str, ...]
    lines: Callable[[], Iterator[tuple[int, Sequence[Any]]]]
    signature: Signature | None = None
    layout: Layout = REGISTER
    above: tuple[str, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of the columns it has, in its order."""
        return tuple(name for name in self.heads if name)

    def rows(self) -> Iterator[Row]:
        """The rows in their order, none without a cell.

        Raises:
            UnreadableFile: after the last row: there are more than may be sent at once, or a cell
                stands where no column is.
        """
        forms = {one.name: one.form for one in self.layout.columns}
        heads = [(name, _READERS.get(forms.get(name, ""), _text)) for name in self.heads]
        faults: list[Fault] = []
        n = 0
        for number, line in self.lines():
            cells: dict[str, str] = {}
            outside = list(line[len(heads) :])
            for (name, read), value in zip(heads, line, strict=False):
                if value == "" or value is None:
                    continue
                if not name:
                    outside.append(value)
                elif text := read(value):
                    cells[name] = text
            for value in outside:
                text = "" if value is None else _text(value)
                if text and len(faults) < _MOST_FAULTS:
                    reason = _("“%(text)s” stands outside the named columns.")
                    faults.append(Fault(number, "", reason % {"text": text[:40]}))
            if cells:
                n += 1
                if n <= MOST_ROWS:
                    yield number, cells
        if n > MOST_ROWS:
            reason = _(
                "The file has %(found)d rows; at most %(most)d are taken at once. Send it in parts."
            )
            raise _refused(reason % {"found": n, "most": MOST_ROWS})
        if faults:
            raise UnreadableFile(faults)


def read_table(data: bytes, *, name: str, layouts: Sequence[Layout] = (REGISTER,)) -> Table:
    """The table in an XLSX or CSV file.

    Args:
        layouts: the forms that are taken; the first is the one a table of none is told of.
    Raises:
        UnreadableFile: says what was found, what was expected, and where.
    """
    ending = name.rsplit(".", 1)[-1].lower()
    if ending == "xlsx" or data[:2] == b"PK":
        return _from_workbook(data, layouts)
    if ending == "csv":
        return _from_csv(data, layouts)
    raise _refused(_("The file is neither XLSX nor CSV: save it as one of them, then send it."))


def day_in(text: str) -> date | None:
    """A day as people write it: 2026-06-30, 30/06/2026, 30-6-2026, 30.6.2026; else None."""
    if (iso := _ISO.fullmatch(text)) is not None:
        year, month, day = iso.groups()
    elif (written := _WRITTEN.fullmatch(text)) is not None:
        day, month, year = written.groups()
    else:
        return None
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]00:00(?::00)?)?")
_WRITTEN = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})")
_NUMBER = re.compile(r"\d{1,3}(?:[.\u00a0 ]\d{3})+|\d+")


def _refused(reason: str, row: int = 0, column: str = "", found: str = "") -> UnreadableFile:
    return UnreadableFile([Fault(row, column, reason, found[:100])])


def _from_csv(data: bytes, layouts: Sequence[Layout]) -> Table:
    code = next((one for one in ("utf-8-sig", "utf-16") if _is_text(data, one)), None)
    if code is None:
        raise _refused(_("The file is not UTF-8 text."))
    first = io.TextIOWrapper(io.BytesIO(data), code).readline(_LONGEST_HEAD)
    mark = max(",;\t", key=first.count)
    # A cell may hold a whole document; the module's own limit is 128 KB.
    csv.field_size_limit(10 * 1024 * 1024)

    def lines() -> Iterator[Sequence[str]]:
        text = io.TextIOWrapper(io.BytesIO(data), code, newline="")
        try:
            for line in csv.reader(text, delimiter=mark):
                yield [
                    cell[1:] if cell[:1] == "'" and _GUARD.match(cell) else cell for cell in line
                ]
        except csv.Error:
            raise _refused(_("The CSV cannot be read.")) from None

    return _table(lines, layouts)


def _is_text(data: bytes, code: str) -> bool:
    decoder, step = codecs.getincrementaldecoder(code)(), 1 << 20
    try:
        for at in range(0, len(data), step):
            decoder.decode(data[at : at + step])
        decoder.decode(b"", final=True)
    except UnicodeError:
        return False
    return True


_GUARD = re.compile(r"'+[=+\-@\t\r\n]")


def _from_workbook(data: bytes, layouts: Sequence[Layout]) -> Table:
    import python_calamine

    if trap := trap_in(data):
        raise _refused(trap)
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    except python_calamine.CalamineError:
        reason = _("The workbook cannot be opened: damaged, or protected by a password.")
        raise _refused(reason) from None
    names = [n for n in book.sheet_names if n != SIGNATURE_SHEET]
    tried = []
    for name in names:
        sheet = book.get_sheet_by_name(name)
        top = list(islice(sheet.iter_rows(), _HEAD_WITHIN))
        if (found := _head_of(top, layouts)) is not None:
            break
        tried.append(f"“{name}”")
    else:
        reason = _(
            "No sheet (%(sheets)s) has a row with the headings of a file of tasks, such "
            "as %(heads)s."
        )
        heads = ", ".join(
            f"“{one.label}”"
            for one in layouts[0].columns
            if one.name in ("title", "lead", "deadline")
        )
        raise _refused(reason % {"sheets": ", ".join(tried) or "—", "heads": heads})
    head = found[0]
    merged = _("Cells are merged here; undo the merging, so that each row has its own.")
    ranges = sheet.merged_cell_ranges or ()
    faults = [Fault(start[0] + 1, "", merged) for start, end in ranges if end[0] >= head]
    faults += [
        Fault(
            row,
            "",
            _("Cell %(cell)s holds a formula; put its value there instead.") % {"cell": cell},
        )
        for row, cell in _formulas(data, book.sheet_names.index(name))
        if row > head
    ]
    if faults:
        raise UnreadableFile(faults[:_MOST_FAULTS])
    signature = None
    if SIGNATURE_SHEET in book.sheet_names:
        signature = read_signature(book.get_sheet_by_name(SIGNATURE_SHEET).iter_rows())
    return _table(sheet.iter_rows, layouts, signature=signature)


_SHEET = re.compile(rb"xl/worksheets/sheet(\d+)\.xml$")
_FORMULA = re.compile(rb'<c r="([A-Z]+)(\d+)"[^>]*>\s*<f[ >/]')


def _formulas(data: bytes, at: int) -> list[tuple[int, str]]:
    """Row and name of the cells with formulas, of the sheet at a place of the book."""
    found: dict[str, int] = {}
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        parts = sorted((int(m[1]), n) for n in book.namelist() if (m := _SHEET.match(n.encode())))
        if at < len(parts):
            for piece in pieces_of(book, parts[at][1]):
                if b"<f" in piece:
                    for m in _FORMULA.finditer(piece):
                        found[f"{m[1].decode()}{m[2].decode()}"] = int(m[2])
    return [(row, cell) for cell, row in found.items()]


def _heads(layout: Layout) -> dict[str, str]:
    """What a heading may say, folded, and the column it means: the name, and the labels."""
    found: dict[str, str] = {}
    columns = (*layout.beside, *layout.columns)
    for language in ("en", "vi"):
        with override(language):
            for one in columns:
                found[_key(str(one.label))] = one.name
    found |= {_key(other): one.name for one in columns for other in one.others}
    return found | {_key(one.name): one.name for one in layout.columns}


def _key(text: object) -> str:
    return " ".join(fold(str(text)).replace("_", " ").split())


def _head_of(
    lines: Sequence[Sequence[Any]], layouts: Sequence[Layout]
) -> tuple[int, Layout] | None:
    """The place of the row of headings, and the form they are of."""
    of = [(one, _heads(one)) for one in layouts]
    for at, line in enumerate(lines[:_HEAD_WITHIN]):
        for layout, heads in of:
            known = {heads[k] for cell in line if (k := _key(cell)) in heads}
            if len(known) >= _FEWEST_HEADS and layout.needed in known:
                return at, layout
    return None


def _table(
    lines: Callable[[], Iterable[Sequence[Any]]],
    layouts: Sequence[Layout],
    *,
    signature: Signature | None = None,
) -> Table:
    top = list(islice(lines(), _HEAD_WITHIN))
    found = _head_of(top, layouts)
    if found is None:
        needed = next(c for c in layouts[0].columns if c.name == layouts[0].needed)
        raise _refused(
            _("No row has the headings of a file of tasks; the heading “%(title)s” is needed.")
            % {"title": needed.label}
        )
    at, layout = found
    heads, first = _heads(layout), at + 1
    columns: list[str] = []
    faults: list[Fault] = []
    for cell in top[at]:
        name = heads.get(_key(cell), "")
        if not name and _key(cell):
            reason = _(
                "No column of this table is called so; take the heading out, or write one of "
                "these: %(heads)s."
            )
            known = ", ".join(f"“{one.label}”" for one in (*layout.columns, *layout.beside))
            faults.append(Fault(first, str(cell)[:60], reason % {"heads": known}))
        if name and name in columns:
            faults.append(Fault(first, name, _("This column stands twice.")))
        columns.append(name)
    if faults:
        raise UnreadableFile(faults[:_MOST_FAULTS])

    def below() -> Iterator[tuple[int, Sequence[Any]]]:
        return enumerate(islice(lines(), first, None), first + 1)

    above = tuple(str(cell) for line in top[:at] for cell in line if cell not in (None, ""))
    return Table(tuple(columns), below, signature, layout, above)


def _text(value: Any) -> str:
    """A cell as text, blanks off the ends; days as ISO."""
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value).strip()
    if isinstance(value, bool):
        return "1" if value else ""
    return cell_text(value)


def _whole(value: Any) -> str:
    """1.234 and "12,0" are how Vietnamese write 1234 and 12."""
    text = _text(value)
    if text.isdecimal():
        return text
    whole = re.sub(r",0+$", "", text)
    return re.sub(r"\D", "", whole) if _NUMBER.fullmatch(whole) else text


def _day(value: Any) -> str:
    text = _text(value)
    day = day_in(text)
    return text if day is None else day.isoformat()


_READERS: dict[str, Callable[[Any], str]] = {"whole": _whole, "day": _day, "deadline": _day}
