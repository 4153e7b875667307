"""Notices that say what a task known from speech says: proposed, decided, taken back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from diemcau.accounts.rules import can_confirm
from diemcau.delivery import actions
from diemcau.delivery.models import TakeOver, Task
from diemcau.delivery.orders.instruments import list_take_overs
from diemcau.delivery.refusals import Refused
from diemcau.documents.rules import seen
from diemcau.operation.answers import keep_answer
from diemcau.web.filters import id_of, page_of
from diemcau.web.posting import leads_to

__all__ = ["take_overs", "undo"]

_ON_A_PAGE = 20


@require_http_methods(["GET", "HEAD", "POST"])
@keep_answer
def take_overs(request: HttpRequest) -> HttpResponse:
    """The pairs that wait for a decision and the take-overs that stand; a decision is posted."""
    if request.method == "POST":
        task, official = (
            get_object_or_404(Task, seen(request.user), pk=id_of(request.POST.get(name)) or 0)
            for name in ("task", "official")
        )
        try:
            actions.take_over(
                request.user,
                task=task.pk,
                official=official.pk,
                reason=request.POST.get("reason", ""),
                seen=id_of(request.POST.get("seen")),
            )
        except Refused as refused:
            return _page(request, refused=str(refused))
        messages.success(
            request,
            _("The notice holds for “%(title)s” now; what was done before stays with it.")
            % {"title": task.title},
        )
        return redirect("take_overs")
    return _page(request)


def _page(
    request: HttpRequest, *, refused: str = "", refused_undo: int | None = None, typed: str = ""
) -> HttpResponse:
    made = TakeOver.objects.filter(
        seen(request.user, "task__document"), seen(request.user, "official__document")
    )
    made = made.select_related(
        "task__directive__instrument", "official__document", "made_by", "undone_by"
    )
    context = {
        "pairs": list_take_overs(request.user),
        "page": page_of(request, made.order_by("-pk"), per_page=_ON_A_PAGE),
        "may_confirm": can_confirm(request.user),
        "refused": refused,
        "refused_undo": refused_undo,
        "typed": typed,
        "today": timezone.localdate(),
    }
    status = 422 if refused else 200
    return render(request, "web/assigning/take_overs.html", context, status=status)


@leads_to(lambda _request, pk: redirect("take_overs"))
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a take-over back."""
    made = get_object_or_404(TakeOver, seen(request.user, "task__document"), pk=pk)
    reason = request.POST.get("reason", "")
    try:
        actions.undo_take_over(request.user, take_over=made.pk, reason=reason)
    except Refused as refused:
        return _page(request, refused=str(refused), refused_undo=pk, typed=reason)
    messages.success(request, _("Taken back: both tasks stand again, each as its sentence says."))
    return redirect("take_overs")
