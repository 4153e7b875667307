"""The mark of a file made here: which rows it had at which versions, under a key of the house.

A file filled in far from the network is told from one put together by hand: the hidden sheet
lists id and version of every row, and a digest only this installation can make covers the list.
"""

import hmac
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.conf import settings

from diemcau.directory.cells import number_in

__all__ = ["SIGNATURE_SHEET", "Signature", "mark_of", "read_signature", "signature_lines"]

SIGNATURE_SHEET = "_diemcau"
_PURPOSE = b"diemcau exchange 1"


@dataclass(frozen=True, slots=True)
class Signature:
    """What the hidden sheet says.

    Args:
        is_whole: the digest is the one this installation makes of the list.
        said: about the file, "form" and the like.
        versions: version by id.
    """

    is_whole: bool
    said: dict[str, str]
    versions: dict[int, int]


def mark_of(said: dict[str, str], versions: Iterable[tuple[int, int]]) -> str:
    """HMAC-SHA-256 over what is said of a file and the ids and versions of its rows, in hex."""
    key = hmac.new(_PURPOSE, settings.SECRET_KEY.encode(), sha256).digest()
    words = "\n".join(f"{name}={said[name]}" for name in sorted(said))
    pairs = "\n".join(f"{pk}:{version}" for pk, version in sorted(versions))
    return hmac.new(key, f"{words}\n\n{pairs}".encode(), sha256).hexdigest()


def signature_lines(
    said: dict[str, str], versions: Sequence[tuple[int, int]]
) -> Iterable[tuple[str, str]]:
    """The rows of the hidden sheet."""
    yield "mark", mark_of(said, versions)
    yield from sorted(said.items())
    yield "rows", str(len(versions))
    for pk, version in versions:
        yield str(pk), str(version)


def read_signature(lines: Iterable[Sequence[Any]]) -> Signature:
    """What a hidden sheet says, and whether it is unbroken."""
    mark, said, versions = "", {}, {}
    for line in lines:
        name, value = ([_word(cell) for cell in line] + ["", ""])[:2]
        if name == "mark":
            mark = value
        elif (pk := number_in(name)) is not None and (version := number_in(value)) is not None:
            versions[pk] = version
        elif name and name != "rows":
            said[name] = value
    return Signature(hmac.compare_digest(mark, mark_of(said, versions.items())), said, versions)


def _word(cell: Any) -> str:
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell or "")
