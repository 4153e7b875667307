"""Measurements for Prometheus: requests by route, and the state of what the service stands on.

Every process of the server keeps its counts in a file of one folder, so that whichever of them is
asked answers for all; `server` makes the folder before the processes start.
"""

import json
import os
import shutil
import time
from collections.abc import Iterator
from datetime import UTC, datetime

from django.conf import settings
from django.db import DatabaseError, connection
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest, multiprocess
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import REGISTRY

from diemcau.documents.models import Statement, StatementKind, StatementState
from diemcau.operation.backup import last_backup_note

__all__ = ["FOLDER", "count_request", "measurements"]

FOLDER = "PROMETHEUS_MULTIPROC_DIR"
"""Environment variable that names the folder of the counts."""

_METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}
_BUCKETS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)

_requests = Counter(
    "diemcau_requests", "Requests answered, by route.", ["route", "method", "status"]
)
_seconds = Histogram(
    "diemcau_request_seconds", "Time to answer, by route.", ["route"], buckets=_BUCKETS
)


def count_request(route: str, method: str, status: int, seconds: float) -> None:
    """Count one request.

    Args:
        route: name of the route, never the address; "" where none fits.
        seconds: from the request to the answer, without sending a streamed body.
    """
    route, method = route or "none", method if method in _METHODS else "other"
    _requests.labels(route, method, str(status)).inc()
    _seconds.labels(route).observe(seconds)


def measurements() -> bytes:
    """Everything that is measured, in Prometheus' text format."""
    state = CollectorRegistry(auto_describe=False)
    state.register(_State())
    if FOLDER in os.environ:
        counted = CollectorRegistry()
        multiprocess.MultiProcessCollector(counted)
    else:
        counted = REGISTRY
    return generate_latest(counted) + generate_latest(state)


class _State:
    """What is asked anew each time."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        began, waiting = time.perf_counter(), None
        try:
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1")
                cursor.fetchone()
            took = time.perf_counter() - began
            # Every kind is named, so that the index over kind and state answers.
            waiting = Statement.objects.filter(
                kind__in=StatementKind.values, state=StatementState.PROPOSED
            ).count()
        except DatabaseError:
            took = None
        yield _gauge("database_up", "1 if the database answers.", 0 if took is None else 1)
        if took is not None:
            yield _gauge("database_seconds", "Time of the smallest query.", took)
        if waiting is not None:
            yield _gauge("statements_waiting", "Statements nobody has decided on.", waiting)
        disk = shutil.disk_usage(settings.HOME)
        yield _gauge("disk_free_bytes", "Free room where files are stored.", disk.free)
        yield _gauge("disk_bytes", "Size of that disk.", disk.total)
        if (age := _backup_age()) is not None:
            yield _gauge("backup_age_seconds", "Time since the last backup.", age)


def _gauge(name: str, said: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(f"diemcau_{name}", said, value=value)


def _backup_age() -> float | None:
    try:
        at = datetime.fromisoformat(json.loads(last_backup_note().read_text("utf-8"))["at"])
    except (OSError, ValueError, KeyError):
        return None
    return (datetime.now(UTC) - at).total_seconds()
