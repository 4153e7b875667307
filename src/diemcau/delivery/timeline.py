"""Everything that happened to one task, as rows of one shape: one statement for all the tables."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import (
    Case,
    CharField,
    DateField,
    DateTimeField,
    F,
    IntegerField,
    Q,
    QuerySet,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, Concat, NullIf, Trim
from django.utils.translation import gettext as _

from diemcau.delivery.models import (
    AssignmentAnswer,
    CommitmentParty,
    Confirmation,
    DeadlineCorrection,
    Evidence,
    Handover,
    Obstacle,
    Progress,
    ReportRequest,
    Serving,
    Side,
    Slip,
    TakeOver,
    Task,
    Transition,
)
from diemcau.delivery.row_reports import words_said
from diemcau.delivery.rules import sees_progress
from diemcau.documents.rules import Reader, seen

__all__ = ["Entry", "entries_of", "open_sides"]


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of one of the tables; which column holds what is said beside each in `_PARTS`.

    Args:
        kind: the table's word.
        at, at2, at3: instants.
        who, who2: ids of people.
        body: id of the body in whose name it was done; None is the desk.
        n, ref: a number; the id of a document or task.
        x, y: days.
        a to f: texts and codes.
        person, second: the names of `who` and `who2`.
        document: the title of evidence's document; "" if there is none that the reader may see.
    """

    kind: str
    pk: int
    at: dt.datetime
    at2: dt.datetime | None
    at3: dt.datetime | None
    who: int | None
    who2: int | None
    body: int | None
    n: int | None
    ref: int | None
    x: dt.date | None
    y: dt.date | None
    a: str
    b: str
    c: str
    d: str
    e: str
    f: str
    person: str
    second: str
    document: str


_DATETIMES = ("at", "at2", "at3")
_NUMBERS = ("who", "who2", "body", "n", "ref")
_DAYS = ("x", "y")
_TEXTS = ("a", "b", "c", "d", "e", "f", "person", "second", "document")


def entries_of(by: Reader, task: int) -> list[Entry]:
    """What happened to a task, oldest first; drafts and what came with them for their body alone.

    Args:
        by: who reads, who is known to see the task itself.
        task: its id.
    """
    first, *others = [
        *_work(by, task),
        *_deadlines(task),
        *_results(by, task),
        *_ties(by, task),
    ]
    found = first.union(*others, all=True)
    return sorted((Entry(*row) for row in found), key=lambda one: (one.at, one.kind, one.pk))


def _work(by: Reader, task: int) -> list[QuerySet]:
    """What those who do it did and said: moves, reports, obstacles, answers."""
    closed = _("What came of it stands in a closed report.")
    return [
        _part(
            "moved",
            Transition.objects.filter(task=task),
            at="at",
            who="by",
            body="body",
            x="delivered_on",
            a="move",
            b="after",
            c="reason",
        ),
        _part(
            "progress",
            Progress.objects.filter(sees_progress(by), task=task),
            at=Coalesce("released_at", "written_at"),
            who="written_by",
            who2="released_by",
            body="body",
            n="percent",
            # Nobody goes on with what a report told.
            ref=Case(When(report=None, then=F("version"))),
            a="state",
            b=Coalesce(words_said(by), Value(closed)),
            c="next_step",
            d="recommendation",
            e="returned_because",
            f="period",
        ),
        _part(
            "obstacle",
            Obstacle.objects.filter(sees_progress(by, "progress__"), task=task),
            # What came with a report came to light with it.
            at=Coalesce("progress__released_at", "opened_at"),
            at2="resolved_at",
            who="opened_by",
            who2="resolved_by",
            body="body",
            ref="progress",
            a="what",
            b="cause",
            c="side",
            d="level",
            e="recommendation",
            f="resolution",
        ),
        _part(
            "answer",
            AssignmentAnswer.objects.filter(assignment__task=task),
            at="at",
            who="by",
            a="answer",
            b="reason",
            c="assignment__as_written",
        ),
    ]


def _deadlines(task: int) -> list[QuerySet]:
    """How its deadline moved, or was put right."""
    return [
        _part(
            "slip",
            Slip.objects.filter(task=task),
            at="asked_at",
            at2="decided_at",
            who="asked_by",
            who2="decided_by",
            body="body",
            x="due_before",
            y="due_after",
            a="before",
            b="after",
            c="reason_code",
            d="reason",
            e="state",
            f="decided_because",
        ),
        _part(
            "correction",
            DeadlineCorrection.objects.filter(task=task),
            at="at",
            at2="undone_at",
            who="by",
            who2="undone_by",
            x="due_before",
            y="due_after",
            a="before",
            b="after",
            d="reason",
        ),
    ]


def _results(by: Reader, task: int) -> list[QuerySet]:
    """What shows a result, and whom it was asked of."""
    return [
        _part(
            "evidence",
            Evidence.objects.filter(task=task),
            at="added_at",
            at2="withdrawn_at",
            who="added_by",
            who2="withdrawn_by",
            body="body",
            ref="document",
            x="on",
            a="kind",
            b="what",
            c="url",
            d="withdrawn_because",
            document=Case(
                When(
                    # Who sees everything is asked nothing, and a case asks something.
                    Q(document__isnull=False) & seen(by),
                    then=Coalesce(
                        NullIf("document__title", Value("")), "document__name", Value("")
                    ),
                ),
                default=Value(""),
            ),
        ),
        _part(
            "confirmation",
            Confirmation.objects.filter(task=task),
            at="asked_at",
            at2="answered_at",
            at3=Coalesce("ended_at", "expires_at"),
            who="asked_by",
            body="body",
            n=Case(When(ended_at=None, then=Value(0)), default=Value(1)),
            a="asked_of",
            b="email",
            c="verdict",
            d="without",
            e="words",
        ),
    ]


def _ties(by: Reader, task: int) -> list[QuerySet]:
    """What it is tied to: successors, a notice, parts, a promise, requests and visits."""
    return [
        _part(
            "handover",
            Handover.objects.filter(task=task),
            at="decided_at",
            who="decided_by",
            a="from_ref",
            b="to_ref",
            c="reason",
        ),
        _part(
            "takeover",
            TakeOver.objects.filter(seen(by, "official__document"), task=task),
            at="made_at",
            at2="undone_at",
            who="made_by",
            who2="undone_by",
            ref="official",
            a="reason",
            b="official__document__title",
            c="official__document__name",
            d="official__place",
        ),
        _part(
            "part",
            Task.objects.filter(seen(by), parent=task, withdrawn_at=None, replaced_by=None),
            at="recorded_at",
            who="recorded_by",
            ref="pk",
            x="due_to",
            a="title",
            b="status",
            c="under",
        ),
        _part(
            "party",
            CommitmentParty.objects.filter(commitment__task=task),
            at="commitment__task__recorded_at",
            a="as_written",
            b="ref",
            c=Case(When(is_ours=True, then=Value(Side.OURS)), default=Value(Side.PARTNER)),
        ),
        _part(
            "request",
            ReportRequest.objects.filter(task=task),
            at="asked_at",
            who="asked_by",
            x="by_day",
            a="note",
        ),
        _part(
            "serving",
            Serving.objects.filter(seen(by, "event__document"), task=task, ended_at=None),
            at="at",
            who="by",
            ref="event",
            x="event__on",
            a="event__title",
            b="note",
        ),
    ]


def _part(kind: str, rows: QuerySet, **columns: Any) -> QuerySet:
    wanted: dict[str, Any] = {"e_kind": Cast(Value(kind), CharField(max_length=20))}
    for names, output in (
        (_DATETIMES, DateTimeField()),
        (_NUMBERS, IntegerField()),
        (_DAYS, DateField()),
        (_TEXTS, TextField()),
    ):
        for name in names:
            told = columns.get(name)
            wanted[f"e_{name}"] = _column(told, output)
    for name, person in (("who", "person"), ("who2", "second")):
        if name in columns:
            wanted[f"e_{person}"] = _name_of(columns[name])
    names = [f"e_{n}" for n in (*_DATETIMES, *_NUMBERS, *_DAYS, *_TEXTS)]
    return rows.order_by().annotate(**wanted).values_list("e_kind", "pk", *names)


def _column(told: Any, output: Any) -> Any:
    if told is None:
        return Value("") if isinstance(output, TextField) else Cast(Value(None), output)
    if isinstance(output, TextField):
        return Cast(F(told) if isinstance(told, str) else told, output)
    return F(told) if isinstance(told, str) else told


def _name_of(person: str) -> Any:
    whole = Trim(Concat(f"{person}__first_name", Value(" "), f"{person}__last_name"))
    named = Coalesce(NullIf(whole, Value("")), f"{person}__username", Value(""))
    return Cast(named, TextField())


def open_sides(entries: Iterable[Entry]) -> list[str]:
    """On whose sides the obstacles lie that nobody has resolved; those of a draft do not count."""
    entries = list(entries)
    drafts = {one.pk for one in entries if one.kind == "progress" and one.a != "released"}
    return sorted(
        {
            one.c
            for one in entries
            if one.kind == "obstacle" and one.at2 is None and one.ref not in drafts
        }
    )
