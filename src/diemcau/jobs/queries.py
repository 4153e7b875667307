"""Reads of the queue: whose work somebody may watch."""

from django.db.models import Q, QuerySet

from diemcau.accounts.models import User
from diemcau.accounts.rules import Duty, holds_everywhere
from diemcau.jobs.models import Job

__all__ = ["list_jobs", "watched"]


def watched(by: User | None) -> Q:
    """The work a person may watch, cancel and let go on: their own; who administers, all."""
    if by is None or holds_everywhere(by, Duty.MANAGE):
        return Q()
    return Q(asked_by=by)


def list_jobs(by: User | None) -> QuerySet[Job]:
    """The work a person may watch, the newest first."""
    return Job.objects.filter(watched(by)).select_related("asked_by").order_by("-pk")
