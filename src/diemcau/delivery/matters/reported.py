"""A report's row tied to the order it is about: the order is told, the row steps back behind it.

The two are one matter, so that one row of the ledger tells where it stands: what the report says
is told of the order as the body's word, which waits for confirmation like any other. The row
keeps what it reported itself, and stands alone again when the two are set apart. An order is told
only by who may answer for it; until then the tie waits (`docs/decisions/0044`).
"""

from collections.abc import Collection, Iterable, Sequence

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef

from diemcau.accounts.models import User
from diemcau.accounts.rules import Duty
from diemcau.audit.actions import part_of_actions, record_each
from diemcau.delivery.models import Saying, TakeOver, Task
from diemcau.delivery.row_reports import asks, by_day, is_report, let_know, reports_told_of
from diemcau.delivery.rules import require_party
from diemcau.delivery.states import Party
from diemcau.documents.models import Statement
from diemcau.documents.order import said_order
from diemcau.documents.rules import require

__all__ = [
    *("may_tell", "reporting_matters", "settle_matter", "settle_reports", "waiting_reports"),
]

_MOST_STEPS = 20
"""Tasks that stand for one another in a row; no chain of notices is longer."""
_TOLD = part_of_actions("delivery.tell_order")


def settle_matter(statement: Statement) -> bool:
    """Let the orders of a statement's matter know what is reported now, it being new or changed.

    Who decided on the statement lets them know.
    Returns:
        Whether a task changed by that.
    """
    tied = Saying.objects.filter(thread__sayings__statement=statement)
    members = set(tied.values_list("statement", flat=True))
    return settle_reports([members], by=statement.decided_by)


def settle_reports(
    matters: Iterable[Collection[int]], *, by: User | None, untied: bool = False
) -> bool:
    """Let the orders of matters know what the reports tied to them say, and nothing else.

    Idempotent. A report is heard by the orders given by its day: what was asked for again after it
    is still to be answered. It is told of an order first by who stands on a side of it or confirms
    for its keeper; once told, it is followed whoever corrects or rejects it.
    Args:
        matters: ids of the statements of each; those that were one before come together, so that
            an order forgets what is no longer told of it.
        by: who lets them know; None is the installation itself.
        untied: they may just have been set apart, which takes back only what they may tell.
    Returns:
        Whether a task changed.
    Raises:
        PermissionDenied: an order that is not theirs would forget a report that stands.
    """
    groups = [set(one) for one in matters]
    everyone = set().union(*groups)
    if len(everyone) < 2:
        return False
    rows = Statement.objects.filter(pk__in=everyone).select_related("document", "decided_by")
    said = {one.pk: one for one in rows.defer("folded")}
    standing = _locked(everyone)
    of = {one.statement_id: one for one in standing.values() if one.statement_id in everyone}
    taken_over = set(
        TakeOver.objects.filter(official__in=standing, undone_at=None).values_list(
            "official", flat=True
        )
    )
    told = reports_told_of(standing.values())
    reports = sorted((one for one in said.values() if is_report(one)), key=by_day)
    if not reports and not told:
        return False
    changed = []
    for group in groups:
        members = sorted((said[pk] for pk in group if pk in said), key=said_order)
        asked = [one for one in members if not is_report(one)]
        tied = [one for one in reports if one.pk in group and _stands(of.get(one.pk))]
        orders = _orders((of.get(one.pk) for one in asked), standing)
        heard: dict[int, list[Task]] = {}
        for order in orders:
            about = [one for one in tied if _is_about(one, order)]
            before = told.get(order.pk, [])
            # Where it took another's place, what was told of that one's matter is not this one's.
            about += [one for one in before if one.pk not in everyone]
            gone = [one for one in before if one not in about and _stands(of.get(one.pk))]
            if untied and gone and not may_tell(by, order):
                raise PermissionDenied("order: another body's")
            if any(one not in before for one in about) and not may_tell(by, order):
                about = [one for one in about if one in before]
            changed.append(_let_know(order, sorted(about, key=by_day), by=by))
            for one in about:
                heard.setdefault(one.pk, []).append(order)
        changed += [
            _stand_behind(of[one.pk], heard.get(one.pk, []))
            for one in members
            if one.pk in of and of[one.pk].pk not in taken_over
        ]
    return any(changed)


def reporting_matters() -> list[set[int]]:
    """The statements of the matters in which a report and an order stand."""
    tied = Task.objects.filter(statement__saying__thread=OuterRef("thread"), withdrawn_at=None)
    rows = Saying.objects.filter(Exists(tied.filter(~asks())), Exists(tied.filter(asks())))
    found: dict[int, set[int]] = {}
    for thread, statement in rows.order_by("thread", "pk").values_list("thread", "statement"):
        found.setdefault(thread, set()).add(statement)
    return list(found.values())


def waiting_reports(order: Task) -> list[Statement]:
    """The reports tied to an order that it was not told of, for nobody who may tell it tied them.

    They are told when who may settles, joins or accepts anything of the matter.
    """
    told = {one.pk for one in reports_told_of([order]).get(order.pk, ())}
    tied = Task.objects.filter(
        ~asks(), statement__saying__thread__sayings__statement=order.statement_id, withdrawn_at=None
    )
    rows = tied.select_related("statement__document", "statement__decided_by").order_by("pk")
    return [
        one.statement
        for one in rows.exclude(pk=order.pk)
        if one.statement_id not in told and _is_about(one.statement, order)
    ]


def may_tell(by: User | None, order: Task) -> bool:
    """Whether a person stands on a side of an order, or confirms for who keeps its document."""
    for party in Party:
        try:
            require_party(by, order, party)
        except PermissionDenied:
            continue
        return True
    try:
        require(by, Duty.CONFIRM, order.document)
    except PermissionDenied:
        return False
    return True


def _stands(task: Task | None) -> bool:
    return task is not None and task.withdrawn_at is None


def _locked(statements: Collection[int]) -> dict[int, Task]:
    """The tasks of statements and those that stand for them, by id; locked in one order."""
    known = set(Task.objects.filter(statement__in=statements).values_list("pk", flat=True))
    edge = known
    for _step in range(_MOST_STEPS):
        behind = Task.objects.filter(pk__in=edge, replaced_by__isnull=False)
        edge = set(behind.values_list("replaced_by", flat=True)) - known
        if not edge:
            break
        known |= edge
    rows = Task.objects.select_for_update(of=("self",)).select_related("document", "assigner")
    return {one.pk: one for one in rows.filter(pk__in=known).order_by("pk")}


def _orders(tasks: Iterable[Task | None], standing: dict[int, Task]) -> list[Task]:
    """The tasks that stand for some orders, each once, the first first."""
    found: dict[int, Task] = {}
    for task in tasks:
        for _step in range(_MOST_STEPS):
            if task is None or task.replaced_by_id is None:
                break
            task = standing.get(task.replaced_by_id)
        if task is not None and _stands(task):
            found.setdefault(task.pk, task)
    return list(found.values())


def _is_about(report: Statement, order: Task) -> bool:
    day = report.document.spoken_on
    return day is None or order.said_on is None or order.said_on <= day


def _let_know(order: Task, reports: Sequence[Statement], *, by: User | None) -> bool:
    before = order.status
    if not let_know(order, reports, by=by):
        return False
    order.version += 1
    order.save(update_fields=["version"])
    record_each(
        _TOLD,
        Task,
        order.pk,
        detail={"before": before, "after": order.status, "reports": [one.pk for one in reports]},
    )
    return True


def _stand_behind(row: Task, orders: Sequence[Task]) -> bool:
    """Let a report's row step back behind the first order that was told of it, or stand alone."""
    before = row.replaced_by_id
    row.replaced_by_id = orders[0].pk if orders and not _was_worked_on(row) else None
    if row.replaced_by_id == before:
        return False
    row.version += 1
    row.save(update_fields=["replaced_by", "version"])
    return True


def _was_worked_on(row: Task) -> bool:
    """Whether people did something on it beyond what its report says: that stays in sight."""
    done = (
        row.transitions.filter(report=None).exclude(move=""),
        row.progress.filter(report=None),
        row.evidence.all(),
        row.slips.all(),
        row.obstacles.all(),
        row.confirmations.all(),
        row.children.filter(withdrawn_at=None),
        row.take_overs.filter(undone_at=None),
        row.replaces.all(),
    )
    return any(some.exists() for some in done)
