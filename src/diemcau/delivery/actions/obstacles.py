"""What stands in the way of a task: opened with its side and who can decide, resolved with how."""

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from diemcau.accounts.models import User
from diemcau.audit.actions import action, record_action
from diemcau.delivery.ledger import touch
from diemcau.delivery.locking import lock_task
from diemcau.delivery.models import Obstacle, Task
from diemcau.delivery.obstacles import Hindrance, note_hindrance
from diemcau.delivery.refusals import Refused
from diemcau.delivery.rules import can_follow_up, is_released, parties_of, require_party
from diemcau.delivery.states import Party, Status

__all__ = ["open_obstacle", "resolve_obstacle"]


@action("delivery.open_obstacle", may=can_follow_up)
def open_obstacle(
    actor: User | None, *, task: int, hindrance: Hindrance, seen: int | None = None
) -> Obstacle:
    """Say what stands in the way, on whose side it lies and who can decide.

    Args:
        task: its id.
        seen: the version the person had before them; None does not ask.
    Raises:
        PermissionDenied: the task was not given to a body of theirs.
        Refused: the task is done, or nothing is said.
    """
    row = lock_task(task, seen=seen)
    body = require_party(actor, row, Party.ASSIGNEE)
    if row.status == Status.DONE:
        raise Refused(_("The task is done; nothing stands in its way any more."))
    made = note_hindrance(actor, row, body, hindrance)
    row.last_word_at = made.opened_at
    touch(row, "last_word_at")
    record_action(
        row,
        detail={
            "obstacle": made.pk,
            "cause": made.cause,
            "side": made.side,
            "level": made.level,
        },
    )
    return made


@action("delivery.resolve_obstacle", may=can_follow_up)
def resolve_obstacle(
    actor: User | None, *, obstacle: int, how: str, seen: int | None = None
) -> Obstacle:
    """Say how an obstacle went out of the way; either side of the task may.

    Args:
        how: in words.
    Raises:
        PermissionDenied: neither side of the task is theirs, or it stands in somebody's draft.
        Refused: it is resolved already, or how is not said.
    """
    found = Obstacle.objects.filter(is_released("progress__"), pk=obstacle)
    task = found.values_list("task", flat=True).first()
    if task is None:
        raise PermissionDenied("obstacle: hidden")
    row = lock_task(task, seen=seen)
    require_party(actor, row, _side_of(actor, row))
    made = Obstacle.objects.get(pk=obstacle)
    if made.resolved_at is not None:
        raise Refused(_("This obstacle was resolved already: %(how)s") % {"how": made.resolution})
    if not how.strip():
        raise Refused(_("Say how it was resolved, in a few words."))
    made.resolved_by, made.resolved_at = actor, timezone.now()
    made.resolution = how.strip()[:500]
    made.save(update_fields=["resolved_by", "resolved_at", "resolution"])
    row.last_word_at = made.resolved_at
    touch(row, "last_word_at")
    record_action(row, detail={"obstacle": made.pk}, reason=made.resolution)
    return made


def _side_of(actor: User | None, row: Task) -> Party:
    sides = parties_of(actor, row)
    return Party.ASSIGNEE if Party.ASSIGNEE in sides else Party.ASSIGNER
