"""What people make of figures set side by side."""

from django.utils import timezone

from diemcau.accounts.models import User
from diemcau.accounts.rules import Duty, can_confirm
from diemcau.audit.actions import action, record_action, record_each
from diemcau.documents.models import Document
from diemcau.documents.rules import may_do, require
from diemcau.indicators.models import Comparison, ComparisonState
from diemcau.indicators.queries import same_disagreement

__all__ = ["confirm_comparison", "dismiss_comparison", "reopen_comparison"]

_CONFIRM = "indicators.confirm_repeat"
_DISMISS = "indicators.dismiss_repeat"
_REOPEN = "indicators.reopen_repeat"
"""What is done to the other pairs of documents in which the same disagreement stands."""


@action("indicators.confirm_comparison", may=can_confirm, each=(_CONFIRM,))
def confirm_comparison(actor: User | None, *, comparison: Comparison) -> Comparison:
    """Say that the comparison is right: the figures do clash, agree, or not fit, as it says.

    Neither figure is changed or chosen.
    """
    return _decide(actor, comparison, ComparisonState.CONFIRMED, _CONFIRM)


@action("indicators.dismiss_comparison", may=can_confirm, each=(_DISMISS,))
def dismiss_comparison(actor: User | None, *, comparison: Comparison) -> Comparison:
    """Say that the figures are not about the same thing; the pair is not proposed again."""
    return _decide(actor, comparison, ComparisonState.DISMISSED, _DISMISS)


@action("indicators.reopen_comparison", may=can_confirm, each=(_REOPEN,))
def reopen_comparison(actor: User | None, *, comparison: Comparison) -> Comparison:
    """Take back a confirmation or a dismissal; the comparison waits for a decision again."""
    return _decide(actor, comparison, ComparisonState.PROPOSED, _REOPEN)


def _decide(
    actor: User | None, comparison: Comparison, state: ComparisonState, repeat: str
) -> Comparison:
    """Decide on a disagreement: on the pair that was shown, and on the others it stands in."""
    asked = Comparison.objects.get(pk=comparison.pk)
    same = same_disagreement(actor, [asked]).values_list("pk", flat=True)
    rows = list(
        Comparison.objects.select_for_update(of=("self",))
        .select_related("left__document", "right__document", "ratio__document")
        .filter(pk__in={*same, asked.pk})
        .order_by("pk")
    )
    row = next(one for one in rows if one.pk == asked.pk)
    require(actor, Duty.CONFIRM, *_documents(row))
    before = row.state
    for one in rows:
        is_shown = one.pk == row.pk
        if not is_shown and (one.state != before or not _may_decide(actor, one)):
            continue
        one.state = state
        one.decided_by = None if state == ComparisonState.PROPOSED else actor
        one.decided_at = None if state == ComparisonState.PROPOSED else timezone.now()
        one.save(update_fields=["state", "decided_by", "decided_at"])
        if not is_shown:
            detail = {"before": before, "after": state.value, "with": row.pk}
            record_each(repeat, Comparison, one.pk, detail=detail)
    record_action(row, detail={"before": before, "after": state.value})
    return row


def _documents(row: Comparison) -> list[Document]:
    return [s.document for s in (row.left, row.right, row.ratio) if s]


def _may_decide(actor: User | None, row: Comparison) -> bool:
    if actor is None:
        return True
    return any(may_do(actor, Duty.CONFIRM, document) for document in _documents(row))
