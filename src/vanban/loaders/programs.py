"""Other programs that open what we do not: found on the machine, run with bounds, never needed."""

import os
import shutil
import signal
import subprocess
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from vanban.errors import VanbanError

__all__ = ["ProgramError", "find_program", "run_program"]

_MEMORY = 2 * 1024**3


class ProgramError(VanbanError):
    """A program ended badly or took too long.

    Args:
        timeout: whether it was stopped for taking too long.
    """

    def __init__(self, message: str, *, timeout: bool = False) -> None:
        super().__init__(message)
        self.timeout = timeout


def find_program(*names: str) -> str | None:
    """The path of the first of these programs that is installed; None if none is."""
    return next((path for name in names if (path := shutil.which(name))), None)


def run_program(
    command: Sequence[str],
    *,
    seconds: float,
    data: bytes = b"",
    folder: Path | None = None,
    memory: int = _MEMORY,
) -> bytes:
    """Run a program to its end and give what it wrote.

    Args:
        command: its path and arguments.
        seconds: how long it may take; after that it and all it started are stopped.
        data: what it reads from standard input.
        folder: where it runs, and its home: it sees no settings of the person who runs us.
        memory: bytes of address space it may take.
    Raises:
        ProgramError: it could not start, failed, or took too long.
    """
    limited = ["/bin/sh", "-c", 'ulimit -v "$0"; exec "$@"', str(memory // 1024), *command]
    surroundings = {
        "PATH": os.environ.get("PATH", ""),
        "LC_ALL": "C.UTF-8",
        "OMP_THREAD_LIMIT": "1",
    }
    if folder is not None:
        surroundings |= {"HOME": str(folder), "TMPDIR": str(folder)}
    if prefix := os.environ.get("TESSDATA_PREFIX"):
        surroundings["TESSDATA_PREFIX"] = prefix
    try:
        process = subprocess.Popen(
            limited,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=folder,
            env=surroundings,
            start_new_session=True,
        )
    except OSError as e:
        raise ProgramError(str(e)) from e
    try:
        out, complaints = process.communicate(data, timeout=seconds)
    except BaseException as e:
        # Its own session: what it started ends with it, however we leave.
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        if isinstance(e, subprocess.TimeoutExpired):
            raise ProgramError(f"{command[0]}: over {seconds:.0f} s", timeout=True) from e
        raise
    if process.returncode:
        words = complaints.decode("utf-8", "replace").strip()[-300:]
        raise ProgramError(f"{command[0]}: {process.returncode}: {words}")
    return out
