"""Keeping commitments: typed ones, the agreement one stands in, the occasion, who keeps it."""

import datetime as dt
from collections.abc import Sequence

from django.utils import timezone
from django.utils.translation import gettext as _

from diemcau.accounts.models import User
from diemcau.accounts.rules import Duty, can_add_documents
from diemcau.audit.actions import action, record_action
from diemcau.delivery.days import day_tied, day_told
from diemcau.delivery.ledger import begin, settle_lead, shorten, touch
from diemcau.delivery.locking import lock_task
from diemcau.delivery.models import (
    Agreement,
    Assignment,
    Commitment,
    Nature,
    PromiseForm,
    Serving,
    Task,
)
from diemcau.delivery.promises import asked_of, read_side, set_parties
from diemcau.delivery.recording import task_by_hand
from diemcau.delivery.refusals import Refused
from diemcau.delivery.typed_deadlines import read_typed_deadline
from diemcau.documents.models import Document
from diemcau.documents.rules import Reader, require, seen
from diemcau.engagements.models import Event

__all__ = ["place_commitment", "serve_task", "stop_serving", "write_commitment"]


@action("delivery.write_commitment", may=can_add_documents)
def write_commitment(
    actor: User | None,
    *,
    document: Document,
    content: str,
    form: PromiseForm,
    parties: Sequence[str],
    counterparts: Sequence[str],
    said_on: dt.date | None = None,
    deadline: str = "",
    timeline: str = "",
    place: str = "",
    agreement: Agreement | None = None,
    occasion: Event | None = None,
) -> Commitment:
    """Record a commitment a person read in a document, and the task of keeping it.

    Args:
        document: what it rests on, and `place` in it: "khoản 3 Điều 5".
        parties, counterparts: who promises, and to whom; bodies of ours that promise are asked to
            keep it, those it is promised to follow it.
        deadline: a day or a period; "" if there is none. `timeline` is what the text says instead.
    Raises:
        PermissionDenied: the document is not theirs to add to.
        Refused: no content, nobody promises, or the deadline is none.
    """
    require(actor, Duty.ADD, document)
    content = " ".join(content.split())
    if not content:
        raise Refused(_("Say what is promised."))
    if not any(name.strip() for name in parties):
        raise Refused(_("Say who promises."))
    _visible(actor, agreement, occasion)
    made = Commitment(
        agreement=agreement,
        occasion=occasion,
        form=form,
        content=content,
        timeline=timeline.strip()[:300],
    )
    on = said_on or document.spoken_on or day_tied(made)
    period, due = read_typed_deadline(deadline, on=on)
    sides = [
        [read_side(name, on=on) for name in names if name.strip()]
        for names in (parties, counterparts)
    ]
    now = timezone.now()
    columns = task_by_hand(
        document.pk,
        title=shorten(content),
        text=content,
        issuer="",
        names=(one.as_written for side in sides for one in side),
        deadline=period,
        due=due,
        by=actor,
        at=now,
        nature=Nature.COMMITMENT,
        said_on=on,
        day_by_hand=said_on,
        place=place.strip()[:80],
    )
    task = Task.objects.create(**columns)
    begin(task, at=now, by=actor)
    made.task = task
    made.save()
    set_parties(made, *sides)
    Assignment.objects.bulk_create(
        Assignment(
            task=task,
            role=role,
            as_written=one.as_written[:300],
            body_ref=one.ref,
            is_collective=not one.ref,
            by_hand=True,
        )
        for one, role in asked_of(*sides, form)
    )
    settle_lead(task)
    record_action(task, detail={"commitment": made.pk, "form": form})
    return made


@action("delivery.place_commitment", may=can_add_documents)
def place_commitment(
    actor: User | None,
    *,
    task: int,
    agreement: Agreement | None,
    occasion: Event | None,
    timeline: str | None = None,
    seen_version: int | None = None,
) -> Commitment:
    """Say in which agreement a commitment stands, and at which visit or meeting it was made.

    Where neither a text nor a person tells the day of the promise, it takes that of the occasion,
    else of the agreement.
    Args:
        task: id of the task of keeping it.
        agreement, occasion: None takes it out of the one it is in.
        timeline: what the text says of its days; None leaves it.
    Raises:
        Refused: the task keeps no commitment.
    """
    row = lock_task(task, seen=seen_version)
    require(actor, Duty.ADD, row.document)
    rows = Commitment.objects.filter(task=row).select_related("occasion", "agreement")
    made = rows.first()
    if made is None:
        raise Refused(_("This task keeps no commitment."))
    # What it is tied to already may stay, also where the person does not see it.
    _visible(
        actor,
        agreement if agreement != made.agreement else None,
        occasion if occasion != made.occasion else None,
    )
    before = {"agreement": made.agreement_id, "event": made.occasion_id}
    follows = row.said_on in (None, day_tied(made))
    made.agreement, made.occasion = agreement, occasion
    if timeline is not None:
        made.timeline = timeline.strip()[:300]
    made.save(update_fields=["agreement", "occasion", "timeline"])
    if follows:
        row.said_on = day_told(row) or row.day_by_hand or day_tied(made)
    touch(row, "said_on")
    after = {"agreement": made.agreement_id, "event": made.occasion_id}
    record_action(row, detail={"before": before, "after": after, "day": str(row.said_on or "")})
    return made


@action("delivery.serve_task", may=can_add_documents)
def serve_task(actor: User | None, *, task: int, event: Event, note: str = "") -> Serving:
    """Say that a visit or meeting serves a task: the matter is raised there.

    Raises:
        Refused: it was said already.
    """
    row = lock_task(task, seen=None)
    require(actor, Duty.ADD, row.document)
    _visible(actor, None, event)
    if Serving.objects.filter(task=row, event=event, ended_at=None).exists():
        raise Refused(_("This event serves the task already."))
    made = Serving.objects.create(
        task=row, event=event, note=note.strip()[:500], by=actor, at=timezone.now()
    )
    touch(row)
    record_action(row, detail={"event": event.pk, "title": event.title})
    return made


@action("delivery.stop_serving", may=can_add_documents)
def stop_serving(actor: User | None, *, serving: Serving) -> Serving:
    """Take back that an event serves a task; the row stays.

    Raises:
        Refused: it was taken back already.
    """
    row = lock_task(serving.task_id, seen=None)
    require(actor, Duty.ADD, row.document)
    made = Serving.objects.select_for_update().get(pk=serving.pk)
    if made.ended_at is not None:
        raise Refused(_("This was taken back already."))
    made.ended_by, made.ended_at = actor, timezone.now()
    made.save(update_fields=["ended_by", "ended_at"])
    touch(row)
    record_action(row, detail={"event": made.event_id, "serving": made.pk})
    return made


def _visible(by: Reader, agreement: Agreement | None, event: Event | None) -> None:
    if agreement is not None:
        rows = Agreement.objects.filter(seen(by), pk=agreement.pk, withdrawn_at=None)
        if not rows.exists():
            raise Refused(_("There is no such agreement that you may see."))
    if event is not None:
        events = Event.objects.filter(seen(by), pk=event.pk, withdrawn_at=None)
        if not events.exists():
            raise Refused(_("There is no such event that you may see."))
