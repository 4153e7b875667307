"""`diemcau backup` and `diemcau restore`: what they do on the command line."""

import errno
from pathlib import Path

from django.db import OperationalError

from diemcau.commands.progress import Bar, print_line
from diemcau.operation.backup import back_up, key_fingerprint
from diemcau.operation.refusal import Refusal
from diemcau.operation.restore import Restored, restore

__all__ = ["run_backup", "run_restore"]

_MB = 1024 * 1024
_NAMES = {
    "rows": "dòng / rows",
    "bytes": "tệp / files",
    "verify rows": "đối chiếu dòng / comparing rows",
    "verify bytes": "đối chiếu tệp / comparing files",
}


def run_backup(target: str, *, keep: int | None) -> int:
    """Write a backup; returns 0, or 1 if it was not written or something in it is not well."""
    try:
        made = back_up(Path(target), progress=Bar(_NAMES), keep=keep)
    except (Refusal, OperationalError, OSError) as problem:
        return _refuse(problem)
    print_line(f"Đã sao lưu / Backed up:  {made.path}")
    print(f"  {made.n_rows} dòng của {len(made.tables) - 1} bảng, {made.n_files} tệp")
    print(f"  {made.n_rows} rows of {len(made.tables) - 1} tables, {made.n_files} files")
    print(f"  {made.n_bytes / _MB:.1f} MB, {made.seconds:.1f} s, SHA-256 {made.sha256}")
    for path in made.missing[:20]:
        print(
            f"  ✕ thiếu tệp mà cơ sở dữ liệu nhắc đến / a file that a row names is missing: {path}"
        )
    for path in made.damaged[:20]:
        print(f"  ✕ nội dung tệp khác tên của nó / a file is not what its name says: {path}")
    more = max(0, len(made.missing) - 20) + max(0, len(made.damaged) - 20)
    if more:
        print(f"  … {more}")
    return 1 if made.missing or made.damaged else 0


def run_restore(source: str, *, verify: bool) -> int:
    """Fill the empty installation from a backup; returns 0, or 1 if it did not come back whole."""
    try:
        done = restore(Path(source), verify=verify, progress=Bar(_NAMES))
    except (Refusal, OperationalError, OSError) as problem:
        return _refuse(problem)
    begin, end = done.begin, done.end
    print_line(f"Đã khôi phục / Restored:  {source}")
    print(
        f"  chương trình / program {begin['program']}, bộ đọc / reader {begin['engine']},"
        f" {begin['database']}, {begin['began_at']}"
    )
    mb = f"{done.n_file_bytes / _MB:.1f} MB"
    print(f"  {done.n_rows} dòng của {len(end['tables'])} bảng, {done.n_files} tệp ({mb})")
    print(f"  {done.n_rows} rows of {len(end['tables'])} tables, {done.n_files} files ({mb})")
    print(f"  nhật ký / log: {end['audit']['total']} dòng / entries, {end['audit']['digest']}")
    if done.migrated:
        print(f"  nâng lên bản này / brought up to this program: {', '.join(done.migrated)}")
    if begin["key"] != key_fingerprint():
        print(
            "  ! khóa bí mật ở đây khác khi sao lưu: mã xác thực hai bước cũ không mở được; hãy đặt"
        )
        print("    lại tệp secret-key hoặc DIEMCAU_SECRET_KEY của bản cài cũ rồi khởi động lại")
        print("    the secret key differs from the backup's: second factors it sealed cannot be")
        print("    opened; put the former secret-key or DIEMCAU_SECRET_KEY back and restart")
    for path in [*end["missing"], *end["damaged"]][:20]:
        print(f"  ! đã thiếu hoặc hỏng khi sao lưu / was missing or damaged already: {path}")
    if verify:
        _print_verdict(done)
    total = done.load_seconds + done.verify_seconds
    print(
        f"  Thời gian phục hồi / Recovery time: {total:.1f} s"
        f" (nạp / loading {done.load_seconds:.1f} s,"
        f" đối chiếu / comparing {done.verify_seconds:.1f} s)"
    )
    return 1 if done.differences else 0


def _print_verdict(done: Restored) -> None:
    if not done.differences:
        print("  ✓ mọi bảng, mọi tệp và nhật ký đúng như khi sao lưu")
        print("  ✓ every table, every file and the log are as they were backed up")
    for one in done.differences:
        print(f"  ✕ {one.vi}\n    {one.en}")


def _refuse(problem: Exception) -> int:
    if isinstance(problem, Refusal):
        print_line(f"✕ {problem.vi}\n  {problem.en}")
    elif isinstance(problem, OSError) and problem.errno == errno.ENOSPC:
        print_line("✕ Ổ đĩa đầy; chưa ghi được gì. Hãy dọn chỗ rồi chạy lại.")
        print("  The disk is full; nothing was kept. Make room and run again.")
    elif isinstance(problem, OSError):
        print_line(f"✕ Không đọc hoặc ghi được {problem.filename}: {problem.strerror}.")
        print(f"  Could not read or write {problem.filename}: {problem.strerror}.")
    else:
        print_line("✕ Không dùng được cơ sở dữ liệu; hãy xem DATABASE_URL và DIEMCAU_HOME.")
        print(f"  The database cannot be used; see DATABASE_URL and DIEMCAU_HOME. {problem}")
    return 1
