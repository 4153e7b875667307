"""Who may do what with urging: coordinators of the whole installation keep its rules, those who
gave tasks write letters about them."""

from django.db.models import Count, F, Q, QuerySet

from diemcau.access.rules import covering
from diemcau.accounts.models import User
from diemcau.accounts.rules import Duty, held_by, holds_everywhere
from diemcau.delivery.rules import held_bodies
from diemcau.delivery.states import Status
from diemcau.documents.rules import Reader, seen
from diemcau.urging.models import Reminder

__all__ = ["OWED", "can_hear", "can_keep_rules", "may_see_reminder", "reminders_seen"]

OWED = (Status.NEW, Status.IN_PROGRESS, Status.REDO)
"""States in which those who do a task owe something; awaiting its judgement they do not."""


def can_keep_rules(person: User) -> bool:
    """May change rules, duties, hours and holidays: who keeps the installation's directory."""
    return holds_everywhere(person, Duty.EDIT_DIRECTORY)


def can_hear(person: User) -> bool:
    """May be told something at all: whoever holds a role."""
    return bool(held_by(person))


def reminders_seen(by: Reader) -> QuerySet[Reminder]:
    """The letters a person may see: of bodies they confirm for, every task of which they see."""
    rows = Reminder.objects.all()
    if by is None:
        return rows
    everything, bodies = held_bodies(by, Duty.CONFIRM)
    if not everything:
        rows = rows.filter(sender__in=bodies)
    shown = Count("items", filter=Q(seen(by, "items__task__document"), items__isnull=False))
    return rows.annotate(n_items=Count("items"), n_shown=shown).filter(n_items=F("n_shown"))


def may_see_reminder(by: Reader, row: Reminder) -> bool:
    """Whether a person sees a letter, and so may issue it."""
    if by is None:
        return True
    if covering(by, Duty.CONFIRM, row.sender_id) is None:
        return False
    return reminders_seen(by).filter(pk=row.pk).exists()
