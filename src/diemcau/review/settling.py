"""Statements accepted before their kind had rows in the ledger get them."""

from django.db.models import QuerySet

from diemcau.accounts.models import User
from diemcau.accounts.rules import can_manage_accounts
from diemcau.audit.actions import action, record_action
from diemcau.delivery.promises import record_commitment
from diemcau.documents.models import Statement, StatementKind, StatementState
from diemcau.engagements.ledger import record_event

__all__ = ["settle_missing"]

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
    return made


def _missing() -> QuerySet[Statement]:
    accepted = Statement.objects.filter(state=StatementState.ACCEPTED)
    rows = accepted.filter(kind=StatementKind.COMMITMENT, task=None) | accepted.filter(
        kind=StatementKind.EVENT, event_report=None
    )
    return rows.select_related("document", "decided_by").order_by("pk")


@action("review.settle_missing", may=can_manage_accounts)
def _settle(actor: User | None, *, statements: list[Statement]) -> int:
    for statement in statements:
        if statement.kind == StatementKind.COMMITMENT:
            record_commitment(statement)
        else:
            record_event(statement)
    record_action(
        statements[0].document,
        detail={"n": len(statements), "statements": [one.pk for one in statements]},
    )
    return len(statements)
