"""A whole installation of its own: home, database, command line, server, people signed in.

Tests of operation and the benches use it; what is asked of it goes through the command or HTTP.
"""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

__all__ = ["Answer", "Browser", "Installation", "free_port"]

_WAIT_SECONDS = 60
SOURCE = Path(__file__).resolve().parents[1] / "src"

_SIGN_IN = """
import json, sys, django
django.setup()
from django.conf import settings
from django.test import Client
from django.utils import timezone
from diemcau.accounts.models import Grant, Role, User
found, now = [], timezone.now()
for i in range(int(sys.argv[1])):
    person, _new = User.objects.get_or_create(username=f"nguoi{i}")
    Grant.objects.get_or_create(
        person=person, role=Role.COORDINATOR, starts_on="2020-01-01", defaults={"made_at": now}
    )
    client = Client()
    client.force_login(person)
    found.append([settings.SESSION_COOKIE_NAME, client.cookies[settings.SESSION_COOKIE_NAME].value])
print(json.dumps(found))
"""


def free_port() -> int:
    """A port nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: dict[str, str]
    text: str


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args, **kwargs):
        return None


class Browser:
    """One person's requests; the cookie of their session goes with each."""

    def __init__(self, root: str, cookie: tuple[str, str] | None = None) -> None:
        self._root = root
        self._cookies = dict([cookie] if cookie else [])
        self._opener = urllib.request.build_opener(_NoRedirect())

    def get(self, path: str, **headers: str) -> Answer:
        return self._ask(urllib.request.Request(self._root + path), headers)

    def post(self, path: str, fields: dict[str, str]) -> Answer:
        return self._ask(
            urllib.request.Request(self._root + path, urllib.parse.urlencode(fields).encode()),
            {},
            token=True,
        )

    def upload(self, path: str, name: str, data: bytes) -> Answer:
        edge = "edgeedgeedge"
        head = (
            f'--{edge}\r\nContent-Disposition: form-data; name="files"; filename="{name}"\r\n\r\n'
        )
        body = head.encode() + data + f"\r\n--{edge}--\r\n".encode()
        request = urllib.request.Request(self._root + path, body)
        return self._ask(
            request, {"Content-Type": f"multipart/form-data; boundary={edge}"}, token=True
        )

    def _ask(self, request, headers, *, token=False) -> Answer:
        if token:
            value = self._cookies.setdefault("csrftoken", "t" * 32)
            headers = {**headers, "X-CSRFToken": value, "Referer": self._root}
        if self._cookies:
            headers = {**headers, "Cookie": "; ".join(f"{k}={v}" for k, v in self._cookies.items())}
        for name, value in headers.items():
            request.add_header(name, value)
        try:
            with self._opener.open(request, timeout=_WAIT_SECONDS) as answer:
                return Answer(answer.status, dict(answer.headers), answer.read().decode())
        except urllib.error.HTTPError as answer:
            return Answer(answer.code, dict(answer.headers), answer.read().decode())


class Installation:
    """One home and one database.

    Args:
        url: DATABASE_URL; None is SQLite in the home.
        source: folder of the program's code, another version's if it is not this one's.
    """

    def __init__(self, home: Path, *, url: str | None = None, source: Path = SOURCE) -> None:
        self.home = home
        self.env = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(source),
            "PYTHONUNBUFFERED": "1",
            "DJANGO_SETTINGS_MODULE": "diemcau.settings",
            "DIEMCAU_HOME": str(home),
            **({"DATABASE_URL": url} if url else {}),
        }

    def run(self, *arguments: str, **env: str) -> subprocess.CompletedProcess:
        """Run one `diemcau` command to its end."""
        return subprocess.run(
            [sys.executable, "-m", "diemcau", *arguments],
            env={**self.env, **env},
            capture_output=True,
            text=True,
            check=False,
        )

    def do(self, code: str, *arguments: str) -> str:
        """Run Python inside the installation; returns what it printed."""
        done = subprocess.run(
            [sys.executable, "-c", code, *arguments],
            env=self.env,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def sign_in(self, n: int) -> list[tuple[str, str]]:
        """Cookies of n people who may confirm and add documents."""
        return [(name, value) for name, value in json.loads(self.do(_SIGN_IN, str(n)))]

    def start(self, port: int, *, prefix: tuple[str, ...] = (), **env: str) -> subprocess.Popen:
        """Start the server as the unit of systemd does; it leads a process group of its own."""
        command = [sys.executable, "-m", "gunicorn", "--config", "python:diemcau.operation.server"]
        return subprocess.Popen(
            [*prefix, *command, "diemcau.wsgi"],
            env={**self.env, "DIEMCAU_BIND": f"127.0.0.1:{port}", **env},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )

    @contextmanager
    def serve(self, **env: str):
        """The root address of a running server; its log is `self.log` afterwards."""
        port = free_port()
        server = self.start(port, **env)
        root = f"http://127.0.0.1:{port}"
        try:
            self.until_live(root, server)
            yield root
        finally:
            os.killpg(server.pid, signal.SIGTERM)
            self.log, _ = server.communicate(timeout=_WAIT_SECONDS)

    def until_live(self, root: str, server: subprocess.Popen | None = None) -> None:
        """Wait until the server answers."""
        end = time.monotonic() + _WAIT_SECONDS
        while True:
            try:
                if Browser(root).get("/suc-khoe/song").status == 200:
                    return
            except OSError:
                pass
            assert time.monotonic() < end, "the server did not come"
            if server is not None and server.poll() is not None:
                raise AssertionError(server.stdout.read())
            time.sleep(0.05)
