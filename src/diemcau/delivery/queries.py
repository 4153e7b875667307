"""Reads of the ledger: the register with its counts, echoes that wait, threads in time."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import (
    BooleanField,
    Case,
    CharField,
    Count,
    Exists,
    F,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.utils import timezone

from diemcau.accounts.rules import Duty, asker
from diemcau.audit.kept import kept
from diemcau.delivery.models import (
    Assignment,
    AssignmentRole,
    Echo,
    EchoState,
    Saying,
    Slip,
    SlipState,
    Task,
    Thread,
    Transition,
)
from diemcau.delivery.narrowing import (
    TaskFilter,
    filter_tasks,
    known_by,
    narrowed,
    said_again,
)
from diemcau.delivery.on_day import end_of
from diemcau.delivery.promises import partners_keep, without_lead
from diemcau.delivery.row_reports import asks
from diemcau.delivery.states import NEAR_DAYS, Standing, Status
from diemcau.delivery.words import last_word_by
from diemcau.documents.models import LIVE, Statement, StatementKind
from diemcau.documents.order import said_order
from diemcau.documents.queries import statements_to_decide
from diemcau.documents.rules import Reader, kept_for, seen
from diemcau.documents.sentences import with_sentences

__all__ = [
    "Matter",
    "TaskFilter",
    "count_by_lead",
    "count_each",
    "count_echoes",
    "count_repeated",
    "count_standings",
    "count_tasks",
    "filter_tasks",
    "find_tasks",
    "kept_standings",
    "list_echoes",
    "list_echoes_of",
    "list_matters",
    "list_sayings",
    "list_tasks",
    "n_tasks_to_review",
    "standing_assignments",
    "with_clauses",
    "with_standing",
]

EVERYTHING = TaskFilter()


def list_tasks(by: Reader, *, on: dt.date) -> QuerySet[Task]:
    """The tasks that stand and that a person may see, as they are or were on a day.

    On a past day only those given by then. Annotations: `standing`, `held_status`, `held_due` and
    `held_word` (its state, last day and last word then), `has_lead` (one body, not a collective),
    `is_partners` (the other side alone promised it and keeps it), `n_said` (in how many documents
    it was asked for: a report on it is none).
    """
    said = (
        Saying.objects.filter(
            seen(by, "statement__document"),
            asks(),
            thread__sayings__statement=OuterRef("statement"),
        )
        .order_by()
        .values("thread")
        .annotate(n=Count("statement__document", distinct=True))
        .values("n")
    )
    tasks = Task.objects.filter(seen(by), withdrawn_at=None, replaced_by=None)
    if on < timezone.localdate():
        tasks = tasks.filter(known_by(on))
    return with_standing(tasks, on=on).annotate(n_said=Subquery(said))


def with_standing(tasks: QuerySet[Task], *, on: dt.date) -> QuerySet[Task]:
    """The tasks with where each stands on a day; the same rule as `states.standing`.

    A past day is answered from the rows of that day: the last transition by then, and the deadline
    before the first slip approved after it.
    """
    if on < timezone.localdate():
        end = end_of(on)
        moved = Transition.objects.filter(task=OuterRef("pk"), at__lte=end).order_by("-pk")
        slipped = Slip.objects.filter(
            task=OuterRef("pk"), state=SlipState.APPROVED, decided_at__gt=end
        ).order_by("decided_at", "pk")
        tasks = tasks.annotate(
            held_status=Coalesce(Subquery(moved.values("after")[:1]), Value(Status.NEW.value)),
            held_delivered=Subquery(moved.values("delivered_on")[:1]),
            held_due=Case(
                When(Exists(slipped), then=Subquery(slipped.values("due_before")[:1])),
                default=F("due_to"),
            ),
            held_word=last_word_by(end),
        )
    else:
        tasks = tasks.annotate(
            held_status=F("status"),
            held_delivered=F("delivered_on"),
            held_due=F("due_to"),
            held_word=F("last_word_at"),
        )
    near = on + dt.timedelta(days=NEAR_DAYS - 1)
    done = Q(held_status=Status.DONE)
    reported = Q(held_status=Status.AWAITING) & (
        Q(held_delivered=None) | Q(held_delivered__lte=F("held_due"))
    )
    return tasks.annotate(
        standing=Case(
            When(held_status=Status.SUSPENDED, then=Value(Standing.SUSPENDED.value)),
            When(held_status=Status.REFUSED, then=Value(Standing.REFUSED.value)),
            When(done & Q(held_due=None), then=Value(Standing.DONE.value)),
            When(
                done & Q(held_due__lt=Coalesce(F("held_delivered"), Value(on))),
                then=Value(Standing.DONE_LATE.value),
            ),
            When(done, then=Value(Standing.DONE_ON_TIME.value)),
            When(held_due=None, then=Value(Standing.NONE.value)),
            When(reported & Q(held_due__lt=on), then=Value(Standing.IN_TIME.value)),
            When(held_due__lt=on, then=Value(Standing.LATE.value)),
            When(held_due__lte=near, then=Value(Standing.NEAR.value)),
            default=Value(Standing.IN_TIME.value),
            output_field=CharField(),
        ),
        has_lead=Case(
            When(lead="", then=Value(False)), default=Value(True), output_field=BooleanField()
        ),
        is_partners=Case(
            When(partners_keep(), then=Value(True)),
            default=Value(False),
            output_field=BooleanField(),
        ),
    )


def standing_assignments(*, into: str | None = None) -> Prefetch:
    """What brings the assignments that hold along with tasks, who leads before who helps.

    Args:
        into: the attribute they are listed in, which takes half the time; without it they are what
            `assignments.all()` tells.
    """
    order = Case(*(When(role=role, then=Value(n)) for n, role in enumerate(AssignmentRole)))
    held = Assignment.objects.filter(ended_at=None).order_by(order, "pk")
    return Prefetch("assignments", held, to_attr=into)


def find_tasks(by: Reader, asked: TaskFilter, *, on: dt.date) -> QuerySet[Task]:
    """The tasks of `list_tasks` that fit what was asked."""
    return filter_tasks(list_tasks(by, on=on), asked, by=by, on=on)


def count_standings(tasks: QuerySet[Task]) -> dict[str, int]:
    """How many tasks of `list_tasks` stand where; the nine add up to `all`. `no_lead` is beside."""
    rows = tasks.order_by().values("standing")
    found = dict.fromkeys(Standing.values, 0) | {"all": 0, "no_lead": 0}
    for row in rows.annotate(n=Count("pk"), leaderless=Count("pk", filter=without_lead())):
        found[row["standing"]] = row["n"]
        found["all"] += row["n"]
        found["no_lead"] += row["leaderless"]
    return found


def kept_standings(by: Reader, asked: TaskFilter, *, on: dt.date) -> dict[str, int]:
    """What `count_standings` counts of what was asked, kept until somebody writes."""
    of = (asker(by), on, asked)
    return kept("standings", of, lambda: count_standings(find_tasks(by, asked, on=on)))


def count_by_lead(by: Reader, *, on: dt.date) -> dict[str, dict[str, int]]:
    """How many tasks of `list_tasks` stand where, by the body that leads them; kept as above.

    Returns:
        By id in the directory, "?" for leads it does not know, "" for tasks without a single lead:
        counts by standing, and `all`.
    """
    return kept("by lead", (asker(by), on), lambda: _by_lead(list_tasks(by, on=on)))


def _by_lead(tasks: QuerySet[Task]) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    rows = tasks.order_by().values_list("lead", "standing").annotate(n=Count("pk"))
    for lead, standing, n in rows:
        counts = found.setdefault(lead, dict.fromkeys(Standing.values, 0) | {"all": 0})
        counts[standing] = n
        counts["all"] += n
    return found


def count_tasks(by: Reader, *, on: dt.date, asked: TaskFilter = EVERYTHING) -> dict[str, int]:
    """How many tasks stand: in all and per standing, which add up; without a lead; said again.

    `matters` counts the tasks of one thread once.
    """
    of = (asker(by), on, asked)
    return dict(kept("tasks", of, lambda: _count_tasks(by, asked, on=on)))


def _count_tasks(by: Reader, asked: TaskFilter, *, on: dt.date) -> dict[str, int]:
    tasks = find_tasks(by, asked, on=on)
    counts = count_standings(tasks)
    told = tasks.filter(statement__in=Saying.objects.values("statement")).aggregate(
        **_REPEATS, again=Count("pk", filter=said_again(by))
    )
    matters = counts["all"] - told["n"] + told["threads"]
    return counts | {"again": told["again"], "matters": matters}


_REPEATS = {"n": Count("pk"), "threads": Count("statement__saying__thread", distinct=True)}


def count_repeated(tasks: QuerySet[Task]) -> int:
    """How many of some tasks are the same matter as another of them, said again."""
    told = tasks.order_by().filter(statement__in=Saying.objects.values("statement"))
    found = told.aggregate(**_REPEATS)
    return found["n"] - found["threads"]


def count_each(by: Reader, asked: dict[str, TaskFilter], *, on: dt.date) -> dict[str, int]:
    """How many tasks fit each of several questions, by its name, and `all`; one statement."""
    each = {
        name.replace("-", "_"): Count("pk", filter=Q(narrowed(one, by=by, on=on), pk__isnull=False))
        for name, one in asked.items()
    }
    found = list_tasks(by, on=on).aggregate(all=Count("pk"), **each)
    return {"all": found["all"]} | {name: found[name.replace("-", "_")] for name in asked}


def n_tasks_to_review(by: Reader) -> int:
    """How many task statements wait for a decision of this person."""
    return statements_to_decide(by).filter(kind=StatementKind.TASK).count()


def list_echoes(by: Reader, state: str = EchoState.PROPOSED) -> QuerySet[Echo]:
    """Pairs said again, both statements holding and seen, the strongest reason first.

    A proposed pair that other decisions have tied into one thread already asks nothing more.
    `same_day` marks two reports of one day: the matter was told twice rather than said again.
    """
    same = Q(earlier__document__event_on=F("later__document__event_on"))
    return (
        _open_pairs(Echo.objects.filter(_both_seen(by), state=state))
        .select_related("earlier__document", "later__document", "earlier__clause", "later__clause")
        .annotate(
            same_day=Case(
                When(same, then=Value(True)), default=Value(False), output_field=BooleanField()
            )
        )
        .order_by("same_day", "-n_shared", "-score", "pk")
    )


def _both_seen(by: Reader) -> Q:
    return seen(by, "earlier__document") & seen(by, "later__document")


def _open_pairs(echoes: QuerySet[Echo]) -> QuerySet[Echo]:
    # Said out in full: compared with NULL, "not in the same thread" would be neither true nor not.
    apart = (
        Q(earlier__saying=None)
        | Q(later__saying=None)
        | ~Q(earlier__saying__thread=F("later__saying__thread"))
    )
    # A notice that took a task over said by that already that the two are one matter.
    taken = Q(earlier__task__replaced_by=F("later__task")) | Q(
        later__task__replaced_by=F("earlier__task")
    )
    decided = ~Q(state=EchoState.PROPOSED)
    undecided = apart & ~Q(Exists(Echo.objects.filter(taken, pk=OuterRef("pk"))))
    return echoes.filter(undecided | decided, earlier__state__in=LIVE, later__state__in=LIVE)


@dataclass(frozen=True, slots=True)
class Matter:
    """Statements that undecided pairs tie together.

    Args:
        echo: id of the pair with the strongest reason.
        first: the earliest statement, which names the matter.
        last: the latest.
        n: in how many documents it is said.
    """

    echo: int
    first: Statement
    last: Statement
    n: int


def list_matters(by: Reader, *, most: int) -> tuple[list[Matter], int]:
    """The matters made up of pairs a person may decide on, the strongest reason first, and how many
    there are."""
    head: dict[int, int] = {}

    def head_of(pk: int) -> int:
        while head.setdefault(pk, pk) != pk:
            head[pk] = pk = head[head[pk]]
        return pk

    theirs = kept_for(by, Duty.CONFIRM, "earlier__document__")
    theirs |= kept_for(by, Duty.CONFIRM, "later__document__")
    open_pairs = list_echoes(by).filter(theirs)
    pairs = list(open_pairs.values_list("pk", "earlier", "later"))
    for _, earlier, later in pairs:
        head[head_of(later)] = head_of(earlier)
    strongest: dict[int, int] = {}
    for pk, earlier, _ in pairs:
        strongest.setdefault(head_of(earlier), pk)
    shown = dict(list(strongest.items())[:most])
    members = [pk for pk in head if head_of(pk) in shown]
    rows = Statement.objects.filter(pk__in=members).select_related("document").defer("folded")
    said: dict[int, list[Statement]] = {}
    for statement in sorted(rows, key=said_order):
        said.setdefault(head_of(statement.pk), []).append(statement)
    matters = [
        Matter(pk, said[top][0], said[top][-1], len({s.document_id for s in said[top]}))
        for top, pk in shown.items()
    ]
    return matters, len(strongest)


def list_echoes_of(by: Reader, statement: Statement) -> list[Echo]:
    """The pairs of one statement that wait for a decision, the strongest reason first."""
    pairs = Q(earlier=statement) | Q(later=statement)
    return list(list_echoes(by).filter(pairs)[:10])


def count_echoes(by: Reader) -> dict[str, int]:
    """How many pairs whose statements both still hold there are per state."""
    pairs = _open_pairs(Echo.objects.filter(_both_seen(by)))
    rows = pairs.values_list("state").annotate(n=Count("pk")).order_by()
    return {**dict.fromkeys(EchoState.values, 0), **dict(rows)}


def with_clauses(echoes: Iterable[Echo]) -> list[tuple[Echo, Statement, Statement]]:
    """Each pair with its two statements, sentences and tasks at hand, the earlier one first."""
    pairs = list(echoes)
    wanted = {pk for echo in pairs for pk in (echo.earlier_id, echo.later_id)}
    rows = {
        s.pk: s
        for s in with_sentences(Statement.objects.filter(pk__in=wanted)).select_related(
            "document", "task", "saying__thread"
        )
    }
    return [(echo, rows[echo.earlier_id], rows[echo.later_id]) for echo in pairs]


def list_sayings(by: Reader, thread: Thread | int) -> list[Statement]:
    """The statements of a thread that still hold, with their sentences, oldest first."""
    statements = with_sentences(
        Statement.objects.filter(seen(by), saying__thread=thread, state__in=LIVE)
    ).select_related("document", "task")
    return sorted(statements, key=said_order)
