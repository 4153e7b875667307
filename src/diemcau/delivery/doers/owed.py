"""What bodies were asked to do, as it was and in the bodies of another day."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from diemcau.delivery.models import Assignment, AssignmentRole, Handover, Task
from diemcau.directory.queries import answers_for, links_by_body, responsible_on
from diemcau.documents.rules import Reader, seen
from vanban.data import load
from vanban.directory.succession import Link

__all__ = ["Answering", "Owed", "count_leads", "list_answering", "list_owed", "list_unconfirmed"]


@dataclass(frozen=True, slots=True)
class Owed:
    """A task a body answers for on a day.

    Args:
        assignment: whom the task was given to, in the name of its day.
        how: "own" (given to this body), "inherited" (given to one whose whole work it took
            over), "confirmed" (a person said it answers), "to_confirm" (it may lie here or
            elsewhere), "left" (given to this body, whose work another answers for now).
        handover: what a person said, for "confirmed" and "left".
    """

    assignment: Assignment
    how: str
    handover: Handover | None = None


def list_owed(by: Reader, ref: str, *, on: date, links: dict[str, list[Link]]) -> list[Owed]:
    """What a body owes on a day, its own and inherited, newest first.

    Args:
        ref: id of the body in the directory.
        links: from `links_by_body`.
    """
    answers = answers_for(ref, on, links=links)
    rows = _given(by, {ref, *answers.whole, *answers.to_confirm}, on)
    said = _handovers(rows)
    own_work_left = responsible_on(ref, on, links=links).responsible != ref
    found = []
    for row in rows:
        handover = said.get((row.task_id, row.body))
        if row.body == ref:
            found.append(Owed(row, "left" if own_work_left else "own", handover))
        elif row.body in answers.whole:
            found.append(Owed(row, "inherited"))
        elif handover is None:
            found.append(Owed(row, "to_confirm"))
        elif _answers_on(handover.to_ref, on, links) == ref:
            found.append(Owed(row, "confirmed", handover))
    return found


@dataclass(frozen=True, slots=True)
class Answering:
    """Who answers on a day for what one body was asked.

    Args:
        assignment: the body in the name of its day.
        responsible: id of the body that answers; None if a person has yet to say which.
        handover: what a person said, where the body was divided.
    """

    assignment: Assignment
    responsible: str | None
    handover: Handover | None


def list_answering(
    task: Task, *, on: date, handovers: Iterable[Handover] | None = None
) -> list[Answering]:
    """For each body a task names, who answers on a day; names of no one body are left out.

    Args:
        handovers: what people said of this task's bodies, where that is at hand.
    """
    rows = [row for row in task.assignments.all() if row.body_ref]
    if not rows:
        return []
    links = links_by_body()
    if handovers is None:
        said = _handovers(rows)
    else:
        said = {(task.pk, one.from_ref): one for one in handovers}
    found = []
    for row in rows:
        handover = said.get((task.pk, row.body))
        ref = handover.to_ref if handover else row.body
        found.append(Answering(row, _answers_on(ref, on, links), handover))
    return found


def list_unconfirmed(by: Reader, *, on: date) -> list[tuple[Assignment, tuple[str, ...]]]:
    """Tasks whose body was divided and whose successor nobody named, with the bodies it may be."""
    links = links_by_body()
    divided = {
        ref: followed.candidates
        for ref in links
        if (followed := responsible_on(ref, on, links=links)).responsible is None
    }
    rows = list(_given(by, divided, on))
    said = _handovers(rows)
    return [(row, divided[row.body]) for row in rows if (row.task_id, row.body) not in said]


def count_leads(by: Reader, *, on: date) -> Counter[tuple[str, str]]:
    """How many tasks said by a day each body leads, as it was named and by who answers on the day.

    Returns:
        Number of tasks by (body named, body that answers). "" stands in both places for tasks
        whose body is not known or not one; "?" answers where a person has yet to say who does.
    """
    links = links_by_body()
    leads = _standing(by, on).filter(role=AssignmentRole.LEAD)
    said = {(h.task_id, h.from_ref): h.to_ref for h in Handover.objects.all()}
    answers: dict[str, str] = {"": ""}
    found: Counter[tuple[str, str]] = Counter()
    for task_id, body_ref in leads.values_list("task_id", "body_ref"):
        named = body_ref.rpartition("@")[2]
        asked = said.get((task_id, named), named)
        if asked not in answers:
            answers[asked] = _answers_on(asked, on, links) or "?"
        found[named, answers[asked]] += 1
    return found


def _answers_on(ref: str, on: date, links: dict[str, list[Link]]) -> str | None:
    return responsible_on(ref, on, links=links).responsible


def _said_by(on: date) -> Q:
    """Tasks said by a day; one whose day is not known counts as said."""
    return Q(task__said_on__isnull=True) | Q(task__said_on__lte=on)


def _standing(by: Reader, on: date) -> QuerySet[Assignment]:
    seen_by = seen(by, "task__document")
    return Assignment.objects.filter(
        _said_by(on), seen_by, ended_at=None, task__withdrawn_at=None, task__replaced_by=None
    )


def _given(by: Reader, refs: Collection[str], on: date) -> QuerySet[Assignment]:
    # What the minister was asked, the ministry answers for.
    offices = [f"{title['id']}@{ref}" for title in load("offices") for ref in refs]
    return (
        _standing(by, on)
        .filter(body_ref__in=[*refs, *offices])
        .select_related("task")
        .order_by("-task__said_on", "task_id", "id")
    )


def _handovers(rows: Iterable[Assignment]) -> dict[tuple[int, str], Handover]:
    wanted = {row.task_id for row in rows}
    found = Handover.objects.filter(task__in=wanted).select_related("decided_by")
    return {(one.task_id, one.from_ref): one for one in found}
