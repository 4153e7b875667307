"""What is to be said on a day, to whom and why: computed from rows, the same for a dry run.

A cause (a task that is late, a report that did not come) gives an item as long as it is there.
Each rule climbs its ladder for each item; what was said is in the notices.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Max, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from diemcau.accounts.models import User
from diemcau.delivery.models import (
    Obstacle,
    ProgressState,
    Side,
    Slip,
    SlipState,
    Task,
    Transition,
)
from diemcau.delivery.narrowing import silent_since, unheard_for, waiting_answers
from diemcau.delivery.rules import giver
from diemcau.delivery.states import Status
from diemcau.urging.expected import Answering, last_period, reports_of, working_time
from diemcau.urging.ladder import Rung, Sent, next_rung
from diemcau.urging.models import Audience, Duty, Kind, Notice, Rule
from diemcau.urging.receivers import Receivers
from diemcau.urging.reporting import Punctuality
from diemcau.urging.requests import Asked, requests_of
from diemcau.urging.rules import OWED
from diemcau.urging.working import WorkingTime

__all__ = ["Item", "Plan", "Saying", "list_items", "make_plan"]

_OF_GIVER = (Kind.SLIP, Kind.RESULT)
"""Kinds in which who gave the task is urged, not who does it."""


@dataclass(frozen=True, slots=True)
class Item:
    """A cause that is there.

    Args:
        bodies: ids of those urged; None is the desk that keeps the register.
        about: which of the task's rows, "" the task itself.
        anchor: the day the rule counts from.
        words: what to say of it beside the rule.
        asked_by: id of who asks for the decision; a second person decides.
    """

    rule: Rule
    task: Task
    bodies: tuple[int | None, ...]
    anchor: dt.date
    about: str = ""
    words: str = ""
    asked_by: int | None = None

    @property
    def key(self) -> tuple[int, int, str, dt.date]:
        """The same for the same cause."""
        return self.rule.pk, self.task.pk, self.about, self.anchor


@dataclass(frozen=True, slots=True)
class Saying:
    """A step of a rule for an item, with the people who hear of it.

    Args:
        day: the day the step fell due.
        days: days between the anchor and today.
    """

    item: Item
    rung: Rung
    day: dt.date
    days: int
    is_escalation: bool
    by_partner: bool
    people: tuple[User, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """All that is to be said now.

    Args:
        at: the local instant it was made for.
        opens: when messages go out: `at`, or the next morning of a working day.
        unknown_year: no holiday of the year is known, so that none is kept.
    """

    at: dt.datetime
    opens: dt.datetime
    sayings: tuple[Saying, ...]
    unknown_year: bool

    @property
    def waits(self) -> bool:
        """Whether it is held back until the morning."""
        return self.opens > self.at


def make_plan(at: dt.datetime | None = None) -> Plan:
    """What there is to say at an instant; nothing is written.

    Args:
        at: now without it; the day it lies in may not be past.
    """
    local = timezone.localtime(at)
    time = working_time()
    opens = time.opening(local)
    on = opens.date()
    items = list_items(on, time=time)
    sent = _sent(items)
    due: list[tuple[Item, Rung, dt.date]] = []
    rungs = {rule.pk: [Rung(s.number, s.days, s.to) for s in rule.steps.all()] for rule in _rules()}
    for item in items:
        found = next_rung(
            rungs[item.rule.pk],
            sent[item.key],
            anchor=item.anchor,
            on=on,
            counts_down=item.rule.kind == Kind.BEFORE,
            again=item.rule.again,
        )
        if found is not None:
            due.append((item, *found))
    receivers = Receivers({item.task.document_id for item, _rung, _day in due})
    blocked = _blocked_by_partner({item.task.pk for item, _rung, _day in due})
    sayings = []
    for item, rung, day in due:
        people: dict[int, User] = {}
        for body in item.bodies:
            for person in receivers.of(item.task, body, rung.to, but=item.asked_by):
                people.setdefault(person.pk, person)
        if people:
            first = Audience.APPROVER if item.rule.kind in _OF_GIVER else Audience.REPORTER
            days = abs((on - item.anchor).days)
            sayings.append(
                Saying(
                    item,
                    rung,
                    day,
                    days,
                    rung.to != first,
                    item.task.pk in blocked,
                    tuple(people.values()),
                )
            )
    known = {day.year for day in time.off}
    return Plan(local, opens, tuple(sayings), on.year not in known)


def list_items(on: dt.date, *, time: WorkingTime) -> list[Item]:
    """The causes that are there on a day, of the rules that are on."""
    standing = Task.objects.filter(withdrawn_at=None, replaced_by=None)
    standing = standing.select_related("document")
    found: list[Item] = []
    of_assignees: list[tuple[Rule, Task, dt.date]] = []
    for rule in _rules():
        steps = list(rule.steps.all())
        if not steps:
            continue
        match rule.kind:
            case Kind.SLIP:
                found += _slips(rule, standing)
            case Kind.RESULT:
                found += _results(rule, standing)
            case Kind.ANSWER:
                found += _answers(rule, standing, on)
            case Kind.ASKED:
                found += _asked(rule, standing, on)
            case Kind.REPORT:
                found += _reports(rule, standing, on, time)
            case _:
                of_assignees += _of_tasks(rule, standing, on, [s.days for s in steps])
    answering = Answering(on, {task.pk for _rule, task, _day in of_assignees})
    for rule, task, anchor in of_assignees:
        bodies = tuple(one.pk for one in answering.of(task.pk)) or (None,)
        found.append(Item(rule, task, bodies, anchor))
    return found


def _rules() -> QuerySet[Rule]:
    return Rule.objects.filter(is_on=True).prefetch_related("steps").order_by("pk")


def _of_tasks(
    rule: Rule, standing: QuerySet[Task], on: dt.date, days: list[int]
) -> Iterator[tuple[Rule, Task, dt.date]]:
    work = standing.filter(status__in=OWED)
    if rule.kind == Kind.BEFORE:
        near = work.filter(due_to__gte=on, due_to__lte=on + dt.timedelta(days=max(days)))
        yield from ((rule, task, task.due_to) for task in near if task.due_to)
    elif rule.kind == Kind.LATE:
        late = work.filter(due_to__lt=on)
        yield from ((rule, task, task.due_to) for task in late if task.due_to)
    else:
        for task in work.filter(unheard_for(min(days), on)):
            word = task.last_word_at and timezone.localdate(task.last_word_at)
            yield rule, task, silent_since(task, word)


def _slips(rule: Rule, standing: QuerySet[Task]) -> Iterator[Item]:
    asked = Slip.objects.filter(state=SlipState.ASKED, task__in=standing)
    for slip in asked.select_related("task__document"):
        anchor = timezone.localtime(slip.asked_at).date()
        about = f"slip:{slip.pk}"
        yield Item(rule, slip.task, (giver(slip.task),), anchor, about, asked_by=slip.asked_by_id)


def _results(rule: Rule, standing: QuerySet[Task]) -> Iterator[Item]:
    moved = Transition.objects.filter(task=OuterRef("pk")).order_by("-pk")
    waiting = standing.filter(status=Status.AWAITING)
    last = {"since": Subquery(moved.values("at")[:1]), "reporter": Subquery(moved.values("by")[:1])}
    for task in waiting.annotate(**last):
        anchor = timezone.localtime(task.since or task.recorded_at).date()
        yield Item(rule, task, (giver(task),), anchor, asked_by=task.reporter)


def _answers(rule: Rule, standing: QuerySet[Task], on: dt.date) -> Iterator[Item]:
    # Whoever began the work has answered by that.
    open_ones = waiting_answers().filter(task__in=standing.filter(status=Status.NEW))
    rows = list(open_ones.exclude(body="").select_related("task__document").order_by("pk"))
    answering = Answering(on, {one.task_id for one in rows})
    for one in rows:
        body = answering.body(one.body)
        anchor = timezone.localtime(one.task.recorded_at).date()
        bodies = (body.pk if body else None,)
        yield Item(rule, one.task, bodies, anchor, f"assignment:{one.pk}")


def _reports(
    rule: Rule, standing: QuerySet[Task], on: dt.date, time: WorkingTime
) -> Iterator[Item]:
    for duty in Duty.objects.filter(is_on=True).select_related("body"):
        period = last_period(duty, on)
        if period is None:
            continue
        open_now = standing.filter(status__in=OWED)
        for one in reports_of(duty, [period], on=on, time=time, among=open_now):
            if one.stands(on) == Punctuality.NONE:
                words = one.expected.words
                yield Item(rule, one.task, (one.body.pk,), one.expected.due, one.key, words)


def _asked(rule: Rule, standing: QuerySet[Task], on: dt.date) -> Iterator[Item]:
    owed = standing.filter(status__in=OWED, report_requests__by_day__lt=on)
    tasks = {one.pk: one for one in owed.distinct()}
    open_ones: dict[int, Asked] = {}
    for one in requests_of(list(tasks)):
        # The latest asked for with a day is the one that is urged.
        if one.is_missed(on):
            open_ones.setdefault(one.request.task_id, one)
    answering = Answering(on, list(open_ones))
    for pk, one in open_ones.items():
        bodies = tuple(body.pk for body in answering.of(pk)) or (None,)
        due = one.request.by_day or on
        yield Item(rule, tasks[pk], bodies, due, one.about, one.request.note[:300])


def _sent(items: list[Item]) -> dict[tuple[int, int, str, dt.date], list[Sent]]:
    found: dict[tuple[int, int, str, dt.date], list[Sent]] = defaultdict(list)
    rows = (
        Notice.objects.filter(task__in={item.task.pk for item in items})
        .order_by()
        .values_list("rule", "task", "about", "anchor", "step")
        .annotate(last=Max("made_at"))
    )
    for rule, task, about, anchor, step, last in rows:
        found[rule, task, about, anchor].append(Sent(step, timezone.localtime(last).date()))
    return found


def _blocked_by_partner(tasks: set[int]) -> set[int]:
    """Tasks an open obstacle on the partner's side stands in the way of, as everybody may know."""
    known = Q(progress=None) | Q(progress__state=ProgressState.RELEASED)
    rows = Obstacle.objects.filter(known, task__in=tasks, resolved_at=None, side=Side.PARTNER)
    return set(rows.values_list("task", flat=True))
