"""Progress reports: for which body somebody speaks, and what it last answered."""

from diemcau.access.rules import reached
from diemcau.accounts.rules import Duty, held_by
from diemcau.delivery.models import Progress, ProgressState, Task
from diemcau.delivery.rules import acting_bodies
from diemcau.directory.models import Body
from diemcau.documents.rules import Reader

__all__ = ["last_answer", "own_bodies", "reporting_body"]


def own_bodies(by: Reader, duty: Duty = Duty.ADD) -> set[int]:
    """Bodies whose own people somebody is among; a role over the whole installation is not one."""
    if by is None:
        return set()
    return reached(by, (one.body for one in held_by(by) if one.has(duty)))


def reporting_body(by: Reader, task: Task, *, bodies: list[Body] | None = None) -> Body | None:
    """The body somebody reports for; None is the desk that keeps the register.

    Who holds a role over the whole installation writes as the desk: what it was told by a body is
    not that body's report, and a body's drafts are not the desk's to find.
    Args:
        bodies: those the task is given to, where they are at hand.
    """
    own = own_bodies(by)
    given = acting_bodies(task) if bodies is None else bodies
    return next((body for body in given if body.pk in own), None)


def last_answer(task: Task, body: Body | None) -> Progress | None:
    """What a body last said of a task and released; the next report begins with it."""
    released = Progress.objects.filter(task=task, body=body, state=ProgressState.RELEASED)
    return released.order_by("-released_at", "-pk").first()
