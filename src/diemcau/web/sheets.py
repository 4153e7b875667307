"""A list as a file: XLSX or CSV of every row it shows, page after page, under the same filters.

Texts stay texts: no cell of ours is ever taken for a formula, whatever a document said.
"""

import csv
import io
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from urllib.parse import quote

from django.http import FileResponse, HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from diemcau.web.days import say_instant
from diemcau.web.filters import Filters

__all__ = ["FORM", "FORMS", "Column", "Sheet", "answer_sheet", "asked_form", "said_filters"]

FORM = "xuat"
"""Query parameter by which a list is asked for as a file."""
FORMS = ("xlsx", "csv")
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_ROWS, _LETTERS = 1_048_576, 32_767
"""What a sheet, and a cell, of the format holds."""
_BATCH = 200
"""Rows joined into one piece of the answer."""
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
        name: of the file without ending, and of the sheet.
        title: first line.
        rows: read once, one after the other.
        said: filters in words: (what, value).
    """

    name: str
    title: str
    columns: Sequence[Column]
    rows: Iterable[Any]
    said: Sequence[tuple[str, str]] = field(default_factory=tuple)


def asked_form(request: HttpRequest) -> str:
    """The form the address asks for; "" for a page."""
    form = request.GET.get(FORM, "")
    return form if form in FORMS else ""


def said_filters(filters: Filters) -> list[tuple[str, str]]:
    """The filters in use as words, for the head of the file."""
    return [(_("Filter"), chip.label) for chip in filters.active]


def answer_sheet(request: HttpRequest, sheet: Sheet, form: str) -> HttpResponseBase:
    """The file as a download: its title, filters, day and person above one head row.

    Args:
        form: one of `FORMS`.
    """
    now = timezone.localtime()
    said = [
        *sheet.said,
        (_("Exported"), say_instant(now)),
        (_("By"), str(request.user)),
    ]
    name = f"{sheet.name}-{now:%Y%m%d-%H%M}.{form}"
    if form == "xlsx":
        # A workbook is closed by its index at the end, so it is written whole, to disk.
        return FileResponse(
            _write_xlsx(sheet, said), as_attachment=True, filename=name, content_type=_XLSX
        )
    lines = _in_language(_csv_lines(sheet, said), translation.get_language() or "vi")
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = (
        f"attachment; filename=\"{name}\"; filename*=UTF-8''{quote(name)}"
    )
    return response


def _in_language(pieces: Iterator[str], language: str) -> Iterator[str]:
    """The pieces of an answer, made in the language of its request after the request is over."""
    while True:
        with translation.override(language):
            piece = next(pieces, None)
        if piece is None:
            return
        yield piece


def _csv_lines(sheet: Sheet, said: list[tuple[str, str]]) -> Iterator[str]:
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    # A byte order mark: spreadsheets expect it of UTF-8.
    buffer.write("\ufeff")
    writer.writerow([_guarded(sheet.title)])
    writer.writerows([_guarded(what), _guarded(value)] for what, value in said)
    writer.writerow([])
    writer.writerow(_guarded(column.label) for column in sheet.columns)
    for number, row in enumerate(sheet.rows, 1):
        writer.writerow(_plain(column.of(row)) for column in sheet.columns)
        if number % _BATCH == 0:
            yield buffer.getvalue()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue()


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


def _write_xlsx(sheet: Sheet, said: list[tuple[str, str]]) -> Any:
    import xlsxwriter

    file = tempfile.TemporaryFile()  # noqa: SIM115 (the answer closes it)
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(file, options) as book:
        title = book.add_format({"bold": True, "font_size": 14})
        head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True})
        text = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
        day = book.add_format({"num_format": "dd/mm/yyyy", "valign": "top"})
        instant = book.add_format({"num_format": "dd/mm/yyyy hh:mm:ss", "valign": "top"})
        formats = {"text": text, "day": day, "instant": instant}
        page, at = None, _ROWS
        for row in sheet.rows:
            if at >= _ROWS:
                page, at = _new_page(book, sheet, said, title, head)
            for i, column in enumerate(sheet.columns):
                _write_cell(page, at, i, column.of(row), formats)
            at += 1
        if page is None:
            _new_page(book, sheet, said, title, head)
    file.seek(0)
    return file


def _new_page(book: Any, sheet: Sheet, said: list, title: Any, head: Any) -> tuple[Any, int]:
    page = book.add_worksheet()
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
