"""Events, each told of by one report or by several that a person said mean the same one."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from diemcau.documents.models import Document, Statement

__all__ = ["Event", "EventKind", "EventMerge", "EventPartner", "EventReport"]


class EventKind(models.TextChoices):
    """What sort of event it is."""

    VISIT_OUT = "visit_out", _("Visit abroad")
    VISIT_IN = "visit_in", _("Visit received")
    CONFERENCE = "conference", _("Conference")
    MEETING = "meeting", pgettext_lazy("event kind", "Meeting")
    PROMOTION = "promotion", _("Promotion activity")
    OTHER = "other", _("Other event")


class Event(models.Model):
    """A visit, meeting, conference or promotion activity, resting on a document."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="events")
    """Who sees it sees the event."""
    kind = models.CharField(max_length=12, choices=EventKind.choices, default=EventKind.OTHER)
    title = models.CharField(max_length=300)
    on = models.DateField(null=True, blank=True)
    """Its first day; None if no report fixes it."""
    ends_on = models.DateField(null=True, blank=True)
    """Its last day; None if it is of one day, or not known."""
    place = models.CharField(max_length=200, blank=True)
    chair = models.CharField(max_length=200, blank=True)
    folded = models.TextField(blank=True)
    by_hand = models.BooleanField(default=False)
    """A person wrote its fields: a correction of the statement leaves them alone."""
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged"
    )
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(on=None) | Q(ends_on=None) | Q(ends_on__gte=F("on")),
                name="event_days_run_forward",
            )
        ]

    def __str__(self) -> str:
        return self.title


class EventPartner(models.Model):
    """A partner an event is with, as written and as the directory knows it."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="partners")
    as_written = models.CharField(max_length=200)
    ref = models.CharField(max_length=80, blank=True, db_index=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.as_written


class EventReport(models.Model):
    """A statement that tells of an event; each keeps its own version of day, chair and sites."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="reports")
    statement = models.OneToOneField(
        Statement, on_delete=models.PROTECT, related_name="event_report"
    )

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.event_id}: {self.statement_id}"


class EventMerge(models.Model):
    """A person said that two rows are one event; taken back, each is itself again."""

    kept = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="merges")
    merged = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="+")
    moved = models.JSONField()
    """What went along, by id: {"reports": […], "events": […]}."""
    reason = models.CharField(max_length=500, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField()
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.kept_id} ← {self.merged_id}"
