"""For the administrator: which roles need a second factor, one-time links, lost factors."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from diemcau.accounts.models import Role, User
from diemcau.signin.actions import issue_link, remove_factors_of, set_required_roles
from diemcau.signin.models import LinkKind
from diemcau.signin.queries import list_people_with_factors, list_required_roles
from diemcau.signin.rules import can_rule_signing_in
from diemcau.web.posting import leads_to
from diemcau.web.signin.asking import recent_only, typed, whole_address

__all__ = ["give_link", "policy", "remove_factors", "set_roles"]

_PAGES = {LinkKind.RESET.value: "reset", LinkKind.INVITE.value: "invitation"}


def policy(request: HttpRequest) -> HttpResponse:
    """Which roles need a second factor, and who has one."""
    if not can_rule_signing_in(request.user):
        raise PermissionDenied
    context = {
        "roles": Role.choices,
        "required": list_required_roles(),
        "people": list_people_with_factors(),
        "has_providers": bool(settings.OIDC_PROVIDERS),
    }
    return render(request, "web/signin/policy.html", context)


@require_POST
@recent_only
def set_roles(request: HttpRequest) -> HttpResponse:
    """Say which roles need a second factor."""
    try:
        set_required_roles(request.user, set(request.POST.getlist("role")))
    except ValidationError as refused:
        messages.error(request, refused.messages[0])
    else:
        messages.success(
            request,
            _("It is in force. Who lacks a second factor is asked to set it up before going on."),
        )
    return redirect("signin_policy")


@never_cache
@leads_to(lambda _request, pk: redirect("signin_policy"))
@recent_only
def give_link(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a one-time link and show it once."""
    person = get_object_or_404(User, pk=pk)
    kind = typed(request, "kind")
    try:
        token = issue_link(request.user, pk, kind=kind, reason=typed(request, "reason"))
    except ValidationError as refused:
        messages.error(request, refused.messages[0])
        return redirect("signin_policy")
    context = {"person": person, "kind": kind, "link": whole_address(request, _PAGES[kind], token)}
    return render(request, "web/signin/link.html", context)


@require_POST
@recent_only
def remove_factors(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove the factors of a person who has lost them."""
    get_object_or_404(User, pk=pk)
    try:
        person = remove_factors_of(request.user, pk, reason=typed(request, "reason"))
    except ValidationError as refused:
        messages.error(request, refused.messages[0])
    else:
        messages.success(request, _("%(name)s has no second factor now.") % {"name": person})
    return redirect("signin_policy")
