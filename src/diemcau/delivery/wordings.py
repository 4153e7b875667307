"""What each task is, in whole words, for papers that go to others: they cut nothing."""

from collections.abc import Sequence

from django.db.models import prefetch_related_objects

from diemcau.delivery.models import Task

__all__ = ["whole_wordings"]

_CUT_FROM = 16
"""Words a reading may have stopped after, in the middle of a phrase and without a mark of it."""


def whole_wordings(tasks: Sequence[Task]) -> dict[int, str]:
    """The wording of each task by its id; the clause itself where the reading or the title cut it.

    One statement more where a sentence has to be looked at that is not at hand, none otherwise.
    """
    found = {task.pk: task.wording for task in tasks}
    cut = [task for task in tasks if _may_be_cut(found[task.pk])]
    prefetch_related_objects(cut, "statement")
    for task in cut:
        if task.statement is not None:
            found[task.pk] = _whole(found[task.pk], task.statement.quote)
    return found


def _may_be_cut(words: str) -> bool:
    return words.endswith("…") or len(words.split()) >= _CUT_FROM


def _whole(words: str, quote: str) -> str:
    """The words with what follows them in their sentence, up to the end of the clause."""
    said, begun = " ".join(quote.split()), " ".join(words.rstrip("…").split())
    at = said.casefold().find(begun.casefold())
    if at < 0:
        return words
    rest = said[at + len(begun) :]
    # Before a mark the phrase is whole as it stands.
    if not words.endswith("…") and rest[:1] != " ":
        return words
    clause = rest.partition(";")[0].rstrip(" .,")
    return f"{begun}{clause}"
