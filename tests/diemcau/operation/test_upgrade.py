"""An installation of any earlier version comes up to this one and keeps what it holds."""

import json
import os
import shutil
import signal
import subprocess
import sys
import tarfile
from io import BytesIO
from pathlib import Path

import pytest
from django.db import migrations
from django.db.migrations.loader import MigrationLoader

from tests.diemcau.readings import REPORT
from tests.installation import Installation, free_port

ROOT = Path(__file__).resolve().parents[3]

_WALK = """
import sys, json, django; django.setup()
sys.path.insert(0, sys.argv[1])
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from diemcau.operation.tables import applied_migrations, count_rows, models_at
from tests.made_up_rows import fill_tables
graph = MigrationExecutor(connection).loader.graph
for node in graph.root_nodes():
    if node not in applied_migrations(connection):
        MigrationExecutor(connection).migrate([node])
first = models_at(applied_migrations(connection))
before = fill_tables(first, 3)
connection.check_constraints()
steps = [key for node in graph.leaf_nodes() for key in graph.forwards_plan(node)]
lost = []
for node in dict.fromkeys(steps):
    if node in applied_migrations(connection):
        continue
    MigrationExecutor(connection).migrate([node])
    there = set(connection.introspection.table_names())
    for model in first:
        table = model._meta.db_table
        if table in there and count_rows(model, connection) != before[table]:
            lost.append([".".join(node), table])
print(json.dumps({"n": sum(before.values()), "tables": len(before), "lost": lost}))
"""
_COUNTS = """
import json, django; django.setup()
from django.db import connection
from diemcau.audit import chain
out = {}
with connection.cursor() as cursor:
    for table in connection.introspection.table_names(cursor):
        cursor.execute(f'SELECT count(*) FROM "{table}"')
        out[table] = cursor.fetchone()[0]
print(json.dumps({"counts": out}))
"""
_CHAIN = """
import json, django; django.setup()
from diemcau.audit import chain
report = chain.verify()
print(json.dumps({"total": report.total, "whole": report.is_whole}))
"""


def versions():
    """Every tag, and what is checked out."""
    if not (ROOT / ".git").exists() or shutil.which("git") is None:
        return []
    done = subprocess.run(["git", "tag"], cwd=ROOT, capture_output=True, text=True, check=True)
    return [*done.stdout.split(), "HEAD"]


def test_rows_of_the_first_migrations_are_all_there_after_each_later_one(new_installation):
    one = new_installation()
    told = json.loads(one.do(_WALK, str(ROOT)))
    assert told["lost"] == []
    assert told["tables"] > 30
    assert told["n"] >= 3 * 30
    chain = json.loads(one.do(_CHAIN))
    assert chain == {"total": 3, "whole": True}
    assert "The schema fits this version" in one.run("check").stdout


@pytest.mark.parametrize("version", versions() or [None])
def test_an_installation_of_an_earlier_version_is_upgraded(version, new_installation, tmp_path):
    if version is None:
        pytest.skip("no git here to take earlier versions from")
    archive = subprocess.run(
        ["git", "archive", version, "src"], cwd=ROOT, capture_output=True, check=True
    )
    with tarfile.open(fileobj=BytesIO(archive.stdout)) as tar:
        tar.extractall(tmp_path / "old", filter="data")
    for compiled in (ROOT / "src").rglob("*.mo"):
        # Its own would be built at its first start, with the fonts, which takes its time.
        target = tmp_path / "old" / compiled.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(compiled, target)
    reports = tmp_path / "docs"
    reports.mkdir()
    (reports / "a.txt").write_text(REPORT, "utf-8")
    now = new_installation()
    old = Installation(now.home, source=tmp_path / "old" / "src")
    old.env |= {k: v for k, v in now.env.items() if k == "DATABASE_URL"}
    run_once(old, reports)
    before = json.loads(old.do(_COUNTS))["counts"]
    assert before["documents_statement"] > 3
    done = now.run("manage", "migrate")
    assert done.returncode == 0, done.stdout + done.stderr
    after = json.loads(now.do(_COUNTS))["counts"]
    own = {"django_migrations", "django_content_type", "auth_permission", "django_session"}
    kept = {table: n for table, n in before.items() if table not in own and table in after}
    assert {table: after[table] for table in kept} == kept
    assert json.loads(now.do(_CHAIN))["whole"]
    assert now.run("prepare").returncode == 0
    # Going back is a restore; a backup of the upgraded installation is whole.
    backup = tmp_path / "b.tar"
    assert now.run("backup", str(backup)).returncode == 0
    assert new_installation().run("restore", str(backup), "--verify").returncode == 0


def run_once(one, reports):
    """`diemcau run` as that version had it: reads the folder, serves, stops at Ctrl-C."""
    port = free_port()
    server = subprocess.Popen(
        [
            *(sys.executable, "-m", "diemcau", "run"),
            *("--docs", str(reports), "--port", str(port)),
        ],
        env=one.env,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    said = []
    for line in server.stdout:
        said.append(line)
        if "Ctrl-C" in line:
            break
    os.killpg(server.pid, signal.SIGINT)
    rest, _ = server.communicate(timeout=60)
    assert server.returncode == 0, "".join(said) + rest


SCHEMA = (
    *(migrations.AddField, migrations.AlterField, migrations.RemoveField, migrations.RenameField),
    *(migrations.AddIndex, migrations.AddConstraint, migrations.AlterUniqueTogether),
)
DATA = (migrations.RunPython, migrations.RunSQL)
LET_PASS = {
    "directory.0002_rows_by_id": "the directory's tables have hundreds of rows",
    "delivery.0003_what_became_of_it": "varchar becomes text, which PostgreSQL stores alike",
    "audit.0004_append_only": "its Python makes triggers and touches no row",
}


def faults_of(migration, before):
    """Why a migration could hold a large table for longer than a second.

    Source: the lock levels in PostgreSQL's manual, ALTER TABLE and CREATE INDEX.
    """
    new = {o.name_lower for o in migration.operations if isinstance(o, migrations.CreateModel)}
    on_old = [
        o
        for o in migration.operations
        if isinstance(o, SCHEMA) and getattr(o, "model_name_lower", "") not in new
    ]
    faults = []
    if on_old and migration.atomic and any(isinstance(o, DATA) for o in migration.operations):
        faults.append("fills rows while it holds the lock of a changed table: make it two")
    for operation in on_old:
        if isinstance(operation, migrations.AlterField):
            state = before.models[migration.app_label, operation.model_name_lower]
            # A field that the same migration added is not there yet.
            was = state.fields.get(operation.name)
            if was and was.get_internal_type() != operation.field.get_internal_type():
                faults.append(f"changes the type of {operation.name}: writes the whole table anew")
    return faults


def test_no_migration_would_hold_a_large_table():
    loader = MigrationLoader(None)
    found = {}
    for (app, name), migration in sorted(loader.disk_migrations.items()):
        if not type(migration).__module__.startswith("diemcau."):
            continue
        parents = [p.key for p in loader.graph.node_map[app, name].parents]
        if any(key[0] == app for key in parents):
            before = loader.project_state(parents)
            if faults := faults_of(migration, before):
                found[f"{app}.{name}"] = faults
    assert set(found) == set(LET_PASS), found


def test_the_rule_finds_what_it_is_for():
    from django.db import models
    from django.db.migrations.state import ModelState, ProjectState

    before = ProjectState()
    before.add_model(ModelState("a", "Row", [("n", models.IntegerField())]))

    def made(*operations, atomic=True):
        one = migrations.Migration("0002", "a")
        one.operations, one.atomic = list(operations), atomic
        return one

    add = migrations.AddField("row", "m", models.IntegerField(null=True))
    fill = migrations.RunPython(migrations.RunPython.noop)
    assert faults_of(made(add), before) == []
    assert faults_of(made(fill), before) == []
    assert len(faults_of(made(add, fill), before)) == 1
    assert len(faults_of(made(migrations.AlterField("row", "n", models.TextField())), before)) == 1
    alter = migrations.AlterField("row", "n", models.IntegerField(null=True))
    assert faults_of(made(alter), before) == []
