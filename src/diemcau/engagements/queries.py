"""Reads of events: those that stand and that a person may see."""

from dataclasses import dataclass

from django.db.models import F, QuerySet

from diemcau.documents.rules import Reader, seen
from diemcau.engagements.models import Event
from vanban.letters import fold

__all__ = ["EventFilter", "list_events", "of_one_day"]


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


def of_one_day(by: Reader, event: Event) -> QuerySet[Event]:
    """Other events of the same day, which may be the same told by another report."""
    if event.on is None:
        return Event.objects.none()
    return list_events(by).filter(on=event.on).exclude(pk=event.pk)
