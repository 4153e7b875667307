"""Search over everything."""

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _

from diemcau.delivery.recorded import search_records
from diemcau.documents.models import StatementKind
from diemcau.documents.search import (
    count_statements,
    highlight,
    search_statements,
    search_texts,
    terms_of,
)
from diemcau.documents.sentences import sentence_of, with_sentences
from diemcau.web.filters import Filters, page_of
from diemcau.web.search.columns import search_sheet
from diemcau.web.sheets import answer_sheet, asked_form, shows_and_takes_out

__all__ = ["search"]


@shows_and_takes_out
def search(request: HttpRequest) -> HttpResponseBase:
    """Statements and documents that hold the words asked for, the words marked."""
    filters = Filters(request)
    terms = terms_of(filters.get("q"))
    if not terms:
        return render(request, "web/search.html", {"q": filters.get("q")})
    counts = count_statements(request.user, terms)
    kind = filters.get("loai")
    kind = kind if kind in StatementKind.values else ""
    filters.add(
        "loai", _("Kind"), [(k.value, str(k.label), counts.get(k, 0)) for k in StatementKind]
    )
    rows = with_sentences(search_statements(request.user, terms, kind=kind)).select_related(
        "document", "task"
    )
    if form := asked_form(request):
        filters.add_words(_("Words"))
        return answer_sheet(request, search_sheet(rows, filters), form)
    page = page_of(request, rows, per_page=40)
    texts = [] if kind or page.number > 1 else search_texts(request.user, terms)
    records = [] if kind or page.number > 1 else search_records(request.user, terms)
    context = {
        "page": page,
        "records": records,
        "hits": [
            {
                "statement": s,
                "before": highlight(sentence_of(s).before, terms),
                "quote": highlight(s.quote, terms),
                "after": highlight(sentence_of(s).after, terms),
            }
            for s in page.object_list
        ],
        "texts": [(hit.version.document, highlight(hit.snippet, terms)) for hit in texts],
        "n": sum(counts.values()),
        **filters.context(),
    }
    return render(request, "web/search.html", context)
