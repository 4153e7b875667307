"""The day a task was given or promised: as its text tells it, or as what it is tied to does."""

import datetime as dt

from diemcau.delivery.models import Commitment, Task
from diemcau.delivery.row_reports import is_report
from diemcau.documents.models import Statement, StatementKind
from diemcau.indicators.periods import read_day

__all__ = ["day_given", "day_promised", "day_tied", "day_told"]


def day_given(statement: Statement, *, due_to: dt.date | None) -> dt.date | None:
    """The day the task of a statement was given.

    That of the order its row names, else the day its document speaks of. A report on a task says
    only that it was given before: a row that tells a result without naming its order, or a day
    after the task's deadline, leaves it unknown.
    Args:
        due_to: last day of the task's deadline; None if it has none.
    """
    values = statement.values
    if (named := read_day(values.get("given_on"))) is not None:
        return named
    said = statement.document.spoken_on
    if is_report(statement):
        return None
    return None if said is not None and due_to is not None and said > due_to else said


def day_promised(statement: Statement) -> dt.date | None:
    """The day a commitment was signed or promised: the one its words name, else its document's."""
    return read_day(statement.values.get("date")) or statement.document.spoken_on


def day_told(task: Task) -> dt.date | None:
    """The day the text a task rests on fixes; None if it fixes none."""
    statement = task.statement
    if statement is None:
        return task.document.spoken_on
    if statement.kind == StatementKind.COMMITMENT:
        return day_promised(statement)
    return day_given(statement, due_to=task.due_to)


def day_tied(commitment: Commitment) -> dt.date | None:
    """The day of the occasion a commitment was made at, else of the agreement it stands in."""
    held = commitment.occasion and commitment.occasion.on
    return held or (commitment.agreement and commitment.agreement.signed_on)
