"""The stored files of an installation, walked in an order that depends on their names alone."""

import hashlib
import os
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

__all__ = ["BLOCK", "FileDigest", "StoredFile", "copy_hashed", "hash_file", "walk_files"]

BLOCK = 1024 * 1024
_UNFINISHED = re.compile(r"[0-9a-f]{64}-")
"""What a file is called while it is being written."""
_MARKERS = "incoming"


@dataclass(frozen=True)
class StoredFile:
    """One file: its path under the root with forward slashes, its size in bytes, its SHA-256."""

    path: str
    size: int
    sha256: str

    @property
    def named_hash(self) -> str:
        """The SHA-256 its name says it has; "" if it is not named by one."""
        stem = Path(self.path).stem
        return stem if re.fullmatch(r"[0-9a-f]{64}", stem) else ""


class FileDigest:
    """One SHA-256 over the paths, sizes and hashes of files, added in the order of the walk."""

    def __init__(self) -> None:
        self.n = 0
        self.n_bytes = 0
        self._hash = hashlib.sha256()

    def add(self, file: StoredFile) -> None:
        """Count one more file."""
        self.n += 1
        self.n_bytes += file.size
        line = f"{file.sha256} {file.size} {file.path}\n"
        self._hash.update(line.encode("utf-8", "surrogateescape"))

    @property
    def hex(self) -> str:
        """The digest so far."""
        return self._hash.hexdigest()


def walk_files(root: Path) -> Iterator[Path]:
    """Every stored file under a folder; what is being written and links are passed over."""
    try:
        entries = sorted(os.scandir(root), key=lambda entry: os.fsencode(entry.name))
    except FileNotFoundError:
        return
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            if entry.name != _MARKERS:
                yield from walk_files(Path(entry.path))
        elif entry.is_file(follow_symlinks=False) and not _UNFINISHED.match(entry.name):
            yield Path(entry.path)


def hash_file(path: Path, root: Path, moved: Callable[[int], None]) -> StoredFile:
    """Read a file for its size and hash.

    Args:
        moved: told the bytes of every block.
    """
    with path.open("rb") as file:
        blocks = iter(lambda: file.read(BLOCK), b"")
        size, sha256 = copy_hashed(blocks, None, moved)
    return StoredFile(path.relative_to(root).as_posix(), size, sha256)


def copy_hashed(
    blocks: Iterable[bytes], to: BinaryIO | None, moved: Callable[[int], None]
) -> tuple[int, str]:
    """Write blocks on, if anywhere; returns their size in bytes and SHA-256."""
    size, sha256 = 0, hashlib.sha256()
    for block in blocks:
        sha256.update(block)
        if to is not None:
            to.write(block)
        size += len(block)
        moved(len(block))
    return size, sha256.hexdigest()
