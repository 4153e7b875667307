"""From an accepted task statement to the task of the ledger; called inside review's actions.

Plain functions, not actions: the person's decision is one entry in the log, and this is its
consequence in the same transaction.
"""

from django.utils import timezone

from diemcau.delivery.assignments import Assignee, read_assignees
from diemcau.delivery.deadlines import DueRule, read_deadline
from diemcau.delivery.models import Assignment, Task
from diemcau.directory.resolution import resolve_name
from diemcau.documents.issuer import issuer_of
from diemcau.documents.models import Statement, StatementKind
from vanban.letters import fold

__all__ = ["record_task", "withdraw_task"]


def record_task(statement: Statement) -> Task:
    """Make or refresh the task an accepted statement stands for.

    Called again after a correction, the same task takes the new values: what was read and decided
    before stays with the statement and its decisions. A withdrawn task comes back.
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
    rule = DueRule(kept.due_rule) if kept is not None and kept.due_rule else DueRule.CALENDAR
    due = read_deadline(values.get("deadline"), rule=rule)
    fields = {
        "action": (values.get("action") or statement.quote)[:500],
        "issuer": (values.get("issuer") or "")[:200],
        "said_on": statement.document.event_on or statement.document.published_on,
        "deadline": (values.get("deadline") or "")[:30],
        "due_from": due.due_from if due else None,
        "due_to": due.due_to if due else None,
        "due_rule": due.rule.value if due else "",
        "folded": _folded(statement),
        "withdrawn_at": None,
    }
    if kept is None:
        task = Task.objects.create(statement=statement, recorded_at=timezone.now(), **fields)
    else:
        task = kept
        for name, value in fields.items():
            setattr(task, name, value)
        task.save()
    _assign(task, statement)
    return task


def withdraw_task(statement: Statement) -> None:
    """Take the task of a statement out of the ledger, keeping its row; without a task, nothing."""
    Task.objects.filter(statement=statement, withdrawn_at=None).update(withdrawn_at=timezone.now())


def _assign(task: Task, statement: Statement) -> None:
    names = list(statement.values.get("assignees") or [])
    issuer = issuer_of(statement.text_version, on=task.said_on)
    wanted = read_assignees(names, _sentence(statement), on=task.said_on, within=issuer)
    # Rows a person did not touch follow the statement; nothing else refers to them yet.
    task.assignments.all().delete()
    Assignment.objects.bulk_create(
        Assignment(
            task=task,
            role=one.role,
            as_written=one.as_written[:300],
            body_ref=one.body_ref or _local_body(one, task),
            is_collective=one.is_collective,
        )
        for one in wanted
    )


def _local_body(one: Assignee, task: Task) -> str:
    """Id of a body that only this installation knows; "" if the name is not one such body's."""
    if one.is_collective:
        return ""
    return resolve_name(one.as_written, on=task.said_on, kinds=("body",)).id or ""


def _folded(statement: Statement) -> str:
    values = statement.values
    parts = [values.get("action"), values.get("issuer"), *(values.get("assignees") or [])]
    return fold(" ".join(filter(None, [*parts, statement.quote])))


def _sentence(statement: Statement) -> str:
    """The words around the statement within its line, for the cues that give roles."""
    text = statement.text_version.text
    begin = text.rfind("\n", 0, statement.start) + 1
    stop = text.find("\n", statement.end)
    return text[begin : stop if stop >= 0 else len(text)]
