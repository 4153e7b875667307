"""Threads of a matter said again, and the proposals that two statements are one matter."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from diemcau.documents.models import Statement

__all__ = [
    "Clause",
    "ClauseGram",
    "Echo",
    "EchoState",
    "Saying",
    "Thread",
    "ThreadChange",
    "ThreadChangeKind",
]


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
    by_hand = models.BooleanField(default=False)
    """A person tied the two; nothing was proposed."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["earlier", "later"], name="echo_once")]

    def __str__(self) -> str:
        return f"{self.earlier_id} = {self.later_id} ({self.score:.2f})"


class ThreadChangeKind(models.TextChoices):
    """What a person did to a thread by hand."""

    JOIN = "join", _("Joined into one matter")
    PART = "part", _("Set apart")


class ThreadChange(models.Model):
    """Statements joined into one matter, or set apart, by a person; it can be taken back."""

    kind = models.CharField(max_length=5, choices=ThreadChangeKind.choices)
    statements = models.ManyToManyField(Statement, related_name="thread_changes")
    """Those that were joined; those that were set apart from the others of their thread."""
    before = models.JSONField()
    """{id of an echo: the state it had}, of every echo the change decided."""
    reason = models.CharField(max_length=500)
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

    def __str__(self) -> str:
        return f"{self.kind}: {self.reason}"[:100]
