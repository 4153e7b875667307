"""One page for who leads the whole: what is late and why, who decides, what changed since."""

import datetime as dt
from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from diemcau.delivery.board import Board, board_of_all
from diemcau.delivery.models import Side
from diemcau.delivery.narrowing import SILENT_DAYS, TaskFilter
from diemcau.delivery.queries import kept_standings
from diemcau.delivery.states import Standing
from diemcau.operation.answers import keep_answer
from diemcau.web.days import read_typed_day
from diemcau.web.directory.days import Days, read_days
from diemcau.web.tasks.board import levels_of, list_url
from diemcau.web.tasks.register import strip_of

__all__ = ["leader"]

_MOST_BODIES = 7
_SINCE = 7
"""Days back that changes are told from, unless another day is asked."""
_TOLD = (
    ("all", ()),
    ("late", (Standing.LATE,)),
    ("done", (Standing.DONE_ON_TIME, Standing.DONE_LATE, Standing.DONE)),
    ("none", (Standing.NONE,)),
)


@require_safe
@keep_answer
def leader(request: HttpRequest) -> HttpResponse:
    """Everything the person may see on one printed page, as it stands on a day."""
    days = read_days(request)
    days = replace(days, day=min(days.day, days.today))
    since, wrong = _since(request, days.day)
    found = board_of_all(request.user, on=days.day)
    before = kept_standings(request.user, TaskFilter(), on=since)
    bodies = [row for row in found.rows if row.body is not None]
    leads = {row.body.ref: row.body for row in bodies}
    context = {
        "days": days,
        "since": since,
        "wrong": wrong,
        "board": found,
        "attention": [(task, leads.get(task.lead)) for task in found.attention],
        "strip": strip_of(found.counts, lambda one: list_url(days, {"tinh-trang": one})),
        "changes": {name: _change(found, before, of) for name, of in _TOLD},
        "rows": [_row(days, row) for row in bodies[:_MOST_BODIES]],
        "n_more": max(len(bodies) - _MOST_BODIES, 0),
        "n_unled": kept_standings(request.user, TaskFilter(), on=days.day)["no_lead"],
        "unled_url": list_url(days, {"chua-ro": "1"}),
        "late_url": list_url(days, {"tinh-trang": "late"}),
        "silent_url": list_url(days, {"im-lang": str(SILENT_DAYS)}),
        "unheard_url": list_url(days, {"chua-co-tin": "1"}),
        "slips_url": list_url(days, {"lui-han": "1"}),
        "levels": levels_of(found, days, {}),
        "sides": Side.choices,
        "silent_days": SILENT_DAYS,
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


def _change(found: Board, before: dict[str, int], of: tuple[Standing, ...]) -> dict[str, int]:
    names = of or ("all",)
    return {
        "now": sum(found.counts[one] for one in names),
        "before": sum(before[one] for one in names),
    }


def _row(days: Days, row: Any) -> dict[str, Any]:
    base = {"co-quan": row.body.ref, "vai-tro": "chu-tri", "rieng": "1"}
    done = sum(row.counts[one] for one in dict(_TOLD)["done"])
    return {
        "row": row,
        "done": done,
        "late": row.counts[Standing.LATE],
        "url": list_url(days, base),
        "late_url": list_url(days, {**base, "tinh-trang": "late"}),
        "silent_url": list_url(days, {**base, "im-lang": str(SILENT_DAYS)}),
    }
