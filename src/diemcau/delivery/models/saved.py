"""How people look at the register, and what was asked and changed there for many tasks at once."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from diemcau.delivery.models.tasks import Task
from diemcau.directory.models import Body

__all__ = ["BulkEdit", "ReportRequest", "SavedView", "StartView"]


class SavedView(models.Model):
    """Filters, columns and order of the register under a name; it shows whoever opens it no more
    than they may see."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="task_views"
    )
    name = models.CharField(max_length=100)
    query = models.CharField(max_length=2000, blank=True)
    """The address's query as the register reads it: "tinh-trang=late&xep=tin"."""
    is_shared = models.BooleanField(default=False)
    body = models.ForeignKey(
        Body, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    """The body it is shared with, and those below it; None shares it with everybody."""
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["owner", "name"], name="saved_view_once"),
            models.CheckConstraint(
                condition=Q(is_shared=True) | Q(body=None), name="private_view_has_no_body"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class StartView(models.Model):
    """The view a person's register opens with."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="start_view"
    )
    view = models.ForeignKey(SavedView, on_delete=models.CASCADE, related_name="starts")

    def __str__(self) -> str:
        return f"{self.person_id}: {self.view_id}"


class BulkEdit(models.Model):
    """One change asked for many tasks: how many took it, and which did not, and why."""

    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField()
    change = models.JSONField()
    """What was asked: {"kind": "move", "move": "suspend", "reason": "…"}."""
    n_done = models.PositiveIntegerField()
    refused = models.JSONField(default=list)
    """[[id, title, why], …] in the order asked."""

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.change.get('kind')}: {self.n_done}"


class ReportRequest(models.Model):
    """Who gave a task asked how it goes; answered by the next word said of it."""

    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="report_requests")
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField()
    by_day = models.DateField(null=True, blank=True)
    """The day the answer is expected by; None if none was said."""
    note = models.CharField(max_length=500, blank=True)
    edit = models.ForeignKey(
        BulkEdit, null=True, blank=True, on_delete=models.PROTECT, related_name="requests"
    )

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["task", "asked_at"], name="report_request_task")]

    def __str__(self) -> str:
        return f"{self.task_id}: {timezone.localdate(self.asked_at):%Y-%m-%d}"
