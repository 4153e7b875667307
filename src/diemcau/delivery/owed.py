"""What bodies were asked to do, by the id of the body that was named."""

from collections.abc import Collection
from datetime import date

from django.db.models import Q, QuerySet

from diemcau.delivery.models import Assignment

__all__ = ["list_owed"]


def list_owed(body_refs: Collection[str], *, on: date) -> QuerySet[Assignment]:
    """Assignments to these bodies of standing tasks said by a day, newest first.

    A task whose day is not known counts as said.
    """
    said = Q(task__said_on__isnull=True) | Q(task__said_on__lte=on)
    return (
        Assignment.objects.filter(said, body_ref__in=body_refs, task__withdrawn_at=None)
        .select_related("task")
        .order_by("-task__said_on", "task_id", "id")
    )
