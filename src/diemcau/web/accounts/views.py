"""One's own password, and for the administrator the people with their roles."""

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from diemcau.accounts.models import Role, User
from diemcau.accounts.rules import can_manage_accounts
from diemcau.audit.accounts import add_person, change_own_password, set_role
from diemcau.audit.actions import origin

__all__ = ["accounts", "password", "role"]


@sensitive_post_parameters()
def password(request: HttpRequest) -> HttpResponse:
    """The form that changes one's own password."""
    problems: dict[str, list[str]] = {}
    if request.method == "POST":
        new = request.POST.get("new", "")
        try:
            if new != request.POST.get("again", ""):
                raise ValidationError(
                    {"again": _("The two do not agree; type the new password twice the same.")}
                )
            with origin("web"):
                person = change_own_password(request.user, old=request.POST.get("old", ""), new=new)
        except ValidationError as refused:
            problems = refused.message_dict
        else:
            # The session goes on; others of the same person end.
            update_session_auth_hash(request, person)
            messages.success(request, _("Your password is changed."))
            return redirect("password")
    context = {"problems": problems}
    return render(request, "web/accounts/password.html", context, status=422 if problems else 200)


@sensitive_post_parameters("new")
def accounts(request: HttpRequest) -> HttpResponse:
    """Who signs in, with which role; the form that adds a person."""
    if not can_manage_accounts(request.user):
        raise PermissionDenied
    problems: dict[str, list[str]] = {}
    typed = {"username": "", "name": "", "role": Role.READER.value}
    if request.method == "POST":
        typed = {key: request.POST.get(key, "") for key in typed}
        try:
            with origin("web"):
                person = add_person(request.user, password=request.POST.get("new", ""), **typed)
        except ValidationError as refused:
            problems = refused.message_dict
        else:
            messages.success(
                request,
                _("%(name)s can sign in now. Pass the first password on; it is not kept readable.")
                % {"name": person},
            )
            return redirect("accounts")
    context = {
        "people": User.objects.order_by("-is_active", "username"),
        "roles": Role.choices,
        "typed": typed,
        "problems": problems,
    }
    return render(request, "web/accounts/accounts.html", context, status=422 if problems else 200)


@require_POST
def role(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a person a role, or close the account."""
    person = get_object_or_404(User, pk=pk)
    try:
        with origin("web"):
            person = set_role(
                request.user,
                pk,
                role=request.POST.get("role", ""),
                is_active=request.POST.get("is_active") == "1",
            )
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    else:
        messages.success(
            request,
            _("%(name)s: %(role)s.")
            % {
                "name": person,
                "role": person.get_role_display() if person.is_active else _("closed"),
            },
        )
    return redirect("accounts")
