"""What people decide of proposals that a matter was said again."""

from django.utils import timezone

from diemcau.accounts.models import User
from diemcau.accounts.rules import Duty, can_confirm
from diemcau.audit.actions import action, record_action
from diemcau.delivery.matters.threads import retie
from diemcau.delivery.models import Echo, EchoState
from diemcau.documents.rules import require

__all__ = ["confirm_echo", "dismiss_echo", "reopen_echo"]


@action("delivery.confirm_echo", may=can_confirm)
def confirm_echo(actor: User | None, *, echo: Echo) -> Echo:
    """Say that the two statements are one matter; they become (part of) one thread."""
    return _decide(actor, echo, EchoState.CONFIRMED)


@action("delivery.dismiss_echo", may=can_confirm)
def dismiss_echo(actor: User | None, *, echo: Echo) -> Echo:
    """Say that the likeness means nothing; the pair is not proposed again."""
    return _decide(actor, echo, EchoState.DISMISSED)


@action("delivery.reopen_echo", may=can_confirm)
def reopen_echo(actor: User | None, *, echo: Echo) -> Echo:
    """Take back a confirmation or a dismissal; the pair waits for a decision again."""
    return _decide(actor, echo, EchoState.PROPOSED)


def _decide(actor: User | None, echo: Echo, state: EchoState) -> Echo:
    row = (
        Echo.objects.select_for_update(of=("self",))
        .select_related("earlier__document", "later__document")
        .get(pk=echo.pk)
    )
    require(actor, Duty.CONFIRM, row.earlier.document, row.later.document)
    before, row.state = row.state, state
    row.decided_by = None if state == EchoState.PROPOSED else actor
    row.decided_at = None if state == EchoState.PROPOSED else timezone.now()
    row.save(update_fields=["state", "decided_by", "decided_at"])
    if EchoState.CONFIRMED in (before, state):
        retie([row.earlier, row.later], by=actor)
    record_action(row, detail={"before": before, "after": state.value})
    return row
