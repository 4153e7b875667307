"""Triggers by which the database itself refuses to change or delete an entry of the log.

They stand in the way of a mistake and of a query typed by hand, not of whoever owns the database:
that is what the chain is for.
"""

from django.db.backends.base.base import BaseDatabaseWrapper

__all__ = ["install", "is_installed", "remove"]

_TABLE = "audit_auditentry"
_SAID = "the audit log is append-only"

_INSTALL = {
    "sqlite": [
        f"CREATE TRIGGER IF NOT EXISTS audit_no_{verb.lower()} BEFORE {verb} ON {_TABLE}"
        f" BEGIN SELECT RAISE(ABORT, '{_SAID}'); END"
        for verb in ("UPDATE", "DELETE")
    ],
    "postgresql": [
        "CREATE OR REPLACE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS"
        f" $$ BEGIN RAISE EXCEPTION '{_SAID}'; END $$",
        *(
            f"CREATE OR REPLACE TRIGGER audit_no_{verb.lower()} BEFORE {verb} ON {_TABLE}"
            " FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()"
            for verb in ("UPDATE", "DELETE", "TRUNCATE")
        ),
    ],
}
_REMOVE = {
    "sqlite": [f"DROP TRIGGER IF EXISTS audit_no_{verb}" for verb in ("update", "delete")],
    "postgresql": [
        f"DROP TRIGGER IF EXISTS audit_no_{verb} ON {_TABLE}"
        for verb in ("update", "delete", "truncate")
    ],
}
_FIND = {
    "sqlite": "SELECT count(*) FROM sqlite_master WHERE name LIKE 'audit_no_%'",
    "postgresql": "SELECT count(*) FROM pg_trigger WHERE tgname LIKE 'audit_no_%'",
}


def install(connection: BaseDatabaseWrapper) -> None:
    """Put the triggers in place; those that stand already stay.

    A migration that makes the table anew (SQLite) drops them, so this runs after each upgrade.
    """
    _run(connection, _INSTALL[connection.vendor])


def remove(connection: BaseDatabaseWrapper) -> None:
    """Take the triggers away: for a restore, and for tests that empty every table."""
    _run(connection, _REMOVE[connection.vendor])


def is_installed(connection: BaseDatabaseWrapper) -> bool:
    """Whether every trigger stands."""
    with connection.cursor() as cursor:
        cursor.execute(_FIND[connection.vendor])
        (n,) = cursor.fetchone()
    return n == len(_REMOVE[connection.vendor])


def _run(connection: BaseDatabaseWrapper, statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
