"""Files stopped for their marks of secrecy: the list, one of them, the decision on it."""

from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from diemcau.access.rules import sees_closed_of
from diemcau.accounts.rules import can_add_documents
from diemcau.documents.custody import Custody
from diemcau.documents.opening import hash_bytes
from diemcau.gate.actions import GateRefused, decide_open, decide_paper, decide_refused
from diemcau.gate.models import Decision, Stop
from diemcau.gate.rules import may_refuse, openable, seen_stops
from diemcau.gate.telling import mark_words
from diemcau.review.outcomes import Outcome, describe, try_take_in
from diemcau.web.gate.papers import paper_of
from diemcau.web.posting import posted_from
from diemcau.web.uploads import takes_body
from vanban.loaders.limits import FILE_LIMIT

__all__ = ["decide", "stop", "stops"]

_ON_A_PAGE = 50


@require_safe
def stops(request: HttpRequest) -> HttpResponse:
    """The files that were stopped, those to decide on first."""
    _only_who_adds(request)
    visible = Stop.objects.filter(seen_stops(request.user))
    found = visible.select_related("stopped_by", "decided_by").order_by(
        # "waiting" sorts behind every other decision.
        "-decision",
        "-stopped_at",
        "-pk",
    )
    shown = "all" if request.GET.get("show") == "all" else "waiting"
    if shown == "waiting":
        found = found.filter(decision=Decision.WAITING)
    page = Paginator(found, _ON_A_PAGE).get_page(request.GET.get("page"))
    rows = [(one, mark_words(one.marks)) for one in page.object_list]
    return render(request, "web/gate/stops.html", {"page": page, "rows": rows, "shown": shown})


@require_safe
def stop(request: HttpRequest, pk: int) -> HttpResponse:
    """One file that was stopped: what is known of it, and the decision."""
    _only_who_adds(request)
    visible = Stop.objects.filter(seen_stops(request.user))
    found = get_object_or_404(visible.select_related("stopped_by", "decided_by"), pk=pk)
    return _page(request, found)


@takes_body(FILE_LIMIT + 1024 * 1024)
@posted_from("stop")
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the decision; where the same file comes with it and is open, it goes in at once."""
    _only_who_adds(request)
    found = get_object_or_404(Stop, seen_stops(request.user), pk=pk)
    file = request.FILES.get("file")
    typed = {k: v.strip() for k, v in request.POST.items()}
    outcome = None
    try:
        if typed.get("decision") == "open":
            outcome = _open(request, found, file, typed.get("reason", ""))
        elif typed.get("decision") == "paper":
            decide_paper(request.user, found, **paper_of(typed))
        elif typed.get("decision") == "refused":
            decide_refused(request.user, found, reason=typed.get("reason", ""))
        else:
            raise GateRefused(_("Choose what to do with the file."))
    except GateRefused as refused:
        if request.htmx:
            context = {"problem": str(refused)}
            return render(request, "web/gate/_problem.html", context, status=422)
        return _page(request, found, problem=str(refused), typed=typed, status=422)
    said = describe(outcome) if outcome else _said(typed["decision"])
    if request.htmx:
        context = {"outcome": outcome, "words": said}
        return render(request, "web/gate/_decided.html", context)
    messages.add_message(
        request, messages.ERROR if outcome and outcome.refusal else messages.SUCCESS, said
    )
    if outcome and outcome.intake:
        return redirect("document", pk=outcome.intake.document.pk)
    return redirect("stop", pk=pk)


def _open(
    request: HttpRequest, found: Stop, file: UploadedFile | None, reason: str
) -> Outcome | None:
    data = b"" if file is None else b"".join(file.chunks())
    if file is not None and hash_bytes(data) != found.sha256:
        raise GateRefused(
            _("“%(name)s” is another file than the one that was stopped (%(code)s).")
            % {"name": file.name, "code": found.code}
        )
    decide_open(request.user, found, reason=reason)
    if file is None:
        return None
    return try_take_in(
        request.user,
        name=file.name or "",
        size=len(data),
        read=partial(bytes, data),
        custody=Custody(found.owner_id, _is_closed(request, found)),
    )


def _is_closed(request: HttpRequest, found: Stop) -> bool:
    """Whether it is to be closed, as the form that brought it said."""
    return request.POST.get("is_closed") == "1" and sees_closed_of(request.user, found.owner_id)


def _said(decision: str) -> str:
    return {
        "open": _("Decided: not secret. Bring the same file again, and it is taken in."),
        "refused": _("Decided: refused. Nothing of the file is here."),
        "paper": _("Decided: refused, and recorded as a paper. Nothing of the file is here."),
    }[decision]


def _page(
    request: HttpRequest,
    found: Stop,
    *,
    problem: str = "",
    typed: dict[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "stop": found,
        "marks": mark_words(found.marks),
        "problem": problem,
        "typed": typed or {},
        "openable": openable(request.user, [found]),
        "is_open": found.decision in (Decision.WAITING, Decision.REFUSED)
        and may_refuse(request.user, found),
    }
    return render(request, "web/gate/stop.html", context, status=status)


def _only_who_adds(request: HttpRequest) -> None:
    if not can_add_documents(request.user):
        raise PermissionDenied("gate.stop")
