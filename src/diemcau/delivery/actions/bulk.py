"""One change asked for many tasks at once: what takes it is changed, what does not says why."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F, TextChoices
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from diemcau.access.rules import covering
from diemcau.accounts.models import User
from diemcau.accounts.rules import Duty
from diemcau.audit.actions import action, record_action, stands_in_for
from diemcau.delivery.actions.assigning import EarlierLead, assign
from diemcau.delivery.actions.moves import apply_move, left_open
from diemcau.delivery.doers.naming import body_named
from diemcau.delivery.locking import check_version
from diemcau.delivery.models import AssignmentRole, BulkEdit, ReportRequest, Task, Transition
from diemcau.delivery.refusals import Refused
from diemcau.delivery.rules import can_follow_up, giver
from diemcau.delivery.states import MOVES, OPEN, Move
from diemcau.documents.rules import seen

__all__ = ["MOST", "ONE_BY_ONE", "Change", "ChangeKind", "edit_many"]

MOST = 20_000
"""Tasks one change takes at most."""
ONE_BY_ONE = 1_000
"""Tasks at most for the moves that look at what each task has: evidence, parts, who reported."""
_BATCH = 1_000
_PLAIN = (Move.SUSPEND, Move.RESUME, Move.RETURN, Move.REOPEN)
"""Moves that need nothing but the table, the word of who gave the task, and a reason."""


class ChangeKind(TextChoices):
    """What is changed in many tasks."""

    MOVE = "move", gettext_lazy("Move to another state")
    ASSIGN = "assign", gettext_lazy("Give to a body")
    PROGRAMME = "programme", gettext_lazy("Count under a programme")
    REPORT = "report", gettext_lazy("Ask for a report")


@dataclass(frozen=True, slots=True)
class Change:
    """What is asked for every task.

    Args:
        move: for MOVE.
        reason: why, for the moves that ask for it.
        programme: for PROGRAMME; "" takes it out of any.
        body: for ASSIGN, name or id of the body.
        role: for ASSIGN, how it takes part.
        earlier_lead: for ASSIGN of the lead, what becomes of whoever leads a task now.
        by_day: for REPORT, when the answer is expected.
        note: for REPORT, what is asked in words.
    """

    kind: ChangeKind
    move: Move | None = None
    reason: str = ""
    programme: str = ""
    body: str = ""
    role: AssignmentRole = AssignmentRole.COORDINATING
    earlier_lead: EarlierLead | None = None
    by_day: dt.date | None = None
    note: str = ""


@action("delivery.edit_many", may=can_follow_up)
def edit_many(actor: User | None, *, tasks: Mapping[int, int | None], change: Change) -> BulkEdit:
    """Make one change to many tasks; those it cannot be made to stay as they are and say why.

    Args:
        tasks: the version the person had before them by the task's id; None does not ask.
    Returns:
        The saved edit: how many were changed, and every refusal with its reason.
    Raises:
        Refused: nothing was chosen, too much, or what the change needs is missing.
    """
    _check(tasks, change)
    named = None
    if change.kind == ChangeKind.ASSIGN:
        named = body_named(change.body, on=timezone.localdate())
    now = timezone.now()
    edit = BulkEdit.objects.create(made_by=actor, made_at=now, change=_said(change), n_done=0)
    done: list[int] = []
    lenders: dict[int, User] = {}
    why: dict[int, tuple[str, str]] = {}
    for part in _parts(list(tasks)):
        rows = _locked(actor, part)
        for pk in part:
            if pk not in rows:
                why[pk] = ("", _("There is no such task that you may see."))
        able: list[Task] = []
        for pk, row in rows.items():
            try:
                check_version(row, tasks[pk])
                if not _is_one_by_one(change):
                    _judge(actor, row, change, lenders)
                able.append(row)
            except (Refused, PermissionDenied) as refused:
                why[pk] = (row.title, _words(refused))
        if _is_one_by_one(change):
            for row in able:
                try:
                    with transaction.atomic():
                        if named is not None:
                            assign(actor, row, named, change.role, change.earlier_lead)
                        else:
                            _move(actor, row, change)
                    done.append(row.pk)
                except (Refused, PermissionDenied) as refused:
                    why[row.pk] = (row.title, _words(refused))
        else:
            _write(actor, able, change, edit, now)
            done += [row.pk for row in able]
    edit.n_done = len(done)
    edit.refused = [[pk, *why[pk]] for pk in tasks if pk in why]
    edit.save(update_fields=["n_done", "refused"])
    refused_rows = [[pk, words] for pk, _title, words in edit.refused]
    detail = {"change": edit.change, "tasks": done, "refused": refused_rows}
    record_action(edit, detail=detail, reason=change.reason.strip()[:500])
    return edit


def _check(tasks: Mapping[int, int | None], change: Change) -> None:
    if not tasks:
        raise Refused(_("No task is chosen."))
    most = ONE_BY_ONE if _is_one_by_one(change) else MOST
    if len(tasks) > most:
        raise Refused(
            _("%(n)d tasks are chosen; this change takes %(most)d at once. Narrow the list.")
            % {"n": len(tasks), "most": most}
        )
    if change.kind == ChangeKind.MOVE:
        if change.move is None:
            raise Refused(_("Choose what to do with the tasks."))
        if MOVES[change.move].reason and not change.reason.strip():
            raise Refused(
                _("“%(move)s” needs a reason, in a few words.") % {"move": change.move.label}
            )
    if len(change.programme) > _PROGRAMME or len(change.note) > _NOTE:
        raise Refused(_("That is too long; say it in fewer words."))
    if change.by_day is not None and change.by_day < timezone.localdate():
        raise Refused(_("The day the report is expected by has passed."))


_PROGRAMME, _NOTE = 200, 500


def _said(change: Change) -> dict[str, Any]:
    day = change.by_day.isoformat() if change.by_day else None
    said = {name: value for name, value in (asdict(change) | {"by_day": day}).items() if value}
    if change.kind != ChangeKind.ASSIGN:
        del said["role"]
    return said


def _parts(pks: list[int]) -> Iterator[list[int]]:
    for at in range(0, len(pks), _BATCH):
        yield pks[at : at + _BATCH]


def _locked(actor: User | None, pks: list[int]) -> dict[int, Task]:
    """The tasks of a part that stand and are seen, locked, in one order for everybody."""
    rows = (
        Task.objects.select_for_update(of=("self",))
        .select_related("document__owner", "assigner")
        .filter(seen(actor), pk__in=pks, withdrawn_at=None, replaced_by=None)
        .defer("folded", "action")
        .order_by("pk")
    )
    return {row.pk: row for row in rows}


def _is_one_by_one(change: Change) -> bool:
    if change.kind == ChangeKind.ASSIGN:
        return True
    return change.kind == ChangeKind.MOVE and change.move not in _PLAIN


def _judge(actor: User | None, row: Task, change: Change, lenders: dict[int, User]) -> None:
    """Refuse a task the change cannot be made to; who gave it decides.

    Args:
        lenders: by id, those looked up already: one statement for each, not for each task.
    """
    if actor is not None:
        held = covering(actor, Duty.CONFIRM, giver(row))
        if held is None:
            raise PermissionDenied("assigner: another body's")
        if held.lender is not None:
            if held.lender not in lenders:
                lenders[held.lender] = User.objects.get(pk=held.lender)
            stands_in_for(lenders[held.lender])
    if change.kind == ChangeKind.MOVE and change.move is not None:
        if row.status not in MOVES[change.move].before:
            raise Refused(
                _("“%(move)s” does not fit: the task is “%(state)s”.")
                % {"move": change.move.label, "state": row.get_status_display()}
            )
    elif change.kind == ChangeKind.PROGRAMME and row.programme == _programme(change):
        raise Refused(_("It is counted there already."))
    elif change.kind == ChangeKind.REPORT and row.status not in OPEN:
        raise Refused(
            _("The task is “%(state)s”; no report is owed.") % {"state": row.get_status_display()}
        )


def _programme(change: Change) -> str:
    return " ".join(change.programme.split())


def _move(actor: User | None, row: Task, change: Change) -> None:
    assert change.move is not None
    if change.move == Move.CONFIRM:
        # What becomes of open obstacles is said for each task on its own page.
        left_open(actor, row, None)
    apply_move(actor, row, change.move, reason=change.reason)


def _write(
    actor: User | None, rows: list[Task], change: Change, edit: BulkEdit, now: dt.datetime
) -> None:
    tasks = Task.objects.filter(pk__in=[row.pk for row in rows])
    if change.kind == ChangeKind.PROGRAMME:
        tasks.update(programme=_programme(change), version=F("version") + 1)
    elif change.kind == ChangeKind.REPORT:
        ReportRequest.objects.bulk_create(
            ReportRequest(
                task=row,
                asked_by=actor,
                asked_at=now,
                by_day=change.by_day,
                note=change.note.strip(),
                edit=edit,
            )
            for row in rows
        )
    elif change.move is not None:
        after = MOVES[change.move].after
        Transition.objects.bulk_create(
            Transition(
                task=row,
                move=change.move,
                before=row.status,
                after=after,
                reason=change.reason.strip()[:500],
                by=actor,
                body=row.assigner if actor is not None else None,
                at=now,
            )
            for row in rows
        )
        tasks.update(status=after, delivered_on=None, last_word_at=now, version=F("version") + 1)


def _words(refused: Exception) -> str:
    if isinstance(refused, PermissionDenied):
        return _("It is not yours to change.")
    return str(refused)
