"""The quarterly table of six fields, on screen, as a sheet and as an official report."""

import datetime as dt
from typing import Any

from django.db.models import Case, QuerySet, Value, When
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from diemcau.delivery.deadlines import DueRule
from diemcau.delivery.doers.leads import UNKNOWN_BODY
from diemcau.delivery.models import Nature, Task
from diemcau.delivery.periods import Span, offer_periods, period_of, read_span
from diemcau.delivery.states import Standing
from diemcau.delivery.statistics.cells import count_cells
from diemcau.delivery.statistics.signed import SignedText, signed_in, tell_signed
from diemcau.delivery.statistics.sixfields import SixFields, fill_six_fields, of_the_period
from diemcau.operation.answers import keep_answer
from diemcau.web.days import say_day, say_period
from diemcau.web.filters import page_of
from diemcau.web.sheets import Column, Sheet, answer_sheet, asked_form, shows_and_takes_out
from diemcau.web.statistics.papers import answer_paper, asks_paper, read_signing
from diemcau.web.statistics.scope import Scope, period_words, read_scope

__all__ = ["six_fields"]

_MOST = 3000
"""Rows of one report at most: a paper of more nobody reads, and the sheet has them all."""


@shows_and_takes_out
@keep_answer
def six_fields(request: HttpRequest) -> HttpResponseBase:
    """Lead, partner, content, timeline, difficulties, recommendation, and where each stands."""
    scope = read_scope(request)
    span, wrong = _span(request, scope)
    on = min(span.day_asked(timezone.localdate()), scope.on)
    tasks = _tasks(scope, span, on)
    by = request.user
    texts = tell_signed(signed_in(by, scope.filter, span, on=on), span, on=on)
    if form := asked_form(request):
        return answer_sheet(request, _sheet(scope, tasks, texts, span, on, by), form)
    if asks_paper(request):
        rows = fill_six_fields(by, list(_full(tasks)[:_MOST]), span, on=on)
        return answer_paper(
            request,
            scope,
            "six_fields",
            rows=rows,
            texts=texts,
            cells=count_cells(tasks),
            span=span,
            on=on,
            left_out=max(tasks.count() - _MOST, 0),
        )
    page = page_of(request, _full(tasks), per_page=25)
    rows = fill_six_fields(by, list(page.object_list), span, on=on)
    page.object_list = rows
    context = {
        "page": page,
        "texts": texts,
        "span": span,
        "period": period_words(span.name),
        "wrong": wrong,
        "told_for": on,
        "unknown_day": scope.undated(nature=scope.filter.nature or Nature.COMMITMENT.value),
        "offered": _offered(span),
        "signing": read_signing(request, scope),
        **scope.context(),
    }
    context["form"]["rule"] = span.rule.value
    return render(request, "web/statistics/six_fields.html", context)


def _offered(span: Span) -> list[tuple[str, str]]:
    """Quarters, half-years and years, and whatever else is shown."""
    names = [
        name
        for name in offer_periods(timezone.localdate(), span.rule)
        if "-Q" in name or "-H" in name or len(name) == 4
    ]
    if span.name not in names:
        names.insert(0, span.name)
    return [(name, period_words(name)) for name in names]


def _span(request: HttpRequest, scope: Scope) -> tuple[Span, str]:
    """The period asked for; without one, the last quarter of the reporting calendar that ended."""
    asked = scope.asked.filters.get("ky")
    rule = DueRule(asked) if asked in DueRule.values else DueRule.ADMINISTRATIVE
    typed = request.GET.get("ky-bao-cao", "").strip()
    span = read_span(typed, rule)
    if span is not None:
        return span, ""
    runs = read_span(period_of(timezone.localdate(), "quarter", rule), rule)
    before = runs.first - dt.timedelta(days=1)
    return read_span(period_of(before, "quarter", rule), rule), typed


def _tasks(scope: Scope, span: Span, on: dt.date) -> QuerySet[Task]:
    found = of_the_period(scope.tasks(on=on), span, on=on)
    if not scope.filter.nature:
        found = found.filter(nature__in=(Nature.COMMITMENT, Nature.AGREEMENT))
    # Known leads first, each one's commitments together.
    known = Case(When(lead__in=("", UNKNOWN_BODY), then=Value(1)), default=Value(0))
    return found.order_by(known, "lead", "said_on", "pk")


def _full(tasks: QuerySet[Task]) -> QuerySet[Task]:
    return tasks.select_related("document", "statement")


def _sheet(
    scope: Scope,
    tasks: QuerySet[Task],
    texts: list[SignedText],
    span: Span,
    on: dt.date,
    by: Any,
) -> Sheet:
    states = {one.value: str(one.label) for one in Standing}

    def rows() -> Any:
        batch: list[Task] = []
        for task in _full(tasks).iterator(chunk_size=500):
            batch.append(task)
            if len(batch) == 500:
                yield from fill_six_fields(by, batch, span, on=on)
                batch = []
        yield from fill_six_fields(by, batch, span, on=on)

    unknown = _("not known")
    columns = [
        Column(_("Item number"), lambda r: r.task.pk, 8),
        Column(_("Lead"), lambda r: lead_words(r) or unknown, 28),
        Column(_("Coordinating"), lambda r: "; ".join(r.coordinating), 24),
        Column(_("Partner"), lambda r: "; ".join(r.partners) or unknown, 24),
        Column(_("Content"), lambda r: r.content, 60),
        Column(_("Timeline"), lambda r: timeline_words(r) or unknown, 22),
        Column(_("Last day of the deadline"), lambda r: r.due_to, 12),
        Column(_("Standing"), lambda r: states[r.standing], 16),
        Column(_("What was done"), lambda r: r.progress.words if r.progress else unknown, 44),
        Column(_("Reported on"), lambda r: r.progress.released_at if r.progress else None, 18),
        Column(_("Difficulties"), lambda r: difficulty_words(r) or unknown, 44),
        Column(_("Recommendation"), lambda r: "; ".join(r.recommendations) or unknown, 44),
        Column(_("Evidence"), lambda r: "; ".join(one.what for one in r.evidence), 40),
        Column(_("Partner taken from"), partners_from, 20),
        Column(_("Fields filled in, of six"), lambda r: r.known, 8),
        Column(_("Document"), lambda r: str(r.task.document), 40),
    ]
    said = [
        (_("Period"), f"{period_words(span.name)}: {say_day(span.first)} – {say_day(span.last)}"),
        (_("Told for"), say_day(on)),
        *scope.said(),
    ]
    beside = [_texts_sheet(texts, said)] if texts else []
    return Sheet("sau-noi-dung", _("Six fields of commitments"), columns, rows(), said, beside)


def _texts_sheet(texts: list[SignedText], said: list[tuple[str, str]]) -> Sheet:
    columns = [
        Column(_("Item number"), lambda one: one.agreement.pk, 8),
        Column(_("Agreement text"), lambda one: one.agreement.title, 60),
        Column(_("Sides"), lambda one: "; ".join(map(str, one.agreement.sides.all())), 44),
        Column(_("Signed on"), lambda one: one.agreement.signed_on, 12),
        Column(
            _("Stage"),
            lambda one: str(one.life.stage.label) if one.life.stage else _("Stage not known"),
            18,
        ),
        Column(_("Reached in the period"), moves_words, 40),
        Column(_("Commitments"), lambda one: one.n_commitments, 10),
    ]
    title = _("Agreements signed or moved in the period")
    return Sheet(_("Agreement texts"), title, columns, texts, said)


def lead_words(row: SixFields) -> str:
    """Who leads, as written; that the partner's side keeps its own promise."""
    return "; ".join(row.leads) or (
        _("The partner's side keeps this promise") if row.is_partners else ""
    )


def partners_from(row: SixFields) -> str:
    """Of what the partner is, where the words of the promise name none."""
    return {
        "": "",
        "event": _("the visit or meeting it is tied to"),
        "agreement": _("the agreement it is tied to"),
    }[row.partners_of]


def moves_words(one: SignedText) -> str:
    """The stages an agreement reached in the period, each with its day and side."""
    moves = (
        f"{say_day(move.on)} {move.get_stage_display()}{f' ({move.side})' if move.side else ''}"
        for move in one.moves
    )
    return "; ".join(moves) or _("the signing")


def timeline_words(row: SixFields) -> str:
    """When it is due, as said; the last day where only that is known."""
    return say_period(row.deadline) or row.timeline or say_day(row.due_to)


def difficulty_words(row: SixFields) -> str:
    """The open obstacles, each with the side it lies on and who can decide."""
    return "; ".join(
        f"{one.what} ({one.get_side_display()}; {one.get_level_display()})"
        for one in row.difficulties
    )
