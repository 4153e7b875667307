"""Letters of urging to a body, on paper: drafted here, numbered and signed outside."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from diemcau.delivery.models import ReportRequest, Task
from diemcau.directory.models import Body

__all__ = ["Reminder", "ReminderItem"]


class Reminder(models.Model):
    """A letter that asks one body for word on tasks, by a day.

    Until somebody writes in its number and day it is a draft: it has asked nothing of anybody.
    """

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="reminders")
    """Whom it goes to."""
    sender = models.ForeignKey(
        Body, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    """The body that gave the tasks and writes; None is the desk that keeps the register."""
    answer_by = models.DateField()
    demand = models.CharField(max_length=500, blank=True)
    """What is asked beside word on each task; "" if nothing."""
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField()
    number = models.CharField(max_length=60, blank=True)
    """With its symbol, "123/BNG-NGKT"; "" while it is a draft."""
    issued_on = models.DateField(null=True, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    """Who wrote in its number."""
    recorded_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-id"]
        verbose_name = _("reminder letter")
        constraints = [
            models.CheckConstraint(
                condition=Q(number="", issued_on=None, recorded_at=None)
                | (~Q(number="") & Q(issued_on__isnull=False, recorded_at__isnull=False)),
                name="issued_reminder_has_number_and_day",
            )
        ]

    def __str__(self) -> str:
        return self.number or f"{self.body_id}: {timezone.localdate(self.made_at):%Y-%m-%d}"


class ReminderItem(models.Model):
    """A task a letter asks about."""

    reminder = models.ForeignKey(Reminder, on_delete=models.CASCADE, related_name="items")
    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="reminded")
    request = models.OneToOneField(
        ReportRequest, null=True, blank=True, on_delete=models.PROTECT, related_name="reminder_item"
    )
    """The report it asks for, once the letter was issued."""

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["reminder", "task"], name="reminded_once_a_letter")
        ]

    def __str__(self) -> str:
        return f"{self.reminder_id}: {self.task_id}"
