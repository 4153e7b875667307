"""What counts as a word of who does a task, and which reports asked for have none since.

One rule for home, calendar and ladder: what others do to the task, who gave it or the desk that
keeps the register, answers nothing that was asked of who does it.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection

from django.db.models import (
    Case,
    DateTimeField,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, Greatest, NullIf
from django.utils import timezone

from diemcau.delivery.models import (
    Assignment,
    AssignmentAnswer,
    Confirmation,
    Evidence,
    EvidenceKind,
    Obstacle,
    Progress,
    ProgressState,
    ReportRequest,
    Slip,
    SlipState,
    Task,
    Transition,
    UnderKind,
)
from diemcau.delivery.states import MOVES, Party

__all__ = ["last_word_by", "last_word_now", "last_words_of", "unanswered_requests", "words_of"]

_OWN_MOVES = [move for move, rule in MOVES.items() if rule.by == Party.ASSIGNEE]


_Rows = tuple[QuerySet, str, str]
"""Rows that are words said, the way from each to its task, and when it was said."""


def _own_words() -> list[_Rows]:
    """Words of who does a task: a report released, a move of theirs, evidence they attached, an
    answer to an assignment, another deadline asked for, an obstacle."""
    return [
        *_doers_words(),
        (_moves().filter(move__in=_OWN_MOVES), "task", "at"),
        # What a beneficiary confirms by a link is no word of who does the task.
        (Evidence.objects.exclude(kind=EvidenceKind.CONFIRMATION), "task", "added_at"),
    ]


def _all_words() -> list[_Rows]:
    """Words of anybody: all that sets `last_word_at`."""
    return [
        *_doers_words(),
        (_moves(), "task", "at"),
        (Evidence.objects.all(), "task", "added_at"),
        (Slip.objects.filter(state=SlipState.WITHDRAWN), "task", "decided_at"),
        (Obstacle.objects.all(), "task", "resolved_at"),
        (Confirmation.objects.all(), "task", "asked_at"),
        (Confirmation.objects.all(), "task", "answered_at"),
        (Assignment.objects.all(), "task", "delivered_at"),
        (Task.objects.filter(under=UnderKind.CASCADE), "parent", "recorded_at"),
    ]


def _moves() -> QuerySet[Transition]:
    """What people moved: a report's word is its progress, and taking it back is nobody's word."""
    return Transition.objects.filter(report=None).exclude(move="")


def _doers_words() -> list[_Rows]:
    """Words that only who does a task says."""
    return [
        (Progress.objects.filter(state=ProgressState.RELEASED), "task", "released_at"),
        (AssignmentAnswer.objects.all(), "assignment__task", "at"),
        (Slip.objects.all(), "task", "asked_at"),
        (Obstacle.objects.filter(progress=None), "task", "opened_at"),
    ]


def words_of(tasks: Collection[int]) -> dict[int, list[dt.datetime]]:
    """When who does a task said something of it, by task; one statement."""
    found: dict[int, list[dt.datetime]] = defaultdict(list)
    if not tasks:
        return found
    first, *others = (
        rows.filter(**{f"{task}__in": tasks}).order_by().values_list(task, at)
        for rows, task, at in _own_words()
    )
    for task, at in first.union(*others, all=True):
        found[task].append(at)
    return found


def last_word_by(end: dt.datetime) -> Combinable:
    """When somebody last spoke of a task by an instant, as an expression; None if nobody had.

    The task's own column tells it where nobody spoke later; else the rows that stand do.
    """
    return Case(
        When(last_word_at__lte=end, then=F("last_word_at")),
        When(last_word_at=None, then=F("last_word_at")),
        default=_latest(end),
        output_field=DateTimeField(),
    )


def last_word_now(task: int) -> dt.datetime | None:
    """When somebody last spoke of a task by the rows that stand: one was taken back."""
    found = Task.objects.filter(pk=task).order_by().annotate(said=_latest(timezone.now()))
    return found.values_list("said", flat=True).get()


def _latest(end: dt.datetime) -> Combinable:
    each = [
        Coalesce(
            Subquery(
                rows.filter(**{task: OuterRef("pk"), f"{at}__lte": end})
                .order_by(f"-{at}")
                .values(at)[:1]
            ),
            Value(_NEVER),
        )
        for rows, task, at in _all_words()
    ]
    return NullIf(Greatest(*each), Value(_NEVER))


_NEVER = dt.datetime(1900, 1, 1, tzinfo=dt.UTC)
"""Stands for no word while the latest of several is sought; databases disagree on NULL there."""


def last_words_of(tasks: Collection[int]) -> dict[int, dt.datetime]:
    """When who does a task last said something of it, by task; one statement."""
    return {task: max(said) for task, said in words_of(tasks).items()}


def unanswered_requests() -> QuerySet[ReportRequest]:
    """Reports asked for since which who does the task has said nothing."""
    answered = Q()
    for rows, task, at in _own_words():
        since = {task: OuterRef("task"), f"{at}__gte": OuterRef("asked_at")}
        answered |= Q(Exists(rows.filter(**since)))
    return ReportRequest.objects.filter(~answered)
