"""Typing a task with the place that gives it, and the tasks that lack one of the five clears."""

import datetime as dt

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from diemcau.accounts.rules import can_confirm
from diemcau.delivery import actions, queries
from diemcau.delivery.actions.typed import Given
from diemcau.delivery.deadlines import DueRule
from diemcau.delivery.models import AssignmentRole, Task
from diemcau.delivery.orders.clarity import Clear, count_unclear, unclear, with_clarity
from diemcau.delivery.refusals import Refused
from diemcau.documents.models import Document
from diemcau.documents.rules import seen
from diemcau.operation.answers import keep_answer
from diemcau.review.outcomes import describe, try_take_in
from diemcau.web.assigning.offered import chosen_document, offered_documents
from diemcau.web.filters import Filters, id_of, page_of

__all__ = ["add", "unclear_tasks", "withdraw"]

_ROLES = {
    "lead": AssignmentRole.LEAD,
    "coordinating": AssignmentRole.COORDINATING,
    "following": AssignmentRole.FOLLOWING,
}


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """Type a task: the document and place it stands in, or a note that is stored as a document."""
    if not can_confirm(request.user):
        raise PermissionDenied("delivery.record_typed_task")
    if request.method != "POST":
        return _form(request, {"document": request.GET.get("tai-lieu", "")})
    post = request.POST
    rule = post.get("due_rule", "")
    try:
        made = actions.record_typed_task(
            request.user,
            document=_document(request),
            place=post.get("place", ""),
            text=post.get("text", ""),
            title=post.get("title", ""),
            issuer=post.get("issuer", ""),
            product=post.get("product", ""),
            deadline=post.get("deadline", ""),
            due_rule=DueRule(rule) if rule in DueRule.values else DueRule.CALENDAR,
            given=_given(request),
            programme=post.get("programme", ""),
        )
    except Refused as refused:
        return _form(request, post, refused=str(refused))
    messages.success(request, _("The task stands in the register."))
    return redirect("assigning", pk=made.pk)


def _form(request: HttpRequest, typed: object, *, refused: str = "") -> HttpResponse:
    context = {
        "typed": typed,
        "refused": refused,
        "documents": offered_documents(request.user),
        "rules": DueRule.choices,
    }
    status = 422 if refused else 200
    return render(request, "web/assigning/add.html", context, status=status)


def _given(request: HttpRequest) -> list[Given]:
    return [
        Given(" ".join(line.split()), role)
        for name, role in _ROLES.items()
        for line in request.POST.get(name, "").splitlines()
        if line.strip()
    ]


def _document(request: HttpRequest) -> Document:
    """The document cited; a written note goes through the ordinary intake and is one then."""
    note = request.POST.get("note", "").strip()
    if not note:
        found = chosen_document(request)
        if found is None:
            raise Refused(_("Choose the document that gives the order, or write a note of it."))
        return found
    data = note.replace("\r\n", "\n").encode()
    day = dt.date.isoformat(timezone.localdate())
    outcome = try_take_in(
        request.user, name=f"ghi-chu-{day}.txt", size=len(data), read=lambda: data
    )
    if outcome.intake is None:
        raise Refused(describe(outcome))
    return outcome.intake.document


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a typed task out of the register."""
    row = get_object_or_404(Task, seen(request.user), pk=pk)
    try:
        actions.withdraw_typed_task(
            request.user,
            task=row.pk,
            reason=request.POST.get("reason", ""),
            seen=id_of(request.POST.get("seen")),
        )
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("assigning", pk=pk)
    messages.success(request, _("“%(title)s” is out of the register.") % {"title": row.title})
    return redirect("tasks")


@require_GET
@keep_answer
def unclear_tasks(request: HttpRequest) -> HttpResponse:
    """The tasks that lack a person, the work, a time, a lead or a product."""
    filters = Filters(request)
    on = timezone.localdate()
    tasks = with_clarity(queries.list_tasks(request.user, on=on))
    counts = count_unclear(tasks)
    filters.add(
        "thieu", _("Not clear"), [(one.value, str(one.label), counts[one]) for one in Clear]
    )
    filters.add_words(_("Words"))
    asked = queries.TaskFilter(words=filters.get("q"))
    found = queries.filter_tasks(
        unclear(tasks, filters.get("thieu")), asked, by=request.user, on=on
    )
    rows = (
        found.select_related("document")
        .prefetch_related(queries.standing_assignments())
        .order_by("-n_lacking", "-said_on", "pk")
    )
    page = page_of(request, rows)
    for row in page.object_list:
        row.lacks = [one for one in Clear if getattr(row, f"lacks_{one}")]
    context = {"page": page, "counts": counts, "clears": list(Clear), **filters.context()}
    return render(request, "web/assigning/unclear.html", context)
