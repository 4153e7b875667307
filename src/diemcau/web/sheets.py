"""A list as a file: XLSX or CSV of every row it shows, page after page, under the same filters.

A file is posted for, at the address of its page: that somebody took it is in the log before its
first byte leaves.
Texts stay texts: no cell of ours is ever taken for a formula, whatever a document said.
"""

import csv
import io
import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import IO, Any

from django.db.models import Model
from django.http import FileResponse, HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from diemcau.exchange.taking_out import take_list_out
from diemcau.web.days import say_instant
from diemcau.web.filters import PAGE, Filters

__all__ = [
    *("FORM", "FORMS", "Column", "Sheet", "answer_sheet", "asked_form", "record_taking"),
    *("said_filters", "sheet_file", "shows_and_takes_out"),
]

FORM = "xuat"
"""Field posted to the address of a list, by which it is asked for as a file."""
FORMS = ("xlsx", "csv")
_NO_FILTERS = (PAGE, "page", FORM)
_CSV = "text/csv; charset=utf-8"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_ROWS, _LETTERS = 1_048_576, 32_767
"""What a sheet, and a cell, of the format holds."""
shows_and_takes_out = require_http_methods(["GET", "HEAD", "POST"])
"""For the view of a list: it is shown by GET, and taken out as a file by POST."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its head, and what stands in it for a row (text, number, day, instant)."""

    label: str
    of: Callable[[Any], Any]
    width: int = 20


@dataclass(frozen=True, slots=True)
class Sheet:
    """What goes into the file.

    Args:
        name: of the file without ending; of one beside another, what its sheet is called.
        title: first line.
        rows: read once, one after the other.
        said: filters in words: (what, value).
        beside: further tables of the same file: sheets of a workbook, below each other in CSV.
    """

    name: str
    title: str
    columns: Sequence[Column]
    rows: Iterable[Any]
    said: Sequence[tuple[str, str]] = field(default_factory=tuple)
    beside: Sequence["Sheet"] = field(default_factory=tuple)


def asked_form(request: HttpRequest) -> str:
    """The form the page is asked for as a file; "" for the page itself."""
    form = request.POST.get(FORM, "") if request.method == "POST" else ""
    return form if form in FORMS else ""


def said_filters(filters: Filters) -> list[tuple[str, str]]:
    """The filters in use as words, for the head of the file."""
    return [(_("Filter"), chip.label) for chip in filters.active]


def answer_sheet(request: HttpRequest, sheet: Sheet, form: str) -> HttpResponseBase:
    """The file as a download; that it was taken, with how many rows, is in the log before.

    Args:
        form: one of `FORMS`.
    Raises:
        PermissionDenied: the person holds no role.
    """
    answer, rows = sheet_file(request, sheet, form)
    record_taking(request, sheet.name, form, rows)
    return answer


def record_taking(
    request: HttpRequest, what: str, form: str, rows: int | None = None, about: Model | None = None
) -> None:
    """Say in the log that the page is taken out as a file, under the filters of its address.

    Args:
        what: of `exchange.taking_out.LISTS`.
        rows: how many go out, where the file is a table of rows.
        about: the object a paper is of, where it is of one.
    Raises:
        PermissionDenied: the person holds no role.
    """
    filters = {
        name: values[0] if len(values) == 1 else values
        for name, values in request.GET.lists()
        if name not in _NO_FILTERS and any(values)
    }
    take_list_out(request.user, what=what, form=form, filters=filters, rows=rows, about=about)


def sheet_file(request: HttpRequest, sheet: Sheet, form: str) -> tuple[FileResponse, int]:
    """The file as a download, with its title, filters, day and person above one head row.

    It is written whole, to disk, before any of it is sent: a workbook is closed by its index at
    the end, and how many rows went into it is known only then.
    Returns:
        The download, and its number of rows.
    """
    now = timezone.localtime()
    said = [
        *sheet.said,
        (_("Exported"), say_instant(now)),
        (_("By"), str(request.user)),
    ]
    name = f"{sheet.name}-{now:%Y%m%d-%H%M}.{form}"
    file, kind = tempfile.TemporaryFile(), _XLSX  # noqa: SIM115 (the answer closes it)
    if form == "xlsx":
        rows = _write_xlsx(file, sheet, said)
    else:
        rows, kind = _write_csv(file, sheet, said), _CSV
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=name, content_type=kind), rows


def _write_csv(file: IO[bytes], sheet: Sheet, said: list[tuple[str, str]]) -> int:
    # A byte order mark: spreadsheets expect it of UTF-8.
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="", write_through=False)
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([_guarded(sheet.title)])
    writer.writerows([_guarded(what), _guarded(value)] for what, value in said)
    writer.writerow([])
    rows = 0
    for one in (sheet, *sheet.beside):
        if one is not sheet:
            writer.writerows([[], [_guarded(one.title)]])
        writer.writerow(_guarded(column.label) for column in one.columns)
        for row in one.rows:
            writer.writerow(_plain(column.of(row)) for column in one.columns)
            rows += 1
    # The file stays open behind its text.
    text.detach()
    return rows


def _plain(value: Any) -> Any:
    """A value as a cell of CSV: numbers bare, days as ISO, texts guarded."""
    match value:
        case None:
            return ""
        case bool():
            return _("yes") if value else _("no")
        case int() | float() | Decimal():
            return format(value, "f") if isinstance(value, Decimal) else value
        case datetime():
            return timezone.localtime(value).isoformat(sep=" ", timespec="seconds")
        case date():
            return value.isoformat()
    return _guarded(str(value))


def _guarded(text: str) -> str:
    """A text no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def _write_xlsx(file: IO[bytes], sheet: Sheet, said: list[tuple[str, str]]) -> int:
    import xlsxwriter

    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(file, options) as book:
        title = book.add_format({"bold": True, "font_size": 14})
        head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True})
        text = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
        day = book.add_format({"num_format": "dd/mm/yyyy", "valign": "top"})
        instant = book.add_format({"num_format": "dd/mm/yyyy hh:mm:ss", "valign": "top"})
        formats = {"text": text, "day": day, "instant": instant}
        rows = 0
        for one in (sheet, *sheet.beside):
            page, at, name = None, _ROWS, None if one is sheet else one.name
            for row in one.rows:
                rows += 1
                if at >= _ROWS:
                    page, at = _new_page(book, one, said, title, head, name)
                    name = None
                for i, column in enumerate(one.columns):
                    _write_cell(page, at, i, column.of(row), formats)
                at += 1
            if page is None:
                _new_page(book, one, said, title, head, name)
    return rows


def _new_page(
    book: Any, sheet: Sheet, said: list, title: Any, head: Any, name: str | None
) -> tuple[Any, int]:
    page = book.add_worksheet(name)
    for i, column in enumerate(sheet.columns):
        page.set_column(i, i, column.width)
    page.write_string(0, 0, sheet.title, title)
    for at, (what, value) in enumerate(said, 1):
        page.write_string(at, 0, what)
        page.write_string(at, 1, value[:_LETTERS])
    at = len(said) + 2
    for i, column in enumerate(sheet.columns):
        page.write_string(at, i, column.label, head)
    page.freeze_panes(at + 1, 0)
    return page, at + 1


def _write_cell(page: Any, at: int, i: int, value: Any, formats: dict[str, Any]) -> None:
    match value:
        case None | "":
            return
        case bool():
            page.write_string(at, i, _("yes") if value else _("no"), formats["text"])
        case int() | float() | Decimal():
            page.write_number(at, i, value)
        case datetime():
            naive = timezone.localtime(value).replace(tzinfo=None)
            page.write_datetime(at, i, naive, formats["instant"])
        case date():
            page.write_datetime(at, i, value, formats["day"])
        case _:
            page.write_string(at, i, _cut(str(value)), formats["text"])


def _cut(text: str) -> str:
    return text if len(text) <= _LETTERS else text[: _LETTERS - 1] + "…"
