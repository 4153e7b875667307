"""Attack a server of this machine with a filled database of its own; print what held.

PYTHONPATH=src:. python -m bench.attacks [--save] [--only WORD]
"""

import os
import sys
import tempfile
from datetime import datetime
from pathlib import Path
from time import perf_counter

RESULTS = Path(__file__).parents[1] / "results"
DOES_NOT_PROVE = """\
## What this does not prove

- That nothing else works: only what is listed was tried, by a script, on one day.
- Anything about nginx, TLS, the operating system or the network in front: gunicorn was attacked
  directly, on the loopback of this machine.
- That a picture of a stamp is seen: the guard reads text.
"""


def main(arguments: list[str]) -> int:
    """Run the attacks; returns 1 if one of them got through."""
    only = arguments[arguments.index("--only") + 1] if "--only" in arguments else ""
    with tempfile.TemporaryDirectory(prefix="diemcau-attack-") as folder:
        home = Path(folder) / "home"
        home.mkdir()
        _prepare(home)
        results, memory = _run(home, only)
    report = _report(results, memory)
    print(report)
    if "--save" in arguments:
        path = RESULTS / f"attacks-{datetime.now().astimezone():%Y-%m-%d}.md"
        path.write_text(report, "utf-8")
        print(f"written to {path}")
    return 1 if any(result.failures for result, _seconds in results) else 0


def _prepare(home: Path) -> None:
    os.environ["DIEMCAU_HOME"] = str(home)
    os.environ["DJANGO_SETTINGS_MODULE"] = "diemcau.settings"
    os.environ["DIEMCAU_HOSTS"] = "127.0.0.1"
    import django

    django.setup()
    from bench.attacks.house import fill
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    fill()


def _run(home: Path, only: str) -> tuple[list, int]:
    from bench.attacks.all import ATTACKS, Result
    from bench.attacks.house import house_of, peak_memory, serving

    results = []
    with serving(home) as (address, server):
        for name, attack in ATTACKS.items():
            if only.lower() not in name.lower():
                continue
            result, began = Result(name), perf_counter()
            # Sessions are made anew: an attack may have ended one.
            attack(house_of(address, home), result)
            results.append((result, perf_counter() - began))
            state = f"{len(result.failures)} got through" if result.failures else "held"
            print(f"{name}: {result.n} tries, {state} ({results[-1][1]:.1f} s)", flush=True)
            for failure in result.failures[:15]:
                print(f"  - {failure}", flush=True)
        return results, peak_memory(server)


def _report(results: list, memory: int) -> str:
    lines = [
        f"# Attacks, {datetime.now().astimezone():%Y-%m-%d}\n",
        "`PYTHONPATH=src:. python -m bench.attacks --save`, against gunicorn (two workers of eight "
        "threads) on the loopback, SQLite, a database filled from `samples/`.\n",
        "| Attack | Tries | Got through | Seconds |",
        "|---|---:|---:|---:|",
    ]
    lines += [f"| {r.name} | {r.n:,} | {len(r.failures)} | {s:.1f} |" for r, s in results]
    n, failed = sum(r.n for r, _s in results), sum(len(r.failures) for r, _s in results)
    lines += [f"| **All** | **{n:,}** | **{failed}** | {sum(s for _r, s in results):.1f} |", ""]
    lines += [f"The largest worker took {memory / 1024**2:.0f} MB at most.\n"] if memory else []
    for result, _seconds in results:
        lines += [f"- {result.name}: {failure}" for failure in result.failures[:20]]
    return "\n".join([*lines, DOES_NOT_PROVE])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
