"""What the row of a report's table says came of its task; called where the ledger takes it in.

The report is the body's word, written down by who accepted the row: the task is reported done, and
waits for a second person and for evidence like any other.
"""

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext as _

from diemcau.delivery.models import Progress, ProgressState, Task, Transition
from diemcau.delivery.recording import step
from diemcau.delivery.states import Move, Status
from diemcau.documents.models import Statement
from diemcau.indicators.periods import read_day

__all__ = ["tell_reported"]

_MOVES = {"done": Move.SUBMIT, "in_progress": Move.START}


def tell_reported(task: Task, statement: Statement) -> None:
    """Let a task stand where its report says it stands, unless people have moved it since.

    The rows have the report's day, for that is when the body said so; without one, today.
    Args:
        statement: the accepted one the task rests on, with what its row reports.
    """
    at = _told_at(statement)
    words = statement.values.get("reported_result") or ""
    if words and not task.progress.filter(body=None, done=words).exists():
        Progress.objects.create(
            task=task,
            done=words,
            state=ProgressState.RELEASED,
            written_by=statement.decided_by,
            written_at=timezone.now(),
            released_by=statement.decided_by,
            released_at=at,
        )
        task.last_word_at = at
    _follow_state(task, statement, at)
    task.save(update_fields=["status", "delivered_on", "last_word_at"])


def _follow_state(task: Task, statement: Statement, at: dt.datetime) -> None:
    wanted = _MOVES.get(statement.values.get("reported_state") or "")
    moves = list(task.transitions.exclude(move=""))
    if any(one.at != at for one in moves):
        return
    day = _delivered_on(task, statement, at) if wanted == Move.SUBMIT else None
    last = moves[-1] if moves else None
    if last is not None:
        if (last.move, last.delivered_on) == (wanted, day):
            return
        if last.move == Move.SUBMIT:
            _move(task, Move.TAKE_BACK, statement, at)
    if wanted == Move.SUBMIT or (wanted == Move.START and task.status == Status.NEW):
        _move(task, wanted, statement, at, delivered_on=day)


def _move(
    task: Task,
    move: Move,
    statement: Statement,
    at: dt.datetime,
    *,
    delivered_on: dt.date | None = None,
) -> None:
    columns = step(
        task.pk,
        move,
        before=task.status,
        by=statement.decided_by,
        body=None,
        at=at,
        reason=_("As the report says; written down by who accepted its row."),
        delivered_on=delivered_on,
    )
    made = Transition.objects.create(**columns)
    task.status, task.delivered_on, task.last_word_at = made.after, delivered_on, at


def _told_at(statement: Statement) -> dt.datetime:
    """Noon of the report's day."""
    now, day = timezone.now(), statement.document.spoken_on
    if day is None:
        return now
    return min(now, timezone.make_aware(dt.datetime.combine(day, dt.time(12))))


def _delivered_on(task: Task, statement: Statement, at: dt.datetime) -> dt.date | None:
    """The day the report names; None where it cannot be the one of the result."""
    day = read_day(statement.values.get("delivered_on"))
    if day is None or day > timezone.localtime(at).date():
        return None
    return None if task.said_on is not None and day < task.said_on else day
