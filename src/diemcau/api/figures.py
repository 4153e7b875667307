"""Figures as claimed, and the comparisons of figures with a person's decision."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any, Literal

from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from ninja import Query, Router, Schema
from pydantic import Field

from diemcau.api.fields import Anchor, Id, IdField, Text, Words, anchor_of, answers
from diemcau.api.paging import Cut, Key, Page, cut
from diemcau.documents.models import Statement, StatementState
from diemcau.indicators import queries
from diemcau.indicators.actions import (
    confirm_comparison,
    dismiss_comparison,
    reopen_comparison,
)
from diemcau.indicators.models import Comparison, ComparisonState, Verdict
from diemcau.indicators.queries import FigureFilter

router = Router(tags=["figures"])


class FigureOut(Schema):
    """One figure as its source claims it; nobody says it is true."""

    id: int = Field(description="The number of its statement.")
    measure: str
    subject: str
    period: str
    unit: str
    role: str
    state: StatementState
    values: dict[str, Any] = Field(description="Value, bound, unit and the rest, as they hold.")
    source: Anchor


class ComparisonOut(Schema):
    """Figures set side by side, with the intervals that were computed."""

    id: int
    verdict: Verdict
    state: ComparisonState
    left: Anchor
    right: Anchor
    ratio: Anchor | None = Field(description="The ratio claimed, where one is checked.")
    arithmetic: dict[str, Any]
    decided_at: dt.datetime | None


class ComparisonDecision(Schema):
    """What a person makes of a comparison."""

    decision: Literal["confirm", "dismiss", "reopen"]


class _Asked(Schema):
    measure: Text = ""
    subject: list[Text] = Field([], max_length=100, description="Names of which it has any.")
    period: Text = ""
    document: IdField | None = None
    confirmed: bool = Field(False, description="Only those a person accepted.")
    words: Words = ""
    said_by: dt.date | None = Field(None, description="Not said later; no known day stays.")


class _Compared(Schema):
    state: ComparisonState = ComparisonState.PROPOSED
    verdict: Verdict | None = None


_ORDER = (
    *(Key("figure_key__measure"), Key("figure_key__subject")),
    *(Key("figure_key__period", descending=True), Key("pk")),
)
_WORST = (Key("badness"), Key("pk", descending=True))


def figures_for(request: HttpRequest, asked: FigureFilter) -> QuerySet[Statement]:
    """The figures the person may see and asks for, as statements."""
    wanted = queries.filter_figures(request.auth, asked).values("pk")
    return Statement.objects.filter(pk__in=wanted).select_related("document", "figure_key")


def comparisons_for(
    request: HttpRequest, *, state: str, verdicts: tuple[str, ...] = ()
) -> QuerySet[Comparison]:
    """The comparisons the person may see."""
    return queries.list_comparisons(request.auth, verdicts=verdicts, state=state)


@router.get(
    "/figures",
    response=answers(Page[FigureOut]),
    summary=_("List figures by measure and subject, the newest period first"),
)
def figures(request: HttpRequest, asked: Query[_Asked], page: Cut) -> Any:
    rows = figures_for(request, FigureFilter(**asked.dict()))
    found = cut(rows, _ORDER, page)
    found["items"] = [_told(row) for row in found["items"]]
    return found


@router.get("/figures/{int:pk}", response=answers(FigureOut), summary=_("One figure"))
def figure(request: HttpRequest, pk: Id) -> Any:
    return _told(get_object_or_404(figures_for(request, FigureFilter()), pk=pk))


@router.get(
    "/comparisons",
    response=answers(Page[ComparisonOut]),
    summary=_("List figures compared, the worst first"),
)
def comparisons(request: HttpRequest, asked: Query[_Compared], page: Cut) -> Any:
    verdicts = (asked.verdict.value,) if asked.verdict else ()
    found = cut(comparisons_for(request, state=asked.state, verdicts=verdicts), _WORST, page)
    rows = queries.with_statements([row.pk for row in found["items"]])
    return {**found, "items": [_compared(row) for row in rows]}


@router.get("/comparisons/{int:pk}", response=answers(ComparisonOut), summary=_("One comparison"))
def comparison(request: HttpRequest, pk: Id) -> Any:
    return _comparison(request, pk)


_DECISIONS: Mapping[str, Callable[..., Comparison]] = {
    "confirm": confirm_comparison,
    "dismiss": dismiss_comparison,
    "reopen": reopen_comparison,
}


@router.post(
    "/comparisons/{int:pk}/decision",
    response=answers(ComparisonOut, writes=True),
    summary=_("Confirm, dismiss or reopen a comparison"),
)
def decide_comparison(request: HttpRequest, pk: Id, said: ComparisonDecision) -> Any:
    row = get_object_or_404(Comparison, queries.all_seen(request.auth), pk=pk)
    _DECISIONS[said.decision](request.auth, comparison=row)
    return _comparison(request, pk)


def _comparison(request: HttpRequest, pk: int) -> dict[str, Any]:
    get_object_or_404(Comparison, queries.all_seen(request.auth), pk=pk)
    (row,) = queries.with_statements([pk])
    return _compared(row)


def _told(row: Statement) -> dict[str, Any]:
    key = row.figure_key
    return {
        "id": row.pk,
        "measure": key.measure,
        "subject": row.values.get("subject") or "",
        "period": key.period,
        "unit": key.unit,
        "role": key.role,
        "state": row.state,
        "values": row.values,
        "source": anchor_of(row),
    }


def _compared(row: Comparison) -> dict[str, Any]:
    return {
        "id": row.pk,
        "verdict": row.verdict,
        "state": row.state,
        "left": anchor_of(row.left),
        "right": anchor_of(row.right),
        "ratio": anchor_of(row.ratio) if row.ratio else None,
        "arithmetic": row.arithmetic,
        "decided_at": row.decided_at,
    }
