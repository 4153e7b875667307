"""What people make of figures set side by side."""

from django.utils import timezone

from diemcau.accounts.models import User
from diemcau.accounts.rules import Duty, can_confirm
from diemcau.audit.actions import action, record_action
from diemcau.documents.rules import require
from diemcau.indicators.models import Comparison, ComparisonState

__all__ = ["confirm_comparison", "dismiss_comparison", "reopen_comparison"]


@action("indicators.confirm_comparison", may=can_confirm)
def confirm_comparison(actor: User | None, *, comparison: Comparison) -> Comparison:
    """Say that the comparison is right: the figures do clash, agree, or not fit, as it says.

    Neither figure is changed or chosen.
    """
    return _decide(actor, comparison, ComparisonState.CONFIRMED)


@action("indicators.dismiss_comparison", may=can_confirm)
def dismiss_comparison(actor: User | None, *, comparison: Comparison) -> Comparison:
    """Say that the figures are not about the same thing; the pair is not proposed again."""
    return _decide(actor, comparison, ComparisonState.DISMISSED)


@action("indicators.reopen_comparison", may=can_confirm)
def reopen_comparison(actor: User | None, *, comparison: Comparison) -> Comparison:
    """Take back a confirmation or a dismissal; the comparison waits for a decision again."""
    return _decide(actor, comparison, ComparisonState.PROPOSED)


def _decide(actor: User | None, comparison: Comparison, state: ComparisonState) -> Comparison:
    row = (
        Comparison.objects.select_for_update(of=("self",))
        .select_related("left__document", "right__document", "ratio__document")
        .get(pk=comparison.pk)
    )
    parts = (row.left, row.right, *([row.ratio] if row.ratio else []))
    require(actor, Duty.CONFIRM, *(part.document for part in parts))
    before, row.state = row.state, state
    row.decided_by = None if state == ComparisonState.PROPOSED else actor
    row.decided_at = None if state == ComparisonState.PROPOSED else timezone.now()
    row.save(update_fields=["state", "decided_by", "decided_at"])
    record_action(row, detail={"before": before, "after": state.value})
    return row
