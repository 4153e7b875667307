"""One event: its reports side by side, what was ordered and promised there, what it serves."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from diemcau.accounts.rules import Duty, can_add_documents
from diemcau.delivery.models import Agreement, Nature, Serving, Task
from diemcau.delivery.queries import list_tasks, standing_assignments
from diemcau.documents.models import Statement
from diemcau.documents.rules import may_do, seen
from diemcau.documents.sentences import with_sentences
from diemcau.engagements.actions import merge_events, save_event, undo_merge
from diemcau.engagements.models import Event, EventKind, EventMerge
from diemcau.engagements.queries import events_around
from diemcau.engagements.refusals import Refused
from diemcau.operation.answers import keep_answer
from diemcau.web.agreements.typed import (
    Typed,
    choices_of_documents,
    read_chosen_document,
    read_day_typed,
)
from diemcau.web.filters import id_of

__all__ = ["edit", "event", "merge", "split"]


@require_safe
@keep_answer
def event(request: HttpRequest, pk: int) -> HttpResponse:
    """One event with all that hangs on it; a merged one leads to the one it is part of."""
    row = _found(request, pk)
    if row.merged_into_id is not None:
        return redirect("event", row.merged_into_id)
    by = request.user
    around = list(events_around(by, row))
    ids = [row.pk, *(one.pk for one in around if one.merged_into_id == row.pk)]
    reports = list(
        with_sentences(Statement.objects.filter(seen(by), event_report__event=row)).select_related(
            "document"
        )
    )
    documents = {one.document_id for one in reports}
    if not reports and not _tells_of_another(row):
        documents.add(row.document_id)
    servings = {
        one.task_id: one
        for one in Serving.objects.filter(event__in=ids, ended_at=None).order_by("pk")
    }
    tasks = list(
        list_tasks(by, on=timezone.localdate())
        .filter(
            Q(document__in=documents, nature=Nature.ORDER)
            | Q(commitment__occasion__in=ids)
            | Q(pk__in=servings)
        )
        .select_related("commitment")
        .prefetch_related(standing_assignments())
        .order_by("due_to", "pk")[:_MOST]
    )
    promised = [one for one in tasks if _made_at(one, ids)]
    context = {
        "event": row,
        "reports": reports,
        "ordered": [
            one for one in tasks if one.nature == Nature.ORDER and one.document_id in documents
        ],
        "promised": promised,
        "agreements": list(Agreement.objects.filter(seen(by), occasion__in=ids, withdrawn_at=None)),
        "servings": [(servings[one.pk], one) for one in tasks if one.pk in servings],
        "perhaps": [one for one in around if one.merged_into_id is None],
        "merges": _merges(request, row) if len(ids) > 1 else [],
        "may_add": may_do(by, Duty.ADD, row.document),
        "may_confirm": may_do(by, Duty.CONFIRM, row.document),
    }
    return render(request, "web/events/event.html", context)


_MOST = 200
"""Tasks shown at most on the page of one event; the register has them all."""


def _tells_of_another(row: Event) -> bool:
    """Whether the document an event was typed by reports another: its orders were given there."""
    told = Statement.objects.filter(document=row.document_id, event_report__isnull=False)
    return told.exclude(event_report__event=row).exists()


def _made_at(task: Task, events: list[int]) -> bool:
    commitment = getattr(task, "commitment", None)
    return commitment is not None and commitment.occasion_id in events


def _merges(request: HttpRequest, row: Event) -> list[EventMerge]:
    rows = EventMerge.objects.filter(
        seen(request.user, "merged__document"), kept=row, undone_at=None
    )
    return list(rows.select_related("merged", "by"))


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
            served = id_of(request.GET.get("nhiem-vu")) if row is None else None
            if served and Task.objects.filter(seen(request.user), pk=served).exists():
                # Back to the task it was recorded for, where it is chosen already.
                return redirect(f"{reverse('task_ties', args=[served])}?su-kien={made.pk}")
            return redirect("event", made.pk)
    elif row is not None:
        typed = {
            "kind": row.kind,
            "title": row.title,
            "on": f"{row.on:%d/%m/%Y}" if row.on else "",
            "ends_on": f"{row.ends_on:%d/%m/%Y}" if row.ends_on else "",
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
    if not may_do(request.user, Duty.CONFIRM, row.document):
        raise PermissionDenied("engagements.merge_events")
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
