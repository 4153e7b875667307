"""Tasks by body, as it was and in the units of a day; and naming successors of divided bodies."""

from dataclasses import dataclass, field

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from diemcau.accounts.models import User
from diemcau.accounts.rules import can_confirm
from diemcau.audit.actions import origin
from diemcau.delivery.handovers import HandoverRefused, confirm_successor
from diemcau.delivery.models import Task
from diemcau.delivery.owed import count_leads, list_unconfirmed
from diemcau.directory.models import Body
from diemcau.documents.rules import seen
from diemcau.web.directory.days import read_days
from diemcau.web.filters import id_of

__all__ = ["by_body", "unconfirmed"]


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
    counts = count_leads(request.user, on=days.day)
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
    context = {
        "days": days,
        "as_it_was": sorted(given.values(), key=_order),
        "units": sorted(answering.values(), key=_order),
        "total": sum(unit.n for unit in given.values()),
        "total_today": sum(unit.n for unit in answering.values()),
    }
    return render(request, "web/directory/by_body.html", context)


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
            seen(request.user, "statement__document"),
            pk=id_of(request.POST.get("task")),
        )
        try:
            with origin("web"):
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
    refs = {row.body_ref for row, _refs in rows} | {r for _row, refs in rows for r in refs}
    bodies = Body.objects.in_bulk(refs, field_name="ref")
    context = {
        "rows": [
            (row, bodies[row.body_ref], [bodies[r] for r in candidates if r in bodies])
            for row, candidates in rows
        ],
        "may_confirm": isinstance(request.user, User) and can_confirm(request.user),
    }
    return render(request, "web/directory/unconfirmed.html", context)
