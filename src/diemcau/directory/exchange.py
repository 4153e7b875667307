"""The directory as files and back: XLSX and CSV tables, and JSON after Popolo where it fits.

Schema of the JSON: schema/directory.schema.json.
"""

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from diemcau.directory.cells import cell_text
from diemcau.directory.checks import Fault
from diemcau.directory.columns import COLUMNS, Row
from diemcau.directory.popolo import Misshapen, from_json, to_json
from diemcau.directory.tables import rows_of
from diemcau.directory.traps import trap_in

__all__ = [
    "FORMATS",
    "UnreadableFile",
    "read_file",
    "write_csv",
    "write_json",
    "write_table",
    "write_workbook",
    "write_xlsx",
]

FORMATS = ("xlsx", "csv", "json")


class UnreadableFile(ValueError):
    """The file is not one of the formats, or a table of it has other columns."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("; ".join(f.reason for f in faults))
        self.faults = faults


# Out


def write_xlsx() -> bytes:
    """Every table as a sheet."""
    return write_workbook({t: (columns, rows_of(t)) for t, columns in COLUMNS.items()})


def write_csv(table: str) -> str:
    """One table as CSV."""
    return write_table(COLUMNS[table], rows_of(table))


def write_workbook(
    sheets: Mapping[str, tuple[Sequence[str], Iterable[Mapping[str, Any]]]],
) -> bytes:
    """A workbook of some tables; text stays text, so that codes keep their zeros.

    Args:
        sheets: name of each sheet to its columns and rows; numbers (int, Decimal) are written as
            numbers, everything else as text.
    """
    import xlsxwriter

    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False}) as book:
        head = book.add_format({"bold": True, "bottom": 1})
        text = book.add_format({"num_format": "@"})
        for name, (columns, rows) in sheets.items():
            sheet = book.add_worksheet(name)
            sheet.freeze_panes(1, 1)
            sheet.set_column(0, len(columns) - 1, 22, text)
            for at, column in enumerate(columns):
                sheet.write_string(0, at, column, head)
            for number, row in enumerate(rows, 1):
                for at, column in enumerate(columns):
                    if isinstance(row[column], int | Decimal):
                        sheet.write_number(number, at, row[column])
                    elif row[column]:
                        sheet.write_string(number, at, row[column], text)
    return buffer.getvalue()


def write_table(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> str:
    """Rows as CSV with a byte order mark, as spreadsheets expect of UTF-8."""
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, columns, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows({c: _guarded(str(row[c])) for c in columns} for row in rows)
    return "\ufeff" + buffer.getvalue()


def write_json() -> dict[str, Any]:
    """Every table as a section of the published schema."""
    return to_json({table: rows_of(table) for table in COLUMNS})


def _guarded(text: str) -> str:
    """A cell no spreadsheet takes for a formula."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r", "\n") else text


# In


def read_file(data: bytes, *, name: str) -> dict[str, list[Row]]:
    """The tables of a file that can be taken in, with their rows numbered as the file has them.

    Args:
        data: XLSX, CSV or JSON.
        name: of the file; its ending tells the format, a CSV's table is told by its columns.
    Raises:
        UnreadableFile: another format, a missing or unknown column, a cell that is not text.
    """
    ending = name.rsplit(".", 1)[-1].lower()
    if ending not in FORMATS:
        raise UnreadableFile([Fault("", 0, "", _("The file is not XLSX, CSV or JSON."))])
    try:
        if ending == "xlsx":
            return _from_sheets(_sheets(data))
        text = data.decode("utf-8-sig")
        if ending == "csv":
            lines = list(csv.reader(io.StringIO(text, newline="")))
            return _from_sheets({_table_of(lines): lines})
        return from_json(json.loads(text))
    except Misshapen as misshapen:
        raise UnreadableFile([misshapen.fault]) from None
    except UnicodeDecodeError:
        reason = _("The file is not UTF-8 text.")
    except json.JSONDecodeError as error:
        reason = _("The JSON breaks off in line %(line)d.") % {"line": error.lineno}
    except ValueError:
        reason = _("A number in the JSON is too long.")
    except RecursionError:
        reason = _("The JSON is nested too deep.")
    except csv.Error:
        reason = _("The CSV cannot be read.")
    raise UnreadableFile([Fault("", 0, "", reason)])


def _sheets(data: bytes) -> dict[str, list[list[Any]]]:
    import python_calamine

    if trap := trap_in(data):
        raise UnreadableFile([Fault("", 0, "", trap)])
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    except python_calamine.CalamineError:
        reason = _("The workbook cannot be opened: damaged, or protected by a password.")
        raise UnreadableFile([Fault("", 0, "", reason)]) from None
    wanted = [n for n in book.sheet_names if n in COLUMNS]
    if not wanted:
        reason = _("The workbook has no sheet called %(names)s.")
        raise UnreadableFile([Fault("", 0, "", reason % {"names": ", ".join(COLUMNS)})])
    return {n: book.get_sheet_by_name(n).to_python(skip_empty_area=False) for n in wanted}


def _table_of(lines: list[list[str]]) -> str:
    """The table whose columns a CSV has most of, and least others."""
    head = {cell.strip() for cell in lines[0]} if lines else set()
    return max(COLUMNS, key=lambda table: -len(head ^ set(COLUMNS[table])))


def _from_sheets(sheets: Mapping[str, list[list[Any]]]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    faults: list[Fault] = []
    for table, lines in sheets.items():
        head = [str(c).strip() for c in lines[0]] if lines else []
        for column in COLUMNS[table]:
            if column not in head:
                faults.append(Fault(table, 1, column, _("This column is missing.")))
        for column in head:
            if column and column not in COLUMNS[table]:
                faults.append(Fault(table, 1, column, _("This column is not known.")))
        for column in {c for c in head if c and head.count(c) > 1}:
            faults.append(Fault(table, 1, column, _("This column stands twice.")))
        found[table] = []
        for number, line in enumerate(lines[1:], 2):
            outside = [_cell(v) for at, v in enumerate(line) if at >= len(head) or not head[at]]
            for text in filter(None, outside):
                reason = _("“%(text)s” stands outside the named columns.")
                faults.append(Fault(table, number, "", reason % {"text": text[:40]}))
            cells = {c: _cell(v) for c, v in zip(head, line, strict=False) if c}
            if any(cells.values()):
                found[table].append((number, {c: cells.get(c, "") for c in COLUMNS[table]}))
    if faults:
        raise UnreadableFile(faults)
    return found


def _cell(value: Any) -> str:
    text = " ".join(cell_text(value).split())
    return text[1:] if text[:1] == "'" and text[1:2] in ("=", "+", "-", "@") else text
