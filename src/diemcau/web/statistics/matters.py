"""Matters over conferences: their list, one in time, joining and setting apart, two conferences."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from diemcau.accounts.rules import can_confirm
from diemcau.delivery.actions import join_matters, part_matter, undo_thread_change
from diemcau.delivery.matters.conferences import (
    Part,
    compare_conferences,
    conference_days,
    list_conferences,
)
from diemcau.delivery.matters.told import (
    Line,
    get_line,
    list_changes,
    list_threads,
    outcome_of,
    seen_changes,
)
from diemcau.delivery.matters.words import say_matter
from diemcau.delivery.models import Thread, ThreadChange
from diemcau.delivery.queries import list_sayings
from diemcau.delivery.refusals import Refused
from diemcau.documents.models import LIVE, Statement, StatementKind
from diemcau.documents.rules import seen
from diemcau.documents.sentences import with_sentences
from diemcau.operation.answers import keep_answer
from diemcau.web.days import say_day
from diemcau.web.filters import Filters, id_of, page_of
from diemcau.web.sheets import Column, Sheet, answer_sheet, asked_form, shows_and_takes_out

__all__ = ["compare", "join", "part", "thread", "threads", "undo"]


@shows_and_takes_out
@keep_answer
def threads(request: HttpRequest) -> HttpResponseBase:
    """Matters said at least twice, those asked for most often with nothing to show on top."""
    filters = Filters(request)
    nothing = filters.get("chua-co") == "1"
    found = list_threads(request.user, nothing_yet=nothing)
    if form := asked_form(request):
        return answer_sheet(request, _threads_sheet(found), form)
    page = page_of(request, found)
    context = {
        "page": page,
        "rows": [{"thread": one, "words": _row_words(one)} for one in page.object_list],
        "nothing": nothing,
        "all_url": filters.url(**{"chua-co": None}),
        "nothing_url": filters.url(**{"chua-co": "1"}),
    }
    return render(request, "web/statistics/threads.html", context)


def _row_words(one: Any) -> str:
    return say_matter(one.times, one.first_on, outcome_of(one), n_evidence=one.n_evidence)


def _threads_sheet(found: Any) -> Sheet:
    columns = [
        Column(_("Matter"), lambda one: one.title, 70),
        Column(_("Where it stands"), _row_words, 50),
        Column(_("Times asked for"), lambda one: one.times, 10),
        Column(_("Documents"), lambda one: one.n_documents, 10),
        Column(_("First asked for"), lambda one: one.first_on, 12),
        Column(_("Last asked for"), lambda one: one.last_on, 12),
        Column(_("Tasks done"), lambda one: one.n_done, 10),
        Column(_("Pieces of evidence"), lambda one: one.n_evidence, 10),
    ]
    return Sheet("viec-noi-lai", _("Matters over time"), columns, found.iterator(chunk_size=500))


@require_GET
def thread(request: HttpRequest, pk: int) -> HttpResponse:
    """One matter in time: everything said of it, and what was delivered in between."""
    row = get_object_or_404(Thread, pk=pk)
    line = get_line(request.user, row)
    if not line.sayings:
        return HttpResponse(status=404)
    context = {
        "thread": row,
        "title": line.sayings[0].statement,
        "line": line,
        "words": _words_of(line),
        "changes": list_changes(request.user, [one.statement for one in line.sayings]),
        "may_confirm": can_confirm(request.user),
    }
    return render(request, "web/statistics/thread.html", context)


def _words_of(line: Line) -> str:
    return say_matter(
        line.times, line.first, line.outcome, done_on=line.done_on, n_evidence=line.n_evidence
    )


@require_POST
def part(request: HttpRequest, pk: int) -> HttpResponse:
    """Set chosen statements of a matter apart."""
    row = get_object_or_404(Thread, pk=pk)
    shown = list_sayings(request.user, row)
    if not shown:
        return HttpResponse(status=404)
    chosen = [one for text in request.POST.getlist("tach") if (one := id_of(text))]
    try:
        made = part_matter(
            request.user, thread=pk, apart=chosen, reason=request.POST.get("reason", "")
        )
    except Refused as problem:
        messages.error(request, str(problem))
        return redirect("thread", pk=pk)
    messages.success(request, _("Set apart; the change can be taken back below."))
    return _to_thread_of(made)


@require_http_methods(["GET", "POST"])
def join(request: HttpRequest) -> HttpResponse:
    """Two tasks' statements side by side; joined into one matter with a reason."""
    asked = request.POST if request.method == "POST" else request.GET
    typed = [asked.get(name, "").strip() for name in ("viec", "voi")]
    found = [_statement(request, one) for one in typed]
    wrong = [
        _("No task with a sentence has the number “%(typed)s”.") % {"typed": text[:20]}
        for text, one in zip(typed, found, strict=True)
        if text and one is None
    ]
    first, second = found
    if request.method == "POST" and first is not None and second is not None:
        try:
            made = join_matters(
                request.user,
                first=first.pk,
                second=second.pk,
                reason=request.POST.get("reason", ""),
            )
        except Refused as problem:
            wrong.append(str(problem))
        else:
            messages.success(request, _("Joined into one matter."))
            return _to_thread_of(made)
    context = {
        "typed": typed,
        "both": [one for one in found if one is not None],
        "ready": first is not None and second is not None,
        "wrong": wrong,
        "reason": request.POST.get("reason", ""),
        "may_confirm": can_confirm(request.user),
    }
    return render(request, "web/statistics/join.html", context)


def _statement(request: HttpRequest, typed: str) -> Statement | None:
    """The statement a person names: by the number of its task, as the register shows it."""
    pk = id_of(typed)
    if pk is None:
        return None
    rows = with_sentences(
        Statement.objects.filter(seen(request.user), kind=StatementKind.TASK, state__in=LIVE)
    )
    return rows.select_related("document", "task").filter(task=pk).first()


@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back what was joined or set apart."""
    row = get_object_or_404(seen_changes(request.user), pk=pk)
    try:
        made = undo_thread_change(request.user, change=row.pk)
    except Refused as problem:
        messages.error(request, str(problem))
        return _to_thread_of(row)
    messages.success(request, _("Taken back: the matters are as they were."))
    return _to_thread_of(made)


def _to_thread_of(change: ThreadChange) -> HttpResponse:
    found = Thread.objects.filter(sayings__statement__thread_changes=change).order_by("pk").first()
    return redirect("thread", pk=found.pk) if found else redirect("threads")


PART_WORDS = {
    Part.NEW: lambda: _("New: not found asked for before"),
    Part.UNDECIDED: lambda: _("Perhaps said before, awaiting a decision"),
    Part.REPEATED: lambda: _("Repeated in nearly the same words"),
    Part.REWORDED: lambda: _("Repeated in other words"),
    Part.DELIVERED: lambda: _("Delivered in between, not asked for again"),
    Part.REPORTED: lambda: _("Reported done, waiting for confirmation, not asked for again"),
    Part.DROPPED: lambda: _("Not delivered, and not asked for again"),
    Part.PROPOSED: lambda: _("Only proposed there: no conclusion of the conference"),
}


@shows_and_takes_out
@keep_answer
def compare(request: HttpRequest) -> HttpResponseBase:
    """Two conferences side by side: new, repeated, reworded, delivered, silently dropped."""
    days = list_conferences(request.user)
    known = [day for day, _n in days]
    later = _day(request.GET.get("sau", ""), known) or (known[0] if known else None)
    before = [day for day in known if later and day < later]
    earlier = _day(request.GET.get("truoc", ""), known) or _likely(request, before)
    found = (
        compare_conferences(request.user, earlier=earlier, later=later)
        if earlier and later and earlier < later
        else []
    )
    if form := asked_form(request):
        return answer_sheet(request, _compared_sheet(found, earlier, later), form)
    context = {
        "days": days,
        "earlier": earlier,
        "later": later,
        "wrong_order": bool(earlier and later and earlier >= later),
        "groups": [
            {"part": part.value, "label": words(), "rows": rows, "n": len(rows)}
            for part, words in PART_WORDS.items()
            if (rows := [one for one in found if one.part == part])
        ],
        "n": sum(one.part != Part.PROPOSED for one in found),
    }
    return render(request, "web/statistics/compare.html", context)


def _likely(request: HttpRequest, before: list[dt.date]) -> dt.date | None:
    """The last conference before; where none is known as one, the last day before."""
    known = conference_days(request.user) if len(before) > 1 else set()
    return next((day for day in before if day in known), before[0] if before else None)


def _day(text: str, known: list[dt.date]) -> dt.date | None:
    try:
        day = parse_date(text)
    except ValueError:
        return None
    return day if day in known else None


def _compared_sheet(found: list, earlier: dt.date | None, later: dt.date | None) -> Sheet:
    columns = [
        Column(_("Between the two"), lambda one: PART_WORDS[one.part](), 30),
        Column(_("At the earlier conference"), lambda o: o.earlier.quote if o.earlier else "", 70),
        Column(_("At the later conference"), lambda o: o.later.quote if o.later else "", 70),
        Column(_("Words in common (%)"), lambda o: round(o.alike * 100) if o.alike else None, 10),
    ]
    said = [(_("Earlier"), say_day(earlier)), (_("Later"), say_day(later))]
    return Sheet("so-sanh-hoi-nghi", _("Two conferences compared"), columns, found, said)
