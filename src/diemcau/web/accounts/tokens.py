"""One's own access tokens, and for the administrator everybody's."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from diemcau.accounts.rules import Duty, holds_everywhere
from diemcau.accounts.tokens import AccessToken, Scope
from diemcau.audit.tokens import create_token, revoke_token
from diemcau.directory.cells import number_in

__all__ = ["revoke", "tokens"]

_DAYS = (30, 90, 365)
_SHOWN = 100


@never_cache
def tokens(request: HttpRequest) -> HttpResponse:
    """The tokens, the form that makes one, and once the secret of the one just made."""
    problems: dict[str, list[str]] = {}
    typed = {"name": "", "scope": Scope.READ.value, "days": "90"}
    secret = ""
    if request.method == "POST":
        typed = {key: request.POST.get(key, "") for key in typed}
        try:
            days = min(number_in(typed["days"]) or 0, 9999)
            _token, secret = create_token(
                request.user, name=typed["name"], scope=typed["scope"], days=days
            )
        except ValidationError as refused:
            problems = refused.message_dict
    own = AccessToken.objects.filter(person=request.user)
    context = {
        "own": own[:_SHOWN],
        "others": _others(request) if holds_everywhere(request.user, Duty.MANAGE) else [],
        "typed": typed,
        "problems": problems,
        # Shown in the answer to the form and nowhere else: it is not kept.
        "secret": secret,
        "scopes": Scope.choices,
        "days": _DAYS,
    }
    return render(request, "web/accounts/tokens.html", context, status=422 if problems else 200)


@require_POST
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Revoke a token."""
    try:
        token = revoke_token(request.user, pk)
    except AccessToken.DoesNotExist:
        raise Http404 from None
    messages.success(request, _("%(token)s opens no more.") % {"token": token})
    return redirect("tokens")


def _others(request: HttpRequest) -> object:
    """What others' programs can still sign in with."""
    usable = AccessToken.objects.usable(timezone.now())
    return usable.exclude(person=request.user).select_related("person")[:_SHOWN]
