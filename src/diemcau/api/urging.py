"""Urging: what a person was reminded of, how they hear, reports asked for, letters to a body."""

import datetime as dt
from typing import Annotated, Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from ninja import Query, Router, Schema, Status
from pydantic import Field

from diemcau.api.fields import Id, IdField, Text, Version, answers
from diemcau.api.following.rows import task_of
from diemcau.api.paging import Cut, Key, Page, cut
from diemcau.urging.actions import choose_way, draft_reminder, issue_reminder, read_notices
from diemcau.urging.actions.reminding import MOST
from diemcau.urging.holding import holding
from diemcau.urging.models import Audience, Choice, Kind, Notice, Reminder, Way
from diemcau.urging.queries import list_notices
from diemcau.urging.reporting import Punctuality
from diemcau.urging.requests import requests_of
from diemcau.urging.rules import reminders_seen
from diemcau.urging.words import say_what, say_why

router = Router(tags=["urging"])


class NoticeOut(Schema):
    """Something a person was reminded of, and which rule said it."""

    id: int
    task: int
    kind: Kind
    step: int
    to: Audience
    is_escalation: bool
    what: str = Field(description="What is asked, in the language asked for.")
    why: str = Field(description="Which rule said it.")
    holds: bool = Field(description="Its cause is still there.")
    at: dt.datetime
    read_at: dt.datetime | None


class ReadIn(Schema):
    """Which notices were read; all new ones without a list."""

    notices: list[IdField] | None = Field(None, max_length=500)


class ReadOut(Schema):
    """How many of them were new."""

    n: int


class Ways(Schema):
    """How a person hears of each kind by e-mail; escalations come at once all the same."""

    ways: dict[Kind, Way]


class RequestOut(Schema):
    """A report that was asked for, and whether a word came."""

    id: int
    task: int
    at: dt.datetime
    by: str | None
    by_day: dt.date | None = Field(description="Null if no day was said.")
    note: str
    answered_on: dt.date | None
    stands: Punctuality


class Requests(Schema):
    """The reports asked for of a task, the latest first."""

    items: list[RequestOut]


class ReminderOut(Schema):
    """A letter of urging; a draft until its number and day are written in."""

    id: int
    version: int
    body: str = Field(description="Ref of whom it goes to.")
    sender: str | None = Field(description="Ref of the body that gave the tasks; null is the desk.")
    tasks: list[int]
    answer_by: dt.date
    demand: str
    by: str | None
    at: dt.datetime
    number: str
    issued_on: dt.date | None


class ReminderIn(Schema):
    """A letter about tasks of one body."""

    body: Text = Field(description="Ref of whom it goes to.")
    tasks: Annotated[list[IdField], Field(min_length=1, max_length=MOST)]
    answer_by: dt.date
    demand: Annotated[str, Field(max_length=500, pattern=r"^[^\x00]*$")] = ""


class IssuedIn(Schema):
    """The number and day a letter was issued under."""

    version: Version
    number: Annotated[str, Field(max_length=60, pattern=r"^[^\x00]*$")]
    issued_on: dt.date


class _Asked(Schema):
    new: bool = Field(False, description="Only those not read yet.")


_LATEST = (Key("pk", descending=True),)


@router.get(
    "/notices",
    response=answers(Page[NoticeOut]),
    summary=_("List what the person was reminded of, the newest first"),
)
def notices(request: HttpRequest, asked: Query[_Asked], page: Cut) -> Any:
    rows = list_notices(request.auth)
    found = cut(rows.filter(read_at=None) if asked.new else rows, _LATEST, page)
    kept = holding(found["items"])
    return {**found, "items": [_notice(row, row.pk in kept) for row in found["items"]]}


@router.post(
    "/notices/read",
    response=answers(ReadOut, writes=True),
    summary=_("Mark one's own notices as read"),
)
def notices_read(request: HttpRequest, said: ReadIn) -> Any:
    return {"n": read_notices(request.auth, notices=said.notices)}


@router.get(
    "/notices/ways",
    response=answers(Ways),
    summary=_("How the person hears of each kind by e-mail"),
)
def notice_ways(request: HttpRequest) -> Any:
    held = dict(Choice.objects.filter(person=request.auth).values_list("kind", "way"))
    return {"ways": {kind: held.get(kind, Way.DIGEST) for kind in Kind}}


@router.post(
    "/notices/ways",
    response=answers(Ways, writes=True),
    summary=_("Say how one hears of some kinds by e-mail; the others stay as they are"),
)
def notice_ways_choose(request: HttpRequest, said: Ways) -> Any:
    ways = {kind.value: way.value for kind, way in said.ways.items()}
    choose_way(request.auth, ways=ways)
    return notice_ways(request)


@router.get(
    "/tasks/{int:pk}/report-requests",
    response=answers(Requests),
    summary=_("Reports asked for of a task, and whether a word came"),
)
def task_report_requests(request: HttpRequest, pk: Id) -> Any:
    on = timezone.localdate()
    return {
        "items": [
            {
                "id": one.request.pk,
                "task": pk,
                "at": one.request.asked_at,
                "by": str(one.request.asked_by) if one.request.asked_by else None,
                "by_day": one.request.by_day,
                "note": one.request.note,
                "answered_on": one.answered,
                "stands": one.stands(on),
            }
            for one in requests_of([task_of(request, pk).pk])
        ]
    }


@router.get(
    "/reminders",
    response=answers(Page[ReminderOut]),
    summary=_("List letters of urging, the newest first"),
)
def reminders(request: HttpRequest, page: Cut) -> Any:
    found = cut(_reminders(request), _LATEST, page)
    return {**found, "items": [_reminder(row) for row in found["items"]]}


@router.get("/reminders/{int:pk}", response=answers(ReminderOut), summary=_("One letter of urging"))
def reminder(request: HttpRequest, pk: Id) -> Any:
    return _reminder(get_object_or_404(_reminders(request), pk=pk))


@router.post(
    "/reminders",
    response=answers(ReminderOut, status=201, writes=True),
    summary=_("Draft a letter that asks a body for word on tasks"),
)
def reminder_draft(request: HttpRequest, said: ReminderIn) -> Any:
    made = draft_reminder(request.auth, **said.dict())
    return Status(201, _reminder(_reminders(request).get(pk=made.pk)))


@router.post(
    "/reminders/{int:pk}/issue",
    response=answers(ReminderOut, writes=True),
    summary=_("Write in the number and day of a letter; its answer is awaited from then on"),
)
def reminder_issue(request: HttpRequest, pk: Id, said: IssuedIn) -> Any:
    get_object_or_404(_reminders(request), pk=pk)
    values = said.dict(exclude={"version"})
    issue_reminder(request.auth, reminder=pk, **values, seen=said.version)
    return _reminder(_reminders(request).get(pk=pk))


def _notice(row: Notice, holds: bool) -> dict[str, Any]:
    names = ("kind", "step", "to", "is_escalation", "read_at")
    return {
        "id": row.pk,
        "task": row.task_id,
        "what": say_what(row),
        "why": say_why(row),
        "holds": holds,
        "at": row.made_at,
        **{name: getattr(row, name) for name in names},
    }


def _reminders(request: HttpRequest) -> Any:
    rows = reminders_seen(request.auth).select_related("body", "sender", "made_by")
    return rows.prefetch_related("items")


def _reminder(row: Reminder) -> dict[str, Any]:
    names = ("version", "answer_by", "demand", "number", "issued_on")
    return {
        "id": row.pk,
        "body": row.body.ref,
        "sender": row.sender.ref if row.sender else None,
        "tasks": [one.task_id for one in row.items.all()],
        "by": str(row.made_by) if row.made_by else None,
        "at": row.made_at,
        **{name: getattr(row, name) for name in names},
    }
