"""A notice's clause takes over an order known from speech: exchanging what two tasks rest on.

The task known from speech keeps its row, and with it everything that was done. The two rows
exchange statement, directive, words and deadline; the notice's row steps back behind the other.
The exchange is its own inverse, so undoing loses nothing that was corrected meanwhile.
"""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from diemcau.accounts.models import User
from diemcau.delivery.doers.leads import settle_lead
from diemcau.delivery.models import Assignment, SlipState, TakeOver, Task
from vanban.letters import fold

__all__ = ["exchange_back", "stand_in", "standing_take_over", "work_on"]

_CITED = (
    *("document", "directive", "action", "title", "issuer", "said_on", "place", "folded"),
    *("assigner", "withdrawn_at"),
)
_DUE = ("deadline", "due_from", "due_to", "due_rule")


def standing_take_over(task: Task) -> TakeOver | None:
    """The take-over by which a task stands for a notice's; None if none does."""
    return task.take_overs.filter(undone_at=None).order_by("-pk").first()


def work_on(task: Task) -> list[str]:
    """What was done on a task since it was recorded, in words; nothing of a fresh one."""
    counts = {
        _("moves"): task.transitions.count() - 1,
        _("evidence"): task.evidence.count(),
        _("progress reports"): task.progress.count(),
        _("requests for another deadline"): task.slips.count(),
        _("obstacles"): task.obstacles.count(),
        _("confirmations asked for"): task.confirmations.count(),
        _("tasks under it"): task.children.count(),
        _("tasks it stands for"): task.replaces.count(),
        _("answers"): Assignment.objects.filter(task=task, answers__isnull=False).count(),
        _("bodies named by a person"): task.assignments.exclude(expanded_from=None).count(),
    }
    if hasattr(task, "commitment"):
        counts[_("commitments")] = 1
    return [f"{name} ({n})" for name, n in counts.items() if n > 0]


def stand_in(actor: User | None, task: Task, official: Task) -> dict[str, Any]:
    """Let a task stand for the notice's: exchange what they rest on, match the assignments.

    Args:
        task: known from speech, locked.
        official: of the notice, locked, without work of its own.
    Returns:
        What undoing needs beside the exchange.
    """
    keeps_due = task.slips.filter(state=SlipState.APPROVED).exists()
    notice_due = {name: _plain(getattr(official, name)) for name in _DUE}
    _exchange(task, official, fields=_CITED if keeps_due else (*_CITED, *_DUE))
    official.replaced_by = task
    official.save()
    took_product = not task.product and bool(official.product)
    if took_product:
        task.product = official.product
    task.save()
    matched = _match(actor, task, official)
    settle_lead(task)
    settle_lead(official)
    return {
        "kept_deadline": keeps_due,
        "notice_due": notice_due,
        "took_product": took_product,
        **matched,
    }


def exchange_back(take_over: TakeOver, *, by: User | None) -> None:
    """Undo a take-over: each row rests on its own statement again, what was done stays.

    Args:
        take_over: standing; the task and the notice's are locked.
    """
    before = take_over.before
    task, official = take_over.task, take_over.official
    slipped = task.slips.filter(state=SlipState.APPROVED, decided_at__gte=take_over.made_at)
    swaps_due = not before["kept_deadline"] and not slipped.exists()
    _exchange(task, official, fields=(*_CITED, *_DUE) if swaps_due else _CITED)
    if not swaps_due:
        # The task keeps the deadline that was approved; the notice's has its own again.
        for name in _DUE:
            value = before["notice_due"][name]
            setattr(official, name, Task._meta.get_field(name).to_python(value))
    official.replaced_by = None
    official.version += 1
    official.save()
    if before["took_product"] and task.product == official.product:
        task.product = ""
    task.version += 1
    task.save()
    _unmatch(task, official, before)
    settle_lead(task)
    settle_lead(official)
    take_over.undone_by, take_over.undone_at = by, timezone.now()
    take_over.save(update_fields=["undone_by", "undone_at"])


def _exchange(task: Task, official: Task, *, fields: tuple[str, ...]) -> None:
    for name in fields:
        mine, other = getattr(task, name), getattr(official, name)
        setattr(task, name, other)
        setattr(official, name, mine)
    mine_said, other_said = task.statement, official.statement
    # One statement, one task: the column is emptied first.
    Task.objects.filter(pk=task.pk).update(statement=None)
    Task.objects.filter(pk=official.pk).update(statement=mine_said)
    task.statement, official.statement = other_said, mine_said


def _match(actor: User | None, task: Task, official: Task) -> dict[str, Any]:
    """Let the notice name who has the task; those both name keep what they answered."""
    ours = list(task.assignments.filter(ended_at=None, expanded_from=None).order_by("pk"))
    theirs = official.assignments.filter(ended_at=None, expanded_from=None).order_by("pk")
    moved, renamed, matched = [], {}, set()
    for their in theirs:
        same = next(
            (one for one in ours if one.pk not in matched and _key(one) == _key(their)), None
        )
        if same is None:
            moved.append(their.pk)
            continue
        matched.add(same.pk)
        if same.as_written != their.as_written:
            renamed[str(same.pk)] = same.as_written
            same.as_written = their.as_written
            same.save(update_fields=["as_written"])
    Assignment.objects.filter(pk__in=moved).update(task=task)
    # What a person gave or expanded meanwhile is not the notice's to take away.
    left = [one for one in ours if one.pk not in matched and not one.by_hand and not one.completion]
    for one in left:
        one.ended_at, one.ended_by = timezone.now(), actor
        one.ended_because = _("The notice does not name it")
        one.save(update_fields=["ended_at", "ended_by", "ended_because"])
    return {"moved": moved, "ended": [one.pk for one in left], "renamed": renamed}


def _unmatch(task: Task, official: Task, before: dict[str, Any]) -> None:
    for pk, name in before["renamed"].items():
        task.assignments.filter(pk=pk).update(as_written=name)
    task.assignments.filter(pk__in=before["ended"]).update(
        ended_at=None, ended_by=None, ended_because=""
    )
    for one in task.assignments.filter(pk__in=before["moved"]):
        if _is_untouched(one):
            one.task = official
            one.save(update_fields=["task"])
            continue
        # It has answered for this task: it stays, and the notice's task names it anew.
        task.assignments.filter(pk=one.pk).update(by_hand=True)
        Assignment.objects.create(
            task=official,
            role=one.role,
            as_written=one.as_written,
            body_ref=one.body_ref,
            is_collective=one.is_collective,
        )


def _is_untouched(one: Assignment) -> bool:
    said = one.answers.exists() or one.progress.exists() or one.members.exists()
    return not said and one.delivered_at is None and one.ended_at is None


def _key(one: Assignment) -> tuple[str, str]:
    return one.role, one.body if one.body else fold(one.as_written)


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value
