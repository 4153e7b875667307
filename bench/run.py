"""Run every benchmark of this folder and print its tables.

--save keeps them with the date and writes the table of the READMEs, also where one says by its
exit status that a bar was missed: a number is kept because it was measured, not because it pleases.

PYTHONPATH=src python bench/run.py [--save]
"""

import os
import platform
import subprocess
import sys
from datetime import datetime
from pathlib import Path

from readme import ACCURACY, DATES, MANY, READING, write_tables

HERE = Path(__file__).parent
BENCHMARKS = {
    "accuracy": ACCURACY,
    "confidence": "What confidence means",
    "dates": DATES,
    "reading": READING,
    "stages": "Where the time of a reading goes",
    "many": MANY,
    "near": "Near copies among many short texts",
    "resolve": "Resolving names",
}
DOES_NOT_PROVE = """\
## What this does not prove

- How well real documents of others are read: the texts by kind and those held out were composed and
  labelled by three persons, each their own, and the sets are small (see the intervals).
- What another machine does. Absolute times are of this one, shared with other work; the ratio of
  two readers that took turns is firmer than either time.
- That the larger ratio is the fair one: a whole document is the easy way to call `underthesea`, but
  its cost grows with the square of the length; sentence by sentence is its faster way.
- That the two readers do the same work. `underthesea ner` finds names of people, places and
  organisations by a model of 2017; vanban reads eight kinds of records of one register of texts.
- Anything about scanned pages, or about loading HTML, DOCX and PDF: texts are loaded beforehand.
- How dates are read in texts of others: the labelled ones are ours. Half of the texts are samples
  the rules were looked at against; half were written for the comparison.
- That a confidence holds for documents unlike the labelled ones; there are few, and most are ours.
- What two processes bring on this machine, if its load was high when they were timed.
- That no input is slow: the inputs made to be slow are those we thought of.
"""


def main(arguments: list[str]) -> int:
    """Run the benchmarks one after another; returns 1 if one missed its bar or broke off."""
    day = f"{datetime.now().astimezone():%Y-%m-%d}"
    report = [f"# Benchmarks, {day}\n", _machine()]
    printed = {}
    failed: list[str] = []
    for name, title in BENCHMARKS.items():
        print(f"## {title}\n", flush=True)
        done = subprocess.run(
            [sys.executable, str(HERE / f"{name}.py")],
            stdout=subprocess.PIPE,
            text=True,
            env=os.environ | {"PYTHONPATH": f"{HERE.parent / 'src'}:{HERE.parent}"},
        )
        print(done.stdout, flush=True)
        printed[title] = done.stdout
        if done.returncode:
            failed.append(title)
        report.append(f"## {title}\n\n{done.stdout}")
    if failed:
        report.insert(2, f"Missed its bar or broke off: {', '.join(failed)}.\n")
    report.append(DOES_NOT_PROVE)
    if "--save" in arguments:
        path = HERE / "results" / f"{day}.md"
        path.parent.mkdir(exist_ok=True)
        path.write_text("\n".join(report), "utf-8")
        write_tables(printed, day)
        print(f"written to {path} and the READMEs")
    return 1 if failed else 0


def _machine() -> str:
    load = ", ".join(f"{x:.1f}" for x in os.getloadavg())
    return (
        f"{os.cpu_count()} CPUs ({platform.machine()}), Python {platform.python_version()}, "
        f"load averages at the start {load}.\n"
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
