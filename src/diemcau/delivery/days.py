"""The day a task was given."""

import datetime as dt

from diemcau.documents.models import Statement
from diemcau.indicators.periods import read_day

__all__ = ["day_given"]


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
    if values.get("reported_state") or values.get("reported_result"):
        return None
    return None if said is not None and due_to is not None and said > due_to else said
