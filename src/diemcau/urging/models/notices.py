"""What was said to whom, the outbox of e-mail, and how people want to hear."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from diemcau.delivery.models import Task
from diemcau.urging.models.rules import Audience, Kind, Rule

__all__ = ["Choice", "Letter", "LetterState", "Notice", "Run", "Way"]


class Run(models.Model):
    """One time something was said to somebody."""

    at = models.DateTimeField()
    n_notices = models.PositiveIntegerField()
    n_letters = models.PositiveIntegerField()

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{timezone.localtime(self.at):%Y-%m-%d %H:%M}: {self.n_notices}"


class LetterState(models.TextChoices):
    """Where an e-mail is."""

    WAITING = "waiting", _("Waiting")
    SENDING = "sending", _("Being sent")
    SENT = "sent", _("Sent")
    FAILED = "failed", _("Given up")
    DROPPED = "dropped", _("Nothing left to say")


class Letter(models.Model):
    """An e-mail to one person; its words are made when it is sent, of what is still so then."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="letters"
    )
    is_digest = models.BooleanField()
    """The one of its day; else what could not wait for it."""
    day = models.DateField()
    message_id = models.CharField(max_length=200, unique=True)
    """The same at every attempt, so that a server or reader can tell a second copy."""
    state = models.CharField(max_length=8, choices=LetterState.choices, default=LetterState.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField()
    taken_until = models.DateTimeField(null=True, blank=True)
    """End of the worker's lease while it is being sent."""
    last_error = models.CharField(max_length=500, blank=True)
    made_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(
                fields=["not_before", "id"],
                condition=Q(state__in=["waiting", "sending"]),
                name="letter_open",
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "day"], condition=Q(is_digest=True), name="digest_once_a_day"
            ),
            models.CheckConstraint(
                condition=Q(state="sent", sent_at__isnull=False)
                | (~Q(state="sent") & Q(sent_at=None)),
                name="letter_sent_has_its_instant",
            ),
        ]

    def __str__(self) -> str:
        return self.message_id


class Notice(models.Model):
    """Something said to a person about a task, and which rule said it."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notices"
    )
    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="notices")
    rule = models.ForeignKey(Rule, on_delete=models.PROTECT, related_name="notices")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    step = models.PositiveSmallIntegerField()
    to = models.CharField(max_length=10, choices=Audience.choices)
    """For whom the step was meant; it may have gone higher where nobody is there."""
    is_escalation = models.BooleanField()
    about = models.CharField(max_length=200, blank=True)
    """Which of a task's assignments, new deadlines or reports; "" is the task itself."""
    words = models.CharField(max_length=300, blank=True)
    """The rule of the calendar, of a report that did not come."""
    anchor = models.DateField()
    """The day the rule counts from."""
    day = models.DateField()
    """The day the step fell due."""
    days = models.PositiveIntegerField()
    """Days between the anchor and the day it was said."""
    by_partner = models.BooleanField(default=False)
    """An open obstacle lies on the partner's side."""
    made_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)
    letter = models.ForeignKey(
        Letter, null=True, blank=True, on_delete=models.SET_NULL, related_name="notices"
    )

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["rule", "task", "about", "step", "day", "person"], name="notice_once"
            )
        ]
        indexes = [
            models.Index(fields=["person", "-id"], name="notice_of_person"),
            models.Index(fields=["task", "rule"], name="notice_of_task"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.rule_id}.{self.step} {self.task_id}"


class Way(models.TextChoices):
    """How a person wants to hear by e-mail; the list in the product shows everything."""

    DIGEST = "digest", _("in the mail of the day")
    AT_ONCE = "at_once", _("at once")
    NONE = "none", _("not by e-mail")


class Choice(models.Model):
    """How a person wants to hear of one kind; escalations come at once, whatever is chosen."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="urging_choices"
    )
    kind = models.CharField(max_length=10, choices=Kind.choices)
    way = models.CharField(max_length=8, choices=Way.choices)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "kind"], name="choice_once")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.kind}: {self.way}"
