"""The funnel of commitments, and how long the open ones have waited."""

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _

from diemcau.delivery import queries
from diemcau.delivery.models import Side
from diemcau.delivery.statistics.funnel import AGES, Funnel, Step, count_funnel
from diemcau.operation.answers import keep_answer
from diemcau.web.days import say_day
from diemcau.web.filters import page_of
from diemcau.web.sheets import Column, Sheet, answer_sheet, asked_form, shows_and_takes_out
from diemcau.web.statistics.scope import Scope, read_scope

__all__ = ["funnel"]


@shows_and_takes_out
@keep_answer
def funnel(request: HttpRequest) -> HttpResponseBase:
    """Signed, started, delivering, delivered: how many, of how many, in how many days."""
    scope = read_scope(request)
    told = count_funnel(request.user, scope.tasks(), on=scope.on)
    if form := asked_form(request):
        return answer_sheet(request, _sheet(scope, told), form)
    step = request.GET.get("buoc", "")
    chosen = _chosen(told, step)
    context = {
        "told": told,
        "steps": [
            {"reach": one, "url": scope.here(buoc=one.step.value), "on": one.step == step}
            for one in told.steps
        ],
        "ages": [_age_words(first, last) for first, last in AGES],
        "ageing": [{"row": row, "label": side_words(row.side)} for row in told.ageing],
        "aged": [sum(row.n[at] for row in told.ageing) for at in range(len(AGES))],
        "unknown": sum(row.unknown for row in told.ageing),
        "undated_url": scope.here(buoc=_UNDATED),
        "chosen": chosen[0] if chosen else "",
        "page": _page(request, scope, chosen[1]) if chosen else None,
        **scope.context(),
    }
    return render(request, "web/statistics/funnel.html", context)


_UNDATED = "chua-ro-ngay"
"""The list, beside the steps, of what has no known day."""


def _chosen(told: Funnel, step: str) -> tuple[str, tuple[int, ...]] | None:
    """What the list asked for is called, and the ids of its tasks."""
    if step == _UNDATED:
        return _("The day of signing or promising is not known"), told.undated
    lists = {one.step.value: (str(one.step.label), one.tasks) for one in told.steps}
    return lists.get(step)


def _page(request: HttpRequest, scope: Scope, tasks: tuple[int, ...]) -> Any:
    page = page_of(request, tasks)
    rows = queries.list_tasks(request.user, on=scope.on).filter(pk__in=list(page.object_list))
    found = rows.prefetch_related(queries.standing_assignments()).in_bulk()
    page.object_list = [found[pk] for pk in page.object_list if pk in found]
    return page


def side_words(side: str) -> str:
    """On whose side the obstacles of commitments lie."""
    return str(Side(side).label) if side else _("No obstacle known")


def _age_words(first: int, last: int | None) -> str:
    if last is None:
        return _("more than %(n)s days") % {"n": first - 1}
    return _("%(first)s–%(last)s days") % {"first": first, "last": last}


def _sheet(scope: Scope, told: Funnel) -> Sheet:
    steps = [
        {
            "what": str(one.step.label),
            "n": one.n,
            "of": one.of if one.step != Step.SIGNED else None,
            "days": one.days,
        }
        for one in told.steps
    ]
    ages = [_age_words(first, last) for first, last in AGES]
    aged = [
        {
            "what": f"{_('Still open')}, {side_words(row.side)}, {age}",
            "n": n,
            "of": told.open,
            "days": None,
        }
        for row in told.ageing
        for age, n in [*zip(ages, row.n, strict=True), (_("day not known"), row.unknown)]
    ]
    columns = [
        Column(_("Item counted"), lambda row: row["what"], 52),
        Column(_("Count"), lambda row: row["n"], 10),
        Column(_("Of"), lambda row: row["of"], 10),
        Column(_("Share (%)"), _share, 10),
        Column(_("Days known of"), lambda row: row["days"].n if row["days"] else None, 12),
        Column(_("Lower quartile, days"), lambda r: r["days"].lower if r["days"] else None, 12),
        Column(_("Median, days"), lambda row: row["days"].median if row["days"] else None, 12),
        Column(_("Upper quartile, days"), lambda r: r["days"].upper if r["days"] else None, 12),
    ]
    said = [*scope.said(), (_("Told for"), say_day(told.on))]
    return Sheet("cam-ket", _("From signed to delivered"), columns, [*steps, *aged], said)


def _share(row: dict[str, Any]) -> float | None:
    return round(row["n"] * 100 / row["of"], 1) if row["of"] else None
