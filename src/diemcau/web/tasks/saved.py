"""Views of the register a person keeps: listed, saved, renamed, deleted, begun with."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from diemcau.accounts.models import User
from diemcau.accounts.rules import held_by
from diemcau.delivery.actions import choose_start_view, delete_view, rename_view, save_view
from diemcau.delivery.models import StartView
from diemcau.delivery.refusals import Refused
from diemcau.delivery.saved import list_views
from diemcau.directory.models import Body
from diemcau.operation.answers import keep_answer

__all__ = ["add_view", "change_view", "views"]


@require_GET
@keep_answer
def views(request: HttpRequest) -> HttpResponse:
    """The views a person may open, their own first, and the form that keeps another."""
    person = _person(request)
    rows = list(list_views(person))
    start = StartView.objects.filter(person=person).values_list("view", flat=True).first()
    context = {
        "own": [view for view in rows if view.owner_id == person.pk],
        "given": [view for view in rows if view.owner_id != person.pk],
        "start": start,
        "query": request.GET.get("luu", ""),
        "is_saving": "luu" in request.GET,
        "bodies": _bodies(person),
        "everybody": None in {one.body for one in held_by(person)},
    }
    return render(request, "web/tasks/views.html", context)


def _bodies(person: User) -> list[Body]:
    return list(Body.objects.filter(pk__in={one.body for one in held_by(person) if one.body}))


@require_POST
def add_view(request: HttpRequest) -> HttpResponse:
    """Keep the register as it was filtered, under a name."""
    share, body = _share(request)
    query = request.POST.get("query", "")
    try:
        view = save_view(
            _person(request),
            name=request.POST.get("name", ""),
            query=query,
            share=share,
            body=body,
        )
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("task_views")
    messages.success(request, _("The view “%(name)s” is kept.") % {"name": view.name})
    return redirect(f"{reverse('tasks')}?{view.query or 'tat-ca=1'}")


@require_POST
def change_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Rename, share, delete or begin with a view."""
    person, verb = _person(request), request.POST.get("verb", "")
    if not list_views(person).filter(pk=pk).exists():
        raise Http404
    try:
        if verb == "delete":
            delete_view(person, view=pk)
            messages.success(request, _("The view is deleted."))
        elif verb == "start":
            choose_start_view(person, view=pk)
            messages.success(request, _("The register opens with this view from now on."))
        elif verb == "whole":
            choose_start_view(person, view=None)
            messages.success(request, _("The register opens whole from now on."))
        else:
            share, body = _share(request)
            rename_view(person, view=pk, name=request.POST.get("name", ""), share=share, body=body)
            messages.success(request, _("The view is changed."))
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("task_views")


def _share(request: HttpRequest) -> tuple[bool, Body | None]:
    """With whom a form shares: "" nobody, "*" everybody, else the id of a body."""
    ref = request.POST.get("share", "")
    body = Body.objects.filter(ref=ref).first() if ref not in ("", "*") else None
    return ref == "*" or body is not None, body


def _person(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user
