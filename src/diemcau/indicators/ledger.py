"""From an accepted figure statement to the figure of the ledger; called inside review's actions."""

from django.utils import timezone

from diemcau.documents.models import Statement, StatementKind
from diemcau.indicators.amounts import read_amount
from diemcau.indicators.compare import compare_again
from diemcau.indicators.models import Figure

__all__ = ["record_figure", "withdraw_figure"]


def record_figure(statement: Statement) -> Figure:
    """Make or refresh the figure an accepted statement claims.

    Called again after a correction, the same figure takes the new values and is compared anew; a
    withdrawn figure comes back. Nothing is said about the claim being true.
    Args:
        statement: a saved statement of kind "figures"; `values` is what holds.
    Returns:
        The saved figure.
    Raises:
        ValueError: another kind, or no number to record.
    """
    if statement.kind != StatementKind.FIGURE:
        raise ValueError(f"statement {statement.pk} is of kind {statement.kind}, not a figure")
    values = statement.values
    amount = read_amount(values.get("value"))
    if amount is None:
        raise ValueError(f"statement {statement.pk} has no number: {values.get('value')!r}")
    fields = {
        "value": amount,
        "value_high": read_amount(values.get("value_high")),
        "unit": (values.get("unit") or "count")[:60],
        "bound": values.get("bound") or "eq",
        "what": (values.get("what") or "")[:500],
        "measure": (values.get("measure") or "other")[:60],
        "subject": (values.get("subject") or "")[:200],
        "period": (values.get("period") or "")[:30],
        "role": values.get("role") or "actual",
        "compares": values.get("compares"),
        "withdrawn_at": None,
    }
    figure, _ = Figure.objects.update_or_create(
        statement=statement,
        defaults=fields,
        create_defaults={**fields, "recorded_at": timezone.now()},
    )
    compare_again(statement)
    return figure


def withdraw_figure(statement: Statement) -> None:
    """Take the figure of a statement out of the ledger, keeping its row; without one, nothing."""
    Figure.objects.filter(statement=statement, withdrawn_at=None).update(
        withdrawn_at=timezone.now()
    )
