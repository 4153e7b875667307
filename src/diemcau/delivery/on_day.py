"""What stood at the end of a day: obstacles, evidence, other deadlines asked for."""

import datetime as dt

from django.db.models import Q, QuerySet
from django.utils import timezone

from diemcau.delivery.models import Evidence, Obstacle, Slip
from diemcau.delivery.rules import sees_progress
from diemcau.documents.rules import Reader

__all__ = ["end_of", "open_obstacles", "standing_evidence", "waiting_slips"]


def end_of(day: dt.date) -> dt.datetime:
    """The last instant of a day where the server stands."""
    return timezone.make_aware(dt.datetime.combine(day, dt.time.max))


def open_obstacles(by: Reader, *, on: dt.date) -> QuerySet[Obstacle]:
    """The obstacles open on a day that a person may see beside seeing their task."""
    end = end_of(on)
    return Obstacle.objects.filter(
        Q(resolved_at=None) | Q(resolved_at__gt=end),
        sees_progress(by, "progress__"),
        opened_at__lte=end,
    )


def standing_evidence(*, on: dt.date) -> QuerySet[Evidence]:
    """Evidence attached by a day and not taken back by its end."""
    end = end_of(on)
    return Evidence.objects.filter(
        Q(withdrawn_at=None) | Q(withdrawn_at__gt=end), added_at__lte=end
    )


def waiting_slips(*, on: dt.date) -> QuerySet[Slip]:
    """Other deadlines asked for by a day and not decided by its end."""
    end = end_of(on)
    return Slip.objects.filter(Q(decided_at=None) | Q(decided_at__gt=end), asked_at__lte=end)
