"""The scanner, if the installation has one: clamd, asked over its socket (INSTREAM).

DIEMCAU_CLAMD says where: `unix:/run/clamav/clamd.ctl` or `tcp:127.0.0.1:3310`. The bytes are sent
to that socket only; nothing else of the machine is told to it.
"""

import socket
import struct
from dataclasses import dataclass
from typing import Literal

from django.conf import settings

__all__ = ["Scanned", "scan"]

_CHUNK = 256 * 1024
_SECONDS = 30


@dataclass(frozen=True)
class Scanned:
    """What the scanner said of some bytes.

    Args:
        verdict: "none" if the installation has no scanner, "down" if it could not be asked.
        words: the name of what was found, or what went wrong.
    """

    verdict: Literal["clean", "infected", "down", "none"]
    words: str = ""


def scan(data: bytes) -> Scanned:
    """Ask the scanner about a file's bytes.

    Source: clamd(8), command INSTREAM: four bytes of length before each piece, a zero to end.
    """
    if not settings.CLAMD:
        return Scanned("none")
    try:
        with _connected() as connection:
            connection.sendall(b"zINSTREAM\0")
            for at in range(0, len(data), _CHUNK):
                piece = data[at : at + _CHUNK]
                connection.sendall(struct.pack(">I", len(piece)) + piece)
            connection.sendall(struct.pack(">I", 0))
            answer = _answer(connection)
    except (OSError, ValueError) as problem:
        return Scanned("down", str(problem)[:200] or type(problem).__name__)
    words = answer.removeprefix("stream: ")
    if words.endswith(" FOUND"):
        return Scanned("infected", words.removesuffix(" FOUND")[:200])
    if words == "OK":
        return Scanned("clean", "clamd: OK")
    return Scanned("down", answer[:200] or "no answer")


def _connected() -> socket.socket:
    kind, _colon, where = settings.CLAMD.partition(":")
    if kind == "unix":
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        address: object = where
    elif kind == "tcp":
        host, _colon, port = where.strip("/").rpartition(":")
        connection = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
        address = (host.strip("[]"), int(port))
    else:
        raise ValueError(f"DIEMCAU_CLAMD is neither unix:PATH nor tcp:HOST:PORT: {settings.CLAMD}")
    connection.settimeout(_SECONDS)
    try:
        connection.connect(address)  # type: ignore[arg-type]
    except BaseException:
        connection.close()
        raise
    return connection


def _answer(connection: socket.socket) -> str:
    answer = b""
    while not answer.endswith(b"\0") and len(answer) < 4096:
        piece = connection.recv(4096)
        if not piece:
            break
        answer += piece
    return answer.rstrip(b"\0\n").decode("utf-8", "replace")
