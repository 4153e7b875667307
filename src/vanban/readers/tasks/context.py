"""What the reader of tasks keeps: between sentences, inside one, and of a task found."""

import re
from dataclasses import dataclass

from vanban.readers.tasks.deadlines import clause_deadline
from vanban.scan import Scan
from vanban.values.times import Time

__all__ = ["DONE", "SPEECH", "Context", "Found", "State", "make_task"]

DONE = re.compile(r"(?<!\w)(?:đã|đang|vừa|từng)(?!\w)")


SPEECH = re.compile(
    r"(?<!\w)(?:phát biểu|nhấn mạnh|yêu cầu|cho biết|kết luận|đề nghị|chỉ đạo|lưu ý|khẳng định|nhắc nhở|cho rằng|nêu rõ|chỉ rõ|biểu dương|ghi nhận|đánh giá cao|theo|thông tin|báo cáo|nhận định|chia sẻ|nhắc đến|kiến nghị|bày tỏ|giao|cũng|nói)(?!\w)"
)


@dataclass
class Context:
    """What holds for the next sentence.

    Args:
        active: bare verbs are tasks now.
        issuer: who gave the last order; `speaker`: who spoke last, told or not.
        assignees: bodies a list heading names for its items.
        period: deadline that a lead-in set for its list.
        section: "tasks", "results" or "" by the last heading.
    """

    active: bool = False
    own: str | None = None
    """Whose orders an official document carries: all its tasks are theirs."""
    is_report: bool = False
    """An official report: its plans have no issuer, its requests the reporting body."""
    issuer: str | None = None
    speaker: str | None = None
    assignees: tuple[str, ...] = ()
    heading_assignees: tuple[str, ...] = ()
    period: Time | None = None
    section: str = ""
    section_period: Time | None = None
    """Deadline that a heading sets for all its items."""
    block: int = -1
    misses: int = 0


@dataclass
class State:
    """What the clauses of one sentence hand on to the next."""

    issuer: str | None
    assignees: tuple[str, ...]
    cue: str = ""
    cued: bool = False
    opened: bool = False
    closed: bool = False
    praise: bool = False
    listed: bool = False
    """The sentence is an item of a list of orders."""
    objects: bool = False
    """A clause was no task: the ";" separate things, not orders."""
    period: Time | None = None


@dataclass(frozen=True)
class Found:
    start: int
    end: int
    rule: str
    issuer: str | None
    assignees: tuple[str, ...]
    deadline: Time | None
    confidence: float


def make_task(
    scan: Scan,
    start: int,
    end: int,
    rule: str,
    state: State,
    context: Context,
    assignees: tuple[str, ...],
    confidence: float,
) -> Found:
    deadline = (
        clause_deadline(scan, start, end)
        or state.period
        or context.period
        or (context.section_period if context.active else None)
    )
    issuer = state.issuer
    if context.own is not None:
        asked = "kiến nghị" in context.section or rule == "task.ask"
        issuer = context.own if asked or not context.is_report else None
    return Found(
        start, end, rule, issuer, assignees or context.heading_assignees, deadline, confidence
    )
