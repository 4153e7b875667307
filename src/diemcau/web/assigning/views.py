"""One task's bodies: who has it, what each answers, collectives, parts, passing on."""

from collections.abc import Callable
from enum import Enum
from typing import TypeVar

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from diemcau.delivery import actions, queries
from diemcau.delivery.actions.assigning import EarlierLead
from diemcau.delivery.actions.evidence import Shown
from diemcau.delivery.actions.expanding import Group, count_groups
from diemcau.delivery.actions.parts import Part
from diemcau.delivery.doers.assigned import lines_of
from diemcau.delivery.doers.tree import tree_of
from diemcau.delivery.models import (
    Answer,
    Assignment,
    AssignmentRole,
    Completion,
    EvidenceKind,
    Task,
)
from diemcau.delivery.orders.clarity import lacking
from diemcau.delivery.refusals import Refused
from diemcau.delivery.rules import parties_of
from diemcau.delivery.states import OPEN, Party, Status
from diemcau.documents.rules import library_of
from diemcau.web.filters import id_of
from diemcau.web.following.forms import day_of
from diemcau.web.names import say_name

__all__ = ["assigning"]

_PARTS = 3
"""Empty lines of the form that splits a task."""


_T = TypeVar("_T", bound=Enum)


class _Unknown(Exception):
    """The form sent something no page of ours offers."""


@require_http_methods(["GET", "HEAD", "POST"])
def assigning(request: HttpRequest, pk: int) -> HttpResponse:
    """Who has a task, and the forms to give it, answer for it, split it, pass it on."""
    tasks = queries.list_tasks(request.user, on=timezone.localdate())
    row = get_object_or_404(
        tasks.select_related("document", "assigner", "parent", "directive__instrument"), pk=pk
    )
    if request.method != "POST":
        return _page(request, row)
    do = _DOES.get(request.POST.get("do", ""))
    if do is None:
        return HttpResponseBadRequest()
    try:
        told = do(request, row)
    except _Unknown:
        return HttpResponseBadRequest()
    except Refused as refused:
        return _page(request, row, refused=str(refused))
    messages.success(request, told)
    back = "task" if request.POST.get("back") == "task" else "assigning"
    return redirect(back, pk=pk)


def _page(request: HttpRequest, row: Task, *, refused: str = "") -> HttpResponse:
    today = timezone.localdate()
    lines = lines_of(request.user, row, asks=True)
    every = [one for line in lines for one in (line, *line.members)]
    acting = [one.acting for one in every if one.acting and not one.row.only_follows]
    gives = Party.ASSIGNER in parties_of(request.user, row, bodies=acting)
    leading = [one for one in lines if one.row.role == "lead" and not one.row.is_collective]
    lead = leading[0] if len(leading) == 1 else None
    many = any(one.row.is_collective and not one.row.completion for one in lines)
    is_open = row.status in (*OPEN, Status.SUSPENDED) and row.status != Status.AWAITING
    typed = request.POST if refused else {}
    context = {
        "task": row,
        "lines": lines,
        "ended": list(
            row.assignments.exclude(ended_because="").select_related("ended_by").order_by("-pk")
        ),
        "leads": ", ".join(say_name(one.row.as_written) for one in leading),
        "tree": tree_of(request.user, row, on=today),
        "lacking": lacking(row),
        "gives": gives and row.status != Status.DONE,
        "splits": is_open and (gives or (lead is not None and lead.may_pass_on)),
        "answers": [one for one in Answer if one != Answer.WAITING] if row.status in OPEN else [],
        "is_open": row.status in OPEN,
        "passes_on": is_open,
        "may_withdraw": gives and row.statement_id is None and row.status != Status.DONE,
        "roles": AssignmentRole.choices,
        "earlier": EarlierLead.choices,
        "completions": Completion.choices,
        "groups": _groups() if gives and many else [],
        "kinds": [one for one in EvidenceKind.choices if one[0] != EvidenceKind.CONFIRMATION],
        "parts": _typed_parts(request) if refused else [Part("")] * _PARTS,
        "typed": typed,
        "chosen_groups": request.POST.getlist("group") if refused else [],
        "refused": refused,
        "failed": request.POST.get("do", "") if refused else "",
        "failed_on": id_of(request.POST.get("assignment")) if refused else None,
        "today": today,
    }
    return render(request, "web/assigning/task.html", context, status=422 if refused else 200)


def _groups() -> list[tuple[str, str, int]]:
    counts = count_groups(timezone.localdate())
    return [(one.value, str(one.label), counts[one]) for one in Group]


def _seen(request: HttpRequest) -> int | None:
    return id_of(request.POST.get("seen"))


def _text(request: HttpRequest, name: str) -> str:
    return request.POST.get(name, "").strip()


def _one(request: HttpRequest, row: Task) -> Assignment:
    found = row.assignments.filter(pk=id_of(request.POST.get("assignment")) or 0).first()
    if found is None:
        raise _Unknown
    return found


def _choice(options: type[_T], value: str) -> _T:
    try:
        return options(value)
    except ValueError as e:
        raise _Unknown from e


def _assign(request: HttpRequest, row: Task) -> str:
    earlier = _text(request, "earlier_lead")
    made = actions.assign_body(
        request.user,
        task=row.pk,
        body=_text(request, "body"),
        role=_choice(AssignmentRole, _text(request, "role")),
        earlier_lead=_choice(EarlierLead, earlier) if earlier else None,
        seen=_seen(request),
    )
    return _("%(name)s has the task now: %(role)s.") % {
        "name": made,
        "role": made.get_role_display().lower(),
    }


def _end(request: HttpRequest, row: Task) -> str:
    made = actions.end_assignment(
        request.user,
        assignment=_one(request, row).pk,
        reason=_text(request, "reason"),
        seen=_seen(request),
    )
    return _("%(name)s has nothing more to do with the task.") % {"name": made}


def _answer(request: HttpRequest, row: Task) -> str:
    said = actions.answer_assignment(
        request.user,
        assignment=_one(request, row).pk,
        answer=_choice(Answer, _text(request, "answer")),
        reason=_text(request, "reason"),
        seen=_seen(request),
    )
    return _("The answer is kept: %(answer)s.") % {"answer": said.get_answer_display().lower()}


def _expand(request: HttpRequest, row: Task) -> str:
    on = day_of(_text(request, "on"))
    members = actions.expand_collective(
        request.user,
        assignment=_one(request, row).pk,
        groups=[_choice(Group, one) for one in request.POST.getlist("group")],
        bodies=_text(request, "bodies").splitlines(),
        completion=_choice(Completion, _text(request, "completion")),
        on=on,
        seen=_seen(request),
    )
    return ngettext(
        "It means %(n)d body, which has the task itself now.",
        "It means %(n)d bodies, which have the task themselves now.",
        len(members),
    ) % {"n": len(members)}


def _unexpand(request: HttpRequest, row: Task) -> str:
    actions.undo_expansion(request.user, assignment=_one(request, row).pk, seen=_seen(request))
    return _("Taken back; it stands for many again.")


def _deliver(request: HttpRequest, row: Task) -> str:
    what = _text(request, "what")
    shown = None
    if what:
        documents = library_of(request.user)
        shown = Shown(
            _choice(EvidenceKind, _text(request, "kind")),
            what,
            documents.filter(pk=id_of(_text(request, "document")) or 0).first(),
            _text(request, "url"),
        )
    made = actions.deliver_part(
        request.user, assignment=_one(request, row).pk, shown=shown, seen=_seen(request)
    )
    return _("%(name)s has delivered its part.") % {"name": made}


def _return_part(request: HttpRequest, row: Task) -> str:
    made = actions.return_part(
        request.user,
        assignment=_one(request, row).pk,
        reason=_text(request, "reason"),
        seen=_seen(request),
    )
    return _("The part of %(name)s is returned.") % {"name": made}


def _pass_on(request: HttpRequest, row: Task) -> str:
    child = actions.pass_on(
        request.user,
        assignment=_one(request, row).pk,
        to=_text(request, "to"),
        title=_text(request, "title"),
        deadline=_text(request, "deadline"),
        seen=_seen(request),
    )
    return _("Passed on: “%(title)s”.") % {"title": child.title}


def _typed_parts(request: HttpRequest) -> list[Part]:
    columns = [request.POST.getlist(f"part_{name}") for name in ("title", "body", "deadline")]
    rows = [Part(*row) for row in zip(*columns, strict=False)][:20]
    return rows or [Part("")] * _PARTS


def _split(request: HttpRequest, row: Task) -> str:
    made = actions.split_task(
        request.user, task=row.pk, parts=_typed_parts(request), seen=_seen(request)
    )
    return ngettext(
        "The task has %(n)d more part.", "The task has %(n)d more parts.", len(made)
    ) % {"n": len(made)}


def _product(request: HttpRequest, row: Task) -> str:
    actions.name_product(
        request.user, task=row.pk, product=_text(request, "product"), seen=_seen(request)
    )
    return _("The product is named.")


_DOES: dict[str, Callable[[HttpRequest, Task], str]] = {
    "assign": _assign,
    "end": _end,
    "answer": _answer,
    "expand": _expand,
    "unexpand": _unexpand,
    "deliver": _deliver,
    "return_part": _return_part,
    "pass_on": _pass_on,
    "split": _split,
    "product": _product,
}
"""What the forms of the page ask for, by the value of "do"."""
