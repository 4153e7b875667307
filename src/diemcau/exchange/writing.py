"""The register out as a file: XLSX with the mark of a file made here, or CSV."""

import csv
import io
import re
import tempfile
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from diemcau.delivery.queries import list_tasks
from diemcau.documents.rules import Reader
from diemcau.exchange.cells import cells_of, said_cell, with_cells
from diemcau.exchange.columns import COLUMNS, NAMES, SCHEMA_ID
from diemcau.exchange.signing import SIGNATURE_SHEET, signature_lines

__all__ = ["exported_tasks", "guarded", "write_csv", "write_xlsx"]

_BATCH = 1000


def exported_tasks(by: Reader, *, of: Iterable[int] | None = None) -> Iterator[dict[str, str]]:
    """The rows of the tasks a person sees, some hundred at a time.

    Args:
        of: ids of those wanted; None for all.
    """
    today = timezone.localdate()
    tasks = list_tasks(by, on=today).order_by("pk")
    if of is not None:
        tasks = tasks.filter(pk__in=list(of))
    for task in with_cells(tasks, by).iterator(chunk_size=_BATCH):
        yield cells_of(task, today=today)


def write_csv(rows: Iterable[dict[str, str]]) -> Iterator[str]:
    """The pieces of a CSV: UTF-8 with a byte order mark, as spreadsheets expect, names as heads."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    buffer.write("\ufeff")
    writer.writerow(NAMES)
    for number, row in enumerate(rows, 1):
        writer.writerow([guarded(row.get(name, "")) for name in NAMES])
        if number % _BATCH == 0:
            yield buffer.getvalue()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue()


def guarded(cell: str) -> str:
    """A cell no spreadsheet takes for a formula; reading takes the mark off again."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


_FORMULA = re.compile(r"'*[=+\-@\t\r\n]")


def write_xlsx(rows: Iterable[dict[str, str]], *, who: str) -> Any:
    """A workbook as a file that is open and at its beginning, its cells in the reader's language.

    Days are days, all else is text.

    Args:
        who: whom it was made for.
    """
    import xlsxwriter

    file = tempfile.TemporaryFile()  # noqa: SIM115 (who asked closes it)
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    versions: list[tuple[int, int]] = []
    with xlsxwriter.Workbook(file, options) as book:
        page = book.add_worksheet(str(_("Tasks"))[:31])
        head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        fixed = book.add_format(
            {"bold": True, "bottom": 1, "text_wrap": True, "valign": "top", "bg_color": "#EEEEEE"}
        )
        text = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
        day = book.add_format({"num_format": "dd/mm/yyyy", "valign": "top", "align": "left"})
        for at, column in enumerate(COLUMNS):
            page.set_column(at, at, column.width, text)
            page.write_string(0, at, str(column.label), fixed if column.use == "show" else head)
            page.write_comment(0, at, str(column.what))
        page.freeze_panes(1, 4)
        for number, row in enumerate(rows, 1):
            versions.append((int(row["id"]), int(row["version"])))
            for at, column in enumerate(COLUMNS):
                cell = row.get(column.name, "")
                if not cell:
                    continue
                if column.form in ("day", "deadline") and (found := _a_day(cell)):
                    page.write_datetime(number, at, found, day)
                elif column.form == "whole":
                    page.write_number(number, at, int(cell), text)
                else:
                    page.write_string(number, at, said_cell(column, cell), text)
        hidden = book.add_worksheet(SIGNATURE_SHEET)
        hidden.very_hidden()
        said = {"form": SCHEMA_ID, "made": timezone.localdate().isoformat(), "for": who[:100]}
        for number, (name, value) in enumerate(signature_lines(said, versions)):
            hidden.write_string(number, 0, name)
            hidden.write_string(number, 1, value)
    file.seek(0)
    return file


def _a_day(cell: str) -> date | None:
    try:
        day = date.fromisoformat(cell) if len(cell) == 10 else None
    except ValueError:
        return None
    # Workbooks count days from 1900.
    return day if day and day.year >= 1901 else None
