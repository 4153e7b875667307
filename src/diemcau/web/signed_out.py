"""What a part of a page gets when the session is over: one sentence and a link, never a page.

htmx follows a redirect and would put the log-in page where the part belongs; and a refusal it does
not show at all. So both are answered by a fragment that `trouble.js` puts above the page, which
stays as it is with everything typed.
"""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render, resolve_url
from django.views.csrf import csrf_failure

__all__ = ["SignedOut", "csrf_failed"]


class SignedOut:
    """Turns the redirect to the log-in page into status 401 where htmx asked."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        to = urlsplit(response.get("Location", "")).path
        if _is_part(request) and to == resolve_url(settings.LOGIN_URL):
            return _refuse(request, status=401)
        return response


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without its token: for htmx a sentence, else the page that says to send it again."""
    if not _is_part(request):
        return csrf_failure(request, reason=reason)
    return _refuse(request, status=403 if request.user.is_authenticated else 401)


def _is_part(request: HttpRequest) -> bool:
    return request.headers.get("HX-Request") == "true"


def _refuse(request: HttpRequest, *, status: int) -> HttpResponse:
    # The page the person is on, not the address of the part.
    parts = urlsplit(request.headers.get("HX-Current-URL", ""))
    here = f"{parts.path}?{parts.query}" if parts.query else parts.path
    if not here.startswith("/") or here.startswith("//"):
        here = resolve_url(settings.LOGIN_REDIRECT_URL)
    context = {"here": here, "is_signed_out": status == 401}
    return render(request, "web/parts/signed_out.html", context, status=status)
