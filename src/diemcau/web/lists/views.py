"""Lists by name: events, people, instruments, partners; then shortcomings and commitments."""

from django.db.models import Count, F, QuerySet
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from diemcau.accounts.rules import can_add_documents, can_confirm
from diemcau.delivery.orders.instruments import seen_instruments
from diemcau.documents.groups import list_groups
from diemcau.documents.models import LIVE, Statement, StatementKind
from diemcau.documents.rules import seen
from diemcau.documents.sentences import with_sentences
from diemcau.engagements.queries import list_lines
from diemcau.operation.answers import keep_answer
from diemcau.review.fields import FORMS
from diemcau.web.filters import Filters, page_of, per_document
from vanban.letters import fold

__all__ = ["commitments", "events", "instruments", "partners", "people", "shortcomings"]

_FACET = 30


@require_GET
@keep_answer
def events(request: HttpRequest) -> HttpResponse:
    """The meetings the documents report on, and the events people recorded."""
    filters = Filters(request)
    filters.add_words(_("Words"))
    page = page_of(request, list_lines(request.user, words=filters.get("q")))
    context = {"page": page, "may_add": can_add_documents(request.user)}
    return render(request, "web/events.html", {**context, **filters.context()})


@require_GET
@keep_answer
def people(request: HttpRequest) -> HttpResponse:
    """The people named, with the titles each document gives them."""
    return _groups(request, StatementKind.PERSON, "web/people.html")


@require_GET
@keep_answer
def instruments(request: HttpRequest) -> HttpResponse:
    """The numbered documents named."""
    filters = Filters(request)
    filters.add_words(_("Words"))
    found = list_groups(request.user, StatementKind.INSTRUMENT, words=filters.get("q"))
    page = page_of(request, found)
    numbers = {one.statements[0].values.get("number") or "" for one in page.object_list}
    recorded = {
        one.number.upper(): one
        for one in seen_instruments(request.user).filter(number__in=numbers).order_by("pk")
    }
    rows = [
        (one, recorded.get((one.statements[0].values.get("number") or "").upper()))
        for one in page.object_list
    ]
    context = {"page": page, "rows": rows, "may_confirm": can_confirm(request.user)}
    return render(request, "web/instruments.html", {**context, **filters.context()})


@require_GET
@keep_answer
def partners(request: HttpRequest) -> HttpResponse:
    """The countries, blocs, regions and agreements named."""
    return _groups(request, StatementKind.PARTNER, "web/partners.html")


def _groups(request: HttpRequest, kind: str, template: str) -> HttpResponse:
    filters = Filters(request)
    filters.add_words(_("Words"))
    page = page_of(request, list_groups(request.user, kind, words=filters.get("q")))
    return render(request, template, {"page": page, **filters.context()})


@require_GET
@keep_answer
def shortcomings(request: HttpRequest) -> HttpResponse:
    """The weaknesses and obstacles the documents admit."""
    filters = Filters(request)
    rows = _of_document(_sought(request, StatementKind.SHORTCOMING, filters), filters)
    return _sayings(request, rows, filters, "web/shortcomings.html")


@require_GET
@keep_answer
def commitments(request: HttpRequest) -> HttpResponse:
    """What the documents say was signed or promised, and with whom."""
    filters = Filters(request)
    # A correction counts before what was read.
    form = Coalesce(KeyTextTransform("form", "corrected"), KeyTextTransform("form", "data"))
    rows = _sought(request, StatementKind.COMMITMENT, filters).annotate(form=form)
    per_form = dict(rows.order_by().values_list("form").annotate(n=Count("pk")))
    rows = _of_document(rows, filters)
    filters.add(
        "hinh-thuc", _("Form"), [(f, str(FORMS[f]), n) for f, n in per_form.items() if f in FORMS]
    )
    if (asked := filters.get("hinh-thuc")) in FORMS:
        rows = rows.filter(form=asked)
    return _sayings(request, rows, filters, "web/commitments.html")


def _sought(request: HttpRequest, kind: str, filters: Filters) -> QuerySet[Statement]:
    """The live statements of a kind that the person may see and that hold every word asked for."""
    rows = Statement.objects.filter(seen(request.user), kind=kind, state__in=LIVE)
    for word in fold(filters.get("q")).split():
        rows = rows.filter(folded__contains=word)
    return rows


def _of_document(rows: QuerySet[Statement], filters: Filters) -> QuerySet[Statement]:
    """Those of the document asked for, and the filter that asks."""
    if document := filters.get_id("van-ban"):
        rows = rows.filter(document=document)
    filters.add("van-ban", _("Document"), per_document(rows, "document"))
    return rows


def _sayings(
    request: HttpRequest, rows: QuerySet[Statement], filters: Filters, template: str
) -> HttpResponse:
    """A page of statements with their sentences, the latest documents first."""
    filters.add_words(_("Words"))
    ordered = (
        with_sentences(rows)
        .select_related("document")
        .order_by(F("document__event_on").desc(nulls_last=True), "document_id", "start")
    )
    page = page_of(request, ordered)
    return render(request, template, {"page": page, **filters.context()})
