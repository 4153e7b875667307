"""What signs a person in: second factors, recovery codes, outside accounts; confirming."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from diemcau.signin.actions import (
    add_app,
    add_passkey,
    remake_recovery_codes,
    remove_app,
    remove_passkey,
)
from diemcau.signin.codes import address_of_secret, make_secret, picture_of_secret
from diemcau.signin.door import confirm_with_factor, confirm_with_password
from diemcau.signin.limits import TooMany
from diemcau.signin.models import AppFactor, Identity, Passkey, RecoveryCode
from diemcau.signin.passkeys import ask_to_make, ask_to_sign, can_have_passkeys, check_made
from diemcau.signin.providers import provider_of_issuer
from diemcau.signin.recovery import can_mail
from diemcau.signin.rules import must_have_second_factor
from diemcau.signin.sealing import seal, unseal
from diemcau.web.posting import leads_to, posted_from
from diemcau.web.signin.asking import (
    confirmed_now,
    make_strong,
    next_page,
    recent_only,
    respond,
    say_too_many,
    site_of,
    typed,
    where_of,
)
from diemcau.web.signin.door import signed_answer

__all__ = [
    "add_application",
    "add_key",
    "add_key_begin",
    "confirm",
    "confirm_begin",
    "recovery_codes",
    "remove_application",
    "remove_key",
    "security",
]


def security(request: HttpRequest, **more: Any) -> HttpResponse:
    """Everything that signs one in, on one page."""
    person = request.user
    identities = [
        {"identity": i, "provider": provider_of_issuer(i.issuer)}
        for i in Identity.objects.filter(person=person)
    ]
    context = {
        "app": AppFactor.objects.filter(person=person).first(),
        "passkeys": Passkey.objects.filter(person=person),
        "n_codes": RecoveryCode.objects.filter(person=person, used_at=None).count(),
        "identities": identities,
        "providers": settings.OIDC_PROVIDERS.values(),
        "passkeys_work": can_have_passkeys(site_of(request)),
        "is_needed": must_have_second_factor(person),
        "held": request.session.get("held", False),
        "can_mail": can_mail(),
        "problem": more.pop("problem", ""),
    }
    return render(request, "web/signin/security.html", context, **more)


@never_cache
@recent_only
def add_application(request: HttpRequest) -> HttpResponse:
    """Set up an application that shows codes."""
    sealed = request.session.get("new_secret")
    secret = unseal(sealed) if sealed else None
    if secret is None:
        secret = make_secret()
        request.session["new_secret"] = seal(secret)
    problem = ""
    if request.method == "POST":
        try:
            codes = add_app(request.user, secret=secret, code=typed(request, "code"))
        except ValidationError as refused:
            problem = refused.messages[0]
        else:
            del request.session["new_secret"]
            return _added(request, _("The application is set up."), codes)
    address = address_of_secret(secret, request.user)
    context = {
        "problem": problem,
        "address": address,
        "secret": " ".join(secret[i : i + 4] for i in range(0, len(secret), 4)),
        # Made here from our own address; nothing a person typed stands in it unescaped.
        "picture": mark_safe(picture_of_secret(address)),
    }
    return render(request, "web/signin/app.html", context, status=422 if problem else 200)


@require_POST
@recent_only
def add_key_begin(request: HttpRequest) -> JsonResponse:
    """What the browser is asked to make a passkey from."""
    options, state = ask_to_make(site_of(request), request.user)
    request.session["asked"] = state
    return JsonResponse(options)


@require_POST
@recent_only
def add_key(request: HttpRequest) -> HttpResponse:
    """Take in the passkey a browser has made."""
    try:
        answer = signed_answer(request)
        made = check_made(answer.site, answer.state, answer.answer)
        codes = add_passkey(request.user, name=typed(request, "name"), made=made)
    except ValidationError as refused:
        return security(request, problem=refused.messages[0], status=422)
    return _added(request, _("The passkey is set up."), codes)


def _added(request: HttpRequest, said: str, codes: list[str]) -> HttpResponse:
    make_strong(request)
    messages.success(request, said)
    if codes:
        return render(request, "web/signin/codes.html", {"codes": codes})
    return redirect("security")


@posted_from("security")
@recent_only
def remove_application(request: HttpRequest) -> HttpResponse:
    """Remove the application."""
    try:
        remove_app(request.user)
    except ValidationError as refused:
        return security(request, problem=refused.messages[0], status=422)
    messages.success(request, _("The application is removed."))
    return redirect("security")


@leads_to(lambda _request, pk: redirect("security"))
@recent_only
def remove_key(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove a passkey."""
    try:
        name = remove_passkey(request.user, pk)
    except ValidationError as refused:
        return security(request, problem=refused.messages[0], status=422)
    messages.success(request, _("The passkey “%(name)s” is removed.") % {"name": name})
    return redirect("security")


@never_cache
@posted_from("security")
@recent_only
def recovery_codes(request: HttpRequest) -> HttpResponse:
    """Make recovery codes anew and show them once."""
    try:
        codes = remake_recovery_codes(request.user)
    except ValidationError as refused:
        return security(request, problem=refused.messages[0], status=422)
    return render(request, "web/signin/codes.html", {"codes": codes})


@never_cache
@sensitive_post_parameters("password")
def confirm(request: HttpRequest) -> HttpResponse:
    """Show once more who one is, before something that signs one in is changed."""
    following = next_page(request, typed(request, "next") or request.GET.get("next", ""))
    problem, status, headers = "", 200, {}
    has_app = AppFactor.objects.filter(person=request.user).exists()
    has_passkey = Passkey.objects.filter(person=request.user).exists()
    if request.method == "POST":
        where = where_of(request)
        # A second factor is not got round by the first.
        by_password = not (has_app or has_passkey)
        try:
            if by_password:
                confirm_with_password(request.user, typed(request, "password"), where)
            else:
                answer = signed_answer(request) if "answer" in request.POST else None
                code = typed(request, "code")
                confirm_with_factor(request.user, where, code=code, passkey=answer)
        except TooMany as refused:
            (problem, headers), status = say_too_many(refused), 429
        except ValidationError as refused:
            problem, status = refused.messages[0], 422
        else:
            request.session.cycle_key()
            confirmed_now(request)
            if not by_password:
                make_strong(request)
            return redirect(following)
    context = {
        "next": following,
        "problem": problem,
        "has_password": request.user.has_usable_password(),
        "has_factor": has_app or has_passkey,
        "has_app": has_app,
        "has_passkey": has_passkey and can_have_passkeys(site_of(request)),
    }
    return respond(request, "web/signin/confirm.html", context, status=status, headers=headers)


@require_POST
def confirm_begin(request: HttpRequest) -> JsonResponse:
    """What the browser is asked to sign to confirm."""
    options, state = ask_to_sign(site_of(request), request.user)
    request.session["asked"] = state
    return JsonResponse(options)
