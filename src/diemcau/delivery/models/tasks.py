"""The task: what somebody was told, or promised, to do."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from diemcau.delivery.deadlines import DueRule
from diemcau.delivery.models.directives import Directive
from diemcau.delivery.states import OPEN, Status
from diemcau.directory.models import Body
from diemcau.documents.models import Document, Statement

__all__ = ["TITLE_LENGTH", "Nature", "Task", "UnderKind"]

TITLE_LENGTH = 200


class Nature(models.TextChoices):
    """What makes the work owed."""

    ORDER = "order", pgettext_lazy("nature", "Order")
    COMMITMENT = "commitment", _("Commitment")
    AGREEMENT = "agreement", _("Agreement")


class UnderKind(models.TextChoices):
    """How a task stands under another."""

    PART = "part", _("Part of the work")
    CASCADE = "cascade", _("Passed on to a body below")


class Task(models.Model):
    """Something somebody was told or promised to do, resting on a document."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="tasks")
    """The document it rests on; who sees it sees the task."""
    statement = models.OneToOneField(
        Statement, null=True, blank=True, on_delete=models.PROTECT, related_name="task"
    )
    """The sentence it was confirmed from; None if a person typed it or a table brought it."""
    directive = models.ForeignKey(
        Directive, null=True, blank=True, on_delete=models.PROTECT, related_name="tasks"
    )
    nature = models.CharField(max_length=12, choices=Nature.choices, default=Nature.ORDER)
    programme = models.CharField(max_length=200, blank=True)
    """The programme or plan it is counted under, as people name it."""
    code = models.CharField(max_length=80, blank=True)
    """The number another register knows it by; "" if none."""
    place = models.CharField(max_length=80, blank=True)
    """Where in the document a typed or imported task stands: "điểm 3b", "dòng 12"."""
    title = models.CharField(max_length=TITLE_LENGTH)
    action = models.TextField()
    issuer = models.CharField(max_length=200, blank=True)
    product = models.CharField(max_length=300, blank=True)
    """The output it is to have; "" if nobody said."""
    assigner = models.ForeignKey(
        Body, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    """The body that gave it and judges it; None where nobody knows, and the desk decides."""
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    under = models.CharField(max_length=10, choices=UnderKind.choices, blank=True)
    said_on = models.DateField(null=True, blank=True)
    """Day it was given or promised: of the meeting or document that said it, or what a person
    entered or tied it to where no text fixes it; None if nobody knows."""
    day_by_hand = models.DateField(null=True, blank=True)
    """That day as a person entered it; it stands where no text tells one."""
    deadline = models.CharField(max_length=30, blank=True)
    """As read: "2025-06-30", "2025-H2", "2025"; "" is "no deadline", a state of its own."""
    due_from = models.DateField(null=True, blank=True)
    due_to = models.DateField(null=True, blank=True)
    """Last day of the period: late only after it."""
    due_rule = models.CharField(max_length=20, choices=DueRule.choices, blank=True)
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.NEW)
    """What its last transition led to."""
    delivered_on = models.DateField(null=True, blank=True)
    """Day the result was delivered, as reported and confirmed; None while it is open."""
    lead = models.CharField(max_length=80, blank=True)
    """Id of the one body that leads, "?" if the directory does not know it; "" if none does, or
    several do."""
    last_word_at = models.DateTimeField(null=True, blank=True)
    """When somebody last said how it goes; None if nobody has."""
    folded = models.TextField(blank=True)
    """Action, issuer, assignees and quote, folded: what the register's words are looked up in."""
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    """When it stopped to stand, as when its statement is no longer accepted; None while it does."""
    replaced_by = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaces"
    )
    """The task that stands for it: of a notice that repeats an order already followed up."""
    version = models.PositiveIntegerField(default=0)
    """Counts its changes, so that who changes what is no longer there is told."""

    class Meta:
        ordering = ["-said_on", "id"]
        indexes = [
            models.Index(fields=["due_to"]),
            models.Index(fields=["lead", "status", "due_to"], name="task_lead_status"),
            models.Index(fields=["status", "due_to", "id"], name="task_status_due"),
            models.Index(fields=["code"], condition=~Q(code=""), name="task_code"),
            models.Index(
                fields=["due_to", "id"],
                condition=Q(status__in=OPEN, withdrawn_at=None, replaced_by=None),
                name="task_open_by_due",
            ),
            models.Index(
                fields=["lead", "status", "due_to", "delivered_on", "document"],
                condition=Q(withdrawn_at=None, replaced_by=None),
                name="task_standings_of_lead",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def counted_by(self) -> DueRule:
        """The rule the days of its deadline are counted by: calendar periods where nobody chose."""
        return DueRule(self.due_rule or DueRule.CALENDAR)

    @property
    def wording(self) -> str:
        """What is to be done: the title's words where the reading cut the action short."""
        action, title = self.action.strip(), self.title
        is_cut = title.casefold().startswith(action.casefold()) and len(title) > len(action)
        return title if is_cut else action
