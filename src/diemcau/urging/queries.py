"""Reads of what was said: a person's notices, and which of them still hold."""

from collections.abc import Iterable

from django.db.models import QuerySet
from django.utils import timezone

from diemcau.accounts.models import User
from diemcau.documents.rules import seen
from diemcau.urging.expected import working_time
from diemcau.urging.models import Notice
from diemcau.urging.plan import list_items

__all__ = ["holding", "list_notices", "n_unread"]


def list_notices(person: User) -> QuerySet[Notice]:
    """What was said to a person of tasks they may see today, the newest first."""
    return (
        Notice.objects.filter(seen(person, "task__document"), person=person)
        .select_related("task", "rule")
        .order_by("-pk")
    )


def n_unread(person: User) -> int:
    """How many of them the person has not read."""
    return list_notices(person).filter(read_at=None).count()


def holding(notices: Iterable[Notice]) -> set[int]:
    """Ids of the notices whose cause is still there: the task late, the report not come."""
    rows = list(notices)
    if not rows:
        return set()
    tasks = {one.task_id for one in rows}
    rules = {one.rule_id for one in rows}
    items = list_items(
        timezone.localdate(), time=working_time(), tasks=tasks, rules=rules, with_bodies=False
    )
    keys = {item.key for item in items}
    return {one.pk for one in rows if (one.rule_id, one.task_id, one.about, one.anchor) in keys}
