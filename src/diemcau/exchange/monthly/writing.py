"""The monthly table as a workbook: the form in use, with the mark of a file made here."""

import tempfile
from collections.abc import Iterable
from hashlib import sha256
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from diemcau.delivery.periods import Span
from diemcau.delivery.states import Status
from diemcau.directory.models import Body
from diemcau.exchange.cells import plain
from diemcau.exchange.monthly.form import FORM_ID, MONTHLY
from diemcau.exchange.monthly.rows import MonthlyRow
from diemcau.exchange.signing import SIGNATURE_SHEET, signature_lines

__all__ = ["FILLED", "print_of", "title_of", "write_monthly"]

FILLED = ("result", "status")
"""The columns a body fills in."""
_FONT = {"font_name": "Times New Roman", "font_size": 12, "valign": "top", "text_wrap": True}
_HEAD_AT = 5


def title_of(span: Span) -> tuple[str, str]:
    """The heading of the form, and the line under it with the days of the month."""
    month = f"{int(span.name[5:7])}/{span.name[:4]}"
    return (
        _("SUMMARY OF RESULTS ON TASKS GIVEN BY THE GOVERNMENT AND THE PRIME MINISTER"),
        _("Month %(month)s (from %(first)s to %(last)s)")
        % {
            "month": month,
            "first": f"{span.first:%d/%m/%Y}",
            "last": f"{span.last:%d/%m/%Y}",
        },
    )


def print_of(cell: str) -> str:
    """What tells whether a cell was touched since the file was made."""
    return sha256(plain(cell).encode()).hexdigest()[:16]


def write_monthly(rows: Iterable[MonthlyRow], *, body: Body, span: Span, who: str) -> Any:
    """The table as a workbook that is open and at its beginning.

    Args:
        who: whom it was made for.
    """
    import xlsxwriter

    file = tempfile.TemporaryFile()  # noqa: SIM115 (who asked closes it)
    options = {"strings_to_formulas": False, "strings_to_urls": False}
    said = {
        "form": FORM_ID,
        "made": timezone.localdate().isoformat(),
        "for": who[:100],
        "body": body.ref,
        "period": span.name,
    }
    versions: list[tuple[int, int]] = []
    columns = MONTHLY.columns
    last = len(columns) - 1
    with xlsxwriter.Workbook(file, options) as book:
        page = book.add_worksheet(f"{_('Month')} {span.name[5:7]}-{span.name[:4]}"[:31])
        page.set_landscape()
        page.set_paper(9)
        page.fit_to_pages(1, 0)
        page.repeat_rows(_HEAD_AT)
        strong = {**_FONT, "bold": True, "align": "center", "valign": "vcenter"}
        page.merge_range(0, 0, 0, 3, body.name.upper(), book.add_format(strong))
        heading, under = title_of(span)
        page.merge_range(2, 0, 2, last, heading, book.add_format({**strong, "font_size": 14}))
        page.merge_range(
            3, 0, 3, last, under, book.add_format({**_FONT, "italic": True} | {"align": "center"})
        )
        head = book.add_format({**strong, "border": 1})
        grey = book.add_format({**strong, "border": 1, "bg_color": "#EEEEEE"})
        shown = book.add_format({**_FONT, "border": 1, "bg_color": "#F7F7F7"})
        filled = book.add_format({**_FONT, "border": 1, "num_format": "@"})
        for at, column in enumerate(columns):
            page.set_column(at, at, column.width)
            page.write_string(
                _HEAD_AT, at, str(column.label), head if column.name in FILLED else grey
            )
            page.write_comment(_HEAD_AT, at, str(column.what))
        page.freeze_panes(_HEAD_AT + 1, 0)
        number = _HEAD_AT
        for number, row in enumerate(rows, _HEAD_AT + 1):
            versions.append((row.task.pk, row.task.version))
            for at, column in enumerate(columns):
                cell_format = filled if column.name in FILLED else shown
                if column.name == "no":
                    page.write_number(number, at, number - _HEAD_AT, cell_format)
                elif column.name == "id":
                    page.write_number(number, at, row.task.pk, cell_format)
                else:
                    page.write_string(number, at, row.cell(column.name), cell_format)
            said[f"{row.task.pk} result"] = print_of(row.result)
            said[f"{row.task.pk} status"] = row.task.status
        states = [str(one.label) for one in Status]
        at = next(n for n, column in enumerate(columns) if column.name == "status")
        page.data_validation(
            _HEAD_AT + 1,
            at,
            max(number, _HEAD_AT + 1),
            at,
            {"validate": "list", "source": states, "error_type": "warning"},
        )
        hidden = book.add_worksheet(SIGNATURE_SHEET)
        hidden.very_hidden()
        for line, (name, value) in enumerate(signature_lines(said, versions)):
            hidden.write_string(line, 0, name)
            hidden.write_string(line, 1, value)
    file.seek(0)
    return file
