"""Deadlines as people type them, read or refused in a sentence: on a page or in a file."""

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext as _

from diemcau.delivery.deadlines import DueRule, Interval, read_deadline, typed_period
from diemcau.delivery.models import Task
from diemcau.delivery.refusals import FarDeadline, Refused
from diemcau.delivery.states import OPEN, Status
from diemcau.indicators.days import say_day

__all__ = ["read_another_deadline", "read_typed_deadline"]


def read_typed_deadline(
    typed: str, *, on: dt.date | None, rule: DueRule = DueRule.CALENDAR
) -> tuple[str, Interval | None]:
    """A deadline in the register's form, and its days; "" and None of nothing.

    Args:
        typed: as `typed_period` takes it.
        on: the day of its order; None where nobody knows is held against today.
    Raises:
        Refused: it is no day and no period.
        FarDeadline: its year must be wrong.
    """
    period = typed_period(typed)
    if not period:
        return "", None
    due = read_deadline(period, rule=rule)
    if due is None:
        raise _no_deadline(typed)
    FarDeadline.check(typed, due.due_to, on=on)
    return period, due


def read_another_deadline(task: Task, typed: str) -> str:
    """Another deadline that may be asked for, in the register's form.

    Args:
        typed: as `typed_period` takes it.
    Raises:
        Refused: the task is closed, or the deadline is no day ahead and later than the one that
            holds.
    """
    if task.status not in (*OPEN, Status.SUSPENDED):
        raise Refused(
            _("A task that is “%(state)s” has no deadline to move.")
            % {"state": task.get_status_display()}
        )
    period, due = read_typed_deadline(typed, on=task.said_on, rule=task.counted_by)
    if due is None:
        raise _no_deadline(typed)
    if due.due_to == task.due_to:
        raise Refused(_("That is the deadline it has already."))
    if due.due_to < timezone.localdate():
        raise Refused(
            _("%(day)s has passed already; ask for a deadline that lies ahead.")
            % {"day": say_day(due.due_to)}
        )
    if task.due_to is not None and due.due_to < task.due_to:
        raise Refused(
            _("%(day)s is before the deadline that holds, %(last)s; a request moves it later.")
            % {"day": say_day(due.due_to), "last": say_day(task.due_to)}
        )
    return period


def _no_deadline(typed: str) -> Refused:
    return Refused(
        _("“%(found)s” is not a day or a period; write 30/06/2026, 2026-Q2, 2026-H1 or 2026.")
        % {"found": typed.strip()[:40]}
    )
