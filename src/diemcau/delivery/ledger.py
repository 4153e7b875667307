"""From an accepted task statement to the task of the ledger; called inside review's actions.

Plain functions, not actions: the person's decision is one entry in the log, and this is its
consequence in the same transaction.
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db.models import F
from django.utils import timezone

from diemcau.accounts.models import User
from diemcau.delivery.days import day_given
from diemcau.delivery.deadlines import DueRule, read_deadline
from diemcau.delivery.doers.assignments import Assignee, read_assignees
from diemcau.delivery.doers.leads import settle_lead
from diemcau.delivery.matters.reported import settle_matter
from diemcau.delivery.models import (
    Assignment,
    Directive,
    Instrument,
    SlipState,
    TakeOver,
    Task,
    Transition,
)
from diemcau.delivery.models.tasks import TITLE_LENGTH
from diemcau.delivery.orders.clauses import clause_of
from diemcau.delivery.orders.taking_over import exchange_back, standing_take_over
from diemcau.delivery.recording import due_fields, first_state
from diemcau.delivery.row_reports import is_report, tell_own
from diemcau.directory.resolution import resolve_name
from diemcau.documents.issuer import issuer_of
from diemcau.documents.models import Document, Statement, StatementKind, StatementState
from vanban.letters import fold

__all__ = [
    "begin",
    "follow",
    "keep_due",
    "keep_task",
    "record_task",
    "refresh_both",
    "settle_lead",
    "shorten",
    "title_of",
    "touch",
    "withdraw_task",
]


def record_task(statement: Statement) -> Task:
    """Make or refresh the task an accepted statement stands for.

    Called again after a correction, the same task takes the new values: what was read and decided
    before stays with the statement and its decisions. A withdrawn task comes back. What was done in
    the meantime holds: an approved new deadline, and what bodies answered.
    Args:
        statement: a saved statement of kind "tasks"; `values` is what holds.
    Returns:
        The saved task, its assignments matching the statement.
    Raises:
        ValueError: the statement is of another kind.
    """
    if statement.kind != StatementKind.TASK:
        raise ValueError(f"statement {statement.pk} is of kind {statement.kind}, not a task")
    values = statement.values
    kept = Task.objects.filter(statement=statement).first()
    fields: dict[str, Any] = {
        "document": statement.document,
        "action": values.get("action") or statement.quote,
        "title": title_of(statement),
        "issuer": (values.get("issuer") or "")[:200],
        "folded": _folded(statement),
        "withdrawn_at": None,
    }
    fields |= keep_due(values.get("deadline"), kept)
    due_to = fields.get("due_to", kept.due_to if kept else None)
    said_on = day_given(statement, due_to=due_to) or (kept.day_by_hand if kept else None)
    fields["said_on"] = said_on
    fields["directive"] = _direct(statement, said_on)
    task = keep_task(kept, statement, fields)
    # A report's row behind its order follows what it says, for the two may be set apart.
    is_behind = task.replaced_by_id is not None and not is_report(statement)
    if not is_behind or not TakeOver.objects.filter(official=task, undone_at=None).exists():
        names = list(values.get("assignees") or [])
        on = _named_on(task)
        issuer = issuer_of(statement.text_version, on=on)
        sentence = _sentence(statement)
        helping = list(values.get("coordinating") or [])
        asked = read_assignees(names, sentence, helping=helping, on=on, within=issuer)
        follow(task, asked)
        tell_own(task, statement)
    if settle_matter(statement):
        task.refresh_from_db()
    return task


def _named_on(task: Task) -> date | None:
    """The day whose names its words use: that of the document where none is known of the order."""
    return task.said_on or task.document.spoken_on


def keep_task(kept: Task | None, statement: Statement, fields: dict[str, Any]) -> Task:
    """Make the task of a statement with its first state, or let the one it has take new values.

    Args:
        kept: the task the statement has; None if it has none.
        fields: columns and what stands in them now.
    """
    if kept is None:
        now = timezone.now()
        task = Task.objects.create(statement=statement, recorded_at=now, **fields)
        begin(task, at=now, by=statement.decided_by)
        return task
    for name, value in fields.items():
        setattr(kept, name, value)
    kept.version += 1
    kept.save()
    return kept


def begin(task: Task, *, at: datetime, by: User | None) -> None:
    """Write the first row of a task's states."""
    Transition(**first_state(task.pk, task.status, at=at, by=by)).save()


def touch(task: Task, *fields: str) -> None:
    """Save some columns of a task, and that it is another version now."""
    task.version += 1
    task.save(update_fields=[*fields, "version"])


def withdraw_task(statement: Statement) -> None:
    """Take the task of a statement out of the ledger, keeping its row; without a task, nothing.

    Where the sentence is a notice's that took an order over, the order rests on what was said
    before again, and keeps all that was done.
    """
    task = Task.objects.filter(statement=statement, withdrawn_at=None).first()
    if task is None:
        return
    if (take_over := standing_take_over(task)) is not None:
        exchange_back(take_over, by=statement.decided_by)
        refresh_both(take_over)
    Task.objects.filter(statement=statement).update(
        withdrawn_at=timezone.now(), version=F("version") + 1
    )
    settle_matter(statement)


def refresh_both(take_over: TakeOver) -> None:
    """Let the two tasks of a take-over that was undone follow their own statements again."""
    for task in (take_over.task, take_over.official):
        if task.statement is not None and task.statement.state == StatementState.ACCEPTED:
            record_task(task.statement)


def title_of(statement: Statement) -> str:
    """What to call a task: the words of its clause, or the action a person put instead."""
    values, corrected = statement.values, statement.corrected
    words = " ".join(statement.quote.split())
    if corrected is not None and corrected.get("action") != statement.data.get("action"):
        words = values.get("action") or words
    return shorten(words)


def shorten(words: str) -> str:
    """The words as a title: a capital, at most 160 letters, cut between words."""
    if len(words) > _LONGEST_TITLE:
        words = words[:_LONGEST_TITLE].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"
    return (words[:1].upper() + words[1:])[:TITLE_LENGTH]


_LONGEST_TITLE = 160


def keep_due(deadline: str | None, kept: Task | None) -> dict[str, Any]:
    """The columns of a deadline as read; none where an approved slip has moved it since.

    Args:
        deadline: in the engine's notation; None if the text gives none.
        kept: the task the statement has; None if it has none.
    """
    if kept is not None and kept.slips.filter(state=SlipState.APPROVED).exists():
        return {}
    rule = kept.counted_by if kept is not None else DueRule.CALENDAR
    due = read_deadline(deadline, rule=rule)
    return due_fields((deadline or "")[:30], due)


def _direct(statement: Statement, said_on: date | None) -> Directive:
    """The order the statement is, in its clause; made once, refreshed after a correction."""
    document = statement.document
    fields = {
        "document": document,
        "instrument": instrument_of(document),
        "clause": clause_of(statement.text_version.text, statement.start),
        "text": statement.quote,
        "issuer": (statement.values.get("issuer") or "")[:200],
        "said_on": said_on,
    }
    kept, _new = Directive.objects.update_or_create(
        statement=statement,
        defaults=fields,
        create_defaults={**fields, "recorded_at": timezone.now()},
    )
    return kept


def instrument_of(document: Document) -> Instrument | None:
    """The numbered document whose text a document is; None if it is a report, or nobody said."""
    return document.instruments.order_by("pk").first()


def follow(task: Task, wanted: Iterable[Assignee]) -> None:
    """Let the assignments follow whom a statement names; those it still names keep their answers.

    Args:
        wanted: everybody it asks, each once.
    """
    # What a person assigned or expanded is not the statement's to take away.
    standing = {
        one.as_written: one
        for one in task.assignments.filter(ended_at=None, expanded_from=None, by_hand=False)
    }
    # Nor does it bring back what a person ended.
    ended = set(task.assignments.exclude(ended_because="").values_list("as_written", flat=True))
    by_person = task.assignments.filter(ended_at=None, expanded_from=None, by_hand=True)
    given = {one.body for one in by_person if one.body}
    for one in wanted:
        if one.as_written[:300] in ended and one.as_written[:300] not in standing:
            continue
        fields = {
            "role": one.role,
            "body_ref": one.body_ref or _local_body(one, task),
            "is_collective": one.is_collective,
        }
        kept = standing.pop(one.as_written[:300], None)
        if kept is None and str(fields["body_ref"]).rpartition("@")[2] in given:
            continue
        if kept is None:
            Assignment.objects.create(task=task, as_written=one.as_written[:300], **fields)
        elif any(getattr(kept, name) != value for name, value in fields.items()):
            Assignment.objects.filter(pk=kept.pk).update(**fields)
    for gone in standing.values():
        if gone.answers.exists() or gone.members.exists() or gone.progress.exists():
            Assignment.objects.filter(pk=gone.pk).update(ended_at=timezone.now())
        else:
            gone.delete()
    settle_lead(task)


def _local_body(one: Assignee, task: Task) -> str:
    """Id of a body that only this installation knows; "" if the name is not one such body's."""
    if one.is_collective:
        return ""
    return resolve_name(one.as_written, on=_named_on(task), kinds=("body",)).id or ""


def _folded(statement: Statement) -> str:
    values = statement.values
    names = [*(values.get("assignees") or []), *(values.get("coordinating") or [])]
    parts = [values.get("action"), values.get("issuer"), *names]
    return fold(" ".join(" ".join(filter(None, [*parts, statement.quote])).split()))


def _sentence(statement: Statement) -> str:
    """The words around the statement within its line, for the cues that give roles."""
    text = statement.text_version.text
    begin = text.rfind("\n", 0, statement.start) + 1
    stop = text.find("\n", statement.end)
    return text[begin : stop if stop >= 0 else len(text)]
