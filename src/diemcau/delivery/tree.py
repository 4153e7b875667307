"""What a task stands under, and what stands under it: parts, and where it was passed on."""

import datetime as dt
from dataclasses import dataclass, field

from django.db import connection

from diemcau.delivery.models import Task
from diemcau.delivery.queries import standing_assignments, with_standing
from diemcau.documents.rules import Reader, seen

__all__ = ["DEEPEST", "Node", "depth_of", "family_of", "tree_of"]

DEEPEST = 8
"""Most levels of tasks under each other: Government, ministry, department, division and below."""


@dataclass(slots=True)
class Node:
    """A task of a tree with those under it, in the order they were recorded."""

    task: Task
    level: int
    is_own: bool
    children: list["Node"] = field(default_factory=list)


_FAMILY = """
WITH RECURSIVE up(id) AS (
    SELECT CAST(%s AS BIGINT) UNION SELECT t.parent_id FROM delivery_task t JOIN up ON t.id = up.id
    WHERE t.parent_id IS NOT NULL
), down(id) AS (
    SELECT CAST(%s AS BIGINT) UNION SELECT t.id FROM delivery_task t
    JOIN down ON t.parent_id = down.id
)
SELECT id, 1 FROM up UNION SELECT id, 0 FROM down WHERE id NOT IN (SELECT id FROM up)
"""
"""`UNION` keeps each id once, so that a ring in the rows ends, too."""


def family_of(pk: int) -> tuple[set[int], set[int]]:
    """Ids of a task with all it stands under, and of all that stands under it; one statement."""
    with connection.cursor() as cursor:
        cursor.execute(_FAMILY, [pk, pk])
        rows = cursor.fetchall()
    return {one for one, up in rows if up}, {one for one, up in rows if not up}


def depth_of(task: Task) -> int:
    """How many tasks a task stands under."""
    return len(family_of(task.pk)[0]) - 1


def tree_of(by: Reader, task: Task, *, on: dt.date) -> Node | None:
    """The way from the topmost task to this one, and everything under it, each with its standing.

    Withdrawn tasks, those another stands for, and what the person may not see are left out with
    what hangs on them.
    Returns:
        The topmost task seen; None if this one has nothing above or below.
    """
    above, below = family_of(task.pk)
    if len(above) + len(below) == 1:
        return None
    rows = Task.objects.filter(
        seen(by), pk__in=above | below, withdrawn_at=None, replaced_by=None
    ).prefetch_related(standing_assignments())
    tasks = {one.pk: one for one in with_standing(rows, on=on).order_by("pk")}
    nodes: dict[int, Node] = {}
    for pk, one in tasks.items():
        nodes[pk] = Node(one, 0, pk == task.pk)
    for node in nodes.values():
        if (parent := nodes.get(node.task.parent_id or 0)) is not None:
            parent.children.append(node)
    here = nodes.get(task.pk)
    if here is None:
        return None
    top, met = here, {task.pk}
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
