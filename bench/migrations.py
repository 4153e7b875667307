"""How long each migration keeps others waiting, on PostgreSQL, with many rows where it works.

PYTHONPATH=src:. python bench/migrations.py [ROWS]

The tables are made by the first migrations and filled; then each later migration is applied while
somebody reads a row of each large table and writes one back, over and over. The longest wait is
what a person at a page would have met.
"""

import sys
import tempfile
import threading
import time
from pathlib import Path

from bench.cluster import Cluster
from tests.installation import Installation

ROOT = Path(__file__).resolve().parents[1]
_INSIDE = """
import sys, django; django.setup()
sys.path.insert(0, sys.argv[1])
from bench.migrations import inside
inside(int(sys.argv[2]))
"""
_MOST = 1.0
_OURS = ("accounts", "audit", "directory", "documents", "indicators", "delivery", "review", "gate")
_LARGE = (
    *("accounts_user", "audit_auditentry", "documents_document", "documents_statement"),
    "delivery_task",
)
"""Tables that a later migration changes, fills or refers to; a new one is added with it."""


def main(arguments: list[str]) -> int:
    """Measure; returns 1 if somebody had to wait for longer than a second."""
    n = int(arguments[0]) if arguments else 100_000
    cluster = Cluster()
    try:
        with tempfile.TemporaryDirectory(prefix="diemcau-migrations-") as home:
            one = Installation(Path(home), url=cluster.make("migrations"))
            one.env["DIEMCAU_STATEMENT_SECONDS"] = "0"
            said = one.do(_INSIDE, str(ROOT), str(n))
    finally:
        cluster.stop()
    print(said)
    return 1 if "TOO LONG" in said else 0


def inside(n: int) -> None:
    """Run in the installation: make, fill, migrate, watch."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor
    from tests.made_up_rows import fill_tables

    from diemcau.operation.tables import applied_migrations, models_at

    graph = MigrationExecutor(connection).loader.graph
    roots = set(graph.root_nodes())
    for node in sorted(roots):
        # A room that came later begins on what others had become by then; it is a step below.
        if node not in applied_migrations(connection) and roots.issuperset(
            step for step in graph.forwards_plan(node) if step[0] in _OURS
        ):
            MigrationExecutor(connection).migrate([node])
    first = models_at(applied_migrations(connection))
    large = [m for m in first if m._meta.db_table in _LARGE]
    fill_tables(first, 50, more=dict.fromkeys(_LARGE, n))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    print(f"{n} rows in each of {len(large)} tables.\n")
    print("| migration | seconds | longest wait of a reader or writer | |\n|---|---:|---:|---|")
    watched = [(m._meta.db_table, m._meta.pk.column) for m in large]
    watch = _Watch(watched)
    time.sleep(2)
    wait, table = watch.end()
    print(f"| nothing, for comparison | 2 | {wait:.2f} s ({table}) | |", flush=True)
    steps = [key for leaf in graph.leaf_nodes() for key in graph.forwards_plan(leaf)]
    for node in dict.fromkeys(steps):
        if node in applied_migrations(connection):
            continue
        watch = _Watch(watched)
        began = time.perf_counter()
        MigrationExecutor(connection).migrate([node])
        seconds = time.perf_counter() - began
        wait, table = watch.end()
        verdict = f"TOO LONG: {table}" if wait > _MOST else "ok"
        print(f"| {'.'.join(node)} | {seconds:.2f} | {wait:.2f} s ({table}) | {verdict} |")


class _Watch:
    """Readers and writers of every table, one connection each, until the migration is done."""

    def __init__(self, tables: list[tuple[str, str]]) -> None:
        import psycopg
        from django.db import connection

        parameters = {
            k: v
            for k, v in connection.get_connection_params().items()
            if k in ("dbname", "user", "host", "password", "port")
        }
        self._done, self._longest, self._at = threading.Event(), 0.0, ""
        self._people = [
            threading.Thread(target=self._use, args=(psycopg.connect(**parameters), t, pk))
            for t, pk in tables
        ]
        for person in self._people:
            person.start()
        time.sleep(0.3)
        self._longest = 0.0

    def _use(self, database, table: str, pk: str) -> None:
        from psycopg import Error

        database.autocommit = True
        while not self._done.wait(0.02):
            for sql in (
                f'SELECT 1 FROM "{table}" LIMIT 1',
                f'UPDATE "{table}" SET "{pk}" = "{pk}"'
                f' WHERE "{pk}" = (SELECT min("{pk}") FROM "{table}")',
            ):
                began = time.perf_counter()
                try:
                    database.execute(sql)
                except Error:
                    # A table that is gone, or a log that refuses writers.
                    continue
                took = time.perf_counter() - began
                if took > self._longest:
                    self._longest, self._at = took, table
        database.close()

    def end(self) -> tuple[float, str]:
        """The longest wait in seconds, and at which table."""
        self._done.set()
        for person in self._people:
            person.join()
        return self._longest, self._at


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
