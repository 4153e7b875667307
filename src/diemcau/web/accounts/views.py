"""One's own password."""

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from diemcau.audit.accounts import change_own_password
from diemcau.audit.actions import origin

__all__ = ["password"]


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
