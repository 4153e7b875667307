"""Break what the service stands on, in the middle of writes through HTTP, and count what is lost.

PYTHONPATH=src:. python bench/faults.py [sqlite|postgresql [WORD]]

As root, for it mounts small disks; with a C compiler, for it moves a clock. WORD picks the scenes
that have it in their title.

Each write is one POST by one of the people signed in, answered by a redirect once it is stored. A
write that was answered so must be in the log and in its row afterwards. One that got no answer, or
the page that says the service is away, may be stored or not; a traceback or any other status counts
as a failure.
"""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPException
from pathlib import Path

from bench.cluster import Cluster
from tests.installation import Answer, Browser, Installation, free_port

ROOT = Path(__file__).resolve().parents[1]
RULES = ("calendar", "administrative")
AWAY = "tạm thời chưa phục vụ được"
N_TASKS = 200
_FILL = """
import sys, django; django.setup()
sys.path.insert(0, sys.argv[1])
from bench.population import fill
from diemcau.delivery.models import Task
fill(n_tasks=int(sys.argv[2]), n_files=4, file_bytes=1000)
Task.objects.update(deadline="2025-H2")
print(*Task.objects.order_by("pk").values_list("pk", flat=True))
"""
_STATE = """
import django; django.setup()
from collections import Counter
from diemcau.audit import chain
from diemcau.audit.models import AuditEntry
from diemcau.delivery.models import Task
report = chain.verify()
print(repr({
    "entries": dict(Counter(map(int, AuditEntry.objects.filter(
        action="delivery.choose_due_rule", origin="web", address__gt=""
    ).values_list("target_id", flat=True)))),
    "rules": dict(Task.objects.values_list("pk", "due_rule")),
    "chain": [f.what for f in report.faults],
}))
"""


@dataclass
class Writes:
    """What became of the writes of everybody."""

    confirmed: Counter = field(default_factory=Counter)
    unanswered: Counter = field(default_factory=Counter)
    away: Counter = field(default_factory=Counter)
    failed: list[str] = field(default_factory=list)
    last: dict[int, tuple[str, bool]] = field(default_factory=dict)
    """The rule last asked for by task, and whether everything since its confirmation is known."""
    slowest: float = 0.0

    def note(self, task: int, rule: str, answer: Answer | None, seconds: float) -> None:
        """Count one answer; None is none."""
        self.slowest = max(self.slowest, seconds)
        if answer is not None and answer.status == 302 and "dang-nhap" not in str(answer.headers):
            self.confirmed[task] += 1
            self.last[task] = (rule, True)
            return
        self.last[task] = (self.last.get(task, ("", True))[0], False)
        if answer is None:
            self.unanswered[task] += 1
        elif answer.status == 503 and AWAY in answer.text:
            self.away[task] += 1
        else:
            self.failed.append(f"{answer.status}: {answer.text[:200]}")


class Scene:
    """An installation with people who write, and a supervisor that starts its server again."""

    def __init__(self, one: Installation, n_people: int, *, cluster: Cluster | None) -> None:
        self.one, self.cluster, self.n_people = one, cluster, n_people
        done = one.run("prepare")
        assert done.returncode == 0, done.stdout + done.stderr
        self.tasks = [int(pk) for pk in one.do(_FILL, str(ROOT), str(N_TASKS)).split()]
        self.port = free_port()
        self.root = f"http://127.0.0.1:{self.port}"
        self.writes = Writes()
        self._stop = threading.Event()
        self._prefix: tuple[str, ...] = ()

    @contextmanager
    def running(self) -> Iterator[None]:
        """The server, started again whenever it ends, as `Restart=always` does."""
        self._stop.clear()
        self.server = self._start()
        self.one.until_live(self.root)
        keeper = threading.Thread(target=self._keep)
        keeper.start()
        try:
            yield
        finally:
            self._stop.set()
            keeper.join()
            os.killpg(self.server.pid, signal.SIGTERM)
            self.server.wait(60)

    def _start(self) -> subprocess.Popen:
        server = self.one.start(self.port)
        # Its log is not what is looked at, and a full pipe would stop it.
        threading.Thread(target=server.stdout.read, daemon=True).start()
        return server

    def _keep(self) -> None:
        while not self._stop.wait(0.2):
            if self.server.poll() is not None:
                # A worker that outlives its master notices within a second and ends.
                time.sleep(2)
                self.server = self._start()

    def write(self, seconds: float, during: Callable[[], None] | None = None, n: int = 0) -> None:
        """Let everybody write for a time, or n writes each, while something happens."""
        cookies = self.one.sign_in(self.n_people)
        end = time.monotonic() + seconds
        share = [self.tasks[i :: self.n_people] for i in range(self.n_people)]

        def work(cookie: tuple[str, str], mine: list[int]) -> None:
            browser, i = Browser(self.root, cookie), 0
            while i < n if n else time.monotonic() < end:
                task, rule = mine[i % len(mine)], RULES[(i // len(mine)) % 2]
                began = time.monotonic()
                try:
                    answer = browser.post(f"/so-theo-doi/{task}/han", {"rule": rule})
                except (OSError, HTTPException):
                    answer = None
                    time.sleep(0.1)
                with lock:
                    self.writes.note(task, rule, answer, time.monotonic() - began)
                i += 1

        lock = threading.Lock()
        people = [
            threading.Thread(target=work, args=(c, m)) for c, m in zip(cookies, share, strict=True)
        ]
        for person in people:
            person.start()
        if during is not None:
            time.sleep(seconds / 4)
            during()
        for person in people:
            person.join()

    def comes_back(self) -> float:
        """Seconds until it is ready again, by itself."""
        began = time.monotonic()
        while time.monotonic() - began < 60:
            try:
                if Browser(self.root).get("/suc-khoe/san-sang").status == 200:
                    return time.monotonic() - began
            except (OSError, HTTPException):
                pass
            time.sleep(0.1)
        self.writes.failed.append("it did not come back")
        return 60.0

    def verdict(self) -> list[str]:
        """What is wrong afterwards; empty if nothing confirmed was lost."""
        state = eval(self.one.do(_STATE))
        wrong = [*self.writes.failed[:3], *(f"chain: {f}" for f in state["chain"][:3])]
        for task in self.tasks:
            stored, least = state["entries"].get(task, 0), self.writes.confirmed[task]
            most = least + self.writes.unanswered[task] + self.writes.away[task]
            if not least <= stored <= most:
                wrong.append(f"task {task}: {least} confirmed, {stored} stored")
            rule, is_known = self.writes.last.get(task, ("", False))
            if is_known and state["rules"][task] != rule:
                wrong.append(f"task {task}: {rule} was confirmed, {state['rules'][task]} is there")
        return wrong


def writers(scene: Scene) -> str:
    """50 people write at once; nothing is broken."""
    with scene.running():
        began = time.monotonic()
        scene.write(0, n=20)
        seconds = time.monotonic() - began
    n = scene.writes.confirmed.total()
    if n != 20 * scene.n_people:
        scene.writes.failed.append(f"{n} of {20 * scene.n_people} writes were confirmed")
    return f"{n / seconds:.0f} writes/s, slowest {scene.writes.slowest:.1f} s"


def kill_worker(scene: Scene) -> str:
    """kill -9 of one worker after the other; then of the server's first process."""

    def kill() -> None:
        for _ in range(4):
            children = Path(f"/proc/{scene.server.pid}/task/{scene.server.pid}/children")
            for pid in children.read_text().split()[:1]:
                os.kill(int(pid), signal.SIGKILL)
            time.sleep(0.7)
        os.kill(scene.server.pid, signal.SIGKILL)

    with scene.running():
        scene.write(12, kill)
        return f"ready after {scene.comes_back():.1f} s"


def kill_database(scene: Scene) -> str:
    """kill -9 of PostgreSQL; it is started again three seconds later."""
    assert scene.cluster is not None

    def kill() -> None:
        scene.cluster.kill()
        time.sleep(3)
        scene.cluster.start()

    with scene.running():
        scene.write(12, kill)
        return f"ready after {scene.comes_back():.1f} s"


def full_disk(scene: Scene) -> str:
    """The disk of the database and the files fills up, and is freed again."""
    disk = scene.cluster.folder if scene.cluster else scene.one.home

    def fill() -> None:
        filler = disk / "filler"
        with filler.open("wb") as file:
            try:
                while True:
                    file.write(b"\0" * 65536)
                    file.flush()
            except OSError:
                pass
        time.sleep(4)
        filler.unlink()
        if scene.cluster and scene.cluster.server.poll() is not None:
            # PostgreSQL ends itself where it cannot write its log; systemd starts it again.
            scene.cluster.start()

    with scene.running():
        scene.write(12, fill)
        return f"ready after {scene.comes_back():.1f} s"


def read_only(scene: Scene) -> str:
    """The database can only be read for four seconds."""

    def forbid() -> None:
        if scene.cluster:
            set_to = "ALTER DATABASE {} SET default_transaction_read_only = {}"
            end = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{}'"
            for value in ("on", "off"):
                scene.cluster.sql(set_to.format(scene.name, value))
                scene.cluster.sql(end.format(scene.name))
                time.sleep(4)
        else:
            for how in ("ro", "rw"):
                remount = ["mount", "-o", f"remount,{how}", str(scene.one.home)]
                if subprocess.run(remount, capture_output=True, check=False).returncode != 0:
                    # What is open for writing keeps a disk from it; the kernel's own lever.
                    flag = "+i" if how == "ro" else "-i"
                    subprocess.run(["chattr", flag, *scene.one.home.glob("*.sqlite3*")], check=True)
                time.sleep(4)

    with scene.running():
        scene.write(14, forbid)
        return f"ready after {scene.comes_back():.1f} s"


def clock_jump(scene: Scene) -> str:
    """The clock jumps two hours on, then a day back."""
    folder = Path(tempfile.mkdtemp(prefix="diemcau-clock-"))
    library, offset = folder / "clock.so", folder / "offset"
    source = Path(__file__).with_name("clock.c")
    subprocess.run(["cc", "-shared", "-fPIC", "-o", library, source, "-ldl"], check=True)
    offset.write_text("0")
    scene.one.env |= {"LD_PRELOAD": str(library), "CLOCK_OFFSET": str(offset)}
    with scene.running():
        for hours in (0, 2, -24, 0):
            offset.write_text(str(hours * 3600))
            scene.write(4)
        return f"ready after {scene.comes_back():.1f} s"


SCENES: list[tuple[str, Callable[[Scene], str], int]] = [
    ("50 people write at once", writers, 50),
    ("kill -9 of workers, then of the server", kill_worker, 12),
    ("kill -9 of PostgreSQL", kill_database, 12),
    ("full disk", full_disk, 12),
    ("read-only database", read_only, 12),
    ("clock jumps +2 h, -1 day", clock_jump, 12),
]


def main(arguments: list[str]) -> int:
    """Play every scene on both databases; returns 1 if something confirmed was lost."""
    print(
        "| database | what happens | confirmed | away page | no answer | lost or failed | |\n"
        "|---|---|---:|---:|---:|---:|---|"
    )
    n_wrong = 0
    for vendor in arguments[:1] or ["sqlite", "postgresql"]:
        for title, play, n_people in SCENES:
            if play is kill_database and vendor == "sqlite":
                continue
            if arguments[1:] and arguments[1] not in title:
                continue
            n_wrong += _play(vendor, title, play, n_people)
    return 1 if n_wrong else 0


def _play(vendor: str, title: str, play: Callable[[Scene], str], n_people: int) -> int:
    home = Path(tempfile.mkdtemp(prefix="diemcau-faults-"))
    cluster, url = None, None
    with _small_disk(home, small=play in (full_disk, read_only)):
        if vendor == "postgresql":
            parent = Path(tempfile.mkdtemp(prefix="diemcau-faults-pg-"))
            with _small_disk(parent, small=play is full_disk, size="160m"):
                cluster = Cluster(parent)
                url = cluster.make("faults")
                try:
                    return _told(vendor, title, play, home / "home", url, n_people, cluster)
                finally:
                    cluster.stop()
        return _told(vendor, title, play, home, url, n_people, None)


def _told(vendor, title, play, home, url, n_people, cluster) -> int:
    scene = Scene(Installation(home, url=url), n_people, cluster=cluster)
    scene.name = "faults"
    said = play(scene)
    wrong, writes = scene.verdict(), scene.writes
    print(
        f"| {vendor} | {title} | {writes.confirmed.total()} | {writes.away.total()}"
        f" | {writes.unanswered.total()} | {len(wrong)} | {said} |",
        flush=True,
    )
    for one in wrong[:10]:
        print(f"<!-- {one} -->", flush=True)
    return len(wrong)


@contextmanager
def _small_disk(folder: Path, *, small: bool, size: str = "48m") -> Iterator[None]:
    if small:
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", folder], check=True)
    try:
        yield
    finally:
        if small:
            subprocess.run(["umount", "-l", folder], check=True)
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
