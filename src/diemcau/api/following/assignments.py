"""Who was asked to do a task."""

import datetime as dt
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from ninja import Router, Schema

from diemcau.api.fields import Id, answers
from diemcau.api.following.rows import listed, same
from diemcau.api.paging import Cut, Page
from diemcau.delivery.models import (
    Answer,
    Assignment,
    AssignmentRole,
    Completion,
)

router = Router(tags=["what became of it"])


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


@router.get(
    "/tasks/{int:pk}/assignments",
    response=answers(Page[GivenOut]),
    summary=_("Who was asked to do a task, those who no longer are with them"),
)
def task_assignments(request: HttpRequest, pk: Id, page: Cut) -> Any:
    return listed(request, pk, page, Assignment.objects.all(), _given)


def _given(row: Any) -> dict[str, Any]:
    names = (
        *("role", "as_written", "is_collective", "answer"),
        *("delivered_at", "ended_at", "ended_because"),
    )
    return {
        **same(row, names),
        "body": row.body_ref or None,
        "completion": row.completion or None,
        "expanded_from": row.expanded_from_id,
    }
