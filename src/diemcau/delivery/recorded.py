"""Search among what people recorded by hand: no statement was read for it, so none is found."""

import datetime as dt
from dataclasses import dataclass

from diemcau.delivery.models import Agreement, Task
from diemcau.documents.models import Document
from diemcau.documents.rules import Reader, seen
from diemcau.documents.search import found_in
from diemcau.engagements.queries import list_events

__all__ = ["RecordHit", "search_records"]


@dataclass(frozen=True, slots=True)
class RecordHit:
    """A row of the register that holds every term.

    Args:
        kind: the name of its model: "task", "event", "agreement".
        on: the day it was said, held or signed; None if nobody said.
    """

    kind: str
    pk: int
    title: str
    on: dt.date | None
    document: Document


def search_records(by: Reader, terms: list[str], *, limit: int = 20) -> list[RecordHit]:
    """Tasks, commitments, events and agreements recorded by hand, at most so many of each.

    Args:
        terms: as `terms_of` gives them, at least one.
    """
    found = found_in("folded", terms)
    agreements = Agreement.objects.filter(seen(by), found, withdrawn_at=None)
    events = list_events(by).filter(found, reports=None)
    tasks = Task.objects.filter(seen(by), found, statement=None, withdrawn_at=None)
    return [
        *(
            RecordHit("agreement", one.pk, one.title, one.signed_on, one.document)
            for one in agreements.select_related("document").order_by("-pk")[:limit]
        ),
        *(
            RecordHit("event", one.pk, one.title, one.on, one.document)
            for one in events.select_related("document")[:limit]
        ),
        *(
            RecordHit("task", one.pk, one.title, one.said_on, one.document)
            for one in tasks.select_related("document").order_by("-pk")[:limit]
        ),
    ]
