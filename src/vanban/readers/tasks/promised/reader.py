"""The task of the first promise of a clause, or the list that it brings in."""

from dataclasses import replace

from vanban.readers.tasks.clauses import Clause
from vanban.readers.tasks.context import Found
from vanban.readers.tasks.deadlines import clause_deadline
from vanban.readers.tasks.fronts import colon_follows, skip_blank
from vanban.readers.tasks.grammar import grammar
from vanban.readers.tasks.people import find_issuer
from vanban.readers.tasks.promised.promisers import can_promise, quoted_body, who_promises
from vanban.readers.tasks.promised.promises import (
    Promise,
    is_no_promise,
    promise_at,
    what_is_promised,
)

__all__ = ["promised"]


def promised(clause: Clause) -> list[Found] | None:
    """What somebody promises to do; None if nobody does.

    Source: `promise` of `data/tasks.yml`.
    Returns:
        The task, or [] if the promise brings in a list.
    """
    for m in clause.find_all(grammar().promise):
        promise = promise_at(clause, m)
        if is_no_promise(promise):
            continue
        if _ends_before_a_list(promise):
            if (both := find_issuer(clause.scan, clause.start, promise.start)) is None:
                continue
            return _open(clause, both)
        if (action := what_is_promised(promise)) is None:
            continue
        at, others = action
        subject, another = who_promises(promise)
        if can_promise(promise, subject):
            return [_take(promise, at, subject, others or quoted_body(promise) or another)]
    return None


def _take(promise: Promise, at: int, subject: str | None, others: tuple[str, ...]) -> Found:
    """The task of a promise from `at` on, done by others than who promises if any are named."""
    clause, state = promise.clause, promise.clause.state
    state.issuer, state.assignees = subject, others or ((subject,) if subject else ())
    state.cued, state.rule = True, "promise"
    found = clause.task(at, clause.end, "task.promise", 0.75)
    if clause_deadline(clause.scan, at, clause.end) is None:
        due = clause_deadline(clause.scan, promise.end, at)
        found = replace(found, deadline=due or found.deadline)
    return found


def _ends_before_a_list(promise: Promise) -> bool:
    """Whether a list of what they will do follows: "Hai bên nhất trí:"."""
    text, end = promise.text, promise.clause.end
    return skip_blank(text, promise.end) >= end and colon_follows(text, end)


def _open(clause: Clause, both: str) -> list[Found]:
    state = clause.state
    state.issuer, state.assignees = both, (both,)
    state.cued = state.opened = True
    return []
