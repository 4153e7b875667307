"""Whether what a notice was about is still so: the task late, the report not come.

The same causes as `plan.list_items` finds, asked of the few notices of a page instead of the whole
register; a test holds the two together.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import CharField, Max, Value
from django.db.models.functions import Cast
from django.utils import timezone

from diemcau.delivery.models import Assignment, Slip, SlipState, Task, Transition
from diemcau.delivery.narrowing import silent_since, waiting_answers
from diemcau.delivery.states import Status
from diemcau.urging.expected import last_period, reports_said
from diemcau.urging.models import Duty, Kind, Notice
from diemcau.urging.reporting import Expected
from diemcau.urging.requests import requests_of
from diemcau.urging.rules import OWED
from diemcau.urging.working import WorkingTime

__all__ = ["holding"]


def holding(notices: Iterable[Notice]) -> set[int]:
    """Ids of the notices whose cause is still there; at most six statements, whatever they say.

    Args:
        notices: with their task and rule at hand.
    """
    rows = [
        one
        for one in notices
        if one.rule.is_on and one.task.withdrawn_at is None and one.task.replaced_by_id is None
    ]
    on = timezone.localdate()
    open_rows = _open_rows(rows)
    found = {
        one.pk
        for one in rows
        if (one.kind in _OF_TASK and _of_task(one, on))
        or (one.kind in _OF_ROWS and (one.about, _day_of(one)) in open_rows)
    }
    found |= _of_requests([one for one in rows if one.kind == Kind.ASKED], on)
    return found | _of_reports([one for one in rows if one.kind == Kind.REPORT], on)


_OF_TASK = (Kind.BEFORE, Kind.LATE, Kind.SILENT)
_OF_ROWS = (Kind.SLIP, Kind.ANSWER, Kind.RESULT)


def _of_task(one: Notice, on: dt.date) -> bool:
    task: Task = one.task
    if task.status not in OWED:
        return False
    if one.kind == Kind.SILENT:
        word = task.last_word_at and timezone.localdate(task.last_word_at)
        return silent_since(task, word) == one.anchor
    if task.due_to is None or task.due_to != one.anchor:
        return False
    return task.due_to < on if one.kind == Kind.LATE else task.due_to >= on


def _day_of(one: Notice) -> dt.date | str:
    """Of a result, the day it was reported on, and which task's: it may be reported again."""
    return f"{one.task_id}:{one.anchor}" if one.kind == Kind.RESULT else ""


def _open_rows(notices: Sequence[Notice]) -> set[tuple[str, dt.date | str]]:
    """Deadlines not decided, assignments not answered, results not judged; one statement."""
    of: dict[str, set[int]] = {Kind.SLIP: set(), Kind.ANSWER: set(), Kind.RESULT: set()}
    for one in notices:
        if one.kind == Kind.RESULT:
            of[one.kind].add(one.task_id)
        elif one.kind in of:
            of[one.kind].add(int(one.about.partition(":")[2]))
    if not any(of.values()):
        return set()
    slips = Slip.objects.filter(pk__in=of[Kind.SLIP], state=SlipState.ASKED)
    waiting = waiting_answers().filter(pk__in=of[Kind.ANSWER], task__status=Status.NEW)
    moved = Transition.objects.filter(task__in=of[Kind.RESULT], task__status=Status.AWAITING)
    parts = [
        _part("slip", slips.annotate(e_at=Max("asked_at"))),
        _part("assignment", waiting.annotate(e_at=Max("task__recorded_at"))),
        _part("result", moved.values("task").annotate(e_at=Max("at")), "task"),
    ]
    first, *others = parts
    found: set[tuple[str, dt.date | str]] = set()
    for kind, pk, at in first.union(*others, all=True):
        if kind == "result":
            found.add(("", f"{pk}:{timezone.localdate(at)}"))
        else:
            found.add((f"{kind}:{pk}", ""))
    return found


def _part(kind: str, rows: Any, of: str = "pk") -> Any:
    named = rows.order_by().annotate(e_kind=Cast(Value(kind), CharField(max_length=10)))
    return named.values_list("e_kind", of, "e_at")


def _of_requests(notices: Sequence[Notice], on: dt.date) -> set[int]:
    if not notices:
        return set()
    latest: dict[int, str] = {}
    for one in requests_of({one.task_id for one in notices}):
        if one.is_missed(on):
            latest.setdefault(one.request.task_id, one.about)
    return {
        one.pk
        for one in notices
        if one.task.status in OWED and latest.get(one.task_id) == one.about
    }


def _of_reports(notices: Sequence[Notice], on: dt.date) -> set[int]:
    if not notices:
        return set()
    asked = {}
    for duty in Duty.objects.filter(is_on=True):
        if (period := last_period(duty, on)) is not None:
            # Which days answer a period does not hang on the days it may be sent in.
            asked[duty.key] = Expected.of(period, duty.rhythm, duty.basis, 0, WorkingTime())
    tasks = {one.task_id for one in notices}
    given = Assignment.objects.filter(task__in=tasks, ended_at=None, is_collective=False)
    owed = set(given.exclude(body="").values_list("task", flat=True))
    said = reports_said(tasks)
    found = set()
    for one in notices:
        key, name, ref = one.about.split(":", 2)
        expected = asked.get(key)
        if expected is None or expected.period.name != name:
            continue
        if one.task.status not in OWED or one.task_id not in owed:
            continue
        came = any(
            by in (None, ref) and expected.is_answered_by(named, day)
            for by, named, day in said[one.task_id]
        )
        if not came:
            found.add(one.pk)
    return found
