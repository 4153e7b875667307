"""The first page after signing in: what there is to do."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

__all__ = ["home"]


def home(request: HttpRequest) -> HttpResponse:
    """The home page."""
    return render(request, "web/home.html")
