"""The six fields asked for of every commitment, filled in from the rows of a reporting period.

Source: the quarterly review of commitments and agreements: lead agency, partner, content, timeline,
difficulties, recommendation. What nobody recorded stays empty here and is shown as not known.
"""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from diemcau.delivery.among import rows_among
from diemcau.delivery.models import (
    Assignment,
    AssignmentRole,
    Commitment,
    Evidence,
    Obstacle,
    Progress,
    ProgressState,
    Task,
)
from diemcau.delivery.on_day import end_of, open_obstacles, standing_evidence
from diemcau.delivery.partners import PartnersFrom, partners_of
from diemcau.delivery.periods import Span
from diemcau.delivery.promises import is_partners
from diemcau.delivery.row_reports import with_words
from diemcau.delivery.states import Status
from diemcau.delivery.wordings import whole_wordings
from diemcau.documents.rules import Reader

__all__ = ["SixFields", "fill_six_fields", "of_the_period"]


@dataclass(slots=True)
class SixFields:
    """One row of the table, as it stood on the day of the report.

    Args:
        standing, due_to: of the day.
        is_led: whether one body leads, not several or a collective.
        partners_of: what the partners are taken from where its words name none.
        is_partners: whether the partner's side promised it, so that nobody of ours leads it.
        timeline: as said, where it is no deadline with days.
        difficulties: open obstacles.
        recommendations: of those obstacles and of the latest report, each once.
        progress: the latest report released by the day; None if none was.
        in_period: whether that report was released in the period, or is carried over.
        known: the number of the six fields that are filled in.
    """

    task: Task
    standing: str
    due_to: dt.date | None
    deadline: str
    leads: list[str] = field(default_factory=list)
    coordinating: list[str] = field(default_factory=list)
    following: list[str] = field(default_factory=list)
    is_led: bool = False
    is_partners: bool = False
    partners: list[str] = field(default_factory=list)
    partners_of: PartnersFrom = ""
    content: str = ""
    timeline: str = ""
    difficulties: list[Obstacle] = field(default_factory=list)
    recommendations: list[str] = field(default_factory=list)
    progress: Progress | None = None
    in_period: bool = False
    evidence: list[Evidence] = field(default_factory=list)

    @property
    def known(self) -> int:
        fields = (
            self.leads or self.is_partners,
            self.partners,
            self.content,
            self.deadline or self.timeline,
            self.difficulties,
            self.recommendations,
        )
        return sum(map(bool, fields))


def of_the_period(tasks: QuerySet[Task], span: Span, *, on: dt.date) -> QuerySet[Task]:
    """The tasks a report of a period tells of: said by its day, and not done before it began.

    A row that only counts texts has no six fields to fill in, and is not among them.

    Args:
        tasks: of `list_tasks` for `on`.
        on: the day the report is told for.
    """
    before = Q(held_status=Status.DONE, held_delivered__lt=span.first)
    told = tasks.filter(Q(said_on=None) | Q(said_on__lte=on))
    return told.exclude(before).exclude(commitment__n_texts__gt=1)


def fill_six_fields(
    by: Reader, tasks: Sequence[Task], span: Span, *, on: dt.date
) -> list[SixFields]:
    """The rows of some tasks, in their order.

    Only released reports and obstacles the person may see are told.
    Args:
        tasks: of `list_tasks` for `on`, fetched with their documents.
    """
    whole = whole_wordings(tasks)
    rows = {
        task.pk: SixFields(
            task,
            task.standing,
            task.held_due,
            # An approved new deadline has other words than the one of a past day.
            task.deadline if task.held_due == task.due_to else "",
            content=whole[task.pk],
        )
        for task in tasks
    }
    _fill_assignees(rows, on)
    _fill_promises(by, rows)
    _fill_reports(by, rows, span, on)
    shown = standing_evidence(on=on).select_related("document")
    for one in rows_among(shown.order_by("pk"), list(rows)):
        rows[one.task_id].evidence.append(one)
    return list(rows.values())


def _fill_assignees(rows: dict[int, SixFields], on: dt.date) -> None:
    end = end_of(on)
    given = Assignment.objects.filter(
        # Whom it was given to when it was recorded had it on the day it was said, too.
        Q(given_at=None) | Q(given_at__lte=end) | Q(given_at__lte=F("task__recorded_at")),
        Q(ended_at=None) | Q(ended_at__gt=end),
    )
    leading: Counter[int] = Counter()
    for one in rows_among(given.order_by("pk"), list(rows)):
        row = rows[one.task_id]
        if one.role == AssignmentRole.LEAD:
            row.leads.append(one.as_written)
        elif one.role == AssignmentRole.COORDINATING:
            row.coordinating.append(one.as_written)
        else:
            row.following.append(one.as_written)
        leading[one.task_id] += one.is_lead
    for pk, row in rows.items():
        row.is_led = leading[pk] == 1


def _fill_promises(by: Reader, rows: dict[int, SixFields]) -> None:
    """What the commitments say, and with whom, beside whom each was given to."""
    made: dict[int, Commitment] = {}
    named: dict[int, list[tuple[str, bool]]] = defaultdict(list)
    for one in rows_among(_with_parties(), list(rows)):
        made.setdefault(one.pk, one)
        if one.party:
            named[one.pk].append((one.party, one.party_is_ours))
    theirs = {pk: [name for name, is_ours in named[pk] if not is_ours] for pk in made}
    partners = partners_of(by, list(made.values()), theirs)
    for pk, one in made.items():
        row = rows[one.task_id]
        row.timeline = one.timeline
        if one.content.rstrip("…").casefold() not in row.content.casefold():
            row.content = one.content
        row.partners, row.partners_of = list(partners[pk].names), partners[pk].of
        given = [
            *((name, AssignmentRole.LEAD) for name in row.leads),
            *((name, AssignmentRole.COORDINATING) for name in row.coordinating),
            *((name, AssignmentRole.FOLLOWING) for name in row.following),
        ]
        row.is_partners = is_partners(one.form, parties=named[pk], given=given)


def _with_parties() -> QuerySet[Commitment]:
    """Commitments, one for each of their parties, `party` and `party_is_ours`; in one question."""
    rows = Commitment.objects.annotate(
        party=F("parties__as_written"), party_is_ours=F("parties__is_ours")
    )
    return rows.order_by("pk", "parties__pk")


def _fill_reports(by: Reader, rows: dict[int, SixFields], span: Span, on: dt.date) -> None:
    wanted = list(rows)
    out = Progress.objects.filter(state=ProgressState.RELEASED, released_at__lte=end_of(on))
    said = with_words(by, out)
    for one in rows_among(said.select_related("body").order_by("released_at", "pk"), wanted):
        rows[one.task_id].progress = one
    asked: dict[int, list[str]] = defaultdict(list)
    for one in rows_among(open_obstacles(by, on=on).order_by("pk"), wanted):
        rows[one.task_id].difficulties.append(one)
        asked[one.task_id].append(one.recommendation)
    for pk, row in rows.items():
        if row.progress is not None:
            row.in_period = timezone.localdate(row.progress.released_at) >= span.first
            asked[pk].append(row.progress.recommendation)
        words = (" ".join(text.split()) for text in asked[pk])
        row.recommendations = list(dict.fromkeys(filter(None, words)))
