"""One row for each thing somebody did, and where the chain over the rows stands."""

from typing import Any

from django.conf import settings
from django.db import models

__all__ = ["AuditEntry", "AuditHead"]


class AuditEntry(models.Model):
    """Who did what to which object, when, from where, why; never changed, never deleted.

    The database refuses both by a trigger of its own (`append_only`), and the digests of
    `chain` show it where somebody got around the trigger.
    """

    at = models.DateTimeField(db_index=True)
    day = models.DateField()
    """Day of the chain; it never goes back, even where the clock does."""
    position = models.PositiveIntegerField()
    """1, 2, 3 … within the day."""
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    on_behalf_of = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    """Whose right was used, where the actor stood in for somebody absent."""
    action = models.CharField(max_length=80, db_index=True)
    target_type = models.CharField(max_length=40)
    target_id = models.CharField(max_length=40)
    detail = models.JSONField(default=dict)
    reason = models.TextField(blank=True)
    origin = models.CharField(max_length=20)
    address = models.CharField(max_length=45, blank=True)
    """Network address the request came from; "" outside the web and the API."""
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["target_type", "target_id"])]
        constraints = [models.UniqueConstraint(fields=["day", "position"], name="audit_place_once")]

    def __str__(self) -> str:
        return f"{self.action} {self.target_type} {self.target_id}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise TypeError("an audit entry is never changed")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise TypeError("an audit entry is never deleted")


class AuditHead(models.Model):
    """Where the chain stands: one row, locked by each write until it is committed."""

    day = models.DateField()
    position = models.PositiveIntegerField()
    total = models.PositiveBigIntegerField()
    digest = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.day} {self.position}: {self.digest[:12]}"
