"""What the row of a report's table says came of its task; called where the ledger takes it in.

The report is the body's word, written down by who accepted the row: the task is reported done, and
waits for a second person and for evidence like any other. An order such a row was tied to is told
the same (`matters.reported`).
"""

import datetime as dt

from django.db.models import Q, QuerySet, TextField, Value
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Coalesce, NullIf
from django.db.models.lookups import IsNull
from django.utils import timezone
from django.utils.translation import gettext as _

from diemcau.delivery.models import Progress, ProgressState, Task, Transition
from diemcau.delivery.recording import step
from diemcau.delivery.states import MOVES, Move, Status
from diemcau.delivery.words import last_word_now
from diemcau.documents.models import Statement
from diemcau.indicators.periods import read_day

__all__ = ["asks", "is_report", "is_told", "take_report_back", "tell_reported", "told_at"]

_MOVES = {"done": Move.SUBMIT, "in_progress": Move.START}


def is_report(statement: Statement) -> bool:
    """Whether a task statement tells what came of an order, which it does not give anew."""
    values = statement.values
    return bool(values.get("reported_state") or values.get("reported_result"))


def asks(path: str = "statement__") -> Q:
    """Rows whose statement, as it was read, asks for the work: `is_report` told otherwise.

    Args:
        path: the way from the row to its statement, "" from a statement.
    """
    # Of what was read as null SQLite says "null".
    state, result = (
        NullIf(KeyTextTransform(name, f"{path}data"), Value("null"), output_field=TextField())
        for name in ("reported_state", "reported_result")
    )
    return Q(IsNull(Coalesce(state, result), True))


def tell_reported(task: Task, statement: Statement) -> None:
    """Let a task stand where a report says it stands, unless people have moved it since.

    The rows have the report's day, for that is when the body said so; without one, the day its row
    was accepted.
    Args:
        task: the one the row was read as, or an order it is about.
        statement: the accepted one, with what its row reports.
    """
    at = told_at(statement)
    words = _words(task, statement)
    if words and not _told(task, statement).exists():
        Progress.objects.create(
            task=task,
            done=words,
            state=ProgressState.RELEASED,
            written_by=statement.decided_by,
            written_at=timezone.now(),
            released_by=statement.decided_by,
            released_at=at,
        )
        _heard(task, at)
    _follow_state(task, statement, at)
    task.save(update_fields=["status", "delivered_on", "last_word_at"])


def is_told(order: Task, statement: Statement) -> bool:
    """Whether an order was told what a report says came of it."""
    return _told(order, statement).exists()


def take_report_back(order: Task, statement: Statement) -> None:
    """Let an order stand as if a report were of another matter; what people did since holds."""
    told = _told(order, statement)
    last = order.transitions.exclude(move="").order_by("pk").last()
    was_moved = (
        last is not None and last.move == Move.SUBMIT and last.at == told_at(statement)
    ) and order.status == Status.AWAITING
    if not was_moved and not told.exists():
        return
    told.update(
        state=ProgressState.RETURNED,
        released_at=None,
        released_by=None,
        returned_because=_("The report is of another matter."),
    )
    if was_moved:
        _move(
            order,
            Move.TAKE_BACK,
            statement,
            timezone.now(),
            reason=_("The report is of another matter."),
        )
    order.last_word_at = last_word_now(order.pk)
    order.save(update_fields=["status", "delivered_on", "last_word_at"])


def told_at(statement: Statement) -> dt.datetime:
    """Noon of the report's day, or when its row was accepted if that is earlier."""
    accepted, day = statement.decided_at or timezone.now(), statement.document.spoken_on
    if day is None:
        return accepted
    return min(accepted, timezone.make_aware(dt.datetime.combine(day, dt.time(12))))


def _words(task: Task, statement: Statement) -> str:
    """What the row says came of it; a closed report's words are not for who sees the order."""
    if statement.document.is_closed and not task.document.is_closed:
        return _("What came of it stands in a closed report.")
    return statement.values.get("reported_result") or ""


def _told(task: Task, statement: Statement) -> QuerySet[Progress]:
    """The progress by which a task was told of a report."""
    found = task.progress.filter(
        body=None, done=_words(task, statement), state=ProgressState.RELEASED
    )
    # Two reports may say the same of an order, each on its day.
    is_own = task.statement_id == statement.pk
    return found if is_own else found.filter(released_at=told_at(statement))


def _heard(task: Task, at: dt.datetime) -> None:
    task.last_word_at = max(task.last_word_at or at, at)


def _follow_state(task: Task, statement: Statement, at: dt.datetime) -> None:
    wanted = _MOVES.get(statement.values.get("reported_state") or "")
    moves = list(task.transitions.exclude(move=""))
    if any(one.at > at for one in moves):
        return
    day = _delivered_on(task, statement, at) if wanted == Move.SUBMIT else None
    last = moves[-1] if moves else None
    if last is not None and last.at == at:
        if (last.move, last.delivered_on) == (wanted, day):
            return
        if last.move == Move.SUBMIT:
            _move(task, Move.TAKE_BACK, statement, at)
    if wanted == Move.SUBMIT and task.status in MOVES[wanted].before:
        _move(task, wanted, statement, at, delivered_on=day)
    elif wanted == Move.START and task.status == Status.NEW:
        _move(task, wanted, statement, at)


def _move(
    task: Task,
    move: Move,
    statement: Statement,
    at: dt.datetime,
    *,
    delivered_on: dt.date | None = None,
    reason: str = "",
) -> None:
    columns = step(
        task.pk,
        move,
        before=task.status,
        by=statement.decided_by,
        body=None,
        at=at,
        reason=reason or _("As the report says; written down by who accepted its row."),
        delivered_on=delivered_on,
    )
    made = Transition.objects.create(**columns)
    task.status, task.delivered_on = made.after, delivered_on
    _heard(task, at)


def _delivered_on(task: Task, statement: Statement, at: dt.datetime) -> dt.date | None:
    """The day the report names; None where it cannot be the one of the result."""
    day = read_day(statement.values.get("delivered_on"))
    if day is None or day > timezone.localtime(at).date():
        return None
    return None if task.said_on is not None and day < task.said_on else day
