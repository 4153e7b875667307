"""Figures over tasks: four cells with both bases, six fields, the funnel and the ageing."""

import datetime as dt
from typing import Any, Literal

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _
from ninja import Query, Router, Schema
from pydantic import Field

from diemcau.api.agreements import LATEST_SIGNED
from diemcau.api.errors import Refused
from diemcau.api.fields import Text, answers
from diemcau.api.paging import Cut, Key, Page, cut
from diemcau.api.tasks import TasksAsked, day_of, narrowing_of
from diemcau.delivery.deadlines import DueRule
from diemcau.delivery.models import DecidingLevel, Nature, Side, Stage, Task
from diemcau.delivery.periods import Span, read_span
from diemcau.delivery.queries import find_tasks
from diemcau.delivery.states import Standing
from diemcau.delivery.statistics import cells as statistics
from diemcau.delivery.statistics.cells import Cells
from diemcau.delivery.statistics.funnel import AGES, Days, Step, count_funnel
from diemcau.delivery.statistics.signed import SignedText, signed_in, tell_signed
from diemcau.delivery.statistics.sixfields import SixFields, fill_six_fields, of_the_period

router = Router(tags=["statistics"])


class CellsOut(Schema):
    """The four cells and what they cannot hold; they add up to the total."""

    total: int
    done_on_time: int
    done_late: int
    in_time: int
    overdue: int
    done_no_deadline: int
    no_deadline: int
    suspended: int
    refused: int
    awaiting: int = Field(description="Of the open ones, reported done and not confirmed yet.")


class ShareOut(Schema):
    """A share with what it is of."""

    what: Literal["done", "done_on_time", "overdue"]
    base: Literal["all", "fell_due", "done_with_deadline"] = Field(
        description="Every task counted; done with a deadline, or overdue; done with a deadline."
    )
    part: int
    whole: int


class FourCells(Schema):
    """The cells of some tasks, with their shares on every base."""

    on: dt.date
    cells: CellsOut
    shares: list[ShareOut]


class BodyCells(Schema):
    """The cells of the tasks one body and what it reaches lead."""

    lead: str = Field(
        description="Its ref; “?” if unknown, “~” if the partner's side keeps it, empty if no"
        " single body leads."
    )
    how: Literal["reach", "own", "under", "inherited"]
    cells: CellsOut
    shares: list[ShareOut]


class CellsByBody(Schema):
    """The tasks by who leads them today, each counted once."""

    on: dt.date
    bodies: list[BodyCells]


class Difficulty(Schema):
    """An obstacle that is open on the day."""

    what: str
    side: Side
    level: DecidingLevel


class SixFieldsOut(Schema):
    """The six fields of one commitment, and where it stands."""

    task: int
    leads: list[str] = Field(description="As written; empty if nobody is named.")
    coordinating: list[str]
    partners: list[str]
    partners_of: Literal["", "event", "agreement"] = Field(
        description="What it is tied to, where its own words name no partner."
    )
    content: str
    deadline: str
    due_to: dt.date | None
    timeline: str = Field(description="As said, where it is no deadline with days.")
    difficulties: list[Difficulty]
    recommendations: list[str]
    standing: Standing
    done: str = Field(description="What its latest released report says.")
    reported_at: dt.datetime | None
    in_period: bool = Field(description="That report came in the period, not before it.")
    evidence: list[str]
    known: int = Field(description="How many of the six fields are filled in.")


class MoveOut(Schema):
    """A stage an agreement reached in the period; its signing stands in `signed_on`."""

    stage: Stage
    side: str = Field(description="As written; empty where the sides are not told apart.")
    on: dt.date


class SignedOut(Schema):
    """An agreement signed in the period, or that reached a stage in it; in no count of tasks."""

    agreement: int
    title: str
    sides: list[str] = Field(description="As written, ours first.")
    signed_on: dt.date | None
    stage: Stage | None = Field(description="On the day told for; null if nothing was known.")
    moves: list[MoveOut]
    commitments: int = Field(description="Those recorded in it that the person may see.")


class DaysOut(Schema):
    """Days from the signing to a step, over those whose two days are known."""

    n: int
    median: float
    lower: float
    upper: float


class StepOut(Schema):
    """One step of the funnel; the base of its share is the step before."""

    step: Step
    n: int
    of: int
    days: DaysOut | None


class AgeOut(Schema):
    """Open commitments of one side of obstacle, by days since the signing."""

    side: Side | None = Field(description="Null where no obstacle is known.")
    n: list[int] = Field(description="By the ages of the answer.")
    unknown: int


class FunnelOut(Schema):
    """From signed to delivered, and how long the open ones have waited."""

    on: dt.date
    steps: list[StepOut]
    ages: list[list[int | None]] = Field(description="First and last day; the last has no end.")
    ageing: list[AgeOut]
    open: int
    stopped: int
    undated: int
    unfollowed: int = Field(description="Agreements signed from which no commitment is recorded.")
    counted: int = Field(description="Sentences that only count commitments; in no other number.")


class _Period(TasksAsked):
    period: Text = Field(description="2025-Q3, 2025-H1, 2025, 2025-01-01/2025-10-20.")
    counted: DueRule = Field(
        DueRule.ADMINISTRATIVE, description="Whether it is of the reporting calendar."
    )


@router.get(
    "/statistics/cells",
    response=answers(FourCells),
    summary=_("The four cells of some tasks, with both bases of punctuality"),
)
def statistics_cells(request: HttpRequest, asked: Query[TasksAsked]) -> Any:
    cells = statistics.count_cells(_tasks(request, asked))
    return {"on": day_of(asked.on), "cells": _cells(cells), "shares": _shares(cells)}


@router.get(
    "/statistics/by-body",
    response=answers(CellsByBody),
    summary=_("The four cells by the body that leads"),
)
def statistics_by_body(request: HttpRequest, asked: Query[TasksAsked]) -> Any:
    if asked.body:
        # As on the page: under a body each of its tasks is told by who leads it.
        asked = asked.model_copy(update={"leads": True})
    rows = statistics.count_by_body(_tasks(request, asked), under=asked.body)
    bodies = [
        {
            "lead": row.ref,
            "how": row.how,
            "cells": _cells(row.cells),
            "shares": _shares(row.cells),
        }
        for row in rows
    ]
    return {"on": day_of(asked.on), "bodies": bodies}


@router.get(
    "/statistics/six-fields",
    response=answers(Page[SixFieldsOut]),
    summary=_("The six fields of every commitment in a period"),
)
def statistics_six_fields(request: HttpRequest, asked: Query[_Period], page: Cut) -> Any:
    span, on = _span(asked)
    found = of_the_period(_tasks(request, asked, on=on), span, on=on)
    if asked.nature is None:
        found = found.filter(nature__in=(Nature.COMMITMENT, Nature.AGREEMENT))
    cutting = cut(found.select_related("document"), (Key("pk"),), page)
    rows = fill_six_fields(request.auth, cutting["items"], span, on=on)
    return {**cutting, "items": [_six_fields(row) for row in rows]}


@router.get(
    "/statistics/six-fields/agreements",
    response=answers(Page[SignedOut]),
    summary=_("The agreements signed or moved in a period, told beside the six fields"),
)
def statistics_agreements(request: HttpRequest, asked: Query[_Period], page: Cut) -> Any:
    span, on = _span(asked)
    found = signed_in(request.auth, narrowing_of(asked), span, on=on)
    cutting = cut(found, LATEST_SIGNED, page)
    told = tell_signed(cutting["items"], span, on=on)
    return {**cutting, "items": [_signed(one) for one in told]}


@router.get(
    "/statistics/funnel",
    response=answers(FunnelOut),
    summary=_("How far commitments have come from the signing, and how old the open ones are"),
)
def statistics_funnel(request: HttpRequest, asked: Query[TasksAsked]) -> Any:
    on = day_of(asked.on)
    told = count_funnel(request.auth, _tasks(request, asked), on=on)
    return {
        "on": on,
        "steps": [
            {"step": one.step, "n": one.n, "of": one.of, "days": _days(one.days)}
            for one in told.steps
        ],
        "ages": [list(ages) for ages in AGES],
        "ageing": [
            {"side": row.side or None, "n": list(row.n), "unknown": row.unknown}
            for row in told.ageing
        ],
        **{name: getattr(told, name) for name in ("open", "stopped", "unfollowed")},
        "undated": len(told.undated),
        "counted": told.counted,
    }


def _tasks(request: HttpRequest, asked: TasksAsked, *, on: dt.date | None = None) -> QuerySet[Task]:
    return find_tasks(request.auth, narrowing_of(asked), on=on or day_of(asked.on))


def _span(asked: _Period) -> tuple[Span, dt.date]:
    """The period asked for, and the day it is told for."""
    span = read_span(asked.period, asked.counted)
    if span is None:
        raise Refused("query.period", asked.period, say("a period as 2025, 2025-H1, 2025-07-22"))
    return span, min(span.day_asked(timezone.localdate()), day_of(asked.on))


def _cells(cells: Cells) -> dict[str, int]:
    counts = {name: cells.of(name) for name in statistics.CELLS}
    return {**counts, "total": cells.total, "awaiting": cells.awaiting}


def _shares(cells: Cells) -> list[dict[str, Any]]:
    return [
        {"what": one.what, "base": one.base, "part": one.part, "whole": one.whole}
        for one in statistics.shares_of(cells)
    ]


def _days(days: Days | None) -> dict[str, float] | None:
    if days is None:
        return None
    return {"n": days.n, "median": days.median, "lower": days.lower, "upper": days.upper}


def _six_fields(row: SixFields) -> dict[str, Any]:
    report = row.progress
    names = (
        *("leads", "coordinating", "partners", "partners_of", "content", "deadline", "due_to"),
        *("timeline", "recommendations", "standing", "in_period", "known"),
    )
    return {
        **{name: getattr(row, name) for name in names},
        "task": row.task.pk,
        "difficulties": [
            {"what": one.what, "side": one.side, "level": one.level} for one in row.difficulties
        ],
        "done": report.words if report is not None else "",
        "reported_at": report.released_at if report is not None else None,
        "evidence": [one.what for one in row.evidence],
    }


def _signed(one: SignedText) -> dict[str, Any]:
    row = one.agreement
    return {
        "agreement": row.pk,
        "title": row.title,
        "sides": [side.as_written for side in row.sides.all()],
        "signed_on": row.signed_on,
        "stage": one.life.stage,
        "moves": [
            {"stage": move.stage, "side": move.side.as_written if move.side else "", "on": move.on}
            for move in one.moves
        ],
        "commitments": one.n_commitments,
    }
