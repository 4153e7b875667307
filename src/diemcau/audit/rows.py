"""Many rows of one table in one stroke: for actions that write by the thousand.

`bulk_create` builds a statement with a parameter for each cell, which takes a program several
times as long as the database takes to store the rows. Here they go by COPY on PostgreSQL and by
one prepared statement on SQLite, in the transaction that is open, each value turned by its own
field as `bulk_create` turns it. No signal is sent, and a column that fills itself on saving
(`auto_now`) is not served; no table of ours has one.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.db import connection, models, transaction

__all__ = ["insert", "update"]

_PLAIN = (int, bool, type(None))
_STEP = 2_000


def insert(rows: Sequence[models.Model]) -> None:
    """Insert unsaved rows of one model in their order; each has its id afterwards.

    Raises:
        TransactionManagementError: no transaction is open, without which ids could be lost.
        django.db.Error: as `bulk_create` raises them.
    """
    if not rows:
        return
    _in_transaction()
    model = type(rows[0])
    pk = _pk_of(model)
    for row, number in zip(rows, _ids(model, len(rows)), strict=True):
        row.pk = number
    fields = [one for one in model._meta.concrete_fields if not one.generated]
    turns = [(one.attname, _turn(one)) for one in fields]
    columns = ", ".join(_quoted(one.column or "") for one in fields)
    table = _quoted(model._meta.db_table)
    values = (tuple(turn(getattr(row, name)) for name, turn in turns) for row in rows)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            statement = f"COPY {table} ({columns}) FROM STDIN"
            with connection.wrap_database_errors, cursor.copy(statement) as copy:
                for line in values:
                    copy.write_row(line)
        else:
            marks = ", ".join(["%s"] * len(fields))
            cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", list(values))
    for row in rows:
        row._state.adding, row._state.db = False, connection.alias
    assert all(getattr(row, pk.attname) for row in rows)


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
    fields = [model._meta.get_field(name) for name in names]
    turns = [(one.attname, _turn(one)) for one in (*fields, _pk_of(model))]
    sets = ", ".join(f"{_quoted(one.column or '')} = %s" for one in fields)
    table, key = _quoted(model._meta.db_table), _quoted(_pk_of(model).column or "")
    statement = f"UPDATE {table} SET {sets} WHERE {key} = %s"
    with connection.cursor() as cursor:
        for at in range(0, len(rows), _STEP):
            cursor.executemany(
                statement,
                [
                    tuple(turn(getattr(row, name)) for name, turn in turns)
                    for row in rows[at : at + _STEP]
                ],
            )


def _in_transaction() -> None:
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("rows are written inside a transaction only")


def _pk_of(model: type[models.Model]) -> Any:
    return model._meta.pk


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)


def _ids(model: type[models.Model], n: int) -> list[int]:
    """Ids nobody else will get, rising."""
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


def _turn(field: Any) -> Callable[[Any], Any]:
    """How a value of a field is written: most as they are, the others as Django writes them."""
    field = getattr(field, "target_field", field)
    if isinstance(field, models.CharField | models.TextField):
        # A member of an enumeration is its text; who binds values must not think about it.
        return lambda value: value if type(value) is str or value is None else _text(field, value)
    if isinstance(field, models.IntegerField | models.BooleanField):
        return lambda value: value if isinstance(value, _PLAIN) else _said(field, value)
    if connection.vendor == "postgresql" and isinstance(field, models.DateField):
        return lambda value: value if isinstance(value, dt.date | None) else _said(field, value)
    return lambda value: _said(field, value)


def _text(field: Any, value: Any) -> Any:
    return str.__str__(value) if isinstance(value, str) else _said(field, value)


def _said(field: Any, value: Any) -> Any:
    return field.get_db_prep_save(value, connection)
