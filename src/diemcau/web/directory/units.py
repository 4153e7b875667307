"""Tasks by body, as it was and in the units of a day; and naming successors of divided bodies."""

from dataclasses import dataclass, field
from datetime import date

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from diemcau.accounts.models import User
from diemcau.accounts.rules import can_confirm
from diemcau.delivery.doers.handovers import HandoverRefused, confirm_successor
from diemcau.delivery.doers.owed import count_leads, list_unconfirmed
from diemcau.delivery.models import Task
from diemcau.directory.exchange import write_workbook
from diemcau.directory.models import Body
from diemcau.documents.rules import seen
from diemcau.web.directory.days import read_days
from diemcau.web.directory.sending import XLSX, as_file
from diemcau.web.filters import id_of
from diemcau.web.sheets import record_taking

__all__ = ["by_body", "by_body_file", "unconfirmed"]


@dataclass(slots=True)
class Unit:
    """A body of the day with the tasks it answers for, and the bodies they were given to."""

    body: Body | None
    key: str
    n: int = 0
    parts: list[tuple[Body, int]] = field(default_factory=list)


@require_safe
def by_body(request: HttpRequest) -> HttpResponse:
    """How many tasks each body leads: as they were given, beside who answers for them."""
    days = read_days(request)
    given, answering = _units_on(request, days.day)
    context = {
        "days": days,
        "as_it_was": given,
        "units": answering,
        "total": sum(unit.n for unit in given),
        "total_today": sum(unit.n for unit in answering),
    }
    return render(request, "web/directory/by_body.html", context)


@require_POST
def by_body_file(request: HttpRequest) -> HttpResponse:
    """Both lists as a workbook, a sheet each; the tasks of either add up to the same sum.

    That it was taken is in the log.
    """
    days = read_days(request)
    given, answering = _units_on(request, days.day)
    was, now = _("As it was"), days.day.isoformat()
    body, until, tasks = _("Body"), _("Until"), _("Tasks")
    answers, given_to = _("Answers"), _("Given to")
    first = [{**_named(unit, body, until), tasks: unit.n} for unit in given]
    second = [
        {answers: _name(unit), given_to: name, until: ended, tasks: n}
        for unit in answering
        for name, ended, n in _shares(unit)
    ]
    sheets = {
        was: ((body, until, tasks), first),
        now: ((answers, given_to, until, tasks), second),
    }
    book = write_workbook(sheets)
    record_taking(request, "nhiem-vu-theo-don-vi", "xlsx", len(first) + len(second))
    return as_file(book, f"nhiem-vu-theo-don-vi-{now}.xlsx", XLSX)


def _units_on(request: HttpRequest, day: date) -> tuple[list[Unit], list[Unit]]:
    """The bodies tasks were given to, and those that answer for them on a day."""
    counts = count_leads(request.user, on=day)
    refs = {ref for pair in counts for ref in pair if ref not in ("", "?")}
    bodies = Body.objects.in_bulk(refs, field_name="ref")
    given: dict[str, Unit] = {}
    answering: dict[str, Unit] = {}
    for (named, answers), n in counts.items():
        given.setdefault(named, Unit(bodies.get(named), named)).n += n
        unit = answering.setdefault(answers, Unit(bodies.get(answers), answers))
        unit.n += n
        if named != answers and named in bodies:
            unit.parts.append((bodies[named], n))
    for unit in answering.values():
        unit.parts.sort(key=lambda part: part[0].sort)
    return sorted(given.values(), key=_order), sorted(answering.values(), key=_order)


def _named(unit: Unit, body: str, until: str) -> dict[str, str]:
    ended = unit.body.valid_to if unit.body else None
    return {body: _name(unit), until: ended.isoformat() if ended else ""}


def _name(unit: Unit) -> str:
    """What a row of the lists is called where it is no body."""
    if unit.body:
        return str(unit.body)
    if unit.key == "?":
        return _("Successor to be confirmed")
    return unit.key or _("Lead not one known body")


def _shares(unit: Unit) -> list[tuple[str, str, int]]:
    """The bodies the tasks of a unit were given to: name, last day, number of tasks."""
    shares = [
        (str(one), one.valid_to.isoformat() if one.valid_to else "", n) for one, n in unit.parts
    ]
    own = unit.n - sum(n for _one, n in unit.parts)
    return [(_name(unit), "", own), *shares] if own else shares


def _order(unit: Unit) -> tuple[bool, int, str]:
    """Most tasks first; what is not a body last."""
    return unit.body is None, -unit.n, unit.body.sort if unit.body else unit.key


def unconfirmed(request: HttpRequest) -> HttpResponse:
    """Tasks whose body was divided: which successor answers, for a person to say."""
    days = read_days(request)
    if request.method == "POST":
        if not isinstance(request.user, User):
            raise PermissionDenied
        task = get_object_or_404(
            Task,
            seen(request.user),
            pk=id_of(request.POST.get("task")),
        )
        try:
            confirm_successor(
                request.user,
                task=task,
                from_ref=request.POST.get("from", ""),
                to_ref=request.POST.get("to", ""),
                reason=request.POST.get("reason", ""),
            )
            messages.success(request, _("Recorded who answers for: %(task)s") % {"task": task})
        except HandoverRefused as refused:
            messages.error(request, str(refused))
        return redirect("directory_unconfirmed")
    rows = list_unconfirmed(request.user, on=days.today)
    refs = {row.body for row, _refs in rows} | {r for _row, refs in rows for r in refs}
    bodies = Body.objects.in_bulk(refs, field_name="ref")
    context = {
        "rows": [
            (row, bodies[row.body], [bodies[r] for r in candidates if r in bodies])
            for row, candidates in rows
        ],
        "may_confirm": isinstance(request.user, User) and can_confirm(request.user),
    }
    return render(request, "web/directory/unconfirmed.html", context)
