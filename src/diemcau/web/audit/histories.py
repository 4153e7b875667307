"""What happened to one object: which targets of the log belong to its history."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.db.models import CharField, Q, QuerySet
from django.db.models.functions import Cast

from diemcau.accounts.models import AccessToken, User
from diemcau.delivery.models import Echo, Task
from diemcau.directory.models import Body, Holding, Succession
from diemcau.documents.models import Document, Statement
from diemcau.indicators.models import Comparison
from diemcau.review.models import Batch, Decision

__all__ = ["History", "history_of"]


@dataclass(frozen=True, slots=True)
class History:
    """One object whose history is asked for: what it is called, and the entries about it."""

    name: str
    about: Q


def history_of(address: str) -> History | None:
    """The history the address names ("task:12", "body:mof-2025"); None if there is no such object.

    A document's history holds what was decided on its statements, a task's what was decided on the
    statement it rests on: one click answers "what happened to this".
    """
    kind, _colon, key = address.partition(":")
    made = _KINDS.get(kind)
    return made(key) if made is not None and key else None


def _task(key: str) -> History | None:
    row = Task.objects.select_related("statement").filter(pk=_number(key)).first()
    if row is None:
        return None
    about = Q(target_type="delivery.task", target_id=str(row.pk))
    return History(str(row), about | _of_statements(Statement.objects.filter(pk=row.statement_id)))


def _document(key: str) -> History | None:
    row = Document.objects.filter(pk=_number(key)).first()
    if row is None:
        return None
    statements = Statement.objects.filter(document=row)
    about = (
        Q(target_type="documents.document", target_id=str(row.pk))
        | _is("review.batch", Batch.objects.filter(document=row))
        | _is("delivery.task", Task.objects.filter(statement__document=row))
        | _of_statements(statements)
    )
    return History(str(row), about)


def _statement(key: str) -> History | None:
    row = Statement.objects.filter(pk=_number(key)).first()
    return row and History(row.quote, _of_statements(Statement.objects.filter(pk=row.pk)))


def _comparison(key: str) -> History | None:
    row = Comparison.objects.filter(pk=_number(key)).first()
    about = Q(target_type="indicators.comparison", target_id=key)
    return row and History(row.get_verdict_display(), about)


def _body(key: str) -> History | None:
    row = Body.objects.filter(ref=key).first()
    if row is None:
        return None
    steps = Succession.objects.filter(Q(before=row) | Q(after=row))
    about = (
        Q(target_type="directory.body", target_id=str(row.pk))
        | _is("directory.succession", steps)
        | _is("directory.holding", Holding.objects.filter(office__body=row))
    )
    return History(str(row), about)


def _person(key: str) -> History | None:
    row = User.objects.filter(pk=_number(key)).first()
    if row is None:
        return None
    about = Q(target_type="accounts.user", target_id=str(row.pk))
    return History(
        str(row), about | _is("accounts.accesstoken", AccessToken.objects.filter(person=row))
    )


def _of_statements(statements: QuerySet[Statement]) -> Q:
    batches = Decision.objects.filter(statement__in=statements).exclude(batch=None)
    echoes = Echo.objects.filter(Q(earlier__in=statements) | Q(later__in=statements))
    return (
        _is("documents.statement", statements)
        | Q(target_type="review.batch", target_id__in=_texts(batches, "batch"))
        | _is("delivery.echo", echoes)
    )


def _is(target_type: str, rows: QuerySet) -> Q:
    return Q(target_type=target_type, target_id__in=_texts(rows, "pk"))


def _texts(rows: QuerySet, column: str) -> QuerySet:
    """The ids of rows as the log keeps them."""
    return rows.order_by().values_list(Cast(column, CharField()), flat=True)


def _number(key: str) -> int:
    return int(key) if key.isdecimal() and len(key) < 19 else 0


_KINDS: Mapping[str, Callable[[str], History | None]] = {
    "task": _task,
    "document": _document,
    "statement": _statement,
    "comparison": _comparison,
    "body": _body,
    "person": _person,
}
