"""Where the time of a reading goes: CPU time of each layer and of each reader, one after another.

PYTHONPATH=src python bench/stages.py [ROUNDS]

A layer is made when it is first asked for, so the stages run in the order in which a reading needs
them and each is asked for by name: what a stage costs is its own work and no other's. Profilers
that count calls mislead here, since most of the work is inside the `re` module.
"""

import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

from reading import texts

from vanban import Document, Reading, load
from vanban.confidence import calibrate
from vanban.readers.commitments import read_commitments
from vanban.readers.events import read_events
from vanban.readers.figures import aim_at, read_figures
from vanban.readers.instruments import read_instruments
from vanban.readers.partners import read_partners
from vanban.readers.people import read_people
from vanban.readers.shortcomings import read_shortcomings
from vanban.readers.tables import read_task_tables
from vanban.readers.tasks import read_tasks
from vanban.scan import Scan

ROUNDS = 30
GOLD = Path(__file__).parents[1] / "tests" / "vanban" / "gold"

State = dict[str, Any]


def _document(state: State) -> None:
    state["document"] = Document.from_text(state["text"])
    state["scan"] = Scan(state["document"])


def _records(kind: str, reader: Callable[[Scan], Any]) -> Callable[[State], None]:
    def stage(state: State) -> None:
        state[kind] = reader(state["scan"])

    return stage


def _layer(name: str) -> Callable[[State], None]:
    return lambda state: getattr(state["scan"], name)


def _gather(state: State) -> None:
    kinds = ("events", "figures", "people", "instruments", "partners")
    records = [r for kind in kinds for r in state[kind]]
    records = aim_at(state["scan"].text, records, state["tasks"])
    for kind in ("tasks", "shortcomings", "commitments"):
        records += state[kind]
    records.sort(key=lambda r: (r.anchor.start, r.anchor.end, r.kind))
    state["reading"] = Reading(state["document"], tuple(calibrate(state["document"], records)))


STAGES: dict[str, Callable[[State], None]] = {
    "lines, furniture, title": _document,
    "words": _layer("words"),
    "sentences": _layer("sentences"),
    "times": _layer("times"),
    "quantities": _layer("quantities"),
    "partners named": _layer("partners"),
    "provinces named": _layer("places"),
    "people named": _layer("people"),
    "meeting": _layer("meeting"),
    "events": _records("events", read_events),
    "figures": _records("figures", read_figures),
    "people": _records("people", read_people),
    "instruments": _records("instruments", read_instruments),
    "partners": _records("partners", read_partners),
    "task tables": _records("tables", read_task_tables),
    "tasks": _records("tasks", read_tasks),
    "shortcomings": lambda s: s.update(shortcomings=read_shortcomings(s["scan"], s["tasks"])),
    "commitments": lambda s: s.update(commitments=read_commitments(s["scan"], s["tasks"])),
    "order, confidence": _gather,
    "dictionary": lambda s: s.update(data=s["reading"].to_dict()),
    "JSON": lambda s: s.update(json=json.dumps(s["data"], ensure_ascii=False)),
}


def main(rounds: int) -> int:
    """Print the median CPU time of each stage per 7,000 bytes, and its share."""
    documents = texts() + [load(p).text for p in sorted(GOLD.glob("*/*.txt"))]
    size = sum(len(text.encode()) for text in documents)
    times: dict[str, list[float]] = {name: [] for name in STAGES}
    for round_ in range(rounds + 1):
        spent = dict.fromkeys(STAGES, 0.0)
        for text in documents:
            state: State = {"text": text}
            for name, stage in STAGES.items():
                began = time.thread_time()
                stage(state)
                spent[name] += time.thread_time() - began
        if round_:
            for name, seconds in spent.items():
                times[name].append(seconds)
    load_now = ", ".join(f"{x:.1f}" for x in os.getloadavg())
    print(
        f"{len(documents)} documents, {size:,} bytes, {rounds} rounds, load averages {load_now}\n"
    )
    print("| stage | µs per 7,000 bytes, median | best | share |")
    print("|---|---|---|---|")
    each = {name: median(t) / size * 7e9 for name, t in times.items()}
    whole = sum(each.values())
    for name, us in each.items():
        best = min(times[name]) / size * 7e9
        print(f"| {name} | {us:,.0f} | {best:,.0f} | {us / whole:.0%} |")
    best = sum(min(t) for t in times.values()) / size * 7e9
    print(f"| all | {whole:,.0f} | {best:,.0f} | 100% |")
    return 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS))
