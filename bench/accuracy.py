"""How well labelled documents are read: precision, recall and F1 by kind, and each attribute.

PYTHONPATH=src python bench/accuracy.py [--save] [FOLDER ...]

Six sets: our samples; texts by kind of document, looked at while rules change, those of ours and
those that another person wrote and labelled; texts held out of both hands, of which only these
numbers are looked at, after the last rule was changed; and the labelled reports beside the
repository, if they are at hand. Intervals are 95 %, by drawing documents with replacement. --save
keeps the numbers as those of a release, and every run says what has changed since the last one
kept.

With folders of texts of your own (NAME.txt beside NAME.json, labelled in the same way), those of
all folders are one set, and the only one.
"""

import json
import os
import random
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from vanban import ENGINE_VERSION, Document, load, read
from vanban.confidence import HIGH
from vanban.scoring import Score, macro_f1, right_share, score

ROOT = Path(__file__).parents[1]
SHARED = Path(os.environ.get("DIEMCAU_SHARED", ROOT / ".." / "shared"))
GOLD = ROOT / "tests" / "vanban" / "gold"
KEPT = ROOT / "bench" / "results" / "accuracy.json"
DRAWS = 1000
ANOTHER_HAND = "q"
"""What the names begin with of the composed texts that another person wrote and labelled."""

Labelled = tuple[dict[str, Any], dict[str, Any], str]


def main(arguments: list[str]) -> int:
    """Print the tables of every set, and what changed since the numbers kept."""
    kept = json.loads(KEPT.read_text("utf-8")) if KEPT.is_file() else {}
    now: dict[str, Any] = {"engine": ENGINE_VERSION}
    folders = [Path(a) for a in arguments if a != "--save"]
    for name, documents in (_own(folders) if folders else _sets()).items():
        if not documents:
            continue
        print(f"### {name}: {len(documents)} documents\n")
        now[name] = _print_set(documents, kept.get(name, {}))
    if kept:
        print(f"Changes are against engine {kept['engine']}.\n")
    if "--save" in arguments and not folders:
        KEPT.write_text(json.dumps(now, indent=1) + "\n", "utf-8")
    return 0


def _sets() -> dict[str, list[Labelled]]:
    reports = SHARED / "eval" / "gold"
    ours = [p for p in _in("composed") if not p.stem.startswith(ANOTHER_HAND)]
    theirs = [p for p in _in("composed") if p.stem.startswith(ANOTHER_HAND)]
    return {
        "samples": [_read(p, _sample(p)) for p in sorted(GOLD.glob("*.json"))],
        "texts by kind": [_read(p, p.with_suffix(".txt")) for p in ours],
        "texts by kind, by another hand": [_read(p, p.with_suffix(".txt")) for p in theirs],
        "texts whose words are weighed": [_read(p, p.with_suffix(".txt")) for p in _in("learnt")],
        "held out": [_read(p, p.with_suffix(".txt")) for p in _in("held")],
        "held out, by another hand": [_read(p, p.with_suffix(".txt")) for p in _in("held2")],
        "labelled reports": [
            _read(p, SHARED / "seeds" / f"{p.stem}.txt") for p in sorted(reports.glob("*.json"))
        ],
    }


def _own(folders: Sequence[Path]) -> dict[str, list[Labelled]]:
    labels = sorted(p for folder in folders for p in folder.glob("*.json"))
    return {"your own": [_read(p, p.with_suffix(".txt")) for p in labels]}


def _in(folder: str) -> list[Path]:
    return sorted((GOLD / folder).glob("*.json"))


def _sample(labels: Path) -> Path:
    (path,) = (p for p in (ROOT / "samples").glob(f"{labels.stem}.*") if p.suffix != ".py")
    return path


def _read(labels: Path, text: Path) -> Labelled:
    document: Document = load(text)
    return json.loads(labels.read_text("utf-8")), read(document).to_dict(), document.text


def _print_set(documents: Sequence[Labelled], kept: Mapping[str, Any]) -> dict[str, Any]:
    """Print one set; returns its numbers by name."""
    whole = score(documents)
    draws = _drawn([score([d]) for d in documents])
    numbers: dict[str, Any] = {}
    print("| kind | labelled | precision | recall | F1 | 95 % | since the last release |")
    print("|---|---|---|---|---|---|---|")
    for kind, s in whole.items():
        if not s.labelled:
            continue
        numbers[kind] = round(s.f1, 3)
        print(
            f"| {kind} | {s.labelled} | {s.precision:.3f} | {s.recall:.3f} | {s.f1:.3f} "
            f"| {_interval([d[kind].f1 for d in draws if d[kind].labelled])} "
            f"| {_change(numbers[kind], kept.get(kind))} |"
        )
    numbers["macro F1"] = round(macro_f1(whole), 3)
    numbers["attributes"] = round(right_share(whole), 3)
    for name, of in (("macro F1", macro_f1), ("attributes", right_share)):
        interval = _interval([of(d) for d in draws])
        print(f"| {name} | | | | {numbers[name]:.3f} | {interval} | ", end="")
        print(f"{_change(numbers[name], kept.get(name))} |")
    print("\n| attribute | asked | right | 95 % | since the last release |\n|---|---|---|---|---|")
    for kind, s in whole.items():
        for attribute, asked in s.asked.items():
            name = f"{kind}.{attribute}"
            numbers[name] = round(s.right.get(attribute, 0) / asked, 3)
            shares = [
                d[kind].right.get(attribute, 0) / d[kind].asked[attribute]
                for d in draws
                if d[kind].asked.get(attribute)
            ]
            print(
                f"| {name} | {asked} | {numbers[name]:.3f} | {_interval(shares)} "
                f"| {_change(numbers[name], kept.get(name))} |"
            )
    right, sure = _sure_figures(documents)
    if sure:
        numbers["sure figures"] = round(right / sure, 3)
        print(
            f"\nFigures read with confidence {HIGH} or more: {sure}; value, unit, bound and period "
            f"all right: {right} = {right / sure:.3f}\n"
        )
    return numbers


def _drawn(each: Sequence[Mapping[str, Score]]) -> list[dict[str, Score]]:
    """The scores of sets drawn from the documents with replacement, always the same draws."""
    rng = random.Random(5)
    return [_sum(rng.choices(each, k=len(each))) for _ in range(DRAWS)]


def _sum(scores: Sequence[Mapping[str, Score]]) -> dict[str, Score]:
    total = {kind: Score() for kind in scores[0]}
    for one in scores:
        for kind, s in one.items():
            t = total[kind]
            t.labelled, t.read, t.paired = (
                t.labelled + s.labelled,
                t.read + s.read,
                t.paired + s.paired,
            )
            for counts, more in ((t.asked, s.asked), (t.right, s.right)):
                for attribute, n in more.items():
                    counts[attribute] = counts.get(attribute, 0) + n
    return total


def _interval(values: Sequence[float]) -> str:
    if not values:
        return ""
    ordered = sorted(values)
    low, high = (ordered[round(q * (len(ordered) - 1))] for q in (0.025, 0.975))
    return f"{low:.3f}-{high:.3f}"


def _change(value: float, before: float | None) -> str:
    if before is None:
        return "new"
    return "same" if value == before else f"{value - before:+.3f}"


def _sure_figures(documents: Sequence[Labelled]) -> tuple[int, int]:
    """How many sure figures are right in value, unit, bound and period, and how many there are."""
    right = sure = 0
    for labels, reading, text in documents:
        figures = [f for f in reading["figures"] if f["confidence"] >= HIGH]
        sure += len(figures)
        for figure in figures:
            alike = [w for w in labels["figures"] if _agrees(w, figure)]
            one = score([({"figures": alike}, {"figures": [figure]}, text)])["figures"]
            right += one.paired
    return right, sure


def _agrees(label: Mapping[str, Any], figure: Mapping[str, Any]) -> bool:
    return label["bound"] == figure["bound"] and (
        label["period"] is None or label["period"] == figure["period"]
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
