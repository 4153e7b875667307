"""What the row of a report's table says came of a task, and how a task is told of it.

The report is the body's word, written down by who accepted the row: the task is reported done, and
waits for a second person and for evidence like any other. An order such a row was tied to is told
the same (`matters.reported`). Whatever a report told has the row's statement beside it, and is
found again by that; its words are read where they stand, by who may see the report.
"""

import datetime as dt
from collections.abc import Iterable, Sequence

from django.db.models import Case, F, Q, QuerySet, TextField, Value, When
from django.db.models.expressions import Combinable
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Coalesce, NullIf
from django.db.models.lookups import IsNull
from django.utils import timezone
from django.utils.translation import gettext as _

from diemcau.accounts.models import User
from diemcau.delivery.models import Progress, ProgressState, Task, Transition
from diemcau.delivery.recording import step
from diemcau.delivery.states import MOVES, Move, Status
from diemcau.delivery.words import last_word_now
from diemcau.documents.models import Statement
from diemcau.documents.rules import Reader, seen
from diemcau.indicators.periods import read_day

__all__ = [
    *("asks", "by_day", "is_report", "let_know", "reports_told_of", "tell_own", "told_at"),
    *("with_words", "words_said"),
]

_FIELDS = ("reported_state", "reported_result")
_MOVES = {"done": Move.SUBMIT, "in_progress": Move.START}
_FAR = {Move.SUBMIT: 2, Move.START: 1}
_FROM = {Move.SUBMIT: MOVES[Move.SUBMIT].before, Move.START: (Status.NEW,)}
"""What is to be done again, a report that it is in progress does not begin again."""


def is_report(statement: Statement) -> bool:
    """Whether a task statement tells what came of an order, which it does not give anew."""
    return any(statement.values.get(name) for name in _FIELDS)


def asks(path: str = "statement__") -> Q:
    """Rows whose statement asks for the work: not `is_report`, of the values that hold.

    Args:
        path: the way from the row to its statement, "" from a statement.
    """
    return Q(IsNull(Coalesce(*(_held(name, path) for name in _FIELDS)), True))


def words_said(by: Reader) -> Combinable:
    """What a progress report says was done, as an expression; null where it is not theirs to know.

    Args:
        by: who reads. Of a report they do not see, no word is told.
    """
    told = Coalesce(_held("reported_result", "report__"), Value(""))
    return Case(
        When(report=None, then=F("done")),
        When(Q(report__isnull=False) & seen(by, "report__document"), then=told),
        default=None,
        output_field=TextField(),
    )


def with_words(by: Reader, rows: QuerySet[Progress]) -> QuerySet[Progress]:
    """Progress reports with their `words`, as a person may know them."""
    return rows.annotate(told_words=words_said(by))


def _held(name: str, path: str) -> Combinable:
    """A field of the values that hold for a statement; null where it says nothing."""
    data, corrected = (KeyTextTransform(name, f"{path}{one}") for one in ("data", "corrected"))
    held: Combinable = Case(
        When(**{f"{path}corrected__isnull": True}, then=data),
        default=corrected,
        output_field=TextField(),
    )
    # Of what was read as null SQLite says "null".
    for nothing in ("null", ""):
        held = NullIf(held, Value(nothing), output_field=TextField())
    return held


def tell_own(task: Task, statement: Statement) -> None:
    """Let the task a row was read as stand where the row says it stands.

    Args:
        statement: its own, accepted; who accepted it wrote it down.
    """
    if not any(name in read for read in (statement.data, statement.values) for name in _FIELDS):
        return
    others = [one for one in reports_told_of([task]).get(task.pk, ()) if one != statement]
    own = [statement] if is_report(statement) else []
    let_know(task, sorted([*others, *own], key=by_day), by=statement.decided_by)


def reports_told_of(tasks: Iterable[Task]) -> dict[int, list[Statement]]:
    """The rows of reports some tasks were told by and that still hold, by id of the task."""
    rows = Progress.objects.filter(
        task__in=tasks, report__isnull=False, state=ProgressState.RELEASED
    )
    found: dict[int, list[Statement]] = {}
    for one in rows.select_related("report__document", "report__decided_by").order_by("pk"):
        found.setdefault(one.task_id, []).append(one.report)
    return found


def let_know(task: Task, reports: Sequence[Statement], *, by: User | None) -> bool:
    """Let a task stand where some reports say it stands; what others told it is taken back.

    Idempotent. What was reported has the report's day, for that is when the body said so. The
    furthest that was reported holds, and of two alike the one that moved the task, else the first;
    what people did after a report's day is not moved by it.
    Args:
        task: the one a row was read as, or an order it is about; locked.
        reports: accepted ones, all that are told of it, the earliest first.
        by: who lets it know.
    Returns:
        Whether anything changed.
    """
    was_told = _tell_words(task, reports, by)
    was_moved = _follow_state(task, reports, by)
    if not (was_told or was_moved):
        return False
    task.last_word_at = last_word_now(task.pk)
    task.save(update_fields=["status", "delivered_on", "last_word_at"])
    return True


def told_at(statement: Statement) -> dt.datetime:
    """Noon of the report's day, or when its row was accepted if that is earlier."""
    accepted, day = statement.decided_at or timezone.now(), statement.document.spoken_on
    if day is None:
        return accepted
    return min(accepted, timezone.make_aware(dt.datetime.combine(day, dt.time(12))))


def _is_dayless(statement: Statement) -> bool:
    """Whether it stands on the day it was first told: accepted anew, it is no later word."""
    return statement.document.spoken_on is None


def by_day(statement: Statement) -> tuple:
    """The order of reports: as they were said."""
    return told_at(statement), statement.pk


def _tell_words(task: Task, reports: Sequence[Statement], by: User | None) -> bool:
    told = {one.report_id: one for one in task.progress.exclude(report=None)}
    changed = False
    for statement in reports:
        at, one = told_at(statement), told.pop(statement.pk, None)
        if one is None:
            one = Progress(task=task, report=statement, written_at=timezone.now())
        elif one.state == ProgressState.RELEASED and (
            one.released_at == at or _is_dayless(statement)
        ):
            continue
        one.state, one.returned_because = ProgressState.RELEASED, ""
        one.written_by, one.released_by, one.released_at = statement.decided_by, by, at
        one.save()
        changed = True
    for one in told.values():
        if one.state == ProgressState.RELEASED:
            one.state, one.returned_because = ProgressState.RETURNED, _no_more()
            one.released_by = one.released_at = None
            one.save()
            changed = True
    return changed


def _follow_state(task: Task, reports: Sequence[Statement], by: User | None) -> bool:
    moves = list(task.transitions.exclude(move="").order_by("pk"))
    last = moves[-1] if moves else None
    held = last if last and last.report_id and last.move in _FAR else None
    said = _holding(reports, moves, held)
    wanted = _MOVES.get(said.values["reported_state"]) if said else None
    day = _delivered_on(task, said) if said and wanted == Move.SUBMIT else None
    if held is not None and said is not None and held.report_id == said.pk:
        is_same = (held.move, held.delivered_on) == (wanted, day)
        if is_same and (told_at(said) <= held.at or _is_dayless(said)):
            return False
    before = task.status
    if held is not None and held.move == Move.SUBMIT and task.status == Status.AWAITING:
        still = said is not None or held.report_id in {one.pk for one in reports}
        # Corrected, it was never reported otherwise; of another matter, it was until now.
        at = held.at if still else timezone.now()
        reason = "" if still else _no_more()
        _move(task, Move.TAKE_BACK, held.report_id, by=by, at=at, reason=reason)
        last = held
    if said is not None and wanted is not None and task.status in _FROM[wanted]:
        at = max(told_at(said), last.at) if last else told_at(said)
        _move(task, wanted, said.pk, by=by, at=at, delivered_on=day)
        return True
    return task.status != before


def _holding(
    reports: Sequence[Statement], moves: Sequence[Transition], held: Transition | None
) -> Statement | None:
    """The report that says where a task stands; None if people did something since, or none does.

    Args:
        held: the move by which a report holds now.
    """
    by_people = [one.at for one in moves if one.report_id is None]
    far = {
        one.pk: _FAR.get(_MOVES.get(one.values.get("reported_state") or ""), 0) for one in reports
    }
    heard = [one for one in reports if far[one.pk] and all(at <= told_at(one) for at in by_people)]
    if not heard:
        return None
    most = max(far[one.pk] for one in heard)
    furthest = [one for one in heard if far[one.pk] == most]
    standing = (one for one in furthest if held is not None and one.pk == held.report_id)
    return next(standing, furthest[0])


def _move(
    task: Task,
    move: Move,
    report: int,
    *,
    by: User | None,
    at: dt.datetime,
    delivered_on: dt.date | None = None,
    reason: str = "",
) -> None:
    columns = step(
        task.pk,
        move,
        before=task.status,
        by=by,
        body=None,
        at=at,
        reason=reason or _("As the report says; written down by who accepted its row."),
        delivered_on=delivered_on,
    )
    made = Transition.objects.create(**columns, report_id=report)
    task.status, task.delivered_on = made.after, delivered_on


def _no_more() -> str:
    return _("The report is of another matter.")


def _delivered_on(task: Task, statement: Statement) -> dt.date | None:
    """The day the report names; None where it cannot be the one of the result."""
    day = read_day(statement.values.get("delivered_on"))
    if day is None or day > timezone.localtime(told_at(statement)).date():
        return None
    return None if task.said_on is not None and day < task.said_on else day
