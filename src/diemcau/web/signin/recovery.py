"""One's own password and e-mail address; a forgotten password."""

from smtplib import SMTPException

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from diemcau.signin.actions import confirm_email, remove_email, reset_password, start_email
from diemcau.signin.door import change_password
from diemcau.signin.limits import TooMany
from diemcau.signin.links import look_at_link
from diemcau.signin.models import LinkKind
from diemcau.signin.recovery import ask_for_reset, can_mail, send_letter
from diemcau.web.signin.asking import (
    confirmed_now,
    recent_only,
    respond,
    say_too_many,
    site_of,
    typed,
    where_of,
    whole_address,
)

__all__ = ["change_email", "confirm_address", "password", "recover", "reset"]


def _both(request: HttpRequest) -> str:
    new = typed(request, "new")
    if new != typed(request, "again"):
        raise ValidationError(
            {"again": _("The two do not agree; type the new password twice the same.")}
        )
    return new


@sensitive_post_parameters()
def password(request: HttpRequest) -> HttpResponse:
    """The form that changes one's own password."""
    problems: dict[str, list[str]] = {}
    status, headers = 200, {}
    if request.method == "POST":
        try:
            new = _both(request)
            person = change_password(
                request.user,
                typed(request, "old"),
                new,
                where_of(request),
                keep=request.session.row_key,
            )
        except TooMany as refused:
            said, headers = say_too_many(refused)
            problems, status = {"old": [said]}, 429
        except ValidationError as refused:
            problems, status = refused.message_dict, 422
        else:
            # The session goes on under a new key; others of the same person have ended.
            update_session_auth_hash(request, person)
            confirmed_now(request)
            messages.success(request, _("Your password is changed."))
            return redirect("password")
    context = {"problems": problems}
    return respond(request, "web/signin/password.html", context, status=status, headers=headers)


@never_cache
@login_not_required
def recover(request: HttpRequest) -> HttpResponse:
    """Ask for a link to a new password; the answer is the same whoever is named."""
    if request.method != "POST" or not can_mail():
        return render(request, "web/signin/recover.html", {"can_mail": can_mail()})
    site = site_of(request)
    try:
        ask_for_reset(
            typed(request, "said"),
            where_of(request),
            lambda token: site + reverse("reset", args=[token]),
        )
    except TooMany as refused:
        problem, headers = say_too_many(refused)
        context = {"can_mail": True, "problem": problem}
        return respond(request, "web/signin/recover.html", context, status=429, headers=headers)
    said = _(
        "If an account has this name or address, and a confirmed e-mail address, a link is"
        " on its way. It is good for 30 minutes, once."
    )
    return render(request, "web/signin/said.html", {"said": said})


@never_cache
@login_not_required
@sensitive_post_parameters()
def reset(request: HttpRequest, token: str) -> HttpResponse:
    """Set a new password by a one-time link."""
    problems: dict[str, list[str]] = {}
    try:
        link = look_at_link(token, LinkKind.RESET)
        if request.method == "POST":
            new = _both(request)
            reset_password(None, token, new=new)
            messages.success(request, _("Your password is changed. Sign in with the new one."))
            return redirect("login")
    except ValidationError as refused:
        if not hasattr(refused, "error_dict"):
            context = {"said": refused.messages[0], "is_refusal": True}
            return render(request, "web/signin/said.html", context, status=410)
        problems = refused.message_dict
    context = {"person": link.person, "problems": problems}
    return render(request, "web/signin/reset.html", context, status=422 if problems else 200)


@require_POST
@recent_only
def change_email(request: HttpRequest) -> HttpResponse:
    """Send a link to a new e-mail address, or forget the one there is."""
    email = typed(request, "email").strip()
    try:
        if not email:
            remove_email(request.user)
            messages.success(request, _("Your e-mail address is removed."))
            return redirect("security")
        token = start_email(request.user, email=email)
        text = _(
            "Open this link within 24 hours, signed in to Điểm Cầu, to confirm that this address"
            " is yours:\n%(link)s\n\nIf you did not ask for it, do nothing."
        ) % {"link": whole_address(request, "email_confirm", token)}
        send_letter(email, _("Điểm Cầu: confirm your e-mail address"), text)
    except ValidationError as refused:
        messages.error(request, refused.messages[0])
    except (OSError, SMTPException):
        messages.error(request, _("The letter could not be sent; nothing was changed. Try later."))
    else:
        messages.success(
            request, _("A link went to %(email)s; open it to confirm.") % {"email": email}
        )
    return redirect("security")


@never_cache
def confirm_address(request: HttpRequest, token: str) -> HttpResponse:
    """Take an e-mail address in force whose link was opened."""
    if request.method == "POST":
        try:
            person = confirm_email(request.user, token)
        except ValidationError as refused:
            messages.error(request, refused.messages[0])
        else:
            messages.success(
                request, _("Your e-mail address is %(email)s.") % {"email": person.email}
            )
        return redirect("security")
    try:
        link = look_at_link(token, LinkKind.EMAIL)
    except ValidationError as refused:
        context = {"said": refused.messages[0], "is_refusal": True}
        return render(request, "web/signin/said.html", context, status=410)
    return render(request, "web/signin/email.html", {"email": link.email})
