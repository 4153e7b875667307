"""Tasks made by hand in a state, with the rows that led there, for whatever counts them."""

import datetime as dt

from django.utils import timezone

from diemcau.delivery.models import (
    Agreement,
    Commitment,
    CommitmentParty,
    Evidence,
    EvidenceKind,
    Nature,
    Task,
    Transition,
)
from diemcau.delivery.states import MOVES, Move, Status
from tests.diemcau.statements import make_document

__all__ = ["at", "day", "make_agreement", "make_commitment", "make_task", "move", "show"]

_PATHS = {
    Status.NEW: (),
    Status.IN_PROGRESS: (Move.START,),
    Status.AWAITING: (Move.START, Move.SUBMIT),
    Status.DONE: (Move.START, Move.SUBMIT, Move.CONFIRM),
    Status.SUSPENDED: (Move.SUSPEND,),
    Status.REFUSED: (Move.REFUSE,),
}


def day(text):
    """A day as ISO writes it; None for ""."""
    return dt.date.fromisoformat(text) if text else None


def at(text):
    """Noon of a day."""
    return timezone.make_aware(dt.datetime.combine(day(text), dt.time(12)))


def make_task(
    status=Status.NEW, *, said="2025-01-10", due="", delivered="", document=None, **fields
):
    """A task with the transitions that lead to its state, at the day of delivery or saying."""
    document = document or make_document(event_on=said or None)
    known = {
        "title": "Trình đề án",
        "action": "trình đề án",
        "said_on": day(said),
        "deadline": due,
        "due_from": day(due),
        "due_to": day(due),
        "recorded_at": at(said or "2025-01-10"),
    }
    task = Task.objects.create(document=document, **{**known, **fields})
    Transition.objects.create(task=task, after=Status.NEW, at=task.recorded_at)
    for one in _PATHS[status]:
        move(task, one, on=delivered or said or "2025-01-10", delivered=delivered)
    return task


def move(task, name, *, on, delivered=""):
    """One transition of a task on a day, without asking who may."""
    rule = MOVES[name]
    gives = name in (Move.SUBMIT, Move.CONFIRM)
    made = Transition.objects.create(
        task=task,
        move=name,
        before=task.status,
        after=rule.after,
        delivered_on=day(delivered) if gives else None,
        at=at(on),
    )
    task.status, task.delivered_on = rule.after, made.delivered_on
    task.save()
    return made


def make_commitment(
    status=Status.NEW, *, signed="2025-01-10", partner="Ai Cập", ref="eg", agreement=None, **fields
):
    """A commitment of ours with a partner, and the task of keeping it."""
    task = make_task(status, said=signed, nature=Nature.COMMITMENT, **fields)
    made = Commitment.objects.create(task=task, agreement=agreement, content=task.action)
    CommitmentParty.objects.create(commitment=made, is_ours=False, as_written=partner, ref=ref)
    return task


def make_agreement(signed="2025-01-10", **fields):
    """A signed agreement."""
    return Agreement.objects.create(
        title="Bản ghi nhớ",
        document=make_document(),
        signed_on=day(signed),
        recorded_at=at("2025-01-10"),
        **fields,
    )


def show(task, *, on, what="Nghị quyết 12/NQ-HĐND"):
    """Evidence attached to a task on a day."""
    return Evidence.objects.create(
        task=task, kind=EvidenceKind.PRODUCT, what=what, on=day(on), added_at=at(on)
    )
