"""What is urged for, in which steps, and who hears of each."""

from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from diemcau.urging.models.named import Named

__all__ = ["Audience", "Kind", "Rule", "Step"]


class Kind(models.TextChoices):
    """What a rule urges for."""

    BEFORE = "before", _("The deadline comes near")
    LATE = "late", _("Late")
    SILENT = "silent", _("No word")
    REPORT = "report", _("Report not come")
    ANSWER = "answer", _("Assignment not answered")
    SLIP = "slip", _("New deadline not decided")
    ASKED = "asked", _("Report asked for not come")
    RESULT = "result", _("Result not judged")


class Audience(models.TextChoices):
    """Who hears of a step; the order is the ladder."""

    REPORTER = "reporter", _("who reports for the body")
    APPROVER = "approver", _("the approver of the body")
    PARENT = "parent", _("the approver of the body above")
    DESK = "desk", _("the desk that keeps the register")


class Rule(Named):
    """What is urged for, in which steps."""

    key = models.CharField(max_length=40, unique=True)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    again = models.PositiveSmallIntegerField(default=0, validators=[MaxValueValidator(365)])
    """Days after which the last step is sent again; 0 never."""

    class Meta:
        ordering = ["id"]
        verbose_name = _("rule of urging")


class Step(models.Model):
    """One step of a rule: so many days before or after, to whom."""

    rule = models.ForeignKey(Rule, on_delete=models.CASCADE, related_name="steps")
    number = models.PositiveSmallIntegerField()
    days = models.PositiveSmallIntegerField()
    to = models.CharField(max_length=10, choices=Audience.choices)

    class Meta:
        ordering = ["rule_id", "number"]
        constraints = [models.UniqueConstraint(fields=["rule", "number"], name="step_once")]

    def __str__(self) -> str:
        return f"{self.rule_id}.{self.number}: {self.days} → {self.to}"
