"""What is written at the gate: a stop, the decision on it, a paper record, a file held apart."""

import os
import tempfile
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from diemcau.accounts.models import User
from diemcau.accounts.rules import can_add_documents, can_confirm
from diemcau.audit.actions import action, record_action
from diemcau.documents.custody import Custody, allow_custody
from diemcau.gate.models import Decision, HeldFile, HeldState, PaperRecord, Stop
from diemcau.gate.rules import (
    can_decide_held,
    can_record_paper,
    may_decide_secrecy,
    may_refuse,
)
from vanban.letters import fold
from vanban.secrecy import Mark

__all__ = [
    "GateRefused",
    "checked_reason",
    "decide_open",
    "decide_paper",
    "decide_refused",
    "destroy_held",
    "hold_file",
    "record_infected",
    "record_paper",
    "record_stop",
    "settle_held",
]

_SHORTEST_REASON = 10


class GateRefused(Exception):
    """The decision cannot be taken; the message says why and what to do."""


@action("gate.stop", may=can_add_documents)
def record_stop(
    actor: User | None, *, sha256: str, size: int, marks: list[Mark], owner: int | None = None
) -> Stop:
    """Remember that a marked file was stopped; nothing of its content, not even its name.

    Args:
        marks: what was found, at least one.
        owner: id of the body for which it was brought.
    """
    kinds = sorted({(m.rule, m.level) for m in marks})
    stop, is_new = Stop.objects.get_or_create(
        sha256=sha256,
        defaults={
            "size": size,
            "owner_id": owner,
            "marks": [list(kind) for kind in kinds],
            "stopped_at": timezone.now(),
            "stopped_by": actor,
        },
    )
    record_action(stop, detail={"sha256": sha256, "marks": stop.marks, "again": not is_new})
    return stop


@action("gate.decide_open", may=can_confirm)
def decide_open(actor: User | None, stop: Stop, *, reason: str) -> Stop:
    """Say that a marked file is not secret after all; the same bytes then go in.

    The log says where who brought it decided alone, because nobody else could.

    Raises:
        GateRefused: no reason is given, or somebody has decided already.
        PermissionDenied: the actor may not decide, or a second person has to.
    """
    if not may_decide_secrecy(actor, stop):
        raise PermissionDenied("gate.decide_open")
    is_own = actor is not None and stop.stopped_by_id == actor.pk
    more = {"alone": True} if is_own else {}
    return _decide(actor, stop, Decision.OPEN, checked_reason(reason), **more)


@action("gate.decide_refused", may=can_add_documents)
def decide_refused(actor: User | None, stop: Stop, *, reason: str = "") -> Stop:
    """Keep a marked file out; nothing of it is here, so there is nothing to remove.

    Raises:
        GateRefused: somebody has decided already.
    """
    return _decide(actor, stop, Decision.REFUSED, reason.strip())


@action("gate.decide_paper", may=can_record_paper)
def decide_paper(
    actor: User | None,
    stop: Stop,
    *,
    number: str,
    issued_on: date | None,
    issuer: str,
    kept_at: str,
) -> PaperRecord:
    """Keep a marked file out and record that it exists on paper.

    Raises:
        GateRefused: it does not say who issued it and where it is, or somebody has decided.
    """
    paper = _paper(number=number, issued_on=issued_on, issuer=issuer, kept_at=kept_at)
    paper.stop = _decided(actor, stop, Decision.PAPER, "")
    return _save_paper(actor, paper)


@action("gate.record_paper", may=can_record_paper)
def record_paper(
    actor: User | None, *, number: str, issued_on: date | None, issuer: str, kept_at: str
) -> PaperRecord:
    """Record that a document exists on paper, of which no file was ever brought.

    Raises:
        GateRefused: it does not say who issued it and where it is.
    """
    paper = _paper(number=number, issued_on=issued_on, issuer=issuer, kept_at=kept_at)
    return _save_paper(actor, paper)


@action("gate.hold", may=can_add_documents)
def hold_file(
    actor: User | None, *, data: bytes, sha256: str, name: str, why: str, custody: Custody
) -> HeldFile:
    """Keep a file apart that no scanner could look at; nobody sees it until a person decides.

    Args:
        why: why the scanner could not be asked.
        custody: whose it is to be once it is released.
    """
    allow_custody(actor, custody)
    held = HeldFile.objects.filter(sha256=sha256, state=HeldState.HELD).first()
    is_new = held is None
    if held is None:
        held = HeldFile.objects.create(
            sha256=sha256,
            name=name,
            size=len(data),
            owner_id=custody.owner,
            is_closed=custody.is_closed,
            found=why,
            state=HeldState.HELD,
            held_at=timezone.now(),
            held_by=actor,
        )
        _write(held, data)
    record_action(held, detail={"sha256": sha256, "found": why, "again": not is_new})
    return held


@action("gate.infected", may=can_add_documents)
def record_infected(
    actor: User | None, *, sha256: str, name: str, size: int, found: str
) -> HeldFile:
    """Remember that a harmful file was refused; its bytes are not kept."""
    held = HeldFile.objects.create(
        sha256=sha256,
        name=name,
        size=size,
        found=found,
        state=HeldState.INFECTED,
        held_at=timezone.now(),
        held_by=actor,
    )
    record_action(held, detail={"sha256": sha256, "found": found})
    return held


@action("gate.destroy", may=can_decide_held)
def destroy_held(actor: User | None, held: HeldFile, *, reason: str) -> HeldFile:
    """Destroy a file that is held apart; its row stays.

    Raises:
        GateRefused: no reason is given, or somebody has decided already.
    """
    held = settle_held(actor, held, HeldState.DESTROYED, checked_reason(reason))
    record_action(held, detail={"sha256": held.sha256}, reason=held.reason)
    return held


def settle_held(actor: User | None, held: HeldFile, state: str, reason: str) -> HeldFile:
    """Set the decision on a held file; its bytes go once the transaction holds.

    Raises:
        GateRefused: somebody has decided already.
    """
    held = HeldFile.objects.select_for_update(no_key=True, of=("self",)).get(pk=held.pk)
    if held.state != HeldState.HELD:
        raise GateRefused(_("Somebody has decided on this file already."))
    held.state, held.reason = state, reason
    held.decided_by, held.decided_at = actor, timezone.now()
    held.save()
    path = held.path
    transaction.on_commit(lambda: path.unlink(missing_ok=True))
    return held


def checked_reason(reason: str) -> str:
    """The reason in the person's words, stripped.

    Raises:
        GateRefused: it says nothing.
    """
    reason = reason.strip()
    if len(reason) < _SHORTEST_REASON:
        raise GateRefused(_("Say why, in at least ten characters; the reason is kept in the log."))
    return reason


def _decide(actor: User | None, stop: Stop, decision: str, reason: str, **more: bool) -> Stop:
    stop = _decided(actor, stop, decision, reason)
    record_action(stop, detail={"sha256": stop.sha256, "marks": stop.marks, **more}, reason=reason)
    return stop


def _decided(actor: User | None, stop: Stop, decision: str, reason: str) -> Stop:
    if not may_refuse(actor, stop):
        raise PermissionDenied("gate.decide")
    stop = Stop.objects.select_for_update(no_key=True, of=("self",)).get(pk=stop.pk)
    # Only a refusal can be thought over; what went in does not come out, and a record stays.
    if stop.decision in (Decision.OPEN, Decision.PAPER):
        raise GateRefused(_("Somebody has decided on this file already."))
    stop.decision, stop.reason = decision, reason
    stop.decided_by, stop.decided_at = actor, timezone.now()
    stop.save()
    return stop


def _paper(**given: Any) -> PaperRecord:
    given = {k: " ".join(v.split()) if isinstance(v, str) else v for k, v in given.items()}
    paper = PaperRecord(**given)
    if not paper.issuer or not paper.kept_at:
        raise GateRefused(_("Say who issued the document and where the paper is kept."))
    for field in ("number", "issuer", "kept_at"):
        most = PaperRecord._meta.get_field(field).max_length or 0
        if len(getattr(paper, field)) > most:
            raise GateRefused(_("At most %(n)s characters, please.") % {"n": most})
    paper.folded = fold(f"{paper.number} {paper.issuer}")[:400]
    return paper


def _save_paper(actor: User | None, paper: PaperRecord) -> PaperRecord:
    paper.added_by, paper.added_at = actor, timezone.now()
    paper.save()
    record_action(
        paper,
        detail={
            "number": paper.number,
            "issued_on": paper.issued_on.isoformat() if paper.issued_on else None,
            "issuer": paper.issuer,
            "sha256": paper.stop.sha256 if paper.stop else None,
        },
    )
    return paper


def _write(held: HeldFile, data: bytes) -> None:
    """Write the bytes under a name that is their hash, for the server's own account only."""
    held.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, temporary = tempfile.mkstemp(dir=held.path.parent)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    os.replace(temporary, held.path)
