"""One event: its reports side by side, what was ordered and promised there, what it serves."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from diemcau.accounts.rules import Duty, can_add_documents
from diemcau.delivery.models import Agreement, Serving
from diemcau.delivery.queries import list_tasks, standing_assignments
from diemcau.documents.models import Statement
from diemcau.documents.rules import may_do, seen
from diemcau.documents.sentences import with_sentences
from diemcau.engagements.actions import merge_events, save_event, undo_merge
from diemcau.engagements.models import Event, EventKind, EventMerge
from diemcau.engagements.queries import of_one_day
from diemcau.engagements.refusals import Refused
from diemcau.web.agreements.typed import (
    Typed,
    choices_of_documents,
    read_chosen_document,
    read_day_typed,
)
from diemcau.web.filters import id_of

__all__ = ["edit", "event", "merge", "split"]


@require_safe
def event(request: HttpRequest, pk: int) -> HttpResponse:
    """One event with all that hangs on it; a merged one leads to the one it is part of."""
    row = _found(request, pk)
    if row.merged_into_id is not None:
        return redirect("event", row.merged_into_id)
    today = timezone.localdate()
    by = request.user
    rows = Event.objects.filter(seen(by)).filter(pk=row.pk) | Event.objects.filter(
        seen(by), merged_into=row
    )
    ids = list(rows.values_list("pk", flat=True))
    reports = list(
        with_sentences(Statement.objects.filter(seen(by), event_report__event=row)).select_related(
            "document"
        )
    )
    documents = {row.document_id, *(one.document_id for one in reports)}
    tasks = list_tasks(by, on=today).prefetch_related(standing_assignments())
    servings = (
        Serving.objects.filter(seen(by, "task__document"), event__in=ids, ended_at=None)
        .select_related("task")
        .order_by("pk")
    )
    served = tasks.in_bulk([one.task_id for one in servings])
    context = {
        "event": row,
        "reports": reports,
        "ordered": list(
            tasks.filter(document__in=documents, nature="order").order_by("due_to", "pk")[:50]
        ),
        "promised": list(
            tasks.filter(commitment__occasion__in=ids)
            .select_related("commitment")
            .order_by("due_to", "pk")
        ),
        "agreements": list(Agreement.objects.filter(seen(by), occasion__in=ids, withdrawn_at=None)),
        "servings": [(one, served[one.task_id]) for one in servings if one.task_id in served],
        "perhaps": list(of_one_day(by, row)[:10]),
        "merges": list(
            EventMerge.objects.filter(
                seen(by, "merged__document"), kept=row, undone_at=None
            ).select_related("merged", "by")
        ),
        "may_add": may_do(by, Duty.ADD, row.document),
        "may_confirm": may_do(by, Duty.CONFIRM, row.document),
    }
    return render(request, "web/events/event.html", context)


def _found(request: HttpRequest, pk: int) -> Event:
    rows = Event.objects.filter(seen(request.user), withdrawn_at=None)
    return get_object_or_404(
        rows.select_related("document", "recorded_by").prefetch_related("partners"), pk=pk
    )


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """The form of an event, a new one or one that is there."""
    row = _found(request, pk) if pk is not None else None
    allowed = (
        may_do(request.user, Duty.ADD, row.document) if row else can_add_documents(request.user)
    )
    if not allowed:
        raise PermissionDenied("engagements.save_event")
    problem = ""
    if request.method == "POST":
        typed = request.POST
        try:
            kind = typed.get("kind", "")
            made = save_event(
                request.user,
                document=row.document if row else read_chosen_document(request),
                event=row,
                kind=EventKind(kind) if kind in EventKind.values else EventKind.OTHER,
                title=typed.get("title", ""),
                on=read_day_typed(typed, "on", _("First day")),
                ends_on=read_day_typed(typed, "ends_on", _("Last day")),
                place=typed.get("place", ""),
                chair=typed.get("chair", ""),
                partners=typed.get("partners", "").splitlines(),
                seen=id_of(typed.get("seen")),
            )
        except (Refused, Typed) as refused:
            problem = str(refused)
        else:
            messages.success(request, _("Saved: %(name)s.") % {"name": made.title})
            return redirect("event", made.pk)
    elif row is not None:
        typed = {
            "kind": row.kind,
            "title": row.title,
            "on": row.on.isoformat() if row.on else "",
            "ends_on": row.ends_on.isoformat() if row.ends_on else "",
            "place": row.place,
            "chair": row.chair,
            "partners": "\n".join(one.as_written for one in row.partners.all()),
            "seen": row.version,
        }
    else:
        typed = {"document": request.GET.get("van-ban", "")}
    context = {
        "event": row,
        "typed": typed,
        "problem": problem,
        "kinds": EventKind.choices,
        "documents": []
        if row
        else choices_of_documents(request.user, chosen=id_of(typed.get("document"))),
    }
    return render(request, "web/events/edit.html", context, status=422 if problem else 200)


@require_POST
def merge(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that another event is this one."""
    row = _found(request, pk)
    other = Event.objects.filter(
        seen(request.user), withdrawn_at=None, pk=id_of(request.POST.get("other")) or 0
    ).first()
    try:
        if other is None:
            raise Refused(_("Choose the event that is the same."))
        merge_events(request.user, kept=row, merged=other, reason=request.POST.get("reason", ""))
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("The two are one event; each report keeps its own words."))
    return redirect("event", pk)


@require_POST
def split(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a merge back."""
    found = get_object_or_404(
        EventMerge.objects.filter(
            seen(request.user, "kept__document"), seen(request.user, "merged__document")
        ),
        pk=pk,
    )
    try:
        undo_merge(request.user, merge=found)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Taken back: the two are events of their own again."))
    return redirect("event", found.kept_id)
