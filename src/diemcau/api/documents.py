"""Documents: the list, one, its text; taking a file in; accepting many statements in one stroke."""

import datetime as dt
from functools import partial
from typing import Any, Literal

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from ninja import File, Query, Router, Schema, Status
from ninja.files import UploadedFile
from pydantic import Field

from diemcau.accounts.rules import can_add_documents
from diemcau.api.fields import Id, Words, answers
from diemcau.api.paging import Cut, Key, Page, cut
from diemcau.documents.models import Document, StatementKind, TextVersion
from diemcau.documents.queries import Counts, counts_of, list_documents, originals_of
from diemcau.exchange.queries import documents_to_open
from diemcau.review.actions import accept_batch, undo_batch
from diemcau.review.models import Batch
from diemcau.review.outcomes import try_take_in

router = Router(tags=["documents"])

SORTS = {
    "added": (Key("added_at", descending=True), Key("pk", descending=True)),
    "event": (Key("event_on", descending=True, nullable=True), Key("pk", descending=True)),
    "title": (Key("folded"), Key("pk")),
}


class DocumentOut(Schema):
    """One document, with how many statements were read in it and decided on."""

    id: int
    name: str
    title: str
    outlet: str
    url: str
    sha256: str
    size: int
    media_type: str
    event_on: dt.date | None = Field(description="Day of the meeting it reports on, as read.")
    published_on: dt.date | None
    near_copy_of: int | None = Field(description="Null too where the person may not see it.")
    is_closed: bool = Field(description="Only the owner's people who may see such documents do.")
    added_at: dt.datetime
    statements: dict[str, int] = Field(description="By kind; superseded ones left out.")
    decided: int
    to_review: int


class TextOut(Schema):
    """The text that a document's offsets count in."""

    document: int
    version: int
    text: str
    sha256: str


class TakenIn(Schema):
    """What became of a file."""

    document: DocumentOut
    is_new: bool = Field(description="False if the same bytes were there already.")


class BatchIn(Schema):
    """Which statements to accept."""

    kinds: list[StatementKind] = Field(min_length=1, max_length=7)
    minimum: float = Field(0.9, ge=0, le=1, description="Least confidence.")


class BatchOut(Schema):
    """Statements accepted in one stroke; undone in one."""

    id: int
    document: int
    accepted: int
    put_back: int = 0
    undone_at: dt.datetime | None


class _Asked(Schema):
    words: Words = ""
    show: Literal["all", "to_review", "reviewed", "copies"] = "all"
    sort: Literal["added", "event", "title"] = "added"


def document_of(request: HttpRequest, pk: int) -> Document:
    """The document, if there is one the person may open."""
    return get_object_or_404(documents_to_open(request.auth), pk=pk)


@router.get("/documents", response=answers(Page[DocumentOut]), summary=_("List documents"))
def documents(request: HttpRequest, asked: Query[_Asked], page: Cut) -> Any:
    found = cut(
        list_documents(request.auth, words=asked.words, shown=asked.show), SORTS[asked.sort], page
    )
    return {**found, "items": _all_told(request, found["items"])}


@router.post(
    "/documents",
    response=answers(TakenIn, writes=True) | {201: TakenIn},
    summary=_("Take a file in: store it, read it, propose what it shares with others"),
)
def take_in(request: HttpRequest, file: File[UploadedFile]) -> Any:
    if not can_add_documents(request.auth):
        raise PermissionDenied("documents.take_in")
    outcome = try_take_in(
        request.auth, name=file.name or "", size=file.size or 0, read=partial(_bytes_of, file)
    )
    if outcome.refusal is not None:
        raise outcome.refusal
    assert outcome.intake is not None
    document = outcome.intake.document
    (told,) = _all_told(request, [document])
    answer = {"document": told, "is_new": outcome.intake.is_new}
    return Status(201 if outcome.intake.is_new else 200, answer)


@router.get("/documents/{int:pk}", response=answers(DocumentOut), summary=_("One document"))
def document(request: HttpRequest, pk: Id) -> Any:
    (told,) = _all_told(request, [document_of(request, pk)])
    return told


@router.get(
    "/documents/{int:pk}/text",
    response=answers(TextOut),
    summary=_("The newest text of a document, in which offsets are counted"),
)
def text(request: HttpRequest, pk: Id) -> Any:
    version = document_of(request, pk).texts.order_by("number").last()
    return _text(version)


@router.get(
    "/documents/{int:pk}/text/{int:version}",
    response=answers(TextOut),
    summary=_("An earlier text of a document"),
)
def text_version(request: HttpRequest, pk: Id, version: Id) -> Any:
    return _text(get_object_or_404(document_of(request, pk).texts, number=version))


@router.post(
    "/documents/{int:pk}/batches",
    response=answers(BatchOut, status=201, writes=True),
    summary=_("Accept everything still to review that passes a filter"),
)
def batch(request: HttpRequest, pk: Id, asked: BatchIn) -> Any:
    kinds = [kind.value for kind in asked.kinds]
    made = accept_batch(
        request.auth, document=document_of(request, pk), kinds=kinds, minimum=asked.minimum
    )
    return Status(201, _batch(made))


@router.post(
    "/batches/{int:pk}/undo",
    response=answers(BatchOut, writes=True),
    summary=_("Undo what was accepted in one stroke"),
)
def put_back(request: HttpRequest, pk: Id) -> Any:
    found = get_object_or_404(Batch, pk=pk)
    document_of(request, found.document_id)
    made, undone = undo_batch(request.auth, pk)
    return {**_batch(made), "put_back": undone}


def _batch(made: Batch) -> dict[str, Any]:
    return {
        "id": made.pk,
        "document": made.document_id,
        "accepted": made.n_statements,
        "undone_at": made.undone_at,
    }


def _text(version: TextVersion | None) -> dict[str, Any]:
    assert version is not None
    return {
        "document": version.document_id,
        "version": version.number,
        "text": version.text,
        "sha256": version.text_sha256,
    }


def _bytes_of(file: UploadedFile) -> bytes:
    return b"".join(file.chunks())


_SAME = (
    *("name", "title", "outlet", "url", "sha256", "size", "media_type"),
    *("event_on", "published_on", "added_at", "is_closed"),
)


def _all_told(request: HttpRequest, rows: list[Document]) -> list[dict[str, Any]]:
    counts, originals = counts_of(rows), originals_of(request.auth, rows)
    return [_told(row, counts.get(row.pk) or Counts(), originals.get(row.pk)) for row in rows]


def _told(row: Document, counts: Counts, original: Document | None) -> dict[str, Any]:
    return {
        "id": row.pk,
        **{name: getattr(row, name) for name in _SAME},
        "near_copy_of": original.pk if original else None,
        "statements": counts.by_kind,
        "decided": counts.n_decided,
        "to_review": counts.n_left,
    }
