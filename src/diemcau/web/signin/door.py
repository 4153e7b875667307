"""Signing in by password, second factor or passkey; signing out."""

import json
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import logout as end
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from diemcau.accounts.models import User
from diemcau.signin.actions import sign_out
from diemcau.signin.actions.door import SignedAnswer
from diemcau.signin.door import come_in, come_in_with_passkey, enter_second, show_password
from diemcau.signin.limits import TooMany
from diemcau.signin.models import AppFactor, Passkey
from diemcau.signin.passkeys import ask_to_sign, can_have_passkeys
from diemcau.signin.rules import has_second_factor
from diemcau.web.signin.asking import (
    next_page,
    open_session,
    respond,
    say_too_many,
    site_of,
    typed,
    where_of,
)

__all__ = ["go_on", "login", "logout", "passkey", "passkey_begin", "second", "signed_answer"]

_STEP_LASTS = timedelta(minutes=10)


@never_cache
@login_not_required
@sensitive_post_parameters("password")
def login(request: HttpRequest) -> HttpResponse:
    """The log-in page."""
    following = next_page(request, typed(request, "next") or request.GET.get("next", ""))
    if request.user.is_authenticated:
        return redirect(following)
    if request.method != "POST":
        return _login_page(request, following)
    username, where = typed(request, "username"), where_of(request)
    try:
        person = show_password(username, typed(request, "password"), where)
        return go_on(request, person, ["password"], following)
    except TooMany as refused:
        said, headers = say_too_many(refused)
        return _login_page(request, following, said, username, status=429, headers=headers)
    except ValidationError as refused:
        return _login_page(request, following, refused.messages[0], username, status=422)


def _login_page(
    request: HttpRequest,
    following: str,
    problem: str = "",
    username: str = "",
    **more: Any,
) -> HttpResponse:
    context = {
        "next": following,
        "problem": problem,
        "is_ended": request.method == "GET" and "ended" in request.GET,
        "username": username,
        "providers": settings.OIDC_PROVIDERS.values(),
        "passkeys": can_have_passkeys(site_of(request)),
    }
    return respond(request, "web/signin/login.html", context, **more)


def go_on(
    request: HttpRequest, person: User, ways: list[str], following: str, *, strong: bool = False
) -> HttpResponse:
    """Let a person in who has shown the first thing, or ask for the second."""
    where = where_of(request)
    if not strong and has_second_factor(person):
        request.session["pending"] = {
            "person": person.pk,
            "proof": person.get_session_auth_hash(),
            "ways": ways,
            "next": following,
            "at": timezone.now().isoformat(),
        }
        return redirect("login_second")
    come_in(person, ways, where)
    open_session(request, person, ways, where, strong=strong)
    return redirect(following)


def _pending(request: HttpRequest) -> tuple[User | None, dict[str, Any]]:
    pending = request.session.get("pending")
    if not pending:
        return None, {}
    if timezone.now() - datetime.fromisoformat(pending["at"]) > _STEP_LASTS:
        del request.session["pending"]
        return None, {}
    person = User.objects.filter(pk=pending["person"], is_active=True).first()
    if person is None or person.get_session_auth_hash() != pending["proof"]:
        return None, {}
    return person, pending


@never_cache
@login_not_required
def second(request: HttpRequest) -> HttpResponse:
    """The second step: a code of the application, a recovery code, or a passkey."""
    person, pending = _pending(request)
    if person is None:
        return redirect("login")
    problem, status, headers = "", 200, {}
    if request.method == "POST":
        where = where_of(request)
        try:
            answer = signed_answer(request) if "answer" in request.POST else None
            ways = enter_second(
                person, pending["ways"], where, code=typed(request, "code"), passkey=answer
            )
        except TooMany as refused:
            (problem, headers), status = say_too_many(refused), 429
        except ValidationError as refused:
            problem, status = refused.messages[0], 422
        else:
            del request.session["pending"]
            open_session(request, person, ways, where)
            return redirect(next_page(request, pending["next"]))
    context = {
        "problem": problem,
        "has_app": AppFactor.objects.filter(person=person).exists(),
        "has_passkey": can_have_passkeys(site_of(request))
        and Passkey.objects.filter(person=person).exists(),
    }
    return respond(request, "web/signin/second.html", context, status=status, headers=headers)


@require_POST
@login_not_required
def passkey_begin(request: HttpRequest) -> JsonResponse:
    """What the browser is asked to sign, for the log-in page and the second step."""
    person, _pending_step = _pending(request)
    options, state = ask_to_sign(site_of(request), person)
    request.session["asked"] = state
    return JsonResponse(options)


@require_POST
@login_not_required
def passkey(request: HttpRequest) -> HttpResponse:
    """Signing in by a passkey alone."""
    following, where = next_page(request, typed(request, "next")), where_of(request)
    try:
        answer = signed_answer(request)
        person = come_in_with_passkey(answer, str(answer.answer.get("rawId", "")), where)
    except TooMany as refused:
        said, headers = say_too_many(refused)
        return _login_page(request, following, said, status=429, headers=headers)
    except ValidationError as refused:
        return _login_page(request, following, refused.messages[0], status=422)
    request.session.pop("pending", None)
    open_session(request, person, ["passkey"], where)
    return redirect(following)


def signed_answer(request: HttpRequest) -> SignedAnswer:
    """The passkey's answer in a form, with the question it belongs to; a question is good once.

    Raises:
        ValidationError: nothing was asked, or the answer is none.
    """
    state = request.session.pop("asked", None)
    try:
        answer = json.loads(typed(request, "answer"))
    except ValueError:
        answer = None
    if not isinstance(answer, dict) or state is None:
        raise ValidationError(_("The passkey's answer does not hold; try again."))
    return SignedAnswer(site_of(request), state, answer)


@require_POST
@login_not_required
def logout(request: HttpRequest) -> HttpResponse:
    """Sign out."""
    if request.user.is_authenticated:
        sign_out(request.user, where=where_of(request))
    end(request)
    return redirect(settings.LOGOUT_REDIRECT_URL)
