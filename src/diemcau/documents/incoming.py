"""What a killed intake left on disk, found and removed by the next one.

An intake holds a lock on a marker named by the file's hash for as long as it runs. The system lets
go of the lock when the process dies, whatever killed it, so a marker nobody holds tells which file
may lie there without a row.
"""

import fcntl
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from diemcau.documents.models import Document

__all__ = ["announced"]

_HASH = 64


@contextmanager
def announced(sha256: str) -> Iterator[None]:
    """Announce that a file of this hash is being stored, having removed what others left.

    Args:
        sha256: hexadecimal hash of the file; the announcement ends with the block.
    """
    folder = Path(settings.MEDIA_ROOT) / "incoming"
    folder.mkdir(parents=True, exist_ok=True)
    _clear(folder)
    with tempfile.NamedTemporaryFile(prefix=f"{sha256}-", dir=folder, delete=False) as marker:
        fcntl.flock(marker, fcntl.LOCK_EX)
        try:
            yield
        finally:
            Path(marker.name).unlink(missing_ok=True)


def _clear(folder: Path) -> None:
    left, running = [], set()
    for path in folder.iterdir():
        if _is_held(path):
            running.add(path.name[:_HASH])
        else:
            left.append(path)
    for path in left:
        sha256 = path.name[:_HASH]
        # Where somebody is storing the same file again, what lies there is theirs.
        if sha256 not in running:
            _remove(sha256)
            path.unlink(missing_ok=True)


def _is_held(marker: Path) -> bool:
    try:
        with marker.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except FileNotFoundError:
        pass
    return False


def _remove(sha256: str) -> None:
    """Remove every file of a hash but the one a stored document has."""
    kept = set(Document.objects.filter(sha256=sha256).values_list("file", flat=True))
    root = Path(settings.MEDIA_ROOT)
    for path in (root / "documents" / sha256[:2]).glob(f"{sha256}*"):
        if path.relative_to(root).as_posix() not in kept:
            path.unlink(missing_ok=True)
