"""What shows the result of a task."""

import datetime as dt
from typing import Annotated, Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _
from ninja import Router, Schema, Status
from pydantic import Field

from diemcau.api.errors import Refused
from diemcau.api.fields import Id, IdField, Text, answers
from diemcau.api.following.rows import OLDEST, Reason, Versioned, done_by, of_task, same, task_of
from diemcau.api.paging import Cut, Page, cut
from diemcau.delivery import actions
from diemcau.delivery.actions.evidence import Shown
from diemcau.delivery.models import (
    Evidence,
    EvidenceKind,
)
from diemcau.documents.models import Document
from diemcau.documents.rules import library_of, seen

router = Router(tags=["what became of it"])


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


class EvidenceShown(Schema):
    """What shows a result; a file is taken in as a document first."""

    kind: EvidenceKind
    what: Text
    document: IdField | None = None
    url: Annotated[str, Field(max_length=1000, pattern=r"^[^\x00]*$")] = ""
    on: dt.date | None = None


class EvidenceIn(EvidenceShown, Versioned):
    """What shows the result of a task as it was read."""


def shown_in(request: HttpRequest, said: EvidenceShown, where: str) -> Shown:
    """The evidence a body tells of.

    Args:
        where: the way to it in the body.
    Raises:
        Refused: its document is none that the person may see.
    """
    document = None
    if said.document is not None:
        document = library_of(request.auth).filter(pk=said.document).first()
        if document is None:
            expected = say("a document the person may see")
            raise Refused(f"{where}.document", said.document, expected)
    return Shown(kind=said.kind, what=said.what, document=document, url=said.url, on=said.on)


@router.get(
    "/tasks/{int:pk}/evidence",
    response=answers(Page[EvidenceOut]),
    summary=_("What shows the result of a task"),
)
def task_shown(request: HttpRequest, pk: Id, page: Cut) -> Any:
    task = task_of(request, pk)
    found = cut(_evidence_rows().filter(task=task), OLDEST, page)
    return {**found, "items": _evidence(request, found["items"])}


@router.post(
    "/tasks/{int:pk}/evidence",
    response=answers(EvidenceOut, status=201, writes=True),
    summary=_("Attach evidence to a task"),
)
def task_evidence(request: HttpRequest, pk: Id, said: EvidenceIn) -> Any:
    task_of(request, pk)
    shown = shown_in(request, said, "body")
    made = actions.add_evidence(
        request.auth,
        task=pk,
        kind=shown.kind,
        what=shown.what,
        document=shown.document,
        url=shown.url,
        on=shown.on,
        seen=said.version,
    )
    return Status(201, _evidence(request, [made])[0])


@router.post(
    "/evidence/{int:pk}/withdraw",
    response=answers(EvidenceOut, writes=True),
    summary=_("Take evidence back"),
)
def evidence_withdraw(request: HttpRequest, pk: Id, said: Reason) -> Any:
    of_task(request, Evidence.objects.all(), pk)
    actions.withdraw_evidence(request.auth, evidence=pk, reason=said.reason)
    return _evidence(request, [_evidence_rows().get(pk=pk)])[0]


def _evidence_rows() -> QuerySet[Evidence]:
    return Evidence.objects.select_related("added_by", "body")


def _evidence(request: HttpRequest, rows: list[Evidence]) -> list[dict[str, Any]]:
    wanted = {row.document_id for row in rows} - {None}
    shown: set[int] = set()
    if wanted:
        known = Document.objects.filter(seen(request.auth, "pk"), pk__in=wanted)
        shown = set(known.values_list("pk", flat=True))
    names = ("kind", "what", "url", "on", "withdrawn_at", "withdrawn_because")
    return [
        {
            **same(row, names),
            "task": row.task_id,
            "document": row.document_id if row.document_id in shown else None,
            **done_by(row, row.added_by, row.added_at),
        }
        for row in rows
    ]
