"""Work in the background: how far it is, cancelling it, letting it go on."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from diemcau.jobs.actions import JobRefused, cancel_job, resume_job
from diemcau.jobs.kinds import kind_of
from diemcau.jobs.models import Job
from diemcau.jobs.queries import list_jobs
from diemcau.web.jobs.words import result_words

__all__ = ["cancel", "job", "jobs", "progress_of", "resume"]

_ON_A_PAGE = 50


@require_safe
def jobs(request: HttpRequest) -> HttpResponse:
    """What the person asked for, the newest first."""
    page = Paginator(list_jobs(request.user), _ON_A_PAGE).get_page(request.GET.get("trang"))
    rows = [progress_of(one) for one in page.object_list]
    return render(request, "web/jobs/jobs.html", {"page": page, "rows": rows})


@require_safe
def job(request: HttpRequest, pk: int) -> HttpResponse:
    """How far one piece of work is; asked by the page itself every two seconds, only that part."""
    found = get_object_or_404(list_jobs(request.user), pk=pk)
    template = "web/jobs/_progress.html" if request.htmx else "web/jobs/job.html"
    return render(request, template, progress_of(found))


@require_POST
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Let it end after the step in hand."""
    get_object_or_404(list_jobs(request.user), pk=pk)
    try:
        cancel_job(request.user, job=pk)
        messages.success(request, _("It ends after the step in hand; what is done stays done."))
    except JobRefused as refused:
        messages.error(request, str(refused))
    return redirect("job", pk)


@require_POST
def resume(request: HttpRequest, pk: int) -> HttpResponse:
    """Let it go on from its last finished step."""
    get_object_or_404(list_jobs(request.user), pk=pk)
    try:
        resume_job(request.user, job=pk)
        messages.success(request, _("It goes on where it stopped."))
    except JobRefused as refused:
        messages.error(request, str(refused))
    return redirect("job", pk)


def progress_of(job: Job) -> dict[str, Any]:
    """What the part of a page that shows a job needs."""
    found = kind_of(job.kind)
    return {
        "job": job,
        "label": found.label if found else job.kind,
        "said": result_words(job.result),
    }
