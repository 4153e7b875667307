"""What every decision shares: the lock, the row that keeps it, its consequence in the ledger.

Plain functions for the actions beside them. A decision locks its document's row first: two people
in one document take turns, and a re-reading does not pass between them.
"""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from diemcau.accounts.models import User
from diemcau.accounts.rules import Duty
from diemcau.delivery.ledger import record_task, withdraw_task
from diemcau.delivery.models import DeadlineCorrection
from diemcau.delivery.promises import settle_commitment
from diemcau.documents.models import Document, Statement, StatementKind, StatementState
from diemcau.documents.rules import require
from diemcau.documents.store import settle_event_day
from diemcau.engagements.ledger import record_event, withdraw_event
from diemcau.indicators.ledger import record_figure, withdraw_figure
from diemcau.review.models import Batch, Decision, Verb
from diemcau.review.refusals import DecisionRefused, StatementMoved

__all__ = ["change_statement", "last_decision", "lock_statement", "restore_statement"]


def lock_statement(actor: User | None, pk: int, *, seen: int | None) -> Statement:
    """The statement, its document locked until the transaction ends.

    Args:
        actor: must see the document and may confirm over its owner.
        seen: the statement's version the person had before them; None does not ask.
    Raises:
        StatementMoved: it has another version now.
        PermissionDenied: it is not the actor's to decide.
    """
    document = Statement.objects.values_list("document_id", flat=True).get(pk=pk)
    Document.objects.select_for_update(no_key=True).get(pk=document)
    statement = Statement.objects.select_related(
        "document", "text_version", "decided_by", "merged_into"
    ).get(pk=pk)
    require(actor, Duty.CONFIRM, statement.document)
    if seen is not None and seen != statement.version:
        raise StatementMoved(statement)
    return statement


def change_statement(
    statement: Statement,
    *,
    verb: Verb,
    by: User | None,
    state: StatementState,
    corrected: dict[str, Any] | None,
    merged_into: Statement | None = None,
    batch: Batch | None = None,
) -> Decision:
    """Put a statement into a state, keep the decision, let the ledger follow."""
    decision = Decision.objects.create(
        statement=statement,
        verb=verb,
        state_before=statement.state,
        state_after=state,
        corrected_before=statement.corrected,
        corrected_after=corrected,
        merged_into_before=statement.merged_into,
        merged_into_after=merged_into,
        batch=batch,
        by=by,
        at=timezone.now(),
    )
    statement.state = state
    statement.corrected = corrected
    statement.merged_into = merged_into
    statement.decided_by, statement.decided_at = by, decision.at
    _save(statement)
    return decision


def restore_statement(decision: Decision, statement: Statement, *, by: User | None) -> None:
    """Undo the statement's last decision: it is as it was before.

    Raises:
        DecisionRefused: what it was before no longer stands.
    """
    target = decision.merged_into_before
    if target is not None and target.state not in (
        StatementState.PROPOSED,
        StatementState.ACCEPTED,
    ):
        raise DecisionRefused(
            _("This cannot be undone: the statement it was merged into, “%(quote)s”, is %(state)s.")
            % {"quote": target.quote[:80], "state": target.get_state_display().lower()}
        )
    decision.undone_by, decision.undone_at = by, timezone.now()
    decision.save(update_fields=["undone_by", "undone_at"])
    before = last_decision(statement)
    statement.state = decision.state_before
    statement.corrected = decision.corrected_before
    statement.merged_into = target
    statement.decided_by = before.by if before else None
    statement.decided_at = before.at if before else None
    # A correction told on the task's page is this decision, of the same instant; a notice may have
    # taken the task over since, so it is not looked for by the sentence.
    DeadlineCorrection.objects.filter(at=decision.at, by=decision.by, undone_at=None).update(
        undone_by=by, undone_at=decision.undone_at
    )
    _save(statement)


def last_decision(statement: Statement) -> Decision | None:
    """The decision that holds for a statement; None if nobody decided or all was undone."""
    return (
        Decision.objects.filter(statement=statement, undone_at=None)
        .select_related("by", "batch", "merged_into_before")
        .last()
    )


def _save(statement: Statement) -> None:
    statement.version += 1
    statement.save(
        update_fields=[
            *("state", "corrected", "sought", "merged_into"),
            *("decided_by", "decided_at", "version"),
        ]
    )
    _settle_ledger(statement)


def _settle_ledger(statement: Statement) -> None:
    accepted = statement.state == StatementState.ACCEPTED
    if statement.kind == StatementKind.TASK:
        (record_task if accepted else withdraw_task)(statement)
    elif statement.kind == StatementKind.FIGURE:
        (record_figure if accepted else withdraw_figure)(statement)
    elif statement.kind == StatementKind.COMMITMENT:
        (settle_commitment if accepted else withdraw_task)(statement)
    elif statement.kind == StatementKind.EVENT:
        (record_event if accepted else withdraw_event)(statement)
        _settle_day(statement.document)


def _settle_day(document: Document) -> None:
    """The day of the meeting may have changed, and with it that of its tasks and promises."""
    before = document.event_on
    if settle_event_day(document) == before:
        return
    versions = {version.pk: version for version in document.texts.all()}
    kinds = {StatementKind.TASK: record_task, StatementKind.COMMITMENT: settle_commitment}
    for one in Statement.objects.filter(
        document=document, kind__in=kinds, state=StatementState.ACCEPTED
    ):
        one.document, one.text_version = document, versions[one.text_version_id]
        kinds[one.kind](one)
