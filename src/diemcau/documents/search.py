"""Search over everything read: statements and whole texts, with or without marks.

Both sides are folded (case, marks and the place of tone marks away), so "thoả thuận", "thỏa thuận"
and "thoa thuan" find the same. Syllables are matched whole: "an" is not found in "ban". Words in
double quotes must stand together; without quotes, where they do stand together comes first.
"""

import re
from dataclasses import dataclass

from django.db.models import Case, Count, F, Q, QuerySet, Value, When

from diemcau.documents.models import LIVE, Statement, TextVersion
from diemcau.documents.rules import Reader, seen
from vanban.letters import fold

__all__ = [
    "TextHit",
    "count_statements",
    "found_in",
    "highlight",
    "search_statements",
    "search_texts",
    "terms_of",
]

_TERM = re.compile(r'"([^"]+)"|(\S+)')
_SNIPPET, _LEAD = 240, 80
_MOST_TERMS = 12
_INSIDE = "a-z0-9"
"""What a syllable is made of once folded."""


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


def found_in(column: str, terms: list[str]) -> Q:
    """That a folded column holds every term, each of whole syllables."""
    wanted = Q()
    for term in terms:
        # The plain search is quick and sifts; the pattern decides.
        for word in term.split():
            wanted &= Q(**{f"{column}__contains": word})
    for term in terms:
        wanted &= Q(**{f"{column}__regex": _pattern(term)})
    return wanted


def _pattern(term: str) -> str:
    """A pattern of whole syllables that Python's `re` and PostgreSQL read the same way."""
    words = r"\s+".join(re.escape(word) for word in term.split())
    before = f"(^|[^{_INSIDE}])" if re.match(f"[{_INSIDE}]", term) else ""
    after = f"($|[^{_INSIDE}])" if re.search(f"[{_INSIDE}]$", term) else ""
    return f"{before}{words}{after}"


def _together(column: str, terms: list[str]) -> list[Case]:
    """Orders where the terms stand in a row before where they are apart; nothing for one term."""
    if len(terms) < 2:
        return []
    in_a_row = Q(**{f"{column}__regex": _pattern(" ".join(terms))})
    return [Case(When(in_a_row, then=Value(0)), default=Value(1))]


def search_statements(by: Reader, terms: list[str], *, kind: str = "") -> QuerySet[Statement]:
    """Statements a person may see that hold every term in their words or the names in their values.

    Those where the terms stand in a row come first, then those of the latest meetings.
    """
    rows = Statement.objects.filter(seen(by), found_in("sought", terms), state__in=LIVE)
    if kind:
        rows = rows.filter(kind=kind)
    return rows.order_by(
        *_together("sought", terms),
        F("document__event_on").desc(nulls_last=True),
        "document_id",
        "start",
    )


def count_statements(by: Reader, terms: list[str]) -> dict[str, int]:
    """How many statements of each kind hold every term."""
    rows = search_statements(by, terms).order_by().values_list("kind").annotate(n=Count("pk"))
    return dict(rows)


def search_texts(by: Reader, terms: list[str], *, limit: int = 10) -> list[TextHit]:
    """Documents a person may see that hold every term, in a row first, then the latest; one each.

    Args:
        terms: as `terms_of` gives them, at least one.
        limit: hits at most.
    """
    rows = (
        TextVersion.objects.filter(seen(by), found_in("folded", terms), document__is_table=False)
        .select_related("document")
        .defer("text", "folded", "blocks")
        .order_by(
            *_together("folded", terms),
            F("document__event_on").desc(nulls_last=True),
            "-document_id",
            "-number",
        )
    )
    versions: dict[int, TextVersion] = {}
    for row in rows[: limit * 3]:
        versions.setdefault(row.document_id, row)
    found = list(versions.values())[:limit]
    texts = TextVersion.objects.filter(pk__in=[v.pk for v in found])
    snippets = {
        pk: _snippet(text, folded, terms)
        for pk, text, folded in texts.values_list("pk", "text", "folded")
    }
    return [TextHit(version, snippets[version.pk]) for version in found]


def _snippet(text: str, folded: str, terms: list[str]) -> str:
    """The words around the terms in a row, else around the first of them."""
    match = _places(" ".join(terms)).search(folded) or _places(terms[0]).search(folded)
    at = max(0, match.start() - _LEAD) if match else 0
    return " ".join(text[at : at + _SNIPPET].split())


def _places(term: str) -> re.Pattern[str]:
    """Where a term stands in a folded text, as whole syllables."""
    words = r"\s+".join(re.escape(word) for word in term.split())
    before = f"(?<![{_INSIDE}])" if re.match(f"[{_INSIDE}]", term) else ""
    after = f"(?![{_INSIDE}])" if re.search(f"[{_INSIDE}]$", term) else ""
    return re.compile(f"{before}{words}{after}")


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
        for match in _places(term).finditer(folded):
            marked[match.start() : match.end()] = [True] * (match.end() - match.start())
    pieces: list[tuple[str, bool]] = []
    begin = 0
    for i in range(1, len(text) + 1):
        if i == len(text) or marked[i] != marked[begin]:
            pieces.append((text[begin:i], marked[begin]))
            begin = i
    return pieces
