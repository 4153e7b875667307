"""What people do to work in the queue: cancel it, and let it go on after an error."""

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from diemcau.accounts.models import User
from diemcau.accounts.rules import held_by
from diemcau.audit.actions import action, record_action
from diemcau.jobs.models import Job, JobState
from diemcau.jobs.queries import watched

__all__ = ["JobRefused", "cancel_job", "resume_job"]


class JobRefused(ValueError):
    """It cannot be done to this work; the words say why."""


def _may(person: User) -> bool:
    return bool(held_by(person))


@action("jobs.cancel", may=_may)
def cancel_job(actor: User | None, *, job: int) -> Job:
    """Let work end after the step it is in; what was done stays done.

    Raises:
        PermissionDenied: somebody else asked for it.
        JobRefused: it has ended already.
    """
    row = _locked(actor, job)
    if not row.is_open:
        raise JobRefused(_("This work has ended already: %(state)s.") % _state(row))
    now = timezone.now()
    row.cancel_asked_at = row.cancel_asked_at or now
    if row.state == JobState.WAITING:
        row.state, row.ended_at = JobState.CANCELLED, now
    row.save(update_fields=["cancel_asked_at", "state", "ended_at"])
    record_action(row, detail={"kind": row.kind, "done": row.done, "total": row.total})
    return row


@action("jobs.resume", may=_may)
def resume_job(actor: User | None, *, job: int) -> Job:
    """Let work go on from its last finished step, after an error or a cancellation.

    Raises:
        PermissionDenied: somebody else asked for it.
        JobRefused: it is not stopped.
    """
    row = _locked(actor, job)
    if row.state not in (JobState.FAILED, JobState.CANCELLED):
        raise JobRefused(_("Only work that stopped can go on; this is: %(state)s.") % _state(row))
    row.state, row.ended_at, row.message = JobState.WAITING, None, ""
    row.cancel_asked_at, row.tries, row.not_before = None, 0, timezone.now()
    row.save()
    record_action(row, detail={"kind": row.kind, "done": row.done, "total": row.total})
    return row


def _locked(actor: User | None, pk: int) -> Job:
    row = Job.objects.select_for_update(of=("self",)).filter(watched(actor), pk=pk).first()
    if row is None:
        raise PermissionDenied("jobs: another person's")
    return row


def _state(row: Job) -> dict[str, str]:
    return {"state": row.get_state_display()}
