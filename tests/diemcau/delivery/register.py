"""Tasks of the register by hand, with everything it can be narrowed by."""

import datetime as dt

from django.utils import timezone

from diemcau.delivery.ledger import begin, settle_lead
from diemcau.delivery.models import Assignment, Task, Transition
from tests.diemcau.statements import make_document

__all__ = ["at", "make_task"]


def at(days):
    """An instant so many days from now."""
    return timezone.now() + dt.timedelta(days=days)


def make_task(owner=None, *, given=(), document=None, status="new", due=None, word=None, **fields):
    """A typed task on a document of a body's.

    Args:
        given: (body's id, role), one assignment each; a bare id leads.
        due: days from today of the last day; None is none.
        word: days ago somebody last spoke of it; None is never.
    """
    if document is None:
        document = make_document(event_on="2025-01-10")
        document.owner = owner
        document.save()
    today = timezone.localdate()
    fields = {"title": "Trình đề án", "action": "trình đề án", "said_on": dt.date(2025, 1, 10)} | (
        fields
    )
    task = Task.objects.create(
        document=document,
        due_to=None if due is None else today + dt.timedelta(days=due),
        status=status,
        last_word_at=None if word is None else at(-word),
        recorded_at=at(-100),
        **fields,
    )
    begin(task, at=at(-100), by=None)
    if status != "new":
        Transition.objects.create(task=task, before="new", after=status, at=at(-(word or 0)))
    for one in given:
        ref, role = one if isinstance(one, tuple) else (one, "lead")
        Assignment.objects.create(task=task, as_written=ref, body_ref=ref, role=role)
    settle_lead(task)
    # Given by the body whose document it is, whoever does it.
    Task.objects.filter(pk=task.pk).update(assigner=document.owner)
    task.assigner = document.owner
    return task
