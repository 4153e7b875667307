"""Letters of urging: whom to write to, about which tasks, the paper, and its number and day."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from diemcau.accounts.rules import can_confirm
from diemcau.delivery.models import Task
from diemcau.delivery.narrowing import SILENT_DAYS
from diemcau.delivery.queries import list_tasks, standing_assignments
from diemcau.delivery.rules import given_to, judged_by
from diemcau.delivery.words import last_words_of
from diemcau.directory.models import Body
from diemcau.directory.queries import links_by_body, responsible_on
from diemcau.directory.reach import reached_refs
from diemcau.documents.rules import Reader
from diemcau.reports.reminders import write_reminder
from diemcau.urging.actions import draft_reminder, issue_reminder
from diemcau.urging.actions.reminding import MOST
from diemcau.urging.expected import Answering, working_time
from diemcau.urging.parts import part_of, with_part
from diemcau.urging.queries import bodies_to_urge, tasks_to_urge
from diemcau.urging.refusals import RuleRefused
from diemcau.urging.rules import OWED, reminders_seen
from diemcau.web.days import read_typed_day
from diemcau.web.filters import id_of, page_of
from diemcau.web.papers import answer_docx, asks_paper, read_signing, site_of

__all__ = ["new", "reminder", "reminders"]

_DAYS = 5
"""Working days an answer is asked for in, unless somebody says otherwise."""


@require_safe
def reminders(request: HttpRequest) -> HttpResponse:
    """Bodies with tasks to be urged, and the letters that were drafted and issued."""
    _writes(request)
    bodies, n_without = bodies_to_urge(request.user, on=timezone.localdate())
    rows = reminders_seen(request.user).select_related("body", "sender", "made_by")
    context = {
        "bodies": bodies,
        "n_without": n_without,
        "silent_days": SILENT_DAYS,
        "page": page_of(request, rows.order_by("-pk")),
    }
    return render(request, "web/urging/reminders.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Choose the tasks of one body, and draft the letter about them."""
    _writes(request)
    on = timezone.localdate()
    asked = request.POST if request.method == "POST" else request.GET
    chosen = _ids(asked.getlist("chon"))
    ref = asked.get("co-quan", "").strip()
    body = get_object_or_404(Body, ref=ref) if ref else None
    if body is None:
        bodies = _bodies_of(request, chosen)
        if len(bodies) != 1:
            return _which_body(request, bodies, chosen)
        (body,) = bodies
    problem = ""
    typed = {
        "answer_by": asked.get("answer_by", "").strip(),
        "demand": asked.get("demand", "").strip(),
    }
    if request.method == "POST":
        try:
            made = draft_reminder(
                request.user,
                body=body.ref,
                tasks=chosen,
                answer_by=_day(typed["answer_by"]),
                demand=typed["demand"],
            )
            messages.success(
                request, _("The letter is drafted. Download it, edit it, and have it signed.")
            )
            return redirect("reminder", made.pk)
        except RuleRefused as refused:
            problem = str(refused)
    elif not typed["answer_by"]:
        typed["answer_by"] = working_time().after(on, _DAYS).isoformat()
    refs = reached_refs(body.ref)
    rows = _offered(request.user, refs, chosen, on=on)
    ticked = set(chosen) or _led_by(body, rows, on=on)
    said = last_words_of([row.pk for row in rows])
    context = {
        "body": body,
        "rows": [
            {
                "task": row,
                "is_chosen": row.pk in ticked,
                "part": part_of(row, refs).label,
                "said": said.get(row.pk),
            }
            for row in rows
        ],
        "n_lost": len(set(chosen) - {row.pk for row in rows}),
        "is_cut": len(rows) >= MOST,
        "typed": typed,
        "today": on.isoformat(),
        "problem": problem,
    }
    return render(request, "web/urging/reminder_new.html", context, status=422 if problem else 200)


def _offered(by: Reader, refs: set[str], chosen: list[int], *, on: dt.date) -> list[Task]:
    """The tasks of some bodies a letter may tell of: those to urge, after others that were chosen.

    Args:
        refs: ids in the directory.
    """
    given = given_to(refs)
    urged = with_part(tasks_to_urge(by, on=on).filter(given), refs)
    urged = urged.prefetch_related(standing_assignments())
    rows = list(urged.order_by("-is_late", "due_to", "pk")[:MOST])
    if others := set(chosen) - {row.pk for row in rows}:
        mine = list_tasks(by, on=on).filter(given, judged_by(by), pk__in=others, status__in=OWED)
        mine = with_part(mine, refs).prefetch_related(standing_assignments())
        rows = [*mine.order_by("due_to", "pk"), *rows]
    return rows


def _led_by(body: Body, rows: list[Task], *, on: dt.date) -> set[int]:
    """Ids of the tasks a body answers for as their lead: those its row of the list counts."""
    links = links_by_body()
    leads = {row.lead for row in rows if row.lead}
    theirs = {
        ref
        for ref in leads
        if (responsible_on(ref, on, links=links).responsible or ref) == body.ref
    }
    return {row.pk for row in rows if row.lead in theirs}


def _which_body(request: HttpRequest, bodies: list[Body], chosen: list[int]) -> HttpResponse:
    if not bodies:
        if chosen:
            messages.info(
                request, _("No body of the directory answers for the tasks chosen; name one first.")
            )
        return redirect("reminders")
    context = {"bodies": bodies, "chosen": chosen}
    return render(request, "web/urging/reminder_body.html", context)


def _bodies_of(request: HttpRequest, chosen: list[int]) -> list[Body]:
    """The bodies that answer today for the chosen tasks the person sees."""
    on = timezone.localdate()
    tasks = list(
        list_tasks(request.user, on=on).filter(pk__in=chosen[:MOST]).values_list("pk", flat=True)
    )
    answering = Answering(on, tasks)
    return list(dict.fromkeys(body for task in tasks for body in answering.of(task)))


@require_http_methods(["GET", "HEAD", "POST"])
def reminder(request: HttpRequest, pk: int) -> HttpResponseBase:
    """One letter: its tasks, the paper, and the number and day it was issued under."""
    _writes(request)
    rows = reminders_seen(request.user).select_related("body", "sender__parent", "made_by")
    row = get_object_or_404(rows, pk=pk)
    signing = read_signing(request, row.sender, symbol="")
    if asks_paper(request):
        data = write_reminder(
            request.user,
            row,
            head=signing.head,
            signing=signing.signing,
            site=site_of(request),
        )
        return answer_docx(
            request,
            data,
            f"cong-van-don-doc-{row.body.ref}",
            what="cong-van-don-doc",
            rows=row.items.count(),
            about=row,
        )
    problem = ""
    typed = {"number": row.number, "issued_on": row.issued_on or timezone.localdate()}
    if request.method == "POST":
        typed = {name: request.POST.get(name, "").strip() for name in typed}
        try:
            issue_reminder(
                request.user,
                reminder=pk,
                number=typed["number"],
                issued_on=_day(typed["issued_on"]),
                seen=id_of(request.POST.get("seen", "")) or 0,
            )
            messages.success(request, _("Written in. The answer is awaited by the letter's day."))
            return redirect("reminder", pk)
        except RuleRefused as refused:
            problem = str(refused)
    items = list(row.items.select_related("task").order_by("pk"))
    now = {
        one.pk: one
        for one in list_tasks(request.user, on=timezone.localdate()).filter(
            pk__in=[item.task_id for item in items]
        )
    }
    said = last_words_of([item.task_id for item in items])
    context = {
        "row": row,
        "items": [
            {"known": item.task, "task": now.get(item.task_id), "said": said.get(item.task_id)}
            for item in items
        ],
        "signing": signing,
        "typed": typed,
        "first": timezone.localdate(row.made_at).isoformat(),
        "today": timezone.localdate().isoformat(),
        "problem": problem,
    }
    return render(request, "web/urging/reminder.html", context, status=422 if problem else 200)


def _ids(texts: list[str]) -> list[int]:
    """Ids as the register's boxes send them, "12:3", or bare."""
    found = (id_of(text.partition(":")[0]) for text in texts)
    return list(dict.fromkeys(pk for pk in found if pk is not None))


def _day(text: str) -> Any:
    try:
        found = read_typed_day(text)
    except ValueError:
        found = None
    if found is None:
        raise RuleRefused(
            _("“%(found)s” is no day; the form is 30/06/2026.") % {"found": text[:20]}
        )
    return found


def _writes(request: HttpRequest) -> None:
    if not can_confirm(request.user):
        raise PermissionDenied
