"""Whether this installation can serve: its database, its schema, its files, its assets."""

import os
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from diemcau.operation.restore import is_unfinished

__all__ = ["pending_migrations", "what_is_wrong"]


def pending_migrations() -> list[str]:
    """Names of the migrations of this program that the database has not had."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _backwards in plan]


def what_is_wrong(*, needs_database: bool = True) -> list[str]:
    """One sentence for each thing that stands in the way, with what to do; empty if it can serve.

    Args:
        needs_database: whether a database that does not answer is one of these things.
    """
    wrong = []
    try:
        if is_unfinished():
            wrong.append("a restore was interrupted: run `diemcau restore` again")
        elif pending := pending_migrations():
            wrong.append(f"the database lacks {len(pending)} migrations: run `diemcau prepare`")
    except DatabaseError:
        if needs_database:
            wrong.append("the database does not answer: see DATABASE_URL and its server")
    home = Path(settings.HOME)
    if not os.access(home, os.W_OK):
        wrong.append(f"{home} cannot be written to: give it to the user of the service")
    if settings.PRODUCTION and not getattr(staticfiles_storage, "hashed_files", {}):
        wrong.append(f"no static files in {settings.STATIC_ROOT}: run `diemcau prepare`")
    return wrong
