"""What happened to one object: which targets of the log belong to its history."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.db.models import CharField, Q, QuerySet
from django.db.models.functions import Cast

from diemcau.accounts.models import AccessToken, Delegation, Denial, Grant, User
from diemcau.delivery.models import Echo, Instrument, Task
from diemcau.delivery.orders.instruments import seen_instruments
from diemcau.directory.models import Body, Holding, Succession
from diemcau.documents.models import Document, Statement
from diemcau.documents.rules import seen
from diemcau.indicators.models import Comparison
from diemcau.review.models import Batch, Decision
from diemcau.urging.models import Reminder
from diemcau.urging.rules import reminders_seen
from diemcau.web.filters import id_of

__all__ = ["History", "history_of"]


@dataclass(frozen=True, slots=True)
class History:
    """One object whose history is asked for: what it is called, and the entries about it."""

    name: str
    about: Q


def history_of(by: User, address: str) -> History | None:
    """The history the address names ("task:12", "body:mof-2025"); None if there is no such object.

    A document's history holds what was decided on its statements, a task's what was decided on the
    statement it rests on: one click answers "what happened to this". What the person may not see
    is called by its number.
    """
    kind, _colon, key = address.partition(":")
    made = _KINDS.get(kind)
    return made(by, key) if made is not None and key else None


def _task(by: User, key: str) -> History | None:
    row = Task.objects.select_related("statement").filter(pk=id_of(key) or 0).first()
    if row is None:
        return None
    about = Q(target_type="delivery.task", target_id=str(row.pk))
    # What was decided on the sentence a notice took over from belongs here, too.
    own = Statement.objects.filter(Q(pk=row.statement_id) | Q(task__replaced_by=row))
    is_seen = Task.objects.filter(seen(by), pk=row.pk).exists()
    return History(str(row) if is_seen else key, about | _of_statements(own))


def _instrument(by: User, key: str) -> History | None:
    row = Instrument.objects.filter(pk=id_of(key) or 0).first()
    if row is None:
        return None
    is_seen = seen_instruments(by).filter(pk=row.pk).exists()
    about = Q(target_type="delivery.instrument", target_id=str(row.pk))
    return History(str(row) if is_seen else key, about)


def _document(by: User, key: str) -> History | None:
    row = Document.objects.filter(pk=id_of(key) or 0).first()
    if row is None:
        return None
    statements = Statement.objects.filter(document=row)
    about = (
        Q(target_type="documents.document", target_id=str(row.pk))
        | _is("review.batch", Batch.objects.filter(document=row))
        | _is("delivery.task", Task.objects.filter(document=row))
        | _of_statements(statements)
    )
    is_seen = Document.objects.filter(seen(by, "pk"), pk=row.pk).exists()
    return History(str(row) if is_seen else key, about)


def _statement(by: User, key: str) -> History | None:
    own = Statement.objects.filter(pk=id_of(key) or 0)
    row = own.first()
    if row is None:
        return None
    return History(row.quote if own.filter(seen(by)).exists() else key, _of_statements(own))


def _comparison(by: User, key: str) -> History | None:
    row = Comparison.objects.filter(pk=id_of(key) or 0).first()
    if row is None:
        return None
    about = Q(target_type="indicators.comparison", target_id=str(row.pk))
    return History(f"{row.get_verdict_display()} ({key})", about)


def _body(by: User, key: str) -> History | None:
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


def _person(by: User, key: str) -> History | None:
    row = User.objects.filter(pk=id_of(key) or 0).first()
    if row is None:
        return None
    grants = Grant.objects.filter(person=row)
    loans = Delegation.objects.filter(Q(grant__in=grants) | Q(to=row))
    about = (
        Q(target_type="accounts.user", target_id=str(row.pk))
        | _is("accounts.grant", grants)
        | _is("accounts.delegation", loans)
        | _is("accounts.denial", Denial.objects.filter(person=row))
        | _is("accounts.accesstoken", AccessToken.objects.filter(person=row))
    )
    return History(str(row), about)


def _of_statements(statements: QuerySet[Statement]) -> Q:
    batches = Decision.objects.filter(statement__in=statements).exclude(batch=None)
    echoes = Echo.objects.filter(Q(earlier__in=statements) | Q(later__in=statements))
    return (
        _is("documents.statement", statements)
        | Q(target_type="review.batch", target_id__in=_texts(batches, "batch"))
        | _is("delivery.echo", echoes)
    )


def _reminder(by: User, key: str) -> History | None:
    row = Reminder.objects.filter(pk=id_of(key) or 0).first()
    if row is None:
        return None
    is_seen = reminders_seen(by).filter(pk=row.pk).exists()
    about = Q(target_type="urging.reminder", target_id=str(row.pk))
    return History(str(row) if is_seen else key, about)


def _is(target_type: str, rows: QuerySet) -> Q:
    return Q(target_type=target_type, target_id__in=_texts(rows, "pk"))


def _texts(rows: QuerySet, column: str) -> QuerySet:
    """The ids of rows as the log keeps them."""
    return rows.order_by().values_list(Cast(column, CharField()), flat=True)


_KINDS: Mapping[str, Callable[[User, str], History | None]] = {
    "task": _task,
    "instrument": _instrument,
    "document": _document,
    "statement": _statement,
    "comparison": _comparison,
    "body": _body,
    "person": _person,
    "reminder": _reminder,
}
