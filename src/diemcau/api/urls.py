"""Addresses of the API."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponseBase
from django.urls import include, path
from django.utils import translation
from django.utils.translation.trans_real import parse_accept_lang_header

from diemcau.api import views
from diemcau.api.site import api
from diemcau.audit.actions import origin


def _asked_through_the_api(view: Callable[..., HttpResponseBase]) -> Callable[..., Any]:
    """A view of the API: the log says so, and the language is the one the request asks for.

    It tells by itself who may not ask; the redirect to the log-in page is for pages.
    """

    @wraps(view)
    def run(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        language = _language_of(request)
        request.LANGUAGE_CODE = language
        with origin("api"), translation.override(language):
            response = view(request, *args, **kwargs)
        response.setdefault("Content-Language", language)
        response.setdefault("Cache-Control", "no-store")
        response["Vary"] = "Accept-Language, Authorization, Cookie"
        return response

    return login_not_required(run)


def _language_of(request: HttpRequest) -> str:
    known = dict(settings.LANGUAGES)
    asked = [request.GET.get("lang", "")]
    header = request.headers.get("Accept-Language", "")
    asked += [code for code, _weight in parse_accept_lang_header(header)]
    for code in asked:
        if (short := code.partition("-")[0]) in known:
            return short
    return settings.LANGUAGE_CODE


_patterns, _app, _namespace = api.urls
for _pattern in _patterns:
    # The library's root is an address only, which the others are told from; nothing stands there.
    if _pattern.name != "api-root":
        _pattern.callback = _asked_through_the_api(_pattern.callback)

urlpatterns = [
    path("", views.docs, name="api_docs"),
    path("openapi.json", _asked_through_the_api(views.openapi), name="api_openapi"),
    path("v1/", include((_patterns, _app), namespace=_namespace)),
]
