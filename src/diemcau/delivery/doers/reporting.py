"""Progress reports: for which body somebody speaks, and what it last answered."""

from django.utils import timezone

from diemcau.access.rules import reached
from diemcau.accounts.models import Grant
from diemcau.accounts.rules import ROLES_WITH, Duty, held_by, in_force
from diemcau.delivery.models import Progress, ProgressState, Task
from diemcau.delivery.rules import acting_bodies
from diemcau.directory.models import Body
from diemcau.directory.reach import above
from diemcau.documents.rules import Reader

__all__ = ["has_approver", "last_answer", "own_bodies", "reporting_bodies", "reporting_body"]


def own_bodies(by: Reader, duty: Duty = Duty.ADD) -> set[int]:
    """Bodies whose own people somebody is among; a role over the whole installation is not one."""
    if by is None:
        return set()
    return reached(by, (one.body for one in held_by(by) if one.has(duty)))


def reporting_bodies(by: Reader, task: Task, *, bodies: list[Body] | None = None) -> list[Body]:
    """The bodies of a task somebody reports for, the one that leads it first.

    Args:
        bodies: those the task is given to, where they are at hand.
    """
    own = own_bodies(by)
    given = acting_bodies(task) if bodies is None else bodies
    return sorted((one for one in given if one.pk in own), key=lambda one: one.ref != task.lead)


def reporting_body(
    by: Reader, task: Task, *, bodies: list[Body] | None = None, wanted: str = ""
) -> Body | None:
    """The body somebody reports for; None is the desk that keeps the register.

    Who holds a role over the whole installation writes as the desk: what it was told by a body is
    not that body's report, and a body's drafts are not the desk's to find.
    Args:
        bodies: those the task is given to, where they are at hand.
        wanted: id in the directory of the one they chose, of several; "" is the first.
    """
    own = reporting_bodies(by, task, bodies=bodies)
    chosen = [one for one in own if one.ref == wanted]
    return next(iter(chosen or own), None)


def has_approver(body: Body) -> bool:
    """Whether anybody in force today may release a body's reports."""
    grants = Grant.objects.filter(
        in_force(timezone.localdate()),
        body__in=above([body.pk]),
        role__in=ROLES_WITH[Duty.CONFIRM],
        person__is_active=True,
    )
    return grants.exists()


def last_answer(task: Task, body: Body | None) -> Progress | None:
    """What a body last wrote of a task and released; the next report begins with it."""
    written = Progress.objects.filter(task=task, body=body, report=None)
    released = written.filter(state=ProgressState.RELEASED)
    return released.order_by("-released_at", "-pk").first()
