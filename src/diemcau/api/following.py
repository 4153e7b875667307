"""What became of a task: everything that happened to it, and what people do with it."""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Annotated, Any

from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _
from ninja import Router, Schema, Status
from pydantic import Field

from diemcau.api.errors import Refused
from diemcau.api.fields import Id, IdField, LongText, Text, Version, answers
from diemcau.api.paging import Cut, Key, Page, cut
from diemcau.api.tasks import TaskOut, one_task, tasks_for
from diemcau.delivery import actions, timeline
from diemcau.delivery.models import (
    Answer,
    Assignment,
    AssignmentRole,
    Completion,
    DecidingLevel,
    Evidence,
    EvidenceKind,
    Obstacle,
    Progress,
    ProgressState,
    Side,
    Slip,
    SlipReason,
    SlipState,
    Task,
    Transition,
)
from diemcau.delivery.obstacles import Hindrance
from diemcau.delivery.rules import sees_progress
from diemcau.delivery.states import Move
from diemcau.delivery.states import Status as TaskStatus
from diemcau.directory.models import Body
from diemcau.documents.models import Document
from diemcau.documents.rules import seen

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


class EvidenceOut(Schema):
    """Something that shows a result; taken back, it stays."""

    id: int
    task: int
    kind: EvidenceKind
    what: str
    document: int | None = Field(description="Null too where the person may not see it.")
    url: str
    on: dt.date | None
    by: str | None
    body: str | None
    at: dt.datetime
    withdrawn_at: dt.datetime | None
    withdrawn_because: str


class SlipOut(Schema):
    """Another deadline, asked for and decided."""

    id: int
    task: int
    before: str
    due_before: dt.date | None
    after: str
    due_after: dt.date
    reason_code: SlipReason
    reason: str
    state: SlipState
    by: str | None
    body: str | None
    at: dt.datetime
    decided_by: str | None
    decided_at: dt.datetime | None
    decided_because: str


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


class GivenOut(Schema):
    """Who was asked, what they answered, and whether their part is there."""

    id: int
    role: AssignmentRole
    as_written: str
    body: str | None
    is_collective: bool
    completion: Completion | None
    expanded_from: int | None
    answer: Answer
    delivered_at: dt.datetime | None
    ended_at: dt.datetime | None
    ended_because: str


class Versioned(Schema):
    """A change of a task as it was read."""

    version: Version


class MoveIn(Versioned):
    """A move of the one table of transitions."""

    move: Move
    reason: Text = ""
    delivered_on: dt.date | None = Field(None, description="Of “submit”: the day of the result.")
    obstacles: actions.Left | None = Field(
        None, description="Of “confirm”: what becomes of the obstacles still open."
    )


class EvidenceIn(Versioned):
    """What shows a result; a file is taken in as a document first."""

    kind: EvidenceKind
    what: Text
    document: IdField | None = None
    url: Annotated[str, Field(max_length=1000, pattern=r"^[^\x00]*$")] = ""
    on: dt.date | None = None


class Reason(Schema):
    """Why, in words."""

    reason: Text


class SlipIn(Versioned):
    """Another deadline."""

    deadline: Text = Field(description="2031-06-30, 2031-H1, 2031.")
    reason_code: SlipReason
    reason: Text


class SlipDecision(Schema):
    """Whether another deadline holds."""

    approve: bool
    reason: Text = ""


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


_OLDEST = (Key("pk"),)


def _task(request: HttpRequest, pk: int) -> Task:
    return get_object_or_404(tasks_for(request, None), pk=pk)


def _of_task(request: HttpRequest, rows: QuerySet, pk: int) -> Any:
    """A row of a table beside the tasks, if the person sees its task."""
    standing = {"task__withdrawn_at": None, "task__replaced_by": None}
    return get_object_or_404(rows.filter(seen(request.auth, "task__document"), **standing), pk=pk)


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
    "evidence": {
        **{"kind": "a", "what": "b", "url": "c", "on": "x", "document": "document"},
        **{"withdrawn_at": "at2", "withdrawn_by": "second", "withdrawn_because": "d"},
    },
    "confirmation": {
        **{"asked_of": "a", "verdict": "c", "without": "d", "words": "e"},
        **{"answered_at": "at2", "ends_at": "at3"},
    },
    "answer": {"answer": "a", "reason": "b", "assignee": "c"},
    "handover": {"from": "a", "to": "b", "reason": "c"},
    "takeover": {"official": "ref", "reason": "a", "undone_at": "at2", "undone_by": "second"},
    "part": {"task": "ref", "title": "a", "status": "b", "under": "c", "due_to": "x"},
    "party": {"as_written": "a", "ref": "b"},
}
"""By kind of entry: what its columns in the timeline's one statement hold."""


@router.get(
    "/tasks/{int:pk}/timeline",
    response=answers(Timeline),
    summary=_("Everything that happened to a task, oldest first"),
)
def task_timeline(request: HttpRequest, pk: Id) -> Any:
    rows = timeline.entries_of(request.auth, _task(request, pk).pk)
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


def _listed(
    request: HttpRequest, pk: int, page: Any, rows: QuerySet, told: Callable[[Any], dict[str, Any]]
) -> dict[str, Any]:
    found = cut(rows.filter(task=_task(request, pk)), _OLDEST, page)
    return {**found, "items": [told(row) for row in found["items"]]}


@router.get(
    "/tasks/{int:pk}/transitions",
    response=answers(Page[TransitionOut]),
    summary=_("The states a task went through"),
)
def task_transitions(request: HttpRequest, pk: Id, page: Cut) -> Any:
    rows = Transition.objects.select_related("by", "body")
    return _listed(request, pk, page, rows, _transition)


def _transition(row: Any) -> dict[str, Any]:
    return {
        **_same(row, ("after", "reason", "delivered_on")),
        **{"move": row.move or None, "before": row.before or None},
        **_done(row, row.by, row.at),
    }


@router.get(
    "/tasks/{int:pk}/evidence",
    response=answers(Page[EvidenceOut]),
    summary=_("What shows the result of a task"),
)
def task_shown(request: HttpRequest, pk: Id, page: Cut) -> Any:
    task = _task(request, pk)
    found = cut(_evidence_rows().filter(task=task), _OLDEST, page)
    return {**found, "items": _evidence(request, found["items"])}


@router.get(
    "/tasks/{int:pk}/slips",
    response=answers(Page[SlipOut]),
    summary=_("Other deadlines asked for of a task"),
)
def task_slips(request: HttpRequest, pk: Id, page: Cut) -> Any:
    return _listed(request, pk, page, _slip_rows(), _slip)


@router.get(
    "/tasks/{int:pk}/progress",
    response=answers(Page[ProgressOut]),
    summary=_("Progress reports on a task that the person may see"),
)
def task_progress(request: HttpRequest, pk: Id, page: Cut) -> Any:
    return _listed(request, pk, page, _report_rows(request), _report)


@router.get(
    "/tasks/{int:pk}/obstacles",
    response=answers(Page[ObstacleOut]),
    summary=_("What stands or stood in the way of a task"),
)
def task_obstacles(request: HttpRequest, pk: Id, page: Cut) -> Any:
    return _listed(request, pk, page, _obstacle_rows(request), _obstacle)


@router.get(
    "/tasks/{int:pk}/assignments",
    response=answers(Page[GivenOut]),
    summary=_("Who was asked to do a task, those who no longer are with them"),
)
def task_assignments(request: HttpRequest, pk: Id, page: Cut) -> Any:
    return _listed(request, pk, page, Assignment.objects.all(), _given)


@router.post(
    "/tasks/{int:pk}/moves",
    response=answers(TaskOut, writes=True),
    summary=_("Move a task to another state"),
)
def task_move(request: HttpRequest, pk: Id, said: MoveIn) -> Any:
    _task(request, pk)
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


@router.post(
    "/tasks/{int:pk}/evidence",
    response=answers(EvidenceOut, status=201, writes=True),
    summary=_("Attach evidence to a task"),
)
def task_evidence(request: HttpRequest, pk: Id, said: EvidenceIn) -> Any:
    _task(request, pk)
    document = None
    if said.document is not None:
        document = Document.objects.filter(seen(request.auth, "pk"), pk=said.document).first()
        if document is None:
            raise Refused("body.document", said.document, say("a document the person may see"))
    made = actions.add_evidence(
        request.auth,
        task=pk,
        kind=said.kind,
        what=said.what,
        document=document,
        url=said.url,
        on=said.on,
        seen=said.version,
    )
    return Status(201, _evidence(request, [made])[0])


@router.post(
    "/evidence/{int:pk}/withdraw",
    response=answers(EvidenceOut, writes=True),
    summary=_("Take evidence back"),
)
def evidence_withdraw(request: HttpRequest, pk: Id, said: Reason) -> Any:
    _of_task(request, Evidence.objects.all(), pk)
    actions.withdraw_evidence(request.auth, evidence=pk, reason=said.reason)
    return _evidence(request, [_evidence_rows().get(pk=pk)])[0]


@router.post(
    "/tasks/{int:pk}/slips",
    response=answers(SlipOut, status=201, writes=True),
    summary=_("Ask for another deadline"),
)
def task_slip(request: HttpRequest, pk: Id, said: SlipIn) -> Any:
    _task(request, pk)
    made = actions.ask_slip(
        request.auth,
        task=pk,
        deadline=said.deadline,
        reason_code=said.reason_code,
        reason=said.reason,
        seen=said.version,
    )
    return Status(201, _slip(made))


@router.post(
    "/slips/{int:pk}/decision",
    response=answers(SlipOut, writes=True),
    summary=_("Approve or refuse another deadline"),
)
def slip_decide(request: HttpRequest, pk: Id, said: SlipDecision) -> Any:
    _of_task(request, Slip.objects.all(), pk)
    actions.decide_slip(request.auth, slip=pk, approve=said.approve, reason=said.reason)
    return _slip(_slip_rows().get(pk=pk))


@router.post(
    "/tasks/{int:pk}/progress",
    response=answers(ProgressOut, status=201, writes=True),
    summary=_("Write a progress report, or go on with the open one"),
)
def task_report(request: HttpRequest, pk: Id, said: ProgressIn) -> Any:
    _task(request, pk)
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
    return Status(201, _report(made))


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
    told = _report(_of_task(request, _report_rows(request), pk))
    actions.discard_draft(request.auth, report=pk, seen=said.version)
    return told


@router.post(
    "/tasks/{int:pk}/obstacles",
    response=answers(ObstacleOut, status=201, writes=True),
    summary=_("Say what stands in the way of a task"),
)
def task_obstacle(request: HttpRequest, pk: Id, said: ObstacleOpened) -> Any:
    _task(request, pk)
    hindrance = Hindrance(**said.dict(exclude={"version"}))
    made = actions.open_obstacle(request.auth, task=pk, hindrance=hindrance, seen=said.version)
    return Status(201, _obstacle(made))


@router.post(
    "/obstacles/{int:pk}/resolve",
    response=answers(ObstacleOut, writes=True),
    summary=_("Say how an obstacle went out of the way; the version is the task's"),
)
def obstacle_resolve(request: HttpRequest, pk: Id, said: Resolved) -> Any:
    _of_task(request, _obstacle_rows(request), pk)
    actions.resolve_obstacle(request.auth, obstacle=pk, how=said.how, seen=said.version)
    return _obstacle(_obstacle_rows(request).get(pk=pk))


def _turn(request: HttpRequest, pk: int, turn: Callable[..., Any], **said: Any) -> dict[str, Any]:
    _of_task(request, _report_rows(request), pk)
    turn(request.auth, report=pk, **said)
    return _report(_report_rows(request).get(pk=pk))


def _evidence_rows() -> QuerySet[Evidence]:
    return Evidence.objects.select_related("added_by", "body")


def _slip_rows() -> QuerySet[Slip]:
    return Slip.objects.select_related("asked_by", "decided_by", "body")


def _report_rows(request: HttpRequest) -> QuerySet[Progress]:
    return Progress.objects.filter(sees_progress(request.auth)).select_related("written_by", "body")


def _obstacle_rows(request: HttpRequest) -> QuerySet[Obstacle]:
    rows = Obstacle.objects.filter(sees_progress(request.auth, "progress__"))
    return rows.select_related("opened_by", "body")


def _same(row: Model, names: Sequence[str]) -> dict[str, Any]:
    return {"id": row.pk, **{name: getattr(row, name) for name in names}}


def _done(row: Any, by: Any, at: dt.datetime) -> dict[str, Any]:
    return {"by": str(by) if by else None, "body": row.body.ref if row.body else None, "at": at}


def _evidence(request: HttpRequest, rows: list[Evidence]) -> list[dict[str, Any]]:
    wanted = {row.document_id for row in rows} - {None}
    shown: set[int] = set()
    if wanted:
        known = Document.objects.filter(seen(request.auth, "pk"), pk__in=wanted)
        shown = set(known.values_list("pk", flat=True))
    names = ("kind", "what", "url", "on", "withdrawn_at", "withdrawn_because")
    return [
        {
            **_same(row, names),
            "task": row.task_id,
            "document": row.document_id if row.document_id in shown else None,
            **_done(row, row.added_by, row.added_at),
        }
        for row in rows
    ]


def _slip(row: Slip) -> dict[str, Any]:
    names = (
        *("before", "due_before", "after", "due_after", "reason_code", "reason", "state"),
        *("decided_at", "decided_because"),
    )
    return {
        **_same(row, names),
        "task": row.task_id,
        **_done(row, row.asked_by, row.asked_at),
        "decided_by": str(row.decided_by) if row.decided_by else None,
    }


def _report(row: Progress) -> dict[str, Any]:
    names = (
        *("version", "state", "period", "done", "next_step", "recommendation", "percent"),
        *("released_at", "returned_because"),
    )
    told = _done(row, row.written_by, row.written_at)
    return {**_same(row, names), "task": row.task_id, **told}


def _obstacle(row: Obstacle) -> dict[str, Any]:
    names = ("what", "cause", "side", "level", "recommendation", "resolved_at", "resolution")
    told = _done(row, row.opened_by, row.opened_at)
    return {**_same(row, names), "task": row.task_id, "report": row.progress_id, **told}


def _given(row: Any) -> dict[str, Any]:
    names = (
        *("role", "as_written", "is_collective", "answer"),
        *("delivered_at", "ended_at", "ended_because"),
    )
    return {
        **_same(row, names),
        "body": row.body_ref or None,
        "completion": row.completion or None,
        "expanded_from": row.expanded_from_id,
    }
