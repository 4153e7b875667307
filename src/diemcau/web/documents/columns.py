"""The list of documents as a file."""

from collections.abc import Iterator
from itertools import islice

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from diemcau.documents.models import Document, StatementKind
from diemcau.documents.queries import Counts, counts_of, originals_of
from diemcau.documents.rules import Reader
from diemcau.web.sheets import Column, Sheet

__all__ = ["documents_sheet", "said_choices"]

_AT_ONCE = 500


def documents_sheet(by: Reader, found: QuerySet[Document], said: list[tuple[str, str]]) -> Sheet:
    """The documents as the list has them, with what was read in each and what was decided.

    Args:
        said: filters in words.
    """
    columns = [
        Column(_("Item number"), lambda row: row[0].pk, 8),
        Column(_("Document"), lambda row: str(row[0]), 60),
        Column(_("File"), lambda row: row[0].name, 40),
        Column(_("Outlet"), lambda row: row[0].outlet, 24),
        Column(_("Day of the meeting"), lambda row: row[0].event_on, 12),
        Column(_("Near copy of"), lambda row: str(row[2] or ""), 40),
        *(_kind_column(kind) for kind in StatementKind),
        Column(_("Decided"), lambda row: row[1].n_decided, 10),
        Column(_("Statements"), lambda row: row[1].n_all, 10),
        Column(_("Added"), lambda row: row[0].added_at, 19),
    ]
    return Sheet("tai-lieu", _("Documents"), columns, _counted(by, found), said)


def said_choices(words: str, shown: str) -> list[tuple[str, str]]:
    """What the list is narrowed by, in words."""
    said = [(_("Words"), words), (_("Show"), shown)]
    return [pair for pair in said if pair[1]]


def _kind_column(kind: StatementKind) -> Column:
    return Column(str(kind.label), lambda row: row[1].by_kind[kind], 10)


def _counted(
    by: Reader, found: QuerySet[Document]
) -> Iterator[tuple[Document, Counts, Document | None]]:
    rows = found.iterator(chunk_size=_AT_ONCE)
    while documents := list(islice(rows, _AT_ONCE)):
        counts, originals = counts_of(documents), originals_of(by, documents)
        for document in documents:
            yield document, counts.get(document.pk) or Counts(), originals.get(document.pk)
