"""What the reader of tasks keeps: between sentences, inside one, and of a task found."""

from dataclasses import dataclass

from vanban.readers.tasks.deadlines import clause_deadline
from vanban.readers.tasks.sides import binds_itself, is_side
from vanban.scan import Scan
from vanban.values.times import Time

__all__ = ["Context", "Found", "State", "make_task"]


@dataclass
class Context:
    """What holds for the next sentence.

    Args:
        active: bare verbs are tasks now.
        own: whose orders an official document carries: all its tasks are theirs.
        issuer: who gave the last order; `speaker`: who spoke last, told or not, at `spoke`.
        heading_assignees: bodies a list heading names for its items.
        told: whom the last order was for.
        period: deadline that a lead-in set for its list.
        section: "tasks", "kiến nghị", "results" or "" by the last heading, "speech" by a speaker.
        purpose: the last heading names what a plan is for beside what it requires.
        section_period: deadline that a heading sets for all its items.
        asked_period: deadline that the question of an interview sets for the plans that answer it.
        plan_period: the year that the title of a plan names.
        aim_period: the period of the aim said last, for "Để đạt mục tiêu đó, ...".
        block: index of the block of the last sentence.
        misses: sentences in a row that held no task.
    """

    active: bool = False
    own: str | None = None
    issuer: str | None = None
    speaker: str | None = None
    spoke: int = -(10**6)
    heading_assignees: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    period: Time | None = None
    section: str = ""
    purpose: bool = False
    section_period: Time | None = None
    asked_period: Time | None = None
    plan_period: Time | None = None
    aim_period: Time | None = None
    block: int = -1
    misses: int = 0

    def open(self) -> None:
        """Bare verbs are tasks from here on."""
        self.active, self.misses = True, 0

    def close(self) -> None:
        """They are no more."""
        self.active, self.period, self.heading_assignees = False, None, ()


@dataclass
class State:
    """What the clauses of one sentence hand on to the next.

    Args:
        issuer, assignees: who tells and who is told, by the last cue.
        cued: a cue was found.
        opened: a list was announced.
        closed: the sentence reports; what follows it is no list of orders.
        praise: the sentence praises, so that its later clauses do.
        listed: the sentence is an item of a list of orders.
        told: the sentence begins with what is told, no task.
        objects: a clause was no task: the ";" separate things, not orders.
        period: deadline that the sentence sets for its clauses.
        rule: the rule of the last cue: "require", "ask", "promise" ...
        cited: the last cue is in another's paper that the sentence names.
        asks_us: who tells asks the body whose paper it is.
    """

    issuer: str | None
    assignees: tuple[str, ...]
    cued: bool = False
    opened: bool = False
    closed: bool = False
    praise: bool = False
    listed: bool = False
    told: bool = False
    objects: bool = False
    period: Time | None = None
    rule: str = ""
    cited: bool = False
    asks_us: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """A task in `text[start:end]`, before it is a record."""

    start: int
    end: int
    rule: str
    issuer: str | None
    assignees: tuple[str, ...]
    deadline: Time | None
    confidence: float
    coordinating: tuple[str, ...] = ()

    @property
    def is_dated(self) -> bool:
        """Whether its own clause says when it is due, not a lead-in or a heading."""
        return self.deadline is not None and self.start <= self.deadline.start < self.end


def _is_over(due: Time, section: Time | None) -> bool:
    """Whether a period has ended before the one begins that a heading sets for all below."""
    if section is None or due.year is None or due.year != section.year:
        return False
    one, other = _months(due), _months(section)
    return one is not None and other is not None and one[1] < other[0]


def _months(time: Time) -> tuple[int, int] | None:
    """First and last month of a part of a year; None for a day or a whole year."""
    match time.kind, time.number, time.month:
        case "half", int(n), _:
            return 6 * n - 5, 6 * n
        case "quarter", int(n), _:
            return 3 * n - 2, 3 * n
        case "months", int(n), _:
            return 1, n
        case "month", _, int(n):
            return n, n
    return None


def _says_itself(scan: Scan, state: State, issuer: str, told: tuple[str, ...], at: int) -> bool:
    """Whether who is named says it, whosever the paper is: he asks its body, or binds himself."""
    if state.asks_us:
        return True
    if told == (issuer,) and state.rule in ("promise", "plan"):
        return binds_itself(scan, issuer, at)
    return state.rule == "assign" and is_side(issuer)


_PLANS = ("task.plan", "task.context", "task.list", "task.carried")


def make_task(
    scan: Scan,
    start: int,
    end: int,
    *,
    rule: str,
    state: State,
    context: Context,
    confidence: float,
    assignees: tuple[str, ...] | None = None,
) -> Found:
    """The task of a clause, with the deadline and the issuer that hold for it.

    Args:
        start, end: half-open run of the clause from its verb on.
        rule: name of the rule that found it.
        assignees: who is told; None for those the sentence has named.
    """
    due = clause_deadline(scan, start, end)
    if due is not None and context.active and _is_over(due, context.section_period):
        # "thỏa thuận ký trong 6 tháng đầu năm" under "6 tháng cuối năm": the object's period.
        due = None
    deadline = (
        due
        or state.period
        or context.period
        or (context.section_period if context.active else None)
        or (context.plan_period if context.active else None)
        or (context.asked_period if rule.startswith(_PLANS) else None)
    )
    issuer = state.issuer
    told = (state.assignees if assignees is None else assignees) or context.heading_assignees
    if context.own is not None and not (
        (state.cited and issuer in scan.titles_of)
        or (issuer is not None and _says_itself(scan, state, issuer, told, start))
    ):
        # What a report plans, the body that reports says.
        issuer = context.own or None
    return Found(start, end, rule, issuer, told, deadline, confidence)
