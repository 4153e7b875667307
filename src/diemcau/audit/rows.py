"""Many rows of one table in one stroke: for actions that write by the thousand.

`bulk_create` builds a statement with a parameter for each cell, which takes a program several
times as long as the database takes to store the rows. Here they go by COPY on PostgreSQL and by
one prepared statement on SQLite, in the transaction that is open. Values are looked at column by
column: most columns hold what the driver takes as it is, the others are turned by their own field
as `bulk_create` turns them. No signal is sent, and a column that fills itself on saving
(`auto_now`) is not served; no table of ours has one.
"""

import datetime as dt
import json
from collections.abc import Iterable, Mapping, Sequence
from itertools import repeat
from operator import attrgetter
from typing import Any

import orjson
from django.db import connection, models, transaction

__all__ = ["count_anew", "insert", "insert_columns", "json_text", "next_ids", "update"]

_STEP = 2_000
_NOTHING = type(None)
_TEXT = frozenset({str, _NOTHING})
_WHOLE = frozenset({int, bool, _NOTHING})
_TIMES = frozenset({dt.datetime, dt.date, _NOTHING})


def insert_columns(model: type[models.Model], rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows in their order, each said as `model(**row)` would take it.

    Args:
        rows: values by attribute (`task_id`, not `task`), all with the same names; what they do not
            name is the field's default. Their ids too, where somebody asked for them before.
    Raises:
        TransactionManagementError: no transaction is open, without which ids could be lost.
        django.db.Error: as `bulk_create` raises them.
    """
    if not rows:
        return
    _in_transaction()
    names = rows[0].keys()
    if any(len(row) != len(names) for row in rows):
        raise TypeError(f"rows of {model.__name__} name different columns")
    fields, columns = [], []
    for field in _fields(model):
        if field.attname in names:
            name = field.attname
            fields.append(field)
            columns.append(_column(field, [row[name] for row in rows]))
        elif not field.primary_key and (default := field.get_default()) is not None:
            fields.append(field)
            columns.append(repeat(_column(field, [default])[0], len(rows)))
    if unknown := names - {field.attname for field in fields}:
        raise TypeError(f"{model.__name__} has no {', '.join(sorted(unknown))}")
    _write(model, fields, columns)


def insert(rows: Sequence[models.Model]) -> None:
    """Insert unsaved rows of one model in their order; each has its id afterwards.

    Raises:
        As `insert_columns`.
    """
    if not rows:
        return
    _in_transaction()
    model = type(rows[0])
    for row, number in zip(rows, next_ids(model, len(rows)), strict=True):
        row.pk = number
    fields = _fields(model)
    columns = [_column(field, list(map(attrgetter(field.attname), rows))) for field in fields]
    _write(model, fields, columns)
    for row in rows:
        row._state.adding, row._state.db = False, connection.alias


def update(rows: Iterable[models.Model], names: Sequence[str]) -> None:
    """Save some columns of saved rows of one model.

    Args:
        names: of the fields that are saved.
    """
    rows = list(rows)
    if not rows:
        return
    _in_transaction()
    model = type(rows[0])
    fields = [*(model._meta.get_field(name) for name in names), _pk_of(model)]
    sets = ", ".join(f"{_quoted(one.column or '')} = %s" for one in fields[:-1])
    table, key = _quoted(model._meta.db_table), _quoted(_pk_of(model).column or "")
    statement = f"UPDATE {table} SET {sets} WHERE {key} = %s"
    columns = [_column(field, list(map(attrgetter(field.attname), rows))) for field in fields]
    lines = list(zip(*columns, strict=True))
    with connection.cursor() as cursor:
        for at in range(0, len(lines), _STEP):
            cursor.executemany(statement, lines[at : at + _STEP])


def next_ids(model: type[models.Model], n: int) -> list[int]:
    """Ids nobody else will get, rising, for rows inserted in the transaction that is open."""
    table, column = model._meta.db_table, _pk_of(model).column
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
                [_quoted(table), column, n],
            )
            return [number for (number,) in cursor.fetchall()]
        # Whoever writes to SQLite is alone until the transaction ends (decision 0004).
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        last = (cursor.fetchone() or (0,))[0]
        return list(range(last + 1, last + n + 1))


def count_anew(*tables: type[models.Model]) -> None:
    """Let PostgreSQL look at tables that were filled by the thousand a moment ago.

    It does so by itself after a minute. Until then it takes them for small, and sorts all of one
    to give the next few rows, a hundred times in a row. SQLite needs no such hint.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            for model in tables:
                cursor.execute(f"ANALYZE {_quoted(model._meta.db_table)}")


def json_text(value: Any) -> str:
    """JSON as `json.dumps` says it, where both say the same several times as fast."""
    try:
        said = orjson.dumps(value, option=_STRICT)
    except TypeError:
        return json.dumps(value)
    # What is no number at all is null to the one and refused by the other's database.
    return json.dumps(value) if b"null" in said else said.decode()


_STRICT = orjson.OPT_PASSTHROUGH_DATETIME | orjson.OPT_PASSTHROUGH_DATACLASS


def _write(model: type[models.Model], fields: Sequence[Any], columns: Sequence[Any]) -> None:
    table = _quoted(model._meta.db_table)
    names = ", ".join(_quoted(one.column or "") for one in fields)
    lines = zip(*columns, strict=True)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            statement = f"COPY {table} ({names}) FROM STDIN"
            with connection.wrap_database_errors, cursor.copy(statement) as copy:
                for line in lines:
                    copy.write_row(line)
        else:
            marks = ", ".join(["%s"] * len(fields))
            cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", list(lines))


def _fields(model: type[models.Model]) -> list[Any]:
    return [one for one in model._meta.concrete_fields if not one.generated]


def _in_transaction() -> None:
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("rows are written inside a transaction only")


def _pk_of(model: type[models.Model]) -> Any:
    return model._meta.pk


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)


def _column(field: Any, values: list[Any]) -> list[Any]:
    """The values of one column as they are written; most as they are."""
    field = getattr(field, "target_field", field)
    found = set(map(type, values))
    if isinstance(field, models.CharField | models.TextField):
        # A member of an enumeration is its text; who binds values must not think about it.
        return values if found <= _TEXT else [_text(field, value) for value in values]
    if isinstance(field, models.IntegerField | models.BooleanField):
        if found <= _WHOLE:
            return values
    elif isinstance(field, models.JSONField) and field.encoder is None:
        return [None if value is None else json_text(value) for value in values]
    elif (
        isinstance(field, models.DateField)
        and connection.vendor == "postgresql"
        and found <= _TIMES
    ):
        said = {value: str(value) for value in set(values) if value is not None}
        return [said.get(value) for value in values]
    return [field.get_db_prep_save(value, connection) for value in values]


def _text(field: Any, value: Any) -> Any:
    return (
        str.__str__(value) if isinstance(value, str) else field.get_db_prep_save(value, connection)
    )
