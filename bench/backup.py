"""Back up and restore a large installation, on SQLite and on PostgreSQL, while the server runs.

PYTHONPATH=src:. python bench/backup.py [TASKS [MEGABYTES]]     needs about five times the megabytes
"""

import shutil
import subprocess
import sys
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
    n_tasks, n_mb = (int(a) for a in [*arguments, "100000", "2048"][:2])
    cluster = Cluster()
    failed = False
    print(f"{n_tasks} tasks, {n_mb} files of 1 MB; the server answers requests meanwhile.\n")
    print(
        "| database | rows | backup s | peak MB | file MB | load s | compare s | peak MB | whole |"
    )
    print("|---|---:|---:|---:|---:|---:|---:|---:|---|")
    try:
        for vendor in ("SQLite", "PostgreSQL"):
            with tempfile.TemporaryDirectory(prefix="diemcau-bench-") as folder:
                failed |= not _measure(vendor, Path(folder), cluster, n_tasks, n_mb)
    finally:
        cluster.stop()
    return int(failed)


def _measure(vendor: str, folder: Path, cluster: Cluster, n_tasks: int, n_mb: int) -> bool:
    urls = [None, None]
    if vendor == "PostgreSQL":
        urls = [cluster.make("was_full"), cluster.make("was_empty")]
    full = Installation(folder / "full", url=urls[0])
    empty = Installation(folder / "empty", url=urls[1])
    full.run("prepare")
    full.do(_FILL, str(ROOT), str(n_tasks), str(n_mb))
    backup = folder / "b.tar"
    with full.serve() as root:
        (cookie,) = full.sign_in(1)
        browser = Browser(root, cookie)
        process, began, statuses = _start(full, "backup", str(backup)), time.perf_counter(), []
        while process.poll() is None:
            statuses.append(browser.get("/so-theo-doi/").status)
            time.sleep(0.2)
        seconds = time.perf_counter() - began
    said, peak = process.communicate()
    assert process.returncode == 0, said
    assert set(statuses) == {200}, statuses
    rows = said.split(" rows of")[0].split()[-1]
    process = _start(empty, "restore", str(backup), "--verify")
    restored, said_last = process.communicate()
    whole = process.returncode == 0 and "✓ every table, every file" in restored
    loading, comparing = (
        restored.split(f"/ {word} ")[1].split(" s")[0] for word in ("loading", "comparing")
    )
    size = backup.stat().st_size / 1024 / 1024
    print(
        f"| {vendor} | {rows} | {seconds:.1f} | {_peak(peak)} | {size:.0f} | {loading}"
        f" | {comparing} | {_peak(said_last)} | {'yes' if whole else restored} |",
        flush=True,
    )
    shutil.rmtree(folder, ignore_errors=True)
    return whole


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
