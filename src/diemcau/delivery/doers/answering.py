"""Writing down what a body said to an assignment, or shows by working on it; for the actions."""

from django.utils import timezone
from django.utils.translation import gettext as _

from diemcau.accounts.models import User
from diemcau.delivery.models import Answer, Assignment, AssignmentAnswer, Task
from diemcau.delivery.rules import acting_body
from diemcau.directory.models import Body

__all__ = ["accept_by_work", "write_answer"]


def write_answer(
    actor: User | None, made: Assignment, answer: Answer, reason: str, body: Body | None
) -> AssignmentAnswer:
    """Keep an answer as a row, and beside the assignment as the last."""
    said = AssignmentAnswer.objects.create(
        assignment=made, answer=answer, reason=reason[:500], body=body, by=actor, at=timezone.now()
    )
    made.answer = answer
    made.save(update_fields=["answer"])
    return said


def accept_by_work(actor: User | None, task: Task, body: Body | None) -> None:
    """Take what a body was asked for as accepted where it works on the task without an answer."""
    if body is None:
        return
    waiting = task.assignments.filter(ended_at=None, answer=Answer.WAITING, is_collective=False)
    for made in waiting:
        answering = acting_body(task, made)
        if answering is not None and answering.pk == body.pk:
            write_answer(actor, made, Answer.ACCEPTED, _("It works on the task."), body)
