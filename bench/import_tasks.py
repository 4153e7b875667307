"""How fast a file of tasks is taken in: read, compared, written, with permissions and the log.

    python bench/import_tasks.py GENERATE.py [ROWS] [postgres|sqlite] [csv|xlsx]

GENERATE.py is the generator of the race against Redmine; its tasks are mapped to our columns: the
title, the body of the task as its lead, the deadline, the day it was created, its number as code.
Nobody records by a file what became of a task, so that those which are done are begun here and no
more. The load of the machine is printed, because it is seldom quiet, and with it the processor
time used by us and by the process of the database that serves us, which the load does not change as
much.
"""

import csv
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]


def main(generate: str, rows: int, database: str, form: str) -> None:
    folder = Path(tempfile.mkdtemp(prefix="diemcau-import-"))
    made = folder / "made"
    subprocess.run(
        [sys.executable, generate, "7", str(rows), str(made)], check=True, stdout=subprocess.DEVNULL
    )
    os.environ["DIEMCAU_HOME"] = str(folder / "home")
    os.environ["DJANGO_SETTINGS_MODULE"] = "diemcau.settings"
    os.environ["DIEMCAU_STATEMENT_SECONDS"] = "0"
    if database == "postgres":
        import urllib.parse

        from tests.postgres import start_cluster

        host = urllib.parse.quote(str(start_cluster()), safe="")
        os.environ["DATABASE_URL"] = f"postgres://postgres@/postgres?host={host}"
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    print(json.dumps(_measure(folder, made, form) | {"rows": rows, "database": database}))


def _measure(folder: Path, made: Path, form: str) -> dict[str, object]:
    from django.utils import timezone, translation

    from diemcau.accounts.models import Grant, Role, User
    from diemcau.audit.chain import verify
    from diemcau.audit.models import AuditEntry
    from diemcau.delivery.models import Assignment, Task
    from diemcau.directory.actions import save_body
    from diemcau.exchange.applying import start_applying
    from diemcau.exchange.models import ImportState
    from diemcau.exchange.queries import count_rows
    from diemcau.exchange.taking import bring
    from diemcau.exchange.undoing import start_undoing
    from diemcau.exchange.writing import exported_tasks, write_csv, write_xlsx
    from diemcau.jobs.worker import run_job

    translation.activate("vi")
    names = {}
    for one in csv.DictReader((made / "orgs.csv").open()):
        names[one["id"]] = one["name"]
        cells = {"id": f"thu-{one['code']}", "kind": "department", "name": one["name"]}
        save_body(None, cells, reason="đo")
    person = User.objects.create(username="nguoi-nhap")
    Grant.objects.create(
        person=person, role=Role.COORDINATOR, starts_on="2020-01-01", made_at=timezone.now()
    )

    def wanted() -> Iterator[dict[str, str]]:
        for one in csv.DictReader((made / "tasks.csv").open()):
            yield {
                "code": f"R-{one['id']}",
                "title": one["title"],
                "lead": names[one["org_id"]],
                "deadline": one["due_date"],
                "said_on": one["created_at"][:10],
                "status": "new" if one["status"] == "open_in_time" else "in_progress",
            }

    path = folder / f"tasks.{form}"
    if form == "csv":
        with path.open("w", encoding="utf-8", newline="") as file:
            file.writelines(write_csv(wanted()))
    else:
        _plain_workbook(path, wanted())
    load, _before = os.getloadavg()[0], _peak()
    data = path.read_bytes()
    began, busy = time.perf_counter(), time.process_time()
    database_busy = _database_seconds()
    batch, _new = bring(person, data=data, name=path.name)
    brought, n_bytes = time.perf_counter(), len(data)
    peaks = [_peak()]
    del data
    if batch.state == ImportState.COMPARING:
        run_job(batch.job)
    compared = time.perf_counter()
    peaks.append(_peak())
    start_applying(person, batch=batch.pk, mode="all")
    batch.refresh_from_db()
    job = run_job(batch.job)
    written, cpu = time.perf_counter(), time.process_time() - busy
    peaks.append(_peak())
    n = batch.n_rows
    assert n == sum(1 for _one in wanted())
    assert job.result["created"] == n == Task.objects.count(), (job.message, count_rows(batch))
    assert Assignment.objects.count() == n
    said: dict[str, object] = {
        "form": form,
        "MB": round(n_bytes / 2**20, 1),
        "load_before": load,
        "load_after": os.getloadavg()[0],
        "bring_s": round(brought - began, 1),
        "compare_s": round(compared - brought, 1),
        "write_s": round(written - compared, 1),
        "rows_per_second": round(n / (written - began)),
        "rows_per_second_writing": round(n / (written - compared)),
        "own_cpu_s": round(cpu, 1),
        "database_cpu_s": round(_database_seconds() - database_busy, 1),
        "audit_entries": AuditEntry.objects.filter(action="exchange.record_task").count(),
        "peak_MB": peaks,
    }
    print(json.dumps(said), flush=True)
    began = time.perf_counter()
    out = folder / "out.csv"
    with out.open("w", encoding="utf-8", newline="") as file:
        file.writelines(write_csv(exported_tasks(person)))
    said["export_csv_s"] = round(time.perf_counter() - began, 1)
    said["csv_MB"] = round(out.stat().st_size / 2**20, 1)
    _peak()
    began = time.perf_counter()
    again, _new = bring(person, data=out.read_bytes(), name="out.csv")
    if again.state == ImportState.COMPARING:
        run_job(again.job)
    assert count_rows(again)["same"] == n
    said |= {"unchanged_s": round(time.perf_counter() - began, 1), "unchanged_peak_MB": _peak()}
    print(json.dumps(said), flush=True)
    began = time.perf_counter()
    with write_xlsx(exported_tasks(person), who="đo") as file:
        book = file.read()
    said |= {"xlsx_MB": round(len(book) / 2**20, 1), "export_xlsx_peak_MB": _peak()}
    said["export_xlsx_s"] = round(time.perf_counter() - began, 1)
    began = time.perf_counter()
    again, _new = bring(person, data=book, name="out.xlsx")
    del book
    if again.state == ImportState.COMPARING:
        run_job(again.job)
    assert count_rows(again)["same"] == n
    said["unchanged_xlsx_s"] = round(time.perf_counter() - began, 1)
    said["unchanged_xlsx_peak_MB"] = _peak()
    changed = out.read_text(encoding="utf-8").replace(" - số ", " - Số ")
    began = time.perf_counter()
    third, _new = bring(person, data=changed.encode(), name="doi.csv")
    if third.state == ImportState.COMPARING:
        run_job(third.job)
    start_applying(person, batch=third.pk, mode="all")
    third.refresh_from_db()
    assert run_job(third.job).result["changed"] == n
    said["change_all_s"] = round(time.perf_counter() - began, 1)
    began = time.perf_counter()
    start_undoing(person, batch=third.pk)
    third.refresh_from_db()
    assert run_job(third.job).result["undone"] == n
    said["undo_all_s"] = round(time.perf_counter() - began, 1)
    assert verify().is_whole
    return said


def _database_seconds() -> float:
    """Processor time of the process of PostgreSQL that serves us; 0 on SQLite, which is our own."""
    from django.db import connection

    if connection.vendor != "postgresql":
        return 0.0
    connection.ensure_connection()
    fields = Path(f"/proc/{connection.connection.info.backend_pid}/stat").read_text().split()
    return (int(fields[13]) + int(fields[14])) / os.sysconf("SC_CLK_TCK")


def _peak() -> int:
    """MB of memory the process had at its highest since it was last asked."""
    status = Path("/proc/self/status").read_text()
    Path("/proc/self/clear_refs").write_text("5")
    return round(int(status.split("VmHWM:")[1].split()[0]) / 1024)


def _plain_workbook(path: Path, rows) -> None:
    import xlsxwriter

    from diemcau.exchange.columns import COLUMNS

    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("Nhiệm vụ")
        for at, column in enumerate(COLUMNS):
            sheet.write_string(0, at, str(column.label))
        for number, row in enumerate(rows, 1):
            for at, column in enumerate(COLUMNS):
                if row.get(column.name):
                    sheet.write_string(number, at, row[column.name])


if __name__ == "__main__":
    given = [*sys.argv[1:], "", "", ""]
    if not given[0]:
        sys.exit(__doc__)
    main(given[0], int(given[1] or 100_000), given[2] or "postgres", given[3] or "csv")
