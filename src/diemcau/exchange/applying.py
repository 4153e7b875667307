"""Writing the rows of a file into the register, some hundred in one action; and undoing them.

What a row may do was checked when it was compared, and is checked again under the lock: the
version, the rights of the person today, the table of moves.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from diemcau.accounts.models import User
from diemcau.accounts.rules import Duty
from diemcau.audit.actions import action, record_action, stands_in_for
from diemcau.delivery.actions.moves import apply_move
from diemcau.delivery.deadlines import DueRule, read_deadline
from diemcau.delivery.leads import UNKNOWN_BODY
from diemcau.delivery.models import (
    Assignment,
    AssignmentRole,
    Nature,
    Slip,
    SlipState,
    Task,
    Transition,
    UnderKind,
)
from diemcau.delivery.naming import refuse_hidden
from diemcau.delivery.obstacles import still_open
from diemcau.delivery.refusals import Refused
from diemcau.delivery.rules import can_follow_up
from diemcau.delivery.states import Move, Party, Status
from diemcau.directory.models import Body
from diemcau.documents.models import Document
from diemcau.documents.rules import seen
from diemcau.exchange.cells import given_now, named, plain
from diemcau.exchange.models import (
    ImportState,
    Mode,
    Outcome,
    RowKind,
    TaskImport,
    TaskRow,
    Written,
)
from diemcau.exchange.parties import Rights
from diemcau.jobs.asking import ask
from vanban.letters import fold

__all__ = ["CHUNK", "ImportRefused", "apply_rows", "start_applying"]

CHUNK = 500
"""Rows of one action, so of one entry of the log."""
_ROLES = ("lead", "coordinating", "following")
_WORDS = ("code", "title", "action", "programme", "product", "issuer")
_SAVED = (
    *_WORDS,
    *("deadline", "due_from", "due_to", "due_rule", "lead", "last_word_at", "folded", "version"),
)


class ImportRefused(ValueError):
    """It cannot be done with this file; the words say why."""


def lock_import(actor: User | None, pk: int) -> TaskImport:
    """An import of the actor's, locked until the transaction ends.

    Raises:
        PermissionDenied: it is somebody else's.
    """
    batch = (
        TaskImport.objects.select_for_update(of=("self",))
        .select_related("document", "made_by")
        .get(pk=pk)
    )
    if actor is not None and batch.made_by_id != actor.pk:
        raise PermissionDenied("exchange: another person's")
    return batch


@action("exchange.apply", may=can_follow_up)
def start_applying(actor: User | None, *, batch: int, mode: Mode) -> TaskImport:
    """Have the rows of a compared file written, in the background.

    Args:
        mode: ALL refuses a file with a row that cannot stand; GOOD writes those that can.
    Raises:
        PermissionDenied: somebody else brought the file.
        ImportRefused: it is not compared yet, was written already, or has nothing to write.
    """
    row = lock_import(actor, batch)
    if row.state != ImportState.COMPARED:
        raise ImportRefused(
            _("This file is not to be written: %(state)s.") % {"state": row.get_state_display()}
        )
    n = row.rows.filter(kind__in=(RowKind.NEW, RowKind.CHANGED)).count()
    if not n:
        raise ImportRefused(_("No row of this file would change anything."))
    wrong = row.rows.filter(kind__in=(RowKind.FAULT, RowKind.CONFLICT)).count()
    if mode == Mode.ALL and wrong:
        raise ImportRefused(
            _("%(n)d rows cannot stand, so nothing is written. Mend them, or take the others.")
            % {"n": wrong}
        )
    row.state, row.mode = ImportState.APPLYING, mode
    row.job = ask("exchange.apply", by=actor, arguments={"batch": row.pk}, total=n)
    row.save(update_fields=["state", "mode", "job"])
    record_action(row, detail={"mode": mode, "rows": n, "left_out": wrong})
    return row


@dataclass(slots=True)
class Applied:
    """What one action wrote: ids of tasks, and numbers of rows that were left out."""

    created: list[int] = field(default_factory=list)
    changed: list[int] = field(default_factory=list)
    slips: list[int] = field(default_factory=list)
    moved: list[int] = field(default_factory=list)
    left: list[int] = field(default_factory=list)
    is_last: bool = False


@action("exchange.apply_rows", may=can_follow_up)
def apply_rows(actor: User | None, *, batch: int) -> Applied:
    """Write the next rows of a file, at most `CHUNK`; the last of them ends it.

    Raises:
        PermissionDenied: it is somebody else's, or they may not bring rows any more.
        ImportRefused: the file is not being written.
    """
    row = lock_import(actor, batch)
    if row.state != ImportState.APPLYING:
        raise ImportRefused(
            _("This file is not to be written: %(state)s.") % {"state": row.get_state_display()}
        )
    waiting = row.rows.filter(kind__in=(RowKind.NEW, RowKind.CHANGED), outcome="")
    rows = list(waiting.order_by("number")[: CHUNK + 1])
    done = Applied(is_last=len(rows) <= CHUNK)
    rows, now, rights = rows[:CHUNK], timezone.now(), Rights(actor)
    _create(actor, row, [r for r in rows if r.kind == RowKind.NEW], rights, now, done)
    _change(actor, [r for r in rows if r.kind == RowKind.CHANGED], rights, now, done)
    if (lender := rights.lender()) is not None:
        stands_in_for(lender)
    # In the mode of all rows a row left out undoes the others, which ends it another way.
    if done.is_last and not (row.mode == Mode.ALL and _any_left(row)):
        row.state, row.applied_at = ImportState.APPLIED, now
        row.save(update_fields=["state", "applied_at"])
    detail = {
        "rows": [rows[0].number, rows[-1].number] if rows else [],
        "created": done.created,
        "changed": done.changed,
        "slips": done.slips,
        "moved": done.moved,
        "left_out": done.left,
    }
    record_action(row, detail=detail)
    return done


def _any_left(batch: TaskImport) -> bool:
    return batch.rows.filter(outcome=Outcome.LEFT).exists()


def _leave(rows: Iterable[TaskRow], why: str, done: Applied) -> None:
    rows = list(rows)
    TaskRow.objects.filter(pk__in=[r.pk for r in rows]).update(outcome=Outcome.LEFT, why=why[:500])
    done.left += [r.number for r in rows]


def _refuse_hidden(document: Document, wanted: dict[str, Any]) -> None:
    """Refuse a row that gives a task to bodies its closed document is hidden from."""
    if document.is_closed:
        refs = {
            one[1].rpartition("@")[2] for role in _ROLES for one in wanted.get(role, ()) if one[1]
        }
        refuse_hidden(document, Body.objects.filter(ref__in=refs))


# New tasks


def _create(
    actor: User | None,
    batch: TaskImport,
    rows: Sequence[TaskRow],
    rights: Rights,
    now: dt.datetime,
    done: Applied,
) -> None:
    if not rows:
        return
    if not rights.covers(Duty.CONFIRM, batch.document.owner_id):
        _leave(rows, _("You may not record new tasks any more."), done)
        return
    visible = _standing(actor)
    parents = {r.wanted["parent"] for r in rows if "parent" in r.wanted}
    known = set(visible.filter(pk__in=parents).values_list("pk", flat=True)) if parents else set()
    gone = [r for r in rows if r.wanted.get("parent") not in known and "parent" in r.wanted]
    if gone:
        _leave(gone, _("The task it is a part of does not stand any more."), done)
        rows = [r for r in rows if r not in gone]
    if batch.document.is_closed:
        rows = _open_to_theirs(batch.document, rows, done)
    codes = {r.wanted["code"] for r in rows if r.wanted.get("code")}
    taken = set(visible.filter(code__in=codes).values_list("code", flat=True)) if codes else set()
    twice = [r for r in rows if r.wanted.get("code") in taken]
    if twice:
        _leave(twice, _("Another task has this code by now."), done)
        rows = [r for r in rows if r not in twice]
    tasks = [_new_task(actor, batch, row, now) for row in rows]
    Task.objects.bulk_create(tasks, batch_size=CHUNK)
    pairs = list(zip(rows, tasks, strict=True))
    Assignment.objects.bulk_create(
        [one for row, task in pairs for one in _assignments(task, row.wanted, actor, now)],
        batch_size=CHUNK,
    )
    Transition.objects.bulk_create(
        [one for _row, task in pairs for one in _beginnings(task, actor, batch, now)],
        batch_size=CHUNK,
    )
    Written.objects.bulk_create(
        [Written(row=row, task=task, version=0) for row, task in pairs], batch_size=CHUNK
    )
    TaskRow.objects.filter(pk__in=[r.pk for r in rows]).update(outcome=Outcome.WRITTEN)
    done.created += [task.pk for task in tasks]


def _open_to_theirs(document: Document, rows: Sequence[TaskRow], done: Applied) -> list[TaskRow]:
    fit = []
    for row in rows:
        try:
            _refuse_hidden(document, row.wanted)
            fit.append(row)
        except Refused as refused:
            _leave([row], str(refused), done)
    return fit


def _new_task(actor: User | None, batch: TaskImport, row: TaskRow, now: dt.datetime) -> Task:
    wanted = row.wanted
    rule = DueRule(wanted.get("due_rule") or DueRule.CALENDAR)
    due = read_deadline(wanted.get("deadline"), rule=rule)
    title = wanted["title"]
    names = [one for role in _ROLES for one in wanted.get(role, ())]
    action_ = wanted.get("action") or title
    said = wanted.get("said_on")
    return Task(
        document=batch.document,
        place=_("row %(number)d") % {"number": row.number},
        nature=wanted.get("nature") or Nature.ORDER,
        code=wanted.get("code", ""),
        programme=wanted.get("programme", ""),
        title=title,
        action=action_,
        issuer=wanted.get("issuer", ""),
        product=wanted.get("product", ""),
        parent_id=wanted.get("parent"),
        under=UnderKind.PART if wanted.get("parent") else "",
        said_on=dt.date.fromisoformat(said) if said else None,
        deadline=wanted.get("deadline", ""),
        due_from=due.due_from if due else None,
        due_to=due.due_to if due else None,
        due_rule=due.rule if due else "",
        status=wanted.get("status") or Status.NEW,
        lead=_lead_of((ref, whole) for _name, ref, whole in wanted.get("lead", ())),
        folded=fold(" ".join([action_, title, wanted.get("issuer", ""), *(n[0] for n in names)])),
        recorded_at=now,
        recorded_by=actor,
    )


def _lead_of(leads: Iterable[tuple[str, bool]]) -> str:
    """As `ledger.settle_lead` has it: the one body that leads, beside no other."""
    single = [ref for ref, is_collective in leads if not is_collective]
    return (single[0].rpartition("@")[2] or UNKNOWN_BODY) if len(single) == 1 else ""


def _assignments(
    task: Any, wanted: dict[str, Any], actor: User | None, now: dt.datetime
) -> Iterable[Assignment]:
    for role in _ROLES:
        for name, ref, is_collective in wanted.get(role, ()):
            yield Assignment(
                task=task,
                role=AssignmentRole(role),
                as_written=name,
                body_ref=ref,
                is_collective=is_collective,
                by_hand=True,
                given_by=actor,
                given_at=now,
            )


def _beginnings(
    task: Task, actor: User | None, batch: TaskImport, now: dt.datetime
) -> Iterable[Transition]:
    yield Transition(task=task, after=Status.NEW, at=now, by=actor)
    if task.status == Status.IN_PROGRESS:
        yield Transition(
            task=task,
            move=Move.START,
            before=Status.NEW,
            after=Status.IN_PROGRESS,
            by=actor,
            body_id=batch.document.owner_id,
            at=now,
        )


# Tasks that are here


def _change(
    actor: User | None,
    rows: Sequence[TaskRow],
    rights: Rights,
    now: dt.datetime,
    done: Applied,
) -> None:
    if not rows:
        return
    locked = {
        task.pk: task
        for task in _standing(actor)
        .filter(pk__in=[r.task_id for r in rows])
        .select_for_update(of=("self",))
        .select_related("document__owner", "assigner")
        .prefetch_related(given_now())
        .order_by("pk")
    }
    sides = rights.sides(locked.values())
    asked = set(
        Slip.objects.filter(task__in=locked, state=SlipState.ASKED).values_list("task", flat=True)
    )
    changes = _Changes(actor, now)
    for row in rows:
        task = locked.get(row.task_id or 0)
        why = _may_not(row, task, sides, asked)
        if not why and task is not None:
            try:
                changes.take(row, task, sides[task.pk])
                continue
            except (Refused, PermissionDenied) as refused:
                why = str(refused)
        _leave([row], why, done)
    changes.save(done)


def _standing(actor: User | None) -> Any:
    return Task.objects.filter(seen(actor), withdrawn_at=None, replaced_by=None)


def _may_not(
    row: TaskRow,
    task: Task | None,
    sides: dict[int, dict[Party, int | None]],
    asked: set[int],
) -> str:
    if task is None:
        return _("The task does not stand any more, or is closed to you now.")
    if task.version != row.version:
        return _("Somebody changed it since the file was compared; nothing was overwritten.")
    own = {"deadline", "status", "move", "reason", "reason_code"}
    if row.wanted.keys() - own and Party.ASSIGNER not in sides[task.pk]:
        return _("Only who gave this task may change it.")
    if "deadline" in row.wanted:
        if not sides[task.pk]:
            return _("This task was neither given to your body nor by it.")
        if task.pk in asked:
            return _("Another deadline was asked for already and waits for a decision.")
    return ""


class _Changes:
    """Changes of some hundred tasks, gathered and saved together."""

    def __init__(self, actor: User | None, now: dt.datetime) -> None:
        self._actor = actor
        self._now = now
        self._tasks: list[tuple[TaskRow, Task, dict[str, Any]]] = []
        self._ended: list[int] = []
        self._given: list[Assignment] = []
        self._slips: list[Slip] = []
        self._moved: list[int] = []

    def take(self, row: TaskRow, task: Any, sides: dict[Party, int | None]) -> None:
        """Set on the task what the row wants.

        Raises:
            Refused, PermissionDenied: a move cannot be made; then nothing of the row is.
        """
        wanted, before = row.wanted, {}
        _refuse_hidden(task.document, wanted)
        if "move" in wanted:
            if wanted["move"] == Move.CONFIRM and still_open(task).exists():
                raise Refused(_("Obstacles are still open; confirm it on the page of the item."))
            apply_move(self._actor, task, Move(wanted["move"]), reason=wanted.get("reason", ""))
            self._moved.append(task.pk)
            before["moved"] = True
        for name in _WORDS:
            if name in wanted:
                before[name] = getattr(task, name)
                setattr(task, name, wanted[name])
        roles = {role: wanted[role] for role in _ROLES if role in wanted}
        if roles:
            self._assign(task, roles, before)
        if "deadline" in wanted:
            self._slip(task, wanted, sides, before)
        if before.keys() & {"action", "title", "issuer", "given"}:
            before["folded"], task.folded = task.folded, self._folded(task)
        task.version += 1
        self._tasks.append((row, task, before))

    def _assign(self, task: Any, roles: dict[str, list[list[Any]]], before: dict[str, Any]) -> None:
        standing = named(task)
        leads = [(o.body_ref, o.is_collective) for o in standing if o.role == "lead"]
        ended: list[int] = []
        given: list[Assignment] = []
        for role, names in roles.items():
            held = {plain(o.as_written): o for o in standing if o.role == role}
            kept = {name for name, ref, _whole in names if ref is None and name in held}
            ended += [one.pk for name, one in held.items() if name not in kept]
            fresh = [n for n in names if n[0] not in kept]
            given += _assignments(task, {role: fresh}, self._actor, self._now)
            if role == "lead":
                leads = [(held[n].body_ref, held[n].is_collective) for n in held if n in kept]
                leads += [(ref, whole) for _name, ref, whole in fresh]
        before |= {"lead": task.lead, "ended": ended, "given": len(given)}
        task.lead = _lead_of(leads)
        self._ended += ended
        self._given += given

    def _slip(
        self,
        task: Any,
        wanted: dict[str, Any],
        sides: dict[Party, int | None],
        before: dict[str, Any],
    ) -> None:
        due = read_deadline(wanted["deadline"], rule=DueRule(task.due_rule or DueRule.CALENDAR))
        assert due is not None
        mine = Party.ASSIGNER in sides
        slip = Slip(
            task=task,
            before=task.deadline,
            due_before=task.due_to,
            after=wanted["deadline"],
            due_after=due.due_to,
            reason_code=wanted["reason_code"],
            reason=wanted["reason"],
            state=SlipState.APPROVED if mine else SlipState.ASKED,
            asked_by=self._actor,
            body_id=sides.get(Party.ASSIGNER if mine else Party.ASSIGNEE),
            asked_at=self._now,
            decided_by=self._actor if mine else None,
            decided_at=self._now if mine else None,
        )
        self._slips.append(slip)
        if mine:
            before["due"] = [
                task.deadline,
                task.due_from and task.due_from.isoformat(),
                task.due_to and task.due_to.isoformat(),
                task.due_rule,
            ]
            task.deadline, task.due_rule = wanted["deadline"], due.rule
            task.due_from, task.due_to = due.due_from, due.due_to
        else:
            before["asked"] = True
        task.last_word_at = self._now

    def _folded(self, task: Any) -> str:
        given = [one.as_written for one in named(task) if one.pk not in self._ended]
        fresh = [one.as_written for one in self._given if one.task is task]
        quote = task.statement.quote if task.statement_id and task.statement else ""
        return fold(" ".join([task.action, task.title, task.issuer, *given, *fresh, quote]))

    def save(self, done: Applied) -> None:
        """Write everything gathered, each table at once."""
        if not self._tasks:
            return
        Task.objects.bulk_create(
            [task for _row, task, _before in self._tasks],
            batch_size=CHUNK,
            update_conflicts=True,
            unique_fields=["id"],
            update_fields=list(_SAVED),
        )
        if self._ended:
            # The bodies a collective was expanded to end with it.
            for which in ("pk", "expanded_from"):
                Assignment.objects.filter(ended_at=None, **{f"{which}__in": self._ended}).update(
                    ended_at=self._now
                )
        Assignment.objects.bulk_create(self._given, batch_size=CHUNK)
        Slip.objects.bulk_create(self._slips, batch_size=CHUNK)
        made: dict[int, list[int]] = {}
        for one in self._given:
            made.setdefault(one.task_id, []).append(one.pk)
        slips = {one.task_id: one.pk for one in self._slips}
        written = []
        for row, task, before in self._tasks:
            if "given" in before:
                before["given"] = made.get(task.pk, [])
            if task.pk in slips:
                before["slip"] = slips[task.pk]
            written.append(Written(row=row, task=task, version=task.version, before=before))
        Written.objects.bulk_create(written, batch_size=CHUNK)
        rows = [row.pk for row, _task, _before in self._tasks]
        TaskRow.objects.filter(pk__in=rows).update(outcome=Outcome.WRITTEN)
        done.changed += [task.pk for _row, task, _before in self._tasks]
        done.slips += list(slips.values())
        done.moved += self._moved
