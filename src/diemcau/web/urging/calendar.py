"""The reporting calendar of a body: what was expected each period, what was asked for once, and
what came."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from diemcau.access.rules import reached
from diemcau.delivery.models import Task
from diemcau.delivery.rules import given_to
from diemcau.directory.models import Body
from diemcau.documents.rules import seen
from diemcau.operation.answers import keep_answer
from diemcau.urging.expected import last_periods, reports_of, working_time
from diemcau.urging.models import Duty
from diemcau.urging.reporting import Punctuality
from diemcau.urging.requests import requests_of

__all__ = ["calendar"]

_PERIODS = 8
_ASKED = "duoc-yeu-cau"
"""The word for reports asked for once, where a duty's key stands else."""


@require_safe
@keep_answer
def calendar(request: HttpRequest, ref: str) -> HttpResponse:
    """The last periods of a duty, newest first, and the reports of the one chosen; or the reports
    asked for once."""
    bodies = {one.ref: one for one in Body.objects.only("ref", "name", "name_en")}
    body = bodies.get(ref)
    if body is None:
        raise Http404
    duties = list(Duty.objects.filter(is_on=True).select_related("body"))
    word = request.GET.get("che-do", "")
    is_asked = word == _ASKED or not duties
    duty = None
    if not is_asked:
        duty = next((one for one in duties if one.key == word), duties[0])
    context: dict[str, Any] = {
        "body": body,
        "duties": duties,
        "duty": duty,
        "asked_word": _ASKED,
        "is_asked": is_asked,
        "standings": Punctuality,
    }
    today = timezone.localdate()
    under = Body.objects.filter(pk__in=reached(request.user, [body.pk])).order_by().values("ref")
    tasks = Task.objects.filter(
        seen(request.user), given_to(under), withdrawn_at=None, replaced_by=None
    )
    if duty is None:
        found = requests_of(tasks)
        context["requests"] = [(one.request, one.answered, one.stands(today)) for one in found]
    else:
        context |= _periods(request, duty, body, bodies, tasks, today)
    return render(request, "web/urging/calendar.html", context)


def _periods(
    request: HttpRequest,
    duty: Duty,
    body: Body,
    bodies: Mapping[str, Body],
    tasks: QuerySet[Task],
    today: dt.date,
) -> dict[str, Any]:
    rows = reports_of(
        duty,
        last_periods(duty, today, _PERIODS),
        on=today,
        time=working_time(),
        among=tasks,
        body=body,
        bodies=bodies,
    )
    lines: dict[str, Any] = {}
    for one in rows:
        kept = lines.setdefault(one.expected.period.name, (one.expected, Counter()))
        kept[1][one.stands(today)] += 1
        kept[1]["all"] += 1
    name = request.GET.get("ky", "")
    chosen = name if name in lines else next(iter(lines), "")
    return {
        "lines": [
            (expected, counts["all"], [(one.label, counts[one]) for one in Punctuality])
            for expected, counts in lines.values()
        ],
        "chosen": chosen,
        "rule": lines[chosen][0].words if chosen else "",
        "reports": [(one, one.stands(today)) for one in rows if one.expected.period.name == chosen],
    }
