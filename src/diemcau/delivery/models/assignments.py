"""Who was asked, in which role, what they answered, and who answers for them today."""

from django.conf import settings
from django.db import models
from django.db.models.functions import StrIndex, Substr
from django.utils.translation import gettext_lazy as _

from diemcau.delivery.models.tasks import Task
from diemcau.directory.models import Body

__all__ = ["Answer", "Assignment", "AssignmentAnswer", "AssignmentRole", "Completion", "Handover"]


class AssignmentRole(models.TextChoices):
    """How a body takes part in a task."""

    LEAD = "lead", _("Lead")
    COORDINATING = "coordinating", _("Coordinating")
    FOLLOWING = "following", _("Following")


class Answer(models.TextChoices):
    """What a body said to an assignment."""

    WAITING = "waiting", _("Not answered yet")
    ACCEPTED = "accepted", _("Accepted")
    RETURNED = "returned", _("Returned, to be given otherwise")
    REFUSED = "refused", _("Refused")


SENT_BACK = (Answer.RETURNED, Answer.REFUSED)
"""Answers after which who gave the task has to give it otherwise, or insist."""


class Completion(models.TextChoices):
    """When a task given to many is complete."""

    ALL = "all", _("When all have delivered")
    ANY = "any", _("When one has delivered")
    EACH_REPORTS = "each_reports", _("When each has reported")


class Assignment(models.Model):
    """Who was asked, as written; and which body that is, where the name is one body's."""

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="assignments")
    role = models.CharField(
        max_length=20, choices=AssignmentRole.choices, default=AssignmentRole.LEAD
    )
    as_written = models.CharField(max_length=300)
    body_ref = models.CharField(max_length=80, blank=True)
    """Id of the body, or of an office in it ("minister@mofa"); "" if it is not one of them."""
    body = models.GeneratedField(
        expression=Substr("body_ref", StrIndex("body_ref", models.Value("@")) + 1),
        output_field=models.CharField(max_length=80),
        db_persist=True,
    )
    """Id of the body: what an office is asked, its body answers for."""
    is_collective = models.BooleanField(default=False)
    """Collective, as in "các bộ, ngành, địa phương": stays so until a person says which bodies."""
    completion = models.CharField(max_length=12, choices=Completion.choices, blank=True)
    """Of a collective that was expanded: when it is complete."""
    expanded_from = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="members"
    )
    """The collective it is one of, as a person said."""
    by_hand = models.BooleanField(default=False)
    """A person assigned it, not the sentence: a correction of the statement leaves it alone."""
    answer = models.CharField(max_length=10, choices=Answer.choices, default=Answer.WAITING)
    """The last thing the body said to it."""
    delivered_at = models.DateTimeField(null=True, blank=True)
    """When this body's own part was delivered; None while it is not."""
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    given_at = models.DateTimeField(null=True, blank=True)
    """When a person gave it; None where the sentence did."""
    ended_at = models.DateTimeField(null=True, blank=True)
    """When it stopped to hold; None while it holds."""
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    ended_because = models.CharField(max_length=500, blank=True)
    """Why a person ended it; "" where the sentence was corrected. The sentence does not bring back
    what a person ended."""

    class Meta:
        indexes = [
            models.Index(fields=["body", "role"], name="assignment_body_role"),
            models.Index(fields=["answer", "task"], name="assignment_by_answer"),
        ]

    def __str__(self) -> str:
        return self.as_written

    @property
    def is_lead(self) -> bool:
        """Whether a body leads by this: a collective does not, nor do the bodies it means."""
        is_one_body = not self.is_collective and self.expanded_from_id is None
        return self.role == AssignmentRole.LEAD and is_one_body

    @property
    def owes_answer(self) -> bool:
        """Whether a body was asked and has not answered: the rule of `waiting_answers`."""
        is_asked = self.ended_at is None and not self.is_collective
        return is_asked and self.answer == Answer.WAITING and not self.only_follows

    @property
    def only_follows(self) -> bool:
        """Whether the body has nothing to do in the task, and nothing to answer."""
        return self.role == AssignmentRole.FOLLOWING


class AssignmentAnswer(models.Model):
    """What a body said to an assignment, and why."""

    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="answers")
    answer = models.CharField(max_length=10, choices=Answer.choices)
    reason = models.CharField(max_length=500, blank=True)
    body = models.ForeignKey(
        Body, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    """The body in whose name it was said, which may be a successor of the one asked."""
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.assignment_id}: {self.answer}"


class Handover(models.Model):
    """Which successor answers for a task given to a body whose work was divided, as a person said.

    Bodies are named by their ids in the directory; the task keeps the name of its day.
    """

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="handovers")
    from_ref = models.CharField(max_length=80)
    to_ref = models.CharField(max_length=80)
    reason = models.CharField(max_length=500)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["task", "from_ref"], name="handover_once")]

    def __str__(self) -> str:
        return f"{self.task_id}: {self.from_ref} → {self.to_ref}"
