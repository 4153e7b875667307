"""What an order stands in: the numbered document, its clause, and a notice that confirms it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from diemcau.documents.models import Document, Statement

__all__ = ["Directive", "Instrument", "TakeOver"]


class Instrument(models.Model):
    """A numbered document that gives orders; the same number of another issuer or day is another.

    Source: Nghị định 30/2020/NĐ-CP, number, symbol, issuer, day and subject name a document.
    """

    kind = models.CharField(max_length=100)
    """As written: "Thông báo", "Nghị quyết"."""
    number = models.CharField(max_length=60)
    """With its symbol: "65/TB-VPCP", "71-NQ/TW"."""
    issued_on = models.DateField(null=True, blank=True)
    issuer = models.CharField(max_length=200, blank=True)
    signer = models.CharField(max_length=150, blank=True)
    subject = models.CharField(max_length=500, blank=True)
    document = models.ForeignKey(
        Document, null=True, blank=True, on_delete=models.PROTECT, related_name="instruments"
    )
    """Its text, where it is here."""
    statement = models.ForeignKey(
        Statement, null=True, blank=True, on_delete=models.PROTECT, related_name="instruments"
    )
    """The accepted sentence that names it; None if a person typed it."""
    period = models.CharField(max_length=30, blank=True)
    """The time it plans for, "2022/2026"; "" if it has none, or nobody said."""
    ends_on = models.DateField(null=True, blank=True)
    """Last day of that time: what comes after it is asked."""
    succeeded_by = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="succeeds"
    )
    """The one that carries on after it, as a person said."""
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["-issued_on", "number", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["number", "issued_on"], name="instrument_once", nulls_distinct=False
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}".strip()


class Directive(models.Model):
    """One order, in one clause of one document; tasks carry it out."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="directives")
    statement = models.OneToOneField(
        Statement, null=True, blank=True, on_delete=models.PROTECT, related_name="directive"
    )
    instrument = models.ForeignKey(
        Instrument, null=True, blank=True, on_delete=models.PROTECT, related_name="directives"
    )
    """The numbered document it stands in; None while it is known from speech only."""
    clause = models.CharField(max_length=40, blank=True)
    """Its number in the document, "3.b"; "" if the text does not number it."""
    text = models.TextField()
    issuer = models.CharField(max_length=200, blank=True)
    said_on = models.DateField(null=True, blank=True)
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["document_id", "id"]

    def __str__(self) -> str:
        return self.text[:100]

    @property
    def is_official(self) -> bool:
        """Whether a numbered document gives it; else it is known from speech."""
        return self.instrument_id is not None


class TakeOver(models.Model):
    """A notice's clause took over an order known from speech; what was done meanwhile stays.

    The task keeps its row, and with it all that was done. The two rows exchange what they rest on:
    statement, directive, words, deadline. A correction of either sentence so finds its own row.
    """

    task = models.ForeignKey("Task", on_delete=models.PROTECT, related_name="take_overs")
    official = models.ForeignKey("Task", on_delete=models.PROTECT, related_name="took_over")
    """The task recorded from the notice, which steps back behind the other."""
    before = models.JSONField()
    """What undoing needs beside the exchange: which assignments moved, ended or were renamed."""
    reason = models.CharField(max_length=500, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField()
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        verbose_name = _("take-over")

    def __str__(self) -> str:
        return f"{self.task_id} ← {self.official_id}"
