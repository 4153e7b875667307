"""What stands in the way of a task: written beside a report or alone, and what is still open."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from diemcau.accounts.models import User
from diemcau.delivery.models import DecidingLevel, Obstacle, Progress, Side, SlipReason, Task
from diemcau.delivery.refusals import Refused
from diemcau.delivery.rules import is_released, sees_progress
from diemcau.directory.models import Body
from diemcau.documents.rules import Reader, seen

__all__ = ["Hindrance", "list_obstacles", "note_hindrance", "still_open"]


@dataclass(frozen=True, slots=True)
class Hindrance:
    """What a person says stands in the way.

    Args:
        what: in words.
        cause: why.
        side: on whose side it lies.
        level: who can decide what it needs.
        recommendation: what the body proposes; "" if nothing.
    """

    what: str
    cause: SlipReason
    side: Side
    level: DecidingLevel
    recommendation: str = ""


def note_hindrance(
    actor: User | None,
    task: Task,
    body: Body | None,
    said: Hindrance,
    *,
    progress: Progress | None = None,
) -> Obstacle:
    """Write down what stands in the way; for the actions that take it in.

    Raises:
        Refused: nothing is said, or the partner would decide on what lies on our side alone.
    """
    if not said.what.strip():
        raise Refused(_("Say in a few words what stands in the way."))
    if said.side == Side.OURS and said.level == DecidingLevel.PARTNER:
        raise Refused(
            _("An obstacle on our side is not the partner's to decide; choose who of ours can.")
        )
    return Obstacle.objects.create(
        task=task,
        progress=progress,
        what=said.what.strip(),
        cause=said.cause,
        side=said.side,
        level=said.level,
        recommendation=said.recommendation.strip(),
        body=body,
        opened_by=actor,
        opened_at=timezone.now(),
    )


def still_open(task: Task) -> QuerySet[Obstacle]:
    """The obstacles of a task that all who see it see, and that nobody has resolved."""
    return task.obstacles.filter(is_released("progress__"), resolved_at=None)


def list_obstacles(by: Reader) -> QuerySet[Obstacle]:
    """What stands in the way of tasks that a person may see, the oldest first.

    Whatever became of the task in the meantime, an obstacle nobody resolved is listed.
    """
    rows = Obstacle.objects.filter(
        seen(by, "task__document"),
        sees_progress(by, "progress__"),
        resolved_at=None,
        task__withdrawn_at=None,
        task__replaced_by=None,
    )
    return rows.select_related("task", "body", "progress").order_by("opened_at", "pk")
