"""Why a person sees a document, or does not: the same rule as `rules.seen`, step by step."""

from dataclasses import dataclass

from django.utils import timezone

from diemcau.access.rules import covers, reached
from diemcau.accounts.models import Denial, Grant, User
from diemcau.accounts.rules import held_by, in_force
from diemcau.directory.models import Body
from diemcau.documents.models import Document

__all__ = ["Why", "why_seen"]


@dataclass(frozen=True, slots=True)
class Why:
    """The step of the rule that decided.

    Args:
        is_seen: whether the person sees the document today.
        step: "closed_account", "no_grant", "denied", "open", "grant", "shared" or "closed".
        grant: what opens it, for "grant"; what the body comes from, for "shared".
        denial: what hides it.
        body: the body it is shared with.
    """

    is_seen: bool
    step: str
    grant: Grant | None = None
    denial: Denial | None = None
    body: Body | None = None


def why_seen(person: User, document: Document) -> Why:
    """What decides whether a person sees a document today."""
    if not person.is_active:
        return Why(False, "closed_account")
    held = held_by(person)
    if not held:
        return Why(False, "no_grant")
    today = timezone.localdate()
    for denial in Denial.objects.filter(in_force(today), person=person).select_related("body"):
        if document.owner_id in reached(person, [denial.body_id]):
            return Why(False, "denied", denial=denial)
    if not document.is_closed:
        return Why(True, "open")
    for one in held:
        if one.sees_closed and covers(person, one, document.owner_id):
            return Why(True, "grant", grant=_grant(one.grant))
    for body in document.shared_with.all():
        for one in held:
            if one.body is not None and covers(person, one, body.pk):
                return Why(True, "shared", grant=_grant(one.grant), body=body)
    return Why(False, "closed")


def _grant(pk: int) -> Grant:
    return Grant.objects.select_related("person", "body", "made_by").get(pk=pk)
