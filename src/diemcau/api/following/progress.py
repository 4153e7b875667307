"""Progress reports on a task: written, handed on, returned, released."""

import datetime as dt
from collections.abc import Callable
from typing import Annotated, Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from ninja import Router, Schema, Status
from pydantic import Field

from diemcau.api.errors import Refused
from diemcau.api.fields import Id, IdField, LongText, Text, Version, answers
from diemcau.api.following.obstacles import ObstacleIn
from diemcau.api.following.rows import done_by, listed, of_task, same, task_of
from diemcau.api.paging import Cut, Page
from diemcau.delivery import actions
from diemcau.delivery.models import (
    Progress,
    ProgressState,
)
from diemcau.delivery.obstacles import Hindrance
from diemcau.delivery.row_reports import with_words
from diemcau.delivery.rules import sees_progress

router = Router(tags=["what became of it"])


class ProgressOut(Schema):
    """What a body says of its work; its own people's until it is released."""

    id: int
    task: int
    version: int
    state: ProgressState
    period: str
    done: str
    next_step: str
    recommendation: str
    percent: int | None
    by: str | None
    body: str | None
    at: dt.datetime
    released_at: dt.datetime | None
    returned_because: str


class ProgressIn(Schema):
    """A report; a field left out keeps what the draft, or the last released answer, says."""

    done: LongText | None = None
    next_step: LongText | None = None
    recommendation: LongText | None = None
    percent: int | None = Field(None, ge=0, le=100)
    period: Annotated[str, Field(max_length=20, pattern=r"^[^\x00]*$")] = ""
    obstacle: ObstacleIn | None = None
    to: ProgressState = Field(ProgressState.DRAFT, description="draft, submitted or released.")
    report: IdField | None = Field(None, description="The open report it goes on with.")
    version: Version | None = Field(None, description="That report's version as it was read.")


class ReportVersion(Schema):
    """A report as it was read."""

    version: Version


class ReportReturned(ReportVersion):
    """Why a report goes back to its writer."""

    reason: Text


@router.get(
    "/tasks/{int:pk}/progress",
    response=answers(Page[ProgressOut]),
    summary=_("Progress reports on a task that the person may see"),
)
def task_progress(request: HttpRequest, pk: Id, page: Cut) -> Any:
    return listed(request, pk, page, _report_rows(request), _report)


@router.post(
    "/tasks/{int:pk}/progress",
    response=answers(ProgressOut, status=201, writes=True),
    summary=_("Write a progress report, or go on with the open one"),
)
def task_report(request: HttpRequest, pk: Id, said: ProgressIn) -> Any:
    task_of(request, pk)
    if said.to == ProgressState.RETURNED:
        raise Refused("body.to", said.to, "draft, submitted, released")
    typed = {
        name: getattr(said, name) if name in said.model_fields_set else actions.KEEP
        for name in ("done", "next_step", "recommendation", "percent")
    }
    for name in ("done", "next_step", "recommendation"):
        typed[name] = "" if typed[name] is None else typed[name]
    made = actions.write_progress(
        request.auth,
        task=pk,
        **typed,
        period=said.period,
        hindrance=Hindrance(**said.obstacle.dict()) if said.obstacle else None,
        to=said.to,
        report=said.report,
        seen=said.version,
    )
    return Status(201, _report(_report_rows(request).get(pk=made.pk)))


@router.post(
    "/progress/{int:pk}/submit",
    response=answers(ProgressOut, writes=True),
    summary=_("Hand a progress report to the approver"),
)
def report_submit(request: HttpRequest, pk: Id, said: ReportVersion) -> Any:
    return _turn(request, pk, actions.submit_progress, seen=said.version)


@router.post(
    "/progress/{int:pk}/return",
    response=answers(ProgressOut, writes=True),
    summary=_("Return a progress report to its writer"),
)
def report_return(request: HttpRequest, pk: Id, said: ReportReturned) -> Any:
    return _turn(request, pk, actions.return_progress, seen=said.version, reason=said.reason)


@router.post(
    "/progress/{int:pk}/release",
    response=answers(ProgressOut, writes=True),
    summary=_("Release a progress report"),
)
def report_release(request: HttpRequest, pk: Id, said: ReportVersion) -> Any:
    return _turn(request, pk, actions.release_progress, seen=said.version)


@router.post(
    "/progress/{int:pk}/discard",
    response=answers(ProgressOut, writes=True),
    summary=_("Throw a draft of a progress report away; the answer is its last state"),
)
def report_discard(request: HttpRequest, pk: Id, said: ReportVersion) -> Any:
    told = _report(of_task(request, _report_rows(request), pk))
    actions.discard_draft(request.auth, report=pk, seen=said.version)
    return told


def _turn(request: HttpRequest, pk: int, turn: Callable[..., Any], **said: Any) -> dict[str, Any]:
    of_task(request, _report_rows(request), pk)
    turn(request.auth, report=pk, **said)
    return _report(_report_rows(request).get(pk=pk))


def _report_rows(request: HttpRequest) -> QuerySet[Progress]:
    rows = Progress.objects.filter(sees_progress(request.auth))
    return with_words(request.auth, rows).select_related("written_by", "body")


def _report(row: Progress) -> dict[str, Any]:
    names = (
        *("version", "state", "period", "next_step", "recommendation", "percent"),
        *("released_at", "returned_because"),
    )
    told = done_by(row, row.written_by, row.written_at)
    return {**same(row, names), "task": row.task_id, "done": row.words, **told}
