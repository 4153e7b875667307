"""Reports asked for once, with a day: whether a word came since, and by when."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils import timezone

from diemcau.delivery.models import ReportRequest, Task
from diemcau.delivery.words import words_of
from diemcau.urging.reporting import Punctuality, punctuality

__all__ = ["Asked", "requests_of"]


@dataclass(frozen=True, slots=True)
class Asked:
    """A report somebody asked for.

    Args:
        answered: the day of the first word said since by who does the task; None if none was.
    """

    request: ReportRequest
    answered: dt.date | None

    @property
    def about(self) -> str:
        """The same for the same request, as notices keep it."""
        return f"request:{self.request.pk}"

    def is_missed(self, on: dt.date) -> bool:
        """Whether its day has passed and no word came."""
        return self.request.by_day is not None and self.stands(on) == Punctuality.NONE

    def stands(self, on: dt.date) -> Punctuality:
        """On time, late, none or not due yet; without a day it is never late."""
        due = self.request.by_day
        if due is None:
            return Punctuality.WAITING if self.answered is None else Punctuality.ON_TIME
        return punctuality(due, self.answered, on=on)


def requests_of(tasks: QuerySet[Task] | Collection[int]) -> list[Asked]:
    """The reports asked for on tasks, the latest first, each with the day it was answered."""
    rows = list(ReportRequest.objects.filter(task__in=tasks).select_related("task").order_by("-pk"))
    said = words_of({one.task_id for one in rows})
    found = []
    for one in rows:
        since = [at for at in said[one.task_id] if at >= one.asked_at]
        day = timezone.localtime(min(since)).date() if since else None
        found.append(Asked(one, day))
    return found
