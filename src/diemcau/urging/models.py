"""Rules of urging and of the reporting calendar as rows, what was said to whom, and the outbox."""

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from diemcau.delivery.deadlines import DueRule
from diemcau.delivery.models import Nature, Task
from diemcau.directory.models import Body
from diemcau.urging.reporting import Rhythm

__all__ = [
    "Audience",
    "Choice",
    "Duty",
    "DutyException",
    "Holiday",
    "Hours",
    "Kind",
    "Letter",
    "LetterState",
    "Notice",
    "Rule",
    "Run",
    "Step",
    "Way",
]


class Named(models.Model):
    """A row people call by a name, in both languages where both are given."""

    name = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200, blank=True)
    is_on = models.BooleanField(default=True)
    version = models.PositiveIntegerField(default=0)
    """Counts its changes, so that nobody overwrites what they did not see."""

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name_en if self.name_en and get_language() == "en" else self.name


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


class Kind(models.TextChoices):
    """What a rule urges for."""

    BEFORE = "before", _("The deadline comes near")
    LATE = "late", _("Late")
    SILENT = "silent", _("No word")
    REPORT = "report", _("Report not come")
    ANSWER = "answer", _("Assignment not answered")
    SLIP = "slip", _("New deadline not decided")
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


class Run(models.Model):
    """One time something was said to somebody."""

    at = models.DateTimeField()
    n_notices = models.PositiveIntegerField()
    n_letters = models.PositiveIntegerField()

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}: {self.n_notices}"


class LetterState(models.TextChoices):
    """Where an e-mail is."""

    WAITING = "waiting", _("Waiting")
    SENDING = "sending", _("Being sent")
    SENT = "sent", _("Sent")
    FAILED = "failed", _("Given up")
    DROPPED = "dropped", _("Nothing left to say")


class Letter(models.Model):
    """An e-mail to one person; its words are made when it is sent, of what is still so then."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="letters"
    )
    is_digest = models.BooleanField()
    """The one of its day; else what could not wait for it."""
    day = models.DateField()
    message_id = models.CharField(max_length=200, unique=True)
    """The same at every attempt, so that a server or reader can tell a second copy."""
    state = models.CharField(max_length=8, choices=LetterState.choices, default=LetterState.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField()
    taken_until = models.DateTimeField(null=True, blank=True)
    """End of the worker's lease while it is being sent."""
    last_error = models.CharField(max_length=500, blank=True)
    made_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(
                fields=["not_before", "id"],
                condition=Q(state__in=["waiting", "sending"]),
                name="letter_open",
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "day"], condition=Q(is_digest=True), name="digest_once_a_day"
            ),
            models.CheckConstraint(
                condition=Q(state="sent", sent_at__isnull=False)
                | (~Q(state="sent") & Q(sent_at=None)),
                name="letter_sent_has_its_instant",
            ),
        ]

    def __str__(self) -> str:
        return self.message_id


class Notice(models.Model):
    """Something said to a person about a task, and which rule said it."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notices"
    )
    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="notices")
    rule = models.ForeignKey(Rule, on_delete=models.PROTECT, related_name="notices")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    step = models.PositiveSmallIntegerField()
    to = models.CharField(max_length=10, choices=Audience.choices)
    """For whom the step was meant; it may have gone higher where nobody is there."""
    is_escalation = models.BooleanField()
    about = models.CharField(max_length=200, blank=True)
    """Which of a task's assignments, new deadlines or reports; "" is the task itself."""
    words = models.CharField(max_length=300, blank=True)
    """The rule of the calendar, of a report that did not come."""
    anchor = models.DateField()
    """The day the rule counts from."""
    day = models.DateField()
    """The day the step fell due."""
    days = models.PositiveIntegerField()
    """Days between the anchor and the day it was said."""
    by_partner = models.BooleanField(default=False)
    """An open obstacle lies on the partner's side."""
    made_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)
    letter = models.ForeignKey(
        Letter, null=True, blank=True, on_delete=models.SET_NULL, related_name="notices"
    )

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["rule", "task", "about", "step", "day", "person"], name="notice_once"
            )
        ]
        indexes = [
            models.Index(fields=["person", "-id"], name="notice_of_person"),
            models.Index(fields=["task", "rule"], name="notice_of_task"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.rule_id}.{self.step} {self.task_id}"


class Way(models.TextChoices):
    """How a person wants to hear by e-mail; the list in the product shows everything."""

    DIGEST = "digest", _("in the mail of the day")
    AT_ONCE = "at_once", _("at once")
    NONE = "none", _("not by e-mail")


class Choice(models.Model):
    """How a person wants to hear of one kind; escalations come at once, whatever is chosen."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="urging_choices"
    )
    kind = models.CharField(max_length=10, choices=Kind.choices)
    way = models.CharField(max_length=8, choices=Way.choices)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "kind"], name="choice_once")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.kind}: {self.way}"
