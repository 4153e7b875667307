"""Every decision on a statement, kept; the last one can be undone."""

from django.conf import settings
from django.db import models

from diemcau.documents.models import Statement

__all__ = ["Decision"]


class Decision(models.Model):
    """One change of a statement's state or values by a person."""

    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="decisions")
    verb = models.CharField(max_length=20)
    state_before = models.CharField(max_length=20)
    state_after = models.CharField(max_length=20)
    corrected_before = models.JSONField(null=True, blank=True)
    corrected_after = models.JSONField(null=True, blank=True)
    merged_into_before = models.ForeignKey(
        Statement, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    batch = models.UUIDField(null=True, blank=True, db_index=True)
    """Decisions taken in one stroke share it, and are undone in one."""
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.verb} {self.statement_id}"
