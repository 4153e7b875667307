"""Why something cannot be done with a task, as a sentence for whoever asked."""

from django.utils.translation import gettext as _

from diemcau.delivery.models import Agreement, Task

__all__ = ["AgreementMoved", "Refused", "ReportMoved", "TaskMoved"]


class Refused(ValueError):
    """What was asked cannot be done; the words say what was found and what was expected."""


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
