"""What each task is, in whole words, for papers that go to others: they cut nothing."""

from collections.abc import Sequence

from diemcau.delivery.among import rows_among
from diemcau.delivery.models import Task
from diemcau.documents.models import Statement

__all__ = ["whole_wordings"]


def whole_wordings(tasks: Sequence[Task]) -> dict[int, str]:
    """The wording of each task by its id; the clause itself where the title had to be cut.

    One statement more where a title was cut, none otherwise.
    """
    found = {task.pk: task.wording for task in tasks}
    cut = {task.pk: task.title.rstrip("…").casefold() for task in tasks if task.wording[-1:] == "…"}
    for one in rows_among(Statement.objects.select_related("task"), list(cut)):
        words = " ".join(one.quote.split())
        if words.casefold().startswith(cut[one.task.pk]):
            found[one.task.pk] = words[:1].upper() + words[1:]
    return found
