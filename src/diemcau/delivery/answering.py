"""Writing down what a body said to an assignment; shared by the actions that hear it."""

from django.utils import timezone

from diemcau.accounts.models import User
from diemcau.delivery.models import Answer, Assignment, AssignmentAnswer
from diemcau.directory.models import Body

__all__ = ["write_answer"]


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
