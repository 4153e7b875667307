"""The one body that leads a task: found among its assignments, and kept beside it."""

from collections.abc import Sequence

from diemcau.delivery.doers.givers import settle_giver
from diemcau.delivery.models import Assignment, AssignmentRole, Task

__all__ = ["PARTNERS_SIDE", "UNKNOWN_BODY", "lead_of", "ref_of_lead", "settle_lead"]

UNKNOWN_BODY = "?"
"""Stands for a lead the directory does not know."""
PARTNERS_SIDE = "~"
"""Stands for the lead of what the partner's side keeps, where tasks are counted by who leads."""


def lead_of(task: Task) -> Assignment | None:
    """The assignment of the one body that leads a task; None if none does, or several do.

    A collective beside it does not lead, nor do the bodies it means.
    """
    named = task.assignments.filter(role=AssignmentRole.LEAD, ended_at=None)
    leads = [one for one in named if one.is_lead]
    return leads[0] if len(leads) == 1 else None


def ref_of_lead(bodies: Sequence[str]) -> str:
    """What is kept beside a task of who leads it: "" if none does, or several do.

    Args:
        bodies: ids of the single bodies named to lead, "" for one the directory does not know.
    """
    return (bodies[0] or UNKNOWN_BODY) if len(bodies) == 1 else ""


def settle_lead(task: Task) -> None:
    """Keep beside a task the one body that leads it, and the one that gave it."""
    one = lead_of(task)
    lead = ref_of_lead([one.body] if one is not None else [])
    if lead != task.lead:
        task.lead = lead
        task.save(update_fields=["lead"])
    settle_giver(task)
