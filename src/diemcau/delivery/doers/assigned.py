"""Whom a task is given to, for a page: each body with its answer, who acts for it, who may what."""

from dataclasses import dataclass, field

from django.db.models import Prefetch, prefetch_related_objects

from diemcau.accounts.rules import Duty
from diemcau.delivery.models import Assignment, AssignmentAnswer, AssignmentRole, Task
from diemcau.delivery.rules import acting_for, is_divided, may_act_for
from diemcau.directory.models import Body
from diemcau.documents.rules import Reader

__all__ = ["Line", "lines_of"]

_ORDER = {AssignmentRole.LEAD: 0, AssignmentRole.COORDINATING: 1, AssignmentRole.FOLLOWING: 2}


@dataclass(slots=True)
class Line:
    """One assignment of a task.

    Args:
        acting: the body that acts for it today; None if it is many, unknown, or was divided and
            nobody said who answers.
        last: its last answer.
        is_divided: whether a person has yet to say who acts for it.
        members: of a collective, the bodies a person said it means.
        may_act: whether the person asked about acts for it.
        may_pass_on: whether they approve for it.
    """

    row: Assignment
    acting: Body | None = None
    last: AssignmentAnswer | None = None
    is_divided: bool = False
    members: list["Line"] = field(default_factory=list)
    may_act: bool = False
    may_pass_on: bool = False

    @property
    def n_delivered(self) -> int:
        """How many of the bodies a collective means have delivered."""
        return sum(one.row.delivered_at is not None for one in self.members)

    @property
    def is_ended(self) -> bool:
        """Whether another body acts today for the one that was named."""
        return self.acting is not None and self.acting.ref != self.row.body


def lines_of(by: Reader, task: Task, *, asks: bool = False) -> list[Line]:
    """Whom a task is given to today: the lead first, members under their collective.

    The task has its standing assignments at hand afterwards.
    Args:
        asks: also find out what the person may do for each.
    """
    standing = Assignment.objects.filter(ended_at=None).order_by("pk")
    answers_said = AssignmentAnswer.objects.select_related("by")
    prefetch_related_objects(
        [task],
        Prefetch("assignments", standing),
        Prefetch("assignments__answers", answers_said),
    )
    rows = list(task.assignments.all())
    acting = acting_for(task, {one.body for one in rows if one.body})
    lines: dict[int, Line] = {}
    for one in rows:
        answers = list(one.answers.all())
        line = Line(one, acting.get(one.body), answers[-1] if answers else None)
        line.is_divided = bool(one.body) and line.acting is None and is_divided(one.body)
        if asks and not one.is_collective and not line.is_divided:
            line.may_act = may_act_for(by, line.acting)
            approves = line.acting is not None and may_act_for(by, line.acting, Duty.CONFIRM)
            line.may_pass_on = approves
        lines[one.pk] = line
    for line in lines.values():
        if line.row.expanded_from_id in lines:
            lines[line.row.expanded_from_id].members.append(line)
    tops = [line for line in lines.values() if line.row.expanded_from_id not in lines]
    return sorted(tops, key=lambda one: (_ORDER[AssignmentRole(one.row.role)], one.row.pk))
