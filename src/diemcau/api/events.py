"""Events: visits, meetings, conferences; two rows said to be one, and the tasks an event serves."""

import datetime as dt
from typing import Annotated, Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _
from ninja import Query, Router, Schema, Status
from pydantic import Field

from diemcau.api.errors import Refused
from diemcau.api.fields import Id, IdField, Text, Version, Words, answers
from diemcau.api.paging import Cut, Key, Page, cut
from diemcau.api.tasks import tasks_for
from diemcau.delivery.actions import serve_task, stop_serving
from diemcau.delivery.models import Serving
from diemcau.documents.models import Document
from diemcau.documents.rules import library_of, seen
from diemcau.engagements.actions import merge_events, save_event, undo_merge
from diemcau.engagements.models import Event, EventKind, EventMerge
from diemcau.engagements.queries import EventFilter, list_events

router = Router(tags=["events"])

_Short = Annotated[str, Field(max_length=200, pattern=r"^[^\x00]*$")]


class With(Schema):
    """A partner an event is with."""

    as_written: str
    ref: str | None


class EventOut(Schema):
    """One event."""

    id: int
    version: int
    kind: EventKind
    title: str
    on: dt.date | None = Field(description="Its first day.")
    ends_on: dt.date | None
    place: str
    chair: str
    document: int
    partners: list[With]


class EventIn(Schema):
    """What is known of an event; "" and null are “not known”."""

    kind: EventKind = EventKind.OTHER
    title: Text
    on: dt.date | None = None
    ends_on: dt.date | None = None
    place: _Short = ""
    chair: _Short = ""
    partners: list[_Short] = Field([], max_length=100, description="Names of countries and blocs.")


class EventNew(EventIn):
    """An event a document tells of."""

    document: IdField


class EventEdit(EventIn):
    """An event as it is to be: every field is written."""

    version: Version


class MergeIn(Schema):
    """Which event is the same and goes into this one."""

    merged: IdField
    reason: Text = ""


class MergeOut(Schema):
    """Two rows said to be one event."""

    id: int
    kept: int
    merged: int
    reason: str
    at: dt.datetime
    undone_at: dt.datetime | None


class ServingIn(Schema):
    """Which event serves the task."""

    event: IdField
    note: Text = ""


class ServingOut(Schema):
    """An event serves a task."""

    id: int
    task: int
    event: int
    note: str
    at: dt.datetime
    ended_at: dt.datetime | None


class _Asked(Schema):
    kind: EventKind | None = None
    year: int | None = Field(None, ge=1, le=9999)
    partner: Text = Field("", description="Ref of a partner it is with.")
    words: Words = ""


_LATEST = (Key("on", descending=True, nullable=True), Key("pk", descending=True))


def seen_document(request: HttpRequest, pk: int) -> Document:
    """The document a body names, if the person may see it.

    Raises:
        Refused: there is none.
    """
    row = library_of(request.auth).filter(pk=pk).first()
    if row is None:
        raise Refused("body.document", pk, say("a document the person may see"))
    return row


def seen_event(request: HttpRequest, pk: int | None, where: str) -> Event | None:
    """The event a body names, if the person may see it.

    Args:
        where: the field that names it.
    Raises:
        Refused: there is none.
    """
    if pk is None:
        return None
    row = list_events(request.auth).filter(pk=pk).first()
    if row is None:
        raise Refused(where, pk, say("an event the person may see"))
    return row


@router.get("/events", response=answers(Page[EventOut]), summary=_("List events"))
def events(request: HttpRequest, asked: Query[_Asked], page: Cut) -> Any:
    wanted = EventFilter(**{**asked.dict(), "kind": asked.kind or ""})
    found = cut(list_events(request.auth, wanted).prefetch_related("partners"), _LATEST, page)
    return {**found, "items": [_told(row) for row in found["items"]]}


@router.get("/events/{int:pk}", response=answers(EventOut), summary=_("One event"))
def event(request: HttpRequest, pk: Id) -> Any:
    return _told(_found(request, pk))


@router.post(
    "/events",
    response=answers(EventOut, status=201, writes=True),
    summary=_("Record an event that a document tells of"),
)
def event_add(request: HttpRequest, said: EventNew) -> Any:
    document = seen_document(request, said.document)
    made = save_event(request.auth, **{**said.dict(), "document": document})
    return Status(201, _told(_found(request, made.pk)))


@router.post(
    "/events/{int:pk}", response=answers(EventOut, writes=True), summary=_("Correct an event")
)
def event_edit(request: HttpRequest, pk: Id, said: EventEdit) -> Any:
    row = _found(request, pk)
    values = said.dict(exclude={"version"})
    save_event(request.auth, document=row.document, event=row, seen=said.version, **values)
    return _told(_found(request, pk))


@router.post(
    "/events/{int:pk}/merges",
    response=answers(MergeOut, status=201, writes=True),
    summary=_("Say that another event is this one"),
)
def event_merge(request: HttpRequest, pk: Id, said: MergeIn) -> Any:
    kept = _found(request, pk)
    other = seen_event(request, said.merged, "body.merged")
    assert other is not None
    made = merge_events(request.auth, kept=kept, merged=other, reason=said.reason)
    return Status(201, _row(made, "kept", "merged"))


@router.post(
    "/merges/{int:pk}/undo",
    response=answers(MergeOut, writes=True),
    summary=_("Take back that two events are one"),
)
def event_split(request: HttpRequest, pk: Id) -> Any:
    both = seen(request.auth, "kept__document") & seen(request.auth, "merged__document")
    made = undo_merge(request.auth, merge=get_object_or_404(EventMerge, both, pk=pk))
    return _row(made, "kept", "merged")


@router.get(
    "/tasks/{int:pk}/servings",
    response=answers(Page[ServingOut]),
    summary=_("The events that serve or served a task"),
)
def task_servings(request: HttpRequest, pk: Id, page: Cut) -> Any:
    task = get_object_or_404(tasks_for(request, None), pk=pk)
    rows = Serving.objects.filter(seen(request.auth, "event__document"), task=task)
    found = cut(rows, (Key("pk"),), page)
    return {**found, "items": [_row(row, "task", "event") for row in found["items"]]}


@router.post(
    "/tasks/{int:pk}/servings",
    response=answers(ServingOut, status=201, writes=True),
    summary=_("Say that an event serves a task"),
)
def task_serve(request: HttpRequest, pk: Id, said: ServingIn) -> Any:
    get_object_or_404(tasks_for(request, None), pk=pk)
    found = seen_event(request, said.event, "body.event")
    assert found is not None
    made = serve_task(request.auth, task=pk, event=found, note=said.note)
    return Status(201, _row(made, "task", "event"))


@router.post(
    "/servings/{int:pk}/end",
    response=answers(ServingOut, writes=True),
    summary=_("Take back that an event serves a task"),
)
def serving_stop(request: HttpRequest, pk: Id) -> Any:
    both = seen(request.auth, "task__document") & seen(request.auth, "event__document")
    made = stop_serving(request.auth, serving=get_object_or_404(Serving, both, pk=pk))
    return _row(made, "task", "event")


def _found(request: HttpRequest, pk: int) -> Event:
    rows: QuerySet[Event] = list_events(request.auth).select_related("document")
    return get_object_or_404(rows.prefetch_related("partners"), pk=pk)


def _row(row: Any, *ids: str) -> dict[str, Any]:
    names = ("reason", "note", "at", "undone_at", "ended_at")
    told = {name: getattr(row, name) for name in names if hasattr(row, name)}
    return {"id": row.pk, **{name: getattr(row, f"{name}_id") for name in ids}, **told}


def _told(row: Event) -> dict[str, Any]:
    names = ("version", "kind", "title", "on", "ends_on", "place", "chair")
    return {
        "id": row.pk,
        **{name: getattr(row, name) for name in names},
        "document": row.document_id,
        "partners": [
            {"as_written": one.as_written, "ref": one.ref or None} for one in row.partners.all()
        ],
    }
