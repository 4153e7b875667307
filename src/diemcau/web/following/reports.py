"""The two-minute report: its own small page, and what its body does with it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from diemcau.delivery.actions import (
    discard_draft,
    release_progress,
    return_progress,
    submit_progress,
    write_progress,
)
from diemcau.delivery.models import Progress, ProgressState, Task
from diemcau.delivery.refusals import Refused, ReportMoved
from diemcau.delivery.rules import sees_progress
from diemcau.directory.cells import number_in
from diemcau.web.filters import id_of
from diemcau.web.following.acting import acting_on
from diemcau.web.following.acts import said_hindrance
from diemcau.web.following.forms import Forms, FormState, seen_task, seen_version, words_of
from diemcau.web.following.item import item_context

__all__ = ["discard", "give_back", "release", "report", "submit"]


def report(request: HttpRequest, pk: int) -> HttpResponse:
    """Write what changed since the last answer, and hand it on in the same stroke."""
    task = seen_task(request, pk)
    if request.method != "POST":
        return _page(request, task, Forms())
    try:
        made = _write(request, task)
    except Refused as refused:
        form = FormState("report", str(refused), dict(request.POST.items()))
        status = 409 if isinstance(refused, ReportMoved) else 422
        return _page(request, task, Forms(form), status=status)
    said = {
        ProgressState.DRAFT: _("Kept as a draft; only your body sees it."),
        ProgressState.SUBMITTED: _("Handed to the approver of your body, who releases it."),
        ProgressState.RELEASED: _("Released: whoever follows the task sees it."),
    }
    messages.success(request, said[ProgressState(made.state)])
    return redirect("task", pk=pk)


def _page(request: HttpRequest, task: Task, forms: Forms, *, status: int = 200) -> HttpResponse:
    context = item_context(request, task.pk, forms)
    if not context["may_report"]:
        raise Http404
    return render(request, "web/following/report.html", context, status=status)


def _write(request: HttpRequest, task: Task) -> Progress:
    typed: dict[str, Any] = {
        name: words_of(request, name) for name in ("done", "next_step", "recommendation")
    }
    to = words_of(request, "to") or ProgressState.SUBMITTED
    if to not in (ProgressState.DRAFT, ProgressState.SUBMITTED, ProgressState.RELEASED):
        raise Refused(_("Choose what to do."))
    return write_progress(
        request.user,
        task=task.pk,
        **typed,
        percent=_percent(words_of(request, "percent")),
        period=words_of(request, "period"),
        hindrance=said_hindrance(request) if words_of(request, "what") else None,
        to=ProgressState(to),
        body=words_of(request, "body"),
        report=id_of(request.POST.get("report")),
        seen=seen_version(request),
    )


def _percent(text: str) -> int | None:
    text = text.removesuffix("%").strip()
    if not text:
        return None
    percent = number_in(text)
    if percent is None or percent > 100:
        raise Refused(
            _("How far it is is a whole number from 0 to 100; found “%(found)s”.")
            % {"found": text[:20]}
        )
    return percent


def _own(request: HttpRequest, pk: int) -> tuple[Task, Progress]:
    """A report that is not released, if it is the person's to see."""
    own = Progress.objects.filter(sees_progress(request.user), pk=pk)
    found = own.exclude(state=ProgressState.RELEASED).first()
    if found is None:
        raise Http404
    return seen_task(request, found.task_id), found


@acting_on(_own, "submit-{pk}")
def submit(request: HttpRequest, row: Progress) -> str:
    """Hand a draft to the approver."""
    submit_progress(request.user, report=row.pk, seen=seen_version(request))
    return _("Handed to the approver of your body, who releases it.")


@acting_on(_own, "return-{pk}")
def give_back(request: HttpRequest, row: Progress) -> str:
    """Return a submitted report to its writer."""
    return_progress(
        request.user,
        report=row.pk,
        reason=words_of(request, "reason"),
        seen=seen_version(request),
    )
    return _("Returned to its writer.")


@acting_on(_own, "release-{pk}")
def release(request: HttpRequest, row: Progress) -> str:
    """Release a report."""
    release_progress(request.user, report=row.pk, seen=seen_version(request))
    return _("Released: whoever follows the task sees it.")


@acting_on(_own, "discard-{pk}")
def discard(request: HttpRequest, row: Progress) -> str:
    """Throw a draft away."""
    discard_draft(request.user, report=row.pk, seen=seen_version(request))
    return _("The draft was thrown away.")
