"""The reporting calendar as rows: duties to report, who is excepted, working days and hours."""

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from diemcau.delivery.deadlines import DueRule
from diemcau.delivery.models import Nature
from diemcau.directory.models import Body
from diemcau.urging.models.named import Named
from diemcau.urging.reporting import Rhythm

__all__ = ["Duty", "DutyException", "Holiday", "Hours"]


class Hours(models.Model):
    """When messages go out on a working day; one row."""

    opens = models.TimeField()
    closes = models.TimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(opens__lt=F("closes")), name="hours_run_forward")
        ]

    def __str__(self) -> str:
        return f"{self.opens:%H:%M}–{self.closes:%H:%M}"


class Holiday(models.Model):
    """A day that is not what its weekday says."""

    day = models.DateField(unique=True)
    name = models.CharField(max_length=200)
    is_worked = models.BooleanField(default=False)
    """A Saturday or Sunday worked in exchange for another day; else a day off."""

    class Meta:
        ordering = ["day"]

    def __str__(self) -> str:
        return f"{self.day}: {self.name}"


class Duty(Named):
    """Which bodies report on what they owe, how often, and how soon after the cut-off."""

    key = models.CharField(max_length=40, unique=True)
    rhythm = models.CharField(max_length=10, choices=Rhythm.choices)
    basis = models.CharField(max_length=20, choices=DueRule.choices, default=DueRule.ADMINISTRATIVE)
    nature = models.CharField(max_length=12, choices=Nature.choices, blank=True)
    """What is reported on; "" is everything owed."""
    body = models.ForeignKey(
        Body, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    """Whose duty it is, with the bodies under it; None is every body that owes something."""
    n_days = models.PositiveSmallIntegerField(validators=[MaxValueValidator(60)])
    """Working days after the cut-off."""
    starts_on = models.DateField()
    """Cut-offs before this day ask for nothing."""

    class Meta:
        ordering = ["id"]
        verbose_name = _("duty to report")


class DutyException(models.Model):
    """A body that is excused from a report, or has other days for it."""

    duty = models.ForeignKey(Duty, on_delete=models.PROTECT, related_name="exceptions")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    n_days = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=[MaxValueValidator(60)]
    )
    """Working days it has instead; None excuses it."""
    reason = models.CharField(max_length=500)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["duty", "body"], condition=Q(ended_at=None), name="duty_exception_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.duty_id}: {self.body_id}"
