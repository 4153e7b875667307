"""What was said to somebody, and how they want to hear."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from diemcau.accounts.rules import can_confirm
from diemcau.operation.answers import keep_answer
from diemcau.urging.actions import choose_way, read_notices
from diemcau.urging.holding import holding
from diemcau.urging.models import Choice, Kind, Way
from diemcau.urging.queries import count_notices, list_notices, n_unread
from diemcau.urging.refusals import RuleRefused
from diemcau.urging.words import say_what, say_why
from diemcau.web.filters import PAGE, PER_PAGE, id_of

__all__ = ["notices", "unread", "ways"]

_URGED = (Kind.LATE, Kind.SILENT, Kind.REPORT, Kind.ASKED)
"""Kinds about which a letter can be written to those who do the task."""


@require_http_methods(["GET", "HEAD", "POST"])
@keep_answer
def notices(request: HttpRequest) -> HttpResponse:
    """The notices of a person, the newest first; marking them as read."""
    if request.method == "POST":
        one = id_of(request.POST.get("notice", ""))
        try:
            read_notices(request.user, notices=None if one is None else [one])
        except RuleRefused as refused:
            messages.info(request, str(refused))
        return redirect("notices")
    found = list_notices(request.user)
    is_new = request.GET.get("moi") == "1"
    n, n_new = count_notices(request.user)
    paginator = Paginator(found.filter(read_at=None) if is_new else found, PER_PAGE)
    # Both are counted in one statement.
    paginator.count = n_new if is_new else n
    page = paginator.get_page(request.GET.get(PAGE))
    kept = holding(page.object_list)
    rows = [(one, say_what(one), say_why(one), one.pk in kept) for one in page.object_list]
    context = {"page": page, "rows": rows, "n_new": n_new, "is_new": is_new}
    context |= {"may_remind": can_confirm(request.user), "urged": _URGED}
    return render(request, "web/urging/notices.html", context)


@require_safe
def unread(request: HttpRequest) -> HttpResponse:
    """How many notices are new, for the bar above every page."""
    context = {"n_new": n_unread(request.user)}
    return render(request, "web/urging/_unread.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def ways(request: HttpRequest) -> HttpResponse:
    """How one hears of each kind by e-mail."""
    problem = ""
    if request.method == "POST":
        said = {kind: request.POST[kind] for kind in Kind.values if kind in request.POST}
        try:
            choose_way(request.user, ways=said)
            messages.success(request, _("From now on you hear as you chose."))
            return redirect("ways")
        except RuleRefused as refused:
            problem = str(refused)
    held = dict(Choice.objects.filter(person=request.user).values_list("kind", "way"))
    context = {
        "kinds": [(kind, held.get(kind, Way.DIGEST)) for kind in Kind],
        "ways": Way,
        "problem": problem,
    }
    return render(request, "web/urging/ways.html", context, status=422 if problem else 200)
