"""The board of a body: what it and the bodies below it owe, as its leader needs it."""

from dataclasses import replace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from diemcau.accounts.rules import can_confirm
from diemcau.delivery.board import Board, board_of
from diemcau.delivery.models import DecidingLevel, Side
from diemcau.delivery.narrowing import SILENT_DAYS
from diemcau.delivery.states import Standing
from diemcau.directory.reach import family_of
from diemcau.operation.answers import keep_answer
from diemcau.web.directory.days import Days, read_days
from diemcau.web.tasks.register import strip_of

__all__ = ["board", "board_context", "list_url"]


@require_safe
@keep_answer
def board(request: HttpRequest, ref: str) -> HttpResponse:
    """A body's standings down its tree on a day, what is late and why, what is silent."""
    days = read_days(request)
    ahead = days.day if days.day > days.today else None
    if ahead:
        days = replace(days, day=days.today)
    family = family_of(ref)
    if family is None:
        raise Http404
    found = board_of(request.user, family, on=days.day)
    base = {"co-quan": ref, "vai-tro": "chu-tri"}
    rows = [
        {
            "row": row,
            "cells": [
                (
                    one,
                    label,
                    row.counts[one],
                    list_url(days, {**_of(row, base), "tinh-trang": one}),
                )
                for one, label in Standing.choices
            ],
            "url": list_url(days, _of(row, base)),
            "silent_url": list_url(days, {**_of(row, base), "im-lang": str(SILENT_DAYS)}),
        }
        for row in found.rows
        if row.n or row.part == "own"
    ]
    context = {
        **board_context(found, days, base),
        "ahead": ahead,
        "body": family.body,
        "all_url": list_url(days, base),
        "rows": rows,
        "n_without": len(found.rows) - len(rows),
        "standings": Standing.choices,
        "may_remind": can_confirm(request.user) and not days.is_past,
    }
    return render(request, "web/tasks/board.html", context)


def _of(row: Any, base: dict[str, str]) -> dict[str, str]:
    """What the register is asked for a row of the table."""
    alone = {"rieng": "1"} if row.part == "own" else {}
    return {**base, "co-quan": row.body.ref, **alone}


def board_context(found: Board, days: Days, base: dict[str, str]) -> dict[str, Any]:
    """What every board shows: its counts on the day, and the lists they open.

    Args:
        base: what the register is asked for all that the board counts.
    """
    return {
        "days": days,
        "board": found,
        "strip": strip_of(found.counts, lambda one: list_url(days, {**base, "tinh-trang": one})),
        "late_url": list_url(days, {**base, "tinh-trang": "late"}),
        "silent_url": list_url(days, {**base, "im-lang": str(SILENT_DAYS)}),
        "unheard_url": list_url(days, {**base, "chua-co-tin": "1"}),
        "slips_url": list_url(days, {**base, "lui-han": "1"}),
        "levels": _levels(found, days, base),
        "sides": Side.choices,
        "silent_days": SILENT_DAYS,
    }


def list_url(days: Days, query: dict[str, str]) -> str:
    """The register narrowed to what a number of a board counts, on its day."""
    past = {"ngay": days.day.isoformat()} if days.is_past else {}
    return f"{reverse('tasks')}?{urlencode({**query, **past})}"


def _levels(found: Board, days: Days, base: dict[str, str]) -> list[dict[str, Any]]:
    """Open obstacles, a line for each level that can decide, a cell for each side."""
    return [
        {
            "label": level.label,
            "cells": [
                (
                    side.label,
                    found.obstacles.get((level, side), 0),
                    list_url(days, {**base, "cap": level.value, "ben": side.value}),
                )
                for side in Side
            ],
            "n": sum(found.obstacles.get((level, side), 0) for side in Side),
        }
        for level in DecidingLevel
        if any((level, side) in found.obstacles for side in Side)
    ]
