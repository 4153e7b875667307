"""What was said again, and how the deadline of a task counts."""

from dataclasses import astuple

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from diemcau.accounts.rules import Duty
from diemcau.delivery import queries
from diemcau.delivery.actions import choose_due_rule, confirm_echo, dismiss_echo, reopen_echo
from diemcau.delivery.deadlines import DueRule
from diemcau.delivery.matters.likeness import longest_run, syllables
from diemcau.delivery.models import Echo, EchoState, Task
from diemcau.delivery.refusals import Refused
from diemcau.documents.models import Statement
from diemcau.documents.rules import may_do, seen
from diemcau.documents.sentences import sentence_of
from diemcau.operation.answers import keep_answer
from diemcau.web.filters import Filters, page_of
from diemcau.web.going_back import go_back

__all__ = ["decide_echo", "echoes", "set_due_rule"]


@require_POST
def set_due_rule(request: HttpRequest, pk: int) -> HttpResponse:
    """Count a task's deadline by calendar or by administrative periods."""
    seen_by = seen(request.user)
    row = get_object_or_404(Task, seen_by, pk=pk, withdrawn_at=None)
    rule = request.POST.get("rule", "")
    if rule not in DueRule.values:
        return HttpResponseBadRequest()
    try:
        choose_due_rule(request.user, task=row, rule=DueRule(rule))
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("The deadline is counted anew."))
    return redirect("task", pk=pk)


@require_GET
@keep_answer
def echoes(request: HttpRequest) -> HttpResponse:
    """Proposals that a matter was said again, and what people made of earlier ones."""
    filters = Filters(request)
    state = filters.get("quyet") or EchoState.PROPOSED.value
    if state not in EchoState.values:
        state = EchoState.PROPOSED.value
    counts = queries.count_echoes(request.user)
    page = page_of(request, queries.list_echoes(request.user, state), per_page=20)
    return render(
        request,
        "web/echoes.html",
        {
            "page": page,
            "pairs": [
                {
                    "echo": echo,
                    "sides": _marked(first, second),
                    "may_decide": any(
                        may_do(request.user, Duty.CONFIRM, one.document) for one in (first, second)
                    ),
                }
                for echo, first, second in queries.with_clauses(page.object_list)
            ],
            "states": [
                {
                    "label": s.label,
                    "n": counts[s],
                    "url": filters.url(quyet=s.value),
                    "on": s == state,
                }
                for s in EchoState
            ],
            "state": state,
        },
    )


def _marked(first: Statement, second: Statement) -> list[dict]:
    """Both statements' sentences, each cut where the longest run of shared words stands."""
    texts = ["".join(astuple(sentence_of(s))) for s in (first, second)]
    places = [syllables(text) for text in texts]
    words = [[word for word, _start, _end in place] for place in places]
    *starts, length = longest_run(*words)
    sides = []
    for statement, text, place, at in zip((first, second), texts, places, starts, strict=True):
        begin, stop = (place[at][1], place[at + length - 1][2]) if length else (0, 0)
        cut = (text[:begin], text[begin:stop], text[stop:])
        sides.append({"statement": statement, "cut": cut})
    return sides


_DECISIONS = {"confirm": confirm_echo, "dismiss": dismiss_echo, "reopen": reopen_echo}


@require_POST
def decide_echo(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm, dismiss or reopen a proposal that a matter was said again."""
    echo = get_object_or_404(
        Echo,
        seen(request.user, "earlier__document"),
        seen(request.user, "later__document"),
        pk=pk,
    )
    decide = _DECISIONS.get(request.POST.get("decision", ""))
    if decide is None:
        return HttpResponseBadRequest()
    decide(request.user, echo=echo)
    done = {
        "confirm": _("Confirmed: the two are one matter."),
        "dismiss": _("Dismissed: this pair will not be proposed again."),
        "reopen": _("Taken back: the pair waits for a decision again."),
    }
    messages.success(request, done[request.POST["decision"]])
    return go_back(request, "echoes")
