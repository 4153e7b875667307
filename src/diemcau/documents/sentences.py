"""The sentence a statement stands in, for lists: without loading whole texts."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import F, QuerySet, Value
from django.db.models.functions import Greatest, Least, Substr

from diemcau.documents.models import Statement

__all__ = ["Sentence", "bring_sentences", "sentence_of", "with_sentences"]

_REACH = 400
"""Code points of text taken on either side of a statement."""
_BEGIN = re.compile(r"(?:\n|[.!?…]\s+|;\s+)(?=[^\n]*$)")
_STOP = re.compile(r"\n|[.!?…](?=\s|$)|;")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A statement's words between those of its sentence; the three joined are text as it stands."""

    before: str
    quote: str
    after: str


def with_sentences(statements: QuerySet[Statement]) -> QuerySet[Statement]:
    """Annotate statements with the text around them, which `sentence_of` cuts to the sentence."""
    text = F("text_version__text")
    begin = Greatest(F("start") - _REACH, Value(0))
    return statements.annotate(
        around_before=Substr(text, begin + 1, Least(F("start"), Value(_REACH))),
        around_after=Substr(text, F("end") + 1, _REACH),
    )


def bring_sentences(statements: Iterable[Statement], text: str) -> None:
    """Give statements the text around them, as `with_sentences` does, from the text at hand.

    Args:
        statements: of that text.
    """
    for one in statements:
        one.around_before = text[max(0, one.start - _REACH) : one.start]  # type: ignore[attr-defined]
        one.around_after = text[one.end : one.end + _REACH]  # type: ignore[attr-defined]


def sentence_of(statement: Statement) -> Sentence:
    """The sentence, or part of one between semicolons, that a statement stands in.

    Without what `with_sentences` or `bring_sentences` brings, the statement's own words alone.
    """
    before = getattr(statement, "around_before", "") or ""
    after = getattr(statement, "around_after", "") or ""
    starts = [m.end() for m in _BEGIN.finditer(before)]
    before = before[starts[-1] :] if starts else before
    if statement.quote[-1:] in ".!?…;":
        return Sentence(before, statement.quote, "")
    stop = _STOP.search(after)
    return Sentence(before, statement.quote, after[: stop.end()].rstrip() if stop else after)
