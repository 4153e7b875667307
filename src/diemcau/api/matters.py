"""Matters over several conferences: their sentence, joining two, setting statements apart."""

import datetime as dt
from typing import Annotated, Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _
from ninja import Router, Schema, Status
from pydantic import Field

from diemcau.api.errors import Refused
from diemcau.api.fields import Id, IdField, Text, answers
from diemcau.api.paging import Cut, Key, Page, cut
from diemcau.delivery import actions
from diemcau.delivery.matters.told import Outcome, get_line, seen_changes
from diemcau.delivery.matters.words import say_matter
from diemcau.delivery.models import ThreadChange, ThreadChangeKind
from diemcau.documents.models import LIVE, Statement, StatementKind
from diemcau.documents.rules import seen

router = Router(tags=["said again"])


class MatterOut(Schema):
    """Where a matter stands, in the sentence a leader reads."""

    id: int
    sentence: str
    times: int = Field(description="On how many days it was asked for.")
    first: dt.date | None
    outcome: Outcome
    done_on: dt.date | None
    evidence: int = Field(description="Pieces that stand.")


class ChangeOut(Schema):
    """Statements a person joined into one matter, or set apart."""

    id: int
    kind: ThreadChangeKind
    statements: list[int]
    reason: str
    by: str | None
    at: dt.datetime
    undone_by: str | None
    undone_at: dt.datetime | None


class JoinIn(Schema):
    """Two task statements that are one matter."""

    first: IdField
    second: IdField
    reason: Text


class PartIn(Schema):
    """Statements of a matter that are another one."""

    apart: Annotated[list[IdField], Field(min_length=1, max_length=200)]
    reason: Text


@router.get(
    "/threads/{int:pk}/standing",
    response=answers(MatterOut),
    summary=_("Where one matter stands, in a sentence"),
)
def matter(request: HttpRequest, pk: Id) -> Any:
    line = get_line(request.auth, pk)
    if not line.sayings:
        raise Http404
    sentence = say_matter(
        line.times, line.first, line.outcome, done_on=line.done_on, n_evidence=line.n_evidence
    )
    return {
        "id": pk,
        "sentence": sentence,
        "evidence": line.n_evidence,
        **{name: getattr(line, name) for name in ("times", "first", "outcome", "done_on")},
    }


@router.get(
    "/thread-changes",
    response=answers(Page[ChangeOut]),
    summary=_("What people joined into one matter or set apart, the latest first"),
)
def thread_changes(request: HttpRequest, page: Cut) -> Any:
    found = cut(_changes(request), (Key("pk", descending=True),), page)
    return {**found, "items": [_told(row) for row in found["items"]]}


@router.post(
    "/thread-changes",
    response=answers(ChangeOut, status=201, writes=True),
    summary=_("Join two task statements into one matter"),
)
def threads_join(request: HttpRequest, said: JoinIn) -> Any:
    for name in ("first", "second"):
        _statement(request, getattr(said, name), f"body.{name}")
    made = actions.join_matters(request.auth, **said.dict())
    return Status(201, _told(_changes(request).get(pk=made.pk)))


@router.post(
    "/threads/{int:pk}/part",
    response=answers(ChangeOut, status=201, writes=True),
    summary=_("Set statements of a matter apart"),
)
def threads_part(request: HttpRequest, pk: Id, said: PartIn) -> Any:
    if not get_line(request.auth, pk).sayings:
        raise Http404
    made = actions.part_matter(request.auth, thread=pk, apart=said.apart, reason=said.reason)
    return Status(201, _told(_changes(request).get(pk=made.pk)))


@router.post(
    "/thread-changes/{int:pk}/undo",
    response=answers(ChangeOut, writes=True),
    summary=_("Take back that statements were joined or set apart"),
)
def threads_undo(request: HttpRequest, pk: Id) -> Any:
    get_object_or_404(_changes(request), pk=pk)
    actions.undo_thread_change(request.auth, change=pk)
    return _told(_changes(request).get(pk=pk))


def _statement(request: HttpRequest, pk: int, where: str) -> None:
    rows = Statement.objects.filter(
        seen(request.auth), kind=StatementKind.TASK, state__in=LIVE, pk=pk
    )
    if not rows.exists():
        raise Refused(where, pk, say("a task statement that holds and the person may see"))


def _changes(request: HttpRequest) -> Any:
    rows = seen_changes(request.auth).select_related("made_by", "undone_by")
    return rows.prefetch_related("statements")


def _told(row: ThreadChange) -> dict[str, Any]:
    return {
        "id": row.pk,
        "kind": row.kind,
        "statements": sorted(one.pk for one in row.statements.all()),
        "reason": row.reason,
        "by": str(row.made_by) if row.made_by else None,
        "at": row.made_at,
        "undone_by": str(row.undone_by) if row.undone_by else None,
        "undone_at": row.undone_at,
    }
