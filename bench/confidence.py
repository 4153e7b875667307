"""How well confidence tells what is right, on labelled documents; --write counts anew.

PYTHONPATH=src:. python bench/confidence.py            print the reliability table
PYTHONPATH=src:. python bench/confidence.py --write    count, write data/confidence.yml, print
PYTHONPATH=src:. python bench/confidence.py --first NAME...    keep the first reading of new texts

A NAME is that of a text in `tests/vanban/gold`, or the path of labels (NAME.json beside NAME.txt)
of a text that is not here: only its counts are kept.

The table is honest about documents that were not counted: each is judged by what the others gave
(leave one document out). It cannot be about rules that were changed on these very documents; so a
new text is labelled, then read once with --first, and only then looked at while rules change.
"Right" is `vanban.scoring.verdicts`: about a thing labelled, and right in what a person would
otherwise have to correct. Labels: `tests/vanban/gold`, and the labelled reports beside the
repository if they are there.
"""

import json
import os
import sys
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import yaml

from vanban import load
from vanban.confidence import HIGH, MEDIUM, Calibration, first_readings, level_of, mark_of
from vanban.data import build
from vanban.reading import read_as_stated
from vanban.scoring import verdicts

ROOT = Path(__file__).parents[1]
SHARED = Path(os.environ.get("DIEMCAU_SHARED", ROOT / ".." / "shared"))
DATA = ROOT / "src" / "vanban" / "data" / "confidence.yml"
FIRST = ROOT / "src" / "vanban" / "data" / "first_readings.yml"
HEAD = """\
# How many records read in labelled documents were right: rule (and marks), then the confidence
# its reader states in per mille, then [right, read]. Written by
# `python bench/confidence.py --write`; what is made of the counts is in vanban/confidence.py.
"""


class Judged(NamedTuple):
    """One record read in a labelled document, and whether it is right."""

    document: str
    kind: str
    mark: str
    stated: float
    is_right: bool


def judged() -> list[Judged]:
    """Every record read in the labelled documents."""
    found = []
    for path in sorted((ROOT / "tests" / "vanban" / "gold").glob("*.json")):
        (sample,) = (p for p in (ROOT / "samples").glob(f"{path.stem}.*") if p.suffix != ".py")
        found += _judge(path, sample)
    for folder in ("composed", "learnt"):
        for path in sorted((ROOT / "tests" / "vanban" / "gold" / folder).glob("*.json")):
            found += _judge(path, path.with_suffix(".txt"))
    for path in sorted((SHARED / "eval" / "gold").glob("*.json")):
        found += _judge(path, SHARED / "seeds" / f"{path.stem}.txt")
    return found


def _judge(labels: Path, source: Path) -> list[Judged]:
    wanted = json.loads(labels.read_text("utf-8"))
    document = load(source)
    reading = read_as_stated(document)
    got = reading.to_dict()
    return [
        Judged(labels.stem, kind, mark_of(record), record["confidence"], is_right)
        for kind in reading.counts()
        if kind in wanted
        for record, is_right in zip(
            got[kind], verdicts(kind, wanted, got, document.text), strict=True
        )
    ]


def counts(records: Iterable[Judged]) -> dict[str, dict[str, dict[int, tuple[int, int]]]]:
    """Kind to rule to stated confidence in per mille to right and read."""
    found: dict = defaultdict(lambda: defaultdict(dict))
    for r in records:
        stated = round(r.stated * 1000)
        right, read = found[r.kind][r.mark].get(stated, (0, 0))
        found[r.kind][r.mark][stated] = (right + r.is_right, read + 1)
    return found


def write(records: list[Judged]) -> None:
    """Write the counts as data, and compile them."""
    lines = [HEAD]
    for kind, rules in sorted(counts(records).items()):
        lines.append(f"{kind}:\n")
        for rule, by_stated in sorted(rules.items()):
            told = ", ".join(f"{s}: [{r}, {n}]" for s, (r, n) in sorted(by_stated.items()))
            lines.append(f"  {rule}: {{{told}}}\n")
    DATA.write_text("".join(lines), "utf-8")
    build.main([])


def keep_first(names: list[str]) -> None:
    """Keep how composed texts are read before any rule is changed on them.

    Raises:
        SystemExit: a text was kept before; a second reading is no first one.
    """
    gold = ROOT / "tests" / "vanban" / "gold"
    texts: dict[str, Path] = {}
    for name in names:
        if name.endswith(".json"):
            texts[f"elsewhere.{Path(name).stem}"] = Path(name)
        else:
            (texts[name],) = gold.glob(f"*/{name}.json")
    known = yaml.safe_load(FIRST.read_text("utf-8"))
    if again := texts.keys() & known.keys():
        raise SystemExit(f"read before: {', '.join(sorted(again))}")
    lines = []
    for name, labels in texts.items():
        lines.append(f"{name}:\n")
        records = _judge(labels, labels.with_suffix(".txt"))
        for kind in sorted({r.kind for r in records}):
            found: dict[int, tuple[int, int]] = {}
            for r in records:
                if r.kind == kind:
                    stated = round(r.stated * 1000)
                    right, read = found.get(stated, (0, 0))
                    found[stated] = (right + r.is_right, read + 1)
            told = ", ".join(f"{s}: [{r}, {n}]" for s, (r, n) in sorted(found.items()))
            lines.append(f"  {kind}: {{{told}}}\n")
    with FIRST.open("a", encoding="utf-8") as file:
        file.writelines(lines)
    build.main([])


def held_out(records: list[Judged]) -> list[tuple[Judged, float]]:
    """Each record with the confidence that the other documents' labels give it."""
    found = []
    for document in sorted({r.document for r in records}):
        others = counts(r for r in records if r.document != document)
        fitted = {
            kind: Calibration(rules, first_readings(kind, but=document))
            for kind, rules in others.items()
        }
        for r in records:
            if r.document == document:
                known = fitted.get(r.kind, Calibration({}))
                found.append((r, known.share(r.mark, r.stated)))
    return found


def main(arguments: list[str]) -> int:
    """Print how often records of each kind and level are right."""
    if "--first" in arguments:
        keep_first(arguments[arguments.index("--first") + 1 :])
        return 0
    records = judged()
    if "--write" in arguments:
        write(records)
    rows = held_out(records)
    documents = len({r.document for r in records})
    print(f"{len(records)} records of {documents} labelled documents; each judged by the others\n")
    print(f"| kind | level (high from {HIGH}, medium from {MEDIUM}) | records | told | right |")
    print("|---|---|---|---|---|")
    kinds = sorted({r.kind for r in records})
    for kind in [*kinds, "all"]:
        for level in ("high", "medium", "low"):
            some = [
                (r, told) for r, told in rows if kind in (r.kind, "all") and level_of(told) == level
            ]
            if some:
                told = sum(t for _, t in some) / len(some)
                right = sum(r.is_right for r, _ in some) / len(some)
                print(f"| {kind} | {level} | {len(some)} | {told:.2f} | {right:.2f} |")
    brier = sum((told - r.is_right) ** 2 for r, told in rows) / len(rows)
    stated = sum((r.stated - r.is_right) ** 2 for r in records) / len(records)
    print(f"\nBrier score {brier:.3f}; of the confidences as readers state them {stated:.3f}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
