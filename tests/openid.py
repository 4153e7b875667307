"""A real OpenID Connect provider of the tests' own: Debian's glewlwyd on the loopback interface.

`python -m tests.openid` says with its exit status whether its program is there.
"""

import contextlib
import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import requests
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

__all__ = ["PASSWORD", "OpenIdServer", "find_program", "start_server"]

PASSWORD = "password"
"""Of the provider's administrator and of everybody it knows."""
_TABLES = Path("/usr/share/dbconfig-common/data/glewlwyd/install/sqlite3")
_LIBRARIES = Path("/usr/lib/glewlwyd")
_PAGES = Path("/usr/share/glewlwyd/webapp")
_WAIT_SECONDS = 30


@dataclass(frozen=True)
class OpenIdServer:
    """A provider that runs: its issuer and the client it knows."""

    issuer: str
    client_id: str
    client_secret: str
    root: str

    def sign_in(self, username: str) -> requests.Session:
        """A person signed in at the provider who agrees that the client may know them."""
        person = requests.Session()
        said = {"username": username, "password": PASSWORD}
        person.post(f"{self.root}/api/auth/", json=said, timeout=10).raise_for_status()
        agreed = person.put(
            f"{self.root}/api/auth/grant/{self.client_id}/",
            json={"scope": "openid"},
            timeout=10,
        )
        agreed.raise_for_status()
        return person

    def answer(self, person: requests.Session, there: str) -> str:
        """Where the provider sends a signed-in person's browser back to.

        Args:
            there: the address we sent the browser to.
        """
        # What its log-in page adds once somebody has signed in and agreed.
        answer = person.get(f"{there}&g_continue", allow_redirects=False, timeout=10)
        return answer.headers["Location"]


def find_program() -> str | None:
    """Where glewlwyd is; None if it or its tables are not there."""
    found = shutil.which("glewlwyd")
    return found if found and _TABLES.exists() else None


@contextlib.contextmanager
def start_server(redirect_uri: str, people: list[str]) -> Iterator[OpenIdServer]:
    """Start the provider, with one client and some people; stopped at the end.

    Args:
        redirect_uri: where it may send a browser back to.
        people: user names of those it knows; each has an e-mail address at example.vn.
    Raises:
        RuntimeError: its program is not there, or it did not start.
    """
    program = find_program()
    if program is None:
        raise RuntimeError("no glewlwyd; on Debian: apt-get install glewlwyd")
    folder = Path(tempfile.mkdtemp(prefix="diemcau-oidc-"))
    port = _free_port()
    root = f"http://localhost:{port}"
    database = sqlite3.connect(folder / "provider.sqlite3")
    database.executescript(_TABLES.read_text())
    database.close()
    (folder / "glewlwyd.conf").write_text(_configuration(folder, port, root))
    log = (folder / "log").open("wb")
    process = subprocess.Popen(
        [program, "-c", str(folder / "glewlwyd.conf")], stdout=log, stderr=log, cwd=folder
    )
    try:
        _wait_until_open(process, port, folder / "log")
        yield _fill(root, redirect_uri, people)
    finally:
        process.terminate()
        process.wait(_WAIT_SECONDS)
        log.close()
        shutil.rmtree(folder, ignore_errors=True)


def _configuration(folder: Path, port: int, root: str) -> str:
    return f"""
port={port}
bind_address="127.0.0.1"
external_url="{root}"
login_url="login.html"
api_prefix="api"
log_mode="console"
log_level="WARNING"
cookie_secure=0
cookie_same_site="empty"
session_expiration=86400
session_key="GLEWLWYD2_SESSION_ID"
admin_scope="g_admin"
profile_scope="g_profile"
admin_session_authentication="cookie"
profile_session_authentication="cookie"
login_api_enabled=true
static_files_path="{_PAGES}"
static_files_mime_types=(
  {{extension=".html" mime_type="text/html"}},
  {{extension=".css" mime_type="text/css"}},
  {{extension=".js" mime_type="application/javascript"}},
  {{extension=".json" mime_type="application/json"}}
)
user_module_path="{_LIBRARIES}/user"
client_module_path="{_LIBRARIES}/client"
user_auth_scheme_module_path="{_LIBRARIES}/scheme"
plugin_module_path="{_LIBRARIES}/plugin"
use_secure_connection=false
secure_connection_key_file="none"
secure_connection_pem_file="none"
secure_connection_ca_file="none"
hash_algorithm="SHA512"
database={{
  type="sqlite3"
  path="{folder}/provider.sqlite3"
}};
"""


def _fill(root: str, redirect_uri: str, people: list[str]) -> OpenIdServer:
    admin = requests.Session()

    def send(path: str, body: dict) -> None:
        answer = admin.post(f"{root}/api/{path}", json=body, timeout=20)
        if not answer.ok:
            raise RuntimeError(f"{path}: {answer.status_code} {answer.text}")

    send("auth/", {"username": "admin", "password": PASSWORD})
    issuer = f"{root}/api/oidc"
    private, public = _keys()
    send(
        "mod/plugin/",
        {
            "module": "oidc",
            "name": "oidc",
            "display_name": "OpenID Connect",
            "parameters": {
                "iss": issuer,
                "subject-type": "public",
                "jwt-type": "rsa",
                "jwt-key-size": "256",
                "key": private,
                "cert": public,
                "access-token-duration": 3600,
                "refresh-token-duration": 3600,
                "code-duration": 60,
                "refresh-token-rolling": True,
                "allow-non-oidc": False,
                "auth-type-code-enabled": True,
                "auth-type-refresh-enabled": False,
                "auth-type-token-enabled": False,
                "auth-type-id-token-enabled": True,
                "auth-type-none-enabled": False,
                "auth-type-password-enabled": False,
                "auth-type-client-enabled": False,
                "auth-type-device-enabled": False,
                "pkce-allowed": True,
                "pkce-method-plain-allowed": False,
                "jwks-show": True,
                "name-claim": "mandatory",
                "name-claim-scope": [],
                "email-claim": "mandatory",
                "email-claim-scope": [],
                "scope-claim": "no",
                "scope": [],
                "additional-parameters": [],
                "claims": [
                    {
                        "name": "preferred_username",
                        "user-property": "username",
                        "type": "string",
                        "mandatory": True,
                        "scope": [],
                    }
                ],
            },
        },
    )
    client_id, client_secret = "diemcau", "bi-mat-cua-may-khach"
    send(
        "client/",
        {
            "client_id": client_id,
            "name": "Điểm Cầu",
            "confidential": True,
            "enabled": True,
            "password": client_secret,
            "client_secret": client_secret,
            "token_endpoint_auth_method": ["client_secret_basic"],
            "authorization_type": ["code"],
            "redirect_uri": [redirect_uri],
            "scope": [],
        },
    )
    for person in people:
        send(
            "user/",
            {
                "username": person,
                "name": f"{person} ở nơi khác",
                "email": f"{person}@example.vn",
                "password": PASSWORD,
                "enabled": True,
                "scope": ["openid"],
            },
        )
    return OpenIdServer(issuer, client_id, client_secret, root)


def _keys() -> tuple[str, str]:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    public = key.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    return private.decode(), public.decode()


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def _wait_until_open(process: subprocess.Popen, port: int, log: Path) -> None:
    until = time.monotonic() + _WAIT_SECONDS
    while time.monotonic() < until and process.poll() is None:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.05)
    raise RuntimeError(f"glewlwyd did not start: {log.read_text(errors='replace')[-500:]}")


if __name__ == "__main__":
    if find_program() is None:
        sys.exit(
            "SKIPPED: signing in with a real OpenID Connect provider"
            " (no glewlwyd here; on Debian: apt-get install glewlwyd)"
        )
