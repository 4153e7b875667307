"""Signing in with an outside provider, and connecting an account with one."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from diemcau.signin.actions import link_identity, unlink_identity
from diemcau.signin.configured import Provider
from diemcau.signin.door import person_of
from diemcau.signin.limits import TooMany
from diemcau.signin.links import look_at_link
from diemcau.signin.models import LinkKind
from diemcau.signin.providers import Claimed, come_back, go_there
from diemcau.web.signin.asking import (
    next_page,
    recent_only,
    respond,
    say_too_many,
    typed,
    where_of,
    whole_address,
)
from diemcau.web.signin.door import go_on

__all__ = ["back", "disconnect", "invitation", "start", "start_connecting"]


def _provider(key: str) -> Provider:
    try:
        return settings.OIDC_PROVIDERS[key]
    except KeyError:
        raise Http404 from None


@never_cache
@require_GET
@login_not_required
def start(request: HttpRequest, key: str) -> HttpResponse:
    """Go to a provider; to connect an account only after its own page asked for it."""
    provider = _provider(key)
    asked: dict[str, Any] = request.session.pop("connecting", None) or {}
    if asked.get("provider") != key:
        asked = {"next": next_page(request, request.GET.get("next", ""))}
    request.session["there_for"] = asked
    try:
        return go_there(request, provider, whole_address(request, "provider_back", key))
    except ValidationError as refused:
        return _say(request, refused.messages[0], status=502)


@never_cache
@require_GET
@login_not_required
def back(request: HttpRequest, key: str) -> HttpResponse:
    """What a provider sends the browser back to."""
    provider = _provider(key)
    asked: dict[str, Any] = request.session.pop("there_for", None) or {}
    try:
        claimed = come_back(request, provider)
        if "person" in asked:
            return _connect(request, claimed, asked)
        if "invitation" in asked:
            return _accept(request, claimed, asked["invitation"])
        if request.user.is_authenticated:
            return redirect("security")
        person = person_of(claimed, where_of(request))
        following = next_page(request, asked.get("next", ""))
        strong = provider.has_second_factor
        return go_on(request, person, [f"provider {key}"], following, strong=strong)
    except TooMany as refused:
        said, headers = say_too_many(refused)
        return _say(request, said, status=429, headers=headers)
    except ValidationError as refused:
        return _say(request, refused.messages[0], status=422)


def _connect(request: HttpRequest, claimed: Claimed, asked: dict[str, Any]) -> HttpResponse:
    if not request.user.is_authenticated or request.user.pk != asked["person"]:
        raise ValidationError(_("The session has changed meanwhile; nothing was connected."))
    link_identity(request.user, issuer=claimed.issuer, subject=claimed.subject, label=claimed.label)
    messages.success(
        request,
        _("Connected with %(label)s at %(name)s.")
        % {"label": claimed.label, "name": claimed.provider.name},
    )
    return redirect("security")


def _accept(request: HttpRequest, claimed: Claimed, token: str) -> HttpResponse:
    person = look_at_link(token, LinkKind.INVITE).person
    link_identity(
        person,
        issuer=claimed.issuer,
        subject=claimed.subject,
        label=claimed.label,
        invitation=token,
    )
    strong = claimed.provider.has_second_factor
    ways = [f"provider {claimed.provider.key}"]
    return go_on(request, person, ways, next_page(request, ""), strong=strong)


def _say(request: HttpRequest, said: str, **more: Any) -> HttpResponse:
    return respond(request, "web/signin/said.html", {"said": said, "is_refusal": True}, **more)


@require_POST
@recent_only
def start_connecting(request: HttpRequest, key: str) -> HttpResponse:
    """Say where one is going, before an outside account is connected with one's own.

    A form may not lead to another server (content security policy), so its answer has the link.
    """
    provider = _provider(key)
    request.session["connecting"] = {"provider": key, "person": request.user.pk}
    return render(request, "web/signin/leaving.html", {"provider": provider})


@never_cache
@login_not_required
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """An administrator's invitation to connect an outside account."""
    try:
        link = look_at_link(token, LinkKind.INVITE)
    except ValidationError as refused:
        return _say(request, refused.messages[0], status=410)
    if request.method == "POST":
        provider = _provider(typed(request, "provider"))
        request.session["connecting"] = {"provider": provider.key, "invitation": token}
        return render(request, "web/signin/leaving.html", {"provider": provider})
    context = {"person": link.person, "providers": settings.OIDC_PROVIDERS.values()}
    return render(request, "web/signin/invitation.html", context)


@require_POST
@recent_only
def disconnect(request: HttpRequest, pk: int) -> HttpResponse:
    """Disconnect an outside account."""
    try:
        unlink_identity(request.user, pk)
    except ValidationError as refused:
        messages.error(request, refused.messages[0])
    else:
        messages.success(request, _("It is disconnected."))
    return redirect("security")
