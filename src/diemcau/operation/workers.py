"""What the server's workers are told, by whichever command starts them."""

import signal
from typing import Any

__all__ = ["leave_when_told"]


def leave_when_told(_worker: Any) -> None:
    """Let a worker leave when the server tells it to, and for nothing else.

    Ctrl-C in a terminal reaches every process of the group, and the server then tells its workers:
    asked twice, a worker would break off what Python does at the end of a process and print a
    traceback. It is heard and not answered rather than ignored, since of a signal that is already
    on its way when it is to be ignored Python complains.
    """
    signal.signal(signal.SIGINT, _heard)


def _heard(_number: int, _frame: Any) -> None:
    pass
