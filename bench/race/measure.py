"""Measure our side with the peer's cases: `measure.py DATA KEYS URL OUT [SECONDS] [CASES]`.

200 warm-up requests a case at 8 clients, then SECONDS (30) with wrk at 1 client and at 8; then one
request a case for its SQL statements, by pg_stat_statements where RACE_PSQL asks our database.
OUT gets results.csv, sql.csv and memory.csv with the peer's columns.
"""

import json
import os
import re
import shlex
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from pathlib import Path

HERE = Path(__file__).resolve().parent
PAGE = 10


def main() -> None:
    """Measure every case chosen."""
    data, keys_path, url, out = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], Path(sys.argv[4])
    seconds = int(sys.argv[5]) if len(sys.argv) > 5 else 30
    chosen = re.compile(sys.argv[6] if len(sys.argv) > 6 else ".")
    facts = json.loads((data / "facts.json").read_text())
    out.mkdir(parents=True, exist_ok=True)
    asked = {n: c for n, c in _cases(facts, json.loads(keys_path.read_text()), url).items()
             if chosen.search(n)}  # fmt: skip
    _memory(out, "before")
    with (out / "results.csv").open("a") as file:
        if not file.tell():
            file.write("case,concurrency,p50_ms,p95_ms,p99_ms,max_ms,req_s,requests,errors,"
                       "not_200,load1_before,load1_after\n")  # fmt: skip
        for name, (address, header) in asked.items():
            _ask(address, header)
            _run("hey", "-n", "200", "-c", "8", "-t", "60", "-H", header, address)
            for clients in (1, 8):
                before = os.getloadavg()[0]
                told = _run("wrk", "-t1", f"-c{clients}", f"-d{seconds}s", "--timeout", "60s",
                            "-s", str(HERE / "report.lua"), "-H", header, address)  # fmt: skip
                found = re.search(r"MEASURED,(.*)", told)
                if found is None:
                    sys.exit(f"wrk said: {told[-500:]}")
                row = f"{name},{clients},{found[1]},{before:.2f},{os.getloadavg()[0]:.2f}"
                file.write(row + "\n")
                print(row, flush=True)
            _memory(out, f"after_{name}")
    _count_sql(out, asked)


def _cases(facts: dict, keys: dict, url: str) -> dict[str, tuple[str, str]]:
    """Address and header of each case."""
    tokens = {who: f"Authorization: Bearer {keys[who]['token']}" for who in ("admin", "six")}
    session = f"Cookie: {keys['admin']['cookie']}"
    below = {"body": facts["target_code"], "leads": "true", "limit": 100}
    owed = {"owed": "true", "due_by": facts["until"], **below}

    def api(path: str, **query: object) -> str:
        return f"{url}/api/v1/{path}?{urllib.parse.urlencode(query, doseq=True)}"

    def tenth(query: dict, header: str) -> str:
        after = ""
        for _ in range(PAGE - 1):
            after = json.loads(_ask(api("tasks", **query, after=after), header))["next"]
        return api("tasks", **query, after=after)

    page = {
        "tinh-trang": "late,near,in_time,none", "den-han": facts["until"],
        "co-quan": facts["target_code"], "vai-tro": "chu-tri", "so-dong": 100,
    }  # fmt: skip
    any_role = {**owed, "leads": "false"}
    return {
        "json_admin_p1": (api("tasks", **owed), tokens["admin"]),
        "json_admin_p10": (tenth(owed, tokens["admin"]), tokens["admin"]),
        "json_six_p1": (api("tasks", **owed), tokens["six"]),
        "json_six_p10": (tenth(owed, tokens["six"]), tokens["six"]),
        "json_admin_any_role": (api("tasks", **any_role), tokens["admin"]),
        "html_admin_p1": (f"{url}/so-theo-doi/?{urllib.parse.urlencode(page)}", session),
        "subject_admin": (api("tasks", words=facts["word"], **below), tokens["admin"]),
        "search_admin": (api("tasks", words=facts["word"], limit=100), tokens["admin"]),
        "counts_admin": (api("tasks/counts/by-body"), tokens["admin"]),
        "counts_six": (api("tasks/counts/by-body"), tokens["six"]),
    }


def _ask(address: str, header: str) -> bytes:
    name, _colon, value = header.partition(": ")
    request = urllib.request.Request(address, headers={name: value})
    with urllib.request.urlopen(request, timeout=60) as answer:
        return answer.read()


def _run(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def _memory(out: Path, when: str) -> None:
    """RSS and PSS of the workers, whose master's id stands in RACE_PID."""
    master = Path(os.environ["RACE_PID"]).read_text().strip()
    with (out / "memory.csv").open("a") as file:
        if not file.tell():
            file.write("when,pid,rss_mib,pss_mib\n")
        for pid in _run("pgrep", "-P", master).split():
            rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
            rss, pss = (int(re.search(rf"^{n}:\s+(\d+)", rollup, re.M)[1]) for n in ("Rss", "Pss"))
            file.write(f"{when},{pid},{rss / 1024:.0f},{pss / 1024:.0f}\n")


def _count_sql(out: Path, asked: dict[str, tuple[str, str]]) -> None:
    psql = shlex.split(os.environ.get("RACE_PSQL", ""))
    with (out / "sql.csv").open("w") as file:
        file.write("case,bytes,ms,sql_statements,sql_ms\n")
        for name, (address, header) in asked.items():
            if psql:
                _run(*psql, "-c", "SELECT pg_stat_statements_reset()")
            began = time.perf_counter()
            size = len(_ask(address, header))
            ms = (time.perf_counter() - began) * 1000
            told = _run(*psql, "-F,", "-c", _STATEMENTS).strip() if psql else ","
            row = f"{name},{size},{ms:.0f},{told}"
            file.write(row + "\n")
            print(row, flush=True)


_STATEMENTS = """
SELECT sum(calls), round(sum(total_exec_time)::numeric, 1) FROM pg_stat_statements
WHERE userid = 'diemcau'::regrole AND query !~ 'pg_stat_statements'
"""

if __name__ == "__main__":
    main()
