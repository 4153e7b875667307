"""People and roles for administrators; for everybody, what they hold and lend."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from diemcau.access import actions
from diemcau.access.queries import holdings_of, list_people
from diemcau.access.rules import grantable
from diemcau.accounts.models import Delegation, Denial, Grant, Role, User
from diemcau.accounts.rules import ROLE_SAYS, Duty, can_manage_accounts, holds_everywhere
from diemcau.directory.queries import bodies_on
from diemcau.documents.models import Document
from diemcau.documents.rules import seen
from diemcau.documents.why import why_seen
from diemcau.web.access.forms import read_body, read_day, read_office, read_person
from diemcau.web.filters import id_of, page_of
from diemcau.web.posting import leads_to, posted_from

__all__ = [
    *("denial", "end", "grant", "lend", "lift", "people", "person", "revoke", "standing", "why"),
]

_SUGGESTED = {"ministry", "agency", "province", "city", "embassy", "unit"}
_MANY = 400


@sensitive_post_parameters("new")
def people(request: HttpRequest) -> HttpResponse:
    """Who signs in and what each holds today; the form that adds a person."""
    _manages(request)
    problems: dict[str, list[str]] = {}
    typed = {"username": "", "name": ""}
    if request.method == "POST":
        typed = {key: request.POST.get(key, "") for key in typed}
        try:
            made = actions.add_person(request.user, password=request.POST.get("new", ""), **typed)
        except ValidationError as refused:
            problems = refused.message_dict
        else:
            messages.success(
                request,
                _(
                    "%(name)s can sign in now, and sees nothing until you grant a role below."
                    " Pass the first password on; it is not kept readable."
                )
                % {"name": made},
            )
            return redirect("account", pk=made.pk)
    words = request.GET.get("q", "").strip()
    context = {
        "page": page_of(request, list_people(on=timezone.localdate(), words=words)),
        "words": words,
        "typed": typed,
        "problems": problems,
    }
    return render(request, "web/access/people.html", context, status=422 if problems else 200)


def _whose_grant(request: HttpRequest, pk: int) -> HttpResponse:
    return redirect("account", pk=_about(request, get_object_or_404(Grant, pk=pk).person_id).pk)


@require_safe
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """One person: what they hold, lent, borrowed and are denied, and the forms to change it."""
    return _page(request, _about(request, pk))


@posted_from("account")
def grant(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a role."""
    about = get_object_or_404(User, pk=pk)
    _manages(request)
    post = request.POST
    try:
        body = read_body(post.get("body", ""))
        made = actions.grant_role(
            request.user,
            person=about,
            role=post.get("role", ""),
            body=body,
            office=read_office(post.get("office", ""), body),
            sees_closed=post.get("sees_closed") == "1",
            starts_on=read_day(post.get("starts_on", ""), name="starts_on"),
            ends_on=read_day(post.get("ends_on", ""), name="ends_on"),
            reason=post.get("reason", ""),
        )
    except ValidationError as refused:
        return _page(request, about, form="grant", problems=refused.message_dict)
    messages.success(
        request,
        _("%(name)s now holds: %(role)s, %(body)s.")
        % {
            "name": about,
            "role": made.get_role_display(),
            "body": made.body or _("the whole installation"),
        },
    )
    return redirect("account", pk=pk)


@require_POST
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a role back."""
    row = get_object_or_404(Grant, pk=pk)
    try:
        actions.revoke_grant(request.user, pk, reason=request.POST.get("reason", ""))
        messages.success(request, _("The role is taken back."))
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    return redirect("account", pk=row.person_id)


@leads_to(_whose_grant)
def lend(request: HttpRequest, pk: int) -> HttpResponse:
    """Lend a role to somebody for the days of an absence."""
    row = get_object_or_404(Grant, pk=pk)
    about = _about(request, row.person_id)
    post = request.POST
    try:
        first = read_day(post.get("starts_on", ""), name="starts_on") or timezone.localdate()
        last = read_day(post.get("ends_on", ""), name="ends_on")
        if last is None:
            raise ValidationError({"ends_on": _("Say until which day.")})
        made = actions.lend_grant(
            request.user,
            pk,
            to=read_person(post.get("to", "")),
            starts_on=first,
            ends_on=last,
            reason=post.get("reason", ""),
        )
    except ValidationError as refused:
        return _page(request, about, form="lend", lent_pk=pk, problems=refused.message_dict)
    messages.success(request, _("%(name)s stands in from now on.") % {"name": made.to})
    return redirect("account", pk=row.person_id)


@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """End a loan."""
    loan = get_object_or_404(Delegation.objects.select_related("grant"), pk=pk)
    actions.end_loan(request.user, pk)
    messages.success(request, _("The loan is ended."))
    own = loan.to_id if loan.to_id == request.user.pk else loan.grant.person_id
    return redirect("account", pk=own)


@posted_from("account")
def denial(request: HttpRequest, pk: int) -> HttpResponse:
    """Hide a body's documents from a person."""
    about = get_object_or_404(User, pk=pk)
    _manages(request)
    try:
        body = read_body(request.POST.get("body", ""))
        if body is None:
            raise ValidationError({"body": _("Say which body.")})
        actions.deny(request.user, person=about, body=body, reason=request.POST.get("reason", ""))
    except ValidationError as refused:
        return _page(request, about, form="deny", problems=refused.message_dict)
    messages.success(request, _("Hidden from %(name)s: %(body)s.") % {"name": about, "body": body})
    return redirect("account", pk=pk)


@require_POST
def lift(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a denial back."""
    row = get_object_or_404(Denial, pk=pk)
    actions.lift_denial(request.user, pk)
    messages.success(request, _("No longer hidden."))
    return redirect("account", pk=row.person_id)


@require_POST
def standing(request: HttpRequest, pk: int) -> HttpResponse:
    """Close an account, or open it again."""
    about = get_object_or_404(User, pk=pk)
    change = actions.reopen_account if request.POST.get("open") == "1" else actions.close_account
    try:
        about = change(request.user, pk, reason=request.POST.get("reason", ""))
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    else:
        said = _("The account is open.") if about.is_active else _("The account is closed.")
        messages.success(request, said)
    return redirect("account", pk=pk)


@require_safe
def why(request: HttpRequest, pk: int) -> HttpResponse:
    """Why a person sees a document, or does not; asked by an administrator who sees it too."""
    about = get_object_or_404(User, pk=pk)
    _manages(request)
    wanted = id_of(request.GET.get("tai-lieu"))
    visible = Document.objects.filter(seen(request.user, "pk")).select_related("owner")
    document = visible.filter(pk=wanted).first() if wanted else None
    context = {
        "about": about,
        "document": document,
        "why": why_seen(about, document) if document else None,
        "asked": request.GET.get("tai-lieu", ""),
    }
    return render(request, "web/access/why.html", context)


def _manages(request: HttpRequest) -> None:
    if not can_manage_accounts(request.user):
        raise PermissionDenied


def _about(request: HttpRequest, pk: int) -> User:
    """The person a page is about: oneself, or anybody for who manages accounts."""
    if pk != request.user.pk:
        _manages(request)
    return get_object_or_404(User, pk=pk)


def _page(
    request: HttpRequest,
    about: User,
    *,
    form: str = "",
    lent_pk: int | None = None,
    problems: dict[str, list[str]] | None = None,
) -> HttpResponse:
    today = timezone.localdate()
    may_manage = can_manage_accounts(request.user)
    everywhere = holds_everywhere(request.user, Duty.MANAGE)
    held = holdings_of(about, on=today)
    context = {
        "about": about,
        "held": held,
        "is_self": about.pk == request.user.pk,
        "may_manage": may_manage,
        "may_close": everywhere,
        "roles": [
            (r.value, r.label, ROLE_SAYS[r]) for r in (grantable(None, None) if may_manage else [])
        ],
        "not_lent": {Role.ADMINISTRATOR.value, Role.AUDITOR.value},
        "bodies": bodies_on(today, kinds=_SUGGESTED).values_list("name", flat=True)[:_MANY]
        if may_manage
        else [],
        "everywhere": everywhere,
        "form": form,
        "lent_pk": lent_pk,
        "problems": problems or {},
        "grant_problems": problems if form == "grant" else None,
        "deny_problems": problems if form == "deny" else None,
        "typed": request.POST if form else {},
        "today": today.isoformat(),
    }
    return render(request, "web/access/person.html", context, status=422 if problems else 200)
