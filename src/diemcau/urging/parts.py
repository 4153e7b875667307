"""What part a body has in the tasks it is written to about: it leads, or it helps who leads."""

from collections.abc import Collection

from django.db.models import Case, QuerySet, Value, When

from diemcau.delivery.models import AssignmentRole, Task
from diemcau.delivery.rules import given_to

__all__ = ["part_of", "with_part"]

_ORDER = (AssignmentRole.LEAD, AssignmentRole.COORDINATING, AssignmentRole.FOLLOWING)


def with_part(tasks: QuerySet[Task], refs: Collection[str]) -> QuerySet[Task]:
    """Tasks marked with `is_led`: whether one of some bodies leads them alone.

    Args:
        refs: ids in the directory.
    """
    leads = given_to(refs, leads=True)
    return tasks.annotate(is_led=Case(When(leads, then=Value(True)), default=Value(False)))


def part_of(task: Task, refs: Collection[str]) -> AssignmentRole:
    """The part in a task of the bodies it was marked for by `with_part`, the largest of them.

    Args:
        task: with its standing assignments at hand.
    """
    held = {one.role for one in task.assignments.all() if one.body in refs}
    if task.is_led:
        held.add(AssignmentRole.LEAD)
    # Who came to it after a division, and does not lead it, helps.
    return next((role for role in _ORDER if role in held), AssignmentRole.COORDINATING)
