"""`diemcau audit verify|head|export`: the audit log without the pages."""

import sys
from contextlib import nullcontext

from django.db import DatabaseError

from diemcau.audit.actions import origin
from diemcau.audit.chain import Report, head
from diemcau.audit.chain import verify as walk
from diemcau.audit.inspection import chain_lines, export_log, last_id, verify_log

__all__ = ["export", "show_head", "verify"]

_EVERY = 50_000
"""Entries between two lines of progress."""


def verify(*, record: bool) -> int:
    """Walk the whole log; print what it found; 0 if the chain is whole, else 1.

    Args:
        record: leave an entry that says what was found; the page of the log shows the last one.
    """
    total = head().total
    if not record:
        return _say(walk(watch=lambda n: _show_progress(n, total)))
    with origin("cli"):
        try:
            return _say(verify_log(None, watch=lambda n: _show_progress(n, total)))
        except DatabaseError as problem:
            print(
                f"Không ghi được kết quả vào nhật ký ({problem}); kiểm tra lại không ghi."
                f" / The result could not be recorded ({problem}); verified without recording.",
                file=sys.stderr,
            )
    return _say(walk())


def show_head() -> int:
    """Print how many entries there are and the last digest, to be kept elsewhere."""
    now = head()
    print(f"{now.total} {now.digest}")
    return 0


def export(*, out: str) -> int:
    """Write the whole log as JSON lines that any program can verify; "-" is standard output.

    The export is an entry itself, and the last line of what it wrote.
    """
    # Opened first: nothing is said to be exported into a file that cannot be written.
    try:
        target = nullcontext(sys.stdout) if out == "-" else open(out, "w", encoding="utf-8")  # noqa: SIM115
    except OSError as problem:
        print(
            f"Không ghi được {out}: {problem.strerror}. / Cannot write {out}: {problem.strerror}.",
            file=sys.stderr,
        )
        return 1
    total = head().total
    n = 0
    with origin("cli"), target as file:
        export_log(None, form="jsonl", filters={}, last=last_id(), n=total)
        for n, line in enumerate(chain_lines(), 1):
            file.write(line)
            if n % _EVERY == 0:
                _show_progress(n, total)
    print(f"{n} mục / entries", file=sys.stderr)
    return 0


def _say(report: Report) -> int:
    print(f"{report.total} mục, {report.days} ngày / entries, days")
    for fault in report.faults:
        where = f"mục / entry {fault.entry}" if fault.entry is not None else "cuối / end"
        print(f"✕ {where}: {fault.what}")
    if not report.is_whole:
        print(f"Chuỗi KHÔNG toàn vẹn / The chain is NOT whole: {len(report.faults)}")
        return 1
    print(f"Chuỗi toàn vẹn / The chain is whole: {report.digest}")
    return 0


def _show_progress(n: int, total: int) -> None:
    if n % _EVERY == 0:
        print(f"… {n}/{total}", file=sys.stderr, flush=True)
