"""What whoever writes gets when the session is over: what became of it, and the way back.

htmx follows a redirect and would put the log-in page where the part belongs; and a refusal it does
not show at all. So both are answered by a fragment that `trouble.js` puts above the page, which
stays as it is with everything typed. A whole form goes to the log-in page, which says that nothing
was changed; `trouble.js` puts what was typed into the form again.
"""

from collections.abc import Callable
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme

__all__ = ["SignedOut", "csrf_failed"]


class SignedOut:
    """What was sent without a session: 401 where htmx asked, else the log-in page says so."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        to, door = urlsplit(response.get("Location", "")), resolve_url(settings.LOGIN_URL)
        if _is_part(request) and to.path == door:
            return _refuse(request, status=401)
        # Whoever signs out is sent there without a page to come back to.
        if request.method == "POST" and to.path == door and "next=" in to.query:
            asked = urlencode({"next": _form_page(request), "ended": "1"})
            response["Location"] = f"{door}?{asked}"
        return response


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without its token: for htmx a sentence, else the page that says to send it again."""
    if not _is_part(request):
        return render(request, "403_csrf.html", {"here": _form_page(request)}, status=403)
    return _refuse(request, status=403 if request.user.is_authenticated else 401)


def _is_part(request: HttpRequest) -> bool:
    return request.headers.get("HX-Request") == "true"


def _form_page(request: HttpRequest) -> str:
    """The page the form stood on, as the browser says; else the first page."""
    said = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(said, {request.get_host()}):
        return resolve_url(settings.LOGIN_REDIRECT_URL)
    return _within(said)


def _within(address: str) -> str:
    """An address without its scheme and host."""
    parts = urlsplit(address)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def _refuse(request: HttpRequest, *, status: int) -> HttpResponse:
    # The page the person is on, not the address of the part.
    here = _within(request.headers.get("HX-Current-URL", ""))
    if not here.startswith("/") or here.startswith("//"):
        here = resolve_url(settings.LOGIN_REDIRECT_URL)
    context = {"here": here, "is_signed_out": status == 401}
    return render(request, "web/parts/signed_out.html", context, status=status)
