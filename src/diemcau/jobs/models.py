"""One row for each piece of long work: what is to be done, how far it came, who works on it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

__all__ = ["ENDED", "Job", "JobState"]


class JobState(models.TextChoices):
    """Where the work stands."""

    WAITING = "waiting", _("Waiting for its turn")
    RUNNING = "running", _("In the works")
    DONE = "done", _("Finished")
    FAILED = "failed", _("Stopped by an error")
    CANCELLED = "cancelled", _("Cancelled")


ENDED = (JobState.DONE, JobState.FAILED, JobState.CANCELLED)
"""States in which no worker touches it."""


class Job(models.Model):
    """Long work, cut in steps; `cursor` says which steps are done."""

    kind = models.CharField(max_length=80)
    """Name under which a room registered how it is done."""
    key = models.CharField(max_length=120, blank=True)
    """Two jobs with one key are one: of work that is asked for by the clock. "" asks nothing."""
    arguments = models.JSONField(default=dict)
    cursor = models.JSONField(default=dict)
    """How far it came, in the kind's own terms; {} before the first step."""
    state = models.CharField(max_length=10, choices=JobState.choices, default=JobState.WAITING)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(null=True, blank=True)
    """Of what `done` counts; None while it is not known."""
    result = models.JSONField(default=dict)
    """What was done, skipped and why, as counts by name."""
    message = models.CharField(max_length=500, blank=True)
    """Why it stopped, for people."""
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    """Whose rights its actions use; None is the installation itself."""
    asked_at = models.DateTimeField()
    not_before = models.DateTimeField()
    """When a worker may take it."""
    taken_by = models.CharField(max_length=100, blank=True)
    """The worker that holds it: machine, process, a word of its own."""
    taken_until = models.DateTimeField(null=True, blank=True)
    """End of the lease; each finished step makes it longer."""
    tries = models.PositiveSmallIntegerField(default=0)
    """How often it was taken since the last finished step."""
    cancel_asked_at = models.DateTimeField(null=True, blank=True)
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(
                fields=["not_before", "id"],
                condition=Q(state__in=["waiting", "running"]),
                name="job_open",
            ),
            models.Index(fields=["asked_by", "-id"], name="job_of_person"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["key"], condition=~Q(key=""), name="job_once"),
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "running"], ended_at=None)
                | Q(state__in=["done", "failed", "cancelled"], ended_at__isnull=False),
                name="job_ended_has_its_instant",
            ),
            models.CheckConstraint(
                condition=Q(state="running") | Q(taken_by=""), name="job_held_while_running"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @property
    def is_open(self) -> bool:
        """Whether a worker will touch it yet."""
        return self.state not in ENDED

    @property
    def percent(self) -> int | None:
        """How much is done, 0..100; None while nobody knows of how much."""
        return min(100, self.done * 100 // self.total) if self.total else None
