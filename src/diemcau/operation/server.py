"""Settings of gunicorn: `gunicorn --config python:diemcau.operation.server diemcau.wsgi`.

DIEMCAU_BIND, DIEMCAU_WORKERS and DIEMCAU_THREADS change what an installation has to change.
"""

import gc
import os
import shutil
import sys
import tempfile
from typing import Any

# The library looks for its folder once, while it is imported.
FOLDER = "PROMETHEUS_MULTIPROC_DIR"
_made = "" if FOLDER in os.environ else tempfile.mkdtemp(prefix="diemcau-counts-")
if _made:
    os.environ[FOLDER] = _made

from prometheus_client import multiprocess  # noqa: E402

from diemcau.operation.workers import leave_when_told  # noqa: E402

bind = os.environ.get("DIEMCAU_BIND", "127.0.0.1:8000")
worker_class = "gthread"
workers = int(os.environ.get("DIEMCAU_WORKERS", "2"))
threads = int(os.environ.get("DIEMCAU_THREADS", "4"))
# A large report is read within the request that brings it.
timeout = 120
graceful_timeout = 30
keepalive = 5
# Memory that a library loses comes back; the jitter keeps the workers from leaving together.
max_requests = 100_000
max_requests_jitter = 10_000
# Heartbeats are files; on a disk they would wait for it.
worker_tmp_dir = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
proc_name = "diemcau"
# Its door for commands would be a file in the home of the user, which the unit closes.
control_socket_disable = True
# Every request has its line in the program's own log, which holds no address and no search words.
accesslog = None
loglevel = "info"
_form = os.environ.get("DIEMCAU_LOG", "json" if os.environ.get("DIEMCAU_PRODUCTION") else "text")
logconfig_dict = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {"()": "diemcau.operation.logs.JsonLines"},
        "text": {"()": "diemcau.operation.logs.PlainLines"},
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": _form}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "gunicorn.error": {"handlers": ["console"], "level": "INFO", "propagate": False},
        "gunicorn.access": {"handlers": [], "level": "CRITICAL", "propagate": False},
    },
}


def on_starting(server: Any) -> None:
    """Refuse to start on a database or assets of another version."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "diemcau.settings")
    import django

    django.setup()
    from django.db import connections

    from diemcau.operation.readiness import what_is_wrong

    # A database that is away comes back, and the pages say so until then.
    wrong = what_is_wrong(needs_database=False)
    connections.close_all()
    if wrong:
        _forget()
        sys.exit("\n".join(f"✕ {one}" for one in wrong))


def post_worker_init(worker: Any) -> None:
    """Let the collector pass over what lives as long as the worker: looking through it all takes a
    fifth of a second, in which nobody is answered."""
    leave_when_told(worker)
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


def child_exit(server: Any, worker: Any) -> None:
    """Forget the gauges of a worker that is gone; its counts stay."""
    multiprocess.mark_process_dead(worker.pid)


def on_exit(server: Any) -> None:
    """Remove the folder of counts."""
    _forget()


def _forget() -> None:
    if _made:
        shutil.rmtree(_made, ignore_errors=True)
