"""The whole suite: everything on SQLite and, at the same time, the platform on PostgreSQL.

`python -m tests` starts both, each with a database and folders of its own; what the second says is
shown when both have ended, and either can fail the whole. The engine knows no database: its tests
go with the second, which drives no browser. Where PostgreSQL's programs are not there, that is said
and everything else is run.
"""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from typing import IO

from tests.postgres import find_programs

_ENGINE = "tests/vanban"
_BESIDE = [_ENGINE, "tests/diemcau", "tests/web", "-m", "not browser"]
_FIRST = {"DIEMCAU_TEST_DB": "sqlite"}
_SECOND = {
    "DIEMCAU_TEST_DB": "postgres",
    "HYPOTHESIS_STORAGE_DIRECTORY": ".hypothesis/postgres",
    "PYTEST_ADDOPTS": "-o cache_dir=.pytest_cache/postgres",
}
_NO_POSTGRES = (
    "SKIPPED: the platform's tests on PostgreSQL (no PostgreSQL programs here;"
    " on Debian: apt-get install postgresql)"
)


def main() -> int:
    """Run the suite; returns 0 if all of it passed, 130 if it was interrupted."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.default_int_handler)
    with tempfile.TemporaryFile() as said:
        if find_programs() is None:
            print(_NO_POSTGRES, flush=True)
            parts = {"On SQLite": _start([], _FIRST)}
        else:
            parts = {
                "On SQLite": _start([f"--ignore={_ENGINE}"], _FIRST),
                "The engine, and on PostgreSQL": _start(_BESIDE, _SECOND, said),
            }
        is_whole = _wait(list(parts.values()))
        said.seek(0)
        shutil.copyfileobj(said, sys.stdout.buffer)
    for name, part in parts.items():
        print(f"{name}: {'passed' if part.returncode == 0 else f'FAILED ({part.returncode})'}")
    if not is_whole:
        return 130
    return max(abs(part.returncode) for part in parts.values())


def _start(
    arguments: list[str], env: Mapping[str, str], out: IO[bytes] | None = None
) -> subprocess.Popen:
    """Start pytest in a session of its own: Ctrl-C then reaches it once, through us."""
    return subprocess.Popen(
        [sys.executable, "-m", "pytest", *arguments],
        env={**os.environ, **env},
        stdin=subprocess.DEVNULL,
        stdout=out,
        stderr=out,
        start_new_session=True,
    )


def _wait(parts: list[subprocess.Popen]) -> bool:
    """Wait for the end of all; on Ctrl-C each is told once, and killed at the second Ctrl-C.

    Returns:
        Whether they came to their end by themselves.
    """
    try:
        for part in parts:
            part.wait()
        return True
    except KeyboardInterrupt:
        for part in parts:
            part.send_signal(signal.SIGINT)
        for part in parts:
            part.wait()
        return False
    finally:
        for part in parts:
            part.kill()


if __name__ == "__main__":
    sys.exit(main())
