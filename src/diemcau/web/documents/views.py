"""Pages of documents: the list, one document, its file, taking files in, reading one again."""

import logging
from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST, require_safe

from diemcau.accounts.rules import Duty, can_add_documents
from diemcau.delivery.orders.instruments import seen_instruments
from diemcau.documents.models import Document, Reading, Statement, StatementKind, TextVersion
from diemcau.documents.queries import (
    SHOWN,
    SORTS,
    Counts,
    counts_of,
    list_documents,
    originals_of,
)
from diemcau.documents.rules import library_of, may_do, seen
from diemcau.exchange.queries import documents_to_open
from diemcau.gate.queries import list_papers, waiting_for
from diemcau.gate.rules import may_refuse, openable
from diemcau.gate.telling import told_sentences
from diemcau.operation.answers import keep_answer
from diemcau.review.intake import reread
from diemcau.review.outcomes import Outcome, describe, try_take_in_all
from diemcau.review.queries import statements_to_review
from diemcau.web.documents.columns import documents_sheet, said_choices
from diemcau.web.documents.custody import custody_context, read_custody, whose_choices
from diemcau.web.documents.marking import marked_text
from diemcau.web.documents.wording import rows_of
from diemcau.web.filters import id_of
from diemcau.web.sheets import answer_sheet, asked_form, shows_and_takes_out
from diemcau.web.uploads import takes_body

__all__ = ["document", "documents", "download", "read_again", "statement", "upload"]

logger = logging.getLogger(__name__)

_ON_A_PAGE = 50
_PAPERS_SHOWN = 20
_UPLOAD_MB = 300


@shows_and_takes_out
@keep_answer
def documents(request: HttpRequest) -> HttpResponseBase:
    """The list of documents."""
    words = request.GET.get("q", "").strip()
    shown = request.GET.get("show") if request.GET.get("show") in SHOWN else "all"
    sort = request.GET.get("sort") if request.GET.get("sort") in SORTS else "added"
    found = list_documents(request.user, words=words, shown=shown, sort=sort)
    if form := asked_form(request):
        said = said_choices(words, dict(_shown_choices())[shown] if shown != "all" else "")
        return answer_sheet(request, documents_sheet(request.user, found, said), form)
    page = Paginator(found, _ON_A_PAGE).get_page(request.GET.get("page"))
    counts = counts_of(page.object_list)
    originals = originals_of(request.user, page.object_list)
    query = request.GET.copy()
    query.pop("page", None)
    return render(
        request,
        "web/documents/list.html",
        {
            "page": page,
            "rows": [
                (one, counts.get(one.pk) or Counts(), originals.get(one.pk))
                for one in page.object_list
            ],
            "kinds": StatementKind.choices,
            "words": words,
            "shown": shown,
            "sort": sort,
            "shown_choices": _shown_choices(),
            "sort_choices": _sort_choices(),
            "query": query.urlencode(),
            "is_filtered": bool(words) or shown != "all",
            "may_add": can_add_documents(request.user),
            "waiting": waiting_for(request.user),
            "papers": list_papers(words=words)[:_PAPERS_SHOWN] if shown == "all" else [],
        },
    )


@require_safe
def document(request: HttpRequest, pk: int) -> HttpResponse:
    """One document: its text with the statements marked, its versions, its near copies."""
    visible = documents_to_open(request.user)
    found = get_object_or_404(visible.select_related("added_by", "owner", "check_made"), pk=pk)
    versions = list(found.texts.defer("text", "folded", "blocks"))
    wanted = request.GET.get("v", "")
    numbers = [v.number for v in versions]
    number = chosen if (chosen := id_of(wanted)) in numbers else numbers[-1]
    version = found.texts.get(number=number)
    statements = list(statements_to_review(found))
    here = id_of(request.GET.get("s"))
    check = getattr(found, "check_made", None)
    in_text = [s for s in statements if s.text_version_id == version.pk]
    asked_for = Statement.objects.filter(pk=here, document=found).first() if here else None
    if asked_for is not None and asked_for.text_version_id == version.pk:
        in_text += [asked_for] if asked_for not in in_text else []
    return render(
        request,
        "web/documents/document.html",
        {
            "document": found,
            "version": version,
            "versions": versions,
            "readings": _readings_of(found),
            "text": marked_text(version, in_text, here=here),
            "cards": [(s, rows_of(s)) for s in in_text],
            "elsewhere": [s for s in statements if s.text_version_id != version.pk],
            "counts": counts_of([found]).get(found.pk) or Counts(),
            "original": originals_of(request.user, [found]).get(found.pk),
            "copies": list(found.near_copies.filter(seen(request.user, "pk")).order_by("pk")),
            "here": here,
            "instruments": list(seen_instruments(request.user).filter(document=found)),
            "told": told_sentences(check.told) if check else [],
            "may_confirm": not found.is_table and may_do(request.user, Duty.CONFIRM, found),
            **custody_context(request.user, found),
        },
    )


@require_safe
def statement(request: HttpRequest, pk: int) -> HttpResponse:
    """The permanent address of a statement: its document, opened at its sentence."""
    found = get_object_or_404(Statement, seen(request.user), pk=pk)
    address = reverse("document", args=[found.document_id])
    numbers = dict(
        TextVersion.objects.filter(document=found.document_id).values_list("pk", "number")
    )
    version, newest = numbers[found.text_version_id], max(numbers.values())
    older = f"v={version}&" if version != newest else ""
    return redirect(f"{address}?{older}s={pk}#s{pk}")


@require_GET
def download(request: HttpRequest, pk: int) -> FileResponse:
    """The file as it came, always as a download, never shown as a page of ours."""
    found = get_object_or_404(documents_to_open(request.user), pk=pk)
    try:
        file = found.file.open("rb")
    except (OSError, ValueError) as problem:
        logger.exception("the file of document %s cannot be opened", pk)
        raise Http404 from problem
    response = FileResponse(
        file,
        as_attachment=True,
        filename=found.name,
        content_type="application/octet-stream",
    )
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "private, no-store"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["X-Download-Options"] = "noopen"
    return response


@takes_body(_UPLOAD_MB * 1024 * 1024)
def upload(request: HttpRequest) -> HttpResponse:
    """Take files in: the form, and what became of each file."""
    if not can_add_documents(request.user):
        raise PermissionDenied("documents.take_in")
    outcomes: list[tuple[Outcome, str]] = []
    problems: dict[str, list[str]] = {}
    custody = None
    files = request.FILES.getlist("files") if request.method == "POST" else []
    if request.method == "POST":
        try:
            custody = read_custody(request)
        except ValidationError as refused:
            problems, files = refused.message_dict, []
    for file in files:
        found = try_take_in_all(
            request.user,
            name=file.name or "",
            size=file.size or 0,
            read=partial(_bytes_of, file),
            custody=custody,
        )
        outcomes += [(outcome, describe(outcome)) for outcome in found]
    if request.htmx and not outcomes:
        said = [words for field in problems.values() for words in field]
        context = {"problem": " ".join(said) or _("No file was chosen.")}
        return render(request, "web/gate/_problem.html", context, status=422)
    refused = [one for one, _words in outcomes if one.refusal and not (one.stopped or one.held)]
    stops = [one.stopped.stop for one, _words in outcomes if one.stopped]
    context = {
        "decidable": {stop.pk for stop in stops if may_refuse(request.user, stop)},
        "openable": openable(request.user, stops),
        "is_closed": custody is not None and custody.is_closed,
        "outcomes": outcomes,
        "n_refused": len(refused),
        "is_empty": request.method == "POST" and not files and not problems,
        "limit": _UPLOAD_MB * 1024 * 1024,
        "limit_mb": _UPLOAD_MB,
        "problems": problems,
        "typed": request.POST if problems else {},
        **whose_choices(request.user),
    }
    template = "web/documents/_outcomes.html" if request.htmx else "web/documents/upload.html"
    return render(request, template, context, status=422 if problems else 200)


@require_POST
def read_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Read a document again with the program as it is now."""
    found = get_object_or_404(library_of(request.user), pk=pk)
    again = reread(request.user, found)
    messages.success(
        request,
        _(
            "Read again: %(kept)s statements as before, %(added)s new, %(gone)s no longer read; "
            "%(decided)s records people had decided on already."
        )
        % {
            "kept": again.n_kept,
            "added": again.n_added,
            "gone": again.n_superseded,
            "decided": again.n_decided,
        },
    )
    return redirect("document", pk=pk)


def _bytes_of(file: UploadedFile) -> bytes:
    return b"".join(file.chunks())


def _readings_of(found: Document) -> list[Reading]:
    return list(
        Reading.objects.filter(text_version__document=found)
        .select_related("text_version")
        .defer("text_version__text", "text_version__folded", "text_version__blocks")
        .order_by("-pk")[:20]
    )


def _shown_choices() -> list[tuple[str, str]]:
    return [
        ("all", _("All")),
        ("to_review", _("To review")),
        ("reviewed", _("Reviewed")),
        ("copies", _("Near copies")),
    ]


def _sort_choices() -> list[tuple[str, str]]:
    return [
        ("added", _("Newest first")),
        ("event", _("By day of the meeting")),
        ("title", _("By title")),
        ("left", _("Most to review first")),
    ]
