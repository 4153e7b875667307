"""Attaching evidence to a task, and taking it back."""

import datetime as dt
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils import timezone
from django.utils.translation import gettext as _

from diemcau.accounts.models import User
from diemcau.audit.actions import action, record_action
from diemcau.delivery.ledger import touch
from diemcau.delivery.locking import lock_task
from diemcau.delivery.models import Evidence, EvidenceKind, Task
from diemcau.delivery.refusals import Refused, check_fits
from diemcau.delivery.rules import can_follow_up, require_party
from diemcau.delivery.states import Party, Status
from diemcau.directory.models import Body
from diemcau.documents.models import Document
from diemcau.documents.rules import library_of

__all__ = ["Shown", "add_evidence", "attach", "withdraw_evidence"]


@action("delivery.add_evidence", may=can_follow_up)
def add_evidence(
    actor: User | None,
    *,
    task: int,
    kind: EvidenceKind,
    what: str,
    document: Document | None = None,
    url: str = "",
    on: dt.date | None = None,
    seen: int | None = None,
) -> Evidence:
    """Attach something that shows a result; a task that is done takes more, too.

    Args:
        task: its id.
        kind: DOCUMENT, PRODUCT or LINK; a confirmation comes by its one-time link only.
        what: in words, what it shows.
        document: a stored document the person sees, for DOCUMENT.
        url: an address with http or https, for LINK.
        on: day of the product; not in the future.
    Raises:
        PermissionDenied: the task was not given to a body of theirs.
        Refused: what the kind needs is missing; nothing was done.
    """
    row = lock_task(task, seen=seen)
    body = require_party(actor, row, Party.ASSIGNEE)
    made = attach(actor, row, Shown(kind, what, document, url, on), body=body)
    row.last_word_at = made.added_at
    touch(row, "last_word_at")
    record_action(row, detail={"evidence": made.pk, "kind": kind, "what": made.what})
    return made


@dataclass(frozen=True, slots=True)
class Shown:
    """What shows a result, as `add_evidence` takes it."""

    kind: EvidenceKind
    what: str
    document: Document | None = None
    url: str = ""
    on: dt.date | None = None


def attach(actor: User | None, row: Task, shown: Shown, *, body: Body | None) -> Evidence:
    """Check evidence and attach it to a locked task in a body's name.

    Raises:
        Refused: what the kind needs is missing; nothing was done.
    """
    what = shown.what.strip()
    if not what:
        raise Refused(_("Say in a few words what the evidence shows."))
    if shown.kind == EvidenceKind.CONFIRMATION:
        raise Refused(_("A confirmation comes by its one-time link, from who benefits."))
    if shown.kind == EvidenceKind.DOCUMENT:
        if shown.document is None:
            raise Refused(_("Choose the document, or upload it first."))
        if not library_of(actor).filter(pk=shown.document.pk).exists():
            raise Refused(_("There is no such document that you may see."))
    if shown.kind == EvidenceKind.LINK:
        _check_address(shown.url)
    if shown.on is not None and shown.on > timezone.localdate():
        raise Refused(_("The day of the evidence lies in the future."))
    return Evidence.objects.create(
        task=row,
        kind=shown.kind,
        what=what[:500],
        document=shown.document if shown.kind == EvidenceKind.DOCUMENT else None,
        url=shown.url.strip() if shown.kind == EvidenceKind.LINK else "",
        on=shown.on,
        body=body,
        added_by=actor,
        added_at=timezone.now(),
    )


@action("delivery.withdraw_evidence", may=can_follow_up)
def withdraw_evidence(actor: User | None, *, evidence: int, reason: str) -> Evidence:
    """Take evidence back; it stays with the day it was, and no longer counts.

    Raises:
        Refused: no reason, it is taken back already, or a task that is done rests on it alone.
    """
    found = Evidence.objects.values_list("task", flat=True).get(pk=evidence)
    row = lock_task(found, seen=None)
    made = Evidence.objects.get(pk=evidence)
    require_party(actor, row, Party.ASSIGNEE)
    if not reason.strip():
        raise Refused(_("Say why, in a few words."))
    if made.withdrawn_at is not None:
        raise Refused(_("This evidence was taken back already."))
    others = row.evidence.filter(withdrawn_at=None).exclude(pk=made.pk)
    if row.status in (Status.DONE, Status.AWAITING) and not others.exists():
        raise Refused(
            _("The task is “%(state)s” and rests on this evidence alone.")
            % {"state": row.get_status_display()}
        )
    if made.body is not None and not others.filter(body=made.body).exists():
        part = row.assignments.filter(body=made.body.ref, ended_at=None, delivered_at__isnull=False)
        if part.exists():
            raise Refused(
                _("The part that %(name)s delivered rests on this evidence alone.")
                % {"name": made.body}
            )
    made.withdrawn_by, made.withdrawn_at = actor, timezone.now()
    made.withdrawn_because = reason.strip()[:500]
    made.save(update_fields=["withdrawn_by", "withdrawn_at", "withdrawn_because"])
    touch(row)
    record_action(row, detail={"evidence": made.pk, "what": made.what}, reason=reason.strip())
    return made


def _check_address(url: str) -> None:
    if not url.strip():
        raise Refused(_("Give the address of the link."))
    try:
        URLValidator(schemes=["http", "https"])(url.strip())
    except ValidationError:
        raise Refused(
            _("“%(url)s” is not an address; one begins with https:// or http://.")
            % {"url": url.strip()[:80]}
        ) from None
    check_fits(Evidence, "url", url.strip())
