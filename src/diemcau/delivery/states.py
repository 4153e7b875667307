"""The states of a task, and which move leads from which to which.

Sources: the four cells of the Government's task statistics, and the states real task modules have
beside them: awaiting confirmation, suspended, refused, redo.
"""

import datetime as dt
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

__all__ = [
    "MOVES",
    "NEAR_DAYS",
    "OPEN",
    "Move",
    "Party",
    "Rule",
    "Standing",
    "Status",
    "moves_from",
    "standing",
]

NEAR_DAYS = 30
"""On the last so many days before a deadline ends a task counts as near it."""


class Status(TextChoices):
    """Where the work stands, whatever the calendar says."""

    NEW = "new", _("Not started")
    IN_PROGRESS = "in_progress", _("In progress")
    AWAITING = "awaiting", _("Awaiting confirmation")
    REDO = "redo", _("To be done again")
    SUSPENDED = "suspended", _("Suspended")
    REFUSED = "refused", _("Refused")
    DONE = "done", _("Done")


OPEN = (Status.NEW, Status.IN_PROGRESS, Status.AWAITING, Status.REDO)
"""States of work that is still owed."""


class Party(TextChoices):
    """Who makes a move: those the task was given to, or those who gave it."""

    ASSIGNEE = "assignee", _("The body it was given to")
    ASSIGNER = "assigner", _("Who gave it")


@dataclass(frozen=True, slots=True)
class Rule:
    """What a move needs.

    Args:
        before: states it leads from.
        after: the state it leads to.
        by: whose move it is.
        reason: whether it asks for one.
    """

    before: tuple[Status, ...]
    after: Status
    by: Party
    reason: bool = False


class Move(TextChoices):
    """What somebody does to the state of a task."""

    START = "start", _("Start the work")
    SUBMIT = "submit", _("Report it done")
    TAKE_BACK = "take_back", _("Take the report back")
    CONFIRM = "confirm", _("Confirm it is done")
    RETURN = "return", _("Return the result")
    REOPEN = "reopen", _("Reopen")
    SUSPEND = "suspend", _("Suspend")
    RESUME = "resume", _("Resume")
    REFUSE = "refuse", _("Refuse the task")
    INSIST = "insist", _("Give it again")


_WORK = (Status.NEW, Status.IN_PROGRESS, Status.REDO)
MOVES: dict[Move, Rule] = {
    Move.START: Rule((Status.NEW, Status.REDO), Status.IN_PROGRESS, Party.ASSIGNEE),
    Move.SUBMIT: Rule(_WORK, Status.AWAITING, Party.ASSIGNEE),
    Move.TAKE_BACK: Rule((Status.AWAITING,), Status.IN_PROGRESS, Party.ASSIGNEE),
    Move.CONFIRM: Rule((Status.AWAITING,), Status.DONE, Party.ASSIGNER),
    Move.RETURN: Rule((Status.AWAITING,), Status.REDO, Party.ASSIGNER, reason=True),
    Move.REOPEN: Rule((Status.DONE,), Status.REDO, Party.ASSIGNER, reason=True),
    Move.SUSPEND: Rule(_WORK, Status.SUSPENDED, Party.ASSIGNER, reason=True),
    Move.RESUME: Rule((Status.SUSPENDED,), Status.IN_PROGRESS, Party.ASSIGNER),
    Move.REFUSE: Rule(_WORK, Status.REFUSED, Party.ASSIGNEE, reason=True),
    Move.INSIST: Rule((Status.REFUSED,), Status.NEW, Party.ASSIGNER, reason=True),
}
"""The one table of transitions; what it does not list cannot happen."""


def moves_from(status: str) -> list[Move]:
    """The moves a state allows, whoever makes them."""
    return [move for move, rule in MOVES.items() if status in rule.before]


class Standing(TextChoices):
    """Where a task stands on a day: every task is in exactly one, so their counts add up.

    The official four cells are DONE_ON_TIME, DONE_LATE, LATE, and IN_TIME with NEAR; the others are
    what the four cells cannot hold.
    """

    LATE = "late", _("Late")
    NEAR = "near", _("Near its deadline")
    IN_TIME = "in_time", _("In time")
    NONE = "none", _("No deadline")
    DONE_ON_TIME = "done_on_time", _("Done on time")
    DONE_LATE = "done_late", _("Done late")
    DONE = "done", _("Done, no deadline")
    SUSPENDED = "suspended", _("Suspended")
    REFUSED = "refused", _("Refused")


def standing(
    status: str, due_to: dt.date | None, delivered_on: dt.date | None, *, on: dt.date
) -> Standing:
    """Where a task stands on a day.

    Source: the Government's task statistics; a task is late only after the last day of its
    deadline, and done on time if it was delivered by that day, whenever it was confirmed. While a
    result awaits confirmation it is late only if it was reported for a later day: where the report
    names none, nobody can say so.
    Args:
        status: its state on that day.
        due_to: last day of its deadline; None if there is none.
        delivered_on: day the result was delivered; None if it is not known, which counts as
            delivered on the day asked about once it is done.
    """
    if status in (Status.SUSPENDED, Status.REFUSED):
        return Standing(status)
    if status == Status.DONE:
        if due_to is None:
            return Standing.DONE
        return Standing.DONE_LATE if (delivered_on or on) > due_to else Standing.DONE_ON_TIME
    if due_to is None:
        return Standing.NONE
    if on > due_to:
        was_late = status != Status.AWAITING or (delivered_on is not None and delivered_on > due_to)
        return Standing.LATE if was_late else Standing.IN_TIME
    return Standing.NEAR if (due_to - on).days < NEAR_DAYS else Standing.IN_TIME
