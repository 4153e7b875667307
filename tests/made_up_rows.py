"""Rows for tables as they were at some migration, made from what the fields say of themselves."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.db import connection, models, transaction

__all__ = ["fill_tables"]

_DAY = dt.date(2025, 6, 30)
_PLAIN = {
    "BinaryField": b"x",
    "BooleanField": True,
    "DateField": _DAY,
    "DateTimeField": dt.datetime(2025, 6, 30, 8, tzinfo=dt.UTC),
    "DecimalField": Decimal(1),
    "FloatField": 0.5,
    "TimeField": dt.time(8),
}


_FITS = {
    ("delivery_evidence", "kind"): "product",
    ("jobs_job", "taken_by"): "",
    ("urging_hours", "closes"): dt.time(17),
}
"""What a constraint over several columns asks of one, by table and column."""


def fill_tables(
    found: Iterable[type[models.Model]], n: int, *, more: dict[str, int] | None = None
) -> dict[str, int]:
    """Put n rows, numbered 1 to n, into each table that has none.

    Each relation of a row leads to another row, so that what may not refer to itself does not.
    Args:
        more: rows of the tables that get another number; what they refer to one to one has as many.

    Returns:
        Rows by table.
    """
    counts, rows = {}, defaultdict(lambda: n, more or {})
    # A relation may lead to a row that comes later: the constraints are looked at in the end.
    with connection.constraint_checks_disabled(), transaction.atomic():
        for model in found:
            table = model._meta.db_table
            if not model.objects.exists():
                _put(model, rows)
            counts[table] = model.objects.count()
    return counts


def _put(model: type[models.Model], rows: dict[str, int]) -> None:
    n = rows[model._meta.db_table]
    if connection.vendor != "postgresql":
        model.objects.bulk_create((_row(model, i, rows) for i in range(1, n + 1)), batch_size=500)
        return
    fields = [f for f in model._meta.local_concrete_fields if not f.generated]
    quote = connection.ops.quote_name
    columns = ", ".join(quote(f.column) for f in fields)
    sql = f"COPY {quote(model._meta.db_table)} ({columns}) FROM STDIN"
    with connection.cursor() as cursor, cursor.copy(sql) as copy:
        for i in range(1, n + 1):
            row = _row(model, i, rows)
            copy.write_row(
                [f.get_db_prep_save(getattr(row, f.attname), connection) for f in fields]
            )


def _row(model: type[models.Model], i: int, rows: dict[str, int]) -> models.Model:
    values, n_relations = {}, 0
    for place, field in enumerate(model._meta.local_concrete_fields):
        number = i
        if field.is_relation:
            number = (i + n_relations - 1) % rows[field.related_model._meta.db_table] + 1
            n_relations += 1
        fits = _FITS.get((model._meta.db_table, field.name))
        values[field.attname] = _value(field, number, place) if fits is None else fits
    return model(**values)


def _value(field: models.Field, i: int, place: int) -> Any:
    if field.primary_key and not field.is_relation:
        return f"k{i}" if isinstance(field, models.CharField) else i
    if field.is_relation:
        target = field.target_field
        if field.null and field.remote_field.model == field.model:
            return None
        return f"k{i}" if isinstance(target, models.CharField) else i
    if field.null:
        return None
    if field.has_default() and not field.unique:
        return field.get_default()
    kind = field.get_internal_type()
    if kind == "DateField" and field.unique:
        return _DAY + dt.timedelta(days=i)
    if kind in _PLAIN:
        return _PLAIN[kind]
    if kind == "JSONField":
        return {"quote": f"câu {i}"}
    if isinstance(field, models.CharField | models.TextField | models.FileField):
        # The number stands where a short column still holds it.
        text = f"{i} {field.name}"
        return text[: field.max_length] if field.max_length else text
    # A later field is larger: a span ends after it starts.
    return i + place
