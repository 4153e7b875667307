"""Parameters and answers that several operations share."""

from typing import Annotated, Any

import orjson
from django.http import HttpResponse
from ninja import Path, Schema
from pydantic import Field

from diemcau.api.errors import Error
from diemcau.documents.models import Statement

__all__ = [
    *("Anchor", "Id", "IdField", "LongText", "Ref", "Text", "Version", "Words"),
    *("anchor_of", "answer_plain", "answers", "tag_version"),
]

_LARGEST = 2**63 - 1
_TEXT = r"^[^\x00]*$"
"""PostgreSQL keeps no zero byte in a text."""

Id = Annotated[int, Path(ge=1, le=_LARGEST)]
IdField = Annotated[int, Field(ge=1, le=_LARGEST)]
Ref = Annotated[str, Path(max_length=80, pattern=_TEXT)]
Text = Annotated[str, Field(max_length=300, pattern=_TEXT)]
LongText = Annotated[str, Field(max_length=5000, pattern=_TEXT)]
Words = Annotated[
    str,
    Field(max_length=300, pattern=_TEXT, description="Each is found, with or without marks."),
]
Version = Annotated[int, Field(ge=0, le=2**31 - 1, description="Its version as it was read.")]


class Anchor(Schema):
    """Where words stand: half-open offsets in code points of the document's text."""

    statement: int
    document: int
    document_name: str
    start: int
    end: int
    quote: str


def anchor_of(statement: Statement) -> dict[str, Any]:
    """The anchor of a statement whose document is at hand."""
    return {
        "statement": statement.pk,
        "document": statement.document_id,
        "document_name": str(statement.document),
        "start": statement.start,
        "end": statement.end,
        "quote": statement.quote,
    }


def answers(model: Any, *, status: int = 200, writes: bool = False) -> dict[int, Any]:
    """What an operation may answer: its model, and the refusals in their one shape."""
    refusals = [401, 403, 404, 422, *([409] if writes else [])]
    return {status: model, **dict.fromkeys(refusals, Error)}


def answer_plain(found: Any) -> HttpResponse:
    """An answer of plain values, written as JSON without building its model first.

    The description's tests hold it to the model it is announced with.
    """
    return HttpResponse(orjson.dumps(found), content_type="application/json; charset=utf-8")


def tag_version(response: HttpResponse, row: Statement) -> None:
    """Say which version of a statement the answer holds, as an ETag too."""
    response["ETag"] = f'"{row.pk}-{row.version}"'
