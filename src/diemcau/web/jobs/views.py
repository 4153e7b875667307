"""Work in the background: how far it is, cancelling it, letting it go on."""

from datetime import datetime
from typing import Any, NamedTuple

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from diemcau.jobs.actions import JobRefused, cancel_job, resume_job
from diemcau.jobs.kinds import kind_of
from diemcau.jobs.models import Job, JobState
from diemcau.jobs.queries import list_jobs
from diemcau.operation.answers import keep_answer
from diemcau.web.jobs.words import result_words

__all__ = ["cancel", "job", "jobs", "progress_of", "resume"]

_ON_A_PAGE = 50


@require_safe
def jobs(request: HttpRequest) -> HttpResponse:
    """What the person asked for, the newest first."""
    found = list_jobs(request.user).values_list(*_Row._fields)
    page = Paginator(found, _ON_A_PAGE).get_page(request.GET.get("trang"))
    # How far work came moves without the log: what is kept rests on the rows themselves.
    return _jobs(request, page.paginator.count, page.number, *map(_Row._make, page.object_list))


class _Row(NamedTuple):
    pk: int
    kind: str
    state: str
    done: int
    total: int | None
    asked_at: datetime
    asked_by__first_name: str | None
    asked_by__last_name: str | None
    asked_by__username: str | None

    @property
    def label(self) -> str:
        return _label_of(self.kind)

    @property
    def asked_by(self) -> str:
        full = f"{self.asked_by__first_name or ''} {self.asked_by__last_name or ''}".strip()
        return full or self.asked_by__username or ""

    @property
    def state_label(self) -> str:
        return str(JobState(self.state).label)


@keep_answer
def _jobs(request: HttpRequest, count: int, number: int, *rows: _Row) -> HttpResponse:
    page = Paginator(range(count), _ON_A_PAGE).page(number)
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
    return {
        "job": job,
        "label": _label_of(job.kind),
        "said": result_words(job.result),
    }


def _label_of(kind: str) -> str:
    found = kind_of(kind)
    return str(found.label) if found else kind
