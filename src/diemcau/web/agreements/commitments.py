"""Typing a commitment, and tying one to its agreement and to the visit it was made at."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from diemcau.accounts.rules import Duty, can_add_documents
from diemcau.delivery.actions import (
    give_day,
    place_commitment,
    serve_task,
    stop_serving,
    write_commitment,
)
from diemcau.delivery.actions.days import undated_of
from diemcau.delivery.days import day_told
from diemcau.delivery.models import Agreement, Commitment, PromiseForm, Serving, Task
from diemcau.delivery.refusals import Refused
from diemcau.documents.rules import may_do, seen
from diemcau.web.agreements.typed import (
    Typed,
    choices_of_agreements,
    choices_of_documents,
    choices_of_events,
    chosen_agreement,
    chosen_event,
    read_chosen_document,
    read_day_typed,
    unseen,
)
from diemcau.web.filters import id_of

__all__ = ["day", "place", "serve", "stop", "ties", "write"]


@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest) -> HttpResponse:
    """The form of a commitment a person read in a document."""
    if not can_add_documents(request.user):
        raise PermissionDenied("delivery.write_commitment")
    problem = ""
    typed = request.POST if request.method == "POST" else _begun(request)
    if request.method == "POST":
        try:
            made = write_commitment(
                request.user,
                document=read_chosen_document(request),
                content=typed.get("content", ""),
                form=_form(typed.get("form", "")),
                parties=typed.get("parties", "").splitlines(),
                counterparts=typed.get("counterparts", "").splitlines(),
                said_on=read_day_typed(typed, "said_on", _("Said on")),
                deadline=typed.get("deadline", "").strip(),
                timeline=typed.get("timeline", ""),
                place=typed.get("place", ""),
                agreement=chosen_agreement(request.user, typed.get("agreement")),
                occasion=chosen_event(request.user, typed.get("occasion")),
            )
        except (Refused, Typed) as refused:
            problem = str(refused)
        else:
            messages.success(request, _("The commitment is in the register."))
            return redirect("task", made.task_id)
    context = {
        "typed": typed,
        "problem": problem,
        "forms": PromiseForm.choices,
        "documents": choices_of_documents(request.user, chosen=id_of(typed.get("document"))),
        "agreements": choices_of_agreements(request.user, chosen=id_of(typed.get("agreement"))),
        "events": choices_of_events(request.user, chosen=id_of(typed.get("occasion"))),
    }
    return render(
        request, "web/agreements/commitment.html", context, status=422 if problem else 200
    )


def _begun(request: HttpRequest) -> dict[str, str]:
    """What the form begins with; of one in an agreement, its sides and the day it was signed."""
    typed = {name: str(value) for name, value in request.GET.items()}
    inside = id_of(typed.get("agreement"))
    rows = Agreement.objects.filter(seen(request.user), pk=inside or 0, withdrawn_at=None)
    agreement = rows.prefetch_related("sides").first() if inside else None
    if agreement is None:
        return typed
    sides = agreement.sides.all()
    day = agreement.signed_on
    return {
        "parties": "\n".join(one.as_written for one in sides if one.is_ours),
        "counterparts": "\n".join(one.as_written for one in sides if not one.is_ours),
        "said_on": f"{day:%d/%m/%Y}" if day else "",
        "form": PromiseForm.SIGNED,
        **typed,
    }


def _form(text: str) -> PromiseForm:
    return PromiseForm(text) if text in PromiseForm.values else PromiseForm.UNKNOWN


@require_safe
def ties(request: HttpRequest, pk: int) -> HttpResponse:
    """What ties a task to a commitment's agreement and to visits, with the forms for both."""
    by = request.user
    rows = Task.objects.filter(seen(by), withdrawn_at=None)
    task = get_object_or_404(rows.select_related("document", "statement__document"), pk=pk)
    may_add = may_do(by, Duty.ADD, task.document)
    commitment = Commitment.objects.filter(task=task).first()
    agreement = commitment.agreement_id if commitment else None
    occasion = commitment.occasion_id if commitment else None
    events = choices_of_events(by, chosen=occasion) if may_add else []
    agreements = choices_of_agreements(by, chosen=agreement) if may_add and commitment else []
    servings = Serving.objects.filter(seen(by, "event__document"), task=task, ended_at=None)
    context = {
        "task": task,
        "commitment": commitment,
        "servings": list(servings.select_related("event").order_by("pk")),
        "may_add": may_add,
        "may_date": may_do(by, Duty.CONFIRM, task.document)
        and not (task.statement_id and day_told(task)),
        "n_undated": undated_of(task).count() if task.said_on is None else 0,
        "agreements": agreements,
        "events": events,
        "unseen_agreement": unseen(agreement, agreements),
        "unseen_occasion": unseen(occasion, events),
        "just_made": id_of(request.GET.get("su-kien")),
    }
    return render(request, "web/agreements/ties.html", context)


@require_POST
def place(request: HttpRequest, pk: int) -> HttpResponse:
    """Tie a commitment to its agreement and its occasion."""
    by, typed = request.user, request.POST
    task = get_object_or_404(Task, seen(by), pk=pk)
    rows = Commitment.objects.filter(task=task).select_related("agreement", "occasion")
    held = rows.first() or Commitment()
    try:
        place_commitment(
            by,
            task=task.pk,
            agreement=chosen_agreement(by, typed.get("agreement"), held=held.agreement),
            occasion=chosen_event(by, typed.get("occasion"), held=held.occasion),
            timeline=typed.get("timeline"),
        )
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Recorded where the commitment was made."))
    return redirect("task_ties", pk)


@require_POST
def day(request: HttpRequest, pk: int) -> HttpResponse:
    """Put in the day a task was given or promised, where its text tells none."""
    task = get_object_or_404(Task, seen(request.user), pk=pk)
    try:
        dated = give_day(
            request.user,
            task=task.pk,
            day=read_day_typed(request.POST, "day", _("Day")),
            of_document=request.POST.get("of_document") == "1",
            seen_version=id_of(request.POST.get("seen")),
        )
    except (Refused, Typed) as refused:
        messages.error(request, str(refused))
    else:
        said = ngettext(
            "Recorded the day of %(n)d task.", "Recorded the day of %(n)d tasks.", len(dated)
        )
        messages.success(request, said % {"n": len(dated)})
    return redirect("task_ties", pk)


@require_POST
def serve(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that an event serves a task."""
    task = get_object_or_404(Task, seen(request.user), pk=pk)
    if not may_do(request.user, Duty.ADD, task.document):
        raise PermissionDenied("delivery.serve_task")
    event = chosen_event(request.user, request.POST.get("event"))
    try:
        if event is None:
            raise Refused(_("Choose the event."))
        serve_task(request.user, task=task.pk, event=event, note=request.POST.get("note", ""))
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Recorded: the event serves this task."))
    return redirect("task_ties", pk)


@require_POST
def stop(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back that an event serves a task."""
    found = get_object_or_404(Serving, seen(request.user, "task__document"), pk=pk)
    try:
        stop_serving(request.user, serving=found)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Taken back: the event no longer serves this task."))
    return redirect("task_ties", found.task_id)
