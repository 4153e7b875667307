"""A PostgreSQL cluster as an installation has it: durable, stopped and started at will."""

import shutil
import signal
import subprocess
import tempfile
import time
import urllib.parse
from pathlib import Path

from tests.postgres import find_programs

__all__ = ["Cluster"]


class Cluster:
    """One cluster on a Unix socket in a folder of its own; fsync is on."""

    def __init__(self, folder: Path | None = None) -> None:
        found = find_programs()
        if found is None:
            raise SystemExit("no PostgreSQL programs; on Debian: apt-get install postgresql")
        self._programs = found
        self.folder = folder or Path(tempfile.mkdtemp(prefix="diemcau-bench-pg-"))
        shutil.chown(self.folder, "nobody")
        self._run("initdb", "-D", "data", "-U", "postgres", "-A", "trust", "-E", "UTF8")
        self.start()

    def _run(self, program: str, *arguments: str) -> None:
        subprocess.run(
            [self._programs / program, *arguments],
            user="nobody",
            cwd=self.folder,
            check=True,
            stdout=subprocess.DEVNULL,
        )

    def start(self) -> None:
        """Start the server and wait until it answers."""
        self.server = subprocess.Popen(
            [
                self._programs / "postgres",
                "-D",
                "data",
                "-k",
                self.folder,
                "-c",
                "listen_addresses=",
            ],
            user="nobody",
            cwd=self.folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        ready = [self._programs / "pg_isready", "-q", "-h", self.folder]
        end = time.monotonic() + 60
        while subprocess.run(ready, check=False).returncode != 0:
            assert time.monotonic() < end, "PostgreSQL did not start"
            time.sleep(0.05)

    def kill(self) -> None:
        """kill -9 of the server's first process; the others see it and end."""
        self.server.kill()
        self.server.wait()
        # Its children hold the shared memory until they have noticed.
        time.sleep(1)

    def sql(self, statement: str, database: str = "postgres") -> None:
        """Run one statement as superuser."""
        self._run(
            "psql", "-q", "-h", str(self.folder), "-U", "postgres", "-d", database, "-c", statement
        )

    def make(self, name: str) -> str:
        """Make a database; returns its DATABASE_URL."""
        self.sql(f"CREATE DATABASE {name}")
        host = urllib.parse.quote(str(self.folder), safe="")
        return f"postgres://postgres@/{name}?host={host}"

    def stop(self) -> None:
        """Stop the server and remove the folder."""
        if self.server.poll() is None:
            self.server.send_signal(signal.SIGINT)
            self.server.wait(60)
        shutil.rmtree(self.folder, ignore_errors=True)
