"""What earlier versions left is settled: rows accepted statements stand for, orders told of what
reports tied to them say.
"""

from django.db.models import Q, QuerySet

from diemcau.accounts.models import User
from diemcau.accounts.rules import can_manage_accounts
from diemcau.audit.actions import action, record_action
from diemcau.delivery.ledger import withdraw_task
from diemcau.delivery.matters.reported import reporting_matters, settle_reports
from diemcau.delivery.promises import record_commitment, with_n_texts
from diemcau.delivery.row_reports import asks
from diemcau.delivery.states import Status
from diemcau.documents.models import Statement, StatementKind, StatementState
from diemcau.engagements.ledger import record_event

__all__ = ["settle_missing", "settle_ties"]

_AT_ONCE = 200


def settle_missing(actor: User | None) -> int:
    """Make the commitments and events that accepted statements stand for and nobody made yet.

    Installations from before these had rows bring such statements along; each piece is a
    transaction of its own, and what is there already is left alone.
    Returns:
        How many were made.
    """
    made = 0
    while found := list(_missing()[:_AT_ONCE]):
        made += _settle(actor, statements=found)
    while found := list(_only_counting()[:_AT_ONCE]):
        _take_out(actor, statements=found)
    return made


def _missing() -> QuerySet[Statement]:
    accepted = with_n_texts(Statement.objects.filter(state=StatementState.ACCEPTED))
    promise = Q(kind=StatementKind.COMMITMENT, task=None, n_texts__lte=1)
    rows = accepted.filter(promise | Q(kind=StatementKind.EVENT, event_report=None))
    return rows.select_related("document", "decided_by").order_by("pk")


def _only_counting() -> QuerySet[Statement]:
    """Sentences that only count and have a task from before, on which nobody has worked."""
    rows = with_n_texts(Statement.objects.all()).filter(
        n_texts__gt=1,
        kind=StatementKind.COMMITMENT,
        task__withdrawn_at=None,
        task__status=Status.NEW,
        task__last_word_at=None,
        task__isnull=False,
    )
    return rows.select_related("document").order_by("pk")


@action("review.settle_missing", may=can_manage_accounts)
def _settle(actor: User | None, *, statements: list[Statement]) -> int:
    for statement in statements:
        if statement.kind == StatementKind.COMMITMENT:
            record_commitment(statement)
        else:
            record_event(statement)
    _record(statements)
    return len(statements)


def settle_ties(actor: User | None) -> None:
    """Tell orders what reports say that were tied to them by a version that told none.

    Once, when the ledger first knows by which report an order was told: what is tied later waits
    for who may tell it. Some matters at a time are a transaction.
    """
    matters = reporting_matters()
    for at in range(0, len(matters), _AT_ONCE):
        _tell(actor, matters=matters[at : at + _AT_ONCE])


@action("review.settle_ties", may=can_manage_accounts)
def _tell(actor: User | None, *, matters: list[set[int]]) -> None:
    settle_reports(matters, by=actor)
    reports = Statement.objects.filter(~asks(""), pk__in=set().union(*matters))
    _record(list(reports.select_related("document").defer("folded")))


@action("review.take_out_counts", may=can_manage_accounts)
def _take_out(actor: User | None, *, statements: list[Statement]) -> None:
    for statement in statements:
        withdraw_task(statement)
    _record(statements)


def _record(statements: list[Statement]) -> None:
    detail = {"n": len(statements), "statements": [one.pk for one in statements]}
    record_action(statements[0].document, detail=detail)
