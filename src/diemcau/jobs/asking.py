"""Asking for long work; called inside an action, whose transaction and entry it shares."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from diemcau.accounts.models import User
from diemcau.jobs.models import Job

__all__ = ["ask"]


def ask(
    kind: str,
    *,
    by: User | None,
    arguments: dict[str, Any] | None = None,
    total: int | None = None,
    not_before: datetime | None = None,
    key: str = "",
) -> Job:
    """Put work in the queue; a worker takes it once the transaction around this is committed.

    Args:
        kind: a name registered by `kinds.kind`.
        by: whose rights its actions use; None is the installation itself.
        arguments: JSON types only.
        total: how much there is to do, where it is known.
        not_before: when it may begin; now without it.
        key: the work is asked for once under it, however often this is called; "" always.
    Returns:
        The job; under a key that is known, the one there is.
    """
    now = timezone.now()
    fields = {
        "arguments": arguments or {},
        "total": total,
        "asked_by": by,
        "asked_at": now,
        "not_before": not_before or now,
    }
    if key:
        return Job.objects.get_or_create(key=key, defaults={"kind": kind, **fields})[0]
    return Job.objects.create(kind=kind, **fields)
