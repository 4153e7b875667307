"""Every list page on the race's ledger: `lists.py KEYS URL OUT [SECONDS]`.

For the administrator and the person of six bodies: the statements one page asks when nothing is
kept, counted in this process; then p95 with wrk at 8 clients against the server at URL, which keeps
answers or does not, the median of some rounds over all pages. OUT gets lists.csv.
"""

import csv
import json
import logging
import os
import re
import subprocess
import sys
from pathlib import Path
from statistics import median
from typing import NamedTuple
from urllib.parse import quote

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "diemcau.settings")
HERE = Path(__file__).resolve().parent
TASKS = {
    "tasks": ("", "?tinh-trang=late", "?q=khẩn", "?cua-toi=1", "?im-lang=30", "?ngay=2026-06-30"),
    "body_board": ("",),
    "report_calendar": ("",),
}
ROUNDS = 3
PAGES = (
    *("home", "unclear_tasks", "take_overs", "threads", "echoes", "compare_conferences"),
    *("statistics", "six_fields", "funnel", "obstacles", "shortcomings", "ledger_instruments"),
    *("agreements", "commitments", "events", "people", "instruments", "partners", "figures"),
    *("clashes", "figures_by_unit", "directory", "directory_partners", "documents", "review"),
    *("notices", "urging_rules", "task_views", "jobs"),
)
"""By the name of the address; of the ledger's own pages several questions."""


def main() -> None:
    """Count and measure page by page."""
    import django

    django.setup()
    from django.conf import settings
    from django.urls import reverse

    logging.disable(logging.CRITICAL)
    settings.KEEPS_ANSWERS = False
    keys, url, out = json.loads(Path(sys.argv[1]).read_text()), sys.argv[2], Path(sys.argv[3])
    seconds = int(sys.argv[4]) if len(sys.argv) > 4 else 5
    body = {"body_board", "report_calendar"}
    asked = [(reverse(name), "") for name in PAGES]
    for name, queries in TASKS.items():
        path = reverse(name, args=["khoi-dai-dien"] if name in body else [])
        asked += [(path, query) for query in queries]
    pages = [(path + query, who) for path, query in sorted(asked) for who in ("admin", "six")]
    counted = {(page, who): _count(page, keys[who]["cookie"]) for page, who in pages}
    seen: dict[tuple[str, str], list[_Run]] = {one: [] for one in pages}
    # The machine's speed comes and goes for minutes: each page is asked in every round.
    for n in range(ROUNDS):
        for page, who in pages:
            run = _measure(
                f"{url}{quote(page, safe='/?=&-')}", f"Cookie: {keys[who]['cookie']}", seconds
            )
            seen[page, who].append(run)
            print(n + 1, page, who, *run, sep=",", flush=True)
    with (out / "lists.csv").open("w", newline="") as file:
        table = csv.writer(file)
        columns = ("p50_ms", "p95_ms", "p95_least_ms", "p95_most_ms", "req_s", "errors")
        table.writerow(["page", "person", "sql_statements", *columns])
        for (page, who), runs in seen.items():
            p95 = sorted(run.p95 for run in runs)
            table.writerow(
                [
                    *(page, who, counted[page, who], median(run.p50 for run in runs)),
                    *(median(p95), p95[0], p95[-1], median(run.per_second for run in runs)),
                    sum(run.errors for run in runs),
                ]
            )


class _Run(NamedTuple):
    """One page for some seconds: milliseconds, requests a second, answers that were none."""

    p50: float
    p95: float
    per_second: float
    errors: int


def _count(address: str, cookie: str) -> int:
    """Statements of the second request, so that what a process reads once is not counted."""
    from django.db import connection
    from django.test import Client

    client = Client(SERVER_NAME="127.0.0.1")
    name, _equals, value = cookie.partition("=")
    client.cookies[name] = value
    seen: list[str] = []

    def note(execute, sql, params, many, context):  # type: ignore[no-untyped-def]
        seen.append(sql)
        return execute(sql, params, many, context)

    if client.get(address).status_code != 200:
        sys.exit(f"{address} does not answer")
    with connection.execute_wrapper(note):
        client.get(address)
    return len(seen)


def _measure(address: str, header: str, seconds: int) -> _Run:
    """A page for some seconds at 8 clients, after requests that warm every worker up."""
    warm_up = ["hey", "-n", "200", "-c", "8", "-t", "60", "-H", header, address]
    subprocess.run(warm_up, capture_output=True, check=True)
    command = ["wrk", "-t1", "-c8", f"-d{seconds}s", "--timeout", "60s", "-s"]
    told = subprocess.run(
        [*command, str(HERE / "report.lua"), "-H", header, address],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    found = re.search(r"MEASURED,(.*)", told)
    if found is None:
        sys.exit(f"wrk said: {told[-500:]}")
    p50, p95, _p99, _most, per_second, _n, errors, not_200 = found[1].split(",")
    return _Run(float(p50), float(p95), float(per_second), int(errors) + int(not_200))


if __name__ == "__main__":
    main()
