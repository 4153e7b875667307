"""Search over everything read: statements and whole texts, with or without marks.

Both sides are folded (case, marks and the place of tone marks away), so "thoả thuận", "thỏa thuận"
and "thoa thuan" find the same. Words in double quotes must stand together.
"""

import re
from dataclasses import dataclass

from django.db.models import Count, F, Q, QuerySet, Value
from django.db.models.functions import Greatest, StrIndex, Substr

from diemcau.documents.models import Statement, StatementState, TextVersion
from vanban.letters import fold

__all__ = [
    "TextHit",
    "count_statements",
    "highlight",
    "search_statements",
    "search_texts",
    "terms_of",
]

LIVE = (StatementState.PROPOSED, StatementState.ACCEPTED)
_TERM = re.compile(r'"([^"]+)"|(\S+)')
_SNIPPET, _LEAD = 240, 80
_MOST_TERMS = 12


@dataclass(frozen=True, slots=True)
class TextHit:
    """A document in whose text every term is found, with the words around the first one."""

    version: TextVersion
    snippet: str


def terms_of(query: str) -> list[str]:
    """The folded terms of a query, at most twelve: words, and phrases in double quotes."""
    found = (phrase or word for phrase, word in _TERM.findall(query))
    terms = (" ".join(fold(term).replace('"', " ").split()) for term in found)
    return [term for term in dict.fromkeys(terms) if term][:_MOST_TERMS]


def search_statements(terms: list[str], *, kind: str = "") -> QuerySet[Statement]:
    """Statements that hold every term in their words, those of the latest meetings first."""
    rows = Statement.objects.filter(state__in=LIVE)
    if kind:
        rows = rows.filter(kind=kind)
    for term in terms:
        rows = rows.filter(folded__contains=term)
    return rows.order_by(F("document__event_on").desc(nulls_last=True), "document_id", "start")


def count_statements(terms: list[str]) -> dict[str, int]:
    """How many statements of each kind hold every term."""
    rows = search_statements(terms).order_by().values_list("kind").annotate(n=Count("pk"))
    return dict(rows)


def search_texts(terms: list[str], *, limit: int = 10) -> list[TextHit]:
    """Documents whose text or name holds every term, the latest first; one hit a document.

    Args:
        terms: as `terms_of` gives them, at least one.
        limit: hits at most.
    """
    wanted = Q()
    for term in terms:
        wanted &= Q(folded__contains=term)
    rows = (
        TextVersion.objects.filter(wanted)
        .annotate(at=StrIndex("folded", Value(terms[0])))
        .annotate(snippet=Substr("text", Greatest(F("at") - _LEAD, 1), _SNIPPET))
        .select_related("document")
        .defer("text", "folded", "blocks")
        .order_by(F("document__event_on").desc(nulls_last=True), "-document_id", "-number")
    )
    hits: dict[int, TextHit] = {}
    for row in rows[: limit * 3]:
        hits.setdefault(row.document_id, TextHit(row, " ".join(row.snippet.split())))
    return list(hits.values())[:limit]


def highlight(text: str, terms: list[str]) -> list[tuple[str, bool]]:
    """Cut a text into pieces, each with whether it is one of the terms found in it.

    The pieces joined are the text. Where folding changes the length of a text (letters outside
    NFC Vietnamese) nothing is marked rather than the wrong letters.
    """
    folded = fold(text)
    if len(folded) != len(text) or not terms:
        return [(text, False)] if text else []
    marked = [False] * len(text)
    for term in terms:
        at = folded.find(term)
        while at >= 0:
            marked[at : at + len(term)] = [True] * len(term)
            at = folded.find(term, at + len(term))
    pieces: list[tuple[str, bool]] = []
    begin = 0
    for i in range(1, len(text) + 1):
        if i == len(text) or marked[i] != marked[begin]:
            pieces.append((text[begin:i], marked[begin]))
            begin = i
    return pieces
