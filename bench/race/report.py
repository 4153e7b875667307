"""The tables of a run of the race: `report.py OUT`; ratios are p95 of the peer over ours."""

import csv
import sys
from pathlib import Path

PAIRS = (
    ("JSON list, administrator, page 1", "json_admin_p1", "json_admin_p1", 20),
    ("JSON list, administrator, page 10", "json_admin_p10", "json_admin_p10", 20),
    ("JSON list, six bodies, page 1", "json_six_p1", "json_six_p1", 20),
    ("JSON list, six bodies, page 10", "json_six_p10", "json_six_p10", 20),
    ("HTML list, administrator, page 1", "html_admin_p1", "html_admin_p1", 10),
    ("Word in the subtree", "subject_admin", "subject_admin", 0),
    ("Word everywhere", "search_admin", "search_admin", 0),
    ("Counts by body and state", "counts_admin", "report_admin", 50),
)
"""Name, our case, the peer's, and how many times better the p95 has to be."""
SIDES = (
    ("ours", "Ours, nobody writing"),
    ("ours-writing", "Ours, somebody writing every two seconds"),
    ("ours-anew", "Ours, each answer worked out anew"),
)


def main() -> None:
    """Print the tables there are figures for."""
    out = Path(sys.argv[1])
    peer = _read(out / "redmine/results.csv")
    for side, name in SIDES:
        _compare(name, _read(out / side / "results.csv"), peer)
    _lists(_read(out / "ours/lists.csv"), _read(out / "ours-anew/lists.csv"))
    for side, name in (*SIDES, ("redmine", "Redmine")):
        _table(name, _read(out / side / "results.csv"))
        _table(f"{name}, one request", _read(out / side / "sql.csv"))
        _table(f"{name}, workers", _read(out / side / "memory.csv"))


def _compare(name: str, ours: list[dict[str, str]], peer: list[dict[str, str]]) -> None:
    """Our p95 beside the peer's, for the cases both have."""
    mine, theirs = ({(r["case"], r["concurrency"]): float(r["p95_ms"]) for r in rows}
                    for rows in (ours, peer))  # fmt: skip
    if not (mine and theirs):
        return
    print(f"{name}:\n\n| case | clients | ours p95 ms | Redmine p95 ms | times better | asked |")
    print("|---|---|---|---|---|---|")
    for label, case, its, wanted in PAIRS:
        for clients in ("1", "8"):
            a, b = mine.get((case, clients)), theirs.get((its, clients))
            if a and b:
                print(f"| {label} | {clients} | {a:.1f} | {b:.0f} | {b / a:.1f} "
                      f"| {wanted or '–'} |")  # fmt: skip
    print()


def _lists(kept: list[dict[str, str]], anew: list[dict[str, str]]) -> None:
    """Every list page: statements, p95 at 8 clients while nobody writes and worked out anew."""
    if not kept:
        return
    again = {(row["page"], row["person"]): row["p95_ms"] for row in anew}
    print("| list | person | SQL statements | p95 ms, nobody writing | least to most | anew |")
    print("|---|---|---|---|---|---|")
    for row in kept:
        other = again.get((row["page"], row["person"]), "–")
        print(f"| {row['page']} | {row['person']} | {row['sql_statements']} | {row['p95_ms']} "
              f"| {row['p95_least_ms']} to {row['p95_most_ms']} | {other} |")  # fmt: skip
    slow = [row["page"] for row in kept if float(row["p95_ms"]) > 50]
    most = max(int(row["sql_statements"]) for row in kept)
    print(f"\nMost statements of a list: {most}; over 50 ms while nobody writes: {len(slow)}"
          f" of {len(kept)}{': ' + ', '.join(sorted(set(slow))) if slow else ''}.\n")  # fmt: skip


def _table(name: str, rows: list[dict[str, str]]) -> None:
    if not rows:
        return
    print(f"{name}:\n\n| {' | '.join(rows[0])} |\n|{'---|' * len(rows[0])}")
    for row in rows:
        print(f"| {' | '.join(row.values())} |")
    print()


def _read(path: Path) -> list[dict[str, str]]:
    if not path.is_file():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


if __name__ == "__main__":
    main()
