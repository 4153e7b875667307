"""Bring a backup back into an empty installation, and say whether it came back whole.

The tables are made by the migrations the backup names, filled, compared, and only then brought up
to this program. Until that is done a marker stands in the database: what an interrupted restore
left is known by it, is not served, and is cleared by the next one.
"""

import gzip
import hashlib
import json
import os
import shutil
import tarfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import DatabaseError, connection, models, transaction
from django.db.migrations.executor import MigrationExecutor

from diemcau.audit import append_only, chain
from diemcau.audit.chain import Head
from diemcau.operation.backup import (
    BEGIN,
    END,
    FILES,
    FORMAT,
    SUMS,
    TABLES,
    Progress,
)
from diemcau.operation.refusal import Refusal
from diemcau.operation.stored import BLOCK, FileDigest, StoredFile, copy_hashed, walk_files
from diemcau.operation.stored import hash_file as _hash_file
from diemcau.operation.tables import count_rows, lines_of, load_lines, models_at

__all__ = ["Difference", "Restored", "is_unfinished", "restore"]

_MARKER = "diemcau_restoring"


@dataclass(frozen=True)
class Difference:
    """Something that did not come back as it was, in both languages."""

    vi: str
    en: str


@dataclass
class Restored:
    """What came back.

    Args:
        begin, end: what the backup says of itself.
        differences: what `verify` found; empty if everything is as it was.
    """

    begin: dict[str, Any]
    end: dict[str, Any]
    n_rows: int = 0
    n_files: int = 0
    n_file_bytes: int = 0
    load_seconds: float = 0.0
    verify_seconds: float = 0.0
    differences: list[Difference] = field(default_factory=list)
    migrated: list[str] = field(default_factory=list)


def is_unfinished() -> bool:
    """Whether the database is what a restore left that did not come to its end."""
    return _MARKER in connection.introspection.table_names()


def restore(source: Path, *, verify: bool, progress: Progress) -> Restored:
    """Fill this installation, which must be empty, from a backup.

    Args:
        source: the file `back_up` wrote.
        verify: read every row and every file again afterwards and compare.
        progress: told about rows, bytes, then the same again for what is compared.
    Raises:
        Refusal: the file is no whole backup, the installation is not empty, the program is older
            than the backup. The installation is left as it was, empty.
    """
    result = _open(source)
    _refuse_full()
    began = time.perf_counter()
    migrations = [(app, name) for app, name in result.begin["migrations"]]
    try:
        found = models_at(migrations)
    except LookupError as strange:
        raise Refusal(
            f"Bản sao lưu do chương trình {result.begin['program']} tạo, có {strange} mà bản này"
            " không có: hãy cài bản đó hoặc bản mới hơn rồi khôi phục.",
            f"The backup was made by program {result.begin['program']} and has {strange}, which"
            " this one does not know: install that version or a later one, then restore.",
        ) from None
    try:
        with connection.cursor() as cursor:
            cursor.execute(f"CREATE TABLE {_MARKER} (backup text)")
            cursor.execute(f"INSERT INTO {_MARKER} VALUES (%s)", [source.name])
        _make_tables(migrations)
        _load(source, result, {m._meta.db_table: m for m in found}, progress)
        result.load_seconds = time.perf_counter() - began
        if verify:
            _verify(result, found, progress)
        result.migrated = _bring_up()
        if verify:
            _verify_log(result)
        result.verify_seconds = time.perf_counter() - began - result.load_seconds
        with connection.cursor() as cursor:
            cursor.execute(f"DROP TABLE {_MARKER}")
    except BaseException:
        _clear()
        raise
    return result


def _open(source: Path) -> Restored:
    """Read how the backup begins and ends, without what lies between."""
    found: dict[str, Any] = {}
    try:
        with tarfile.open(source, "r:") as tar:
            for member in tar:
                if member.name in (BEGIN, END):
                    handle = tar.extractfile(member)
                    assert handle is not None
                    found[member.name] = json.load(handle)
                tar.members.clear()
    except FileNotFoundError:
        raise Refusal(f"Không có tệp {source}.", f"There is no file {source}.") from None
    except (tarfile.TarError, ValueError, EOFError, IsADirectoryError) as problem:
        raise Refusal(
            f"{source} không phải bản sao lưu hoặc đã hỏng ({problem}).",
            f"{source} is no backup, or it is damaged ({problem}).",
        ) from None
    if BEGIN not in found:
        raise Refusal(
            f"{source} không phải bản sao lưu của Điểm Cầu.",
            f"{source} is not a backup of Điểm Cầu.",
        )
    if END not in found:
        raise Refusal(
            f"{source} bị cắt ngang (thiếu {END}): hãy dùng bản sao lưu khác.",
            f"{source} is cut short ({END} is missing): use another backup.",
        )
    if found[BEGIN]["format"] > FORMAT:
        raise Refusal(
            f"{source} có dạng {found[BEGIN]['format']}; bản này đọc đến dạng {FORMAT}: hãy cài bản"
            " mới hơn.",
            f"{source} has format {found[BEGIN]['format']}; this program reads up to {FORMAT}:"
            " install a later one.",
        )
    return Restored(found[BEGIN], found[END])


def _refuse_full() -> None:
    tables = connection.introspection.table_names()
    if _MARKER in tables:
        _clear()
        tables = []
    if tables:
        where = connection.settings_dict["NAME"]
        raise Refusal(
            f"Cơ sở dữ liệu {where} không trống ({len(tables)} bảng, như {tables[0]}): khôi phục"
            " chỉ ghi vào nơi trống. Hãy tạo cơ sở dữ liệu mới (createdb) hoặc đặt DIEMCAU_HOME"
            " khác.",
            f"The database {where} is not empty ({len(tables)} tables, such as {tables[0]}): a"
            " restore writes to an empty place only. Make a new database (createdb) or set another"
            " DIEMCAU_HOME.",
        )
    root = Path(settings.MEDIA_ROOT)
    if (path := next(walk_files(root), None)) is not None:
        raise Refusal(
            f"Kho tệp {root} không trống (như {path.name}): hãy đặt DIEMCAU_HOME khác.",
            f"The file store {root} is not empty (it has {path.name}): set another DIEMCAU_HOME.",
        )


def _make_tables(migrations: list[tuple[str, str]]) -> None:
    executor = MigrationExecutor(connection)
    nodes = [node for node in migrations if node in executor.loader.graph.nodes]
    last = [
        node
        for node in nodes
        if not any(
            child.key[0] == node[0] and child.key in nodes
            for child in executor.loader.graph.node_map[node].children
        )
    ]
    executor.migrate(last)


def _load(
    source: Path, result: Restored, found: dict[str, type[models.Model]], progress: Progress
) -> None:
    total = sum(one["rows"] for one in result.end["tables"].values())
    digests = {table: hashlib.sha256() for table in found}
    n_rows = dict.fromkeys(found, 0)
    files = FileDigest()
    pending: list[StoredFile] = []
    root = Path(settings.MEDIA_ROOT)
    n_bytes = 0

    def moved(n: int) -> None:
        nonlocal n_bytes
        n_bytes += n
        progress("bytes", n_bytes, result.end["files"]["bytes"])

    with tarfile.open(source, "r:") as tar, _one_transaction(found.values()):
        for member in tar:
            handle = tar.extractfile(member)
            assert handle is not None
            if member.name.startswith(TABLES):
                table = member.name.split("/")[1]
                if table not in found:
                    raise _damaged(member.name)
                text = _unpack(handle.read(), member.name)
                digests[table].update(text)
                n = load_lines(found[table], text.splitlines(), connection)
                n_rows[table] += n
                result.n_rows += n
                progress("rows", result.n_rows, total)
            elif member.name.startswith(FILES):
                file = _put_file(root, member, iter(lambda h=handle: h.read(BLOCK), b""), moved)
                files.add(file)
                pending.append(file)
            elif member.name.startswith(SUMS):
                said = [
                    StoredFile(**json.loads(line))
                    for line in _unpack(handle.read(), member.name).splitlines()
                ]
                for was, now in zip(said, pending, strict=False):
                    if was != now:
                        raise _damaged(was.path)
                pending = []
            tar.members.clear()
        for table, said in result.end["tables"].items():
            if (n_rows[table], digests[table].hexdigest()) != (said["rows"], said["sha256"]):
                raise _damaged(table)
    if files.hex != result.end["files"]["sha256"]:
        raise _damaged(FILES)
    # Names are in the folders only once the folders are written too.
    os.sync()
    result.n_files, result.n_file_bytes = files.n, files.n_bytes


@contextmanager
def _one_transaction(found: Iterable[type[models.Model]]) -> Iterator[None]:
    """All rows or none, with the constraints between tables looked at when all are there."""
    found = list(found)
    with connection.constraint_checks_disabled(), transaction.atomic():
        with connection.cursor() as cursor:
            for model in found:
                # What a migration put there stands in the backup as well. The log refuses even a
                # DELETE that would find nothing.
                if count_rows(model, connection):
                    cursor.execute(f"DELETE FROM {connection.ops.quote_name(model._meta.db_table)}")
        yield
        connection.check_constraints()
        with connection.cursor() as cursor:
            for sql in connection.ops.sequence_reset_sql(no_style(), found):
                cursor.execute(sql)


def _put_file(
    root: Path, member: tarfile.TarInfo, blocks: Iterator[bytes], moved: Any
) -> StoredFile:
    name = member.name.removeprefix(FILES)
    parts = PurePosixPath(name).parts
    if not member.isfile() or name.startswith("/") or ".." in parts or not parts:
        raise _damaged(member.name)
    target = root / name
    target.parent.mkdir(parents=True, exist_ok=True)
    with open(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        size, sha256 = copy_hashed(blocks, file, moved)
    return StoredFile(name, size, sha256)


def _unpack(data: bytes, name: str) -> bytes:
    try:
        return gzip.decompress(data)
    except (OSError, EOFError) as problem:
        raise _damaged(name) from problem


def _damaged(what: str) -> Refusal:
    return Refusal(
        f"Bản sao lưu đã hỏng ở {what}: tổng kiểm không khớp. Không khôi phục gì;"
        " hãy dùng bản khác.",
        f"The backup is damaged at {what}: its checksum does not hold. Nothing was restored; use"
        " another.",
    )


def _verify(result: Restored, found: list[type[models.Model]], progress: Progress) -> None:
    total = sum(one["rows"] for one in result.end["tables"].values())
    done = 0
    for model in found:
        table = model._meta.db_table
        said = result.end["tables"][table]
        digest, n = hashlib.sha256(), 0
        with transaction.atomic():
            for lines in lines_of(model, connection):
                digest.update(b"".join(lines))
                n += len(lines)
                progress("verify rows", done + n, total)
        done += n
        if n != said["rows"]:
            result.differences.append(
                Difference(
                    f"bảng {table}: {n} dòng, bản sao lưu có {said['rows']}",
                    f"table {table}: {n} rows, the backup has {said['rows']}",
                )
            )
        elif digest.hexdigest() != said["sha256"]:
            result.differences.append(
                Difference(
                    f"bảng {table}: nội dung khác bản sao lưu",
                    f"table {table}: its content differs from the backup",
                )
            )
    _verify_files(result, progress)


def _verify_files(result: Restored, progress: Progress) -> None:
    said, files, n_bytes = result.end["files"], FileDigest(), 0

    def moved(n: int) -> None:
        nonlocal n_bytes
        n_bytes += n
        progress("verify bytes", n_bytes, said["bytes"])

    root = Path(settings.MEDIA_ROOT)
    for path in walk_files(root):
        files.add(_hash_file(path, root, moved))
    if (files.n, files.hex) != (said["n"], said["sha256"]):
        result.differences.append(
            Difference(
                f"kho tệp: {files.n} tệp, {files.n_bytes} byte; bản sao lưu có {said['n']} tệp,"
                f" {said['bytes']} byte, hoặc nội dung khác",
                f"file store: {files.n} files, {files.n_bytes} bytes; the backup has {said['n']}"
                f" files, {said['bytes']} bytes, or their content differs",
            )
        )


def _verify_log(result: Restored) -> None:
    said = Head(**result.end["audit"])
    report = chain.verify()
    for fault in report.faults:
        where = "" if fault.entry is None else f" {fault.entry}"
        result.differences.append(
            Difference(f"nhật ký{where}: {fault.what}", f"log{where}: {fault.what}")
        )
    # A backup of before there was a chain says no head; the upgrade has just made one.
    if said.total and (report.total, report.digest) != (said.total, said.digest):
        result.differences.append(
            Difference(
                f"đầu chuỗi nhật ký là {report.digest[:16]}, bản sao lưu ghi {said.digest[:16]}",
                f"the head of the log is {report.digest[:16]}, the backup says {said.digest[:16]}",
            )
        )


def _bring_up() -> list[str]:
    """Apply the migrations that are newer than the backup; returns their names."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    call_command("migrate", verbosity=0, interactive=False)
    append_only.install(connection)
    return [f"{migration.app_label}.{migration.name}" for migration, _backwards in plan]


def _clear() -> None:
    """Make the database and the file store empty, as the restore found them."""
    if connection.vendor == "sqlite":
        name = str(connection.settings_dict["NAME"])
        connection.close()
        for end in ("", "-wal", "-shm"):
            Path(name + end).unlink(missing_ok=True)
    else:
        try:
            _drop_everything()
        except DatabaseError:
            # The marker stays where it was; the next restore clears.
            connection.close()
    for entry in Path(settings.MEDIA_ROOT).glob("*"):
        if entry.is_dir() and not entry.is_symlink():
            shutil.rmtree(entry)
        else:
            entry.unlink()


def _drop_everything() -> None:
    if connection.in_atomic_block and connection.get_rollback():
        connection.close()
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        # The marker last: should this be interrupted as well, it still says what the rest is.
        tables = [t for t in connection.introspection.table_names(cursor) if t != _MARKER]
        for table in [*tables, _MARKER]:
            cursor.execute(f"DROP TABLE IF EXISTS {quote(table)} CASCADE")
        cursor.execute(
            "SELECT oid::regprocedure::text FROM pg_proc"
            " WHERE pronamespace = current_schema()::regnamespace AND NOT EXISTS"
            " (SELECT 1 FROM pg_depend WHERE objid = pg_proc.oid AND deptype = 'e')"
        )
        for (function,) in cursor.fetchall():
            cursor.execute(f"DROP FUNCTION IF EXISTS {function} CASCADE")
