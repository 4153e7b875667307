"""The four cells for any scope, with what they cannot hold, and the same by body."""

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from diemcau.delivery.doers.leads import PARTNERS_SIDE
from diemcau.delivery.queries import count_repeated
from diemcau.delivery.statistics.cells import (
    CELLS,
    Cells,
    Row,
    Share,
    count_by_body,
    count_cells,
    shares_of,
)
from diemcau.directory.models import Body
from diemcau.operation.answers import keep_answer
from diemcau.web.sheets import Column, Sheet, answer_sheet, asked_form, shows_and_takes_out
from diemcau.web.statistics.papers import answer_paper, asks_paper, read_signing
from diemcau.web.statistics.scope import Scope, read_scope

__all__ = ["BASE_WORDS", "CELL_WORDS", "statistics"]

CELL_WORDS: dict[str, str | Promise] = {
    "done_on_time": gettext_lazy("Done on time"),
    "done_late": gettext_lazy("Done late"),
    "in_time": gettext_lazy("Not done, in time"),
    "overdue": gettext_lazy("Not done, overdue"),
    "done_no_deadline": gettext_lazy("Done, no deadline"),
    "no_deadline": gettext_lazy("Not done, no deadline"),
    "suspended": gettext_lazy("Suspended"),
    "refused": gettext_lazy("Refused"),
}
SHARE_WORDS: dict[str, str | Promise] = {
    "done": gettext_lazy("Done"),
    "done_on_time": gettext_lazy("Done on time"),
    "overdue": gettext_lazy("Not done, overdue"),
}
BASE_WORDS: dict[str, str | Promise] = {
    "all": gettext_lazy("of all tasks counted"),
    "fell_due": gettext_lazy("of those that fell due: done with a deadline, or overdue"),
    "done_with_deadline": gettext_lazy("of those done with a deadline"),
}


@shows_and_takes_out
@keep_answer
def statistics(request: HttpRequest) -> HttpResponseBase:
    """The cells with their shares, each number a link to its tasks, and a row for each body."""
    scope = read_scope(request)
    tasks = scope.tasks()
    rows = count_by_body(tasks, under=scope.filter.body)
    if form := asked_form(request):
        return answer_sheet(request, _sheet(scope, rows), form)
    cells, repeated = count_cells(tasks), count_repeated(tasks)
    if asks_paper(request):
        told = {"cells": cells, "rows": rows, "repeated": repeated}
        return answer_paper(request, scope, "statistics", **told)
    context = {
        "cells": [_cell(scope, cells, name) for name in CELLS],
        "total": cells.total,
        "repeated": repeated,
        "matters": cells.total - repeated,
        "url_all": scope.link(tinh_trang=None),
        "awaiting": {"n": cells.awaiting, "url": scope.link(trang_thai="awaiting")},
        "check": _check(cells),
        "shares": [_share(one) for one in shares_of(cells) if one.whole],
        "heads": list(CELL_WORDS.values()),
        "rows": [_row(scope, row) for row in rows],
        "sums": _sums(rows),
        "body": Body.objects.filter(ref=scope.filter.body).first() if scope.filter.body else None,
        "signing": read_signing(request, scope),
        **scope.context(),
    }
    return render(request, "web/statistics/cells.html", context)


def _cell(scope: Scope, cells: Cells, name: str) -> dict[str, Any]:
    return {
        "name": name,
        "label": CELL_WORDS[name],
        "n": cells.of(name),
        "url": scope.link(tinh_trang=",".join(one.value for one in CELLS[name])),
    }


def _check(cells: Cells) -> dict[str, Any]:
    """The cells written out as a sum, beside how many tasks there are."""
    return {"parts": [cells.of(name) for name in CELLS], "total": cells.total}


def _share(one: Share) -> dict[str, Any]:
    return {
        "label": SHARE_WORDS[one.what],
        "base": BASE_WORDS[one.base],
        "part": one.part,
        "whole": one.whole,
    }


def _row(scope: Scope, row: Row) -> dict[str, Any]:
    narrowed = _narrowed(row)
    return {
        "row": row,
        "label": row_label(row),
        "url": scope.here(co_quan=row.ref) if row.body and row.how != "own" else "",
        "n": row.cells.total,
        "all": scope.link(**narrowed, tinh_trang=None),
        "cells": [
            {
                "label": CELL_WORDS[name],
                "n": row.cells.of(name),
                "url": scope.link(
                    **narrowed, tinh_trang=",".join(one.value for one in CELLS[name])
                ),
            }
            for name in CELLS
        ],
        "shares": [one for one in shares_of(row.cells) if one.what == "done" and one.whole],
    }


def _narrowed(row: Row) -> dict[str, str | None]:
    """The filters of the register that leave the tasks of one row."""
    if not row.ref:
        return {"chua_ro": "1"}
    if row.ref == PARTNERS_SIDE:
        return {"phia_doi_tac": "1"}
    alone = "1" if row.how == "own" else None
    return {"co_quan": row.ref, "vai_tro": "chu-tri", "rieng": alone}


def row_label(row: Row) -> str:
    """What a row is called."""
    if not row.ref:
        return _("No single lead")
    if row.ref == PARTNERS_SIDE:
        return _("The partner's side keeps this promise")
    if row.body is None:
        return _("Lead not in the directory")
    if row.how == "own":
        return _("%(body)s itself") % {"body": row.body}
    if row.how == "inherited":
        return _("%(body)s, taken over") % {"body": row.body}
    return str(row.body)


def _sums(rows: list[Row]) -> dict[str, Any]:
    total = sum((row.cells for row in rows), start=Cells())
    return {"cells": [total.of(name) for name in CELLS], "n": total.total}


def _sheet(scope: Scope, rows: list[Row]) -> Sheet:
    def of(name: str) -> Any:
        return lambda row: row[1].of(name)

    def share(base: str) -> Any:
        return lambda row: _ratio(row[1], base)

    columns = [
        Column(_("Body"), lambda row: row[0], 44),
        Column(_("Assigned"), lambda row: row[1].total, 10),
        *(Column(str(label), of(name), 12) for name, label in CELL_WORDS.items()),
        Column(_("of them awaiting confirmation"), lambda row: row[1].awaiting, 12),
        Column(_("Done, share of all (%)"), share("all"), 12),
        Column(_("Done, share of those that fell due (%)"), share("fell_due"), 14),
        Column(_("Fell due: done with a deadline, or overdue"), lambda row: row[1].fell_due, 12),
    ]
    lines = [(row_label(row), row.cells) for row in rows]
    total = sum((row.cells for row in rows), start=Cells())
    return Sheet(
        "thong-ke-nhiem-vu",
        _("Task statistics"),
        columns,
        [*lines, (_("Together"), total)],
        scope.said(),
    )


def _ratio(cells: Cells, base: str) -> Any:
    found = next(o for o in shares_of(cells) if (o.what, o.base) == ("done", base))
    return round(found.part * 100 / found.whole, 2) if found.whole else None
