"""Write everything an installation holds into one file, while it goes on working.

The file is a tar, written from one end to the other in constant memory:

    begin.json                      versions, the migrations that were applied, when it began
    tables/<table>/000001.jsonl.gz  rows, as `tables` writes them, a few megabytes a member
    files/<path>                    stored files, as they are
    sums/000001.jsonl.gz            size and SHA-256 of the files before it
    end.json                        rows and digest of every table, number and digest of the files

Rows are those of one moment. Files are read after it and are never changed, so every file that a
row of that moment names is there. A file without `end.json` is no backup.
"""

import gzip
import hashlib
import hmac
import io
import json
import os
import shutil
import tarfile
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.db import connection, models
from django.db.backends.base.base import BaseDatabaseWrapper

import vanban
from diemcau.audit.chain import GENESIS, Head
from diemcau.operation.refusal import Refusal
from diemcau.operation.stored import BLOCK, FileDigest, StoredFile, copy_hashed, walk_files
from diemcau.operation.tables import (
    applied_migrations,
    count_rows,
    lines_of,
    models_at,
    snapshot,
    written_fields,
)

__all__ = [
    "BEGIN",
    "END",
    "FILES",
    "FORMAT",
    "SUMS",
    "TABLES",
    "Backup",
    "Progress",
    "TableSum",
    "back_up",
    "key_fingerprint",
    "last_backup_note",
]

FORMAT = 1
BEGIN, END = "begin.json", "end.json"
TABLES, FILES, SUMS = "tables/", "files/", "sums/"
_HEAD = "audit_audithead"

_CHUNK = 4 * 1024 * 1024
_FILES_IN_A_SUM = 1000
_NAME = "diemcau-%Y%m%dT%H%M%SZ.tar"

Progress = Callable[[str, int, int], None]
"""Told what is being done, how much of it is done, and how much there is."""


@dataclass(frozen=True)
class TableSum:
    """What a table held: rows, and SHA-256 of its lines."""

    rows: int
    sha256: str


@dataclass
class Backup:
    """A backup that was written.

    Args:
        path: the file.
        sha256: of the whole file; it stands in `<path>.sha256` too.
        n_bytes: its size.
        tables: by name of the table.
        audit: the head of the log's chain.
        missing: paths that a row names and that are not in the file store.
        damaged: paths whose content is not what their name says.
    """

    path: Path
    sha256: str = ""
    n_bytes: int = 0
    n_rows: int = 0
    n_files: int = 0
    n_file_bytes: int = 0
    seconds: float = 0.0
    tables: dict[str, TableSum] = field(default_factory=dict)
    audit: Head = field(default_factory=lambda: Head(0, GENESIS))
    missing: list[str] = field(default_factory=list)
    damaged: list[str] = field(default_factory=list)


def last_backup_note() -> Path:
    """Where the last backup is noted: when, which file, which SHA-256."""
    return Path(settings.HOME) / "last-backup.json"


def key_fingerprint() -> str:
    """What tells the installation's secret key from another without saying it; 16 hex digits."""
    return hmac.new(settings.SECRET_KEY.encode(), b"diemcau backup", "sha256").hexdigest()[:16]


def back_up(target: Path, *, progress: Progress, keep: int | None = None) -> Backup:
    """Write a backup.

    Args:
        target: the file to write, or a folder, where it gets a name with the time (UTC).
        progress: told about rows, then about bytes of files.
        keep: how many backups stay in the folder, the newest; None removes none.
    Raises:
        Refusal: the file is there already, the disk has no room, the database is not ours.
    """
    began = time.perf_counter()
    path = target / f"{datetime.now(UTC):{_NAME}}" if target.is_dir() else target
    if path.exists():
        raise Refusal(
            f"Đã có tệp {path}; không ghi đè. Hãy chọn tên khác.",
            f"There is a file {path} already and it is not overwritten. Choose another name.",
        )
    if not path.parent.is_dir():
        raise Refusal(
            f"Không có thư mục {path.parent}; hãy tạo thư mục rồi chạy lại.",
            f"There is no folder {path.parent}; make it and run again.",
        )
    root = Path(settings.MEDIA_ROOT)
    # What a file is not read for now is read for when it is copied: this only sizes the work.
    n_bytes = sum(file.stat().st_size for file in walk_files(root))
    _need_room(path.parent, n_bytes)
    unfinished = path.with_name(path.name + ".part")
    result = Backup(path)
    try:
        handle = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "wb") as raw:
            out = _Hashed(raw)
            with (
                snapshot() as database,
                tarfile.open(fileobj=out, mode="w|", format=tarfile.PAX_FORMAT) as tar,
            ):
                named = _write_tables(tar, database, result, progress)
                _write_files(tar, root, named, n_bytes, result, progress)
                result.seconds = time.perf_counter() - began
                _add(tar, END, _json(_end_of(result)))
            raw.flush()
            os.fsync(raw.fileno())
        os.replace(unfinished, path)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise
    result.sha256, result.n_bytes = out.hash.hexdigest(), out.n_bytes
    path.with_name(path.name + ".sha256").write_text(f"{result.sha256}  {path.name}\n", "utf-8")
    result.seconds = time.perf_counter() - began
    _note(result)
    if keep is not None:
        _drop_older(path, keep)
    return result


class _Hashed(io.RawIOBase):
    """Hashes what is written through it; a tar that is streamed asks for nothing else."""

    def __init__(self, to: BinaryIO) -> None:
        self._to = to
        self.hash = hashlib.sha256()
        self.n_bytes = 0

    def write(self, data: bytes) -> int:  # type: ignore[override]
        self.hash.update(data)
        self.n_bytes += len(data)
        return self._to.write(data)


def _write_tables(
    tar: tarfile.TarFile, database: BaseDatabaseWrapper, result: Backup, progress: Progress
) -> set[str]:
    """Write every table; returns the paths of files that their rows name."""
    migrations = applied_migrations(database)
    if not migrations:
        raise Refusal(
            "Cơ sở dữ liệu trống: chưa có gì để sao lưu. Hãy xem DIEMCAU_HOME, DATABASE_URL.",
            "The database is empty: there is nothing to back up. See DIEMCAU_HOME, DATABASE_URL.",
        )
    try:
        found = models_at(migrations)
    except LookupError as strange:
        raise Refusal(
            f"Cơ sở dữ liệu thuộc bản chương trình mới hơn (có {strange}); hãy dùng bản đó.",
            f"The database is of a newer program (it has {strange}); back up with that one.",
        ) from None
    begin = {
        "format": FORMAT,
        "program": version("diemcau"),
        "engine": vanban.ENGINE_VERSION,
        "database": database.vendor,
        "began_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "key": key_fingerprint(),
        "migrations": migrations,
        "tables": {m._meta.db_table: [f.column for f in written_fields(m)] for m in found},
    }
    _add(tar, BEGIN, _json(begin))
    total = sum(count_rows(model, database) for model in found)
    named: set[str] = set()
    for model in found:
        table = model._meta.db_table
        result.tables[table] = _write_table(
            tar, model, database, named, lambda n: progress("rows", result.n_rows + n, total)
        )
        result.n_rows += result.tables[table].rows
    if _HEAD in result.tables:
        result.audit = _head_of(database)
    return named


def _head_of(database: BaseDatabaseWrapper) -> Head:
    """The head of the chain at the moment of the snapshot, which `chain.head` would not see."""
    with database.cursor() as cursor:
        cursor.execute(f"SELECT total, digest FROM {_HEAD}")
        row = cursor.fetchone()
    return Head(*row) if row else Head(0, GENESIS)


def _write_table(
    tar: tarfile.TarFile,
    model: type[models.Model],
    database: BaseDatabaseWrapper,
    named: set[str],
    done: Callable[[int], None],
) -> TableSum:
    places = [i for i, f in enumerate(written_fields(model)) if isinstance(f, models.FileField)]
    digest, n = hashlib.sha256(), 0
    chunk, size, number = io.BytesIO(), 0, 0

    def flush() -> None:
        nonlocal chunk, size, number
        number += 1
        packed = gzip.compress(chunk.getvalue(), compresslevel=3, mtime=0)
        _add(tar, f"{TABLES}{model._meta.db_table}/{number:06}.jsonl.gz", packed)
        chunk, size = io.BytesIO(), 0

    for lines in lines_of(model, database):
        text = b"".join(lines)
        digest.update(text)
        size += chunk.write(text)
        n += len(lines)
        for i in places:
            named.update(value for line in lines if (value := json.loads(line)[i]))
        if size >= _CHUNK:
            flush()
        done(n)
    if size:
        flush()
    return TableSum(n, digest.hexdigest())


def _write_files(
    tar: tarfile.TarFile,
    root: Path,
    named: set[str],
    total: int,
    result: Backup,
    progress: Progress,
) -> None:
    digest, pending, number, done = FileDigest(), [], 0, 0

    def moved(n: int) -> None:
        nonlocal done
        done += n
        progress("bytes", min(done, total), total)

    def flush() -> None:
        nonlocal pending, number
        number += 1
        text = "".join(json.dumps(asdict(file)) + "\n" for file in pending)
        packed = gzip.compress(text.encode("ascii"), compresslevel=3, mtime=0)
        _add(tar, f"{SUMS}{number:06}.jsonl.gz", packed)
        pending = []

    for path in walk_files(root):
        try:
            handle = path.open("rb")
        except FileNotFoundError:
            # An intake that failed has removed it; no row names it, or it is missed below.
            continue
        relative = path.relative_to(root).as_posix()
        with handle:
            size = os.fstat(handle.fileno()).st_size
            head = tarfile.TarInfo(FILES + relative)
            head.size, head.mode, head.mtime = size, 0o600, int(path.stat().st_mtime)
            tar.addfile(head)
            n, sha256 = copy_hashed(_blocks(handle, size), tar.fileobj, moved)
            if n != size:
                raise Refusal(
                    f"Tệp {relative} bị cắt ngắn trong khi đang đọc; hãy chạy lại.",
                    f"The file {relative} was cut while it was read; run again.",
                )
            # The tar stands on whole blocks; addfile leaves that to whoever writes the content.
            tar.fileobj.write(b"\0" * (-size % tarfile.BLOCKSIZE))
            tar.offset += size + (-size % tarfile.BLOCKSIZE)
            tar.members.clear()
        file = StoredFile(relative, size, sha256)
        digest.add(file)
        named.discard(relative)
        if file.named_hash and file.named_hash != sha256:
            result.damaged.append(relative)
        pending.append(file)
        if len(pending) == _FILES_IN_A_SUM:
            flush()
    if pending:
        flush()
    result.missing = sorted(named)
    result.n_files, result.n_file_bytes = digest.n, digest.n_bytes
    result.tables[FILES] = TableSum(digest.n, digest.hex)


def _blocks(file: BinaryIO, size: int) -> Iterator[bytes]:
    """The first `size` bytes of a file: what came to it since is not of this moment."""
    while size and (block := file.read(min(BLOCK, size))):
        size -= len(block)
        yield block


def _end_of(result: Backup) -> dict:
    tables = {name: asdict(one) for name, one in result.tables.items() if name != FILES}
    return {
        "ended_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "seconds": round(result.seconds, 1),
        "tables": tables,
        "audit": asdict(result.audit),
        "files": {
            "n": result.n_files,
            "bytes": result.n_file_bytes,
            "sha256": result.tables[FILES].sha256,
        },
        "missing": result.missing,
        "damaged": result.damaged,
    }


def _add(tar: tarfile.TarFile, name: str, data: bytes) -> None:
    head = tarfile.TarInfo(name)
    head.size, head.mode, head.mtime = len(data), 0o600, int(time.time())
    tar.addfile(head, io.BytesIO(data))
    # The library keeps every head it wrote; nobody asks for them here.
    tar.members.clear()


def _json(value: dict) -> bytes:
    return json.dumps(value, indent=1, ensure_ascii=False).encode("utf-8", "surrogatepass")


def _need_room(folder: Path, n_bytes: int) -> None:
    free = shutil.disk_usage(folder).free
    if free < n_bytes:
        mb = 1024 * 1024
        raise Refusal(
            f"Ổ đĩa của {folder} còn {free // mb} MB, cần hơn {n_bytes // mb} MB cho các tệp;"
            " hãy dọn chỗ hoặc ghi vào ổ khác.",
            f"The disk of {folder} has {free // mb} MB left and the files alone need"
            f" {n_bytes // mb} MB; make room or write to another disk.",
        )


def _note(result: Backup) -> None:
    note = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "file": str(result.path.resolve()),
        "sha256": result.sha256,
        "bytes": result.n_bytes,
        "database": connection.vendor,
    }
    last_backup_note().write_text(json.dumps(note, ensure_ascii=False) + "\n", "utf-8")


def _drop_older(newest: Path, keep: int) -> None:
    ours = sorted(newest.parent.glob("diemcau-????????T??????Z.tar"))
    for path in ours[: -max(keep, 1)]:
        if path != newest:
            path.unlink()
            path.with_name(path.name + ".sha256").unlink(missing_ok=True)
