"""Pages of bodies: the tree of a day, one body, its forms, and looking a name up."""

from datetime import date
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from diemcau.accounts.models import User
from diemcau.delivery.doers.owed import list_owed
from diemcau.directory.actions import (
    BodyMoved,
    RefusedRows,
    record_holder,
    record_succession,
    save_body,
    state_of,
)
from diemcau.directory.columns import BODY_COLUMNS
from diemcau.directory.models import CERTAINTY, Body, SuccessionKind
from diemcau.directory.queries import (
    bodies_on,
    holders_on,
    is_valid_on,
    links_by_body,
    responsible_on,
)
from diemcau.directory.resolution import resolve_name
from diemcau.directory.rules import can_edit_directory
from diemcau.directory.tables import body_rows
from diemcau.directory.tree import tree_on
from diemcau.operation.answers import keep_answer
from diemcau.web.directory.days import read_days
from diemcau.web.directory.kinds import kind_name
from diemcau.web.posting import posted_from
from vanban.directory.rows import PARTNER_KINDS, Entry
from vanban.directory.succession import Link

__all__ = ["body", "edit", "holder", "look_up", "succession", "tree"]

_MANY = 200


@require_safe
@keep_answer
def tree(request: HttpRequest) -> HttpResponse:
    """The tree of bodies on a day; with words, the bodies that bear them."""
    days = read_days(request)
    words = request.GET.get("q", "").strip()
    context = {
        "days": days,
        "words": words,
        "headings": [] if words else tree_on(days.day),
        "found": list(bodies_on(days.day, words=words)[:_MANY]) if words else [],
        "may_edit": can_edit_directory(_person(request)),
    }
    if request.headers.get("HX-Target") != "tree":
        return render(request, "web/directory/bodies.html", context)
    # The slider was moved: the field and the address say the day it stands on.
    response = render(request, "web/directory/moved.html", context)
    query = {"q": words} if words else {}
    query["ngay"] = days.day.isoformat()
    response["HX-Push-Url"] = f"{request.path}?{urlencode(query)}"
    return response


@require_safe
@keep_answer
def body(request: HttpRequest, ref: str) -> HttpResponse:
    """One body: its names and days, where it came from and went, what it owes, its people."""
    return render(request, "web/directory/body.html", _shown(request, _known(ref)))


def _known(ref: str) -> Body:
    return get_object_or_404(Body.objects.select_related("parent", "source", "host"), ref=ref)


def _shown(request: HttpRequest, one: Body) -> dict[str, object]:
    """What the page of a body shows on the day asked for."""
    days, ref = read_days(request), one.ref
    links = links_by_body(beside=one)
    followed = responsible_on(ref, days.day, links=links)
    steps = [link for link in followed.steps if link.before == ref]
    owed = list_owed(request.user, ref, on=days.day, links=links)
    named = {row.assignment.body for row in owed}
    named |= {row.handover.to_ref for row in owed if row.handover}
    bodies = Body.objects.in_bulk({*followed.candidates, *named}, field_name="ref")
    return {
        "days": days,
        "body": one,
        "is_valid": is_valid_on(one, days.day),
        "names": [n for n in one.names.all() if n.name != one.name],
        "predecessions": one.predecessions.select_related("before", "source"),
        "successions": one.successions.select_related("after", "source"),
        "responsible": bodies.get(followed.responsible or "") if steps else None,
        "candidates": [] if followed.responsible else _parts(steps, bodies),
        "owed": [
            {
                "row": row,
                "named": bodies.get(row.assignment.body),
                "successor": bodies.get(row.handover.to_ref) if row.handover else None,
            }
            for row in owed[:_MANY]
        ],
        "n_owed": len(owed),
        "children": list(bodies_on(days.day).filter(parent=one).order_by("kind", "sort")[:_MANY]),
        "held": holders_on(one, days.day),
        "accreditations": one.accreditations.select_related("partner", "source"),
        "may_edit": can_edit_directory(_person(request)),
        "kinds": SuccessionKind.choices,
    }


def _told(request: HttpRequest, one: Body, form: str, refused: RefusedRows) -> HttpResponse:
    """The page of a body with a refused form open: what was typed, and each fault at its line."""
    faults: dict[str, list[str]] = {}
    for fault in refused.faults:
        faults.setdefault(fault.column, []).append(fault.reason)
    context = _shown(request, one) | {form: {"typed": request.POST, "faults": faults}}
    return render(request, "web/directory/body.html", context, status=422)


def _parts(steps: list[Link], bodies: dict[str, Body]) -> list[tuple[Body, Link]]:
    """The bodies among which the work of a divided body may lie, each with its part."""
    return [(bodies[s.after], s) for s in steps if s.after in bodies]


def edit(request: HttpRequest, ref: str = "") -> HttpResponse:
    """The form of one body, or of a new one."""
    if not can_edit_directory(_person(request)):
        raise PermissionDenied
    present = next(iter(body_rows(ref)), None) if ref else None
    if ref and present is None:
        raise Http404
    cells = present or dict.fromkeys(BODY_COLUMNS, "")
    faults, reason, moved = {}, "", False
    seen = state_of(cells) if ref else None
    if request.method == "POST":
        seen = request.POST.get("seen") if ref else None
        cells = {c: " ".join(request.POST.get(c, "").split()) for c in BODY_COLUMNS}
        cells["id"] = ref or cells["id"]
        reason = request.POST.get("reason", "")
        if not ref and Body.objects.filter(ref=cells["id"]).exists():
            faults = {"id": _("There is a body with this id already; edit that one.")}
        else:
            try:
                saved = save_body(_person(request), cells, reason=reason, seen=seen)
                messages.success(request, _("Saved: %(name)s.") % {"name": saved.name})
                return redirect("directory_body", saved.ref)
            except RefusedRows as refused:
                faults = {f.column: f.reason for f in refused.faults}
            except BodyMoved as changed:
                moved, seen = True, state_of(changed.now)
                faults = {
                    column: _("Stands there now: %(value)s") % {"value": value or "—"}
                    for column, value in changed.now.items()
                    if column in cells and value != cells[column]
                }
    context = {
        "ref": ref,
        "cells": cells,
        "reason": reason,
        "faults": faults,
        "moved": moved,
        "seen": seen,
        "certainties": CERTAINTY,
        "kinds": Body.objects.order_by("kind").values_list("kind", flat=True).distinct(),
    }
    status = 409 if moved else 422 if faults else 200
    return render(request, "web/directory/edit.html", context, status=status)


@posted_from("directory_body")
def succession(request: HttpRequest, ref: str) -> HttpResponse:
    """Say what became of a body; a refused form comes back as it was typed."""
    one = _known(ref)
    cells = {c: request.POST.get(c, "").strip() for c in ("kind", "on", "what")}
    cells |= {"from": ref, "to": _ref_of(request.POST.get("to", ""), cells["on"])}
    try:
        record_succession(_person(request), cells, reason=request.POST.get("reason", ""))
    except RefusedRows as refused:
        return _told(request, one, "succession", refused)
    messages.success(request, _("Recorded what became of %(name)s.") % {"name": one})
    return redirect("directory_body", ref)


@posted_from("directory_body")
def holder(request: HttpRequest, ref: str) -> HttpResponse:
    """Say who holds an office of a body; a refused form comes back as it was typed."""
    one = _known(ref)
    try:
        record_holder(
            _person(request),
            one,
            title=request.POST.get("title", ""),
            name=request.POST.get("name", ""),
            since=request.POST.get("since", ""),
            until=request.POST.get("until", ""),
            is_acting=request.POST.get("acting") == "1",
            reason=request.POST.get("reason", ""),
        )
    except RefusedRows as refused:
        return _told(request, one, "holding", refused)
    messages.success(request, _("Recorded the holder."))
    return redirect("directory_body", ref)


@require_safe
def look_up(request: HttpRequest) -> HttpResponse:
    """What a name stands for on a day: one bearer, or the candidates and why it is open."""
    days = read_days(request)
    name, owner = (request.GET.get(field, "").strip() for field in ("ten", "cua"))
    within = _ref_of(owner, days.day.isoformat()) if owner else ""
    found = resolve_name(name, on=days.day, within=within) if name else None
    rows = [_row_of(entry) for entry in found.candidates] if found else []
    context = {
        "days": days,
        "name": name,
        "owner": owner,
        "within": Body.objects.filter(ref=within).first() if within else None,
        "found": found,
        "rows": rows,
        "reason": _why(found.reason) if found else "",
    }
    return render(request, "web/directory/look_up.html", context)


def _row_of(entry: Entry) -> dict[str, object]:
    """A candidate with the page that shows it, if it has one."""
    ref = entry.id.rpartition("@")[2]
    url, kind = "", entry.kind
    if kind in PARTNER_KINDS:
        url = reverse("directory_partner", args=[entry.id])
    elif Body.objects.filter(ref=ref).exists():
        url = reverse("directory_body", args=[ref])
    return {"entry": entry, "url": url, "kind": kind_name(kind)}


def _why(reason: str) -> str:
    return {
        "unique": _("One bearer on that day."),
        "unknown": _("The directory knows nobody by this name."),
        "collective": _("The name means many bodies; a person says which."),
        "several": _("More than one bears this name on that day."),
        "needs_date": _("The name passed from one body to another: the day decides."),
        "needs_province": _("Every province has one: say which province."),
        "needs_body": _("A title alone: say of which body."),
        "not_on_that_day": _("Its bearer did not exist on that day."),
        "weak": _("Too short or without its marks; it may mean something else."),
        "list": _("These are several names."),
    }[reason]


def _ref_of(text: str, on: str) -> str:
    """The body a person typed: its id, or its name on the day."""
    text = text.strip()
    if Body.objects.filter(ref=text).exists():
        return text
    return resolve_name(text, on=_day(on), kinds={"body"}).id or text


def _day(text: str) -> date | None:
    try:
        return parse_date(text.strip())
    except ValueError:
        return None


def _person(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user
