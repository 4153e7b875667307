"""Many documents: memory over their number, cost over their size, two processes beside one.

PYTHONPATH=src python bench/many.py [NUMBER]    100,000 short documents at first, some minutes

Times in the first two tables are CPU time. The last has wall time, the only one that tells what two
processes bring; it means something on a machine with nothing else to do, so the load is told, and
the CPU time, which tells what the second process costs whatever else the machine does.
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from reading import texts

from vanban import Document, read
from vanban.many import read_text

NUMBER = 100_000
LOOKS = 5
SIZES = (1_000, 10_000, 100_000, 1_000_000, 10_000_000)
SLOW = {"the samples, repeated": None, "commas": ",", "digits": "7", "open brackets": "("}
DOCUMENTS = 4_000
"""Documents of the last table."""


def main(number: int) -> int:
    """Print the three tables."""
    print_memory(number)
    print_sizes()
    print_processes()
    return 0


def paragraphs() -> list[str]:
    """Paragraphs of the samples, each long enough to be a short document."""
    return [line for text in texts() for line in text.split("\n") if len(line) > 200]


def memory() -> float:
    """Memory this process holds now, in MB."""
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmRSS:")[1].split()[0]) / 1024


def print_memory(number: int) -> None:
    """Memory after each part of the documents: flat if nothing is kept of them."""
    short = paragraphs()
    print(f"{number:,} documents of {sum(map(len, short)) // len(short)} letters in one process\n")
    print("| documents read | memory, MB | µs CPU per document |")
    print("|---|---|---|")
    began, done = time.process_time(), 0
    for _ in range(LOOKS):
        for i in range(number // LOOKS):
            # No two alike, so that a cache by text would be seen.
            read_text(str(i), f"{short[i % len(short)]} Số {done + i}.")
        done += number // LOOKS
        took = (time.process_time() - began) / done * 1e6
        print(f"| {done:,} | {memory():.0f} | {took:.0f} |", flush=True)
    print()


def print_sizes() -> None:
    """CPU time per byte from a kilobyte to ten megabytes."""
    whole = "\n".join(texts()) + "\n"
    print("| one document of | " + " | ".join(f"{s:,} bytes, ns/byte" for s in SIZES) + " |")
    print("|---" * (len(SIZES) + 1) + "|")
    for name, unit in SLOW.items():
        base = (unit or whole).encode()
        cells = []
        for size in SIZES:
            text = (base * (size // len(base) + 1))[:size].decode("utf-8", "ignore")
            began = time.process_time()
            read(Document.from_text(text))
            cells.append(f"{(time.process_time() - began) / size * 1e9:,.0f}")
        print(f"| {name} | " + " | ".join(cells) + " |", flush=True)
    print(f"\nmemory after these: {memory():.0f} MB\n")


def _cpu_of_children() -> float:
    times = os.times()
    return times.children_user + times.children_system


def print_processes() -> None:
    """`diemcau read TABLE --jobs 1` beside `--jobs 2`."""
    documents = texts()
    rows = [f"{documents[i % len(documents)]}\nSố {i}." for i in range(DOCUMENTS)]
    load = ", ".join(f"{x:.1f}" for x in os.getloadavg())
    print(f"{DOCUMENTS:,} documents, wall time; load averages {load} on {os.cpu_count()} CPUs\n")
    print("| processes | s | documents/s | CPU s of all |")
    print("|---|---|---|---|")
    seconds, cpu = {}, {}
    with tempfile.TemporaryDirectory() as folder:
        table = f"{folder}/in.parquet"
        pq.write_table(pa.table({"id": list(map(str, range(DOCUMENTS))), "text": rows}), table)
        for jobs in (1, 2):
            began, cpu_began = time.perf_counter(), _cpu_of_children()
            subprocess.run(
                [
                    *(sys.executable, "-m", "diemcau", "read", table, "--jobs", str(jobs)),
                    *("--batch", "200", "--out", f"{folder}/out{jobs}.parquet"),
                ],
                check=True,
                stderr=subprocess.DEVNULL,
            )
            seconds[jobs] = time.perf_counter() - began
            cpu[jobs] = _cpu_of_children() - cpu_began
            print(
                f"| {jobs} | {seconds[jobs]:.1f} | {DOCUMENTS / seconds[jobs]:.0f} "
                f"| {cpu[jobs]:.1f} |",
                flush=True,
            )
    print(f"\ntwo processes are {seconds[1] / seconds[2]:.2f} times as fast as one, ", end="")
    print(f"with {cpu[2] / cpu[1]:.2f} times the CPU time\n")


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else NUMBER))
