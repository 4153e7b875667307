"""What bodies were asked to do, by the id of the body that was named."""

from collections.abc import Collection

from django.db.models import QuerySet

from diemcau.delivery.models import Assignment

__all__ = ["list_owed"]


def list_owed(body_refs: Collection[str]) -> QuerySet[Assignment]:
    """Assignments of standing tasks to these bodies, newest first."""
    return (
        Assignment.objects.filter(body_ref__in=body_refs, task__withdrawn_at=None)
        .select_related("task")
        .order_by("-task__said_on", "task_id", "id")
    )
