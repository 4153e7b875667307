"""A real clamd with one signature of its own, and people who bring files."""

import shutil
import socket
import subprocess
import time

import pytest

from diemcau.accounts.models import Role
from tests.diemcau.people import make_person, signed_in

EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


@pytest.fixture
def person(db):
    return make_person(Role.REPORTER)


@pytest.fixture
def reporter(db):
    return signed_in(Role.REPORTER, "en")


@pytest.fixture
def coordinator(db):
    return signed_in(Role.COORDINATOR, "en")


@pytest.fixture
def secretariat(db):
    return signed_in(Role.SECRETARIAT, "en")


@pytest.fixture(scope="session")
def clamd(tmp_path_factory):
    """Debian's clamd, whose database knows the EICAR test file only; its socket's address."""
    program = shutil.which("clamd") or shutil.which("clamd", path="/usr/sbin")
    if program is None:
        pytest.skip("no clamd here; on Debian: apt-get install clamav-daemon")
    home = tmp_path_factory.mktemp("clamd")
    home.chmod(0o755)
    (home / "db").mkdir()
    (home / "db" / "own.ndb").write_text(f"Eicar-Test-Signature:0:*:{EICAR.hex()}\n")
    path = home / "s"
    (home / "clamd.conf").write_text(
        f"LocalSocket {path}\nDatabaseDirectory {home / 'db'}\nForeground yes\n"
        "StreamMaxLength 30M\n"
    )
    with (home / "out").open("wb") as out:
        running = subprocess.Popen(
            [program, "-c", str(home / "clamd.conf")], stdout=out, stderr=out
        )
    for _ in range(300):
        if path.exists() or running.poll() is not None:
            break
        time.sleep(0.1)
    else:
        pytest.skip("clamd did not start in half a minute")
    yield f"unix:{path}"
    running.terminate()
    running.wait(20)


@pytest.fixture
def closed_port():
    """An address at which nothing listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return f"tcp:127.0.0.1:{probe.getsockname()[1]}"
