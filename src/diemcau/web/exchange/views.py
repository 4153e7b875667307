"""Files of tasks in: bring one, look at what it would change, have it written, have it undone."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from diemcau.accounts.rules import can_confirm
from diemcau.delivery.models import ProgressState
from diemcau.delivery.rules import can_follow_up
from diemcau.documents.opening import check_size
from diemcau.exchange.applying import ImportRefused, recognise_rows, start_applying
from diemcau.exchange.cells import said_cell
from diemcau.exchange.columns import COLUMNS, NAMES, column_of
from diemcau.exchange.models import ImportState, Mode, Outcome, RowKind, TaskRow
from diemcau.exchange.monthly.form import MONTHLY, monthly_column
from diemcau.exchange.queries import count_rows, list_imports, list_rows
from diemcau.exchange.reading import MOST_BYTES, MOST_ROWS, Fault, UnreadableFile
from diemcau.exchange.taking import bring
from diemcau.exchange.undoing import start_undoing
from diemcau.web.filters import id_of
from diemcau.web.jobs.views import progress_of
from diemcau.web.uploads import takes_body
from vanban import DocumentError

__all__ = ["apply", "imports", "one", "recognise", "undo"]

_ON_A_PAGE = 50
_WRITABLE = (RowKind.NEW, RowKind.CHANGED)
_UNFIT = (RowKind.FAULT, RowKind.CONFLICT, RowKind.PROPOSED)
_TO_WORDS = {
    ProgressState.DRAFT: gettext_lazy("Keep them as drafts of the body"),
    ProgressState.SUBMITTED: gettext_lazy("Hand them to the approver"),
    ProgressState.RELEASED: gettext_lazy("Release them now"),
}
_REPORT_TO = (ProgressState.DRAFT, ProgressState.SUBMITTED, ProgressState.RELEASED)


@takes_body(MOST_BYTES + 1024 * 1024, file=MOST_BYTES)
def imports(request: HttpRequest) -> HttpResponse:
    """The files somebody brought, and bringing another one."""
    if not can_follow_up(request.user):
        raise PermissionDenied
    faults: list[Fault] = []
    if request.method == "POST":
        file = request.FILES.get("file")
        if not isinstance(file, UploadedFile):
            faults = [Fault(0, "", _("Choose a file first."))]
        else:
            try:
                # Of a file that is too large only its size is here.
                check_size(file.size or 0, name=file.name or "", limit=MOST_BYTES)
                batch, is_new = bring(request.user, data=file.read(), name=file.name or "")
                if not is_new:
                    words = _("This very file was brought before; nothing is done a second time.")
                    messages.info(request, words)
                return redirect("exchange_file", batch.pk)
            except UnreadableFile as refused:
                faults = refused.faults
            except DocumentError as refusal:
                words = refusal.en if get_language() == "en" else refusal.vi
                faults = [Fault(0, "", words)]
    page = Paginator(list_imports(request.user), _ON_A_PAGE).get_page(request.GET.get("trang"))
    context = {
        "page": page,
        "faults": [(f, _column(f.column)) for f in faults],
        "columns": COLUMNS,
        "most": MOST_ROWS,
        "most_mb": MOST_BYTES // 2**20,
    }
    return render(request, "web/exchange/files.html", context, status=422 if faults else 200)


@require_safe
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """What a file would change, row by row; then how far its writing is, and what was written."""
    batch = get_object_or_404(list_imports(request.user), pk=pk)
    n = count_rows(batch)
    kind = request.GET.get("loai", "")
    outcome = request.GET.get("ket-qua", "")
    if kind not in RowKind.values:
        kind = "" if kind or outcome or not n[RowKind.SAME] else _first_of(n)
    outcome = outcome if outcome in Outcome.values else ""
    rows = list_rows(batch, kind=kind, outcome=outcome)
    page = Paginator(rows, _ON_A_PAGE).get_page(request.GET.get("trang"))
    context = {
        "batch": batch,
        "page": page,
        "rows": [_shown(row) for row in page.object_list],
        "kinds": [(k.value, k.label, n[k], k == kind) for k in RowKind if n[k]],
        "outcomes": [
            (o.value, o.label, n[f"outcome:{o}"], o == outcome)
            for o in Outcome
            if n.get(f"outcome:{o}")
        ],
        "n": n,
        "n_writable": sum(n[k] for k in _WRITABLE),
        "n_wrong": sum(n[k] for k in _UNFIT),
        "n_to_mend": sum(n[k] for k in _UNFIT) + n.get("outcome:left", 0),
        "is_monthly": batch.form == MONTHLY.form,
        "report_to": [(one.value, _TO_WORDS[one]) for one in _REPORT_TO if _may(request, one)],
        "can_apply": batch.state == ImportState.COMPARED and any(n[k] for k in _WRITABLE),
        "can_recognise": batch.state == ImportState.COMPARED and n[RowKind.PROPOSED] > 0,
        "can_undo": batch.state == ImportState.APPLIED
        and n.get("outcome:written", 0) > 0
        # What was handed on or released is corrected by the next report, not taken back.
        and batch.report_to in ("", ProgressState.DRAFT),
        "progress": progress_of(batch.job) if batch.job else None,
    }
    return render(request, "web/exchange/file.html", context)


@require_POST
def apply(request: HttpRequest, pk: int) -> HttpResponse:
    """Have the rows written."""
    mode = Mode.GOOD if request.POST.get("mode") == Mode.GOOD else Mode.ALL
    to = request.POST.get("to", "")
    report_to = ProgressState(to) if to in _REPORT_TO else ProgressState.DRAFT
    return _start(request, pk, partial(start_applying, mode=mode, report_to=report_to))


@require_POST
def recognise(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm the tasks proposed for rows without a number."""
    numbers = [number for one in request.POST.getlist("row") if (number := id_of(one)) is not None]
    return _start(request, pk, partial(recognise_rows, rows=numbers))


@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Have what was written taken back."""
    return _start(request, pk, start_undoing)


def _start(request: HttpRequest, pk: int, start: Any) -> HttpResponse:
    get_object_or_404(list_imports(request.user), pk=pk)
    try:
        start(request.user, batch=pk)
    except ImportRefused as refused:
        messages.error(request, str(refused))
    return redirect("exchange_file", pk)


def _may(request: HttpRequest, to: ProgressState) -> bool:
    return to != ProgressState.RELEASED or can_confirm(request.user)


def _first_of(n: dict[str, int]) -> str:
    """What is looked at first: what cannot stand, then what would change."""
    order = (*_UNFIT, RowKind.CHANGED, RowKind.NEW)
    return next((kind.value for kind in order if n[kind]), "")


def _shown(row: TaskRow) -> dict[str, Any]:
    wrong = {column for column, _found, _why in row.faults}
    return {
        "row": row,
        "is_proposed": row.kind == RowKind.PROPOSED,
        "changes": [
            (_column(name), _said(name, here), _said(name, there))
            for name, here, there in row.changes
            if name not in wrong
        ],
        "faults": [(_column(name), _said(name, found), why) for name, found, why in row.faults],
    }


def _said(name: str, cell: str) -> str:
    return said_cell(column_of(name), cell) if name in NAMES else cell


def _column(name: str) -> str:
    for known in (column_of, monthly_column):
        try:
            return str(known(name).label)
        except KeyError:
            continue
    return name
