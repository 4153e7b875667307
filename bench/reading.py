"""Speed of `vanban.read` beside underthesea's NER on the same documents, in one process.

    python bench/reading.py [ROUNDS]

CPU time; the two are timed in turn, round by round, so that a busy machine slows both.
Documents: the repository's samples, and the folder `../shared/seeds` where it is present.
"""

import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import vanban

ROOT = Path(__file__).resolve().parents[1]
SHARED = Path(os.environ.get("DIEMCAU_SHARED", ROOT.parent / "shared"))
LETTERS = (10_000, 100_000, 1_000_000)
ADVERSARIES: dict[str, str] = {
    "report sentences": "Thủ tướng yêu cầu các bộ, ngành đẩy mạnh xúc tiến tại Nhật Bản. ",
    "words, one line": "công tác ngoại giao kinh tế ",
    "commas": ", ",
    "digits": "1.234,5 ",
    "brackets": "((",
    "capitals": "Nguyễn Văn An ",
}


def main(rounds: int) -> int:
    """Print the tables; returns the exit status: 1 if the reader is not 50 times as fast."""
    documents = load_documents()
    size = statistics.mean(len(d.text.encode()) for d in documents)
    print(f"{len(documents)} documents, mean {size / 1000:.1f} KB; {rounds} rounds, CPU time\n")
    ratio = race(documents, rounds)
    print(f"\nfirst document in a new process: {first_document():.2f} s, import included")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"peak memory of this process, underthesea included: {peak} MB")
    linearity()
    return 0 if ratio >= 50 else 1


def load_documents() -> list[vanban.Document]:
    """Every sample and every real report that can be opened."""
    paths = sorted(
        p for p in (ROOT / "samples").iterdir() if p.suffix in {".txt", ".html", ".docx", ".pdf"}
    )
    if (SHARED / "seeds").is_dir():
        paths += sorted((SHARED / "seeds").glob("*.txt"))
    return [vanban.load(p) for p in paths]


def race(documents: list[vanban.Document], rounds: int) -> float:
    """Time both on every document; print documents a second; return the ratio of the medians."""
    from underthesea import ner

    runs: dict[str, list[float]] = {"vanban.read": [], "underthesea ner": []}
    readers: dict[str, Callable[[vanban.Document], object]] = {
        "vanban.read": lambda d: vanban.read(vanban.Document(d.text, d.blocks)),
        "underthesea ner": lambda d: ner(d.text),
    }
    for reader in readers.values():
        reader(documents[0])
    for _ in range(rounds):
        for name, reader in readers.items():
            begun = time.process_time()
            for document in documents:
                reader(document)
            runs[name].append((time.process_time() - begun) / len(documents))
    print(f"{'reader':<18}{'ms a document, median':>22}{'best':>9}{'documents a second':>20}")
    for name, seconds in runs.items():
        median = statistics.median(seconds)
        print(f"{name:<18}{median * 1000:>22.2f}{min(seconds) * 1000:>9.2f}{1 / median:>20.1f}")
    ratio = statistics.median(runs["underthesea ner"]) / statistics.median(runs["vanban.read"])
    print(f"ratio of the medians: {ratio:.0f}")
    return ratio


def first_document() -> float:
    """CPU seconds of a new process that imports the engine and reads a sample; an empty one off."""
    sample = next((ROOT / "samples").glob("01-*.txt"))
    code = f"import vanban; vanban.read(vanban.load({str(sample)!r}))"
    return min(_seconds(code) for _ in range(3)) - min(_seconds("pass") for _ in range(3))


def _seconds(code: str) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-c", code], check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def linearity() -> None:
    """Microseconds a KB for texts of growing length; flat means linear."""
    print("\nmicroseconds a KB of one line of that many letters")
    print(f"{'text':<20}" + "".join(f"{n:>12,}" for n in LETTERS))
    for name, unit in ADVERSARIES.items():
        cells = []
        for n in LETTERS:
            document = vanban.Document.from_text(unit * (n // len(unit)))
            begun = time.process_time()
            vanban.read(document)
            cells.append((time.process_time() - begun) * 1e6 / (len(document.text.encode()) / 1000))
        print(f"{name:<20}" + "".join(f"{c:>12.0f}" for c in cells))


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 5))
