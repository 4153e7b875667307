"""Which tasks the words of their sentences, weighed on labelled texts, deny: decision 45."""

from bisect import bisect_right
from collections.abc import Iterable

from vanban.learned import chance
from vanban.records import Task
from vanban.scan import Scan

__all__ = ["likely"]

_BY_A_MODAL = "task.modal"
"""What "cần" and "phải" make of a clause; whoever is told or asked is told by more."""
_LEAST = 0.1
"""A smaller chance makes what a rule found none."""


def likely(scan: Scan, tasks: Iterable[Task]) -> list[Task]:
    """The tasks but for what somebody must bear, in sentences in which nobody would see a task."""
    starts = [s.start for s in scan.sentences]
    kept, chances = [], {}
    for task in tasks:
        if not task.rule.startswith(_BY_A_MODAL):
            kept.append(task)
            continue
        at = bisect_right(starts, task.anchor.start) - 1
        if at not in chances:
            sentence = scan.sentences[max(at, 0)]
            chances[at] = chance("tasks", scan.words, sentence.start, sentence.end)
        if chances[at] >= _LEAST:
            kept.append(task)
    return kept
