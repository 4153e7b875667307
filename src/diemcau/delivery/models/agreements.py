"""Agreements with their life on each side, and commitments, signed or only said."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from diemcau.delivery.models.tasks import Task
from diemcau.documents.models import Document, Statement
from diemcau.engagements.models import Event

__all__ = [
    "Agreement",
    "AgreementSide",
    "AgreementStage",
    "Commitment",
    "CommitmentParty",
    "PromiseForm",
    "Serving",
    "Stage",
]


class Agreement(models.Model):
    """A signed text, or one on its way to be signed; named trade agreements are the directory's."""

    title = models.CharField(max_length=500)
    title_en = models.CharField(max_length=500, blank=True)
    kind = models.CharField(max_length=100, blank=True)
    """Its legal type, as written: "Bản ghi nhớ", "Hiệp định"."""
    number = models.CharField(max_length=60, blank=True)
    field = models.CharField(max_length=200, blank=True)
    level = models.CharField(
        max_length=12,
        blank=True,
        choices=[
            ("state", pgettext_lazy("level of signing", "State")),
            ("government", _("Government")),
            ("ministry", _("Ministry or sector")),
            ("province", _("Province")),
            ("other", _("Other")),
        ],
    )
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="agreements")
    """What it rests on: its text, or the report that tells of it."""
    statement = models.OneToOneField(
        Statement, null=True, blank=True, on_delete=models.PROTECT, related_name="agreement"
    )
    event = models.CharField(max_length=300, blank=True)
    """Where it was signed, as written."""
    occasion = models.ForeignKey(
        Event, null=True, blank=True, on_delete=models.PROTECT, related_name="agreements"
    )
    """The visit or meeting it was signed at, as a person said."""
    signed_on = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    """Last day it is in force; None if it has none, or it is not known."""
    renews_itself = models.BooleanField(null=True, blank=True)
    """Whether it goes on without a word; None if it is not known."""
    replaced_by = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaces"
    )
    folded = models.TextField(blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-signed_on", "id"]

    def __str__(self) -> str:
        return self.title


class StandingSides(models.Manager["AgreementSide"]):
    """The sides an agreement has; one that was put down wrongly is none of them."""

    def get_queryset(self) -> models.QuerySet["AgreementSide"]:
        return super().get_queryset().filter(withdrawn_at=None)


class AgreementSide(models.Model):
    """One side of an agreement: a body of ours or a partner, as written and as it is known.

    One taken out keeps its row, so that a stage recorded for it and taken back still tells whose
    it was.
    """

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="sides")
    is_ours = models.BooleanField()
    as_written = models.CharField(max_length=300)
    ref = models.CharField(max_length=80, blank=True)
    """Id of the body or of the partner in the directory; "" if it is not one of them."""
    signer = models.CharField(max_length=150, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = StandingSides()
    ever = models.Manager["AgreementSide"]()

    class Meta:
        ordering = ["-is_ours", "id"]

    def __str__(self) -> str:
        return self.as_written


class Stage(models.TextChoices):
    """Where an agreement is in its life."""

    DRAFT = "draft", _("Draft")
    SIGNED = "signed", _("Signed")
    APPROVED = "approved", _("Ratified or approved")
    IN_FORCE = "in_force", _("In force")
    EXPIRED = "expired", _("Expired")
    REPLACED = "replaced", _("Replaced")


class AgreementStage(models.Model):
    """An agreement reached a stage on one side, or on all; rows, never overwritten."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="stages")
    side = models.ForeignKey(
        AgreementSide, null=True, blank=True, on_delete=models.CASCADE, related_name="stages"
    )
    """None: the whole, or the source does not tell the sides apart."""
    stage = models.CharField(max_length=10, choices=Stage.choices)
    on = models.DateField(null=True, blank=True)
    note = models.CharField(max_length=500, blank=True)
    document = models.ForeignKey(
        Document, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True, blank=True)
    """Since when it counts nowhere: it was recorded by mistake. None while it stands."""
    taken_back_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    taken_back_why = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["on", "id"]

    def __str__(self) -> str:
        return f"{self.agreement_id}: {self.stage}"


class PromiseForm(models.TextChoices):
    """How a commitment was made."""

    SIGNED = "signed", _("Signed")
    SAID = "said", pgettext_lazy("promise", "Said")
    UNKNOWN = "unknown", _("Not known")


class Commitment(models.Model):
    """A promise, signed or only said; the work of keeping it is its task."""

    task = models.OneToOneField(Task, on_delete=models.PROTECT, related_name="commitment")
    agreement = models.ForeignKey(
        Agreement, null=True, blank=True, on_delete=models.PROTECT, related_name="commitments"
    )
    form = models.CharField(max_length=8, choices=PromiseForm.choices, default=PromiseForm.UNKNOWN)
    content = models.TextField()
    n_texts = models.PositiveIntegerField(null=True, blank=True)
    """How many texts it stands for, where they are only counted; None if it is one promise."""
    event = models.CharField(max_length=300, blank=True)
    """The visit or meeting it was made at, as written."""
    occasion = models.ForeignKey(
        Event, null=True, blank=True, on_delete=models.PROTECT, related_name="commitments"
    )
    """That visit or meeting, as a person said."""
    timeline = models.CharField(max_length=300, blank=True)
    """As written, where it is not a deadline a day can be found for."""

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(n_texts=None) | Q(n_texts__gte=1), name="commitment_counts_texts"
            )
        ]

    def __str__(self) -> str:
        return self.content[:100]


class CommitmentParty(models.Model):
    """Who promises, and to whom."""

    commitment = models.ForeignKey(Commitment, on_delete=models.CASCADE, related_name="parties")
    is_ours = models.BooleanField()
    """Ours, or the partner's side."""
    as_written = models.CharField(max_length=300)
    ref = models.CharField(max_length=80, blank=True, db_index=True)
    """Id of the body or the partner in the directory; "" if it is not one of them."""

    class Meta:
        ordering = ["-is_ours", "id"]

    def __str__(self) -> str:
        return self.as_written


class Serving(models.Model):
    """An event serves a task: the visit at which the matter is raised, as a person said."""

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="served")
    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="served_by")
    note = models.CharField(max_length=500, blank=True)
    """What was asked for there, and what came of it."""
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField()
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "task"], condition=Q(ended_at=None), name="serving_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.event_id} → {self.task_id}"
