"""What people do on an item's page: move it, show evidence, ask for another deadline, decide."""

from functools import partial

from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.utils.translation import gettext as _

from diemcau.delivery.actions import (
    Left,
    add_evidence,
    ask_slip,
    decide_slip,
    move_task,
    open_obstacle,
    resolve_obstacle,
    withdraw_evidence,
    withdraw_slip,
)
from diemcau.delivery.models import (
    DecidingLevel,
    Evidence,
    EvidenceKind,
    Obstacle,
    Side,
    Slip,
    SlipReason,
    Task,
)
from diemcau.delivery.obstacles import Hindrance
from diemcau.delivery.refusals import Refused, TaskMoved
from diemcau.delivery.rules import require_party
from diemcau.delivery.states import Move, Party
from diemcau.documents.custody import Custody, default_custody
from diemcau.documents.models import Document
from diemcau.documents.rules import library_of
from diemcau.review.deadlines import correct_deadline
from diemcau.review.outcomes import describe, try_take_in
from diemcau.web.filters import id_of
from diemcau.web.following.acting import acting_on, one_of, task_itself
from diemcau.web.following.forms import choice_of, day_of, seen_version, words_of
from diemcau.web.uploads import takes_body

__all__ = [
    "correct",
    "decide",
    "evidence",
    "hinder",
    "move",
    "resolve",
    "said_hindrance",
    "slip",
    "take_slip_back",
    "withdraw",
]

_FILE_MB = 60


@acting_on(task_itself, "move-{move}")
def move(request: HttpRequest, task: Task) -> str:
    """Move a task to another state."""
    what = choice_of(Move, words_of(request, "move"), _("Choose what to do."))
    left = words_of(request, "obstacles")
    says_day = what in (Move.SUBMIT, Move.CONFIRM)
    move_task(
        request.user,
        task=task.pk,
        move=what,
        reason=words_of(request, "reason"),
        delivered_on=day_of(words_of(request, "delivered_on")) if says_day else None,
        obstacles=Left(left) if left in Left.values else None,
        seen=seen_version(request),
    )
    return _("Done: %(move)s.") % {"move": what.label}


@takes_body(_FILE_MB * 1024 * 1024)
@acting_on(task_itself, "evidence")
def evidence(request: HttpRequest, task: Task) -> str:
    """Attach evidence; a file goes through the ordinary intake first, with its gate."""
    kind = choice_of(EvidenceKind, words_of(request, "kind"), _("Choose what the evidence is."))
    what, on = words_of(request, "what"), day_of(words_of(request, "on"))
    file = request.FILES.get("file")
    document = None
    if kind == EvidenceKind.DOCUMENT:
        if not what:
            raise Refused(_("Say in a few words what the evidence shows."))
        version = seen_version(request)
        if version is not None and version != task.version:
            # Before the file is read: nothing is stored for a form that will be refused.
            raise TaskMoved(task)
        if isinstance(file, UploadedFile):
            document = _take_in(request, task, file)
        else:
            document = _named(request)
    add_evidence(
        request.user,
        task=task.pk,
        kind=kind,
        what=what,
        document=document,
        url=words_of(request, "url"),
        on=on,
        seen=seen_version(request),
    )
    return _("The evidence is attached.")


def _named(request: HttpRequest) -> Document | None:
    """A document that is here already, by its number or its address."""
    typed = words_of(request, "document")
    if not typed:
        return None
    pk = id_of(typed.rstrip("/").rpartition("/")[2])
    found = library_of(request.user).filter(pk=pk or 0).first()
    if found is None:
        raise Refused(_("There is no such document that you may see."))
    return found


def _take_in(request: HttpRequest, task: Task, file: UploadedFile) -> Document:
    require_party(request.user, task, Party.ASSIGNEE)
    custody = default_custody(request.user)
    if task.document.is_closed:
        custody = Custody(custody.owner, is_closed=True)
    try:
        outcome = try_take_in(
            request.user,
            name=file.name or "",
            size=file.size or 0,
            read=partial(_bytes_of, file),
            custody=custody,
        )
    except PermissionDenied:
        raise Refused(
            _(
                "The task rests on a closed document, and you may not close what you bring. Ask"
                " somebody who sees closed documents to attach it; nothing was stored."
            )
        ) from None
    if outcome.intake is None:
        raise Refused(describe(outcome))
    return outcome.intake.document


def _bytes_of(file: UploadedFile) -> bytes:
    with file.open("rb") as opened:
        return opened.read()


@acting_on(one_of(Evidence), "withdraw-{pk}")
def withdraw(request: HttpRequest, row: Evidence) -> str:
    """Take evidence back, with a reason."""
    withdraw_evidence(request.user, evidence=row.pk, reason=words_of(request, "reason"))
    return _("The evidence was taken back; it stays in the history.")


@acting_on(task_itself, "slip")
def slip(request: HttpRequest, task: Task) -> str:
    """Ask for another deadline."""
    ask_slip(
        request.user,
        task=task.pk,
        deadline=_deadline_of(request),
        reason_code=choice_of(
            SlipReason, words_of(request, "reason_code"), _("Choose why the deadline has to move.")
        ),
        reason=words_of(request, "reason"),
        seen=seen_version(request),
    )
    return _("Another deadline is asked for; it holds once who gave the task approves it.")


@acting_on(task_itself, "deadline")
def correct(request: HttpRequest, task: Task) -> str:
    """Put right a deadline that was recorded wrongly."""
    correct_deadline(
        request.user,
        task=task.pk,
        deadline=_deadline_of(request),
        reason=words_of(request, "reason"),
        seen=seen_version(request),
    )
    return _("The deadline is put right; no move of it is counted.")


def _deadline_of(request: HttpRequest) -> str:
    said = words_of(request, "deadline")
    try:
        day = day_of(said)
    except Refused:
        # Perhaps a period, which the action reads.
        day = None
    return day.isoformat() if day else said


@acting_on(one_of(Slip), "decide-{pk}")
def decide(request: HttpRequest, row: Slip) -> str:
    """Approve or refuse another deadline."""
    decision = words_of(request, "decision")
    if decision not in ("approve", "refuse"):
        raise Refused(_("Choose what to do."))
    decide_slip(
        request.user,
        slip=row.pk,
        approve=decision == "approve",
        reason=words_of(request, "reason"),
    )
    if decision == "approve":
        return _("The new deadline holds.")
    return _("Refused: the deadline stays as it was.")


@acting_on(one_of(Slip), "take-back-{pk}")
def take_slip_back(request: HttpRequest, row: Slip) -> str:
    """Take back another deadline that was asked for."""
    withdraw_slip(request.user, slip=row.pk, reason=words_of(request, "reason"))
    return _("The request is taken back; the deadline stays as it was.")


def said_hindrance(request: HttpRequest) -> Hindrance:
    """What a form says stands in the way.

    Raises:
        Refused: its cause, side or level is not chosen.
    """
    return Hindrance(
        what=words_of(request, "what"),
        cause=choice_of(SlipReason, words_of(request, "cause"), _("Choose the cause.")),
        side=choice_of(
            Side, words_of(request, "side"), _("Choose on whose side the obstacle lies.")
        ),
        level=choice_of(DecidingLevel, words_of(request, "level"), _("Choose who can decide.")),
        recommendation=words_of(request, "recommend"),
    )


@acting_on(task_itself, "obstacle")
def hinder(request: HttpRequest, task: Task) -> str:
    """Say what stands in the way."""
    open_obstacle(
        request.user,
        task=task.pk,
        hindrance=said_hindrance(request),
        seen=seen_version(request),
    )
    return _("The obstacle is recorded.")


@acting_on(one_of(Obstacle), "resolve-{pk}")
def resolve(request: HttpRequest, row: Obstacle) -> str:
    """Say how an obstacle was resolved."""
    resolve_obstacle(request.user, obstacle=row.pk, how=words_of(request, "how"))
    return _("The obstacle is resolved.")
