"""Reads of events: those that stand and that a person may see."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import F, Q, QuerySet

from diemcau.documents.groups import list_events as reports_of_events
from diemcau.documents.models import Document, Statement, StatementState
from diemcau.documents.rules import Reader, seen
from diemcau.engagements.models import Event
from vanban.letters import fold

__all__ = ["EventFilter", "EventLine", "events_around", "list_events", "list_lines"]

_MOST = 20


@dataclass(frozen=True, slots=True)
class EventFilter:
    """What a person asked the list for; an empty field asks nothing."""

    kind: str = ""
    year: int | None = None
    partner: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class EventLine:
    """One line of the list of events: what one document says of an event, or a person recorded.

    Args:
        words: of the document, or the name a person gave.
        day: its first day as the register keeps days; "" if nobody said.
        event: id of the event it tells of; None while nobody has accepted it.
        sentence: id of the statement; None of an event recorded by hand.
    """

    document: Document
    words: str
    day: str
    chair: str
    ends_on: dt.date | None = None
    is_inferred: bool = False
    mode: str = ""
    endpoints: int | None = None
    event: int | None = None
    sentence: int | None = None
    is_proposed: bool = False


def list_lines(by: Reader, *, words: str = "") -> list[EventLine]:
    """What documents report of events and what people recorded, the latest day first."""
    said = [_said(s) for s in reports_of_events(by, words=words)]
    by_hand = list_events(by, EventFilter(words=words)).filter(reports=None)
    recorded = [
        EventLine(
            document=one.document,
            words=one.title,
            day=one.on.isoformat() if one.on else "",
            ends_on=one.ends_on,
            chair=one.chair,
            event=one.pk,
        )
        for one in by_hand.select_related("document")
    ]
    return sorted(said + recorded, key=lambda line: line.day, reverse=True)


def _said(statement: Statement) -> EventLine:
    values = statement.values
    report = getattr(statement, "event_report", None)
    return EventLine(
        document=statement.document,
        words=statement.quote,
        day=values.get("date") or "",
        is_inferred=bool(values.get("date_inferred")),
        chair=values.get("chair") or "",
        mode=values.get("mode") or "",
        endpoints=values.get("endpoints"),
        event=report.event_id if report else None,
        sentence=statement.pk,
        is_proposed=statement.state == StatementState.PROPOSED,
    )


def list_events(by: Reader, asked: EventFilter | None = None) -> QuerySet[Event]:
    """The events that stand, the latest first, those without a day at the end."""
    asked = asked or EventFilter()
    rows = Event.objects.filter(seen(by), withdrawn_at=None, merged_into=None)
    if asked.kind:
        rows = rows.filter(kind=asked.kind)
    if asked.year is not None:
        rows = rows.filter(on__year=asked.year)
    if asked.partner:
        rows = rows.filter(partners__ref=asked.partner).distinct()
    for word in fold(asked.words).split():
        rows = rows.filter(folded__contains=word)
    return rows.order_by(F("on").desc(nulls_last=True), "-pk")


def events_around(by: Reader, event: Event) -> QuerySet[Event]:
    """The rows merged into an event, and others of its day, which may be the same event."""
    same_day = Q(on=event.on, merged_into=None) if event.on else Q(pk__in=[])
    rows = Event.objects.filter(seen(by), Q(merged_into=event) | same_day, withdrawn_at=None)
    return rows.exclude(pk=event.pk).order_by("pk")[:_MOST]
