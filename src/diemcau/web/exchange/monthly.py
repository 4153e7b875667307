"""The monthly table of a body: on screen, as the workbook it fills in, as an official report."""

from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone, translation

from diemcau.delivery.deadlines import DueRule
from diemcau.delivery.doers.naming import body_named
from diemcau.delivery.doers.reporting import own_bodies
from diemcau.delivery.periods import Span, period_of
from diemcau.delivery.refusals import Refused
from diemcau.directory.models import Body
from diemcau.exchange.monthly.rows import fill_monthly, month_of, tasks_of_month
from diemcau.exchange.monthly.writing import write_monthly
from diemcau.reports.monthly import monthly_report
from diemcau.web.directory.sending import XLSX
from diemcau.web.filters import page_of
from diemcau.web.papers import answer_docx, asks_paper, read_signing, site_of
from diemcau.web.sheets import asked_form, record_taking, shows_and_takes_out

__all__ = ["monthly"]

_BODY, _MONTH = "co-quan", "thang"
_MONTHS = 13
_OFFERED = 200


@shows_and_takes_out
def monthly(request: HttpRequest) -> HttpResponseBase:
    """The tasks of one body in one reporting month, with what was last said of each."""
    today = timezone.localdate()
    months = _months(period_of(today, "month", DueRule.ADMINISTRATIVE))
    span = month_of(request.GET.get(_MONTH, "").strip()) or months[1]
    bodies = Body.objects.filter(pk__in=own_bodies(request.user)).select_related("parent")
    own = list(bodies.order_by("name")[:_OFFERED])
    body, wrong = _body(request, own)
    context: dict[str, Any] = {
        "body": body,
        "typed": request.GET.get(_BODY, ""),
        "wrong": wrong,
        "own": own,
        "span": span,
        "months": months,
    }
    if body is not None:
        tasks = tasks_of_month(request.user, body, span, on=today)
        if asked_form(request) == "xlsx":
            return _workbook(request, tasks, body, span)
        if asks_paper(request):
            return _paper(request, tasks, body, span)
        page = page_of(request, tasks.select_related("directive__instrument", "document"))
        context |= {
            "page": page,
            "rows": fill_monthly(request.user, list(page.object_list), body),
            "signing": read_signing(request, body, symbol="BC"),
        }
    return render(request, "web/exchange/monthly.html", context)


def _months(name: str) -> list[Span]:
    """The reporting month that runs and those before it."""
    found: list[Span] = []
    for _at in range(_MONTHS):
        span = month_of(name)
        if span is None:
            break
        found.append(span)
        # The month before is named by its last day, which is the day this one's first month has.
        name = f"{span.first:%Y-%m}"
    return found


def _body(request: HttpRequest, own: list[Body]) -> tuple[Body | None, str]:
    typed = request.GET.get(_BODY, "").strip()
    if not typed:
        return (own[0] if len(own) == 1 else None), ""
    for one in own:
        if typed in (one.ref, one.name):
            return one, ""
    try:
        body = body_named(typed, on=timezone.localdate())
    except Refused as refused:
        return None, str(refused)
    return body, ""


def _workbook(request: HttpRequest, tasks: Any, body: Body, span: Span) -> HttpResponseBase:
    rows = fill_monthly(request.user, tasks, body)
    file = write_monthly(rows, body=body, span=span, who=str(request.user))
    record_taking(request, "bao-cao-thang", "xlsx", len(rows))
    name = f"bieu-thang-{span.name}-{body.ref}.xlsx"
    return FileResponse(file, as_attachment=True, filename=name, content_type=XLSX)


def _paper(request: HttpRequest, tasks: Any, body: Body, span: Span) -> HttpResponseBase:
    asked = read_signing(request, body, symbol="BC")
    with translation.override("vi"):
        rows = fill_monthly(request.user, tasks, body)
    data = monthly_report(
        head=asked.head,
        signing=asked.signing,
        body=body.name,
        rows=rows,
        span=span,
        on=timezone.localdate(),
        site=site_of(request),
    )
    name = f"bao-cao-thang-{span.name}-{body.ref}"
    return answer_docx(request, data, name, what="bao-cao-thang", rows=len(rows))
