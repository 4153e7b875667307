"""A task locked for a change, as the person who changes it had it before them."""

from django.utils.translation import gettext as _

from diemcau.delivery.models import Task
from diemcau.delivery.refusals import Refused, TaskMoved

__all__ = ["check_version", "lock_task"]


def lock_task(pk: int, *, seen: int | None) -> Task:
    """The task, its row locked until the transaction ends.

    Args:
        seen: the version the person had before them; None does not ask.
    Raises:
        TaskMoved: it has another version now.
        Refused: it stands no more, or another stands for it.
    """
    task = (
        Task.objects.select_for_update(of=("self",))
        .select_related("document__owner", "assigner")
        .get(pk=pk)
    )
    if task.withdrawn_at is not None:
        raise Refused(_("This task was withdrawn: its statement is no longer accepted."))
    if task.replaced_by_id is not None:
        raise Refused(_("Another task stands for this one; act on that one."))
    check_version(task, seen)
    return task


def check_version(task: Task, seen: int | None) -> None:
    """Refuse a task that is another than the person had before them; None does not ask.

    Raises:
        TaskMoved: somebody changed it.
    """
    if seen is not None and seen != task.version:
        raise TaskMoved(task)
