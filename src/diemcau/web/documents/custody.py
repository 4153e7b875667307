"""Whose a document is and who sees it: on the upload form, and the form that changes it."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from diemcau.access.rules import sees_closed_of
from diemcau.accounts.models import User
from diemcau.accounts.rules import Duty, held_by, holds_everywhere
from diemcau.directory.models import Body
from diemcau.directory.queries import is_valid_on
from diemcau.documents.custody import Custody, default_custody, owners_for
from diemcau.documents.models import Document
from diemcau.documents.rules import may_do, seen
from diemcau.exchange.queries import documents_to_open
from diemcau.review.custody import set_custody, write_remark
from diemcau.web.access.forms import read_body
from diemcau.web.posting import posted_from

__all__ = ["custody", "custody_context", "read_custody", "remark", "whose_choices"]


def whose_choices(by: User) -> dict[str, object]:
    """What the form needs to ask whose a document is."""
    return {
        "everywhere": holds_everywhere(by, Duty.ADD),
        "owners": owners_for(by),
        "default_owner": default_custody(by).owner,
        "may_close": any(held.sees_closed for held in held_by(by)),
    }


def read_custody(request: HttpRequest) -> Custody:
    """What the form said of whose a document is.

    Raises:
        ValidationError: under "owner": no one body goes by that name, or "is_closed": it would
            be closed to who closes it.
    """
    typed = request.POST.get("owner", "")
    body = read_body(typed, name="owner")
    owner = body.pk if body else default_custody(request.user).owner
    is_closed = request.POST.get("is_closed") == "1"
    if is_closed and not sees_closed_of(request.user, owner):
        raise ValidationError(
            {"is_closed": _("You do not see what this body keeps closed, so you cannot close it.")}
        )
    return Custody(owner, is_closed)


def custody_context(by: User, document: Document) -> dict[str, object]:
    """What the document page says of whose it is, and the forms for who may change it."""
    shared = list(document.shared_with.all()) if document.is_closed else []
    mine = may_do(by, Duty.ADD, document)
    return {
        "document": document,
        "owner_typed": _typed(document.owner) if document.owner else "",
        "shared_typed": "; ".join(_typed(body) for body in shared),
        "shared_with": shared,
        "may_set": mine and (not document.is_closed or sees_closed_of(by, document.owner_id)),
        "is_owners": mine,
        **(whose_choices(by) if mine else {}),
    }


def _typed(body: Body) -> str:
    """What to type for a body: its name while it stands, then its id, for names come again."""
    return body.name if is_valid_on(body, timezone.localdate()) else body.ref


@posted_from("document")
def custody(request: HttpRequest, pk: int) -> HttpResponse:
    """Change whose a document is, whether it is closed, with whom it is shared."""
    found = get_object_or_404(documents_to_open(request.user), pk=pk)
    try:
        wanted = read_custody(request)
        names = request.POST.get("shared_with", "").split(";")
        shared: list[Body] = [b for b in (read_body(n, name="shared_with") for n in names) if b]
        set_custody(
            request.user,
            found.pk,
            custody=wanted,
            shared_with=shared,
            reason=request.POST.get("reason", ""),
        )
    except ValidationError as refused:
        context = {**custody_context(request.user, found), "problems": refused.message_dict}
        context["typed"] = request.POST
        return render(request, "web/documents/custody.html", context, status=422)
    messages.success(request, _("Saved whose the document is and who sees it."))
    still = Document.objects.filter(seen(request.user, "pk"), pk=pk).exists()
    return redirect("document", pk=pk) if still else redirect("documents")


@posted_from("document")
def remark(request: HttpRequest, pk: int) -> HttpResponse:
    """Write the note the owner's people keep."""
    found = get_object_or_404(documents_to_open(request.user), pk=pk)
    write_remark(request.user, found.pk, text=request.POST.get("remark", ""))
    messages.success(request, _("The note is saved."))
    return redirect("document", pk=pk)
