"""One page for who leads the whole: what is late and why, who decides, what changed since."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from diemcau.delivery.board import Row, board_of_all
from diemcau.delivery.narrowing import SILENT_DAYS, TaskFilter
from diemcau.delivery.queries import kept_standings
from diemcau.delivery.states import Standing
from diemcau.directory.models import Body
from diemcau.operation.answers import keep_answer
from diemcau.web.days import read_typed_day
from diemcau.web.directory.days import Days, read_days
from diemcau.web.tasks.board import board_context, list_url

__all__ = ["leader"]

_MOST_BODIES = 7
_SINCE = 7
"""Days back that changes are told from, unless another day is asked."""
_DONE = (Standing.DONE_ON_TIME, Standing.DONE_LATE, Standing.DONE)
_CHANGES = {"all": ("all",), "late": (Standing.LATE,), "done": _DONE}
"""The counts told against an earlier day, and what each adds up."""


@require_safe
@keep_answer
def leader(request: HttpRequest) -> HttpResponse:
    """Everything the person may see on one printed page, as it stands on a day."""
    days = read_days(request)
    days = replace(days, day=min(days.day, days.today))
    since, wrong = _since(request, days.day)
    found = board_of_all(request.user, on=days.day)
    before = kept_standings(request.user, TaskFilter(), on=since)
    bodies = [(row.body, row) for row in found.rows if row.body is not None]
    leads = {body.ref: body for body, _row in bodies}
    context = {
        **board_context(found, days, {}),
        "since": since,
        "wrong": wrong,
        "attention": [(task, leads.get(task.lead)) for task in found.attention],
        "changes": {
            name: {"now": _sum(found.counts, of), "before": _sum(before, of)}
            for name, of in _CHANGES.items()
        },
        "rows": [_line(days, body, row) for body, row in bodies[:_MOST_BODIES]],
        "n_more": max(len(bodies) - _MOST_BODIES, 0),
        "n_unled": kept_standings(request.user, TaskFilter(), on=days.day)["no_lead"],
        "unled_url": list_url(days, {"chua-ro": "1"}),
        "reports": [one for one in found.reports if timezone.localdate(one.released_at) >= since],
    }
    return render(request, "web/tasks/leader.html", context)


def _since(request: HttpRequest, on: dt.date) -> tuple[dt.date, str]:
    """The day changes are told from; a week ago without one, or for one that is none."""
    usual, typed = on - dt.timedelta(days=_SINCE), request.GET.get("tu", "").strip()
    try:
        day = read_typed_day(typed)
    except ValueError:
        return usual, typed
    return (day, "") if day and day < on else (usual, typed)


def _sum(counts: dict[str, int], names: Iterable[str]) -> int:
    return sum(counts[one] for one in names)


def _line(days: Days, body: Body, row: Row) -> dict[str, Any]:
    base = {"co-quan": body.ref, "vai-tro": "chu-tri", "rieng": "1"}
    return {
        "row": row,
        "done": _sum(row.counts, _DONE),
        "late": row.counts[Standing.LATE],
        "url": list_url(days, base),
        "late_url": list_url(days, {**base, "tinh-trang": "late"}),
        "silent_url": list_url(days, {**base, "im-lang": str(SILENT_DAYS)}),
    }
