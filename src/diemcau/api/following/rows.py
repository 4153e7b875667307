"""What the rooms of a task share: its rows, who did what, and the version a change was made of."""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Schema

from diemcau.api.fields import Text, Version
from diemcau.api.paging import Key, cut
from diemcau.api.tasks import tasks_for
from diemcau.delivery.models import Task
from diemcau.documents.rules import seen


class Versioned(Schema):
    """A change of a task as it was read."""

    version: Version


class Reason(Schema):
    """Why, in words."""

    reason: Text


OLDEST = (Key("pk"),)


def task_of(request: HttpRequest, pk: int) -> Task:
    """A task the person may see.

    Raises:
        Http404: there is none.
    """
    return get_object_or_404(tasks_for(request, None), pk=pk)


def of_task(request: HttpRequest, rows: QuerySet, pk: int) -> Any:
    """A row of a table beside the tasks, if the person sees its task."""
    standing = {"task__withdrawn_at": None, "task__replaced_by": None}
    return get_object_or_404(rows.filter(seen(request.auth, "task__document"), **standing), pk=pk)


def listed(
    request: HttpRequest, pk: int, page: Any, rows: QuerySet, told: Callable[[Any], dict[str, Any]]
) -> dict[str, Any]:
    """A page of what is said of a task, the oldest first.

    Args:
        told: a row as an answer.
    """
    found = cut(rows.filter(task=task_of(request, pk)), OLDEST, page)
    return {**found, "items": [told(row) for row in found["items"]]}


def same(row: Model, names: Sequence[str]) -> dict[str, Any]:
    """The id of a row and some of its columns under their own names."""
    return {"id": row.pk, **{name: getattr(row, name) for name in names}}


def done_by(row: Any, by: Any, at: dt.datetime) -> dict[str, Any]:
    """Who did it, in the name of which body, and when."""
    return {"by": str(by) if by else None, "body": row.body.ref if row.body else None, "at": at}
