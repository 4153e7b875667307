"""Lists by name: events, people, instruments, partners; and shortcomings."""

from django.db.models import Count, F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from diemcau.documents.groups import list_events, list_groups
from diemcau.documents.models import LIVE, Document, Statement, StatementKind
from diemcau.documents.sentences import with_sentences
from diemcau.web.filters import Filters, page_of
from vanban.letters import fold

__all__ = ["events", "instruments", "partners", "people", "shortcomings"]

_FACET = 30


@require_GET
def events(request: HttpRequest) -> HttpResponse:
    """The meetings the documents report on."""
    filters = Filters(request)
    filters.add_words(_("Words"))
    page = page_of(request, list_events(words=filters.get("q")))
    return render(request, "web/events.html", {"page": page, **filters.context()})


@require_GET
def people(request: HttpRequest) -> HttpResponse:
    """The people named, with the titles each document gives them."""
    return _groups(request, StatementKind.PERSON, "web/people.html")


@require_GET
def instruments(request: HttpRequest) -> HttpResponse:
    """The numbered documents named."""
    return _groups(request, StatementKind.INSTRUMENT, "web/instruments.html")


@require_GET
def partners(request: HttpRequest) -> HttpResponse:
    """The countries, blocs, regions and agreements named."""
    return _groups(request, StatementKind.PARTNER, "web/partners.html")


def _groups(request: HttpRequest, kind: str, template: str) -> HttpResponse:
    filters = Filters(request)
    filters.add_words(_("Words"))
    page = page_of(request, list_groups(kind, words=filters.get("q")))
    return render(request, template, {"page": page, **filters.context()})


@require_GET
def shortcomings(request: HttpRequest) -> HttpResponse:
    """The weaknesses and obstacles the documents admit."""
    filters = Filters(request)
    rows = Statement.objects.filter(
        kind=StatementKind.SHORTCOMING,
        state__in=LIVE,
    )
    for word in fold(filters.get("q")).split():
        rows = rows.filter(folded__contains=word)
    if document := filters.get_id("van-ban"):
        rows = rows.filter(document=document)
    per_document = dict(
        rows.order_by().values_list("document").annotate(n=Count("pk")).order_by("-n")[:_FACET]
    )
    names = {d.pk: str(d) for d in Document.objects.filter(pk__in=per_document)}
    filters.add(
        "van-ban", _("Document"), [(str(pk), names[pk], n) for pk, n in per_document.items()]
    )
    filters.add_words(_("Words"))
    ordered = (
        with_sentences(rows)
        .select_related("document")
        .order_by(F("document__event_on").desc(nulls_last=True), "document_id", "start")
    )
    page = page_of(request, ordered)
    return render(request, "web/shortcomings.html", {"page": page, **filters.context()})
