"""A file that was taken in: its rows as compared, and what became of each."""

from django.conf import settings
from django.db import models
from django.utils.translation import pgettext_lazy as pgettext

from diemcau.delivery.models import ProgressState, Task
from diemcau.directory.models import Body
from diemcau.documents.models import Document
from diemcau.jobs.models import Job

__all__ = ["ImportState", "Mode", "Outcome", "RowKind", "TaskImport", "TaskRow", "Written"]


class ImportState(models.TextChoices):
    """How far a file is."""

    COMPARING = "comparing", pgettext("file of tasks", "Being compared")
    COMPARED = "compared", pgettext("file of tasks", "Compared, nothing written")
    APPLYING = "applying", pgettext("file of tasks", "Being written")
    APPLIED = "applied", pgettext("file of tasks", "Written")
    UNDOING = "undoing", pgettext("file of tasks", "Being undone")
    UNDONE = "undone", pgettext("file of tasks", "Undone")
    REFUSED = "refused", pgettext("file of tasks", "Refused whole, nothing kept")


class Mode(models.TextChoices):
    """What is done with a file that has rows which cannot stand."""

    ALL = "all", pgettext("file of tasks", "All rows or none")
    GOOD = "good", pgettext("file of tasks", "The rows that can stand")


class RowKind(models.TextChoices):
    """What a row says beside what the register has."""

    NEW = "new", pgettext("file of tasks", "New")
    CHANGED = "changed", pgettext("file of tasks", "Changed")
    SAME = "same", pgettext("file of tasks", "As it stands")
    CONFLICT = "conflict", pgettext("file of tasks", "Changed here meanwhile")
    PROPOSED = "proposed", pgettext("file of tasks", "Known by its words, to be confirmed")
    FAULT = "fault", pgettext("file of tasks", "Cannot stand")


class Outcome(models.TextChoices):
    """What became of a row that was to be written."""

    WRITTEN = "written", pgettext("file of tasks", "Written")
    LEFT = "left", pgettext("file of tasks", "Left out")
    UNDONE = "undone", pgettext("file of tasks", "Undone")
    KEPT = "kept", pgettext("file of tasks", "Could not be undone")


class TaskImport(models.Model):
    """One file of tasks that somebody brought; only they see it."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="task_imports")
    """The file, which new tasks rest on."""
    form = models.CharField(max_length=10, default="tasks")
    """"tasks": the columns of the register; "monthly": the monthly table of a body."""
    body = models.ForeignKey(
        Body, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    """Whose monthly table it is."""
    period = models.CharField(max_length=20, blank=True)
    """The month it reports on, "2026-11"."""
    report_to = models.CharField(max_length=10, choices=ProgressState.choices, blank=True)
    """How far its reports go when they are written: a draft, the approver, or everybody."""
    is_signed = models.BooleanField(default=False)
    """It carries the mark of a file made here, unbroken."""
    state = models.CharField(
        max_length=10, choices=ImportState.choices, default=ImportState.COMPARING
    )
    mode = models.CharField(max_length=4, choices=Mode.choices, blank=True)
    n_rows = models.PositiveIntegerField(default=0)
    job = models.ForeignKey(Job, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    """The work in hand, or the last there was."""
    written_to = models.PositiveIntegerField(default=0)
    """Number of the last row that was looked at for writing; undoing goes back from it."""
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField()
    applied_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return str(self.document)


class TaskRow(models.Model):
    """One row of a file beside what the register had when it was compared."""

    batch = models.ForeignKey(TaskImport, on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()
    """As a spreadsheet counts."""
    kind = models.CharField(max_length=8, choices=RowKind.choices)
    task = models.ForeignKey(
        Task, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    version = models.PositiveIntegerField(null=True, blank=True)
    """Of the task when it was compared; written only while it is still so."""
    title = models.CharField(max_length=200, blank=True)
    wanted = models.JSONField(default=dict)
    """What is to be written, read and checked, by column."""
    changes = models.JSONField(default=list)
    """For people: [column, here, in the file]."""
    faults = models.JSONField(default=list)
    """For people: [column, found, why]."""
    outcome = models.CharField(max_length=8, choices=Outcome.choices, blank=True)
    why = models.CharField(max_length=500, blank=True)
    """Why it was left out, or could not be undone; of a proposal, what speaks for it."""

    class Meta:
        ordering = ["batch_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["batch", "number"], name="row_once"),
        ]
        indexes = [models.Index(fields=["batch", "kind", "number"], name="row_batch_kind")]

    def __str__(self) -> str:
        return f"{self.batch_id}: {self.number}"


class Written(models.Model):
    """What a row wrote, so that it can be undone."""

    row = models.OneToOneField(TaskRow, on_delete=models.CASCADE, related_name="written")
    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField()
    """Of the task afterwards; undone only while it is still so."""
    before = models.JSONField(default=dict)
    """What stood there: columns, and the rows beside the task that were made or ended."""

    def __str__(self) -> str:
        return f"{self.row_id} → {self.task_id}"
