"""Files that are held apart because no scanner could look at them, and harmful ones refused."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

import vanban
from diemcau.gate.actions import GateRefused, destroy_held
from diemcau.gate.models import HeldFile, HeldState
from diemcau.gate.rules import can_decide_held
from diemcau.review.intake import release_held
from diemcau.review.outcomes import Outcome, describe

__all__ = ["decide", "held_files"]

_ON_A_PAGE = 50


@require_safe
def held_files(request: HttpRequest) -> HttpResponse:
    """The files held apart, those to decide on first."""
    _only_who_decides(request)
    found = HeldFile.objects.select_related("held_by", "decided_by")
    shown = "all" if request.GET.get("show") == "all" else "held"
    if shown == "held":
        found = found.filter(state=HeldState.HELD)
    page = Paginator(found, _ON_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "web/gate/held.html", {"page": page, "shown": shown})


@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Release a file, which is then read and stored, or destroy it."""
    _only_who_decides(request)
    found = get_object_or_404(HeldFile, pk=pk)
    reason = request.POST.get("reason", "")
    try:
        if request.POST.get("decision") == "release":
            taken = release_held(request.user, found, reason=reason)
            messages.success(request, describe(Outcome(found.name, intake=taken)))
        elif request.POST.get("decision") == "destroy":
            destroy_held(request.user, found, reason=reason)
            messages.success(request, _("Destroyed: “%(name)s”.") % {"name": found.name})
        else:
            raise GateRefused(_("Choose what to do with the file."))
    except GateRefused as refused:
        messages.error(request, str(refused))
    except vanban.DocumentError as refusal:
        messages.error(request, describe(Outcome(found.name, refusal=refusal)))
    return redirect("held")


def _only_who_decides(request: HttpRequest) -> None:
    if not can_decide_held(request.user):
        raise PermissionDenied("gate.release")
