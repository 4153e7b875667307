"""`diemcau work`: a worker that does what waits in the background, until it is told to stop."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.utils import translation

from diemcau.jobs.worker import Worker

__all__ = ["run_work", "worker_beside"]

_GRACE_SECONDS = 20


def run_work(*, once: bool = False, with_parent: bool = False) -> int:
    """Take jobs; TERM or Ctrl-C end it after the step in hand.

    Args:
        once: end when nothing waits.
        with_parent: end when the process that started this one is gone, too.
    """
    told = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: told.set())
    parent = os.getppid()

    def stopped() -> bool:
        return told.is_set() or (with_parent and os.getppid() != parent)

    with translation.override("vi"):
        n = Worker(stop=stopped).run(once=once)
    if once:
        print(f"Đã làm {n} việc. / {n} jobs done.")
    return 0


@contextmanager
def worker_beside() -> Iterator[None]:
    """A worker in a process of its own, which ends with this one, however this one ends."""
    # A group of its own: Ctrl-C is for who was started, and who was started tells the worker.
    worker = subprocess.Popen(
        [sys.executable, "-m", "diemcau", "work", "--with-parent"], start_new_session=True
    )
    try:
        yield
    finally:
        worker.terminate()
        try:
            worker.wait(_GRACE_SECONDS)
        except subprocess.TimeoutExpired:
            worker.kill()
