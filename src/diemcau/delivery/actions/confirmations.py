"""Asking who benefits whether a result is there: a one-time link, and the answer it brings."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.validators import validate_email
from django.utils import timezone
from django.utils.translation import gettext as _

from diemcau.accounts.models import User
from diemcau.audit.actions import action, record_action
from diemcau.delivery.ledger import touch
from diemcau.delivery.links import LASTS, LinkState, look_at_request, make_secret
from diemcau.delivery.locking import lock_task
from diemcau.delivery.models import (
    Confirmation,
    Evidence,
    EvidenceKind,
    Received,
    Task,
    Without,
)
from diemcau.delivery.refusals import Refused, check_fits
from diemcau.delivery.rules import can_follow_up, parties_of, require_party
from diemcau.delivery.states import Party
from diemcau.directory.models import Body

__all__ = ["answer_confirmation", "ask_confirmation", "end_confirmation"]


@action("delivery.ask_confirmation", may=can_follow_up)
def ask_confirmation(
    actor: User | None,
    *,
    task: int,
    asked_of: str,
    email: str = "",
    instead_of: int | None = None,
    seen: int | None = None,
) -> tuple[Confirmation, str]:
    """Make a one-time link for who benefits; either side of the task may ask.

    Args:
        task: its id.
        asked_of: who is asked, in words.
        email: where the link goes, if it is mailed; "" if it is passed on otherwise.
        instead_of: an earlier link nobody answered, which ends with this one.
    Returns:
        The row, and the secret that stands in the link; the secret is nowhere kept.
    Raises:
        PermissionDenied: neither side of the task is theirs.
        Refused: nobody is named, the address is none, or the task rests on a closed document,
            whose words nobody outside may read.
    """
    row = lock_task(task, seen=seen)
    body = _either_side(actor, row)
    if row.document.is_closed:
        raise Refused(
            _("The task rests on a closed document; its title may not go to anybody outside.")
        )
    asked_of, email = asked_of.strip(), email.strip()
    if not asked_of:
        raise Refused(_("Say who is asked: the body, firm or person who benefits."))
    if email:
        try:
            validate_email(email)
        except ValidationError:
            raise Refused(_("“%(found)s” is no e-mail address.") % {"found": email[:80]}) from None
        check_fits(Confirmation, "email", email)
    now = timezone.now()
    if instead_of is not None:
        _end(row, instead_of)
    secret, digest = make_secret()
    made = Confirmation.objects.create(
        task=row,
        asked_of=asked_of[:200],
        email=email,
        digest=digest,
        body=body,
        asked_by=actor,
        asked_at=now,
        expires_at=now + LASTS,
    )
    row.last_word_at = now
    touch(row, "last_word_at")
    detail = {"confirmation": made.pk, "asked_of": made.asked_of}
    record_action(row, detail=detail | ({"instead_of": instead_of} if instead_of else {}))
    return made, secret


@action("delivery.end_confirmation", may=can_follow_up)
def end_confirmation(actor: User | None, *, confirmation: int) -> Confirmation:
    """Let a link nobody answered be good no more, as when it went to the wrong person.

    Raises:
        PermissionDenied: neither side of the task is theirs.
        Refused: it was answered, or it is good no more already.
    """
    found = Confirmation.objects.values_list("task", flat=True).get(pk=confirmation)
    row = lock_task(found, seen=None)
    _either_side(actor, row)
    made = _end(row, confirmation)
    touch(row)
    record_action(row, detail={"confirmation": made.pk, "asked_of": made.asked_of})
    return made


@action("delivery.answer_confirmation", may=lambda _person: False)
def answer_confirmation(
    actor: User | None,
    *,
    secret: str,
    verdict: Received,
    without: Without | None = None,
    words: str = "",
) -> Confirmation:
    """Take the answer of who benefits; delivered, wholly or in part, it is evidence at once.

    Nobody signs in for it: whoever holds the link answers, once.
    Args:
        actor: None; somebody who has signed in does not answer in another's place.
        verdict: what they say of the result.
        without: what would have come without the help; None if they do not say.
        words: in their own words.
    Raises:
        Refused: the link is unknown, answered, ended or too old.
    """
    state, found = look_at_request(secret)
    if found is None or state != LinkState.GOOD:
        raise Refused(_("This link is good no more: it was used, or its time is over."))
    row = lock_task(found.task_id, seen=None)
    state, made = look_at_request(secret, lock=True)
    if made is None or state != LinkState.GOOD:
        raise Refused(_("This link is good no more: it was used, or its time is over."))
    now = timezone.now()
    made.answered_at, made.verdict = now, verdict
    made.without, made.words = without or "", words.strip()[:1000]
    if verdict != Received.NO:
        made.evidence = Evidence.objects.create(
            task=row,
            kind=EvidenceKind.CONFIRMATION,
            what=(f"{made.asked_of}: {made.words}" if made.words else made.asked_of)[:500],
            on=timezone.localdate(now),
            added_at=now,
        )
    made.save(update_fields=["answered_at", "verdict", "without", "words", "evidence"])
    row.last_word_at = now
    touch(row, "last_word_at")
    detail = {"confirmation": made.pk, "verdict": verdict, "evidence": made.evidence_id}
    record_action(row, detail=detail)
    return made


def _either_side(actor: User | None, row: Task) -> Body | None:
    sides = parties_of(actor, row)
    return require_party(actor, row, Party.ASSIGNEE if Party.ASSIGNEE in sides else Party.ASSIGNER)


def _end(row: Task, pk: int) -> Confirmation:
    made = Confirmation.objects.select_for_update().filter(task=row, pk=pk).first()
    if made is None:
        raise PermissionDenied("confirmation: another task's")
    if made.answered_at is not None:
        raise Refused(_("It was answered already; its link is good no more."))
    if made.ended_at is not None:
        raise Refused(_("This link was ended already."))
    made.ended_at = timezone.now()
    made.save(update_fields=["ended_at"])
    return made
