"""Answers kept in the process until somebody writes: every write moves the head of the log.

Whoever changes anything does so by an action, which leaves an entry in the same transaction; so an
answer worked out under one head of the log holds as long as that head stands.
"""

import time
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from threading import Event, Lock
from typing import Any, TypeVar

from django.conf import settings
from django.db import connection

from diemcau.audit.models import AuditHead

__all__ = ["are_kept", "hold_head", "is_one_head", "kept", "one_head"]

T = TypeVar("T")

_MOST = 300
_SECONDS = 60
"""Nothing is kept longer, for who changes rows without an action, as a migration does."""
_PATIENCE = 10
"""Seconds one waits for what another works out."""
_answers: "OrderedDict[tuple[str, Hashable], tuple[str, float, Any]]" = OrderedDict()
_worked_out: "dict[tuple[tuple[str, Hashable], str], Event]" = {}
_lock = Lock()
_head: ContextVar[list[str] | None] = ContextVar("_head", default=None)


@contextmanager
def one_head() -> Iterator[None]:
    """Read the head of the log at most once in here: for what only reads, as the GET of a page.

    All of a page then rests on one head, and each answer kept costs no statement of its own.
    """
    token = _head.set([])
    try:
        yield
    finally:
        _head.reset(token)


def is_one_head() -> bool:
    """Whether this is a request that only reads, with answers kept."""
    return _head.get() is not None and are_kept()


def hold_head(digest: str) -> None:
    """Let this request rest on a head of the log that was read along with its first row."""
    held = _head.get()
    if held is not None and not held:
        held.append(digest)


def are_kept() -> bool:
    """Whether answers are kept here and now: what a transaction wrote has not moved the head."""
    return settings.KEEPS_ANSWERS and not connection.in_atomic_block


def _stamp() -> str:
    held = _head.get()
    if held:
        return held[0]
    # Read before the rows are: an answer is never older than its stamp.
    stamp = AuditHead.objects.values_list("digest", flat=True).first() or ""
    if held is not None:
        held.append(stamp)
    return stamp


def kept(what: str, of: Hashable, find: Callable[[], T]) -> T:
    """An answer worked out before, if nothing was written since; otherwise worked out now.

    Args:
        what: which question.
        of: all that the answer depends on beside the rows: who asks, by which grants, what day.
        find: works it out; what it returns is shared and not to be changed.
    Returns:
        The answer; where it is at hand one statement, in `one_head` none but the first's.
    """
    if not are_kept():
        return find()
    place, stamp = (what, of), _stamp()
    held = _held(place, stamp)
    if held is None:
        mine = Event()
        with _lock:
            working = _worked_out.setdefault((place, stamp), mine)
        if working is mine:
            return _work_out(place, stamp, find, mine)
        # After a write many ask the same at once: one works it out, the others wait for it.
        working.wait(_PATIENCE)
        held = _held(place, stamp)
    # What the other found may not be to be kept.
    return find() if held is None else held[2]


def _work_out(place: "tuple[str, Hashable]", stamp: str, find: Callable[[], T], done: Event) -> T:
    began = time.monotonic()
    try:
        found = find()
        with _lock:
            _answers[place] = (stamp, began, found)
            _answers.move_to_end(place)
            while len(_answers) > _MOST:
                _answers.popitem(last=False)
        return found
    finally:
        with _lock:
            del _worked_out[place, stamp]
        done.set()


def _held(place: "tuple[str, Hashable]", stamp: str) -> "tuple[str, float, Any] | None":
    with _lock:
        held = _answers.get(place)
        if held is None or held[0] != stamp or time.monotonic() - held[1] >= _SECONDS:
            return None
        _answers.move_to_end(place)
        return held
