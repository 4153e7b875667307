"""Changing many tasks of the register at once: what is chosen, the form, and what came of it."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Sum
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from diemcau.delivery import queries
from diemcau.delivery.actions import Change, ChangeKind, edit_many
from diemcau.delivery.actions.assigning import EarlierLead
from diemcau.delivery.models import AssignmentRole, BulkEdit
from diemcau.delivery.refusals import Refused
from diemcau.delivery.rules import can_follow_up
from diemcau.delivery.states import MOVES, Move
from diemcau.web.filters import id_of
from diemcau.web.following.forms import day_of
from diemcau.web.tasks.asked import read_asked

__all__ = ["bulk", "bulk_result"]

_SHOWN = 8


@require_http_methods(["GET", "HEAD", "POST"])
def bulk(request: HttpRequest) -> HttpResponse:
    """Say what becomes of the chosen tasks, or of all that fit the filters."""
    if not can_follow_up(request.user):
        raise PermissionDenied
    asked = read_asked(request)
    if asked.is_past:
        raise Http404
    is_all = request.GET.get("ca") == "1"
    chosen = {} if is_all else _chosen(request)
    if is_all:
        found = queries.find_tasks(request.user, asked.filter, on=asked.on)
    else:
        found = queries.list_tasks(request.user, on=asked.on).filter(pk__in=chosen)
    stamp = _stamp(found)
    form, problem = _form(request), ""
    if request.method == "POST":
        try:
            if is_all and request.POST.get("thay") != stamp:
                raise Refused(
                    _("The list changed since you saw it: %(n)s tasks fit now. Look at it again.")
                    % {"n": stamp.partition(".")[0]}
                )
            rows = chosen or dict(found.order_by("pk").values_list("pk", "version"))
            edit = edit_many(request.user, tasks=rows, change=_change(form))
            return redirect("bulk_result", edit.pk)
        except Refused as refused:
            problem = str(refused)
    context = {
        "n": int(stamp.partition(".")[0]),
        "n_gone": len(chosen) - int(stamp.partition(".")[0]) if chosen else 0,
        "few": list(found.order_by("pk").values_list("pk", "title")[:_SHOWN]),
        "stamp": stamp,
        "chips": asked.filters.active if is_all else [],
        "is_all": is_all,
        "query": request.GET.urlencode(),
        "kinds": ChangeKind,
        "roles": AssignmentRole.choices,
        "earlier": EarlierLead.choices,
        "moves": [(move, MOVES[move].reason) for move in Move],
        "form": form,
        "problem": problem,
    }
    return render(request, "web/tasks/bulk.html", context, status=422 if problem else 200)


@require_GET
def bulk_result(request: HttpRequest, pk: int) -> HttpResponse:
    """What came of one change of many tasks, for whoever made it."""
    edit = get_object_or_404(BulkEdit, pk=pk, made_by=request.user)
    visible = set(
        queries.list_tasks(request.user, on=read_asked(request).on)
        .filter(pk__in=[row[0] for row in edit.refused[:_MOST_SHOWN]])
        .values_list("pk", flat=True)
    )
    rows = [
        {"pk": pk, "title": title, "why": why, "is_seen": pk in visible}
        for pk, title, why in edit.refused[:_MOST_SHOWN]
    ]
    context = {"edit": edit, "what": _what(edit.change), "rows": rows}
    return render(request, "web/tasks/bulk_result.html", context)


_MOST_SHOWN = 500


def _what(change: dict[str, Any]) -> str:
    """The change in words."""
    kind = str(ChangeKind(change["kind"]).label)
    if change.get("move"):
        kind = str(Move(change["move"]).label)
    if change.get("role"):
        kind = f"{kind} ({AssignmentRole(change['role']).label})"
    shown = ("body", "programme", "note", "reason")
    rest = [str(change[name]) for name in shown if change.get(name)]
    return f"{kind}: {'; '.join(rest)}" if rest else kind


def _chosen(request: HttpRequest) -> dict[int, int]:
    """The rows ticked on the page, each with the version that was shown."""
    found: dict[int, int] = {}
    for text in (*request.GET.getlist("chon"), *request.POST.getlist("chon")):
        pk, _colon, version = map(id_of, text.partition(":"))
        if pk is not None and version is not None:
            found[pk] = version
    return found


def _stamp(found: Any) -> str:
    """How many tasks there are, and which: another list has another stamp."""
    # The sums of ids and versions change with whatever comes, goes or moves.
    sums = found.order_by().aggregate(ids=Sum("pk"), versions=Sum("version"))
    return f"{found.order_by().count()}.{sums['ids'] or 0}.{sums['versions'] or 0}"


def _form(request: HttpRequest) -> dict[str, str]:
    names = (
        *("kind", "move", "reason", "programme", "by_day", "note"),
        *("body", "role", "earlier_lead"),
    )
    return {name: request.POST.get(name, "").strip() for name in names}


def _change(form: dict[str, str]) -> Change:
    if form["kind"] not in ChangeKind.values:
        raise Refused(_("Choose what to do with the tasks."))
    if form["role"] not in ("", *AssignmentRole.values):
        raise Refused(_("Choose how the body takes part."))
    by_day = day_of(form["by_day"])
    return Change(
        kind=ChangeKind(form["kind"]),
        move=Move(form["move"]) if form["move"] in Move.values else None,
        reason=form["reason"],
        programme=form["programme"],
        body=form["body"],
        role=AssignmentRole(form["role"] or AssignmentRole.COORDINATING),
        earlier_lead=EarlierLead(form["earlier_lead"])
        if form["earlier_lead"] in EarlierLead.values
        else None,
        by_day=by_day,
        note=form["note"],
    )
