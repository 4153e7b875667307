"""Documents, their text versions, their readings and the statements read."""

import datetime as dt

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from diemcau.directory.models import Body
from diemcau.documents.sought import sought_of

__all__ = [
    "LIVE",
    "Document",
    "Reading",
    "SketchValue",
    "Statement",
    "StatementKind",
    "StatementState",
    "TextVersion",
]


class Document(models.Model):
    """One file, once: the same bytes again are the same document."""

    sha256 = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=255)
    file = models.FileField(max_length=200)
    """Named by its hash, so that storing the same bytes again changes nothing on disk."""
    size = models.PositiveBigIntegerField()
    media_type = models.CharField(max_length=100)
    title = models.CharField(max_length=500, blank=True)
    folded = models.CharField(max_length=1000, blank=True)
    """Title, file name and outlet, folded: what the list is filtered and sorted by."""
    outlet = models.CharField(max_length=200, blank=True)
    url = models.URLField(max_length=1000, blank=True)
    published_on = models.DateField(null=True, blank=True)
    event_on = models.DateField(null=True, blank=True)
    """Day of the meeting it reports on, as read; orders statements in time."""
    near_copy_of = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="near_copies"
    )
    likeness = models.FloatField(null=True, blank=True)
    """How much of the smaller text stands in the other, over runs of three words, 0..1."""
    owner = models.ForeignKey(
        Body, null=True, blank=True, on_delete=models.PROTECT, related_name="documents"
    )
    """The body whose document it is; None is the installation's own desk."""
    is_closed = models.BooleanField(default=False)
    """Closed to all but those of the owner who may see closed documents, and whom it is shared
    with; still within what may stand in an open system at all."""
    shared_with = models.ManyToManyField(Body, blank=True, related_name="+")
    """Bodies whose people may see it although it is closed."""
    is_table = models.BooleanField(default=False)
    """A table brought to be compared with the register: kept for its rows, not a document of the
    library; it is not listed, searched, cited or read."""
    remark = models.TextField(blank=True)
    """A note among the owner's people; nobody else sees it, however open the document is."""
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["-added_at", "-id"]
        indexes = [
            models.Index(
                fields=["owner"], condition=models.Q(is_closed=True), name="closed_by_owner"
            )
        ]

    def __str__(self) -> str:
        return self.title or self.name

    @property
    def spoken_on(self) -> dt.date | None:
        """The day it speaks of: its meeting's, else its own; None if nobody knows either."""
        return self.event_on or self.published_on

    @property
    def likeness_percent(self) -> int:
        """The likeness in whole percent, for a page."""
        return round(100 * (self.likeness or 0))


class TextVersion(models.Model):
    """The text of a document as one loader version gave it; offsets count its code points."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="texts")
    number = models.PositiveIntegerField()
    text = models.TextField()
    folded = models.TextField()
    """Lower case, marks off, đ as d: what search looks in."""
    text_sha256 = models.CharField(max_length=64, db_index=True)
    blocks = models.JSONField()
    """List of [start, end, kind, page, place], in order."""
    notes = models.JSONField(default=list)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["document_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["document", "number"], name="text_version_number")
        ]

    def __str__(self) -> str:
        return f"{self.document} v{self.number}"


class SketchValue(models.Model):
    """One of the few hashes that stand for a document's text; near copies share some of them."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="sketch")
    value = models.BigIntegerField(db_index=True)

    def __str__(self) -> str:
        return f"{self.document_id}: {self.value}"


class Reading(models.Model):
    """One run of the reader over one text version."""

    text_version = models.ForeignKey(TextVersion, on_delete=models.PROTECT, related_name="readings")
    engine_version = models.CharField(max_length=40)
    read_at = models.DateTimeField()
    seconds = models.FloatField()
    counts = models.JSONField()
    """Records per kind, every kind present."""

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.text_version} by {self.engine_version}"

    @property
    def n_records(self) -> int:
        """How many records it holds."""
        return sum(self.counts.values())


class StatementKind(models.TextChoices):
    """The eight record types of the engine."""

    EVENT = "events", _("Event")
    PERSON = "people", _("Person")
    INSTRUMENT = "instruments", _("Instrument")
    FIGURE = "figures", _("Figure")
    TASK = "tasks", _("Task")
    PARTNER = "partners", _("Partner")
    SHORTCOMING = "shortcomings", _("Shortcoming")
    COMMITMENT = "commitments", _("Commitment")


class StatementState(models.TextChoices):
    """Where a person's decision on a statement stands."""

    PROPOSED = "proposed", _("To review")
    ACCEPTED = "accepted", _("Accepted")
    REJECTED = "rejected", _("Rejected")
    MERGED = "merged", _("Merged")
    SUPERSEDED = "superseded", _("Superseded")
    """A later reading no longer proposes it, and nobody had decided on it."""


LIVE = (StatementState.PROPOSED, StatementState.ACCEPTED)
"""States of the statements that hold as far as anybody knows."""


class _SoughtField(models.TextField):
    """What a statement is found by, made anew whenever it is saved."""

    def deconstruct(self) -> tuple:
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.TextField", args, kwargs

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        sought = sought_of(model_instance.quote, model_instance.values)
        setattr(model_instance, self.attname, sought)
        return sought


class Statement(models.Model):
    """One record read in a document, anchored; what a person made of it stands beside the reading.

    `data` is what the machine read; once a person has decided it never changes. `corrected` is
    what the person put instead, every field of it.
    """

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="statements")
    text_version = models.ForeignKey(TextVersion, on_delete=models.PROTECT, related_name="+")
    reading = models.ForeignKey(Reading, on_delete=models.PROTECT, related_name="statements")
    kind = models.CharField(max_length=20, choices=StatementKind.choices)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    quote = models.TextField()
    folded = models.TextField()
    sought = _SoughtField(default="", editable=False)
    """Its words and the names in its values, folded: what search looks in."""
    rule = models.CharField(max_length=100)
    confidence = models.FloatField()
    data = models.JSONField()
    corrected = models.JSONField(null=True, blank=True)
    state = models.CharField(
        max_length=20, choices=StatementState.choices, default=StatementState.PROPOSED
    )
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged_from"
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=0)
    """Counts its decisions, so that who decides on what is no longer there is told."""

    class Meta:
        ordering = ["document_id", "start", "id"]
        indexes = [
            models.Index(fields=["kind", "state"]),
            models.Index(fields=["document", "start"]),
            models.Index(fields=["document", "state", "kind"]),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(end__gt=models.F("start")), name="statement_span"
            ),
            models.CheckConstraint(
                condition=models.Q(state="merged", merged_into__isnull=False)
                | (~models.Q(state="merged") & models.Q(merged_into__isnull=True)),
                name="statement_merged_into",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.quote[:60]}"

    @property
    def values(self) -> dict:
        """What holds now: the person's correction if there is one, else what was read."""
        return self.data if self.corrected is None else self.corrected
