"""What every request passes: where it comes from, the chosen language, the content policy."""

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.db import DataError
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.views.defaults import bad_request

from diemcau.audit.actions import came_from, origin
from diemcau.audit.kept import one_head
from diemcau.signin.devices import address_of

__all__ = ["CameFrom", "ChosenLanguage", "ContentSecurityPolicy", "NoNull", "OneHead"]

POLICY = "; ".join(
    [
        "default-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "form-action 'self'",
    ]
)


class CameFrom:
    """Tells the log that what follows was asked through the web, and from which address."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with origin("web"), came_from(address_of(request.META, settings.TRUSTED_PROXIES)):
            return self.get_response(request)


class OneHead:
    """What only reads looks once whether somebody has written since its answers were kept."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method != "GET":
            return self.get_response(request)
        with one_head():
            return self.get_response(request)


class NoNull:
    """Answers 400 where a request holds the character NUL, which no text of ours may."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # The API says so itself, in its own shape.
        asks_api = request.path.startswith("/api/")
        if "%00" in request.META.get("QUERY_STRING", "") and not asks_api:
            return bad_request(request, SuspiciousOperation("NUL"))
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, problem: Exception) -> HttpResponse | None:
        # PostgreSQL refuses it; a form is not read here, for a large one is not to be read at all.
        if isinstance(problem, DataError | ValueError) and "NUL" in str(problem):
            return bad_request(request, problem)
        return None


class ContentSecurityPolicy:
    """Adds the header; a page needs nothing from outside, so none has an exception."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.setdefault("Content-Security-Policy", POLICY)
        return response


class ChosenLanguage:
    """Vietnamese until a person chooses otherwise; what a browser prefers is not a choice."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        if language not in dict(settings.LANGUAGES):
            language = settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.setdefault("Content-Language", language)
        return response
