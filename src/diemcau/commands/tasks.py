"""`diemcau import-tasks FILE`: the same comparing and writing as on the page, for a file here."""

from pathlib import Path
from time import perf_counter

from django.utils import translation

from diemcau.accounts.models import User
from diemcau.audit.actions import origin
from diemcau.commands.progress import print_line
from diemcau.exchange.applying import ImportRefused, start_applying
from diemcau.exchange.models import ImportState, Mode, RowKind, TaskImport
from diemcau.exchange.queries import count_rows, rows_to_mend
from diemcau.exchange.reading import UnreadableFile
from diemcau.exchange.taking import bring
from diemcau.exchange.writing import write_csv
from diemcau.jobs.models import JobState
from diemcau.jobs.worker import run_job
from vanban import DocumentError

__all__ = ["import_tasks"]

_SHOWN = 20


def import_tasks(
    file: str, *, dry_run: bool, good: bool, who: str | None, left_out: str | None
) -> int:
    """Compare a file with the register and write it; returns the exit status.

    Args:
        dry_run: write nothing of the register.
        good: write the rows that can stand although others cannot.
        who: account whose rights are used; None is the installation itself.
        left_out: where the rows that were not written go, as CSV.
    """
    person = User.objects.filter(username=who).first() if who else None
    if who and person is None:
        print(f"Không có tài khoản {who}. / No such account.")
        return 1
    path = Path(file)
    with translation.override("vi"), origin("cli"):
        try:
            began = perf_counter()
            batch, is_new = bring(person, data=path.read_bytes(), name=path.name)
            if batch.state == ImportState.COMPARING and batch.job is not None:
                run_job(batch.job)
        except OSError as error:
            print(f"Không mở được tệp: {error}. / The file cannot be opened.")
            return 1
        except UnreadableFile as refused:
            for fault in refused.faults:
                print(f"✕ dòng {fault.row} {fault.column}: {fault.reason}")
            return 1
        except DocumentError as refusal:
            print(f"✕ {refusal.vi}\n  {refusal.en}")
            return 1
        batch.refresh_from_db()
        _say(batch, perf_counter() - began, is_new=is_new)
        if left_out:
            with Path(left_out).open("w", encoding="utf-8", newline="") as out:
                out.writelines(write_csv(rows_to_mend(batch)))
        n = count_rows(batch)
        if dry_run or not (n[RowKind.NEW] or n[RowKind.CHANGED]):
            return 1 if n[RowKind.FAULT] or n[RowKind.CONFLICT] else 0
        return _write(batch, person, Mode.GOOD if good else Mode.ALL)


def _write(batch: TaskImport, person: User | None, mode: Mode) -> int:
    began = perf_counter()
    try:
        start_applying(person, batch=batch.pk, mode=mode)
    except ImportRefused as refused:
        print(f"✕ {refused}")
        return 1
    batch.refresh_from_db()
    assert batch.job is not None
    job = run_job(batch.job)
    batch.refresh_from_db()
    seconds = f"{perf_counter() - began:.1f}".replace(".", ",")
    print(f"{batch.get_state_display()} trong {seconds} giây / in {seconds} s: {job.result}")
    if job.state != JobState.DONE:
        print(f"✕ {job.get_state_display()}: {job.message}")
    return 0 if batch.state == ImportState.APPLIED and not job.result.get("left") else 1


def _say(batch: TaskImport, seconds: float, *, is_new: bool) -> None:
    known = "" if is_new else " (tệp đã đưa vào trước đây / brought before)"
    said = f"{seconds:.1f}".replace(".", ",")
    print_line(f"{batch.document.name}{known}: {batch.n_rows} dòng, đối chiếu trong {said} giây")
    for kind, n in count_rows(batch).items():
        if n:
            label = RowKind(kind).label if kind in RowKind.values else kind
            print_line(f"  {n:>7} {label}")
    wrong = batch.rows.filter(kind__in=(RowKind.FAULT, RowKind.CONFLICT)).order_by("number")
    for row in wrong[:_SHOWN]:
        for column, found, why in row.faults:
            print_line(f"  ✕ dòng {row.number}, {column} “{found[:60]}”: {why}")
