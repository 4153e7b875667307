"""What another deadline of a task must be, however it is asked for: on its page or in a file."""

from django.utils import timezone
from django.utils.translation import gettext as _

from diemcau.delivery.deadlines import DueRule, Interval, read_deadline
from diemcau.delivery.models import Task
from diemcau.delivery.refusals import FarDeadline, Refused
from diemcau.delivery.states import OPEN, Status
from diemcau.indicators.days import say_day

__all__ = ["check_another_deadline"]


def check_another_deadline(task: Task, period: str, *, typed: str = "") -> Interval:
    """The days of another deadline that may be asked for.

    Args:
        period: as `typed_period` gives it.
        typed: as the person wrote it, for the refusal.
    Raises:
        Refused: the task is closed, or the deadline is no day ahead and later than the one that
            holds.
    """
    if task.status not in (*OPEN, Status.SUSPENDED):
        raise Refused(
            _("A task that is “%(state)s” has no deadline to move.")
            % {"state": task.get_status_display()}
        )
    due = read_deadline(period, rule=DueRule(task.due_rule or DueRule.CALENDAR))
    if due is None:
        raise Refused(
            _("“%(found)s” is not a day or a period; write 30/06/2026, 2026-Q2, 2026-H1 or 2026.")
            % {"found": (typed or period)[:40]}
        )
    FarDeadline.check(typed or period, due.due_to, on=task.said_on)
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
    return due
