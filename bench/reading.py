"""How fast documents are read, beside the only Vietnamese name reader that installs offline.

PYTHONPATH=src python bench/reading.py

All times are CPU time of one thread. The readers take turns, round by round, on the same documents
in one process, so that whatever else the machine does slows them alike. The cost of `underthesea`
grows with the square of what it is given at once, so it is timed twice: given whole documents, and
given what its own `sent_tokenize` makes of them. It comes with the extra `bench`; without it ours
stands alone.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import fmean, median
from tempfile import TemporaryDirectory

from vanban import Document, load, read

ROOT = Path(__file__).parents[1]
SHARED = Path(os.environ.get("DIEMCAU_SHARED", ROOT / ".." / "shared"))
OURS = "vanban.read"
BY_SENTENCES = "underthesea ner, sentence by sentence"
WHOLE = "underthesea ner, whole document"
ROUNDS = 7
ROUNDS_WHOLE = 1
SIZES = (10_000, 100_000, 1_000_000)
"""Bytes of the inputs made to be slow."""

COLD = """
import sys, time
started = time.process_time()
import vanban
from pathlib import Path
vanban.read(vanban.Document.from_text(Path(sys.argv[1]).read_text("utf-8"))).to_dict()
print(time.process_time() - started)
# ru_maxrss would be the parent's: Linux keeps it over exec.
print(next(int(x.split()[1]) for x in open("/proc/self/status") if x.startswith("VmHWM")) / 1024)
"""

SLOW = {
    "words": "kim ngạch xuất khẩu tăng trưởng ",
    "one letter": "a",
    "capitals": "A",
    "capitalised words": "Nguyễn ",
    "names in a row": "Nguyễn Văn An ",
    "commas": ",",
    "digits": "7",
    "digits and blanks": "7 ",
    "thousands": "1.234.",
    "percentages": "5% ",
    "amounts": "5 tỷ USD, ",
    "open brackets": "(",
    "closed brackets": ")",
    "full stops": ".",
    "sentences": "Yêu cầu. ",
    "semicolons": "đẩy mạnh; ",
    "dates": "ngày 20/2/2023 ",
    "names with titles": "Bộ trưởng Nguyễn Văn An, ",
    "countries": "Anh, ",
    "provinces": "Nghệ An, ",
    "verbs of telling": "yêu cầu ",
    "orders": "Thủ tướng giao ",
    "modals": "các bộ cần ",
    "number words": "trăm ",
    "document numbers": "21/NQ-CP ",
    "lines": "a\n",
    "percentages with commas": "12,5%, 3,1%, ",
    "percentages in brackets": "(5%) ",
    "growth": "tăng 5% so với năm trước; ",
    "money of partners": "Nhật Bản 5 tỷ USD, Hàn Quốc 3 tỷ USD, ",
    "growth of provinces": "Nghệ An tăng 5%, ",
    "projects of a province": "Nghệ An có 12 dự án. ",
    "one market in lines": "Nhật Bản: 5 tỷ USD\n",
    "this country": "Nhật Bản, nước này đạt 5 tỷ USD, ",
    "quarters": "quý I/2023 đạt 5 tỷ USD, ",
    "in turn": "lần lượt đạt 5%, 6% và 7%, ",
    "prices": "giá 5.000 đồng/kg, ",
    "weights and worth": "51 tấn, trị giá 2 triệu USD, ",
    "cells": "a\t5\t",
    "bodies": "Sở Công Thương, UBND tỉnh Nghệ An, ",
    "quoted names": "“Hội nghị xúc tiến thương mại”, ",
    "agreements": "Hiệp định CPTPP, EVFTA, ",
    "captions": "5.000 lượt khách Hàn Quốc\n",
    "foreign leaders": "Tổng thống Hoa Kỳ Joe Biden ",
    "talks": "Bộ trưởng Bùi Thanh Sơn đã hội đàm với Ngoại trưởng Lào. ",
    "tasks": "Giao Sở Ngoại vụ chủ trì báo cáo trước ngày 5/6/2023. ",
    "weaknesses": "Công tác phối hợp còn hạn chế. ",
    "signed papers": "Hai bên ký kết Biên bản ghi nhớ về hợp tác nông nghiệp với Lào. ",
}


ENOUGH = 50
"""How many times as fast as underthesea's recogniser the reader has to be."""


def main() -> int:
    """Print the tables: speed beside underthesea, the first document, cost by size.

    Returns:
        Exit status: 1 if the reader is not `ENOUGH` times as fast.
    """
    ratio = print_speed()
    print_first_document()
    print_sizes()
    return 0 if ratio is None or ratio >= ENOUGH else 1


def texts() -> list[str]:
    """The texts of the sample documents, and of the real reports if they are at hand."""
    files = [p for p in sorted((ROOT / "samples").iterdir()) if p.suffix in _READABLE]
    files += sorted((SHARED / "seeds").glob("*.txt"))
    return [load(path).text for path in files]


_READABLE = (".txt", ".html", ".docx", ".pdf")


def _cpu(work: Callable[[], object]) -> float:
    started = time.thread_time()
    work()
    return time.thread_time() - started


def _full(text: str) -> str:
    return json.dumps(read(Document.from_text(text)).to_dict(), ensure_ascii=False)


def print_speed() -> float | None:
    """Print the CPU time per document of every reader, taking turns.

    Returns:
        How many times as fast ours is as the other given sentences, by the medians; None if it is
        alone.
    """
    documents = [Document.from_text(text) for text in texts()]
    size = fmean(len(d.text.encode()) for d in documents)
    readers: dict[str, Callable[[Document], object]] = {
        OURS: lambda d: read(Document(d.text, d.blocks)),
        "vanban, text in, JSON out": lambda d: _full(d.text),
    }
    try:
        from underthesea import ner, sent_tokenize
    except ImportError:
        print("underthesea is not installed; pip install -e '.[bench]' to compare")
    else:
        readers[BY_SENTENCES] = lambda d: [ner(s) for s in sent_tokenize(d.text)]
        readers[WHOLE] = lambda d: ner(d.text)
    for reader in readers.values():
        reader(documents[-1])
    rounds: dict[str, list[float]] = {name: [] for name in readers}
    for n in range(ROUNDS):
        now = {k: r for k, r in readers.items() if k != WHOLE or n < ROUNDS_WHOLE}
        for name, reader in now.items():
            seconds = _cpu(lambda reader=reader: [reader(d) for d in documents])
            rounds[name].append(seconds / len(documents))
    print(f"{len(documents)} documents, mean {size:,.0f} bytes, {ROUNDS} rounds, CPU time\n")
    print("| reader | ms per document, median | best round | documents/s, one core, median |")
    print("|---|---|---|---|")
    for name, times in rounds.items():
        print(
            f"| {name} | {median(times) * 1e3:.2f} | {min(times) * 1e3:.2f} "
            f"| {1 / median(times):,.1f} |"
        )
    ours = rounds[OURS]
    print(f"\n{OURS} per 7,000 bytes: {min(ours) / size * 7e6:.2f} ms (best round)\n")
    ratios = {
        name: median(rounds[name]) / median(ours)
        for name in (BY_SENTENCES, WHOLE)
        if name in rounds
    }
    for name, ratio in ratios.items():
        best = min(rounds[name]) / min(ours)
        print(f"{name} : {OURS} = {ratio:.0f} by the medians, {best:.0f} by the best rounds\n")
    return ratios.get(BY_SENTENCES)


def print_first_document() -> None:
    """Import, word lists and the first document in a fresh process; best of five.

    A process before them leaves byte code and compiled patterns behind, as the first use of an
    installation does; five more find the byte code alone, as that first use itself.
    """
    document = ROOT / "samples" / "01-giao-ban-cuoi-nam-2024.txt"
    runs: dict[bool, list[tuple[float, ...]]] = {True: [], False: []}
    with TemporaryDirectory() as byte_code:
        env = dict(os.environ, PYTHONPYCACHEPREFIX=byte_code)
        env.pop("PYTHONDONTWRITEBYTECODE", None)
        for n in range(11):
            if n > 5:
                for path in Path(byte_code).rglob("*.patterns"):
                    path.unlink()
            out = subprocess.run(
                [sys.executable, "-c", COLD, str(document)],
                capture_output=True, check=True, text=True, env=env,
            ).stdout  # fmt: skip
            if n:
                runs[n <= 5].append(tuple(map(float, out.split())))
    best, memory = min(run[0] for run in runs[True]), max(run[1] for run in runs[True])
    print(
        f"import, word lists and first document: {best:.2f} s CPU (best of "
        f"{len(runs[True])} processes)"
    )
    print(f"the same, no compiled patterns kept: {min(run[0] for run in runs[False]):.2f} s CPU")
    print(f"peak memory of such a process: {memory:.0f} MB\n")


def print_sizes() -> None:
    """Inputs made to be slow: CPU time by size, and per byte against the real documents."""
    documents = texts()
    for text in documents:
        read(Document.from_text(text))
    seconds = min(
        sum(_cpu(lambda text=text: read(Document.from_text(text))) for text in documents)
        for _ in range(ROUNDS)
    )
    per_byte = seconds / sum(len(t.encode()) for t in documents)
    print(f"sample documents: {per_byte * 1e9:,.0f} ns per byte; one line of:\n")
    print("| input | " + " | ".join(f"{s:,} bytes, ms" for s in SIZES) + " | worst ns per byte |")
    print("|---" * (len(SIZES) + 2) + "|")
    for name, unit in SLOW.items():
        times = []
        for size in SIZES:
            text = (
                (unit * (size // len(unit.encode()) + 1)).encode()[:size].decode("utf-8", "ignore")
            )
            times.append(_cpu(lambda text=text: read(Document.from_text(text))))
        worst = max(t / s for t, s in zip(times, SIZES, strict=True))
        row = " | ".join(f"{t * 1e3:,.0f}" for t in times)
        print(f"| {name} | {row} | {worst * 1e9:,.0f} = {worst / per_byte:.1f} x |", flush=True)


if __name__ == "__main__":
    sys.exit(main())
