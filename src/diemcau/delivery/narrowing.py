"""Narrowing the register: one rule for list, count, file, search, home and API."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import BigIntegerField, Count, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.db.models.lookups import Exact
from django.utils import timezone

from diemcau.accounts.rules import Duty
from diemcau.delivery.deadlines import DueRule, read_deadline
from diemcau.delivery.models import (
    SENT_BACK,
    Answer,
    Assignment,
    AssignmentRole,
    CommitmentParty,
    Progress,
    ProgressState,
    Saying,
    Task,
    Transition,
)
from diemcau.delivery.on_day import end_of, open_obstacles, waiting_slips
from diemcau.delivery.partners import tied_to_partner
from diemcau.delivery.promises import partners_keep, without_lead
from diemcau.delivery.row_reports import asks
from diemcau.delivery.rules import given_to, held_bodies, judged_by, releases
from diemcau.delivery.states import OPEN, Move, Standing, Status
from diemcau.delivery.words import unanswered_requests
from diemcau.directory.models import Body, Partner
from diemcau.directory.reach import reached_refs
from diemcau.documents.rules import Reader, seen
from vanban.letters import fold

__all__ = [
    "SILENT_DAYS",
    "TaskFilter",
    "filter_tasks",
    "is_silent",
    "is_unheard",
    "known_by",
    "narrowed",
    "said_again",
    "silent_since",
    "unheard_for",
    "waiting_answers",
]

SILENT_DAYS = 30
"""A task of which nobody has said a word for so many days is silent, unless asked otherwise."""
_OWED = {Standing.LATE, Standing.NEAR, Standing.IN_TIME, Standing.NONE}


@dataclass(frozen=True, slots=True)
class TaskFilter:
    """What a person asked the register for; an empty field asks nothing, and all asked holds.

    Args:
        standings: of `Standing`, any of them.
        status: of `Status`.
        nature: of `Nature`.
        body: id in the directory: tasks given to it, to what stands under it, or to what it took
            over whole; a person's word on a divided body is followed.
        alone: of that body, nothing of those under it or before it.
        leads: of that body, only where one of these is the one lead.
        assignee: a name as written, for those the directory does not know.
        partner: id in the directory: a party of the task's commitment, or named in its words; of
            one that names none, the partner of the visit or agreement it is tied to.
        undated: the day it was given or promised is not known, so that no period holds it.
        unheard: owed, and nobody has said a word of it yet.
        said, due: a period, "2025-H1", "2025-07-22"; the day it was said, or the last day of the
            deadline, lies in it.
        due_by: the last day of the deadline is this one or earlier.
        owed: still to be done, late or not.
        rule: how these periods are counted.
        silent: owed, and no word for more than so many days.
        obstacle: with an open one, of that `side` and `level` where they are given.
        mine: given to a body the person acts for; who acts for all sees all.
        to_report, to_confirm, to_answer: what waits for this person.
    """

    standings: tuple[str, ...] = ()
    status: str = ""
    nature: str = ""
    body: str = ""
    alone: bool = False
    leads: bool = False
    assignee: str = ""
    issuer: str = ""
    programme: str = ""
    document: int | None = None
    instrument: int | None = None
    directive: int | None = None
    partner: str = ""
    said: str = ""
    due: str = ""
    due_by: dt.date | None = None
    owed: bool = False
    rule: str = DueRule.CALENDAR
    again: bool = False
    no_lead: bool = False
    theirs: bool = False
    no_deadline: bool = False
    undated: bool = False
    unheard: bool = False
    silent: int | None = None
    obstacle: bool = False
    side: str = ""
    level: str = ""
    slip_waiting: bool = False
    mine: bool = False
    to_report: bool = False
    to_confirm: bool = False
    to_answer: bool = False
    words: str = ""


def filter_tasks(
    tasks: QuerySet[Task], asked: TaskFilter, *, by: Reader, on: dt.date
) -> QuerySet[Task]:
    """Narrow the tasks of `list_tasks` to what was asked.

    Args:
        by: whom the tasks were listed for.
        on: the day they were listed for.
    """
    return tasks.filter(narrowed(asked, by=by, on=on))


def narrowed(asked: TaskFilter, *, by: Reader, on: dt.date) -> Q:
    """What was asked as one condition on the tasks of `list_tasks`.

    Bodies, partners, instruments and words are those the task has now; standing, state, deadline,
    obstacles and words said are those of the day.
    """
    found = _of_the_task(asked)
    if asked.standings:
        # All that is owed is one condition on the state, which an index answers.
        owed = {*asked.standings} == _OWED
        found &= Q(held_status__in=OPEN) if owed else Q(standing__in=asked.standings)
    if asked.status:
        found &= Q(held_status=asked.status)
    if asked.body:
        refs = {asked.body} if asked.alone else reached_refs(asked.body)
        found &= given_to(refs, leads=asked.leads, looks=True)
    if asked.partner:
        found &= _names_partner(asked.partner) | tied_to_partner(by, asked.partner)
    if asked.again:
        found &= said_again(by)
    if asked.no_deadline:
        found &= Q(held_due=None)
    if asked.due:
        found &= _within("held_due", asked.due, asked.rule)
    if asked.owed:
        found &= Q(held_status__in=OPEN)
    if asked.due_by is not None:
        found &= Q(held_due__lte=asked.due_by)
    if asked.silent is not None:
        found &= is_silent(asked.silent, on)
    if asked.unheard:
        found &= is_unheard()
    if asked.obstacle or asked.side or asked.level:
        found &= _hindered(asked, by, on)
    if asked.slip_waiting:
        found &= Q(pk__in=waiting_slips(on=on).values("task"))
    return found & _waits_for(asked, by, on)


def said_again(by: Reader) -> Q:
    """Tasks asked for in more than one document the person sees; a report on one asks nothing."""
    threads = (
        Saying.objects.filter(seen(by, "statement__document"), asks())
        .order_by()
        .values("thread")
        .annotate(n=Count("statement__document", distinct=True))
        .filter(n__gt=1)
        .values("thread")
    )
    return Q(statement__in=Saying.objects.filter(thread__in=threads).values("statement"))


def _of_the_task(asked: TaskFilter) -> Q:
    found = Q()
    for name in ("nature", "issuer", "programme", "document", "directive"):
        if value := getattr(asked, name):
            found &= Q(**{name: value})
    if asked.instrument is not None:
        found &= Q(directive__instrument=asked.instrument)
    if asked.assignee:
        named = Assignment.objects.filter(as_written=asked.assignee, ended_at=None)
        found &= Q(pk__in=named.values("task"))
    if asked.said:
        found &= _within("said_on", asked.said, asked.rule)
    if asked.undated:
        found &= Q(said_on=None)
    if asked.no_lead:
        found &= without_lead()
    if asked.theirs:
        found &= partners_keep()
    for word in fold(asked.words).split():
        found &= Q(folded__contains=word)
    return found


def _names_partner(ref: str) -> Q:
    """A party of the task's commitment, or named in its words or its sentence.

    Words are looked for as they are written, and only names of two words or more: "Đức" and "Nga"
    are people's names, too.
    """
    parties = CommitmentParty.objects.filter(ref=ref, is_ours=False)
    found = Q(pk__in=parties.values("commitment__task"))
    names = Partner.objects.filter(ref=ref).values_list("names__name", flat=True)
    for name in {one for one in names if one and " " in one}:
        for where in ("title", "action", "statement__quote"):
            found |= Q(**{f"{where}__contains": name})
    return found


def _within(field: str, period: str, rule: str) -> Q:
    """The day lies in the period; a period that is none holds nothing."""
    days = read_deadline(period, rule=DueRule(rule))
    if days is None:
        return Q(pk__in=[])
    return Q(**{f"{field}__gte": days.due_from, f"{field}__lte": days.due_to})


def known_by(on: dt.date) -> Q:
    """Tasks that were given by a day.

    One whose day is not known was given by the day its document speaks of, and where that is not
    known either, by the day it was recorded.
    """
    told = Q(document__event_on__lte=on) | Q(
        document__event_on=None, document__published_on__lte=on
    )
    undated = Q(document__event_on=None, document__published_on=None, recorded_at__lte=end_of(on))
    return Q(said_on__lte=on) | Q(said_on=None) & (told | undated)


def is_silent(days: int, on: dt.date) -> Q:
    """Owed on the day, and no word in the days before it; what was given in them is not.

    Args:
        on: the day the tasks were listed for: `held_status` and `held_word` are of it.
    """
    return Q(held_status__in=OPEN) & unheard_for(days, on, word="held_word")


def is_unheard() -> Q:
    """Owed on the day the tasks were listed for, and nobody had said a word of it."""
    return Q(held_status__in=OPEN, held_word=None)


def unheard_for(days: int, on: dt.date, *, word: str = "last_word_at") -> Q:
    """Tasks silent for at least so many days on a day: the same rule as `silent_since`.

    Args:
        word: the column that tells the last word by that day.
    """
    last = on - dt.timedelta(days=min(days, (on - dt.date.min).days - 1))
    end = end_of(last)
    given = Q(said_on__lte=last) | Q(said_on=None, recorded_at__lte=end)
    return given & (Q(**{word: None}) | Q(**{f"{word}__lte": end}))


def silent_since(task: Task, word: dt.date | None) -> dt.date:
    """The day silence is counted from: that of the last word, else the day the task was given.

    However late the register learned of it; only where nobody knows that day, the day it was
    recorded.
    Args:
        word: the day of the last word; None if there was none.
    """
    given = task.said_on or timezone.localdate(task.recorded_at)
    return given if word is None else max(given, word)


def _hindered(asked: TaskFilter, by: Reader, on: dt.date) -> Q:
    rows = open_obstacles(by, on=on)
    if asked.side:
        rows = rows.filter(side=asked.side)
    if asked.level:
        rows = rows.filter(level=asked.level)
    return Q(pk__in=rows.values("task"))


def waiting_answers() -> QuerySet[Assignment]:
    """What bodies were given and have not answered; who only follows a task owes no answer."""
    open_ones = Assignment.objects.filter(answer=Answer.WAITING, ended_at=None, is_collective=False)
    return open_ones.exclude(role=AssignmentRole.FOLLOWING)


def _waits_for(asked: TaskFilter, by: Reader, on: dt.date) -> Q:
    found = Q()
    if asked.mine:
        everything, bodies = held_bodies(by)
        found &= Q() if everything else given_to(_refs(bodies))
    if asked.to_report:
        found &= _to_report(by, on)
    if asked.to_answer:
        # Who keeps the register for all answers for no body by that.
        _everything, bodies = held_bodies(by, Duty.ADD)
        waiting = waiting_answers().filter(body__in=_refs(bodies))
        found &= Q(held_status__in=OPEN, pk__in=waiting.values("task"))
    if asked.to_confirm:
        found &= _to_confirm(by, on)
    return found


def _refs(bodies: set[int]) -> QuerySet[Body, str]:
    return Body.objects.filter(pk__in=bodies).order_by().values("ref")


def _to_report(by: Reader, on: dt.date) -> Q:
    """Owed by the person's bodies, and asked for or silent; and reports given back to write on."""
    _everything, bodies = held_bodies(by, Duty.ADD)
    asked_for = Q(held_status__in=OPEN, pk__in=unanswered_requests().values("task"))
    owed = given_to(_refs(bodies), acts=True) & (asked_for | is_silent(SILENT_DAYS, on))
    returned = Progress.objects.filter(body__in=bodies, state=ProgressState.RETURNED)
    return owed | Q(held_status__in=OPEN, pk__in=returned.values("task"))


def _to_confirm(by: Reader, on: dt.date) -> Q:
    """What this person judges, and reports they release; none they made themselves.

    Judged are results, new deadlines, and tasks a body sent back.
    """
    mine = by.pk if by is not None else 0
    report = Transition.objects.filter(task=OuterRef("pk"), move=Move.SUBMIT).order_by("-pk")
    reporter = Coalesce(Subquery(report.values("by")[:1]), Value(0), output_field=BigIntegerField())
    reported = Q(held_status=Status.AWAITING) & ~Q(Exact(reporter, mine))
    slips = Q(pk__in=waiting_slips(on=on).exclude(asked_by=mine).values("task"))
    drafts = Progress.objects.filter(releases(by), state=ProgressState.SUBMITTED)
    sent_back = Q(
        held_status__in=OPEN,
        pk__in=Assignment.objects.filter(
            answer__in=SENT_BACK, ended_at=None, is_collective=False
        ).values("task"),
    )
    return (judged_by(by) & (reported | slips | sent_back)) | Q(pk__in=drafts.values("task"))
