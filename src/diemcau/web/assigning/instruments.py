"""Numbered documents of the ledger: the list, one with its clauses, recording and its text."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Case, Value, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from diemcau.accounts.rules import can_confirm
from diemcau.delivery import actions
from diemcau.delivery.actions.instruments import InstrumentFields
from diemcau.delivery.models import Instrument
from diemcau.delivery.orders.instruments import (
    asks_after,
    coverage_of,
    list_instruments,
    list_take_overs,
    own_number,
    period_in,
    seen_instruments,
)
from diemcau.delivery.refusals import Refused
from diemcau.directory.models import Body
from diemcau.documents.issuer import letterhead_of, signer_of
from diemcau.documents.models import Document, Statement, StatementKind, StatementState
from diemcau.documents.rules import library_of, seen
from diemcau.operation.answers import keep_answer
from diemcau.web.assigning.offered import chosen_document, offered_documents
from diemcau.web.filters import Filters, id_of, page_of
from diemcau.web.following.forms import day_of
from diemcau.web.posting import posted_from

__all__ = ["add", "edit", "instrument", "listed", "successor", "text"]

_FIELDS = ("kind", "number", "issuer", "signer", "subject", "period")
_CHOICES = 100


@require_GET
@keep_answer
def listed(request: HttpRequest) -> HttpResponse:
    """The numbered documents of the ledger, with how many orders and tasks each gave."""
    today = timezone.localdate()
    filters = Filters(request)
    ending = list_instruments(request.user, on=today, only="ending").count()
    filters.add("con-han", _("Time"), [("sap-het", _("Ends, successor?"), ending)])
    filters.add_words(_("Words"))
    only = "ending" if filters.get("con-han") == "sap-het" else ""
    rows = list_instruments(request.user, on=today, words=filters.get("q"), only=only)
    page = page_of(request, rows)
    for row in page.object_list:
        row.asks_after = asks_after(row, today)
    context = {
        "page": page,
        "n_ending": ending,
        "may_confirm": can_confirm(request.user),
        **filters.context(),
    }
    return render(request, "web/assigning/instruments.html", context)


@require_GET
def instrument(request: HttpRequest, pk: int) -> HttpResponse:
    """One numbered document: clause by clause its orders, their tasks, and what is covered."""
    return _page(request, _find(request, pk))


def _page(request: HttpRequest, row: Instrument, *, refused: str = "") -> HttpResponse:
    today = timezone.localdate()
    may_confirm = can_confirm(request.user)
    asks_text = may_confirm and row.document is None
    named = period_in(row.subject)
    follows = Case(When(succeeded_by=row, then=Value(0)), default=Value(1))
    rows = seen_instruments(request.user).exclude(pk=row.pk)
    others = list(rows.order_by(follows, *Instrument._meta.ordering)[:_CHOICES])
    context = {
        "instrument": row,
        "coverage": coverage_of(request.user, row, on=today),
        "asks_after": asks_after(row, today),
        "others": others if may_confirm else [],
        "before": [one for one in others if one.succeeded_by_id == row.pk],
        "documents": offered_documents(request.user) if asks_text else [],
        "n_spoken": sum(
            official.directive.instrument_id == row.pk
            for _echo, _spoken, official in list_take_overs(request.user)
        )
        if may_confirm
        else 0,
        "period_named": named if not row.period else "",
        "may_confirm": may_confirm,
        "refused": refused,
        "today": today,
    }
    status = 422 if refused else 200
    return render(request, "web/assigning/instrument.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """Record a numbered document by hand, or from the sentence that names it."""
    if not can_confirm(request.user):
        raise PermissionDenied("delivery.record_instrument")
    statement, text_of = _statement(request), _document(request)
    if text_of is not None:
        statement = own_number(text_of)
    elif statement is not None and statement == own_number(statement.document):
        text_of = statement.document
    typed = _of_statement(statement) | _of_document(text_of, statement)
    if text_of is not None and statement is not None and statement.state != StatementState.ACCEPTED:
        # Its words are at hand; the sentence itself is not confirmed yet.
        statement = None
    if request.method != "POST":
        return _form(request, None, typed, statement=statement)
    post = request.POST
    try:
        document = chosen_document(request)
        if post.get("document", "").strip() and document is None:
            raise Refused(_("There is no such document that you may see."))
        made = actions.record_instrument(
            request.user, fields=_read(request), document=document, statement=statement
        )
    except Refused as refused:
        return _form(request, None, post, statement=statement, refused=str(refused))
    messages.success(request, _("%(name)s stands in the ledger.") % {"name": made})
    return redirect("instrument", pk=made.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct what a numbered document is named by."""
    row = _find(request, pk)
    if not can_confirm(request.user):
        raise PermissionDenied("delivery.correct_instrument")
    if request.method != "POST":
        typed = {name: getattr(row, name) for name in _FIELDS}
        typed["issued_on"] = row.issued_on.isoformat() if row.issued_on else ""
        if request.GET.get("giai-doan") and not row.period:
            typed["period"] = period_in(row.subject)
        return _form(request, row, typed)
    try:
        actions.correct_instrument(
            request.user,
            instrument=row.pk,
            fields=_read(request),
            reason=request.POST.get("reason", ""),
        )
    except Refused as refused:
        return _form(request, row, request.POST, refused=str(refused))
    messages.success(request, _("Corrected."))
    return redirect("instrument", pk=pk)


@posted_from("instrument")
def text(request: HttpRequest, pk: int) -> HttpResponse:
    """Say which stored document is the text, or take that back."""
    row = _find(request, pk)
    document = None
    if request.POST.get("do") != "undo":
        document = chosen_document(request)
        if document is None:
            return _page(request, row, refused=_("There is no such document that you may see."))
    try:
        n = actions.set_text(request.user, instrument=row.pk, document=document)
    except Refused as refused:
        return _page(request, row, refused=str(refused))
    if document is None:
        told = _("The text is taken back; its orders are known from a document only.")
    else:
        told = ngettext(
            "%(n)d order read in it is official now.",
            "%(n)d orders read in it are official now.",
            n,
        ) % {"n": n}
    messages.success(request, told)
    return redirect("instrument", pk=pk)


@posted_from("instrument")
def successor(request: HttpRequest, pk: int) -> HttpResponse:
    """Say which numbered document follows, or take that back."""
    row = _find(request, pk)
    try:
        actions.name_successor(
            request.user,
            instrument=row.pk,
            successor=id_of(request.POST.get("successor")),
            reason=request.POST.get("reason", ""),
        )
    except Refused as refused:
        return _page(request, row, refused=str(refused))
    messages.success(request, _("Kept."))
    return redirect("instrument", pk=pk)


def _find(request: HttpRequest, pk: int) -> Instrument:
    rows = seen_instruments(request.user).select_related(
        "document", "statement__document", "succeeded_by", "recorded_by"
    )
    return get_object_or_404(rows, pk=pk)


def _form(
    request: HttpRequest,
    row: Instrument | None,
    typed: object,
    *,
    statement: Statement | None = None,
    refused: str = "",
) -> HttpResponse:
    context = {
        "instrument": row,
        "typed": typed,
        "statement": statement,
        "documents": offered_documents(request.user) if row is None else [],
        "refused": refused,
    }
    status = 422 if refused else 200
    return render(request, "web/assigning/instrument_form.html", context, status=status)


def _statement(request: HttpRequest) -> Statement | None:
    wanted = id_of(request.POST.get("statement") or request.GET.get("cau"))
    if wanted is None:
        return None
    rows = Statement.objects.filter(seen(request.user), kind=StatementKind.INSTRUMENT)
    return get_object_or_404(rows.select_related("document"), pk=wanted)


def _document(request: HttpRequest) -> Document | None:
    """The stored document whose page asked to record it."""
    wanted = id_of(request.GET.get("tai-lieu"))
    if wanted is None:
        return None
    return get_object_or_404(library_of(request.user), pk=wanted)


def _of_document(document: Document | None, statement: Statement | None) -> dict[str, str]:
    """What a document says of itself, for the person to look over."""
    if document is None:
        return {}
    kind, title = (statement.values.get("kind") or "") if statement else "", document.title
    has_kind = bool(kind) and title.casefold().startswith(kind.casefold() + " ")
    return {
        "subject": title[len(kind) :].strip() if has_kind else title,
        "issuer": _issuer(document),
        "signer": signer_of(document),
        "document": f"{document.pk} {document}",
    }


def _issuer(document: Document) -> str:
    """The body whose letterhead the text has, by name; "" where none is recognised."""
    ref = letterhead_of(document, on=document.spoken_on)
    body = Body.objects.filter(ref=ref).first() if ref else None
    return body.name if body is not None else ""


def _of_statement(statement: Statement | None) -> dict[str, str]:
    values = statement.values if statement else {}
    day = str(values.get("date") or "")
    return {
        "kind": values.get("kind") or "",
        "number": values.get("number") or "",
        "issued_on": day if len(day) == len("2026-02-04") else "",
    }


def _read(request: HttpRequest) -> InstrumentFields:
    values = {name: request.POST.get(name, "") for name in _FIELDS}
    return InstrumentFields(issued_on=day_of(request.POST.get("issued_on", "")), **values)
