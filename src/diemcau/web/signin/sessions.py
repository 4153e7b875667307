"""One's own sessions: where one is signed in, and ending that."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from diemcau.signin.actions import end_other_sessions, end_session
from diemcau.signin.queries import list_sessions
from diemcau.web.signin.asking import typed

__all__ = ["end_one", "end_others", "sessions"]


def sessions(request: HttpRequest) -> HttpResponse:
    """Where one is signed in: device, address, since, last seen."""
    context = {
        "sessions": list(list_sessions(request.user)),
        "this": request.session.row_key,
    }
    return render(request, "web/signin/sessions.html", context)


@require_POST
def end_one(request: HttpRequest) -> HttpResponse:
    """End one session."""
    try:
        ended = end_session(request.user, typed(request, "session"))
    except ValidationError as refused:
        messages.error(request, refused.messages[0])
    else:
        said = _("The session on %(device)s has ended.") % {"device": ended.device or "—"}
        messages.success(request, said)
    return redirect("sessions")


@require_POST
def end_others(request: HttpRequest) -> HttpResponse:
    """End every session but this one."""
    n_ended = end_other_sessions(request.user, keep=request.session.row_key)
    messages.success(
        request,
        ngettext("%(n)s other session has ended.", "%(n)s other sessions have ended.", n_ended)
        % {"n": n_ended},
    )
    return redirect("sessions")
