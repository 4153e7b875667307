"""A PostgreSQL cluster of the tests' own, made in a second and thrown away; no system server."""

import atexit
import os
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path

__all__ = ["find_programs", "start_cluster"]

_WAIT_SECONDS = 30
_INITDB = ["-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-locale", "-N"]
_POSTGRES = ["-c", "listen_addresses=", "-c", "fsync=off", "-c", "full_page_writes=off"]


def find_programs() -> Path | None:
    """The folder of `initdb` and `postgres`, the newest version's; None if there is none."""
    if found := shutil.which("postgres"):
        return Path(found).resolve().parent
    versions = Path("/usr/lib/postgresql").glob("*/bin/postgres")
    newest = max(versions, key=lambda p: float(p.parts[-3]), default=None)
    return newest.parent if newest else None


def start_cluster() -> Path:
    """Start a cluster on a Unix socket, stopped and removed when the process ends.

    PostgreSQL refuses to run as root; root starts it as "nobody".
    Returns:
        The folder of the socket, which is its host; the superuser is "postgres", without password.
    Raises:
        RuntimeError: PostgreSQL's programs are not there, or it did not start.
    """
    programs = find_programs()
    if programs is None:
        raise RuntimeError("no PostgreSQL programs; on Debian: apt-get install postgresql")
    folder = Path(tempfile.mkdtemp(prefix="diemcau-pg-"))
    as_whom = "nobody" if os.geteuid() == 0 else None
    if as_whom:
        shutil.chown(folder, as_whom)
    log = folder / "log"
    with log.open("wb") as out:
        subprocess.run(
            [programs / "initdb", "-D", folder / "data", *_INITDB],
            user=as_whom,
            cwd=folder,
            stdout=out,
            stderr=out,
            check=True,
        )
        server = subprocess.Popen(
            [programs / "postgres", "-D", folder / "data", "-k", folder, *_POSTGRES],
            user=as_whom,
            cwd=folder,
            stdout=out,
            stderr=out,
        )
    atexit.register(_stop, server, folder, os.getpid())
    until = time.monotonic() + _WAIT_SECONDS
    while b"ready to accept connections" not in log.read_bytes():
        if server.poll() is not None or time.monotonic() > until:
            raise RuntimeError(f"PostgreSQL did not start: {log.read_text()[-500:]}")
        time.sleep(0.05)
    return folder


def _stop(server: subprocess.Popen, folder: Path, owner: int) -> None:
    if os.getpid() != owner:
        return
    server.send_signal(signal.SIGINT)
    server.wait(_WAIT_SECONDS)
    shutil.rmtree(folder, ignore_errors=True)
