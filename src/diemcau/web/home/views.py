"""The first page after signing in: what there is to do, bad news first."""

from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Count, F, Q, Window
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from diemcau.accounts.rules import Duty, can_add_documents, can_confirm, held_by
from diemcau.delivery import queries as ledger
from diemcau.delivery.narrowing import SILENT_DAYS, TaskFilter
from diemcau.delivery.rules import held_bodies
from diemcau.delivery.states import Standing
from diemcau.documents.queries import statements_to_decide
from diemcau.documents.rules import Reader, kept_for, library_of
from diemcau.indicators import queries as figures
from diemcau.indicators.queries import AT_ODDS
from diemcau.operation.answers import keep_answer

__all__ = ["home"]

_FEW = 7
_SHOWN = 12


@require_GET
@keep_answer
def home(request: HttpRequest) -> HttpResponse:
    """What waits for this person, one list at a time, and what waits to be read."""
    today = timezone.localdate()
    by = request.user
    duties = _duties(by)
    counts = ledger.count_each(by, {d["key"]: d["asked"] for d in duties}, on=today)
    chosen = _chosen(request, duties, counts)
    # What only somebody who confirms can settle is no work of those who report or read.
    may_confirm = can_confirm(by)
    odds, n_at_odds = _at_odds(by) if may_confirm else ([], 0)
    matters, n_matters = ledger.list_matters(by, most=_FEW) if may_confirm else ([], 0)
    waiting = list(
        statements_to_decide(by)
        .values("document", "document__name", "document__title", "document__event_on")
        .annotate(n=Count("pk"))
        .order_by(F("document__event_on").desc(nulls_last=True), "document")
    )
    context = {
        "cells": [
            {
                **duty,
                "n": counts[duty["key"]],
                "url": f"?muc={duty['key']}",
                "is_chosen": chosen is duty,
            }
            for duty in duties
        ],
        "chosen": chosen,
        "n_chosen": counts[chosen["key"]] if chosen else 0,
        "list_url": f"{reverse('tasks')}?{urlencode(chosen['query'])}" if chosen else "",
        "tasks": _few(by, chosen["asked"], today) if chosen else [],
        "n_tasks": counts["all"],
        "n_at_odds": n_at_odds,
        "at_odds": odds,
        "n_matters": n_matters,
        "matters": matters,
        "waiting": waiting[:_FEW],
        "n_waiting": sum(row["n"] for row in waiting),
        "n_waiting_documents": len(waiting),
        "is_empty": not waiting and not counts["all"] and not library_of(by).exists(),
        "sees_all": any(one.body is None for one in held_by(by)),
        "may_confirm": may_confirm,
        "may_add": can_add_documents(request.user),
    }
    return render(request, "web/home.html", context)


def _compared_by(by: Reader) -> Q:
    """Comparisons one of whose documents is of an owner a person confirms for."""
    sides = ("left", "right", "ratio")
    return reduce(or_, (kept_for(by, Duty.CONFIRM, f"{side}__document__") for side in sides))


def _duties(by: Reader) -> list[dict[str, Any]]:
    """What may wait for a person: its name, what it asks of the ledger, and of the register."""
    late, near = (Standing.LATE.value,), (Standing.NEAR.value,)
    _everything, bodies = held_bodies(by, Duty.ADD)
    mine = {"cua-toi": "1"}
    of_my_bodies = (
        ("bao-cao", "report", _("To report"), TaskFilter(to_report=True), {"phai-bao-cao": "1"}),
        ("tra-loi", "again", _("To answer"), TaskFilter(to_answer=True), {"phai-tra-loi": "1"}),
    )
    to_confirm = (
        (
            "xac-nhan",
            "review",
            _("Waiting for my confirmation"),
            TaskFilter(to_confirm=True),
            {"cho-toi": "1"},
        ),
    )
    duties = (
        (
            "qua-han",
            "late",
            _("Overdue"),
            TaskFilter(mine=True, standings=late),
            {**mine, "tinh-trang": late[0]},
        ),
        *(of_my_bodies if bodies else ()),
        *(to_confirm if can_confirm(by) else ()),
        (
            "sap-den",
            "near",
            _("Near their deadline"),
            TaskFilter(mine=True, standings=near),
            {**mine, "tinh-trang": near[0]},
        ),
        (
            "im-lang",
            "none",
            _("Silent for more than %(n)d days") % {"n": SILENT_DAYS},
            TaskFilter(mine=True, silent=SILENT_DAYS),
            {**mine, "im-lang": str(SILENT_DAYS)},
        ),
    )
    names = ("key", "tone", "label", "asked", "query")
    return [dict(zip(names, duty, strict=True)) for duty in duties]


def _chosen(
    request: HttpRequest, duties: list[dict[str, Any]], counts: dict[str, int]
) -> dict[str, Any] | None:
    """The duty whose tasks are listed: the one asked for, else the first that has any."""
    asked = next((d for d in duties if d["key"] == request.GET.get("muc")), None)
    return asked or next((d for d in duties if counts[d["key"]]), None)


def _few(by: Reader, asked: TaskFilter, on: Any) -> list[Any]:
    return list(
        ledger.find_tasks(by, asked, on=on)
        .select_related("document")
        .prefetch_related(ledger.standing_assignments())
        .order_by(F("held_due").asc(nulls_last=True), "pk")[:_SHOWN]
    )


def _at_odds(by: Reader) -> tuple[list[Any], int]:
    """The figures most at odds that a person may decide on, and how many there are."""
    found = figures.list_disagreements(by, verdicts=AT_ODDS, among=_compared_by(by))
    found = found.annotate(total=Window(Count("pk")))
    rows = list(found.values_list("pk", "total")[:_FEW])
    return figures.with_statements(pk for pk, _total in rows), rows[0][1] if rows else 0
