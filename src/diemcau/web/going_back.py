"""Where a page goes after something was done on it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme

__all__ = ["go_back"]


def go_back(request: HttpRequest, otherwise: str) -> HttpResponse:
    """Redirect to the page the form names in "next" if it is one of ours, else to a named one."""
    target = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(target, allowed_hosts=None):
        return redirect(target)
    return redirect(otherwise)
