"""What the pages of the door share: who asks from where, how recently they showed who they are."""

import math
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _

from diemcau.accounts.models import User
from diemcau.signin.devices import Where, address_of, device_of
from diemcau.signin.limits import TooMany
from diemcau.signin.rules import has_second_factor, must_have_second_factor
from diemcau.web import days

__all__ = [
    "STRONG",
    "confirmed_now",
    "make_strong",
    "next_page",
    "open_session",
    "recent_only",
    "respond",
    "say_too_many",
    "site_of",
    "typed",
    "where_of",
    "whole_address",
]

STRONG = {"app", "passkey", "recovery_code"}
"""The ways that are, or stand for, a second factor."""
_RECENT = timedelta(minutes=15)
_BACKEND = "diemcau.signin.known.Accounts"


def where_of(request: HttpRequest) -> Where:
    """Address and device of a request."""
    return Where(
        address_of(request.META, settings.TRUSTED_PROXIES),
        device_of(request.headers.get("User-Agent", "")),
    )


def site_of(request: HttpRequest) -> str:
    """The address of the installation as people open it, without a slash at its end."""
    return settings.SITE_URL or request.build_absolute_uri("/").rstrip("/")


def whole_address(request: HttpRequest, name: str, *args: Any) -> str:
    """The whole address of one of our pages."""
    return site_of(request) + reverse(name, args=args)


def typed(request: HttpRequest, name: str) -> str:
    """What was typed in a field; a database takes no NUL, nobody types one."""
    return request.POST.get(name, "").replace("\x00", "")


def next_page(request: HttpRequest, said: str) -> str:
    """The page to go to: the one named if it is ours, else the first."""
    hosts = {request.get_host()}
    is_ours = url_has_allowed_host_and_scheme(said, hosts, require_https=request.is_secure())
    # Only paths: a word would be taken for the name of a page.
    if is_ours and said.startswith("/"):
        return said
    return resolve_url(settings.LOGIN_REDIRECT_URL)


def say_too_many(refused: TooMany) -> tuple[str, dict[str, str]]:
    """When to try again: a sentence, and the header for programs."""
    until = timezone.localtime(refused.until)
    seconds = max(1, math.ceil((refused.until - timezone.now()).total_seconds()))
    # The minute after, so that who comes on time is not refused again.
    shown = until + timedelta(seconds=59)
    said = _("Too many tries. Try again at %(time)s, %(day)s.") % {
        "time": shown.strftime("%H:%M"),
        "day": days.say_day(shown.date()),
    }
    return said, {"Retry-After": str(seconds)}


def respond(
    request: HttpRequest,
    template: str,
    context: dict[str, Any],
    *,
    status: int = 200,
    headers: dict[str, str] | None = None,
) -> HttpResponse:
    """Render a page with further headers."""
    answer = render(request, template, context, status=status)
    for name, value in (headers or {}).items():
        answer[name] = value
    return answer


def open_session(
    request: HttpRequest, person: User, ways: list[str], where: Where, *, strong: bool = False
) -> None:
    """Sign a person in under a new session key; hold them if their role needs more."""
    login(request, person, backend=_BACKEND)
    session = request.session
    session["address"], session["device"] = where.address, where.device
    session["strong"] = strong or not STRONG.isdisjoint(ways)
    confirmed_now(request)
    session.pop("held", None)
    if not session["strong"] and must_have_second_factor(person):
        session["held"] = True


def confirmed_now(request: HttpRequest) -> None:
    """The person has shown just now who they are."""
    request.session["confirmed_at"] = timezone.now().isoformat()


def make_strong(request: HttpRequest) -> None:
    """The person has shown a second factor in this session; nothing holds them any more."""
    request.session["strong"] = True
    request.session.pop("held", None)


def recent_only(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Ask who has not shown for a quarter of an hour who they are to do so first.

    Who has a second factor must have shown it in this session: a password alone adds none.
    """

    @wraps(view)
    def ask(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        said = request.session.get("confirmed_at")
        last = datetime.fromisoformat(said) if said else request.session.opened_at
        is_recent = last is not None and timezone.now() - last <= _RECENT
        if is_recent and (request.session.get("strong") or not has_second_factor(request.user)):
            return view(request, *args, **kwargs)
        # What changes things is asked for again on its page.
        here = request.get_full_path() if request.method == "GET" else reverse("security")
        return redirect(f"{reverse('confirm')}?{urlencode({'next': here})}")

    return ask
