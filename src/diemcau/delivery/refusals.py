"""Why something cannot be done with a task, as a sentence for whoever asked."""

from django.utils.translation import gettext as _

from diemcau.delivery.models import Task

__all__ = ["Refused", "TaskMoved"]


class Refused(ValueError):
    """What was asked cannot be done; the words say what was found and what was expected."""


class TaskMoved(Refused):
    """Somebody changed the task since the person saw it; nothing was overwritten."""

    def __init__(self, task: Task) -> None:
        super().__init__(
            _("Somebody changed this task since you opened it. Look at it again, then decide.")
        )
        self.task = task
