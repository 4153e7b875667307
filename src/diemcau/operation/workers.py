"""What the server's workers are told, by whichever command starts them."""

import signal
from typing import Any

__all__ = ["leave_once"]


def leave_once(_worker: Any) -> None:
    """Let a worker that has been asked to stop at once finish stopping.

    Ctrl-C in a terminal reaches every process, and the server then asks its workers again: the
    second asking would cut short what Python does at the end of a process and print a traceback.
    A worker that hangs is killed when the server's patience ends, as ever.
    """
    for asking in (signal.SIGINT, signal.SIGQUIT):
        signal.signal(asking, signal.SIG_IGN)
