"""What became of a task: moves, progress, obstacles, new deadlines, evidence. Rows only grow."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from diemcau.delivery.models.assignments import Assignment
from diemcau.delivery.models.tasks import Task
from diemcau.delivery.states import Move, Status
from diemcau.directory.models import Body
from diemcau.documents.models import Document, Statement

__all__ = [
    "Confirmation",
    "DeadlineCorrection",
    "DecidingLevel",
    "Evidence",
    "EvidenceKind",
    "Obstacle",
    "Progress",
    "ProgressState",
    "Received",
    "Side",
    "Slip",
    "SlipReason",
    "SlipState",
    "Transition",
    "Without",
]


class Transition(models.Model):
    """A task went from one state to another."""

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="transitions")
    move = models.CharField(max_length=12, choices=Move.choices, blank=True)
    """What was done; "" is the recording that made the task."""
    before = models.CharField(max_length=12, choices=Status.choices, blank=True)
    after = models.CharField(max_length=12, choices=Status.choices)
    reason = models.CharField(max_length=500, blank=True)
    delivered_on = models.DateField(null=True, blank=True)
    """Day the result was delivered, of a move that says so."""
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    body = models.ForeignKey(
        Body, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    """The body in whose name it was done; None is the desk that keeps the register."""
    at = models.DateTimeField()
    report = models.ForeignKey(
        Statement, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    """The row of a report that moved it; None of what people do."""

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["task", "at"], name="transition_task_at")]

    def __str__(self) -> str:
        return f"{self.task_id}: {self.before} → {self.after}"


class EvidenceKind(models.TextChoices):
    """What shows that something was delivered."""

    DOCUMENT = "document", _("Document")
    PRODUCT = "product", _("Product")
    LINK = "link", _("Link")
    CONFIRMATION = "confirmation", _("Confirmed by who benefits")


class Evidence(models.Model):
    """Something that shows a result; taken back, it stays with the day it was."""

    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="evidence")
    kind = models.CharField(max_length=12, choices=EvidenceKind.choices)
    what = models.CharField(max_length=500)
    """In words: "Nghị quyết 12/NQ-HĐND", "đã bàn giao 3 xe"."""
    document = models.ForeignKey(
        Document, null=True, blank=True, on_delete=models.PROTECT, related_name="evidence"
    )
    url = models.URLField(max_length=1000, blank=True)
    on = models.DateField(null=True, blank=True)
    """Day of the product, where it has one."""
    body = models.ForeignKey(
        Body, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    """The body that showed it."""
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    """None if it came by a one-time link."""
    added_at = models.DateTimeField()
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_because = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="product")
                | Q(kind="confirmation")
                | Q(kind="document", document__isnull=False)
                | (Q(kind="link") & ~Q(url="")),
                name="evidence_is_there",
            )
        ]

    def __str__(self) -> str:
        return self.what


class Received(models.TextChoices):
    """What who benefits says of a result."""

    YES = "yes", _("Delivered")
    PARTLY = "partly", _("Delivered in part")
    NO = "no", _("Not delivered")


class Without(models.TextChoices):
    """What would have come without the help, as who benefits sees it."""

    NOTHING = "nothing", _("Nothing would have come of it")
    LATER = "later", _("It would have come later or smaller")
    SAME = "same", _("It would have come all the same")
    UNKNOWN = "unknown", _("Hard to say")


class Confirmation(models.Model):
    """A one-time link by which who benefits says whether the result is there."""

    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="confirmations")
    asked_of = models.CharField(max_length=200)
    """Who is asked, in words."""
    email = models.EmailField(blank=True)
    digest = models.CharField(max_length=64, unique=True)
    """SHA-256 of the link's secret, which is nowhere kept."""
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    body = models.ForeignKey(
        Body, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    """The body in whose name it was asked; None is the desk that keeps the register."""
    asked_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    """When somebody ended the link before it was answered; None while nobody has."""
    verdict = models.CharField(max_length=8, blank=True, choices=Received.choices)
    without = models.CharField(max_length=10, blank=True, choices=Without.choices)
    words = models.CharField(max_length=1000, blank=True)
    evidence = models.OneToOneField(
        Evidence, null=True, blank=True, on_delete=models.PROTECT, related_name="confirmation"
    )

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.task_id}: {self.asked_of}"


class Side(models.TextChoices):
    """On whose side something lies."""

    OURS = "ours", _("Our side")
    PARTNER = "partner", _("The partner's side")
    BOTH = "both", _("Both sides")


class SlipReason(models.TextChoices):
    """Why a deadline moves."""

    PARTNER = "partner", _("The partner is not ready")
    LEGAL = "legal", _("Law or procedure has to change first")
    MONEY = "money", _("Money or staff is missing")
    COORDINATION = "coordination", _("Another body has not delivered its part")
    SCOPE = "scope", _("The task was changed or widened")
    FORCE = "force", _("Force majeure")
    OWN = "own", _("Own delay")
    OTHER = "other", _("Other")


class SlipState(models.TextChoices):
    """Whether a new deadline holds."""

    ASKED = "asked", _("Asked for")
    APPROVED = "approved", _("Approved")
    REFUSED = "refused", _("Refused")
    WITHDRAWN = "withdrawn", pgettext_lazy("request", "Taken back")


class Slip(models.Model):
    """A new deadline: asked for with a reason, held once who gave the task approves it."""

    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="slips")
    before = models.CharField(max_length=30, blank=True)
    """The deadline as it was."""
    due_before = models.DateField(null=True, blank=True)
    after = models.CharField(max_length=30)
    due_after = models.DateField()
    reason_code = models.CharField(max_length=12, choices=SlipReason.choices)
    reason = models.CharField(max_length=500)
    state = models.CharField(max_length=12, choices=SlipState.choices, default=SlipState.ASKED)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    body = models.ForeignKey(
        Body, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    """Who approved or refused it, or took it back."""
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_because = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["task"], condition=Q(state="asked"), name="one_slip_asked_for"
            )
        ]

    def __str__(self) -> str:
        return f"{self.task_id}: {self.before} → {self.after}"


class DeadlineCorrection(models.Model):
    """A deadline that was read or typed wrongly was put right; the work was never owed by it."""

    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="deadline_corrections")
    before = models.CharField(max_length=30, blank=True)
    due_before = models.DateField(null=True, blank=True)
    after = models.CharField(max_length=30, blank=True)
    """The deadline as it is; "" where the text gives none."""
    due_after = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=500)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField()
    """The instant of the decision on the statement too, where the task rests on one."""
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    undone_at = models.DateTimeField(null=True, blank=True)
    """When the decision was undone in the review; the deadline before it holds again."""

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.task_id}: {self.before} → {self.after}"


class ProgressState(models.TextChoices):
    """Who a progress report is for yet."""

    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Waiting for release")
    RETURNED = "returned", _("Returned to its writer")
    RELEASED = "released", pgettext_lazy("report", "Released")


class Progress(models.Model):
    """What a body says of its work in a period; its own people's until its approver releases it."""

    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="progress")
    assignment = models.ForeignKey(
        Assignment, null=True, blank=True, on_delete=models.PROTECT, related_name="progress"
    )
    body = models.ForeignKey(
        Body, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    """The body that reports; None is the desk that keeps the register."""
    period = models.CharField(max_length=20, blank=True)
    """The reporting period it answers, "2026-Q3"; "" if none asked."""
    report = models.ForeignKey(
        Statement, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    """The row of a report the task was told by; None of what people write."""
    done = models.TextField(blank=True)
    """What was done; "" of a row's, whose words stand in its report alone."""
    next_step = models.TextField(blank=True)
    recommendation = models.TextField(blank=True)
    percent = models.PositiveSmallIntegerField(null=True, blank=True)
    """How far, in the body's own judgement; None if it does not say."""
    state = models.CharField(
        max_length=10, choices=ProgressState.choices, default=ProgressState.DRAFT
    )
    follows = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    """The earlier answer it was filled with, so that only the change is typed."""
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    written_at = models.DateTimeField()
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    released_at = models.DateTimeField(null=True, blank=True)
    returned_because = models.CharField(max_length=500, blank=True)
    version = models.PositiveIntegerField(default=0)
    told_words: str | None
    """Of rows of `row_reports.with_words`: `done`, or what its report says; None where who reads
    may not see that."""

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["task", "state"], name="progress_task_state")]
        constraints = [
            models.CheckConstraint(
                condition=Q(percent=None) | Q(percent__lte=100), name="percent_of_a_hundred"
            ),
            models.CheckConstraint(
                condition=Q(state="released", released_at__isnull=False)
                | (~Q(state="released") & Q(released_at=None)),
                name="released_has_its_instant",
            ),
            models.UniqueConstraint(fields=["task", "report"], name="told_once_by_a_report"),
            models.CheckConstraint(
                condition=Q(report=None) | Q(done=""), name="words_of_a_report_stand_there"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.task_id}: {self.period or timezone.localdate(self.written_at).isoformat()}"

    @property
    def words(self) -> str:
        """What was done, as who reads may know it; of rows of `row_reports.with_words` alone."""
        if self.told_words is None:
            return gettext("What came of it stands in a closed report.")
        return self.told_words


class DecidingLevel(models.TextChoices):
    """Who can decide what an obstacle needs."""

    UNIT = "unit", _("The body itself")
    MINISTRY = "ministry", _("The minister or the chair of the province")
    INTER = "inter", _("Several ministries together")
    GOVERNMENT = "government", _("The Government or the Prime Minister")
    PARTNER = "partner", _("The partner")


class Obstacle(models.Model):
    """What stands in the way: its cause, whose side it lies on, and who can decide."""

    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="obstacles")
    progress = models.ForeignKey(
        Progress, null=True, blank=True, on_delete=models.PROTECT, related_name="obstacles"
    )
    """The report it came with, whose privacy it shares."""
    what = models.TextField()
    cause = models.CharField(max_length=12, choices=SlipReason.choices)
    side = models.CharField(max_length=8, choices=Side.choices)
    level = models.CharField(max_length=12, choices=DecidingLevel.choices)
    recommendation = models.TextField(blank=True)
    body = models.ForeignKey(
        Body, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    opened_at = models.DateTimeField()
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    resolved_at = models.DateTimeField(null=True, blank=True)
    resolution = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(resolved_at=None) | Q(resolved_at__gte=F("opened_at")),
                name="obstacle_ends_after_it_began",
            )
        ]

    def __str__(self) -> str:
        return self.what[:100]
