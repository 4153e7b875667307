"""The statements a search finds, as a file."""

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from diemcau.documents.models import Statement
from diemcau.documents.sentences import sentence_of
from diemcau.web.documents.wording import rows_of
from diemcau.web.filters import Filters
from diemcau.web.sheets import Column, Sheet, said_filters
from diemcau.web.templatetags.speech import said_on

__all__ = ["search_sheet"]


def search_sheet(rows: QuerySet[Statement], filters: Filters) -> Sheet:
    """The statements found, each with its sentence, its values and its document.

    Args:
        rows: with sentences and documents at hand.
    """
    columns = [
        Column(_("Item number"), lambda s: s.pk, 8),
        Column(_("Kind"), lambda s: s.get_kind_display(), 12),
        Column(_("Words of the document"), lambda s: s.quote, 40),
        Column(_("Sentence"), _sentence, 70),
        Column(_("Values"), _values, 50),
        Column(_("Decision"), lambda s: s.get_state_display(), 14),
        Column(_("Document"), lambda s: str(s.document), 40),
        Column(_("Day"), said_on, 12),
    ]
    return Sheet(
        "tim-kiem",
        _("Statements found"),
        columns,
        rows.iterator(chunk_size=500),
        said_filters(filters),
    )


def _sentence(statement: Statement) -> str:
    found = sentence_of(statement)
    return " ".join(f"{found.before}{found.quote}{found.after}".split())


def _values(statement: Statement) -> str:
    return "; ".join(f"{row.label}: {row.value}" for row in rows_of(statement) if row.value)
