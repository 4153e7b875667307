"""Every decision on a statement, kept; the last one can be undone."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from diemcau.documents.models import Document, Statement

__all__ = ["Batch", "Decision", "Verb"]


class Verb(models.TextChoices):
    """What a person can do with a statement."""

    ACCEPT = "accept", _("Accept")
    CORRECT = "correct", _("Correct")
    REJECT = "reject", _("Reject")
    MERGE = "merge", _("Merge")


class Batch(models.Model):
    """Statements accepted in one stroke by a filter; undone in one."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    filter = models.JSONField()
    """What was asked for: kinds and minimum confidence."""
    n_statements = models.PositiveIntegerField(default=0)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.n_statements} statements"


class Decision(models.Model):
    """One change of a statement's state or values by a person."""

    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="decisions")
    verb = models.CharField(max_length=20, choices=Verb.choices)
    state_before = models.CharField(max_length=20)
    state_after = models.CharField(max_length=20)
    corrected_before = models.JSONField(null=True, blank=True)
    corrected_after = models.JSONField(null=True, blank=True)
    merged_into_before = models.ForeignKey(
        Statement, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    merged_into_after = models.ForeignKey(
        Statement, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    batch = models.ForeignKey(
        Batch, null=True, blank=True, on_delete=models.PROTECT, related_name="decisions"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    """None is the installation itself."""
    at = models.DateTimeField()
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.verb} {self.statement_id}"
