"""Figures by measure and subject, one figure, and what does not go together."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from itertools import groupby

from django.contrib import messages
from django.db.models import Count, Max, Q
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from diemcau.accounts.models import User
from diemcau.accounts.rules import Duty, can_confirm
from diemcau.documents.models import Statement, StatementKind
from diemcau.documents.order import said_order
from diemcau.documents.rules import may_do, seen
from diemcau.documents.sentences import with_sentences
from diemcau.indicators import queries
from diemcau.indicators.actions import (
    confirm_comparison,
    dismiss_comparison,
    reopen_comparison,
)
from diemcau.indicators.measures import measure_name
from diemcau.indicators.models import Comparison, ComparisonState, Verdict
from diemcau.indicators.queries import AT_ODDS, FigureFilter
from diemcau.indicators.trade import trade_of
from diemcau.indicators.units import units_of
from diemcau.operation.answers import keep_answer
from diemcau.web.days import read_typed_day, say_day, say_period
from diemcau.web.documents.wording import rows_of
from diemcau.web.figures.arithmetic import drawn_claims, say_arithmetic
from diemcau.web.figures.columns import clashes_sheet, figures_sheet
from diemcau.web.figures.lines import draw_claims
from diemcau.web.filters import Chip, Filters, page_of, per_document
from diemcau.web.going_back import go_back
from diemcau.web.names import say_name
from diemcau.web.sheets import answer_sheet, asked_form, shows_and_takes_out
from diemcau.web.templatetags.speech import say_market

__all__ = ["clash", "clashes", "decide_comparison", "figure", "figures"]

_GROUPS = 25
_EACH, _ALONE = 12, 200
"""Figures of one measure and subject shown among others, and by themselves."""
_FACET = 30

Marks = dict[int, str]
"""Of one figure, the verdict of each comparison by its key, the worst first."""


@shows_and_takes_out
@keep_answer
def figures(request: HttpRequest) -> HttpResponseBase:
    """Every figure claimed, by measure and subject, period by period, marked where it clashes."""
    filters = Filters(request)
    asked = FigureFilter(
        measure=filters.get("chi-so"),
        subject=filters.get_all("doi-tuong"),
        period=filters.get("ky"),
        document=filters.get_id("van-ban"),
        confirmed=filters.get("xac-nhan") == "1",
        words=filters.get("q"),
        said_by=_day(filters.get("noi-den")),
    )
    by = request.user
    _offer(filters, by, asked)
    if form := asked_form(request):
        return answer_sheet(request, figures_sheet(by, asked, filters), form)
    page = page_of(request, queries.list_figure_groups(by, asked), per_page=_GROUPS)
    wanted = Q(pk__in=[])
    for group in page.object_list:
        wanted |= Q(measure=group["measure"], subject=group["subject"])
    alone = len(page.object_list) == 1
    statements = list(
        queries.list_figures(
            queries.filter_figures(by, asked).filter(wanted), most=_ALONE if alone else _EACH
        )
    )
    marks = _marks(by, statements)
    blocks = [_block(filters, group, statements, marks) for group in page.object_list]
    context = {
        "page": page,
        "blocks": blocks,
        "counts": queries.count_disagreements(by),
        **filters.context(),
    }
    return render(request, "web/figures.html", context)


def _offer(filters: Filters, by: User, asked: FigureFilter) -> None:
    keys = queries.filter_figures(by, asked).order_by()

    def most(field: str) -> list[tuple[str, int]]:
        rows = keys.exclude(**{field: ""}).values_list(field).annotate(n=Count("pk"))
        return list(rows.order_by("-n", field)[:_FACET])

    filters.add("chi-so", _("Measure"), [(v, measure_name(v), n) for v, n in most("measure")])
    subjects = (
        keys.exclude(subject="")
        .values_list("subject")
        .annotate(n=Count("pk"), name=Max("subject_name"))
        .order_by("-n", "subject")
    )[:_FACET]
    rows = [(subject, say_name(name), n) for subject, n, name in subjects]
    filters.add("doi-tuong", _("Subject"), rows, several=True)
    filters.add("ky", _("Period"), [(v, say_period(v), n) for v, n in most("period")])
    filters.add("van-ban", _("Document"), per_document(keys, "statement__document"))
    if asked.said_by is not None:
        words = _("Said by %(day)s") % {"day": say_day(asked.said_by)}
        filters.active.append(Chip(words, filters.url(**{"noi-den": None})))
    filters.add_words(_("Words"))


def _day(text: str) -> dt.date | None:
    try:
        return read_typed_day(text)
    except ValueError:
        return None


def _marks(by: User, statements: list[Statement]) -> dict[int, Marks]:
    marks: dict[int, Marks] = defaultdict(dict)
    rows = queries.comparisons_of(by, [s.pk for s in statements])
    for pk, verdict, *compared in rows.values_list("pk", "verdict", "left", "right", "ratio"):
        for statement in compared:
            marks[statement][pk] = verdict
    return marks


def _block(
    filters: Filters,
    group: dict,
    statements: list[Statement],
    marks: dict[int, Marks],
) -> dict:
    own = [
        s
        for s in statements
        if (s.figure_key.measure, s.figure_key.subject) == (group["measure"], group["subject"])
    ]
    subject = next((s.values["subject"] for s in own if s.values.get("subject")), "")
    # Narrowed as the page is, so that as many stand there as are said to be more.
    more = filters.url(**{"chi-so": group["measure"], "doi-tuong": group["subject"]})
    periods = [
        (period, _voices(list(rows), marks))
        for period, rows in groupby(own, key=lambda s: s.figure_key.period)
    ]
    # Where all that is shown was sold to the subject, it is the market and exports nothing itself.
    is_market = bool(own) and all(trade_of(s).is_subject for s in own)
    name = say_name(own[0].figure_key.subject_name) if own else ""
    return {
        "measure": group["measure"],
        "subject": say_market(group["measure"], name) if is_market else name,
        "n": group["n"],
        "n_hidden": group["n"] - len(own),
        "more": more,
        "periods": _with_units(subject, periods),
    }


def _voices(
    rows: list[Statement], marks: dict[int, Marks]
) -> list[tuple[Statement, list[tuple[str, list[int]]], int]]:
    """Each figure with its marks and in how many near copies of one text it stands, told once.

    Returns:
        Statement; each verdict with the keys of its comparisons; number of documents.
    """
    told: dict[tuple, list[Statement]] = defaultdict(list)
    for s in rows:
        family = s.document.near_copy_of_id or s.document_id
        fields = ("value", "value_high", "unit", "bound", "role", "compares")
        told[family, s.folded, *(str(s.values.get(f)) for f in fields)].append(s)
    voices = []
    for same in told.values():
        shown = next((s for s in same if marks.get(s.pk)), same[0])
        by_verdict: dict[str, list[int]] = defaultdict(list)
        for pk, verdict in {k: v for s in same for k, v in marks.get(s.pk, {}).items()}.items():
            by_verdict[verdict].append(pk)
        voices.append((shown, list(by_verdict.items()), len({s.document_id for s in same})))
    return voices


def _with_units(subject: str, periods: list[tuple]) -> list[tuple]:
    """Each period with the body its subject was then, and whether the row above was another."""
    units = units_of(subject, [period for period, _rows in periods])
    found, above = [], None
    for period, rows in periods:
        unit = units.get(period)
        found.append((period, rows, unit, above is not None and unit != above))
        above = unit
    return found


@require_GET
def figure(request: HttpRequest, pk: int) -> HttpResponse:
    """One figure: what is claimed in which words, and what it is compared with."""
    statement = get_object_or_404(
        with_sentences(
            Statement.objects.filter(seen(request.user), kind=StatementKind.FIGURE)
        ).select_related("document", "figure", "decided_by", "figure_key"),
        pk=pk,
    )
    ids = queries.comparisons_of(request.user, [pk]).values_list("pk", flat=True)
    rows = [_told(row) for row in queries.with_statements(ids)]
    key = getattr(statement, "figure_key", None)
    context = {
        "statement": statement,
        "comparisons": rows,
        "trade": trade_of(statement),
        "n_alike": queries.alike(request.user, key).count() if key and not rows else 0,
        "period": key.period if key else statement.values.get("period"),
        "corrected": [row for row in rows_of(statement) if row.is_corrected],
    }
    return render(request, "web/figure.html", context)


def _told(row: Comparison) -> dict:
    return {"row": row, "arithmetic": say_arithmetic(row)}


def _one_a_document(pairs: Iterable[Comparison]) -> list[Statement]:
    """A figure of each document in which a disagreement stands, the earliest said first."""
    found: dict[int, Statement] = {}
    for row in pairs:
        for s in (row.left, row.right):
            found.setdefault(s.document_id, s)
    return sorted(found.values(), key=said_order)


@shows_and_takes_out
@keep_answer
def clashes(request: HttpRequest) -> HttpResponseBase:
    """Disagreements of figures, each once, the worst first; agreeing figures on request."""
    filters = Filters(request)
    state = filters.get("quyet")
    state = state if state in ComparisonState.values else ComparisonState.PROPOSED.value
    verdict = filters.get("ket-qua")
    verdicts = (verdict,) if verdict in Verdict.values else AT_ODDS
    counts = queries.count_disagreements(request.user, state=state)
    filters.add("ket-qua", _("Result"), [(v.value, str(v.label), counts[v]) for v in Verdict])
    found = queries.list_disagreements(request.user, verdicts=verdicts, state=state)
    if form := asked_form(request):
        pairs = queries.list_comparisons(request.user, verdicts=verdicts, state=state)
        return answer_sheet(request, clashes_sheet(pairs, filters, state), form)
    page = page_of(request, found.values_list("pk", flat=True), per_page=20)
    rows = queries.with_statements(page.object_list)
    repeats = queries.repeats_of(request.user, rows)
    context = {
        "page": page,
        "rows": [
            {**_told(row), "said": _one_a_document([row, *repeats.get(row.pk, ())])} for row in rows
        ],
        "state": state,
        "states": [
            {"label": s.label, "url": filters.url(quyet=s.value), "on": s == state}
            for s in ComparisonState
        ],
        "counts": counts,
        "may_confirm": can_confirm(request.user),
        **filters.context(),
    }
    return render(request, "web/clashes.html", context)


@require_GET
def clash(request: HttpRequest, pk: int) -> HttpResponse:
    """One comparison: the sentences, the claims on one line, the arithmetic, the decision."""
    row = get_object_or_404(
        Comparison.objects.filter(queries.all_seen(request.user)).select_related("decided_by"),
        pk=pk,
    )
    ids = [i for i in (row.left_id, row.right_id, row.ratio_id) if i]
    statements = {
        s.pk: s
        for s in with_sentences(Statement.objects.filter(pk__in=ids)).select_related("document")
    }
    row.left, row.right = statements[row.left_id], statements[row.right_id]
    if row.ratio_id:
        row.ratio = statements[row.ratio_id]
    drawn, unit = drawn_claims(row)
    told = say_arithmetic(row)
    context = {
        "row": row,
        "statements": [statements[i] for i in ids],
        "arithmetic": told,
        "line": draw_claims(drawn, unit, title=" ".join(told)),
        "repeats": queries.repeats_of(request.user, [row]).get(row.pk, []),
        "may_confirm": any(
            may_do(request.user, Duty.CONFIRM, s.document) for s in statements.values()
        ),
    }
    return render(request, "web/clash.html", context)


_DECISIONS = {
    "confirm": confirm_comparison,
    "dismiss": dismiss_comparison,
    "reopen": reopen_comparison,
}


@require_POST
def decide_comparison(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm, dismiss or reopen a comparison."""
    row = get_object_or_404(Comparison, queries.all_seen(request.user), pk=pk)
    decision = request.POST.get("decision", "")
    if decision not in _DECISIONS:
        return HttpResponseBadRequest()
    _DECISIONS[decision](request.user, comparison=row)
    done = {
        "confirm": _("Confirmed. Both figures stay as their sources say them."),
        "dismiss": _("Dismissed: this pair will not be proposed again."),
        "reopen": _("Taken back: the pair waits for a decision again."),
    }
    messages.success(request, done[decision])
    return go_back(request, "clashes")
