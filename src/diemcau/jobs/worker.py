"""The worker: takes a job under a lease, does its steps, gives it back.

Two workers never hold one job: it is taken by a row that is locked and passed over when somebody
else has it (PostgreSQL), or under the one write lock there is (SQLite), and in both by an update
that asks once more whether it is free. A step begins by locking the job's row and asking whether
it is still this worker's; so a worker whose lease ran out while it slept does nothing any more.
"""

import gc
import logging
import os
import secrets
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.db import (
    InterfaceError,
    OperationalError,
    close_old_connections,
    connection,
    transaction,
)
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from diemcau.audit.actions import origin
from diemcau.jobs.asking import ask
from diemcau.jobs.kinds import Stopped, Work, kind_of, kinds
from diemcau.jobs.models import Job, JobState

__all__ = ["Worker", "run_job"]

log = logging.getLogger("diemcau.jobs")

_LEASE = timedelta(seconds=60)
_LOOK_SECONDS = 1.0
_MOST_TRIES = 8
"""Takings without one finished step, after which a job waits for a person."""


class Worker:
    """One who takes jobs, one after the other.

    Args:
        lease: how long a job is this worker's without a finished step.
        stop: set from outside, ends after the step in hand.
    """

    def __init__(
        self, *, lease: timedelta = _LEASE, stop: Callable[[], bool] | threading.Event | None = None
    ) -> None:
        self.name = f"{socket.gethostname()[:40]}:{os.getpid()}:{secrets.token_hex(4)}"
        self._lease = lease
        event = stop or threading.Event()
        self._stopped = event.is_set if isinstance(event, threading.Event) else event
        self._slots: dict[str, int] = {}

    def run(self, *, once: bool = False) -> int:
        """Take jobs until told to stop; returns how many were taken.

        Args:
            once: end when nothing is left to take, rather than look again every second.
        """
        n = 0
        pause = threading.Event()
        while not self._stopped():
            _drop_broken_connection()
            try:
                self._ask_by_the_clock()
                job = self._take()
                if job is not None:
                    n += 1
                    self.work_on(job)
                    continue
            except (OperationalError, InterfaceError):
                log.exception("the database does not answer; trying again")
                if once:
                    raise
                pause.wait(_LOOK_SECONDS * 4)
                continue
            if once:
                break
            pause.wait(_LOOK_SECONDS)
        return n

    def _ask_by_the_clock(self) -> None:
        """Put in the queue what is due by the clock; whichever worker comes first."""
        now = timezone.now()
        for one in kinds().values():
            if one.every is None:
                continue
            slot = int(now.timestamp() // one.every.total_seconds())
            if self._slots.get(one.name) != slot:
                with transaction.atomic():
                    ask(one.name, by=None, key=f"{one.name}:{slot}")
                self._slots[one.name] = slot

    def _take(self, pk: int | None = None) -> Job | None:
        now = timezone.now()
        free = Job.objects.filter(_free(now)).order_by("not_before", "pk")
        if pk is not None:
            free = free.filter(pk=pk)
        # Looked at first without a lock: SQLite would make every writer wait for an idle worker.
        if not free.exists():
            return None
        with transaction.atomic():
            locked = connection.features.has_select_for_update_skip_locked
            rows = free.select_for_update(of=("self",), skip_locked=True) if locked else free
            job = rows.first()
            if job is None:
                return None
            taken = Job.objects.filter(_free(now), pk=job.pk).update(
                state=JobState.RUNNING,
                taken_by=self.name,
                taken_until=now + self._lease,
                tries=job.tries + 1,
                started_at=job.started_at or now,
            )
        if not taken:
            return None
        job.refresh_from_db()
        return job

    def work_on(self, job: Job) -> None:
        """Do the steps of a job that is this worker's, to its end or until told to stop."""
        if job.tries > _MOST_TRIES:
            self._end(job, JobState.FAILED, _("It was begun several times and never got on."))
            return
        found = kind_of(job.kind)
        if found is None:
            reason = _("This version of the program does not know work of the kind “%(kind)s”.")
            self._end(job, JobState.FAILED, reason % {"kind": job.kind})
            return
        try:
            with origin("job"), _standing_heap():
                work = found.open(job)
                while self._step(job, work):
                    if self._stopped():
                        self._give_back(job)
                        return
        except Stopped as stopped:
            self._end(job, JobState.FAILED, str(stopped))
        except (OperationalError, InterfaceError):
            log.exception("job %s: the database failed; it is tried again", job.pk)
            _drop_broken_connection()
            self._give_back(job, after=timedelta(seconds=2**job.tries))
        except Exception as error:
            log.exception("job %s of kind %s failed", job.pk, job.kind)
            reason = _("The program stopped at an error (%(error)s); its log says where.")
            self._end(job, JobState.FAILED, reason % {"error": type(error).__name__})

    def _step(self, job: Job, work: Work) -> bool:
        """Do one step; False when there is no more for this worker."""
        with transaction.atomic():
            row = self._mine(job).select_for_update(of=("self",)).select_related("asked_by").first()
            if row is None:
                return False
            now = timezone.now()
            if row.cancel_asked_at is not None:
                row.state, row.ended_at = JobState.CANCELLED, now
                row.taken_by, row.taken_until = "", None
                row.save()
                return False
            step = work(row)
            now = timezone.now()
            row.cursor, row.done, row.result = step.cursor, step.done, step.result
            row.total = step.total if step.total is not None else row.total
            row.tries, row.taken_until = 1, now + self._lease
            if step.is_last:
                row.state, row.ended_at = JobState.DONE, now
                row.taken_by, row.taken_until = "", None
            row.save(update_fields=_MOVED)
        job.tries = 1
        return not step.is_last

    def _mine(self, job: Job) -> QuerySet[Job]:
        return Job.objects.filter(pk=job.pk, state=JobState.RUNNING, taken_by=self.name)

    def _give_back(self, job: Job, *, after: timedelta = timedelta()) -> None:
        self._mine(job).update(
            state=JobState.WAITING,
            taken_by="",
            taken_until=None,
            not_before=timezone.now() + after,
        )

    def _end(self, job: Job, state: JobState, message: str) -> None:
        self._mine(job).update(
            state=state,
            message=message[:500],
            ended_at=timezone.now(),
            taken_by="",
            taken_until=None,
        )


_MOVED = [
    *("cursor", "done", "total", "result", "tries"),
    *("state", "taken_by", "taken_until", "ended_at"),
]


def _free(now: datetime) -> Q:
    waits = Q(state=JobState.WAITING, not_before__lte=now)
    left = Q(state=JobState.RUNNING, taken_until__lt=now)
    return waits | left


@contextmanager
def _standing_heap() -> Iterator[None]:
    """While long work makes rows by the thousand, what stood before is not walked for garbage."""
    gc.collect()
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


def _drop_broken_connection() -> None:
    if not connection.in_atomic_block:
        close_old_connections()


def run_job(job: Job) -> Job:
    """Do one job here and now, to its end, as a worker would; for commands, where people wait.

    Returns:
        The job as it ended; untouched if another worker holds it.
    """
    worker = Worker()
    taken = worker._take(job.pk)
    if taken is not None:
        worker.work_on(taken)
    return Job.objects.get(pk=job.pk)
