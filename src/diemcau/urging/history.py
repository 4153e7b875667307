"""What a letter of urging tells of each task: where it was ordered, what was asked, what came."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q
from django.utils import timezone

from diemcau.delivery.models import (
    AssignmentAnswer,
    AssignmentRole,
    Evidence,
    Obstacle,
    Progress,
    ProgressState,
    ReportRequest,
    Slip,
    SlipState,
    Task,
    Transition,
)
from diemcau.delivery.queries import list_tasks, standing_assignments
from diemcau.delivery.row_reports import with_words
from diemcau.delivery.states import Move
from diemcau.delivery.wordings import whole_wordings
from diemcau.delivery.words import words_of
from diemcau.directory.reach import reached_refs
from diemcau.documents.models import LIVE, Statement, StatementKind
from diemcau.documents.rules import Reader
from diemcau.urging.models import Kind, Notice, ReminderItem
from diemcau.urging.parts import part_of, with_part

__all__ = ["History", "Said", "decided", "histories_of"]

_OF_ASSIGNEES = (Kind.BEFORE, Kind.LATE, Kind.SILENT, Kind.REPORT, Kind.ANSWER, Kind.ASKED)
"""Kinds in which who does a task is urged."""


@dataclass(frozen=True, slots=True)
class Said:
    """One thing asked or answered.

    Args:
        kind: "notices", "request", "letter"; "progress", "answer", "slip", "submitted",
            "evidence", "returned".
        row: the row it comes from; of "notices" how many days they went out on, and the first.
    """

    on: dt.date
    kind: str
    row: Any


@dataclass(slots=True)
class History:
    """A task with what a letter tells of it.

    Args:
        task: with `standing` of the day, its document, directive and assignments.
        at: the instant it is told as of.
        content: what is to be done, in whole words.
        giver: who gave it, with the office the document gives them; "" if it is not known.
        part: of the body written to.
        leads: who leads it, as written.
        asked: what was asked of those who do it, the earliest first.
        answered: what came of it, the earliest first; nobody's draft.
        obstacles: known ones that are open.
        slips: new deadlines approved.
        n_evidence: pieces of evidence that hold.
        last_word: the day of the last word; None if none was said.
    """

    task: Task
    at: dt.datetime
    content: str
    giver: str = ""
    part: AssignmentRole = AssignmentRole.LEAD
    leads: list[str] = field(default_factory=list)
    asked: list[Said] = field(default_factory=list)
    answered: list[Said] = field(default_factory=list)
    obstacles: list[Obstacle] = field(default_factory=list)
    slips: list[Slip] = field(default_factory=list)
    n_evidence: int = 0
    last_word: dt.date | None = None

    @property
    def last_report(self) -> Progress | None:
        """The last report released."""
        return next((one.row for one in reversed(self.answered) if one.kind == "progress"), None)


def histories_of(
    by: Reader, tasks: Collection[int], *, to: str, at: dt.datetime, but: int | None = None
) -> list[History]:
    """What is to be told of tasks a person sees, as it was known at an instant.

    Args:
        tasks: ids, in the order they are told.
        to: id in the directory of the body written to.
        but: id of a letter that is itself no part of what was asked before.
    """
    on, refs = timezone.localdate(at), reached_refs(to)
    rows = (
        with_part(list_tasks(by, on=on), refs)
        .filter(pk__in=tasks)
        .select_related("document", "directive__instrument", "commitment")
        .prefetch_related(standing_assignments())
    )
    tasks_found = list(rows)
    whole = whole_wordings(tasks_found)
    found = {row.pk: History(row, at, whole[row.pk]) for row in tasks_found}
    offices = _offices({row.document_id for row in tasks_found})
    for row in tasks_found:
        giver = (row.directive.issuer if row.directive is not None else "") or row.issuer
        office = offices.get((row.document_id, giver), "")
        found[row.pk].giver = f"{office} {giver}".strip()
        found[row.pk].part = part_of(row, refs)
        found[row.pk].leads = [
            one.as_written for one in row.assignments.all() if one.role == AssignmentRole.LEAD
        ]
    for said in _asked(found, at, but):
        found[said[0]].asked.append(said[1])
    for said in _answered(by, found, at):
        found[said[0]].answered.append(said[1])
    known = Q(progress=None) | Q(
        progress__state=ProgressState.RELEASED, progress__released_at__lte=at
    )
    hindered = Obstacle.objects.filter(
        known, Q(resolved_at=None) | Q(resolved_at__gt=at), task__in=found, opened_at__lte=at
    )
    for one in hindered.order_by("pk"):
        found[one.task_id].obstacles.append(one)
    for task, instants in words_of(list(found)).items():
        known_ones = [one for one in instants if one <= at]
        if known_ones:
            found[task].last_word = timezone.localdate(max(known_ones))
    for history in found.values():
        history.asked.sort(key=lambda one: one.on)
        history.answered.sort(key=lambda one: one.on)
        history.n_evidence = sum(one.kind == "evidence" for one in history.answered)
        history.slips = [
            one.row
            for one in history.answered
            if one.kind == "slip" and decided(one.row, at) == SlipState.APPROVED
        ]
    return [found[pk] for pk in dict.fromkeys(tasks) if pk in found]


def decided(slip: Slip, at: dt.datetime) -> SlipState:
    """Whether a new deadline held at an instant."""
    if slip.decided_at is None or slip.decided_at > at:
        return SlipState.ASKED
    return SlipState(slip.state)


def _offices(documents: Collection[int]) -> dict[tuple[int, str], str]:
    """By document and name the first title it gives a person."""
    people = Statement.objects.filter(
        document__in=documents, kind=StatementKind.PERSON, state__in=LIVE
    )
    found: dict[tuple[int, str], str] = {}
    for one in people.order_by("pk"):
        values = one.values
        if values.get("titles"):
            found.setdefault((one.document_id, values.get("name", "")), values["titles"][0])
    return found


def _asked(tasks: Iterable[int], at: dt.datetime, but: int | None) -> Iterable[tuple[int, Said]]:
    tasks = list(tasks)
    for one in ReportRequest.objects.filter(task__in=tasks, asked_at__lte=at, reminder_item=None):
        yield one.task_id, Said(timezone.localdate(one.asked_at), "request", one)
    letters = ReminderItem.objects.filter(task__in=tasks, reminder__recorded_at__lte=at)
    for one in letters.exclude(reminder=but).select_related("reminder"):
        yield one.task_id, Said(one.reminder.issued_on, "letter", one.reminder)
    days: dict[int, set[dt.date]] = defaultdict(set)
    urged = Notice.objects.filter(task__in=tasks, made_at__lte=at, kind__in=_OF_ASSIGNEES)
    for task, made_at in urged.order_by().values_list("task", "made_at").distinct():
        days[task].add(timezone.localdate(made_at))
    for task, on in days.items():
        yield task, Said(max(on), "notices", (len(on), min(on)))


def _answered(by: Reader, tasks: Iterable[int], at: dt.datetime) -> Iterable[tuple[int, Said]]:
    tasks = list(tasks)
    reports = Progress.objects.filter(
        task__in=tasks, state=ProgressState.RELEASED, released_at__lte=at
    )
    for report in with_words(by, reports).select_related("body").order_by("released_at", "pk"):
        yield report.task_id, Said(timezone.localdate(report.released_at), "progress", report)
    answers = AssignmentAnswer.objects.filter(assignment__task__in=tasks, at__lte=at)
    for answer in answers.select_related("assignment").order_by("pk"):
        said = Said(timezone.localdate(answer.at), "answer", answer)
        yield answer.assignment.task_id, said
    for slip in Slip.objects.filter(task__in=tasks, asked_at__lte=at).order_by("pk"):
        yield slip.task_id, Said(timezone.localdate(slip.asked_at), "slip", slip)
    shown = Evidence.objects.filter(
        Q(withdrawn_at=None) | Q(withdrawn_at__gt=at), task__in=tasks, added_at__lte=at
    )
    for piece in shown.select_related("body").order_by("pk"):
        yield piece.task_id, Said(timezone.localdate(piece.added_at), "evidence", piece)
    kinds = {Move.SUBMIT: "submitted", Move.RETURN: "returned"}
    moves = Transition.objects.filter(task__in=tasks, move__in=kinds, at__lte=at)
    for move in moves.order_by("pk"):
        yield move.task_id, Said(timezone.localdate(move.at), kinds[Move(move.move)], move)
