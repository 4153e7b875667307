"""What a task stands under, and what stands under it: parts, and where it was passed on."""

import datetime as dt
from dataclasses import dataclass, field

from django.db.models import OuterRef, Q, Subquery
from django.db.models.expressions import RawSQL

from diemcau.delivery.models import Task
from diemcau.delivery.queries import with_standing
from diemcau.directory.models import Body
from diemcau.documents.rules import Reader, seen

__all__ = ["DEEPEST", "Node", "depth_of", "tree_of"]

DEEPEST = 8
"""Most levels of tasks under each other: Government, ministry, department, division and below."""


@dataclass(slots=True)
class Node:
    """A task of a tree with those under it, in the order they were recorded."""

    task: Task
    level: int
    is_own: bool
    children: list["Node"] = field(default_factory=list)


_UP = """
WITH RECURSIVE up(id) AS (
    SELECT CAST(%s AS BIGINT) UNION
    SELECT t.parent_id FROM delivery_task t JOIN up ON t.id = up.id WHERE t.parent_id IS NOT NULL
) SELECT id FROM up
"""
_DOWN = """
WITH RECURSIVE down(id) AS (
    SELECT CAST(%s AS BIGINT) UNION
    SELECT t.id FROM delivery_task t JOIN down ON t.parent_id = down.id
) SELECT id FROM down
"""
"""`UNION` keeps each id once, so that a ring in the rows ends, too."""


def depth_of(task: Task) -> int:
    """How many tasks a task stands under; one statement."""
    return Task.objects.filter(pk__in=RawSQL(_UP, [task.pk])).count() - 1


def tree_of(by: Reader, task: Task, *, on: dt.date) -> Node | None:
    """The way from the topmost task to this one, and everything under it, each with its standing.

    One statement. Withdrawn tasks, those another stands for, and what the person may not see are
    left out with what hangs on them.
    Returns:
        The topmost task seen, each task with its lead's name as `lead_name`; None if this one has
        nothing above or below.
    """
    family = Q(pk__in=RawSQL(_UP, [task.pk])) | Q(pk__in=RawSQL(_DOWN, [task.pk]))
    rows = Task.objects.filter(family, seen(by), withdrawn_at=None, replaced_by=None)
    named = Body.objects.filter(ref=OuterRef("lead")).values("name")[:1]
    tasks = with_standing(rows, on=on).annotate(lead_name=Subquery(named)).order_by("pk")
    nodes = {one.pk: Node(one, 0, one.pk == task.pk) for one in tasks}
    for node in nodes.values():
        if (parent := nodes.get(node.task.parent_id or 0)) is not None:
            parent.children.append(node)
    top = nodes.get(task.pk)
    if top is None or len(nodes) == 1:
        return None
    met = {task.pk}
    while (over := nodes.get(top.task.parent_id or 0)) is not None and over.task.pk not in met:
        top = over
        met.add(top.task.pk)
    _level(top, 0, set())
    return top


def _level(node: Node, level: int, met: set[int]) -> None:
    met.add(node.task.pk)
    node.level = level
    node.children = [one for one in node.children if one.task.pk not in met]
    for child in node.children:
        _level(child, level + 1, met)
