"""Recording and mending events, and saying that two rows are one event."""

import datetime as dt

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from diemcau.accounts.models import User
from diemcau.accounts.rules import Duty, can_add_documents, can_confirm
from diemcau.audit.actions import action, record_action
from diemcau.directory.resolution import resolve_name
from diemcau.documents.models import Document
from diemcau.documents.rules import require
from diemcau.engagements.ledger import settle_words
from diemcau.engagements.models import Event, EventKind, EventMerge, EventPartner, EventReport
from diemcau.engagements.refusals import EventMoved, Refused

__all__ = ["merge_events", "save_event", "undo_merge"]


@action("engagements.save_event", may=can_add_documents)
def save_event(
    actor: User | None,
    *,
    document: Document,
    event: Event | None = None,
    kind: EventKind,
    title: str,
    on: dt.date | None,
    ends_on: dt.date | None = None,
    place: str = "",
    chair: str = "",
    partners: list[str] | None = None,
    seen: int | None = None,
) -> Event:
    """Record an event that a document tells of, or mend one.

    Args:
        document: what it rests on; of an event that is there already, its own.
        event: the event to mend; None makes one.
        on, ends_on: first and last day; None where it is not known.
        partners: names of countries and blocs; one the directory does not know stays as written.
        seen: the version the person had before them.
    Raises:
        PermissionDenied: the document is not theirs to add to.
        Refused: no title, days that run backward, or somebody changed it meanwhile.
    """
    if not title.strip():
        raise Refused(_("Give the event a name."))
    if on and ends_on and ends_on < on:
        raise Refused(_("The last day lies before the first."))
    if event is not None:
        row = Event.objects.select_for_update().get(pk=event.pk)
        if seen is not None and seen != row.version:
            raise EventMoved(row)
        document = row.document
    else:
        row = Event(document=document, recorded_by=actor, recorded_at=timezone.now())
    require(actor, Duty.ADD, document)
    row.kind, row.title, row.by_hand = kind, title.strip()[:300], True
    row.on, row.ends_on = on, ends_on
    row.place, row.chair = place.strip()[:200], chair.strip()[:200]
    row.version += 1
    row.save()
    if partners is not None:
        row.partners.all().delete()
        EventPartner.objects.bulk_create(
            EventPartner(
                event=row,
                as_written=name,
                ref=resolve_name(name, on=on, kinds=("partner",)).id or "",
            )
            for name in dict.fromkeys(" ".join(p.split())[:200] for p in partners)
            if name
        )
    settle_words(row, [str(one) for one in row.partners.all()])
    row.save(update_fields=["folded"])
    record_action(row, detail={"title": row.title, "kind": kind, "on": on and on.isoformat()})
    return row


@action("engagements.merge_events", may=can_confirm)
def merge_events(actor: User | None, *, kept: Event, merged: Event, reason: str = "") -> EventMerge:
    """Say that two rows are one event: its reports stand together, each with its own words.

    Raises:
        Refused: they are the same row, or one of them is merged into another already.
    """
    rows = {
        row.pk: row
        for row in Event.objects.select_for_update(of=("self",))
        .select_related("document")
        .filter(pk__in=[kept.pk, merged.pk])
        .order_by("pk")
    }
    if len(rows) != 2:
        raise Refused(_("Choose two different events."))
    first, second = rows[kept.pk], rows[merged.pk]
    require(actor, Duty.CONFIRM, first.document, second.document)
    if first.merged_into_id or second.merged_into_id:
        raise Refused(_("One of them is part of another event already."))
    reports = EventReport.objects.filter(event=second)
    events = Event.objects.filter(Q(pk=second.pk) | Q(merged_into=second))
    moved = {
        "reports": list(reports.values_list("pk", flat=True)),
        "events": list(Event.objects.filter(merged_into=second).values_list("pk", flat=True)),
    }
    made = EventMerge.objects.create(
        kept=first,
        merged=second,
        moved=moved,
        reason=reason.strip()[:500],
        by=actor,
        at=timezone.now(),
    )
    events.update(merged_into=first)
    reports.update(event=first)
    record_action(first, detail={"merged": second.pk, "title": second.title}, reason=made.reason)
    return made


@action("engagements.undo_merge", may=can_confirm)
def undo_merge(actor: User | None, *, merge: EventMerge) -> EventMerge:
    """Take a merge back: what went along with it goes back with it.

    Raises:
        Refused: it was taken back already, or what it made was merged further.
    """
    row = (
        EventMerge.objects.select_for_update(of=("self",))
        .select_related("kept__document", "merged__document")
        .get(pk=merge.pk)
    )
    require(actor, Duty.CONFIRM, row.kept.document, row.merged.document)
    if row.undone_at is not None:
        raise Refused(_("This was taken back already."))
    if row.merged.merged_into_id != row.kept_id:
        raise Refused(_("The event was merged further meanwhile; take that back first."))
    Event.objects.filter(pk=row.merged_id).update(merged_into=None)
    Event.objects.filter(pk__in=row.moved["events"]).update(merged_into=row.merged)
    EventReport.objects.filter(pk__in=row.moved["reports"]).update(event=row.merged)
    row.undone_by, row.undone_at = actor, timezone.now()
    row.save(update_fields=["undone_by", "undone_at"])
    record_action(row.kept, detail={"split": row.merged_id, "title": row.merged.title})
    return row
