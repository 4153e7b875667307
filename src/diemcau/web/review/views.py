"""The review: a document's text left, its statements right, and what a person does with them."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import trigger_client_event

from diemcau.accounts.rules import Duty
from diemcau.delivery.narrowing import TaskFilter
from diemcau.delivery.queries import find_tasks
from diemcau.documents.models import Document, Statement, StatementKind, StatementState
from diemcau.documents.queries import originals_of
from diemcau.documents.rules import library_of, may_do, seen
from diemcau.documents.sentences import bring_sentences, with_sentences
from diemcau.operation.answers import keep_answer
from diemcau.review import actions
from diemcau.review.corrections import InvalidValues
from diemcau.review.fields import FIELDS
from diemcau.review.models import Batch
from diemcau.review.queries import (
    last_batch,
    next_document,
    progress_of,
    proposed_statements,
    statements_to_review,
)
from diemcau.review.refusals import DecisionRefused, StatementMoved
from diemcau.web.documents.marking import marked_text
from diemcau.web.filters import id_of
from diemcau.web.review.cards import Card, make_card, make_cards

__all__ = ["batch", "batch_count", "card", "review", "review_document", "undo"]

_ON_A_PAGE = 150
_MINIMA = (0.9, 0.8, 0.7, 0.0)
_SAFE_KINDS = (StatementKind.PERSON, StatementKind.INSTRUMENT)
"""Kinds the batch form starts with: names and numbers are quickly seen to be right."""


@require_safe
@keep_answer
def review(request: HttpRequest) -> HttpResponse:
    """Go to the next document with something to review; say so if there is none."""
    found = next_document(request.user)
    if found is None:
        waiting = Statement.objects.filter(seen(request.user), state=StatementState.PROPOSED)
        told = {"any": _seen(request).exists(), "others": waiting.exists()}
        return render(request, "web/review/empty.html", told)
    return redirect("review_document", pk=found.pk)


@require_safe
def review_document(request: HttpRequest, pk: int) -> HttpResponse:
    """The review of one document."""
    found = get_object_or_404(_seen(request), pk=pk)
    may_confirm = may_do(request.user, Duty.CONFIRM, found)
    version = found.texts.last()
    order = "unsure" if request.GET.get("order") == "unsure" else ""
    statements = list(statements_to_review(found, least_sure_first=bool(order)))
    kind = request.GET.get("kind", "")
    kind = kind if kind in StatementKind.values else ""
    chosen = [s for s in statements if not kind or s.kind == kind]
    here = id_of(request.GET.get("s"))
    open_ = {
        number: mode
        for mode in ("edit", "merge")
        if (number := id_of(request.GET.get(mode))) and may_confirm
    }
    paginator = Paginator(chosen, _ON_A_PAGE)
    at = next((i for i, s in enumerate(chosen) if s.pk == (here or min(open_, default=0))), None)
    wanted = at // _ON_A_PAGE + 1 if at is not None else request.GET.get("page")
    page = paginator.get_page(wanted)
    own = [s for s in statements if s.text_version_id == version.pk]
    bring_sentences(own, version.text)
    return render(
        request,
        "web/review/document.html",
        {
            "document": found,
            "text": marked_text(version, own, here=here),
            "version": version,
            "cards": make_cards(request.user, page.object_list, modes=open_),
            "page": page,
            "here": here,
            "kind": kind,
            "order": order,
            "kinds": _kind_counts(statements),
            "n_everything": len(statements),
            **_progress(request, found),
            "original": originals_of(request.user, [found]).get(found.pk),
            "next": next_document(request.user, found),
            "batch": _batch_form(request, found),
            "last_batch": last_batch(found),
            "may_confirm": may_confirm,
        },
    )


def card(request: HttpRequest, pk: int) -> HttpResponse:
    """One statement: GET its card (with a form, if asked), POST a decision on it."""
    found = get_object_or_404(_statement(request, pk))
    if request.method != "POST":
        mode = request.GET.get("mode", "")
        may_confirm = may_do(request.user, Duty.CONFIRM, found.document)
        mode = mode if mode in ("edit", "merge") and may_confirm else ""
        return _answer(request, make_card(request.user, found, mode=mode))
    verb = request.POST.get("verb", "")
    decide = _DECIDE.get(verb)
    if decide is None:
        return _answer(request, make_card(request.user, found))
    try:
        decide(request, pk, id_of(request.POST.get("seen")))
    except InvalidValues as refused:
        typed = _typed(request, found)
        made = make_card(request.user, found, mode="edit", typed=typed, problems=refused.problems)
        return _answer(request, made)
    except StatementMoved as moved:
        now = get_object_or_404(_statement(request, moved.statement.pk))
        return _answer(request, _refused(request, now, verb, str(moved)), is_error=True)
    except DecisionRefused as refused:
        return _answer(request, _refused(request, found, verb, str(refused)), is_error=True)
    now = get_object_or_404(_statement(request, pk))
    return _answer(request, make_card(request.user, now, done=str(now.get_state_display())))


def _refused(request: HttpRequest, statement: Statement, verb: str, problem: str) -> Card:
    """The card with why nothing was decided; the form stays open with what was typed in it."""
    mode = {"correct": "edit", "merge": "merge"}.get(verb, "")
    typed = _typed(request, statement) if mode == "edit" else None
    return make_card(request.user, statement, mode=mode, typed=typed, problem=problem)


@require_POST
def batch(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept everything that passes the filter."""
    found = get_object_or_404(_seen(request), pk=pk)
    form = _batch_form(request, found)
    if not form["kinds"]:
        # To the action no kind means every kind; on the page nothing ticked means nothing.
        messages.error(request, _("No kind was chosen; nothing was accepted. Choose at least one."))
        return redirect("review_document", pk=pk)
    made = actions.accept_batch(
        request.user, document=found, kinds=form["kinds"], minimum=form["minimum"]
    )
    n = made.n_statements
    messages.success(
        request,
        ngettext(
            "Accepted %(n)s statement in one stroke.", "Accepted %(n)s statements in one stroke.", n
        )
        % {"n": n},
        extra_tags="undoable" if n else "",
    )
    return redirect("review_document", pk=pk)


@require_safe
def batch_count(request: HttpRequest, pk: int) -> HttpResponse:
    """How many statements the batch form would accept as it stands."""
    found = get_object_or_404(_seen(request), pk=pk)
    form = _batch_form(request, found)
    return render(request, "web/review/_batch_button.html", {"batch": form})


@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Undo a batch."""
    made = get_object_or_404(Batch, seen(request.user), pk=pk)
    try:
        made, undone = actions.undo_batch(request.user, pk)
    except DecisionRefused as refused:
        messages.error(request, str(refused))
    else:
        stay = made.n_statements - undone
        text = ngettext("Put %(n)s statement back.", "Put %(n)s statements back.", undone)
        text %= {"n": undone}
        if stay:
            text += " " + ngettext(
                "%(n)s was decided on again since and stays as it is.",
                "%(n)s were decided on again since and stay as they are.",
                stay,
            ) % {"n": stay}
        messages.success(request, text)
    return redirect("review_document", pk=made.document_id)


def _seen(request: HttpRequest) -> QuerySet[Document]:
    """The documents whoever asks may see."""
    return library_of(request.user)


def _statement(request: HttpRequest, pk: int) -> QuerySet[Statement]:
    """The statement of that id, if whoever asks may see it, with what its card shows."""
    shown = Statement.objects.select_related("document", "decided_by", "merged_into")
    return with_sentences(shown.filter(seen(request.user), pk=pk))


def _accept(request: HttpRequest, pk: int, seen: int | None) -> object:
    return actions.accept_statement(request.user, pk, seen=seen)


def _reject(request: HttpRequest, pk: int, seen: int | None) -> object:
    return actions.reject_statement(request.user, pk, seen=seen)


def _undo(request: HttpRequest, pk: int, seen: int | None) -> object:
    return actions.undo_decision(request.user, pk, seen=seen)


def _merge(request: HttpRequest, pk: int, seen: int | None) -> object:
    into = id_of(request.POST.get("into")) or 0
    return actions.merge_statements(request.user, pk, into=into, seen=seen)


def _correct(request: HttpRequest, pk: int, seen: int | None) -> object:
    values = _typed(request, Statement.objects.get(pk=pk))
    return actions.correct_statement(request.user, pk, values=values, seen=seen)


_DECIDE: dict[str, Callable[[HttpRequest, int, int | None], object]] = {
    "accept": _accept,
    "reject": _reject,
    "undo": _undo,
    "merge": _merge,
    "correct": _correct,
}


def _typed(request: HttpRequest, statement: Statement) -> dict[str, str]:
    return {f.name: request.POST.get(f.name.replace(".", "-"), "") for f in FIELDS[statement.kind]}


def _answer(request: HttpRequest, made: Card, *, is_error: bool = False) -> HttpResponse:
    """The card alone for htmx; for a browser without scripts, the page at its place."""
    statement = made.statement
    if request.htmx:
        answer = render(
            request,
            "web/review/_answer.html",
            {
                "card": made,
                "may_confirm": may_do(request.user, Duty.CONFIRM, statement.document),
                **_progress(request, statement.document),
                "document": statement.document,
            },
        )
        # The form that accepts many counts again.
        return trigger_client_event(answer, "decided") if made.done else answer
    if made.mode == "edit" and request.method == "POST":
        return render(
            request,
            "web/review/single.html",
            {"card": made, "document": statement.document, "may_confirm": True},
        )
    if is_error:
        messages.error(request, made.problem)
    target = statement
    if made.done:
        waiting = proposed_statements(statement.document)
        target = waiting.filter(start__gte=statement.start).first() or waiting.first() or statement
    address = reverse("review_document", args=[statement.document_id])
    mode = f"&{made.mode}={statement.pk}" if made.mode else ""
    return redirect(f"{address}?s={target.pk}{mode}#c{target.pk}")


def _progress(request: HttpRequest, document: Document) -> dict[str, Any]:
    """How far the review is; where all is decided, what came of it and what is next."""
    progress = progress_of(document)
    if progress.n_left or not progress.n_all:
        return {"progress": progress, "finished": None}
    tasks = find_tasks(request.user, TaskFilter(document=document.pk), on=timezone.localdate())
    finished = {"n_tasks": tasks.count(), "next": next_document(request.user, document)}
    return {"progress": progress, "finished": finished}


def _kind_counts(statements: list[Statement]) -> list[tuple[str, str, int]]:
    return [
        (kind.value, str(kind.label), n)
        for kind in StatementKind
        if (n := sum(s.kind == kind for s in statements))
    ]


def _batch_form(request: HttpRequest, found: Document) -> dict:
    data = request.POST if request.method == "POST" else request.GET
    asked = "minimum" in data
    kinds = [k for k in data.getlist("kinds") if k in StatementKind.values]
    kinds = kinds if asked else [k.value for k in _SAFE_KINDS]
    try:
        minimum = min(1.0, max(0.0, float(data.get("minimum", _MINIMA[0]))))
    except ValueError:
        minimum = _MINIMA[0]
    n = proposed_statements(found, kinds=kinds, minimum=minimum).count() if kinds else 0
    return {
        "kinds": kinds,
        "minimum": minimum,
        "n": n,
        "choices": [(k.value, str(k.label), k.value in kinds) for k in StatementKind],
        "minima": [(m, round(m * 100), m == minimum) for m in _MINIMA],
    }
