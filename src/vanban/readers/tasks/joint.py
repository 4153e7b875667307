"""With whom something is to be done: who stands behind "phối hợp với", "cùng" does not lead."""

import re
from functools import cache

from vanban.data import load
from vanban.patterns import alternation, regex
from vanban.readers.tasks.fronts import verb_after
from vanban.readers.tasks.people import split_assignees
from vanban.scan import Scan

__all__ = ["coordinating_bodies"]

_GAP = 200
"""Code points before a task's verb in which "phối hợp với" may stand."""


@cache
def _together() -> re.Pattern[str]:
    words = alternation(load("tasks")["together"])
    return regex(rf"(?<!\w)(?:{words}) +")


@cache
def _leads_on() -> re.Pattern[str]:
    """What may stand between the head of a task and the words by which others join in."""
    words = alternation(load("tasks")["leads_on"])
    return regex(rf"(?:(?i:{words})(?!\w)(?:,| và)? *)*")


_NAMED_BEFORE = regex(
    r"(?:chủ trì|đầu mối), (?P<who>[A-ZĐc][^;:.]{3,150}?) (?:cùng )?phối hợp(?=,| )"
)


def coordinating_bodies(scan: Scan, start: int, end: int, *, before: int) -> tuple[str, ...]:
    """The bodies that are to help with a task, as written; () if none is named.

    Source: "X chủ trì, phối hợp với Y và Z" of official assignments.
    Args:
        start, end: half-open run of the task from its verb on.
        before: where its clause begins; the words may stand between who leads and the verb.
    """
    text = scan.text
    low = max(before, start - _GAP)
    if text.find("hối hợp", low, end) < 0 and text.find("ùng ", low, end) < 0:
        return ()
    named = _NAMED_BEFORE.search(text, low, min(end, start + _GAP))
    if named is not None and (names := split_assignees(named["who"])):
        # "Sở A chủ trì, Sở B và Sở C phối hợp, ..."
        return names
    for m in _together().finditer(text, low, end):
        if m.start() >= start and not _leads_on().fullmatch(text, start, m.start()):
            return ()
        verb = verb_after(scan, m.end(), end)
        if m.start() < start and (verb is None or verb[0] > start + _SLACK):
            continue
        if verb is not None and (names := split_assignees(text[m.end() : verb[0]])):
            return names
    return ()


_SLACK = 2
