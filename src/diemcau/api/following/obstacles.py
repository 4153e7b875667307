"""What stands in the way of a task."""

import datetime as dt
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from ninja import Router, Schema, Status
from pydantic import Field

from diemcau.api.fields import Id, LongText, Text, answers
from diemcau.api.following.rows import Versioned, done_by, listed, of_task, same, task_of
from diemcau.api.paging import Cut, Page
from diemcau.delivery import actions
from diemcau.delivery.models import (
    DecidingLevel,
    Obstacle,
    Side,
    SlipReason,
)
from diemcau.delivery.obstacles import Hindrance
from diemcau.delivery.rules import sees_progress

router = Router(tags=["what became of it"])


class ObstacleOut(Schema):
    """What stands in the way of a task."""

    id: int
    task: int
    report: int | None = Field(description="The progress report it came with.")
    what: str
    cause: SlipReason
    side: Side
    level: DecidingLevel
    recommendation: str
    by: str | None
    body: str | None
    at: dt.datetime
    resolved_at: dt.datetime | None
    resolution: str


class ObstacleIn(Schema):
    """What stands in the way, whose side it lies on, and who can decide."""

    what: LongText
    cause: SlipReason
    side: Side
    level: DecidingLevel
    recommendation: LongText = ""


class ObstacleOpened(ObstacleIn, Versioned):
    """What stands in the way of a task as it was read."""


class Resolved(Versioned):
    """How an obstacle went out of the way."""

    how: Text


@router.get(
    "/tasks/{int:pk}/obstacles",
    response=answers(Page[ObstacleOut]),
    summary=_("What stands or stood in the way of a task"),
)
def task_obstacles(request: HttpRequest, pk: Id, page: Cut) -> Any:
    return listed(request, pk, page, _obstacle_rows(request), _obstacle)


@router.post(
    "/tasks/{int:pk}/obstacles",
    response=answers(ObstacleOut, status=201, writes=True),
    summary=_("Say what stands in the way of a task"),
)
def task_obstacle(request: HttpRequest, pk: Id, said: ObstacleOpened) -> Any:
    task_of(request, pk)
    hindrance = Hindrance(**said.dict(exclude={"version"}))
    made = actions.open_obstacle(request.auth, task=pk, hindrance=hindrance, seen=said.version)
    return Status(201, _obstacle(made))


@router.post(
    "/obstacles/{int:pk}/resolve",
    response=answers(ObstacleOut, writes=True),
    summary=_("Say how an obstacle went out of the way; the version is the task's"),
)
def obstacle_resolve(request: HttpRequest, pk: Id, said: Resolved) -> Any:
    of_task(request, _obstacle_rows(request), pk)
    actions.resolve_obstacle(request.auth, obstacle=pk, how=said.how, seen=said.version)
    return _obstacle(_obstacle_rows(request).get(pk=pk))


def _obstacle_rows(request: HttpRequest) -> QuerySet[Obstacle]:
    rows = Obstacle.objects.filter(sees_progress(request.auth, "progress__"))
    return rows.select_related("opened_by", "body")


def _obstacle(row: Obstacle) -> dict[str, Any]:
    names = ("what", "cause", "side", "level", "recommendation", "resolved_at", "resolution")
    told = done_by(row, row.opened_by, row.opened_at)
    return {**same(row, names), "task": row.task_id, "report": row.progress_id, **told}
