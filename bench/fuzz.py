"""Coverage-guided fuzzing of the loaders and the reader, with atheris (libFuzzer); extra `fuzz`.

PYTHONPATH=src:. python bench/fuzz.py reader|loaders [--seconds 600] [--save]

Inputs grow by what new code they reach. For each: nothing is raised but `DocumentError`; every
record quotes its place; the CPU time stays under a second and a bound per byte. What breaks one of
these is written to `var/fuzz/` and ends the run. `--save` adds a line to `bench/results/fuzz.md`.
"""

import argparse
import os
import random
import sys
import time
from datetime import datetime
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["vanban"]):
    import vanban
    from vanban.loaders import attachments

from tests.vanban.files import docx, pdf_of_lines, zip_of
from tests.vanban.phrases import MATTERS, phrases

ROOT = Path(__file__).parents[1]
FOUND = ROOT / "var" / "fuzz"
RESULTS = ROOT / "bench" / "results" / "fuzz.md"
LIMIT, PER_BYTE = 1.0, 100e-6
"""Seconds of CPU for any input, and for each of its bytes: fifty times what real reports take."""

PHRASES = [p.text for matter in (*MATTERS, "open") for p in phrases(matter)]


class Slow(Exception):
    """An input took longer than its size allows."""


def check(document: vanban.Document) -> None:
    """Read a document and hold its records to the law of anchors."""
    for record in vanban.read(document).records:
        start, end, quote = record.anchor.start, record.anchor.end, record.anchor.quote
        assert 0 <= start < end <= len(document.text), record
        assert document.text[start:end] == quote, record
        assert 0 <= record.confidence <= 1, record
        record.to_dict()
    at = 0
    for block in document.blocks:
        assert at <= block.start < block.end <= len(document.text), block
        assert not document.text[at : block.start].strip(), block
        at = block.end


def reader(data: bytes) -> None:
    """Bytes as text; a byte below 9 stands for a phrase, so that mixtures are tried too."""
    picked = random.Random(data[:4])
    text = data.decode("utf-8", "replace")
    for code in range(1, 9):
        if chr(code) in text:
            text = text.replace(chr(code), picked.choice(PHRASES))
    within_time(
        len(text.encode("utf-8", "replace")), lambda: check(vanban.Document.from_text(text))
    )


def loaders(data: bytes) -> None:
    """Bytes as a file: opened, read, or refused with a sentence."""

    def work() -> None:
        try:
            check(vanban.load_bytes(data, name="tep"))
            for file in attachments(data, name="tep"):
                loaders(file.data)
        except vanban.DocumentError as refusal:
            if "{" in refusal.vi:
                raise ValueError(refusal.vi) from refusal

    within_time(len(data), work)


def within_time(size: int, work: object) -> None:
    """Do the work; twice if it was slow, since the first time also loads word lists."""
    for _ in range(2):
        began = time.thread_time()
        work()
        taken = time.thread_time() - began
        if taken <= LIMIT + PER_BYTE * size:
            return
    raise Slow(f"{taken:.2f} s for {size} bytes")


def seeds(target: str) -> list[bytes]:
    """What the fuzzer starts from."""
    if target == "reader":
        return [p.encode() for p in PHRASES] + [b"\x01", b"\x01 \x02\n\x03", b"\x04;\x05."]
    samples = [p.read_bytes() for p in (ROOT / "samples").iterdir() if p.is_file()]
    words = "Hai bên nhất trí mở rộng hợp tác. Bộ Công Thương báo cáo trước ngày 5/6/2025."
    small = [
        words.encode(),
        words.encode("utf-16"),
        f"<html><body><table><tr><td>a</td><td>{words}</td></tr></table></body></html>".encode(),
        f"From: a@b.vn\nSubject: =?utf-8?b?VGhv?=\nMIME-Version: 1.0\n\n{words}".encode(),
        docx(f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p>"),
        pdf_of_lines([[words]]),
        zip_of({
            "xl/workbook.xml": '<workbook><sheets><sheet name="a"/></sheets></workbook>',
            "xl/worksheets/sheet1.xml": '<worksheet><sheetData><row r="1"><c r="A1" t="inlineStr">'
            f"<is><t>{words}</t></is></c><c r='B1'><v>0.5</v></c></row></sheetData></worksheet>",
        }),
    ]  # fmt: skip
    return small + [s for s in samples if len(s) < 40_000]


def main(arguments: list[str]) -> None:
    """Fuzz one target for some time; libFuzzer ends the process."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("target", choices=["reader", "loaders"])
    parser.add_argument("--seconds", type=int, default=600)
    parser.add_argument("--save", action="store_true")
    options = parser.parse_args(arguments)
    corpus = FOUND / options.target
    corpus.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(seeds(options.target)):
        (corpus / f"seed-{number:04}").write_bytes(seed)
    # Other programs would be started for old Office files; those are not what is tried here.
    os.environ["PATH"] = "/nonexistent"
    target = {"reader": reader, "loaders": loaders}[options.target]
    tried = 0

    def one(data: bytes) -> None:
        nonlocal tried
        tried += 1
        if options.save and tried % 500 == 0:
            _note(options.target, tried, len(list(corpus.iterdir())), began)
        target(data)

    began = time.monotonic()
    atheris.Setup(
        [
            sys.argv[0], str(corpus), f"-max_total_time={options.seconds}", "-max_len=20000",
            "-timeout=60", "-rss_limit_mb=1500", f"-artifact_prefix={FOUND}/found-",
            "-print_final_stats=1", "-verbosity=1",
        ],
        one,
    )  # fmt: skip
    atheris.Fuzz()


def _note(target: str, tried: int, corpus: int, began: float) -> None:
    """Keep the line of this run up to date: libFuzzer ends the process without telling."""
    lines = RESULTS.read_text("utf-8").splitlines() if RESULTS.exists() else []
    day = f"{datetime.now().astimezone():%Y-%m-%d}"
    mine = f"| {day} | {target} |"
    minutes = (time.monotonic() - began) / 60
    kept = [line for line in lines if not line.startswith(mine)]
    kept.append(f"{mine} {minutes:.0f} min | {tried:,} | {corpus:,} |")
    RESULTS.write_text("\n".join(kept) + "\n", "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
