"""Statements read in documents, what a person decides on them, and the search over them."""

import datetime as dt
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Annotated, Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.formats import get_format
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _
from ninja import Query, Router, Schema
from pydantic import Field

from diemcau.api.errors import Refused
from diemcau.api.fields import Id, IdField, Text, Version, Words, answers, tag_version
from diemcau.api.paging import Cut, Key, Page, cut
from diemcau.documents.models import Statement, StatementKind, StatementState
from diemcau.documents.rules import seen
from diemcau.documents.search import search_statements, terms_of
from diemcau.review import actions
from diemcau.review.corrections import shown_value
from diemcau.review.fields import FIELDS
from vanban.letters import fold

router = Router(tags=["statements"])


class StatementOut(Schema):
    """One statement: its anchor, what was read, what holds now, and who decided."""

    id: int
    document: int
    text_version: int = Field(description="Number of the text its offsets count in.")
    kind: StatementKind
    state: StatementState
    version: int = Field(description="Send it with a decision; another one since is answered 409.")
    start: int
    end: int
    quote: str
    rule: str
    confidence: float
    values: dict[str, Any] = Field(description="What holds now.")
    read: dict[str, Any] = Field(description="What the machine read.")
    is_corrected: bool
    merged_into: int | None
    task: int | None = Field(description="The task of the register it became.")
    decided_by: str | None
    decided_at: dt.datetime | None


class Decision(Schema):
    """A decision on a statement as it was read."""

    version: Version


class Merge(Decision):
    """Which statement of the same document and kind stays."""

    into: IdField


_Value = Annotated[
    str | int | Annotated[float, Field(allow_inf_nan=False)] | list[Text] | None,
    Field(union_mode="left_to_right"),
]


class Correction(Decision):
    """Values in place of those read; a field left out stays as it is."""

    values: dict[str, _Value] = Field(
        description="By field of the statement's kind; “compares.kind” is the key inside. Numbers"
        " as JSON numbers; texts are read as the language of the request writes them.",
        max_length=20,
    )


class _Asked(Schema):
    document: IdField | None = None
    kind: StatementKind | None = None
    state: StatementState | None = None
    words: Words = ""


class _Sought(Schema):
    q: Words = Field(min_length=1, description="Words, and phrases in double quotes.")
    kind: StatementKind | None = None


_IN_TEXT = (Key("document_id"), Key("start"), Key("pk"))
_LATEST = (
    Key("document__event_on", descending=True, nullable=True),
    *(Key("document_id"), Key("start"), Key("pk")),
)


def statements_for(request: HttpRequest) -> QuerySet[Statement]:
    """The statements the person may see, with what an answer tells of them."""
    return (
        Statement.objects.filter(seen(request.auth))
        .select_related("decided_by", "text_version", "task")
        .defer("text_version__text", "text_version__folded", "text_version__blocks")
    )


@router.get(
    "/statements",
    response=answers(Page[StatementOut]),
    summary=_("List statements in the order of their documents"),
)
def statements(request: HttpRequest, asked: Query[_Asked], page: Cut) -> Any:
    rows = statements_for(request)
    for name in ("document", "kind", "state"):
        if (value := getattr(asked, name)) is not None:
            rows = rows.filter(**{name: value})
    if asked.state is None:
        rows = rows.exclude(state=StatementState.SUPERSEDED)
    for word in fold(asked.words).split():
        rows = rows.filter(sought__contains=word)
    return _page(cut(rows, _IN_TEXT, page))


@router.get(
    "/search",
    response=answers(Page[StatementOut]),
    summary=_("Search the statements that hold, those of the latest meetings first"),
    tags=["search"],
)
def search(request: HttpRequest, asked: Query[_Sought], page: Cut) -> Any:
    terms = terms_of(asked.q)
    if not terms:
        raise Refused("query.q", asked.q, say("at least one word"))
    found = search_statements(request.auth, terms, kind=asked.kind or "").values("pk").order_by()
    rows = statements_for(request).select_related("document").filter(pk__in=found)
    return _page(cut(rows, _LATEST, page))


@router.get("/statements/{int:pk}", response=answers(StatementOut), summary=_("One statement"))
def statement(request: HttpRequest, response: HttpResponse, pk: Id) -> Any:
    return _answer(request, response, pk)


@router.post(
    "/statements/{int:pk}/accept",
    response=answers(StatementOut, writes=True),
    summary=_("Accept a statement as it was read"),
)
def accept(request: HttpRequest, response: HttpResponse, pk: Id, said: Decision) -> Any:
    return _decide(request, response, pk, said, actions.accept_statement)


@router.post(
    "/statements/{int:pk}/correct",
    response=answers(StatementOut, writes=True),
    summary=_("Accept a statement with other values; what was read stays beside them"),
)
def correct(request: HttpRequest, response: HttpResponse, pk: Id, said: Correction) -> Any:
    row = get_object_or_404(statements_for(request), pk=pk)
    values = _typed(row, said.values)
    return _decide(request, response, pk, said, actions.correct_statement, values=values)


@router.post(
    "/statements/{int:pk}/reject",
    response=answers(StatementOut, writes=True),
    summary=_("Reject a statement: the text does not say this"),
)
def reject(request: HttpRequest, response: HttpResponse, pk: Id, said: Decision) -> Any:
    return _decide(request, response, pk, said, actions.reject_statement)


@router.post(
    "/statements/{int:pk}/merge",
    response=answers(StatementOut, writes=True),
    summary=_("Say that a statement is the same as another, which stays"),
)
def merge(request: HttpRequest, response: HttpResponse, pk: Id, said: Merge) -> Any:
    return _decide(request, response, pk, said, actions.merge_statements, into=said.into)


@router.post(
    "/statements/{int:pk}/undo",
    response=answers(StatementOut, writes=True),
    summary=_("Undo the decision that holds for a statement"),
)
def undo(request: HttpRequest, response: HttpResponse, pk: Id, said: Decision) -> Any:
    return _decide(request, response, pk, said, actions.undo_decision)


def _decide(
    request: HttpRequest,
    response: HttpResponse,
    pk: int,
    said: Decision,
    decide: Callable[..., Any],
    **more: Any,
) -> dict[str, Any]:
    get_object_or_404(statements_for(request), pk=pk)
    decide(request.auth, pk, seen=said.version, **more)
    return _answer(request, response, pk)


def _answer(request: HttpRequest, response: HttpResponse, pk: int) -> dict[str, Any]:
    row = get_object_or_404(statements_for(request), pk=pk)
    tag_version(response, row)
    return _told(row)


def _typed(row: Statement, values: Mapping[str, Any]) -> dict[str, Any]:
    """Every field of the kind as the form would send it: what was sent, else what holds."""
    fields = {field.name: field for field in FIELDS[row.kind]}
    for name in values:
        if name not in fields:
            raise Refused(f"body.values.{name}", name, ", ".join(fields))
    return {
        name: _as_written(values[name]) if name in values else shown_value(field, row.values)
        for name, field in fields.items()
    }


def _as_written(value: Any) -> Any:
    """A JSON number as the language in force writes it, for that is how the form is read."""
    if isinstance(value, int | float):
        text = format(Decimal(str(value)), "f")
        return text.replace(".", get_format("DECIMAL_SEPARATOR"))
    return value


def _page(found: dict[str, Any]) -> dict[str, Any]:
    return {**found, "items": [_told(row) for row in found["items"]]}


_SAME = ("kind", "state", "version", "start", "end", "quote", "rule", "confidence", "values")


def _told(row: Statement) -> dict[str, Any]:
    task = getattr(row, "task", None)
    return {
        "id": row.pk,
        "document": row.document_id,
        "text_version": row.text_version.number,
        **{name: getattr(row, name) for name in _SAME},
        "read": row.data,
        "is_corrected": row.corrected is not None,
        "merged_into": row.merged_into_id,
        "task": task.pk if task is not None and task.withdrawn_at is None else None,
        "decided_by": str(row.decided_by) if row.decided_by else None,
        "decided_at": row.decided_at,
    }
