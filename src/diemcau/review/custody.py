"""Whose a document is, to whom it is closed, and the note its people keep."""

from collections.abc import Sequence

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from diemcau.access.rules import sees_closed_of
from diemcau.accounts.models import User
from diemcau.accounts.rules import Duty, can_add_documents
from diemcau.audit.actions import action, record_action
from diemcau.directory.models import Body
from diemcau.documents.custody import Custody, allow_custody
from diemcau.documents.models import Document
from diemcau.documents.near import family_of
from diemcau.documents.rules import require
from diemcau.indicators.compare import propose_comparisons

__all__ = ["set_custody", "write_remark"]


@action("documents.set_custody", may=can_add_documents)
def set_custody(
    actor: User | None,
    pk: int,
    *,
    custody: Custody,
    shared_with: Sequence[Body] = (),
    reason: str,
) -> Document:
    """Say whose a document is, whether it is closed, and which bodies see it all the same.

    Args:
        custody: the owner and whether it is closed.
        shared_with: bodies whose people see it although it is closed; all of them.
        reason: why, in the person's words.
    Raises:
        ValidationError: under "reason": none is given.
        PermissionDenied: the document or the new owner is not the actor's to answer for, or it
            would be closed or opened by somebody who does not see what the owner keeps closed.
    """
    document = Document.objects.select_for_update(no_key=True).get(pk=pk)
    require(actor, Duty.ADD, document)
    allow_custody(actor, custody)
    before = {
        "owner": document.owner_id,
        "is_closed": document.is_closed,
        "shared_with": sorted(document.shared_with.values_list("pk", flat=True)),
    }
    after = {
        "owner": custody.owner,
        "is_closed": custody.is_closed,
        "shared_with": sorted(body.pk for body in shared_with),
    }
    touches_closed = before["is_closed"] or custody.is_closed
    if touches_closed and not sees_closed_of(actor, document.owner_id):
        raise PermissionDenied("documents: closed to who would close or open it")
    if not reason.strip():
        raise ValidationError({"reason": _("Say why, in a few words.")})
    document.owner_id, document.is_closed = custody.owner, custody.is_closed
    document.save(update_fields=["owner", "is_closed"])
    document.shared_with.set(shared_with)
    if custody.is_closed and not before["is_closed"]:
        # What was compared once, by this document, others may now have to see from its copies.
        for copy in Document.objects.filter(pk__in=family_of(document)).exclude(pk=document.pk):
            propose_comparisons(copy)
    record_action(document, detail={"before": before, "after": after}, reason=reason.strip())
    return document


@action("documents.write_remark", may=can_add_documents)
def write_remark(actor: User | None, pk: int, *, text: str) -> Document:
    """Write the note the owner's people keep on a document; what it says does not enter the log.

    Raises:
        PermissionDenied: the document is not the actor's to answer for.
    """
    document = Document.objects.select_for_update(no_key=True).get(pk=pk)
    require(actor, Duty.ADD, document)
    before = document.remark
    document.remark = text.strip()
    document.save(update_fields=["remark"])
    record_action(document, detail={"letters_before": len(before), "letters": len(document.remark)})
    return document
