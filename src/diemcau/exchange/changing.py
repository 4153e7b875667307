"""The tasks a file changes: what each row wants is set under the lock, and saved together."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from diemcau.accounts.models import User
from diemcau.accounts.rules import Duty
from diemcau.audit.actions import record_each
from diemcau.audit.rows import insert, update
from diemcau.delivery.actions.moves import apply_move
from diemcau.delivery.deadlines import read_deadline
from diemcau.delivery.doers.givers import Givers
from diemcau.delivery.models import (
    Assignment,
    AssignmentRole,
    Slip,
    SlipReason,
    SlipState,
    Task,
)
from diemcau.delivery.obstacles import still_open
from diemcau.delivery.recording import another_deadline, given_by_hand, put_due
from diemcau.delivery.refusals import Refused, no_longer_given
from diemcau.delivery.states import Move, Party
from diemcau.delivery.typed_deadlines import read_another_deadline
from diemcau.exchange.cells import given_now, named, plain
from diemcau.exchange.models import Outcome, TaskImport, TaskRow, Written
from diemcau.exchange.parties import Rights
from diemcau.exchange.writable import (
    ROLES,
    Applied,
    Waiting,
    doers_of,
    lead_among,
    leave,
    refuse_hidden_from,
    standing,
    told,
)
from vanban.letters import fold

__all__ = ["CHANGE", "change"]

CHANGE = "exchange.change_task"
"""What the log calls the change of one row."""
_WORDS = ("code", "title", "action", "programme", "product", "issuer")
_SAVED = (
    *_WORDS,
    *("deadline", "due_from", "due_to", "due_rule", "lead", "last_word_at", "folded", "version"),
    "assigner",
)


def change(
    actor: User | None,
    batch: TaskImport,
    rows: Sequence[Waiting],
    rights: Rights,
    now: dt.datetime,
    done: Applied,
) -> None:
    """Change the tasks of some rows; what moved on meanwhile is left out and says why.

    Called inside an action that names `CHANGE`; each task changed leaves its own entry.
    """
    if not rows:
        return
    locked = {
        task.pk: task
        for task in standing(actor)
        .filter(pk__in=[r.task_id for r in rows])
        .select_for_update(of=("self",))
        .select_related("document__owner", "assigner", "statement")
        .prefetch_related(given_now())
        .order_by("pk")
    }
    sides = rights.sides(locked.values())
    asked = set(
        Slip.objects.filter(task__in=locked, state=SlipState.ASKED).values_list("task", flat=True)
    )
    issuers = {row.wanted.get("issuer", "") for row in rows}
    givers = Givers(issuers | {task.issuer for task in locked.values()})
    changes = _Changes(actor, now, rights, givers)
    for row in rows:
        task = locked.get(row.task_id or 0)
        why = _may_not(row, task, sides, asked)
        if not why and task is not None:
            try:
                changes.take(row, task, sides[task.pk])
                continue
            except (Refused, PermissionDenied) as refused:
                why = str(refused)
        leave([row], why, done)
    changes.save(batch, done)


def _may_not(
    row: Waiting,
    task: Any,
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

    def __init__(
        self, actor: User | None, now: dt.datetime, rights: Rights, givers: Givers
    ) -> None:
        self._actor = actor
        self._now = now
        self._rights = rights
        self._givers = givers
        self._tasks: list[tuple[Waiting, Any, dict[str, Any]]] = []
        self._ended: list[int] = []
        self._given: list[Assignment] = []
        self._slips: list[Slip] = []
        self._moved: list[int] = []

    def take(self, row: Waiting, task: Any, sides: dict[Party, int | None]) -> None:
        """Set on the task what the row wants.

        Raises:
            Refused, PermissionDenied: a move cannot be made; then nothing of the row is.
        """
        wanted, before = row.wanted, {}
        refuse_hidden_from(task.document, wanted)
        if "deadline" in wanted:
            read_another_deadline(task, wanted["deadline"])
        if wanted.keys() & {"issuer", *ROLES}:
            self._settle_giver(task, wanted, before)
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
        roles = {role: wanted[role] for role in ROLES if role in wanted}
        given: list[Assignment] = []
        if roles:
            given = self._assign(task, roles, before)
        if "deadline" in wanted:
            self._slip(task, wanted, sides, before)
        if before.keys() & {"action", "title", "issuer", "given"}:
            before["folded"], task.folded = task.folded, _folded(task, before, given)
        task.version += 1
        self._tasks.append((row, task, before))

    def _settle_giver(self, task: Any, wanted: dict[str, Any], before: dict[str, Any]) -> None:
        """Who gave the task, by what the row says of its issuer and of who does it."""
        if task.parent_id is not None:
            return
        standing = [o for o in task.given_now if not o.completion and o.role in ROLES[:2]]
        doers = {o.body for o in standing if o.role not in wanted}
        doers |= {
            o.body
            for o in standing
            for name, _ref, _whole in wanted.get(o.role, ())
            if plain(o.as_written) == name
        }
        giver = self._givers.of(
            wanted.get("issuer", task.issuer),
            on=task.said_on,
            document=task.document,
            doers=doers | doers_of(wanted),
            read_issuer=(task.statement.data.get("issuer") or "") if task.statement else "",
        )
        if giver == task.assigner_id:
            return
        if not self._rights.covers(Duty.CONFIRM, giver):
            raise Refused(no_longer_given())
        before["assigner_id"], task.assigner_id = task.assigner_id, giver

    def _assign(
        self, task: Any, roles: dict[str, list[list[Any]]], before: dict[str, Any]
    ) -> list[Assignment]:
        holding = named(task)
        leads = [(o.body_ref, o.is_collective) for o in holding if o.role == "lead"]
        ended: list[int] = []
        given: list[Assignment] = []
        for role, names in roles.items():
            held = {plain(o.as_written): o for o in holding if o.role == role}
            kept = {name for name, ref, _whole in names if ref is None and name in held}
            gone = {one.pk for name, one in held.items() if name not in kept}
            # The bodies a collective was expanded to end with it, and come back with it.
            ended += [o.pk for o in task.given_now if gone & {o.pk, o.expanded_from_id}]
            fresh = [n for n in names if n[0] not in kept]
            given += self._fresh(task, role, fresh)
            if role == "lead":
                leads = [(held[n].body_ref, held[n].is_collective) for n in held if n in kept]
                leads += [(ref, whole) for _name, ref, whole in fresh]
        before |= {"lead": task.lead, "ended": ended, "given": len(given)}
        task.lead = lead_among(leads)
        self._ended += ended
        self._given += given
        return given

    def _fresh(self, task: Any, role: str, names: Iterable[Sequence[Any]]) -> Iterable[Assignment]:
        for name, ref, is_collective in names:
            columns = given_by_hand(
                task.pk,
                AssignmentRole(role),
                name=name,
                ref=ref,
                is_collective=is_collective,
                by=self._actor,
                at=self._now,
            )
            yield Assignment(**columns)

    def _slip(
        self,
        task: Any,
        wanted: dict[str, Any],
        sides: dict[Party, int | None],
        before: dict[str, Any],
    ) -> None:
        # Who stands on both sides asks, as on the page; a second person decides.
        mine = Party.ASSIGNER in sides and (self._actor is None or Party.ASSIGNEE not in sides)
        said = wanted["deadline"]
        columns = another_deadline(
            task,
            said,
            reason_code=SlipReason(wanted["reason_code"]),
            reason=wanted["reason"],
            by=self._actor,
            body=sides.get(Party.ASSIGNER if mine else Party.ASSIGNEE),
            at=self._now,
            is_decided=mine,
        )
        self._slips.append(Slip(**columns))
        if mine:
            before["due"] = [
                task.deadline,
                task.due_from and task.due_from.isoformat(),
                task.due_to and task.due_to.isoformat(),
                task.due_rule,
            ]
            put_due(task, said, read_deadline(said, rule=task.counted_by))
        else:
            before["asked"] = True
        task.last_word_at = self._now

    def save(self, batch: TaskImport, done: Applied) -> None:
        """Write everything gathered, each table at once."""
        if not self._tasks:
            return
        update([task for _row, task, _before in self._tasks], _SAVED)
        if self._ended:
            Assignment.objects.filter(pk__in=self._ended).update(ended_at=self._now)
        insert(self._given)
        insert(self._slips)
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
            written.append(
                Written(row_id=row.pk, task_id=task.pk, version=task.version, before=before)
            )
            reason = str(row.wanted.get("reason", ""))
            record_each(
                CHANGE, Task, task.pk, detail=told(batch.pk, row, row.changes), reason=reason
            )
        insert(written)
        rows = [row.pk for row, _task, _before in self._tasks]
        TaskRow.objects.filter(pk__in=rows).update(outcome=Outcome.WRITTEN)
        done.changed += [task.pk for _row, task, _before in self._tasks]
        done.slips += list(slips.values())
        done.moved += self._moved


def _folded(task: Any, before: dict[str, Any], fresh: Iterable[Assignment]) -> str:
    ended = set(before.get("ended", ()))
    given = [one.as_written for one in named(task) if one.pk not in ended]
    quote = task.statement.quote if task.statement is not None else ""
    names = [*given, *(one.as_written for one in fresh), quote]
    return fold(" ".join([task.action, task.title, task.issuer, *names]))
