"""`diemcau read ... --out OUT.parquet`: many documents by several processes into one table.

The work is cut into batches; each finished batch is a file in `OUT.parquet.parts`, so a run that
was stopped goes on with the same command. A document that cannot be read, breaks the program, takes
too long or kills its process is a row that says so.
"""

import contextlib
import json
import os
import shutil
import signal
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import asdict, dataclass
from multiprocessing import get_context
from pathlib import Path
from threading import Thread
from typing import Any

import vanban
from diemcau.commands.sources import (
    Item,
    SourceError,
    batches,
    called,
    check,
    count,
    expand,
    reason_of,
)
from vanban.loaders.limits import FILE_LIMIT
from vanban.loaders.options import Ocr
from vanban.many import Row, read_file, read_text
from vanban.many.rows import failed_row

__all__ = ["Job", "read_many"]

_BAR = 28
_LOOK = 0.2
"""Seconds between two looks at the work, and between two drawings of the bar."""


@dataclass(frozen=True)
class Job:
    """What is to be done.

    Args:
        paths: files, folders, Parquet tables, web archives.
        out: the table to write.
        jobs: processes.
        ocr: what is recognised: "missing" (pages without text), "all" or "never".
        seconds: how long one document may take.
        id_column, text_column: of Parquet tables.
        batch: texts a batch.
        with_text: whether the table gets a column with the text the offsets count in.
    """

    paths: tuple[str, ...]
    out: Path
    jobs: int = 1
    ocr: str = "missing"
    seconds: float = 600
    id_column: str = "id"
    text_column: str = "text"
    batch: int = 500
    with_text: bool = False


def read_many(job: Job) -> int:
    """Do a job to its end, or until Ctrl-C; a job done in part goes on where it ended.

    Returns:
        0; 1 if a document could not be read or the job cannot be done; 130 if it was stopped.
    """
    try:
        import pyarrow  # noqa: F401
    except ImportError:
        return _complain(
            "Ghi bảng Parquet cần thư viện pyarrow. Cài bằng: pip install 'diemcau[many]'."
        )
    if job.out.exists():
        return _complain(f"Đã có «{job.out}»; đặt tên khác hoặc xóa tệp cũ rồi chạy lại.")
    parts = job.out.with_name(job.out.name + ".parts")
    try:
        paths = expand(job.paths, without=parts)
        if missing := [p for p in paths if not os.path.lexists(p)]:
            return _complain(f"Không có tệp «{called(missing[0])}».")
        if not paths:
            return _complain("Không có tài liệu nào để đọc ở nơi đã chỉ.")
        check(paths, text=job.text_column)
        total = count(paths)
        if (problem := _open_parts(job, paths, parts)) is not None:
            return _complain(problem)
        tally = _run(job, paths, parts, _Bar(total))
        _join(parts, job.out)
    except SourceError as e:
        return _complain(str(e))
    except OSError as e:
        return _complain(
            f"Không ghi được «{called(Path(e.filename or parts))}»: {reason_of(e)}. Sửa xong thì "
            "chạy lại cùng lệnh; phần đã đọc còn nguyên."
        )
    except KeyboardInterrupt:
        # A second Ctrl-C while the processes end would only show where it was pressed.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        _say(f"\nĐã dừng; chạy lại cùng lệnh để đọc tiếp (phần đã đọc ở «{parts}»).")
        return 130
    shutil.rmtree(parts)
    read, refused, failed = tally["read"], tally["refused"], tally["failed"]
    _say(f"{job.out}: {read} tài liệu đã đọc, {refused} không đọc được, {failed} lỗi chương trình.")
    return 1 if refused or failed else 0


# Parts


def _open_parts(job: Job, paths: Sequence[Path], parts: Path) -> str | None:
    """Make the folder of parts, or find that it belongs to this job; else a sentence why not."""
    stats = [(called(p), *_stamp(p)) for p in paths]
    asked = {k: v for k, v in asdict(job).items() if k not in ("jobs", "out", "paths", "seconds")}
    wanted = json.dumps([vanban.ENGINE_VERSION, asked, stats], ensure_ascii=False)
    described = parts / "job.json"
    # A folder without a finished part, as a first try with a wrong word leaves it, is made anew.
    if described.exists() and any(parts.glob("*.parquet")):
        if described.read_text("utf-8") == wanted:
            return None
        return (
            f"«{parts}» là phần dở của một lần đọc khác (tệp, tham số hoặc bộ đọc đã đổi). "
            "Xóa thư mục đó rồi chạy lại."
        )
    parts.mkdir(parents=True, exist_ok=True)
    described.write_text(wanted, "utf-8")
    return None


def _stamp(path: Path) -> tuple[int, int]:
    """Size and time of change; zeros of what must not be looked at, whose row will say so."""
    try:
        found = path.stat()
    except OSError:
        return 0, 0
    return found.st_size, found.st_mtime_ns


def _part(parts: Path, number: int) -> Path:
    return parts / f"{number:08}.parquet"


def _write_part(parts: Path, number: int, rows: Sequence[Row], *, with_text: bool) -> None:
    """Write one batch; a part that has its name is whole."""
    import pyarrow.parquet as pq

    from vanban.many.arrow import batch_of

    unfinished = parts / f"{number:08}.unfinished"
    pq.write_table(batch_of(rows, with_text=with_text), unfinished, compression="zstd")
    unfinished.replace(_part(parts, number))


def _statuses(part: Path) -> list[str]:
    import pyarrow.parquet as pq

    statuses: list[str] = pq.read_table(part, columns=["status"]).column(0).to_pylist()
    return statuses


def _join(parts: Path, out: Path) -> None:
    """All parts as one table, one at a time, so that memory does not grow with their number."""
    import pyarrow.parquet as pq

    from vanban.many.arrow import batch_of

    unfinished = out.with_name(out.name + ".unfinished")
    files = sorted(parts.glob("*.parquet"))
    schema = pq.read_schema(files[0]) if files else batch_of([]).schema
    with pq.ParquetWriter(unfinished, schema, compression="zstd") as writer:
        for file in files:
            writer.write_table(pq.read_table(file))
    unfinished.replace(out)


# Work


def _run(job: Job, paths: Sequence[Path], parts: Path, bar: "_Bar") -> dict[str, int]:
    tally = {"read": 0, "refused": 0, "failed": 0}

    def done(number: int, n_items: int) -> None:
        statuses = _statuses(_part(parts, number))
        for status in statuses:
            tally[status] += 1
        bar.add(n_items, sum(tally.values()) - tally["read"])

    waiting = _waiting(job, paths, parts, done)
    with contextlib.ExitStack() as closing:
        pool = _Pool(job, parts)
        closing.callback(pool.close)
        for number, items in waiting:
            for finished in pool.submit(number, items):
                done(*finished)
            bar.draw()
        for finished in pool.finish():
            done(*finished)
    bar.end()
    return tally


def _waiting(
    job: Job, paths: Sequence[Path], parts: Path, done: Callable[[int, int], None]
) -> Iterator[tuple[int, list[Item]]]:
    """The batches still to be read, with their numbers; those read before are reported done."""
    whole = batches(paths, id=job.id_column, text=job.text_column, size=job.batch)
    for number, items in enumerate(whole):
        if _part(parts, number).exists():
            done(number, len(items))
        else:
            yield number, items


class _Pool:
    """Processes with a bounded number of batches before them, made again when one dies."""

    def __init__(self, job: Job, parts: Path) -> None:
        self.job = job
        self.parts = parts
        self.running: dict[Future[None], tuple[int, list[Item]]] = {}
        self.processes = self._processes(job.jobs)

    def _processes(self, jobs: int) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(
            jobs, mp_context=get_context("spawn"), initializer=_begin, initargs=(os.getpid(),)
        )

    def submit(self, number: int, items: list[Item]) -> Iterator[tuple[int, int]]:
        """Add a batch; gives the number and size of those that ended while waiting for room."""
        while len(self.running) >= 2 * self.job.jobs:
            yield from self._collect()
        self._start(number, items)

    def finish(self) -> Iterator[tuple[int, int]]:
        """Wait for all that was added."""
        while self.running:
            yield from self._collect()

    def close(self) -> None:
        """Drop what has not begun; what runs is stopped with its process."""
        stopped = bool(self.running)
        for pool in filter(None, (self.processes, self._single)):
            # Each has at most one batch on its desk, and what is not whole has no name of its own.
            for process in list((pool._processes or {}).values()) if stopped else []:
                process.terminate()
            pool.shutdown(wait=not stopped, cancel_futures=True)

    def _start(self, number: int, items: list[Item]) -> None:
        work = self.processes.submit(_read_batch, self.job, self.parts, number, items)
        self.running[work] = (number, items)

    def _collect(self) -> Iterator[tuple[int, int]]:
        finished, _ = wait(self.running, timeout=_LOOK, return_when=FIRST_COMPLETED)
        broken = False
        for work in finished:
            number, items = self.running[work]
            try:
                work.result()
            except BrokenProcessPool:
                broken = True
                continue
            del self.running[work]
            yield number, len(items)
        if broken:
            yield from self._mend()

    def _mend(self) -> Iterator[tuple[int, int]]:
        """A process died: read the batches it may have had, document by document, each alone."""
        suspects = list(self.running.values())
        self.running.clear()
        self.processes.shutdown(wait=False, cancel_futures=True)
        for number, items in suspects:
            if not _part(self.parts, number).exists():
                rows = [row for item in items for row in self._alone(item)]
                _write_part(self.parts, number, rows, with_text=self.job.with_text)
            yield number, len(items)
        self.processes = self._processes(self.job.jobs)

    def _alone(self, item: Item) -> list[Row]:
        processes = self._one()
        try:
            return processes.submit(_read_alone, self.job, item).result()
        except BrokenProcessPool:
            self._single = None
            return [
                Row(
                    item.id,
                    "failed",
                    "Tiến trình đọc tài liệu này đã chết (hết bộ nhớ hoặc lỗi thư viện).",
                )
            ]

    _single: ProcessPoolExecutor | None = None

    def _one(self) -> ProcessPoolExecutor:
        if self._single is None:
            self._single = self._processes(1)
        return self._single


# In a process


_is_reading = False


def _begin(parent: int) -> None:
    """A worker leaves Ctrl-C to the one who started it, and ends when told or left alone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, _leave)
    Thread(target=_leave_with, args=(parent,), daemon=True).start()
    # Word lists are loaded now, not on the time of the first document.
    read_text("", "Bộ Công Thương báo cáo trước ngày 5/6/2025.")


def _leave_with(parent: int) -> None:
    """End when the parent has died, as with a terminal that was closed."""
    while os.getppid() == parent:
        time.sleep(1)
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(5)
    os._exit(1)  # The reader was deep inside a library.


def _leave(_signal: int, _frame: Any) -> None:
    if not _is_reading:
        os._exit(1)
    raise _Told


class _Told(BaseException):
    """The process is to end: whatever program it runs is ended on the way out."""


@contextlib.contextmanager
def _leaving_when_told() -> Iterator[None]:
    global _is_reading
    _is_reading = True
    try:
        yield
    except _Told:
        os._exit(1)
    finally:
        _is_reading = False


def _read_batch(job: Job, parts: Path, number: int, items: list[Item]) -> None:
    with _leaving_when_told():
        rows = [row for item in items for row in _read_item(job, item)]
        _write_part(parts, number, rows, with_text=job.with_text)


def _read_alone(job: Job, item: Item) -> list[Row]:
    with _leaving_when_told():
        return _read_item(job, item)


def _read_item(job: Job, item: Item) -> list[Row]:
    """Read one document within its time."""
    ocr = None if job.ocr == "never" else Ocr("all" if job.ocr == "all" else "bare")
    try:
        with _time_limit(job.seconds):
            if item.wrong:
                return [Row(item.id, "refused", item.wrong)]
            if item.path is not None:
                if item.path.stat().st_size > FILE_LIMIT:
                    vanban.load(item.path)  # Says so, and reads nothing.
                return list(read_file(item.id, item.path.read_bytes(), ocr=ocr))
            if item.page is not None:
                return list(read_file(item.id, item.page, ocr=ocr))
            return [read_text(item.id, item.text)]
    except _TooLong:
        return [Row(item.id, "failed", f"Đọc tài liệu này quá {job.seconds:g} giây.")]
    except vanban.DocumentError as e:
        return [Row(item.id, "refused", e.vi)]
    except OSError as e:
        return [Row(item.id, "refused", f"Không mở được «{item.id}»: {reason_of(e)}.")]
    except MemoryError as e:
        return [failed_row(item.id, e)]


class _TooLong(BaseException):
    """A document took longer than it may; no reader's `except Exception` holds it up."""


@contextlib.contextmanager
def _time_limit(seconds: float) -> Iterator[None]:
    def stop(_signal: int, _frame: Any) -> None:
        raise _TooLong

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


# What is shown


class _Bar:
    """A bar on a terminal; elsewhere one line at every tenth of the work."""

    def __init__(self, total: int | None) -> None:
        self.total = total
        self.done = self.bad = 0
        self.began = self.drawn = time.monotonic()
        self.told = 0

    def add(self, n: int, bad: int) -> None:
        self.done += n
        self.bad = bad
        self.draw()

    def draw(self) -> None:
        now = time.monotonic()
        if sys.stderr.isatty():
            if now - self.drawn >= _LOOK:
                self.drawn = now
                sys.stderr.write(f"\r{self._line(now)}\x1b[K")
                sys.stderr.flush()
        elif self.total and self.done * 10 // self.total > self.told:
            self.told = self.done * 10 // self.total
            _say(self._line(now))

    def end(self) -> None:
        if sys.stderr.isatty():
            sys.stderr.write(f"\r{self._line(time.monotonic())}\x1b[K\n")

    def _line(self, now: float) -> str:
        rate = self.done / max(now - self.began, 0.001)
        bad = f", {self.bad} không đọc được" if self.bad else ""
        if not self.total:
            return f"{self.done} tài liệu{bad}, {rate:.0f}/giây"
        full = min(_BAR, self.done * _BAR // self.total)
        left = (self.total - self.done) / rate if rate else 0
        return (
            f"[{'█' * full}{'·' * (_BAR - full)}] {self.done}/{self.total}{bad}, "
            f"{rate:.0f}/giây, còn {left // 60:.0f} phút {left % 60:02.0f} giây"
        )


def _say(sentence: str) -> None:
    sys.stderr.write(sentence + "\n")


def _complain(sentence: str) -> int:
    _say(sentence)
    return 1
