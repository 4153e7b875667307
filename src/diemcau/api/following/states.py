"""Everything that happened to a task, the states it went through, and its moves."""

import datetime as dt
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from ninja import Router, Schema
from pydantic import Field

from diemcau.api.fields import Id, Text, answers
from diemcau.api.following.rows import Versioned, done_by, listed, same, task_of
from diemcau.api.paging import Cut, Page
from diemcau.api.tasks import TaskOut, one_task
from diemcau.delivery import actions, timeline
from diemcau.delivery.models import (
    Transition,
)
from diemcau.delivery.states import Move
from diemcau.delivery.states import Status as TaskStatus
from diemcau.directory.models import Body

router = Router(tags=["what became of it"])


class EntryOut(Schema):
    """Something that happened to a task."""

    kind: str = Field(description="moved, progress, obstacle, slip, evidence, confirmation, …")
    id: int = Field(description="The number of its row, among those of its kind.")
    at: dt.datetime
    by: str | None
    body: str | None = Field(description="Ref of the body in whose name it was done.")
    said: dict[str, Any] = Field(description="What the row of this kind says.")


class Timeline(Schema):
    """Everything that happened to a task, oldest first, as far as the person sees it."""

    items: list[EntryOut]


class TransitionOut(Schema):
    """A task went from one state to another."""

    id: int
    move: Move | None = Field(description="Null for the recording that made the task.")
    before: TaskStatus | None
    after: TaskStatus
    reason: str
    delivered_on: dt.date | None
    by: str | None
    body: str | None
    at: dt.datetime


class MoveIn(Versioned):
    """A move of the one table of transitions."""

    move: Move
    reason: Text = ""
    delivered_on: dt.date | None = Field(
        None,
        description="Of “submit”, of “confirm” if the report names none: the day of the result.",
    )
    obstacles: actions.Left | None = Field(
        None, description="Of “confirm”: what becomes of the obstacles still open."
    )


_SAID: dict[str, dict[str, str]] = {
    "moved": {"move": "a", "status": "b", "reason": "c", "delivered_on": "x"},
    "progress": {
        **{"state": "a", "done": "b", "next_step": "c", "recommendation": "d", "period": "f"},
        **{"percent": "n", "returned_because": "e", "released_by": "second"},
    },
    "obstacle": {
        **{"what": "a", "cause": "b", "side": "c", "level": "d", "recommendation": "e"},
        **{"resolution": "f", "resolved_at": "at2", "resolved_by": "second", "report": "ref"},
    },
    "slip": {
        **{"before": "a", "after": "b", "due_before": "x", "due_after": "y", "reason_code": "c"},
        **{"reason": "d", "state": "e", "decided_because": "f"},
        **{"decided_at": "at2", "decided_by": "second"},
    },
    "correction": {
        **{"before": "a", "after": "b", "due_before": "x", "due_after": "y", "reason": "d"},
        **{"undone_at": "at2", "undone_by": "second"},
    },
    "evidence": {
        **{"kind": "a", "what": "b", "url": "c", "on": "x", "document": "document"},
        **{"withdrawn_at": "at2", "withdrawn_by": "second", "withdrawn_because": "d"},
    },
    "confirmation": {
        **{"asked_of": "a", "verdict": "c", "without": "d", "words": "e"},
        **{"answered_at": "at2", "ends_at": "at3"},
    },
    "answer": {"answer": "a", "reason": "b", "assignee": "c"},
    "request": {"note": "a", "by_day": "x"},
    "serving": {"event": "ref", "title": "a", "on": "x", "note": "b"},
    "handover": {"from": "a", "to": "b", "reason": "c"},
    "takeover": {"official": "ref", "reason": "a", "undone_at": "at2", "undone_by": "second"},
    "part": {"task": "ref", "title": "a", "status": "b", "under": "c", "due_to": "x"},
    "party": {"as_written": "a", "ref": "b", "side": "c"},
}
"""By kind of entry: what its columns in the timeline's one statement hold."""


@router.get(
    "/tasks/{int:pk}/timeline",
    response=answers(Timeline),
    summary=_("Everything that happened to a task, oldest first"),
)
def task_timeline(request: HttpRequest, pk: Id) -> Any:
    rows = timeline.entries_of(request.auth, task_of(request, pk).pk)
    bodies = dict(Body.objects.filter(pk__in={r.body for r in rows}).values_list("pk", "ref"))
    items = [
        {
            "kind": row.kind,
            "id": row.pk,
            "at": row.at,
            "by": row.person or None,
            "body": bodies.get(row.body) if row.body else None,
            "said": {name: getattr(row, column) for name, column in _SAID[row.kind].items()},
        }
        for row in rows
    ]
    return {"items": items}


@router.get(
    "/tasks/{int:pk}/transitions",
    response=answers(Page[TransitionOut]),
    summary=_("The states a task went through"),
)
def task_transitions(request: HttpRequest, pk: Id, page: Cut) -> Any:
    rows = Transition.objects.select_related("by", "body")
    return listed(request, pk, page, rows, _transition)


@router.post(
    "/tasks/{int:pk}/moves",
    response=answers(TaskOut, writes=True),
    summary=_("Move a task to another state"),
)
def task_move(request: HttpRequest, pk: Id, said: MoveIn) -> Any:
    task_of(request, pk)
    actions.move_task(
        request.auth,
        task=pk,
        move=said.move,
        reason=said.reason,
        delivered_on=said.delivered_on,
        obstacles=said.obstacles,
        seen=said.version,
    )
    return one_task(request, pk)


def _transition(row: Any) -> dict[str, Any]:
    return {
        **same(row, ("after", "reason", "delivered_on")),
        **{"move": row.move or None, "before": row.before or None},
        **done_by(row, row.by, row.at),
    }
