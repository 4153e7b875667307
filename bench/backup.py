"""Back up and restore a large installation, on SQLite and on PostgreSQL, while the server runs.

PYTHONPATH=src:. python bench/backup.py [TASKS [MEGABYTES] | BACKUP]

Needs room for about four times the megabytes. A backup that is there already spares the filling.
"""

import json
import shutil
import subprocess
import sys
import tarfile
import tempfile
import time
from pathlib import Path

from bench.cluster import Cluster
from tests.installation import Browser, Installation

ROOT = Path(__file__).resolve().parents[1]
_FILL = """
import sys, django; django.setup()
sys.path.insert(0, sys.argv[1])
from bench.population import fill
fill(n_tasks=int(sys.argv[2]), n_files=int(sys.argv[3]), file_bytes=1024 * 1024)
"""


def main(arguments: list[str]) -> int:
    """Measure on both databases; returns 1 if something did not come back."""
    given = Path(arguments[0]) if arguments and not arguments[0].isdigit() else None
    n_tasks, n_mb = (int(a) for a in [*([] if given else arguments), "100000", "2048"][:2])
    cluster, folder = Cluster(), Path(tempfile.mkdtemp(prefix="diemcau-bench-"))
    whole = True
    if given is None:
        print(f"{n_tasks} tasks, {n_mb} files of 1 MB; one person reads lists during a backup.\n")
    print("| what | rows | seconds | of them comparing | peak MB | file MB | whole |")
    print("|---|---:|---:|---:|---:|---:|---|")
    try:
        backup = given
        if backup is None:
            full = Installation(folder / "full")
            full.run("prepare")
            full.do(_FILL, str(ROOT), str(n_tasks), str(n_mb))
            backup = _back_up("back up SQLite", full, folder / "a.tar")
            shutil.rmtree(full.home)
        onto = Installation(folder / "sqlite")
        whole &= _restore("restore into SQLite", onto, backup)
        shutil.rmtree(onto.home)
        onto = Installation(folder / "pg", url=cluster.make("one"))
        whole &= _restore("restore the same file into PostgreSQL", onto, backup)
        second = _back_up("back up PostgreSQL", onto, folder / "b.tar")
        same = _tables(second) == _tables(backup)
        print(f"| both backups hold the same in every table | | | | | | {_yes(same)} |", flush=True)
        shutil.rmtree(onto.home)
        onto = Installation(folder / "pg2", url=cluster.make("two"))
        whole &= same and _restore("restore into PostgreSQL", onto, second)
    finally:
        cluster.stop()
        shutil.rmtree(folder, ignore_errors=True)
    return 0 if whole else 1


def _back_up(what: str, one: Installation, to: Path) -> Path:
    statuses = []
    with one.serve() as root:
        (cookie,) = one.sign_in(1)
        browser = Browser(root, cookie)
        process, began = _start(one, "backup", str(to)), time.perf_counter()
        while process.poll() is None:
            statuses.append(browser.get("/so-theo-doi/").status)
            time.sleep(1)
        seconds = time.perf_counter() - began
    said, peak = process.communicate()
    assert process.returncode == 0, said
    assert set(statuses) == {200}, statuses
    rows, mb = said.split(" rows of")[0].split()[-1], to.stat().st_size // 1024**2
    print(f"| {what} | {rows} | {seconds:.1f} | | {_peak(peak)} | {mb} | |", flush=True)
    return to


def _restore(what: str, one: Installation, backup: Path) -> bool:
    process = _start(one, "restore", str(backup), "--verify")
    said, peak = process.communicate()
    whole = process.returncode == 0 and "✓ every table, every file" in said
    if not whole:
        print(said, peak)
        return False
    total = said.split("Recovery time: ")[1].split(" s")[0]
    comparing = said.split("/ comparing ")[1].split(" s")[0]
    rows = said.split(" rows of")[0].split()[-1]
    print(f"| {what} | {rows} | {total} | {comparing} | {_peak(peak)} | | yes |", flush=True)
    return True


def _tables(backup: Path) -> dict:
    """Rows and digest of every table, but for what a sign-in and an upgrade change."""
    with tarfile.open(backup) as tar:
        said = next(json.load(tar.extractfile(m)) for m in tar if m.name == "end.json")["tables"]
    return {name: one for name, one in said.items() if name not in ("accounts_user",)}


def _yes(is_so: bool) -> str:
    return "yes" if is_so else "NO"


def _start(one: Installation, *arguments: str) -> subprocess.Popen:
    """Start a command under a shell that says the most memory it held."""
    code = (
        "import resource, sys; from diemcau.cli import main; status = main(sys.argv[1:]);"
        "most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024;"
        "print('PEAK', most, file=sys.stderr);"
        "sys.exit(status)"
    )
    return subprocess.Popen(
        [sys.executable, "-c", code, *arguments],
        env=one.env,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def _peak(said: str) -> str:
    return said.split("PEAK ")[-1].strip()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
