"""The rules of urging and of the reporting calendar, for who keeps them; what would be said now."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_time
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from diemcau.documents.models import Document
from diemcau.documents.rules import seen
from diemcau.operation.answers import keep_answer
from diemcau.urging import actions
from diemcau.urging.models import (
    Audience,
    Duty,
    DutyException,
    Holiday,
    Hours,
    Letter,
    LetterState,
    Rule,
)
from diemcau.urging.plan import make_plan
from diemcau.urging.refusals import RuleRefused
from diemcau.urging.rules import can_hear, can_keep_rules
from diemcau.urging.words import as_notice, say_what, say_why
from diemcau.web.access.forms import read_body
from diemcau.web.posting import posted_from

__all__ = ["duty", "end", "except_body", "holiday", "hours", "preview", "rule", "rules"]

_SPARE_STEPS = 2
_SHOWN = 200


@require_safe
def rules(request: HttpRequest) -> HttpResponse:
    """Every rule with its steps, every duty to report, hours and holidays."""
    _hears(request)
    # A letter that is given up leaves no entry in the log, so it is counted each time.
    n_failed = Letter.objects.filter(state=LetterState.FAILED).count()
    return _rules(request, n_failed)


@keep_answer
def _rules(request: HttpRequest, n_failed: int) -> HttpResponse:
    today = timezone.localdate()
    context = {
        "rules": Rule.objects.prefetch_related("steps"),
        "duties": Duty.objects.select_related("body"),
        "hours": Hours.objects.first(),
        "holidays": Holiday.objects.filter(day__year__gte=today.year),
        "may_keep": can_keep_rules(request.user),
        "n_failed": n_failed,
    }
    return render(request, "web/urging/rules.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def rule(request: HttpRequest, pk: int) -> HttpResponse:
    """One rule: its steps, and the form that changes them."""
    row = get_object_or_404(Rule.objects.prefetch_related("steps"), pk=pk)
    _keeps(request)
    problem, typed = "", [(str(one.days), one.to) for one in row.steps.all()]
    if request.method == "POST":
        post = request.POST
        typed = list(zip(post.getlist("days"), post.getlist("to"), strict=False))
        try:
            actions.save_rule(
                request.user,
                rule=pk,
                steps=[(_number(days), to) for days, to in typed if days.strip()],
                is_on=post.get("is_on") == "1",
                again=_number(post.get("again", "") or "0"),
                seen=_number(post.get("seen", "")),
            )
            messages.success(request, _("The rule is changed; it holds from the next round on."))
            return redirect("urging_rules")
        except RuleRefused as refused:
            problem = str(refused)
    lines = [one for one in typed if one[0].strip()]
    last = lines[-1][1] if lines else Audience.REPORTER
    context = {
        "rule": row,
        "lines": [*lines, *[("", last)] * _SPARE_STEPS],
        "audiences": Audience,
        "problem": problem,
    }
    return render(request, "web/urging/rule.html", context, status=422 if problem else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def duty(request: HttpRequest, pk: int) -> HttpResponse:
    """One duty to report, its exceptions, and the forms that change them."""
    row = get_object_or_404(Duty, pk=pk)
    _keeps(request)
    problem = ""
    if request.method == "POST":
        try:
            actions.save_duty(
                request.user,
                duty=pk,
                is_on=request.POST.get("is_on") == "1",
                n_days=_number(request.POST.get("n_days", "")),
                seen=_number(request.POST.get("seen", "")),
            )
            messages.success(request, _("The duty to report is changed."))
            return redirect("urging_rules")
        except RuleRefused as refused:
            problem = str(refused)
    return _duty_page(request, row, problem)


def _duty_page(request: HttpRequest, row: Duty, problem: str) -> HttpResponse:
    context = {
        "duty": row,
        "exceptions": row.exceptions.filter(ended_at=None).select_related("body", "made_by"),
        "problem": problem,
    }
    return render(request, "web/urging/duty.html", context, status=422 if problem else 200)


@posted_from("urging_duty")
def except_body(request: HttpRequest, pk: int) -> HttpResponse:
    """Except a body from a duty to report."""
    row = get_object_or_404(Duty, pk=pk)
    _keeps(request)
    post = request.POST
    try:
        found = read_body(post.get("body", ""))
        if found is None:
            raise RuleRefused(_("Say which body is the exception."))
        days = post.get("n_days", "").strip()
        actions.save_exception(
            request.user,
            duty=pk,
            body=found,
            n_days=_number(days) if days else None,
            reason=post.get("reason", ""),
        )
    except ValidationError as refused:
        return _duty_page(request, row, " ".join(refused.messages))
    except RuleRefused as refused:
        return _duty_page(request, row, str(refused))
    messages.success(request, _("%(body)s is an exception now.") % {"body": found})
    return redirect("urging_duty", pk)


@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """End an exception."""
    row = get_object_or_404(DutyException, pk=pk)
    return _done(request, lambda: actions.end_exception(request.user, exception=pk), row.duty_id)


@require_POST
def hours(request: HttpRequest) -> HttpResponse:
    """Change the hours in which messages go out."""

    def save() -> Any:
        opens, closes = (_time(request.POST.get(name, "")) for name in ("opens", "closes"))
        return actions.save_hours(request.user, opens=opens, closes=closes)

    return _done(request, save)


@require_POST
def holiday(request: HttpRequest) -> HttpResponse:
    """Enter a day off, or a Saturday or Sunday that is worked; without a name, take it out."""

    def save() -> Any:
        try:
            day = parse_date(request.POST.get("day", ""))
        except ValueError:
            day = None
        if day is None:
            raise RuleRefused(_("This is no day."))
        return actions.save_holiday(
            request.user,
            day=day,
            name=request.POST.get("name", ""),
            is_worked=request.POST.get("is_worked") == "1",
        )

    return _done(request, save)


@require_safe
def preview(request: HttpRequest) -> HttpResponse:
    """What would be said in the next round, to whom and why; nothing is sent."""
    _keeps(request)
    plan = make_plan()
    documents = {one.item.task.document_id for one in plan.sayings}
    shown = Document.objects.filter(seen(request.user, "pk"), pk__in=documents)
    visible = set(shown.values_list("pk", flat=True))
    rows = [one for one in plan.sayings if one.item.task.document_id in visible]
    context = {
        "plan": plan,
        "rows": [(one, say_what(as_notice(one)), say_why(as_notice(one))) for one in rows[:_SHOWN]],
        "n": len(rows),
        "n_more": max(0, len(rows) - _SHOWN),
    }
    return render(request, "web/urging/preview.html", context)


def _done(request: HttpRequest, save: Any, duty_pk: int | None = None) -> HttpResponse:
    try:
        save()
        messages.success(request, _("Changed."))
    except RuleRefused as refused:
        messages.error(request, str(refused))
    return redirect("urging_duty", duty_pk) if duty_pk else redirect("urging_rules")


def _number(text: str) -> int:
    text = text.strip()
    if not (text.isascii() and text.isdigit()) or len(text) > 6:
        raise RuleRefused(_("“%(found)s” is no whole number.") % {"found": text[:20]})
    return int(text)


def _time(text: str) -> Any:
    try:
        found = parse_time(text)
    except ValueError:
        found = None
    if found is None:
        raise RuleRefused(_("“%(found)s” is no time; write 08:00.") % {"found": text[:20]})
    return found


def _hears(request: HttpRequest) -> None:
    if not can_hear(request.user):
        raise PermissionDenied


def _keeps(request: HttpRequest) -> None:
    if not can_keep_rules(request.user):
        raise PermissionDenied
