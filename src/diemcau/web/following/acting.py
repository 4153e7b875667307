"""How a form of an item's page is answered: done and said, or the page again with why not."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect

from diemcau.delivery.models import Task
from diemcau.delivery.refusals import Refused, ReportMoved, TaskMoved
from diemcau.documents.rules import seen
from diemcau.web.following.forms import Forms, FormState, opened_of, seen_task
from diemcau.web.following.item import item_page
from diemcau.web.posting import leads_to

__all__ = ["acting_on", "one_of", "task_itself"]


def task_itself(request: HttpRequest, pk: int) -> tuple[Task, Task]:
    """The address names the task."""
    task = seen_task(request, pk)
    return task, task


def acting_on(
    find: Callable[[HttpRequest, int], tuple[Task, Any]], key: str
) -> Callable[[Callable[..., str | HttpResponse]], Callable[..., HttpResponseBase]]:
    """Make a function the answer to a form of an item's page.

    The function gets the request and what the address names, and returns what to say. Refused, the
    page comes again with the form open, what was typed and the sentence why.
    Args:
        find: the task, and what else the address names, or 404.
        key: of the form; "{pk}" in it is the id in the address, "{field}" a field that was sent.
    """

    def wrap(view: Callable[..., str | HttpResponse]) -> Callable[..., HttpResponseBase]:
        @leads_to(lambda request, pk: redirect("task", pk=find(request, pk)[0].pk))
        @wraps(view)
        def run(request: HttpRequest, pk: int) -> HttpResponseBase:
            task, named = find(request, pk)
            try:
                said = view(request, named)
            except Refused as refused:
                typed = {name: value for name, value in request.POST.items() if name != "seen"}
                form = FormState(
                    key.format(pk=pk, move=request.POST.get("move", "")), str(refused), typed
                )
                moved = isinstance(refused, TaskMoved | ReportMoved)
                return item_page(
                    request,
                    task.pk,
                    Forms(form, opened_of(request) if moved else None),
                    status=409 if moved else 422,
                )
            if isinstance(said, HttpResponse):
                return said
            messages.success(request, said)
            return redirect("task", pk=task.pk)

        return run

    return wrap


def one_of(model: type, path: str = "task") -> Callable[[HttpRequest, int], tuple[Task, Any]]:
    """How to find a row of a task that an address names.

    Args:
        model: of the row.
        path: the way from it to its task.
    """

    def find(request: HttpRequest, pk: int) -> tuple[Task, Any]:
        row = model.objects.filter(seen(request.user, f"{path}__document"), pk=pk).first()
        if row is None or row.task.withdrawn_at is not None:
            raise Http404
        return row.task, row

    return find
