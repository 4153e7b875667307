"""A report's row tied to the order it is about: the order is told, the row steps back behind it.

The two are one matter, so that one row of the ledger tells where it stands: what the report says
is written on the order as the body's word, which waits for confirmation like any other. The row
keeps what it reported itself, and stands alone again when the two are set apart.
"""

from collections.abc import Collection, Iterable, Sequence

from diemcau.delivery.models import Saying, TakeOver, Task
from diemcau.delivery.row_reports import (
    asks,
    is_report,
    is_told,
    take_report_back,
    tell_reported,
    told_at,
)
from diemcau.documents.models import Statement
from diemcau.documents.order import said_order

__all__ = ["settle_matter", "settle_reports", "untold_matters"]

_MOST_STEPS = 20
"""Tasks that stand for one another in a row; no chain of notices is longer."""


def settle_matter(statement: Statement) -> bool:
    """Let the orders of a statement's matter know what is reported now, it being new or changed.

    Returns:
        Whether a task changed by that.
    """
    tied = Saying.objects.filter(thread__sayings__statement=statement)
    members = set(tied.values_list("statement", flat=True))
    return settle_reports([members])


def settle_reports(matters: Iterable[Collection[int]]) -> bool:
    """Let the orders of matters know what the reports tied to them say, and nothing else.

    Idempotent. A report is heard by the orders given by its day: what was asked for again after it
    is still to be answered.
    Args:
        matters: ids of the statements of each; those that were one before come together, so that
            an order forgets what is no longer told of it.
    Returns:
        Whether a task changed.
    """
    groups = [set(one) for one in matters]
    everyone = set().union(*groups)
    if len(everyone) < 2:
        return False
    rows = Statement.objects.filter(pk__in=everyone).select_related("document", "decided_by")
    said = {one.pk: one for one in rows.defer("folded")}
    reports = sorted((one for one in said.values() if is_report(one)), key=_by_day)
    if not reports:
        return False
    standing = {
        one.statement_id: one
        for one in Task.objects.select_for_update(of=("self",)).filter(statement__in=everyone)
    }
    changed = []
    for group in groups:
        members = sorted((said[pk] for pk in group if pk in said), key=said_order)
        orders = _orders(standing.get(one.pk) for one in members if not is_report(one))
        tied = [one for one in reports if one.pk in group and _stands(standing.get(one.pk))]
        for order in orders:
            changed.append(
                _let_know(order, [one for one in tied if _is_about(one, order)], reports)
            )
        for one in reports:
            if one.pk in group and one.pk in standing:
                heard = [order for order in orders if one in tied and _is_about(one, order)]
                changed.append(_stand_behind(standing[one.pk], one, heard))
    return any(changed)


def untold_matters() -> list[set[int]]:
    """The statements of matters with an order that was not told of a report tied to it.

    So they stood before orders were told.
    """
    rows = Task.objects.filter(withdrawn_at=None, statement__saying__isnull=False)
    reports = (
        rows.filter(~asks(), replaced_by=None)
        .select_related("statement__document", "statement__saying")
        .order_by("pk")
    )
    found: dict[int, set[int]] = {}
    for one in reports:
        report = one.statement
        thread = report.saying.thread_id
        if thread not in found and _is_untold(report, thread):
            members = Saying.objects.filter(thread=thread).values_list("statement", flat=True)
            found[thread] = set(members)
    return list(found.values())


def _is_untold(report: Statement, thread: int) -> bool:
    tied = Task.objects.filter(asks(), statement__saying__thread=thread, withdrawn_at=None)
    orders = _orders(tied.select_related("document").order_by("pk"))
    return any(_is_about(report, one) and not is_told(one, report) for one in orders)


def _by_day(statement: Statement) -> tuple:
    return told_at(statement), statement.pk


def _stands(task: Task | None) -> bool:
    return task is not None and task.withdrawn_at is None


def _orders(tasks: Iterable[Task | None]) -> list[Task]:
    """The tasks that stand for some orders, each once, the first first."""
    found: dict[int, Task] = {}
    for task in tasks:
        for _step in range(_MOST_STEPS):
            if task is None or task.replaced_by_id is None:
                break
            task = Task.objects.get(pk=task.replaced_by_id)
        if task is not None and _stands(task):
            found.setdefault(task.pk, task)
    return list(found.values())


def _is_about(report: Statement, order: Task) -> bool:
    day = report.document.spoken_on
    return day is None or order.said_on is None or order.said_on <= day


def _let_know(order: Task, tied: Sequence[Statement], reports: Sequence[Statement]) -> bool:
    before = _where(order)
    for one in reports:
        if one not in tied:
            take_report_back(order, one)
    for one in tied:
        tell_reported(order, one)
    if _where(order) == before:
        return False
    order.version += 1
    order.save(update_fields=["version"])
    return True


def _where(order: Task) -> tuple:
    return order.status, order.delivered_on, order.last_word_at, order.progress.count()


def _stand_behind(row: Task, report: Statement, orders: Sequence[Task]) -> bool:
    """Let a report's row step back behind the first order it is about, or stand alone again."""
    if TakeOver.objects.filter(official=row, undone_at=None).exists():
        return False
    before = row.replaced_by_id
    row.replaced_by_id = orders[0].pk if orders and not _was_worked_on(row, report) else None
    if row.replaced_by_id == before:
        return False
    row.version += 1
    row.save(update_fields=["replaced_by", "version"])
    return True


def _was_worked_on(row: Task, report: Statement) -> bool:
    """Whether people did something on it beyond what its report says: that stays in sight."""
    at = told_at(report)
    done = (
        row.transitions.exclude(move="").exclude(at=at),
        row.progress.exclude(body=None),
        row.evidence.all(),
        row.slips.all(),
        row.obstacles.all(),
        row.confirmations.all(),
        row.children.filter(withdrawn_at=None),
        row.take_overs.filter(undone_at=None),
        row.replaces.all(),
    )
    return any(some.exists() for some in done)
