"""Decisions on statements: accept, correct, reject, merge, in a batch, and undo."""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from diemcau.accounts.models import User
from diemcau.accounts.rules import Duty, can_confirm
from diemcau.audit.actions import action, record_action
from diemcau.delivery.deadlines import read_deadline
from diemcau.delivery.models import Task
from diemcau.delivery.refusals import FarDeadline, Refused
from diemcau.delivery.rules import parties_of
from diemcau.delivery.states import Party
from diemcau.documents.models import LIVE, Document, Statement, StatementState
from diemcau.documents.rules import require
from diemcau.review.corrections import InvalidValues, clean_values
from diemcau.review.deadlines import check_said
from diemcau.review.decide import (
    change_statement,
    last_decision,
    lock_statement,
    restore_statement,
)
from diemcau.review.models import Batch, Verb
from diemcau.review.queries import proposed_statements
from diemcau.review.refusals import DecisionRefused
from vanban.letters import fold

__all__ = [
    "accept_batch",
    "accept_statement",
    "correct_statement",
    "merge_statements",
    "reject_statement",
    "undo_batch",
    "undo_decision",
]


@action("review.accept", may=can_confirm)
def accept_statement(actor: User | None, pk: int, *, seen: int | None = None) -> Statement:
    """Accept a statement as it was read; its ledger item appears.

    Args:
        pk: the statement.
        seen: its version as the person saw it; None does not ask.
    Raises:
        StatementMoved: somebody decided on it since.
        DecisionRefused: it is superseded.
    """
    statement = _open(actor, pk, seen)
    if statement.state == StatementState.ACCEPTED:
        raise DecisionRefused(_("This statement is accepted already."))
    return _decide(statement, Verb.ACCEPT, actor, StatementState.ACCEPTED, statement.corrected)


@action("review.correct", may=can_confirm)
def correct_statement(
    actor: User | None, pk: int, *, values: Mapping[str, Any], seen: int | None = None
) -> Statement:
    """Accept a statement with other values; what was read stays beside them.

    Args:
        pk: the statement.
        values: text per field, as `corrections.clean_values` takes it.
        seen: its version as the person saw it; None does not ask.
    Raises:
        InvalidValues: a field cannot stand; nothing was changed.
        StatementMoved: somebody decided on it since.
        DecisionRefused: it is superseded.
    """
    statement = _open(actor, pk, seen)
    cleaned = clean_values(statement.kind, values)
    changed = {k for k, v in cleaned.items() if not _same(v, statement.data.get(k))}
    corrected = statement.data | {k: cleaned[k] for k in changed}
    if "deadline" in changed and (due := read_deadline(cleaned["deadline"])):
        try:
            FarDeadline.check(
                str(values.get("deadline")), due.due_to, on=statement.document.spoken_on
            )
        except FarDeadline as far:
            raise InvalidValues({"deadline": str(far)}) from far
    _check_task(actor, statement, cleaned)
    # What the reader said about a value goes with the value it was said about.
    for value, remark, without in (
        ("deadline", "deadline_quote", None),
        ("date", "date_inferred", False),
        ("period", "period_inferred", False),
        ("name", "ref", None),
    ):
        if value in changed and remark in corrected:
            corrected[remark] = without
    same = not changed and statement.corrected is None
    verb = Verb.ACCEPT if same else Verb.CORRECT
    return _decide(
        statement,
        verb,
        actor,
        StatementState.ACCEPTED,
        None if not changed else corrected,
        fields=sorted(changed),
    )


@action("review.reject", may=can_confirm)
def reject_statement(actor: User | None, pk: int, *, seen: int | None = None) -> Statement:
    """Reject a statement: the text does not say this; its ledger item, if any, is withdrawn.

    Raises:
        StatementMoved: somebody decided on it since.
        DecisionRefused: it is superseded.
    """
    statement = _open(actor, pk, seen)
    if statement.state == StatementState.REJECTED:
        raise DecisionRefused(_("This statement is rejected already."))
    _refuse_followed_up(actor, statement)
    return _decide(statement, Verb.REJECT, actor, StatementState.REJECTED, statement.corrected)


@action("review.merge", may=can_confirm)
def merge_statements(
    actor: User | None, pk: int, *, into: int, seen: int | None = None
) -> Statement:
    """Say that a statement is the same as another of its document and kind, which stays.

    Args:
        pk: the statement that goes.
        into: the statement that stays.
        seen: the first one's version as the person saw it; None does not ask.
    Raises:
        StatementMoved: somebody decided on it since.
        DecisionRefused: the two cannot be one; says why.
    """
    statement = _open(actor, pk, seen)
    other = Statement.objects.filter(pk=into, document=statement.document_id).first()
    if other is None or other.kind != statement.kind or other.pk == statement.pk:
        raise DecisionRefused(
            _("Choose another statement of the same kind in this document to merge with.")
        )
    if other.state not in LIVE:
        raise DecisionRefused(
            _("“%(quote)s” cannot take another in: it is %(state)s. Choose one that stands.")
            % {"quote": other.quote[:80], "state": other.get_state_display().lower()}
        )
    if statement.merged_from.exists():
        raise DecisionRefused(
            _("Others are merged into this statement. Merge the other one into this instead.")
        )
    _refuse_followed_up(actor, statement)
    return _decide(
        statement, Verb.MERGE, actor, StatementState.MERGED, statement.corrected, into=other
    )


@action("review.accept_batch", may=can_confirm)
def accept_batch(
    actor: User | None, *, document: Document, kinds: list[str], minimum: float
) -> Batch:
    """Accept what is still proposed in a document and passes a filter, in one stroke.

    Args:
        document: the document.
        kinds: kinds to take; none given takes every kind.
        minimum: least confidence, 0..1.
    Returns:
        The batch, with the number of statements accepted; it is undone in one.
    """
    document = Document.objects.select_for_update(no_key=True).get(pk=document.pk)
    require(actor, Duty.CONFIRM, document)
    batch = Batch.objects.create(
        document=document,
        filter={"kinds": sorted(kinds), "minimum": minimum},
        by=actor,
        at=timezone.now(),
    )
    # The text is long and the same for all: fetched once, not with every statement.
    versions = {version.pk: version for version in document.texts.all()}
    for statement in proposed_statements(document, kinds=kinds, minimum=minimum):
        statement.document, statement.text_version = document, versions[statement.text_version_id]
        change_statement(
            statement,
            verb=Verb.ACCEPT,
            by=actor,
            state=StatementState.ACCEPTED,
            corrected=statement.corrected,
            batch=batch,
        )
        batch.n_statements += 1
    batch.save()
    record_action(batch, detail={"document": document.pk, **batch.filter, "n": batch.n_statements})
    return batch


@action("review.undo", may=can_confirm)
def undo_decision(actor: User | None, pk: int, *, seen: int | None = None) -> Statement:
    """Undo the decision that holds for a statement.

    Args:
        pk: the statement.
        seen: its version as the person saw it; None does not ask.
    Raises:
        StatementMoved: somebody decided on it since.
        DecisionRefused: there is nothing to undo.
    """
    statement = lock_statement(actor, pk, seen=seen)
    decision = last_decision(statement)
    if decision is None:
        raise DecisionRefused(
            _("Nobody has decided on this statement, so there is nothing to undo.")
        )
    if decision.state_before != StatementState.ACCEPTED:
        _refuse_followed_up(actor, statement)
    after = statement.state
    restore_statement(decision, statement, by=actor)
    record_action(
        statement,
        detail={"decision": decision.pk, "before": after, "after": statement.state},
    )
    return statement


@action("review.undo_batch", may=can_confirm)
def undo_batch(actor: User | None, pk: int) -> tuple[Batch, int]:
    """Undo a batch; statements decided on again since then stay as they are.

    Returns:
        The batch and how many of its statements were put back.
    Raises:
        DecisionRefused: it is undone already.
    """
    batch = Batch.objects.select_for_update(of=("self",)).select_related("document").get(pk=pk)
    require(actor, Duty.CONFIRM, batch.document)
    if batch.undone_at is not None:
        raise DecisionRefused(_("This batch is undone already."))
    undone = 0
    decisions = batch.decisions.filter(undone_at=None).order_by("pk")
    for decision in decisions.select_related("merged_into_before"):
        statement = lock_statement(actor, decision.statement_id, seen=None)
        if last_decision(statement) == decision and not _is_followed_up(actor, statement):
            restore_statement(decision, statement, by=actor)
            undone += 1
    batch.undone_at = timezone.now()
    batch.save(update_fields=["undone_at"])
    record_action(batch, detail={"n": batch.n_statements, "undone": undone})
    return batch, undone


def _is_followed_up(actor: User | None, statement: Statement) -> bool:
    """Whether others have worked on the statement's task, and another gave it than this person.

    Taking it out is then no correction of a reading: their work would leave the register with it.
    """
    row = Task.objects.filter(statement=statement, withdrawn_at=None).first()
    if row is None or Party.ASSIGNER in parties_of(actor, row):
        return False
    work = (
        row.transitions.filter(report=None).exclude(move="").exclude(by=actor),
        row.progress.filter(report=None).exclude(written_by=actor),
        row.slips.exclude(asked_by=actor),
    )
    return any(rows.exists() for rows in work)


def _refuse_followed_up(actor: User | None, statement: Statement) -> None:
    if _is_followed_up(actor, statement):
        raise DecisionRefused(
            _(
                "Others have worked on this task already, so it leaves the register only by who"
                " gave it, or the secretariat."
            )
        )


def _check_task(actor: User | None, statement: Statement, cleaned: Mapping[str, Any]) -> None:
    """Refuse who only keeps the document to move a recorded task's deadline, or name its giver.

    Raises:
        InvalidValues: the text says neither.
    """
    rows = Task.objects.select_related("document", "statement__text_version")
    task = rows.filter(statement=statement).first()
    if task is None:
        return
    now, problems = statement.values, {}
    if "deadline" in cleaned and not _same(cleaned["deadline"], now.get("deadline")):
        try:
            check_said(actor, task, deadline=cleaned["deadline"] or "")
        except Refused as refused:
            problems["deadline"] = str(refused)
    issuer = cleaned.get("issuer") or ""
    if (
        "issuer" in cleaned
        and not _same(issuer, now.get("issuer"))
        and not _same(issuer, statement.data.get("issuer"))
        and not (issuer and fold(issuer) in statement.text_version.folded)
        and Party.ASSIGNER not in parties_of(actor, task)
    ):
        problems["issuer"] = _(
            "The document does not name “%(found)s”. Who gave this task, if not as the document"
            " says, is said by who gave it, or the secretariat."
        ) % {"found": issuer[:80]}
    if problems:
        raise InvalidValues(problems)


def _same(typed: Any, read: Any) -> bool:
    """Whether a value typed is the one read: blanks do not matter, and nothing is nothing."""
    if isinstance(read, str):
        read = " ".join(read.split())
    elif isinstance(read, list):
        read = [" ".join(str(one).split()) for one in read]
    return typed == read or (not typed and not read and typed != 0 and read != 0)


def _open(actor: User | None, pk: int, seen: int | None) -> Statement:
    statement = lock_statement(actor, pk, seen=seen)
    if statement.state == StatementState.SUPERSEDED:
        raise DecisionRefused(
            _("A newer reading no longer proposes this statement, so it cannot be decided on.")
        )
    return statement


def _decide(
    statement: Statement,
    verb: Verb,
    actor: User | None,
    state: StatementState,
    corrected: dict[str, Any] | None,
    *,
    into: Statement | None = None,
    fields: list[str] | None = None,
) -> Statement:
    before = statement.state
    decision = change_statement(
        statement, verb=verb, by=actor, state=state, corrected=corrected, merged_into=into
    )
    detail: dict[str, Any] = {
        "decision": decision.pk,
        "kind": statement.kind,
        "before": before,
        "after": state,
    }
    if fields is not None:
        detail["fields"] = fields
    if into is not None:
        detail["into"] = into.pk
    record_action(statement, detail=detail)
    return statement
