"""A file of tasks, as people send it, made into rows of cells: days, numbers and names settled.

What stands in a cell and cannot be taken is not judged here, only what is wrong with the file:
another table, merged cells, formulas, too many rows.
"""

import csv
import io
import re
import unicodedata
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from diemcau.directory.traps import trap_in
from diemcau.exchange.columns import REGISTER, Layout
from diemcau.exchange.signing import SIGNATURE_SHEET, Signature, read_signature
from vanban.letters import fold

__all__ = ["MOST_ROWS", "Fault", "Row", "Table", "UnreadableFile", "day_in", "read_table"]

MOST_ROWS = 100_000
_HEAD_WITHIN = 12
"""Rows in which the row of headings is looked for; above it may stand a title."""
_FEWEST_HEADS = 2

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
    """The rows of a file.

    Args:
        columns: names of the columns it has, in its order.
        signature: of a workbook made here; None if there is none.
        layout: the form it has.
        above: what stands above its headings, cell by cell.
    """

    columns: tuple[str, ...]
    rows: list[Row]
    signature: Signature | None = None
    layout: Layout = REGISTER
    above: tuple[str, ...] = ()


def read_table(data: bytes, *, name: str, layouts: Sequence[Layout] = (REGISTER,)) -> Table:
    """The rows of an XLSX or CSV file.

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
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            text = data.decode("utf-16")
        except UnicodeDecodeError:
            raise _refused(_("The file is not UTF-8 text.")) from None
    first = text[: text.find("\n")] if "\n" in text else text
    mark = max(",;\t", key=first.count)
    # A cell may hold a whole document; the module's own limit is 128 KB.
    csv.field_size_limit(10 * 1024 * 1024)
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=mark))
    except csv.Error:
        raise _refused(_("The CSV cannot be read.")) from None
    return _table([[_unguarded(cell) for cell in line] for line in lines], layouts)


def _unguarded(cell: str) -> str:
    return cell[1:] if _GUARD.match(cell) else cell


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
        lines = sheet.to_python(skip_empty_area=False)
        if _head_of(lines, layouts) is not None:
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
    head = (_head_of(lines, layouts) or (0,))[0]
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
        raise UnreadableFile(faults[:100])
    signature = None
    if SIGNATURE_SHEET in book.sheet_names:
        signature = read_signature(book.get_sheet_by_name(SIGNATURE_SHEET).to_python())
    return _table(lines, layouts, signature=signature)


_SHEET = re.compile(rb"xl/worksheets/sheet(\d+)\.xml$")
_FORMULA = re.compile(rb'<c r="([A-Z]+)(\d+)"[^>]*>\s*<f[ >/]')


def _formulas(data: bytes, at: int) -> Iterable[tuple[int, str]]:
    """Row and name of the cells with formulas, of the sheet at a place of the book."""
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        parts = sorted((int(m[1]), n) for n in book.namelist() if (m := _SHEET.match(n.encode())))
        if at < len(parts):
            content = book.read(parts[at][1])
            if b"<f" in content:
                for m in _FORMULA.finditer(content):
                    yield int(m[2]), f"{m[1].decode()}{m[2].decode()}"


def _heads(layout: Layout) -> dict[str, str]:
    """What a heading may say, folded, and the column it means: the name, and the labels."""
    found: dict[str, str] = {}
    for language in ("en", "vi"):
        with override(language):
            for one in layout.columns:
                found[_key(str(one.label))] = one.name
    found |= {_key(other): one.name for one in layout.columns for other in one.others}
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
    lines: Sequence[Sequence[Any]],
    layouts: Sequence[Layout],
    *,
    signature: Signature | None = None,
) -> Table:
    found = _head_of(lines, layouts)
    if found is None:
        needed = next(c for c in layouts[0].columns if c.name == layouts[0].needed)
        raise _refused(
            _("No row has the headings of a file of tasks; the heading “%(title)s” is needed.")
            % {"title": needed.label}
        )
    at, layout = found
    heads, first = _heads(layout), 1
    forms_of = {one.name: one.form for one in layout.columns}
    n_rows = len(lines) - at - 1
    if n_rows > MOST_ROWS and sum(any(line) for line in lines[at + 1 :]) > MOST_ROWS:
        raise _refused(
            _("The file has %(found)d rows; at most %(most)d are taken at once. Send it in parts.")
            % {"found": n_rows, "most": MOST_ROWS}
        )
    columns: list[str] = []
    faults: list[Fault] = []
    for cell in lines[at]:
        name = heads.get(_key(cell), "")
        if not name and _key(cell):
            reason = _(
                "No column is called so; take the heading out, or write it as in the export."
            )
            faults.append(Fault(at + first, str(cell)[:60], reason))
        if name and name in columns:
            faults.append(Fault(at + first, name, _("This column stands twice.")))
        columns.append(name)
    rows: list[Row] = []
    forms = [forms_of.get(name, "") for name in columns]
    for number, line in enumerate(lines[at + 1 :], at + 1 + first):
        cells: dict[str, str] = {}
        for place, value in enumerate(line):
            if value is None or value == "":
                continue
            name = columns[place] if place < len(columns) else ""
            text = _cell(value, forms[place] if name else "")
            if not text:
                continue
            if name:
                cells[name] = text
            else:
                reason = _("“%(text)s” stands outside the named columns.")
                faults.append(Fault(number, "", reason % {"text": text[:40]}))
        if cells:
            rows.append((number, cells))
    if faults:
        raise UnreadableFile(faults[:100])
    above = tuple(str(cell) for line in lines[:at] for cell in line if cell not in (None, ""))
    return Table(tuple(c for c in columns if c), rows, signature, layout, above)


def _cell(value: Any, form: str) -> str:
    """A cell as text: days as ISO, whole numbers without their marks, blanks off the ends."""
    if isinstance(value, str):
        text = unicodedata.normalize("NFC", value).strip()
    elif isinstance(value, bool):
        text = "1" if value else ""
    elif isinstance(value, datetime):
        text = value.date().isoformat()
    elif isinstance(value, date):
        text = value.isoformat()
    elif isinstance(value, float) and value.is_integer():
        text = str(int(value))
    else:
        text = str(value)
    if form == "whole" and text:
        # 1.234 and "12,0" are how Vietnamese write 1234 and 12.
        whole = re.sub(r",0+$", "", text)
        text = re.sub(r"\D", "", whole) if _NUMBER.fullmatch(whole) else text
    elif form in ("day", "deadline") and text and (day := day_in(text)) is not None:
        text = day.isoformat()
    return text
