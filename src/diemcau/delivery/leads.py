"""The one body that leads a task: found among its assignments, and kept beside it."""

from diemcau.delivery.models import Assignment, AssignmentRole, Task

__all__ = ["UNKNOWN_BODY", "lead_of", "settle_lead"]

UNKNOWN_BODY = "?"
"""Stands for a lead the directory does not know."""


def lead_of(task: Task) -> Assignment | None:
    """The assignment of the one body that leads a task; None if none does, or several do.

    A collective beside it does not lead, nor do the bodies it means.
    """
    named = task.assignments.filter(role=AssignmentRole.LEAD, ended_at=None, is_collective=False)
    leads = list(named.filter(expanded_from=None)[:2])
    return leads[0] if len(leads) == 1 else None


def settle_lead(task: Task) -> None:
    """Keep beside a task the one body that leads it."""
    one = lead_of(task)
    lead = (one.body or UNKNOWN_BODY) if one is not None else ""
    if lead != task.lead:
        task.lead = lead
        task.save(update_fields=["lead"])
