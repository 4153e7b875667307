"""Whether the tables of the database are those the program was written for."""

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.migrations.exceptions import InconsistentMigrationHistory
from django.db.migrations.loader import MigrationLoader

from diemcau.audit import append_only

__all__ = ["fit_schema", "has_migrated"]


def fit_schema() -> str | None:
    """Apply the migrations and compare the tables with the models.

    Returns:
        What was found and what to do, in Vietnamese and English; None if everything fits.
    """
    found = _unknown()
    if not found:
        try:
            call_command("migrate", verbosity=0, interactive=False)
        except (DatabaseError, InconsistentMigrationHistory) as problem:
            found = str(problem)
        else:
            found = _missing()
    if not found:
        # SQLite makes a table anew to change it, and the triggers go with the old one.
        append_only.install(connection)
        return None
    where = settings.DATABASES["default"]["NAME"]
    return (
        f"Cơ sở dữ liệu {where} không khớp với bản chương trình này ({found}): chạy đúng bản đã tạo"
        " ra nó, hoặc khôi phục bản sao lưu, hoặc đổi tên tệp để bắt đầu với cơ sở dữ liệu mới.\n"
        f"The database {where} does not fit this version of the program ({found}): run the version"
        " that made it, restore a backup, or rename it to begin with a new one."
    )


def has_migrated(app: str, name: str) -> bool:
    """Whether a migration was applied to the database as it is."""
    return (app, name) in MigrationLoader(connection).applied_migrations


def _unknown() -> str:
    """The first migration of ours that was applied and that this program does not have."""
    loader = MigrationLoader(connection)
    ours = {config.label for config in _ours()}
    strange = sorted(
        f"{app}.{name}"
        for app, name in loader.applied_migrations
        if app in ours and (app, name) not in loader.disk_migrations
    )
    replaced = {key for m in loader.disk_migrations.values() for key in m.replaces}
    strange = [s for s in strange if tuple(s.split(".", 1)) not in replaced]
    return strange[0] if strange else ""


def _missing() -> str:
    """The first tables and columns of our models that the database does not have."""
    gone: list[str] = []
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        for model in (m for config in _ours() for m in config.get_models()):
            table = model._meta.db_table
            if table not in tables:
                gone.append(table)
                continue
            described = connection.introspection.get_table_description(cursor, table)
            columns = {column.name for column in described}
            gone += [
                f"{table}.{field.column}"
                for field in model._meta.local_concrete_fields
                if field.column not in columns
            ]
    return ", ".join(gone[:3]) + (" …" if len(gone) > 3 else "")


def _ours() -> list:
    return [c for c in apps.get_app_configs() if c.name.startswith("diemcau.")]
