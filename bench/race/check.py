"""Ask our side of the race what the peer was asked: `check.py DATA KEYS URL [IDS]`.

Compares every answer with the CSV set, worked out here by hand, and query (a) with the ids the
peer gave (IDS: the folder of its ids_admin.json and ids_six.json). Returns 1 where one differs.
"""

import csv
import datetime as dt
import json
import sys
import urllib.parse
import urllib.request
from collections import Counter
from pathlib import Path
from typing import Any

CELLS = {
    "done_on_time": ("done_on_time", "done"),
    "done_late": ("done_late",),
    "open_in_time": ("in_time", "near", "none"),
    "open_overdue": ("late",),
}
"""The race's four states and our standings: what has no deadline counts there as in time."""


class Ours:
    """Our service, asked with a token."""

    def __init__(self, url: str, token: str) -> None:
        self.url, self.token = url, token

    def get(self, path: str, **query: Any) -> Any:
        """One answer."""
        asked = urllib.parse.urlencode(query, doseq=True)
        request = urllib.request.Request(
            f"{self.url}/api/v1/{path}?{asked}", headers={"Authorization": f"Bearer {self.token}"}
        )
        with urllib.request.urlopen(request, timeout=120) as answer:
            return json.load(answer)

    def ids(self, **query: Any) -> list[int]:
        """All pages of a list."""
        found: list[int] = []
        after = ""
        while True:
            page = self.get("tasks", limit=100, after=after, **query)
            found += [row["id"] for row in page["items"]]
            if not (after := page["next"] or ""):
                return found


def main() -> int:
    """Ask and compare."""
    data, keys, url = Path(sys.argv[1]), json.loads(Path(sys.argv[2]).read_text()), sys.argv[3]
    facts = json.loads((data / "facts.json").read_text())
    orgs = _read(data / "orgs.csv")
    tasks = _read(data / "tasks.csv")
    code = {row["id"]: row["code"] for row in orgs}
    parent = {row["id"]: row["parent_id"] for row in orgs}
    target = str(facts["target_org"])

    def under(org: str) -> bool:
        while org and org != target:
            org = parent[org]
        return org == target

    six = {str(one) for one in facts["restricted_orgs"]}
    asked = {"body": facts["target_code"], "leads": True}
    ok = True

    def say(what: str, found: Any, expected: Any) -> None:
        nonlocal ok
        same = found == expected
        ok &= same
        shown = f"{len(found)} ids" if isinstance(found, list) else found
        print(f"{'as expected' if same else 'DIFFERS'}: {what}: {shown}")
        if not same:
            print(f"  expected {str(expected)[:200]}; found {str(found)[:200]}")

    for who in ("admin", "six"):
        ours = Ours(url, keys[who]["token"])
        mine = [row for row in tasks if who == "admin" or row["org_id"] in six]
        wanted = sorted(
            (row["due_date"], int(row["id"]))
            for row in mine
            if row["status"].startswith("open")
            and row["due_date"]
            and row["due_date"] <= facts["until"]
            and under(row["org_id"])
        )
        query = {"owed": True, "due_by": facts["until"], "sort": "due", **asked}
        found = ours.ids(**query)
        say(f"query (a) as {who}, order and set of the CSV", found, [pk for _due, pk in wanted])
        if len(sys.argv) > 4:
            given = json.loads((Path(sys.argv[4]) / f"ids_{who}.json").read_text())["ids"]
            say(f"query (a) as {who}, order and set of the peer", found, given)
        any_role = ours.ids(**{**query, "leads": False})
        say(f"query (a) as {who}, in whatever role", any_role, [pk for _due, pk in wanted])
        for what, day in (("day of the CSV", facts["ref"]), ("today", "")):
            on = dt.date.fromisoformat(day) if day else dt.date.fromisoformat(
                ours.get("tasks/counts/by-body")["on"]
            )  # fmt: skip
            counts = ours.get("tasks/counts/by-body", **({"on": day} if day else {}))
            say(f"counts by body and state as {who}, {what}", *_cells(counts, mine, code, on))
        words = sorted(int(row["id"]) for row in mine if facts["word"] in row["title"])
        say(f"word as {who}, all", sorted(ours.ids(words=facts["word"])), words)
        below = {int(row["id"]) for row in mine if under(row["org_id"])}
        found = sorted(ours.ids(words=facts["word"], **asked))
        say(f"word as {who}, subtree", found, [pk for pk in words if pk in below])
        n = ours.get("tasks/counts")["all"]
        say(f"all that {who} sees", n, len(mine))
    print("ALL RIGHT" if ok else "DIFFERS")
    return 0 if ok else 1


def _cells(
    counts: dict[str, Any], tasks: list[dict[str, str]], code: dict[str, str], on: dt.date
) -> tuple[dict[str, int], dict[str, int]]:
    """Our counts and the CSV's, by "organisation state" of the race."""
    found = {
        f"{row['lead']} {state}": n
        for row in counts["bodies"]
        for state, ours in CELLS.items()
        if (n := sum(row[one] for one in ours))
    }
    expected: Counter[str] = Counter()
    for row in tasks:
        state = row["status"]
        if state.startswith("open"):
            # The set says so as of its day; days have passed since.
            late = row["due_date"] and row["due_date"] < on.isoformat()
            state = "open_overdue" if late else "open_in_time"
        expected[f"{code[row['org_id']]} {state}"] += 1
    return _Told(found), _Told(expected)


class _Told(dict[str, int]):
    """Counts that print as one line."""

    def __str__(self) -> str:
        return f"{len(self)} cells, {sum(self.values())} tasks"


def _read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


if __name__ == "__main__":
    sys.exit(main())
