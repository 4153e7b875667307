"""Why something cannot be done with a task, as a sentence for whoever asked."""

import datetime as dt

from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _

from diemcau.delivery.deadlines import is_far_off
from diemcau.delivery.models import Agreement, Task
from diemcau.indicators.days import say_day

__all__ = [
    *("AgreementMoved", "FarDeadline", "Refused", "ReportMoved", "TaskMoved"),
    *("check_fits", "no_longer_given"),
]


class Refused(ValueError):
    """What was asked cannot be done; the words say what was found and what was expected."""


def check_fits(model: type[Model], name: str, words: str) -> None:
    """Refuse words longer than their column.

    Args:
        name: of a column of letters.
    Raises:
        Refused: how long they are, and may be.
    """
    longest = model._meta.get_field(name).max_length or 0
    if len(words) > longest:
        raise Refused(
            _("“%(start)s…” has %(n)d letters; at most %(most)d fit there.")
            % {"start": words[:30], "n": len(words), "most": longest}
        )


def no_longer_given() -> str:
    """Why who keeps a task whose giver nobody knows does not give it to whom they asked."""
    return _(
        "The document does not say that your body gives this order, so you give it only to bodies"
        " below yours; who gave it, or the secretariat, gives it to others."
    )


class FarDeadline(Refused):
    """A deadline in another century than its order."""

    def __init__(self, typed: str, on: dt.date) -> None:
        super().__init__(
            _("“%(found)s” lies far from %(day)s; check the year of the deadline.")
            % {"found": " ".join(typed.split())[:40], "day": say_day(on)}
        )

    @classmethod
    def check(cls, typed: str, due: dt.date | None, *, on: dt.date | None) -> None:
        """Refuse it.

        Args:
            due: its last day.
            on: the day of its order; None where nobody knows is held against today.
        Raises:
            FarDeadline: the year must be wrong.
        """
        on = on or timezone.localdate()
        if due is not None and is_far_off(due, on=on):
            raise cls(typed, on)


class TaskMoved(Refused):
    """Somebody changed the task since the person saw it; nothing was overwritten."""

    def __init__(self, task: Task) -> None:
        super().__init__(
            _("Somebody changed this task since you opened it. Look at it again, then decide.")
        )
        self.task = task


class AgreementMoved(Refused):
    """Somebody changed the agreement since the person saw it; nothing was overwritten."""

    def __init__(self, agreement: Agreement) -> None:
        super().__init__(
            _("Somebody changed this agreement since you opened it. Look at it again, then decide.")
        )
        self.agreement = agreement


class ReportMoved(Refused):
    """Somebody of the body changed its open report since the person saw it."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "Somebody of your body changed this report since you opened it. What you typed is"
                " still here; look at theirs, then decide."
            )
        )
