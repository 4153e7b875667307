"""Tasks, assignments, and proposals that two statements are the same matter said again."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from diemcau.delivery.deadlines import DueRule
from diemcau.documents.models import Statement

__all__ = [
    "Assignment",
    "AssignmentRole",
    "Clause",
    "ClauseGram",
    "Echo",
    "EchoState",
    "Handover",
    "Saying",
    "Task",
    "Thread",
]


_LONGEST_TITLE = 160


class Thread(models.Model):
    """The same matter over several conferences; its sayings are its dated statements."""

    title = models.CharField(max_length=500)
    opened_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.title


class Saying(models.Model):
    """One statement of a thread: that the matter was said there, then."""

    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="sayings")
    statement = models.OneToOneField(Statement, on_delete=models.PROTECT, related_name="saying")

    def __str__(self) -> str:
        return f"{self.thread_id}: {self.statement_id}"


class Task(models.Model):
    """Something somebody was told to do, confirmed by a person from its sentence."""

    statement = models.OneToOneField(Statement, on_delete=models.PROTECT, related_name="task")
    action = models.CharField(max_length=500)
    issuer = models.CharField(max_length=200, blank=True)
    said_on = models.DateField(null=True, blank=True)
    """Day of the meeting or document that said it; None if the text does not fix it."""
    deadline = models.CharField(max_length=30, blank=True)
    """As read: "2025-06-30", "2025-H2", "2025"; "" is "no deadline", a state of its own."""
    due_from = models.DateField(null=True, blank=True)
    due_to = models.DateField(null=True, blank=True)
    """Last day of the period: late only after it."""
    folded = models.TextField(blank=True)
    """Action, issuer, assignees and quote, folded: what the register's words are looked up in."""
    due_rule = models.CharField(max_length=20, choices=DueRule.choices, blank=True)
    recorded_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    """When the statement stopped being accepted; None while the task stands."""

    class Meta:
        ordering = ["-said_on", "id"]
        indexes = [models.Index(fields=["due_to"])]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """What to call it: the words of its clause, or the action a person put instead."""
        corrected = self.statement.corrected
        if corrected is not None and corrected.get("action") != self.statement.data.get("action"):
            words = self.action
        else:
            words = " ".join(self.statement.quote.split())
        if len(words) > _LONGEST_TITLE:
            words = words[:_LONGEST_TITLE].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"
        return words[:1].upper() + words[1:]


class AssignmentRole(models.TextChoices):
    """How a body takes part in a task."""

    LEAD = "lead", _("Lead")
    COORDINATING = "coordinating", _("Coordinating")
    FOLLOWING = "following", _("Following")


class Assignment(models.Model):
    """Who was asked, as written; and which body that is, where the name is one body's."""

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="assignments")
    role = models.CharField(
        max_length=20, choices=AssignmentRole.choices, default=AssignmentRole.LEAD
    )
    as_written = models.CharField(max_length=300)
    body_ref = models.CharField(max_length=80, blank=True)
    """Id of the body, or of an office in it ("minister@mofa"); "" if it is not one of them."""
    is_collective = models.BooleanField(default=False)
    """Collective, as in "các bộ, ngành, địa phương": stays so until a person says which bodies."""

    def __str__(self) -> str:
        return self.as_written

    @property
    def body(self) -> str:
        """Id of the body: what an office is asked, its body answers for."""
        return self.body_ref.rpartition("@")[2]


class Handover(models.Model):
    """Which successor answers for a task given to a body whose work was divided, as a person said.

    Bodies are named by their ids in the directory; the task keeps the name of its day.
    """

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="handovers")
    from_ref = models.CharField(max_length=80)
    to_ref = models.CharField(max_length=80)
    reason = models.CharField(max_length=500)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["task", "from_ref"], name="handover_once")]

    def __str__(self) -> str:
        return f"{self.task_id}: {self.from_ref} → {self.to_ref}"


class Clause(models.Model):
    """A task statement's whole clause, folded: what echoes are found in."""

    statement = models.OneToOneField(
        Statement, on_delete=models.CASCADE, primary_key=True, related_name="clause"
    )
    end = models.PositiveIntegerField()
    """Where the clause ends in the text; it begins where the statement does."""
    words = models.TextField()
    """Its syllables, folded, one space between."""

    def __str__(self) -> str:
        return self.words


class ClauseGram(models.Model):
    """One word or pair of words of a clause: the inverted index echoes are looked up in."""

    clause = models.ForeignKey(Clause, on_delete=models.CASCADE, related_name="grams")
    gram = models.BigIntegerField(db_index=True)
    """64-bit hash of the words."""

    def __str__(self) -> str:
        return f"{self.clause_id}: {self.gram}"


class EchoState(models.TextChoices):
    """What a person made of the proposal."""

    PROPOSED = "proposed", _("Proposed")
    CONFIRMED = "confirmed", _("Confirmed")
    DISMISSED = "dismissed", _("Dismissed")


class Echo(models.Model):
    """A proposal that two task statements of different documents are one matter said again."""

    earlier = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="+")
    later = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="+")
    score = models.FloatField()
    """Share of the smaller clause's telling words and word pairs found in the other, 0..1."""
    shared = models.TextField()
    """The longest run of words the two share, as the earlier one writes it: the reason shown."""
    n_shared = models.PositiveIntegerField()
    """Number of syllables in that run."""
    state = models.CharField(max_length=10, choices=EchoState.choices, default=EchoState.PROPOSED)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["earlier", "later"], name="echo_once")]

    def __str__(self) -> str:
        return f"{self.earlier_id} = {self.later_id} ({self.score:.2f})"
