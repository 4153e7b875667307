"""Addresses that take a form of another page: who comes to them without one is led to that page."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

__all__ = ["leads_to", "posted_from"]

_View = Callable[..., HttpResponseBase]


def posted_from(page: str) -> Callable[[_View], _View]:
    """A view of a form that stands on another page, with the same parts in its address.

    A refused form is answered at its own address, with the page and what is wrong. Who reloads
    that answer by its address, or comes back to it, asks by GET and is led to the page itself.
    Args:
        page: the name of its address.
    """
    return leads_to(lambda _request, **parts: redirect(page, **parts))


def leads_to(way: Callable[..., HttpResponse]) -> Callable[[_View], _View]:
    """`posted_from`, where the page has to be found.

    Args:
        way: takes the request and the parts of the address and answers a GET.
    """

    def wrap(view: _View) -> _View:
        @require_http_methods(["GET", "HEAD", "POST"])
        @wraps(view)
        def run(request: HttpRequest, *args: Any, **parts: Any) -> HttpResponseBase:
            if request.method != "POST":
                return way(request, *args, **parts)
            return view(request, *args, **parts)

        return run

    return wrap
