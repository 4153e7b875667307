"""Reads of urging: a person's notices; whom to write to."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Case, Count, Q, QuerySet, Value, When

from diemcau.accounts.models import User
from diemcau.delivery.models import Task
from diemcau.delivery.narrowing import SILENT_DAYS, is_silent
from diemcau.delivery.queries import list_tasks
from diemcau.delivery.rules import judged_by
from diemcau.delivery.states import Standing
from diemcau.directory.models import Body
from diemcau.documents.rules import Reader, seen
from diemcau.urging.expected import Answering
from diemcau.urging.models import Notice
from diemcau.urging.rules import OWED

__all__ = ["ToUrge", "bodies_to_urge", "count_notices", "list_notices", "n_unread", "tasks_to_urge"]


def list_notices(person: User) -> QuerySet[Notice]:
    """What was said to a person of tasks they may see today, the newest first."""
    return (
        Notice.objects.filter(seen(person, "task__document"), person=person)
        .select_related("task", "rule")
        .order_by("-pk")
    )


def n_unread(person: User) -> int:
    """How many of them the person has not read."""
    return list_notices(person).filter(read_at=None).count()


def count_notices(person: User) -> tuple[int, int]:
    """How many notices a person has, and how many of them are new; one statement."""
    new = Count("pk", filter=Q(read_at=None))
    found = list_notices(person).order_by().aggregate(n=Count("pk"), new=new)
    return found["n"], found["new"]


def tasks_to_urge(by: Reader, *, on: dt.date) -> QuerySet[Task]:
    """Tasks given by bodies a person confirms for that are late, or of which nobody said a word.

    Annotation beside those of `list_tasks`: `is_late`, 1 or 0.
    """
    late = Q(standing=Standing.LATE)
    found = list_tasks(by, on=on).filter(
        judged_by(by), late | is_silent(SILENT_DAYS, on), status__in=OWED
    )
    is_late = Case(When(late, then=Value(1)), default=Value(0))
    return found.annotate(is_late=is_late)


@dataclass(frozen=True, slots=True)
class ToUrge:
    """A body that leads tasks to be urged: how many are late, how many silent but not late."""

    body: Body
    late: int
    silent: int


def bodies_to_urge(by: Reader, *, on: dt.date) -> tuple[list[ToUrge], int]:
    """Who a person may write to, those with most late first; and how many tasks nobody leads.

    A body that ended is told by the one that answers for it today.
    """
    rows = (
        tasks_to_urge(by, on=on).order_by().values_list("lead", "is_late").annotate(n=Count("pk"))
    )
    today = Answering(on, [])
    counts: dict[Body, list[int]] = {}
    n_without = 0
    for lead, is_late, n in rows:
        body = today.body(lead) if lead else None
        if body is None:
            n_without += n
        else:
            counts.setdefault(body, [0, 0])[0 if is_late else 1] += n
    found = [ToUrge(body, late, silent) for body, (late, silent) in counts.items()]
    return sorted(found, key=lambda one: (-one.late, -one.silent, one.body.name)), n_without
