"""The register of tasks, one task, and what was said again."""

from dataclasses import astuple

from django.contrib import messages
from django.db.models import Count, F
from django.db.models.expressions import OrderBy
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from diemcau.accounts.rules import can_confirm
from diemcau.delivery import queries
from diemcau.delivery.actions import choose_due_rule, confirm_echo, dismiss_echo, reopen_echo
from diemcau.delivery.deadlines import DueRule
from diemcau.delivery.likeness import longest_run, syllables
from diemcau.delivery.models import Echo, EchoState, Task
from diemcau.delivery.queries import TaskFilter
from diemcau.delivery.states import Standing
from diemcau.documents.models import Statement
from diemcau.documents.rules import seen
from diemcau.documents.sentences import sentence_of
from diemcau.web.filters import Filters, page_of, per_document
from diemcau.web.going_back import go_back
from diemcau.web.sheets import answer_sheet, asked_form
from diemcau.web.tasks.columns import tasks_sheet

__all__ = ["decide_echo", "echoes", "set_due_rule", "tasks"]

SORTS = {
    "han": ("due_to", "-said_on", "pk"),
    "moi": ("-said_on", "pk"),
    "giao-boi": ("issuer", "pk"),
    "viec": ("action", "pk"),
}
"""Orders of the register by name; the first is the one without a choice."""

_FACET = 30
"""Choices of a filter shown at most, those with most tasks."""


@require_GET
def tasks(request: HttpRequest) -> HttpResponseBase:
    """The register: every task that stands, its counts, and filters in the address."""
    today = timezone.localdate()
    filters = Filters(request)
    asked = TaskFilter(
        state=filters.get("tinh-trang"),
        issuer=filters.get("giao-boi"),
        assignee=filters.get("chu-tri"),
        document=filters.get_id("van-ban"),
        again=filters.get("noi-lai") == "1",
        no_lead=filters.get("chua-ro") == "1",
        words=filters.get("q"),
    )
    found = queries.filter_tasks(queries.list_tasks(request.user, on=today), asked)
    counts = queries.count_tasks(request.user, on=today)
    _offer(filters, found, counts)
    sort = filters.get("xep")
    order = SORTS.get(sort, SORTS["han"])
    rows = (
        found.select_related("document", "statement")
        .prefetch_related(queries.standing_assignments())
        .order_by(*_nulls_last(order))
    )
    if form := asked_form(request):
        return answer_sheet(request, tasks_sheet(rows, filters), form)
    page = page_of(request, rows)
    context = {
        "page": page,
        "counts": counts,
        "n_to_review": queries.n_tasks_to_review(request.user),
        "sorts": {name: filters.url(xep=name) for name in SORTS},
        "sort": sort if sort in SORTS else "han",
        "cells": _cells(filters, counts),
        **filters.context(),
    }
    return render(request, "web/tasks.html", context)


def _nulls_last(order: tuple[str, ...]) -> list[OrderBy]:
    return [
        F(name[1:]).desc(nulls_last=True) if name[0] == "-" else F(name).asc(nulls_last=True)
        for name in order
    ]


def _cells(filters: Filters, counts: dict[str, int]) -> list[dict]:
    """The counts on top, bad news first; those of the deadline states add up to all tasks."""
    cells = [
        {"tone": s.value, "label": s.label, "n": counts[s.value], "url": f"?tinh-trang={s.value}"}
        for s in (Standing.LATE, Standing.NEAR, Standing.IN_TIME, Standing.NONE)
    ]
    return [
        *cells,
        {
            "tone": "unknown",
            "label": _("No single lead"),
            "n": counts["no_lead"],
            "url": "?chua-ro=1",
        },
        {"tone": "again", "label": _("Said again"), "n": counts["again"], "url": "?noi-lai=1"},
    ]


def _offer(filters: Filters, found, counts: dict[str, int]) -> None:
    plain = found.order_by()

    def most(field: str) -> list[tuple[str, int]]:
        rows = (
            plain.exclude(**{field: ""}).values_list(field).annotate(n=Count("pk", distinct=True))
        )
        return list(rows.order_by("-n", field)[:_FACET])

    filters.add(
        "tinh-trang", _("Deadline"), [(s.value, str(s.label), counts[s.value]) for s in Standing]
    )
    filters.add("giao-boi", _("Given by"), [(v, v, n) for v, n in most("issuer")])
    filters.add(
        "chu-tri",
        _("Assigned to"),
        [(v, v, n) for v, n in most("assignments__as_written") if v],
    )
    filters.add("van-ban", _("Document"), per_document(plain, "document"))
    filters.add("noi-lai", _("Said again"), [("1", _("Said again"), counts["again"])])
    filters.add("chua-ro", _("Lead"), [("1", _("No single lead"), counts["no_lead"])])
    filters.add_words(_("Words"))


@require_POST
def set_due_rule(request: HttpRequest, pk: int) -> HttpResponse:
    """Count a task's deadline by calendar or by administrative periods."""
    seen_by = seen(request.user)
    row = get_object_or_404(Task, seen_by, pk=pk, withdrawn_at=None)
    rule = request.POST.get("rule", "")
    if rule not in DueRule.values or not row.deadline:
        return HttpResponseBadRequest()
    choose_due_rule(request.user, task=row, rule=DueRule(rule))
    messages.success(request, _("The deadline is counted anew."))
    return redirect("task", pk=pk)


@require_GET
def echoes(request: HttpRequest) -> HttpResponse:
    """Proposals that a matter was said again, and what people made of earlier ones."""
    filters = Filters(request)
    state = filters.get("quyet") or EchoState.PROPOSED.value
    if state not in EchoState.values:
        state = EchoState.PROPOSED.value
    counts = queries.count_echoes(request.user)
    page = page_of(request, queries.list_echoes(request.user, state), per_page=20)
    return render(
        request,
        "web/echoes.html",
        {
            "page": page,
            "pairs": [
                {"echo": echo, "sides": _marked(first, second)}
                for echo, first, second in queries.with_clauses(page.object_list)
            ],
            "states": [
                {
                    "label": s.label,
                    "n": counts[s],
                    "url": filters.url(quyet=s.value),
                    "on": s == state,
                }
                for s in EchoState
            ],
            "state": state,
            "may_confirm": can_confirm(request.user),
        },
    )


def _marked(first: Statement, second: Statement) -> list[dict]:
    """Both statements' sentences, each cut where the longest run of shared words stands."""
    texts = ["".join(astuple(sentence_of(s))) for s in (first, second)]
    places = [syllables(text) for text in texts]
    words = [[word for word, _start, _end in place] for place in places]
    *starts, length = longest_run(*words)
    sides = []
    for statement, text, place, at in zip((first, second), texts, places, starts, strict=True):
        begin, stop = (place[at][1], place[at + length - 1][2]) if length else (0, 0)
        cut = (text[:begin], text[begin:stop], text[stop:])
        sides.append({"statement": statement, "cut": cut})
    return sides


_DECISIONS = {"confirm": confirm_echo, "dismiss": dismiss_echo, "reopen": reopen_echo}


@require_POST
def decide_echo(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm, dismiss or reopen a proposal that a matter was said again."""
    echo = get_object_or_404(
        Echo,
        seen(request.user, "earlier__document"),
        seen(request.user, "later__document"),
        pk=pk,
    )
    decide = _DECISIONS.get(request.POST.get("decision", ""))
    if decide is None:
        return HttpResponseBadRequest()
    decide(request.user, echo=echo)
    done = {
        "confirm": _("Confirmed: the two are one matter."),
        "dismiss": _("Dismissed: this pair will not be proposed again."),
        "reopen": _("Taken back: the pair waits for a decision again."),
    }
    messages.success(request, done[request.POST["decision"]])
    return go_back(request, "echoes")
