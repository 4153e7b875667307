"""Files stopped at the gate, files held apart, papers that are not here, checks that were made."""

from pathlib import Path

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from diemcau.directory.models import Body
from diemcau.documents.models import Document

__all__ = ["Decision", "FileCheck", "HeldFile", "HeldState", "PaperRecord", "Stop"]


class Decision(models.TextChoices):
    """What a person decided on a file that carries marks of secrecy."""

    WAITING = "waiting", _("To decide")
    OPEN = "open", _("Not secret")
    REFUSED = "refused", _("Refused")
    PAPER = "paper", _("Kept as a paper record")


class Stop(models.Model):
    """A file that carries marks of secrecy: its hash and which marks, nothing of its content.

    Its name is not kept either, for the title of a secret document may be secret.
    """

    sha256 = models.CharField(max_length=64, unique=True)
    size = models.PositiveBigIntegerField()
    owner = models.ForeignKey(
        Body, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    """For which body it was brought; None is the installation's own desk."""
    marks = models.JSONField()
    """List of [rule, level] as `vanban.secrecy` found them, each pair once."""
    stopped_at = models.DateTimeField()
    stopped_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    decision = models.CharField(
        max_length=10, choices=Decision.choices, default=Decision.WAITING, db_index=True
    )
    reason = models.TextField(blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["-stopped_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(decision="waiting", decided_at__isnull=True)
                | (~models.Q(decision="waiting") & models.Q(decided_at__isnull=False)),
                name="stop_decided",
            )
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def code(self) -> str:
        """What people call the file by: the first twelve digits of its hash."""
        return self.sha256[:12]


class PaperRecord(models.Model):
    """A document that exists on paper only: where it is, not what it says."""

    number = models.CharField(max_length=100, blank=True)
    issued_on = models.DateField(null=True, blank=True)
    issuer = models.CharField(max_length=200)
    kept_at = models.CharField(max_length=300)
    """Where the paper is, and who keeps it."""
    stop = models.OneToOneField(
        Stop, null=True, blank=True, on_delete=models.PROTECT, related_name="paper"
    )
    """The file that was stopped, if one was."""
    folded = models.CharField(max_length=400)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["-added_at", "-id"]

    def __str__(self) -> str:
        return " · ".join(filter(None, (self.number, self.issuer)))


class HeldState(models.TextChoices):
    """Where a file that was not taken in stands."""

    HELD = "held", _("Held apart here")
    RELEASED = "released", _("Released")
    DESTROYED = "destroyed", _("Destroyed")
    INFECTED = "infected", _("Refused: harmful")


class HeldFile(models.Model):
    """A file no scanner could look at, held apart until a person decides; or one found harmful.

    Of a harmful one nothing is kept but its hash and what it was taken for.
    """

    sha256 = models.CharField(max_length=64, db_index=True)
    name = models.CharField(max_length=255)
    size = models.PositiveBigIntegerField()
    owner = models.ForeignKey(
        Body, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    is_closed = models.BooleanField(default=False)
    """Whose it is to be, and whether closed, once it is released."""
    found = models.CharField(max_length=200)
    """What the scanner said, or why it could not be asked."""
    state = models.CharField(max_length=10, choices=HeldState.choices, db_index=True)
    held_at = models.DateTimeField()
    held_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    reason = models.TextField(blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["-held_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["sha256"], condition=models.Q(state="held"), name="held_once"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def path(self) -> Path:
        """Where its bytes are while it is held; nothing serves that folder."""
        return Path(settings.MEDIA_ROOT) / "held" / self.sha256


class FileCheck(models.Model):
    """What was looked at when a document came in, and what its file tells about people."""

    document = models.OneToOneField(Document, on_delete=models.CASCADE, related_name="check_made")
    scanner = models.CharField(max_length=200, blank=True)
    """What the scanner answered; "" if the installation has none."""
    told = models.JSONField(default=dict)
    """The fields of `vanban.loaders.inside.Inside` that say something."""
    checked_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.document_id}"
