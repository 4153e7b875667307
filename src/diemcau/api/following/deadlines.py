"""Other deadlines of a task: asked for and decided."""

import datetime as dt
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from ninja import Router, Schema, Status
from pydantic import Field

from diemcau.api.fields import Id, Text, answers
from diemcau.api.following.rows import Versioned, done_by, listed, of_task, same, task_of
from diemcau.api.paging import Cut, Page
from diemcau.api.tasks import TaskOut, one_task
from diemcau.delivery import actions
from diemcau.delivery.models import (
    Slip,
    SlipReason,
    SlipState,
)
from diemcau.review.deadlines import correct_deadline

router = Router(tags=["what became of it"])


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


class SlipIn(Versioned):
    """Another deadline."""

    deadline: Text = Field(description="2031-06-30, 2031-H1, 2031.")
    reason_code: SlipReason
    reason: Text


class SlipDecision(Schema):
    """Whether another deadline holds."""

    approve: bool
    reason: Text = ""


class SlipWithdrawal(Schema):
    """Why a request is taken back."""

    reason: Text = ""


class DeadlineIn(Versioned):
    """A deadline as the text gives it."""

    deadline: Text = Field(description="2031-06-30, 2031-H1, 2031; empty where it gives none.")
    reason: Text


@router.post(
    "/tasks/{int:pk}/deadline",
    response=answers(TaskOut, writes=True),
    summary=_("Put right a deadline that was recorded wrongly"),
)
def task_deadline(request: HttpRequest, pk: Id, said: DeadlineIn) -> Any:
    task_of(request, pk)
    correct_deadline(
        request.auth, task=pk, deadline=said.deadline, reason=said.reason, seen=said.version
    )
    return one_task(request, pk)


@router.get(
    "/tasks/{int:pk}/slips",
    response=answers(Page[SlipOut]),
    summary=_("Other deadlines asked for of a task"),
)
def task_slips(request: HttpRequest, pk: Id, page: Cut) -> Any:
    return listed(request, pk, page, _slip_rows(), _slip)


@router.post(
    "/tasks/{int:pk}/slips",
    response=answers(SlipOut, status=201, writes=True),
    summary=_("Ask for another deadline"),
)
def task_slip(request: HttpRequest, pk: Id, said: SlipIn) -> Any:
    task_of(request, pk)
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
    of_task(request, Slip.objects.all(), pk)
    actions.decide_slip(request.auth, slip=pk, approve=said.approve, reason=said.reason)
    return _slip(_slip_rows().get(pk=pk))


@router.post(
    "/slips/{int:pk}/withdrawal",
    response=answers(SlipOut, writes=True),
    summary=_("Take back another deadline that was asked for"),
)
def slip_withdraw(request: HttpRequest, pk: Id, said: SlipWithdrawal) -> Any:
    of_task(request, Slip.objects.all(), pk)
    actions.withdraw_slip(request.auth, slip=pk, reason=said.reason)
    return _slip(_slip_rows().get(pk=pk))


def _slip_rows() -> QuerySet[Slip]:
    return Slip.objects.select_related("asked_by", "decided_by", "body")


def _slip(row: Slip) -> dict[str, Any]:
    names = (
        *("before", "due_before", "after", "due_after", "reason_code", "reason", "state"),
        *("decided_at", "decided_because"),
    )
    return {
        **same(row, names),
        "task": row.task_id,
        **done_by(row, row.asked_by, row.asked_at),
        "decided_by": str(row.decided_by) if row.decided_by else None,
    }
