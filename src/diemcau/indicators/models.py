"""Accepted figures, and what the checker says about pairs of figure statements."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from diemcau.documents.models import LIVE, Statement

__all__ = ["ALL_LIVE", "Comparison", "ComparisonState", "Figure", "FigureKey", "Verdict"]


class Figure(models.Model):
    """A figure a person accepted as claimed by its source; nobody says it is true."""

    statement = models.OneToOneField(Statement, on_delete=models.PROTECT, related_name="figure")
    value = models.DecimalField(max_digits=30, decimal_places=6)
    value_high = models.DecimalField(max_digits=30, decimal_places=6, null=True, blank=True)
    unit = models.CharField(max_length=60)
    bound = models.CharField(max_length=10)
    what = models.CharField(max_length=500, blank=True)
    measure = models.CharField(max_length=60)
    subject = models.CharField(max_length=200, blank=True)
    period = models.CharField(max_length=30, blank=True)
    role = models.CharField(max_length=20)
    compares = models.JSONField(null=True, blank=True)
    recorded_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    """When the statement stopped being accepted; None while the figure stands."""

    class Meta:
        indexes = [models.Index(fields=["measure", "subject", "period"])]

    def __str__(self) -> str:
        return f"{self.measure} {self.subject} {self.period}: {self.bound} {self.value} {self.unit}"


class FigureKey(models.Model):
    """What a figure statement measures, in the form in which figures are found and compared."""

    statement = models.OneToOneField(
        Statement, on_delete=models.CASCADE, primary_key=True, related_name="figure_key"
    )
    measure = models.CharField(max_length=60)
    subject = models.CharField(max_length=200, blank=True)
    """Folded, and one form for the country's many names; "" if the text does not say."""
    subject_name = models.CharField(max_length=200, blank=True)
    """The subject as the text writes it."""
    period = models.CharField(max_length=30, blank=True)
    base_period = models.CharField(max_length=30, blank=True, db_index=True)
    """For a ratio: the period it is measured against."""
    unit = models.CharField(max_length=60)
    role = models.CharField(max_length=20)

    class Meta:
        indexes = [models.Index(fields=["measure", "subject", "period"])]

    def __str__(self) -> str:
        return f"{self.measure} {self.subject} {self.period}"


class Verdict(models.TextChoices):
    """What interval arithmetic says of two claims about the same thing."""

    AGREE = "agree", _("Agree")
    MILD = "mild", _("Mild clash")
    CLASH = "clash", _("Clash")
    MISFIT = "misfit", _("Ratio does not fit its base")


class ComparisonState(models.TextChoices):
    """What a person made of the proposal."""

    PROPOSED = "proposed", _("Proposed")
    CONFIRMED = "confirmed", _("Confirmed")
    DISMISSED = "dismissed", _("Dismissed")


class Comparison(models.Model):
    """Two (for a ratio: three) figure statements set side by side, with the arithmetic in words."""

    left = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="+")
    right = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="+")
    ratio = models.ForeignKey(
        Statement, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    verdict = models.CharField(max_length=10, choices=Verdict.choices)
    arithmetic = models.JSONField()
    """The intervals and the rule, as data the page prints in the reader's language."""
    state = models.CharField(
        max_length=10, choices=ComparisonState.choices, default=ComparisonState.PROPOSED
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["left", "right"],
                condition=models.Q(ratio__isnull=True),
                name="comparison_of_two_once",
            ),
            models.UniqueConstraint(
                fields=["left", "right", "ratio"], name="comparison_of_three_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.verdict}: {self.left_id} / {self.right_id}"


ALL_LIVE = (models.Q(ratio=None) | models.Q(ratio__state__in=LIVE)) & models.Q(
    left__state__in=LIVE, right__state__in=LIVE
)
"""Comparisons whose statements all still hold."""
