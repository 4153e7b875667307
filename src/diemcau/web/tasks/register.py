"""The register: every task that stands, counted, filtered, sorted, and changed many at once."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.core.paginator import Paginator
from django.db.models import F, OuterRef, QuerySet, Subquery
from django.db.models.expressions import OrderBy
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from diemcau.accounts.rules import can_confirm
from diemcau.delivery import queries
from diemcau.delivery.models import Task
from diemcau.delivery.rules import can_follow_up
from diemcau.delivery.saved import start_query
from diemcau.delivery.states import Standing
from diemcau.directory.models import Body
from diemcau.operation.answers import keep_answer
from diemcau.web.filters import PAGE, PER_PAGE
from diemcau.web.sheets import answer_sheet, asked_form, shows_and_takes_out
from diemcau.web.tasks.asked import Asked, read_asked, suggest
from diemcau.web.tasks.columns import COLUMNS, chosen_columns, tasks_sheet

__all__ = ["strip_of", "suggestions", "tasks"]

SORTS = {
    "han": ("held_due", "-said_on", "pk"),
    "moi": ("-said_on", "pk"),
    "giao-boi": ("issuer", "pk"),
    "viec": ("action", "pk"),
    "tin": ("held_word", "pk"),
    "tin-moi": ("-held_word", "pk"),
    "chu-tri": ("lead_sort", "held_due", "pk"),
}
"""Orders of the register by name; the first is the one without a choice. Silent ones are at the
end of both orders by the last word."""
_ALL = "tat-ca"
"""Parameter that asks for the whole register where another view is the one to begin with."""


@shows_and_takes_out
@keep_answer
def tasks(request: HttpRequest) -> HttpResponseBase:
    """The register, as the address narrows, sorts and lays it out."""
    if not request.GET and (query := start_query(request.user)):
        return redirect(f"{reverse('tasks')}?{query}")
    asked = read_asked(request)
    by, filters = request.user, asked.filters
    sort = filters.get("xep") if filters.get("xep") in SORTS else "han"
    found = queries.find_tasks(by, asked.filter, on=asked.on)
    if form := asked_form(request):
        return answer_sheet(request, tasks_sheet(_full(_sorted(found, sort)), filters), form)
    counts = _counts(request, asked)
    n = sum(counts[one] for one in asked.filter.standings or Standing.values if one in counts)
    shown = chosen_columns(request.GET.getlist("cot"))
    rows = _Rows(_sorted(found, sort), n, shown)
    is_narrowed = bool(filters.active)
    context = {
        "page": Paginator(rows, _per_page(request)).get_page(request.GET.get(PAGE)),
        "n": n,
        "undated": _undated(request, asked),
        "counts": counts,
        "strip": strip_of(counts, lambda value: filters.url(**{"tinh-trang": value})),
        "chosen": filters.get("tinh-trang"),
        "is_narrowed": is_narrowed,
        "n_to_review": 0 if is_narrowed else queries.n_tasks_to_review(by),
        "sorts": {name: filters.url(xep=name) for name in SORTS},
        "sort": sort,
        "asked": asked,
        "form": asked.form(),
        "shown": shown,
        "columns": [(name, label, name in shown) for name, (label, _usual) in COLUMNS.items()],
        "shown_asked": request.GET.getlist("cot"),
        "may_change": can_follow_up(by) and not asked.is_past,
        "may_add": can_confirm(by),
        "may_remind": can_confirm(by) and not asked.is_past,
        "query": _query(request),
        **filters.context(),
    }
    return render(request, "web/tasks.html", context)


def _undated(request: HttpRequest, asked: Asked) -> dict[str, Any] | None:
    """The tasks a period leaves out because nobody knows their day."""
    if not asked.filter.said:
        return None
    left_out = replace(asked.filter, said="", undated=True)
    n = queries.find_tasks(request.user, left_out, on=asked.on).count()
    return {"n": n, "url": asked.filters.url(**{"ky-noi": None, "chua-ro-ngay": "1"})}


_LONG_PAGE = 100


def _per_page(request: HttpRequest) -> int:
    return _LONG_PAGE if request.GET.get("so-dong") == str(_LONG_PAGE) else PER_PAGE


def _query(request: HttpRequest) -> str:
    """The address's query without what is no part of a view."""
    query = request.GET.copy()
    for name in (PAGE, _ALL):
        query.pop(name, None)
    return query.urlencode()


def _counts(request: HttpRequest, asked: Asked) -> dict[str, int]:
    """The counts of the strip: of what the other filters leave, whatever standing is chosen."""
    others = replace(asked.filter, standings=())
    if asked.filters.active:
        return queries.kept_standings(request.user, others, on=asked.on)
    return queries.count_tasks(request.user, on=asked.on, asked=others)


def strip_of(counts: dict[str, int], url: Any) -> list[dict[str, Any]]:
    """The counting strip: the four cells of the official statistics, then what they cannot hold.

    Source: the four cells of the Government's task statistics; every task is in exactly one cell.
    Args:
        counts: by standing, and `all`.
        url: the address of a standing's list, by its value.
    """

    def cell(tone: str, value: str, label: Any, *of: Standing) -> dict[str, Any]:
        found = {"tone": tone, "value": value, "label": label, "url": url(value)}
        return {**found, "n": sum(counts[one] for one in of or (Standing(value),))}

    in_time = cell("in_time", "in_time,near", _("Not done, in time"), *_IN_TIME)
    if counts[Standing.NEAR]:
        in_time["part"] = cell("near", "near", Standing.NEAR.label)
    official = [
        cell("late", "late", _("Not done, overdue")),
        in_time,
        cell("done_on_time", "done_on_time", Standing.DONE_ON_TIME.label),
        cell("done_late", "done_late", Standing.DONE_LATE.label),
    ]
    rest = [
        cell("none", "none", Standing.NONE.label),
        cell("done", "done", Standing.DONE.label),
        cell("suspended", "suspended", Standing.SUSPENDED.label),
        cell("refused", "refused", Standing.REFUSED.label),
    ]
    return [
        {"label": _("The four cells of the official statistics"), "cells": official},
        {"label": _("What the four cells do not hold"), "cells": rest},
    ]


_IN_TIME = (Standing.IN_TIME, Standing.NEAR)


class _Rows:
    """The tasks of a list for its pages: counted already, and read in two steps.

    Sorting carries the ids alone; a page's rows are read by id, with what its cells tell.
    """

    ordered = True

    def __init__(self, found: QuerySet[Task], n: int, shown: Sequence[str]) -> None:
        self.found, self.n, self.shown = found, n, shown

    def count(self) -> int:
        return self.n

    def __len__(self) -> int:
        return self.n

    def __getitem__(self, part: slice) -> Sequence[Task]:
        ids = list(self.found.values_list("pk", flat=True)[part])
        these = self.found.order_by().filter(pk__in=ids)
        if "van-ban" in self.shown:
            these = these.select_related("directive__instrument")
        else:
            these = these.only(*_TOLD)
        given = queries.standing_assignments(into="given")
        rows = {row.pk: row for row in these.prefetch_related(given)}
        return [rows[pk] for pk in ids if pk in rows]


_TOLD = (
    *("version", "title", "nature", "status", "lead", "deadline", "due_from", "due_to"),
    *("issuer", "said_on", "programme", "code"),
)


def _full(found: QuerySet[Task]) -> QuerySet[Task]:
    return found.select_related("document", "statement", "directive__instrument").prefetch_related(
        queries.standing_assignments()
    )


def _sorted(found: QuerySet[Task], sort: str) -> QuerySet[Task]:
    if sort == "chu-tri":
        lead = Body.objects.filter(ref=OuterRef("lead")).order_by()
        found = found.annotate(lead_sort=Subquery(lead.values("sort")[:1]))
    return found.order_by(*_nulls_last(SORTS[sort]))


def _nulls_last(order: tuple[str, ...]) -> list[OrderBy]:
    return [
        F(name[1:]).desc(nulls_last=True) if name[0] == "-" else F(name).asc(nulls_last=True)
        for name in order
    ]


@require_GET
def suggestions(request: HttpRequest) -> HttpResponse:
    """What may be meant while a field is typed, as its options.

    `o` names the field where it differs; `duoi` is the body whose own alone may be chosen.
    """
    name = request.GET.get("truong", "")
    typed = request.GET.get(request.GET.get("o", name), "")
    below = request.GET.get("duoi", "")
    rows = suggest(request.user, name, typed, on=timezone.localdate(), below=below)
    options = format_html_join("", '<option value="{}">{}</option>', rows)
    return HttpResponse(format_html("{}", options))
