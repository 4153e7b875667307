"""Reads of events: those that stand and that a person may see."""

from dataclasses import dataclass

from django.db.models import F, Q, QuerySet

from diemcau.documents.rules import Reader, seen
from diemcau.engagements.models import Event
from vanban.letters import fold

__all__ = ["EventFilter", "events_around", "list_events"]

_MOST = 20


@dataclass(frozen=True, slots=True)
class EventFilter:
    """What a person asked the list for; an empty field asks nothing."""

    kind: str = ""
    year: int | None = None
    partner: str = ""
    words: str = ""


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
