"""Who asks, in one statement: what opens (a session, a token) is read with the head of the log.

The person it belongs to is kept until somebody writes: whoever closes an account, or changes its
password, does so by an action. What opens is read each time, for it ends by the clock as well.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar

from django.contrib.auth.backends import ModelBackend
from django.db import connection
from django.db.models import Model

from diemcau.accounts.models import AccessToken, User
from diemcau.accounts.tokens import digest_of, find_token
from diemcau.audit.kept import hold_head, is_one_head, kept
from diemcau.audit.models import AuditHead

__all__ = ["Accounts", "person_of", "row_with_head", "token_of"]

M = TypeVar("M", bound=Model)
_FIELDS = [field.attname for field in User._meta.concrete_fields]


class Accounts(ModelBackend):
    """Accounts by name and password, as Django's own; reading remembers whom it knows."""

    def get_user(self, user_id: int) -> User | None:
        """The person of a session, None where the account is closed or gone."""
        return person_of(int(user_id))


def person_of(pk: int) -> User | None:
    """A person who may sign in, in an object of their own; None where there is none."""

    def find() -> tuple[Any, ...] | None:
        found: tuple[Any, ...] | None = (
            User.objects.filter(pk=pk, is_active=True).values_list(*_FIELDS).first()
        )
        return found

    row = kept("person", pk, find) if is_one_head() else find()
    return None if row is None else User.from_db(connection.alias, _FIELDS, row)


def token_of(secret: str) -> tuple[AccessToken, User] | None:
    """The access token of a secret, and its person; None if there is none that still opens."""
    if not is_one_head():
        joined = find_token(secret)
        return None if joined is None else (joined, joined.person)
    found = row_with_head(AccessToken, "digest", digest_of(secret))
    if found is None or not found.is_usable:
        return None
    person = person_of(found.person_id)
    return None if person is None else (found, person)


def row_with_head(model: type[M], column: str, value: str) -> M | None:
    """The row of a unique column; the head of the log, read beside it, holds for the request.

    Args:
        model: has a primary key.
        column: a column that is unique.
        value: what stands in it.
    """
    asked = _asked(model, column)
    with connection.cursor() as cursor:
        cursor.execute(asked.sql, [value])
        found = cursor.fetchone()
    if found is None:
        return None
    *row, head = found
    for place, convert in asked.converters:
        row[place] = convert(row[place], None, connection)
    hold_head(head or "")
    return model.from_db(connection.alias, asked.names, row)


@dataclass(frozen=True, slots=True)
class _Asked:
    """A statement, the attributes its columns fill, and what makes some of them values of ours."""

    sql: str
    names: list[str]
    converters: list[tuple[int, Callable[[Any, Any, Any], Any]]]


@cache
def _asked(model: type[Model], column: str) -> _Asked:
    # Django would work the same words out anew for each request, which takes longer than they do.
    quote = connection.ops.quote_name
    head, table = AuditHead._meta, model._meta
    fields = table.concrete_fields
    columns = ", ".join(quote(field.column) for field in fields)
    sql = (
        f"SELECT {columns}, (SELECT {quote('digest')} FROM {quote(head.db_table)} LIMIT 1) AS head "
        f"FROM {quote(table.db_table)} WHERE {quote(column)} = %s"
    )
    converters = [
        (place, convert)
        for place, field in enumerate(fields)
        for convert in (
            *connection.ops.get_db_converters(field.get_col(table.db_table)),
            *field.get_db_converters(connection),
        )
    ]
    return _Asked(sql, [field.attname for field in fields], converters)
