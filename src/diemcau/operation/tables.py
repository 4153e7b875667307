"""Every table of an installation as lines of text that both databases write alike.

A row is one line: the JSON array of its columns, in the order of the model's fields. The same row
gives the same line on SQLite and on PostgreSQL, so the SHA-256 of a table's lines says whether two
databases hold the same. The models are those of the migrations that were applied, not today's.
"""

import base64
import datetime as dt
import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connection, connections, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.loader import MigrationLoader

__all__ = [
    "LEFT_OUT",
    "applied_migrations",
    "count_rows",
    "lines_of",
    "load_lines",
    "models_at",
    "snapshot",
    "written_fields",
]

LEFT_OUT = {"django_session", "signin_session"}
"""Tables a backup does not hold: whoever reads a backup must not be able to go on as somebody."""

_AT_ONCE = 50
"""Rows fetched together: a row may hold the whole text of a long report."""
_encode = json.JSONEncoder(separators=(",", ":"), sort_keys=True).encode


@contextmanager
def snapshot() -> Iterator[BaseDatabaseWrapper]:
    """A connection of its own that sees the database as it is now, while others go on writing.

    On SQLite it is a reader of the write-ahead log, which stops no writer; on PostgreSQL a
    transaction that is REPEATABLE READ and READ ONLY.
    """
    settings = {**connection.settings_dict, "OPTIONS": {**connection.settings_dict["OPTIONS"]}}
    is_sqlite = connection.vendor == "sqlite"
    if is_sqlite:
        # IMMEDIATE would hold the write lock for as long as the backup lasts.
        settings["OPTIONS"]["transaction_mode"] = "DEFERRED"
    reader = type(connections[DEFAULT_DB_ALIAS])(settings, alias="snapshot")
    try:
        with reader.cursor() as cursor:
            if is_sqlite:
                cursor.execute("PRAGMA query_only=1")
                cursor.execute("BEGIN")
                # The transaction sees the database of its first read.
                cursor.execute("SELECT count(*) FROM sqlite_master")
            else:
                cursor.execute("SET statement_timeout = 0")
                cursor.execute("SET idle_in_transaction_session_timeout = 0")
                reader.set_autocommit(False)
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
                cursor.execute("SELECT 1")
        yield reader
    finally:
        reader.close()


def applied_migrations(database: BaseDatabaseWrapper) -> list[tuple[str, str]]:
    """App and name of every migration that was applied, sorted; none on an empty database."""
    with database.cursor() as cursor:
        if "django_migrations" not in database.introspection.table_names(cursor):
            return []
        # Django's own recorder asks a connection it knows by name.
        cursor.execute("SELECT DISTINCT app, name FROM django_migrations")
        return sorted(cursor.fetchall())


def models_at(migrations: Iterable[tuple[str, str]]) -> list[type[models.Model]]:
    """The models of the tables that these migrations make, by table name.

    Raises:
        LookupError: this program does not have one of the migrations; the argument is its name.
    """
    loader = MigrationLoader(None)
    nodes = []
    for node in migrations:
        if node in loader.graph.nodes:
            nodes.append(node)
        elif node not in {old for m in loader.disk_migrations.values() for old in m.replaces}:
            raise LookupError(".".join(node))
    state = loader.project_state(nodes)
    found = [
        model
        for model in state.apps.get_models(include_auto_created=True)
        if model._meta.managed
        and not model._meta.proxy
        and not model._meta.swapped
        and model._meta.db_table not in LEFT_OUT
    ]
    return sorted(found, key=lambda model: model._meta.db_table)


def written_fields(model: type[models.Model]) -> list[models.Field]:
    """The fields whose columns are written; what the database works out itself is left out."""
    return [f for f in model._meta.local_concrete_fields if not f.generated]


def count_rows(model: type[models.Model], database: BaseDatabaseWrapper) -> int:
    """How many rows a table has."""
    with database.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {database.ops.quote_name(model._meta.db_table)}")
        return cursor.fetchone()[0]


def lines_of(model: type[models.Model], database: BaseDatabaseWrapper) -> Iterator[list[bytes]]:
    """The rows of a table by primary key, as batches of lines, each with its line end."""
    fields = written_fields(model)
    writers = [(i, w) for i, f in enumerate(fields) if (w := _writer(f, database)) is not None]
    quote = database.ops.quote_name
    key = model._meta.pk
    order = quote(key.column)
    if database.vendor == "postgresql" and _type_of(key) in _TEXT:
        # SQLite sorts text by its bytes.
        order += ' COLLATE "C"'
    columns = ", ".join(quote(f.column) for f in fields)
    sql = f"SELECT {columns} FROM {quote(model._meta.db_table)} ORDER BY {order}"
    with database.chunked_cursor() as cursor:
        cursor.execute(sql)
        while batch := cursor.fetchmany(_AT_ONCE):
            lines = []
            for row in batch:
                if writers:
                    row = list(row)
                    for i, write in writers:
                        if row[i] is not None:
                            row[i] = write(row[i])
                lines.append(f"{_encode(row)}\n".encode("ascii"))
            yield lines


def load_lines(
    model: type[models.Model], lines: Iterable[bytes], database: BaseDatabaseWrapper
) -> int:
    """Put rows into a table as they are written; returns how many.

    Constraints between tables are for the caller to hold back and check.
    """
    fields = written_fields(model)
    readers = [(i, r) for i, f in enumerate(fields) if (r := _reader(f, database)) is not None]
    quote = database.ops.quote_name
    table = quote(model._meta.db_table)
    columns = ", ".join(quote(f.column) for f in fields)
    n = 0

    def rows() -> Iterator[list]:
        nonlocal n
        for line in lines:
            row = json.loads(line)
            for i, read in readers:
                if row[i] is not None:
                    row[i] = read(row[i])
            n += 1
            yield row

    with database.cursor() as cursor:
        if database.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
                for row in rows():
                    copy.write_row(row)
        else:
            places = ", ".join("?" * len(fields))
            # Straight to SQLite: Django would look for placeholders in every statement again.
            database.connection.executemany(
                f"INSERT INTO {table} ({columns}) VALUES ({places})", rows()
            )
    return n


_TEXT = {"CharField", "TextField", "SlugField", "FileField", "FilePathField"}


def _type_of(field: models.Field) -> str:
    while field.remote_field is not None and field.is_relation:
        field = field.target_field
    return field.get_internal_type()


def _writer(field: models.Field, database: BaseDatabaseWrapper) -> Callable[[Any], Any] | None:
    """What turns a column's value into JSON; None where it is JSON already."""
    kind = _type_of(field)
    if kind == "JSONField":
        return _json_writer
    column = field.get_col(field.model._meta.db_table)
    converters = database.ops.get_db_converters(column) + column.get_db_converters(database)
    plain = _PLAIN.get(kind)
    if not converters and plain is None:
        return None

    def write(value: Any) -> Any:
        for convert in converters:
            value = convert(value, column, database)
        return value if plain is None or value is None else plain(value)

    return write


def _json_writer(value: Any) -> list:
    """The value in a list, so that the JSON null differs from the absence of a value."""
    return [json.loads(value, parse_float=_number) if isinstance(value, str) else value]


def _number(text: str) -> float | int:
    """PostgreSQL writes 1.15e+16 out in full and -0.0 without its sign; so do both."""
    number = float(text)
    if "e" in text.lower() and number.is_integer():
        return int(Decimal(text))
    return number or 0.0


def _utc(value: dt.datetime) -> str:
    return value.astimezone(dt.UTC).isoformat() if value.tzinfo else value.isoformat()


_PLAIN: dict[str, Callable[[Any], Any]] = {
    "BinaryField": lambda value: base64.b64encode(bytes(value)).decode("ascii"),
    "BooleanField": bool,
    "DateField": dt.date.isoformat,
    "DateTimeField": _utc,
    "DecimalField": str,
    "DurationField": lambda value: value // dt.timedelta(microseconds=1),
    "FloatField": float,
    "GenericIPAddressField": str,
    "TimeField": dt.time.isoformat,
    "UUIDField": str,
}
_PARSED: dict[str, Callable[[Any], Any]] = {
    "BinaryField": base64.b64decode,
    "DateField": dt.date.fromisoformat,
    "DateTimeField": dt.datetime.fromisoformat,
    "DecimalField": Decimal,
    "DurationField": lambda value: dt.timedelta(microseconds=value),
    "TimeField": dt.time.fromisoformat,
    "UUIDField": UUID,
}


def _reader(field: models.Field, database: BaseDatabaseWrapper) -> Callable[[Any], Any] | None:
    """What turns JSON into what the database takes; None where it takes it as it is."""
    kind = _type_of(field)
    if kind == "JSONField":
        return lambda value: json.dumps(value[0])
    parse = _PARSED.get(kind)
    if parse is None:
        return None
    while field.remote_field is not None and field.is_relation:
        field = field.target_field
    return lambda value: field.get_db_prep_save(parse(value), database)
