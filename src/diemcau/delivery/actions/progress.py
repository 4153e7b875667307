"""A body's progress report: written in two minutes, its own until its approver releases it.

A report that is not released leaves no trace on its task: no version, no last word. The log says
that somebody wrote one, never what stands in it.
"""

from enum import Enum

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from diemcau.access.rules import covering
from diemcau.accounts.models import User
from diemcau.accounts.rules import Duty, can_confirm
from diemcau.audit.actions import action, record_action
from diemcau.delivery.actions.moves import apply_move
from diemcau.delivery.doers.answering import accept_by_work
from diemcau.delivery.doers.reporting import (
    has_approver,
    last_answer,
    own_bodies,
    reporting_body,
)
from diemcau.delivery.ledger import touch
from diemcau.delivery.locking import lock_task
from diemcau.delivery.models import Progress, ProgressState, Task
from diemcau.delivery.obstacles import Hindrance, note_hindrance
from diemcau.delivery.refusals import Refused, ReportMoved
from diemcau.delivery.rules import can_follow_up, require_party, sees_progress
from diemcau.delivery.states import OPEN, Move, Party, Status
from diemcau.directory.models import Body

__all__ = [
    "KEEP",
    "Keep",
    "discard_draft",
    "release_progress",
    "return_progress",
    "submit_progress",
    "write_progress",
]


class Keep(Enum):
    """Says that a field is not typed anew."""

    KEEP = "keep"


KEEP = Keep.KEEP
"""The field stays as the draft, or else the body's last released answer, has it."""


@action("delivery.write_progress", may=can_follow_up)
def write_progress(
    actor: User | None,
    *,
    task: int,
    done: str | Keep = KEEP,
    next_step: str | Keep = KEEP,
    recommendation: str | Keep = KEEP,
    percent: int | Keep | None = KEEP,
    period: str = "",
    hindrance: Hindrance | None = None,
    to: ProgressState = ProgressState.DRAFT,
    body: str = "",
    report: int | None = None,
    seen: int | None = None,
) -> Progress:
    """Write a report or go on with the one that is open; a field not typed keeps its last answer.

    Args:
        task: its id.
        percent: how far, 0 to 100; None says that the body does not say.
        period: the reporting period it answers, "2026-Q3"; "" if none asked.
        hindrance: what stands in the way, if the report says so.
        to: DRAFT; SUBMITTED hands it to the approver in the same stroke; RELEASED lets an approver
            of the body release what they wrote, for releasing judges nothing.
        body: id in the directory of the body they report for, where they act for several of the
            task's; "" is the one that leads it.
        report: the open report the person goes on with; None begins one.
        seen: its version they had before them; None does not ask.
    Raises:
        PermissionDenied: the task was not given to a body of theirs, or they may not release.
        Refused: the task is closed, nothing is said, a number is none, nobody could release what
            is handed on, or somebody of the same body has an open report the person did not have
            before them.
    """
    row = lock_task(task, seen=None)
    speaker = _reports_for(actor, row, body)
    _still_owed(row)
    if to == ProgressState.SUBMITTED:
        _require_approver(speaker)
    made = _open_report(row, speaker, report=report, seen=seen)
    _fill(made, done=done, next_step=next_step, recommendation=recommendation, percent=percent)
    if not made.done and not made.next_step:
        raise Refused(_("Say what was done, or what comes next."))
    made.period = period.strip()[:20] or made.period
    made.written_by, made.written_at = actor, timezone.now()
    made.version += 1
    made.state, made.returned_because = ProgressState.DRAFT, ""
    made.save()
    if hindrance is not None:
        made.obstacles.all().delete()
        note_hindrance(actor, row, speaker, hindrance, progress=made)
    if to == ProgressState.SUBMITTED:
        made.state = to
        made.save(update_fields=["state"])
    elif to == ProgressState.RELEASED:
        _require_release(actor, speaker)
        _release(actor, row, made)
    _record(row, made)
    return made


@action("delivery.submit_progress", may=can_follow_up)
def submit_progress(actor: User | None, *, report: int, seen: int | None = None) -> Progress:
    """Hand a draft to the body's approver.

    Raises:
        PermissionDenied: it is not of a body of theirs.
        Refused: it is no draft, it changed since they saw it, or nobody could release it.
    """
    row, made = _own(actor, report, seen=seen)
    if made.state not in (ProgressState.DRAFT, ProgressState.RETURNED):
        raise Refused(_wrong_state(made))
    _still_owed(row)
    _require_approver(made.body)
    _turn(made, ProgressState.SUBMITTED, returned_because="")
    _record(row, made)
    return made


@action("delivery.return_progress", may=can_confirm)
def return_progress(
    actor: User | None, *, report: int, reason: str, seen: int | None = None
) -> Progress:
    """Give a submitted report back to its writer; the reason is the body's own, too.

    Raises:
        PermissionDenied: they are no approver of the body.
        Refused: it waits for no release, or no reason is given.
    """
    row, made = _own(actor, report, seen=seen)
    _require_release(actor, made.body)
    if made.state != ProgressState.SUBMITTED:
        raise Refused(_wrong_state(made))
    if not reason.strip():
        raise Refused(_("Say why, in a few words."))
    _turn(made, ProgressState.RETURNED, returned_because=reason.strip()[:500])
    _record(row, made)
    return made


@action("delivery.release_progress", may=can_confirm)
def release_progress(actor: User | None, *, report: int, seen: int | None = None) -> Progress:
    """Let a report out: from now on whoever sees the task sees it, and the body has spoken.

    A task nobody had begun is in progress from then on, by the table of moves.
    Raises:
        PermissionDenied: they are no approver of the body.
        Refused: it is released already, its writer has it back, or the task is closed.
    """
    row, made = _own(actor, report, seen=seen)
    _require_release(actor, made.body)
    is_own_draft = made.state == ProgressState.DRAFT and (
        actor is None or made.written_by_id == actor.pk
    )
    if made.state != ProgressState.SUBMITTED and not is_own_draft:
        raise Refused(_wrong_state(made))
    _still_owed(row)
    _release(actor, row, made)
    _record(row, made)
    return made


@action("delivery.discard_draft", may=can_follow_up)
def discard_draft(actor: User | None, *, report: int, seen: int | None = None) -> Progress:
    """Throw a report away that was never released, with the obstacles written beside it.

    Raises:
        PermissionDenied: it is not of a body of theirs.
        Refused: it waits for release or is released.
    """
    row, made = _own(actor, report, seen=seen)
    if made.state not in (ProgressState.DRAFT, ProgressState.RETURNED):
        raise Refused(_wrong_state(made))
    pk = made.pk
    made.obstacles.all().delete()
    made.delete()
    made.pk = pk
    record_action(made, detail={"task": row.pk})
    return made


def _reports_for(actor: User | None, row: Task, wanted: str) -> Body | None:
    require_party(actor, row, Party.ASSIGNEE)
    return reporting_body(actor, row, wanted=wanted)


def _require_approver(body: Body | None) -> None:
    """Refuse to hand a report to nobody: it would wait where no person finds it."""
    if body is not None and not has_approver(body):
        raise Refused(
            _(
                "%(body)s has nobody who may release its reports. Keep this one as a draft, and ask"
                " the administrator to give somebody the role of approver of that body."
            )
            % {"body": body}
        )


def _still_owed(row: Task) -> None:
    if row.status not in (*OPEN, Status.SUSPENDED):
        raise Refused(
            _("The task is “%(state)s”; it takes no progress report any more.")
            % {"state": row.get_status_display()}
        )


def _open_report(row: Task, body: Body | None, *, report: int | None, seen: int | None) -> Progress:
    """The report to go on with, or a new one filled with the body's last answer."""
    open_ = (
        Progress.objects.select_for_update()
        .filter(task=row, body=body, report=None)
        .exclude(state=ProgressState.RELEASED)
        .first()
    )
    if open_ is None:
        if report is not None:
            raise ReportMoved()
        last = last_answer(row, body)
        return Progress(
            task=row,
            body=body,
            assignment=_assignment_of(row, body),
            done=last.done if last else "",
            next_step=last.next_step if last else "",
            recommendation=last.recommendation if last else "",
            percent=last.percent if last else None,
            follows=last,
        )
    if open_.pk != report or (seen is not None and seen != open_.version):
        raise ReportMoved()
    if open_.state == ProgressState.SUBMITTED:
        raise Refused(_wrong_state(open_))
    return open_


def _assignment_of(row: Task, body: Body | None):
    if body is None:
        return None
    return row.assignments.filter(ended_at=None, body=body.ref).order_by("pk").first()


def _fill(made: Progress, **typed: str | int | Keep | None) -> None:
    for name, value in typed.items():
        if value is KEEP:
            continue
        if name == "percent":
            if value is not None and not (isinstance(value, int) and 0 <= value <= 100):
                raise Refused(_("How far it is goes from 0 to 100 percent."))
            made.percent = value
        else:
            setattr(made, name, str(value).strip())


def _own(actor: User | None, report: int, *, seen: int | None) -> tuple[Task, Progress]:
    """The report locked after its task; one that is not theirs to see is not there."""
    own = Progress.objects.filter(sees_progress(actor), pk=report)
    found = own.values_list("task", flat=True).first()
    if found is None:
        raise PermissionDenied("progress: hidden")
    row = lock_task(found, seen=None)
    require_party(actor, row, Party.ASSIGNEE)
    made = own.select_for_update(of=("self",)).select_related("body").first()
    if made is None or (seen is not None and seen != made.version):
        raise ReportMoved()
    return row, made


def _require_release(actor: User | None, body: Body | None) -> None:
    """Refuse who is no approver of the reporting body itself."""
    if actor is None:
        return
    if body is None:
        if covering(actor, Duty.CONFIRM, None) is None:
            raise PermissionDenied("progress: no approver")
    elif body.pk not in own_bodies(actor, Duty.CONFIRM):
        raise PermissionDenied("progress: no approver")


def _release(actor: User | None, row: Task, made: Progress) -> None:
    now = timezone.now()
    _turn(made, ProgressState.RELEASED, released_by=actor, released_at=now, returned_because="")
    if row.status == Status.NEW:
        apply_move(actor, row, Move.START)
    accept_by_work(actor, row, made.body)
    row.last_word_at = now
    touch(row, "last_word_at")


def _turn(made: Progress, state: ProgressState, **fields: object) -> None:
    made.state = state
    for name, value in fields.items():
        setattr(made, name, value)
    made.version += 1
    made.save(update_fields=["state", "version", *fields])


def _record(row: Task, made: Progress) -> None:
    if made.state == ProgressState.RELEASED:
        record_action(row, detail={"progress": made.pk, "state": made.state})
    else:
        # No word of a draft, nor of why it was returned: the log is read by others.
        record_action(made, detail={"task": row.pk, "state": made.state})


def _wrong_state(made: Progress) -> str:
    return _("This report is “%(state)s”; that cannot be done with it now.") % {
        "state": made.get_state_display()
    }
