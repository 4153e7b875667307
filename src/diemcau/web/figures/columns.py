"""The lists of figures and of comparisons as files."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from diemcau.documents.models import Statement
from diemcau.documents.rules import Reader
from diemcau.documents.sentences import sentence_of, with_sentences
from diemcau.indicators import queries
from diemcau.indicators.amounts import read_amount
from diemcau.indicators.changes import change_of
from diemcau.indicators.measures import measure_name
from diemcau.indicators.models import Comparison, ComparisonState
from diemcau.indicators.queries import FigureFilter
from diemcau.indicators.trade import NO_TRADE, trade_of
from diemcau.review.fields import CHANGES
from diemcau.web.days import say_period
from diemcau.web.figures.arithmetic import say_arithmetic
from diemcau.web.filters import Filters
from diemcau.web.numbers import say_bound, say_unit
from diemcau.web.sheets import Column, Sheet, said_filters
from diemcau.web.templatetags.speech import claimed, said_on, status_words

__all__ = ["clashes_sheet", "figures_sheet"]

_AT_ONCE = 500


def figures_sheet(by: Reader, asked: FigureFilter, filters: Filters) -> Sheet:
    """Every figure that fits the filters, by measure and subject, the newest period first.

    The page folds near copies of one text and cuts long groups; the file has each figure.
    """
    rows = (
        with_sentences(
            Statement.objects.filter(pk__in=queries.filter_figures(by, asked).values("pk"))
        )
        .select_related("document", "figure_key")
        .order_by("figure_key__measure", "figure_key__subject", "-figure_key__period", "pk")
    )
    columns = [
        Column(_("Item number"), lambda s: s.pk, 8),
        Column(_("Measure"), lambda s: str(measure_name(s.figure_key.measure)), 30),
        Column(_("Subject"), lambda s: _subject(s, trade_of(s).to_json()), 24),
        Column(_("Goods"), lambda s: ", ".join(trade_of(s).goods), 20),
        Column(_("Market"), lambda s: ", ".join(trade_of(s).markets), 20),
        Column(_("Period"), lambda s: say_period(s.figure_key.period), 18),
        Column(_("Claim"), lambda s: claimed(s.values), 24),
        Column(_("Value"), lambda s: _amount(s, "value"), 16),
        Column(_("Upper value"), lambda s: _amount(s, "value_high"), 16),
        Column(_("Direction"), _direction, 12),
        Column(_("Unit"), lambda s: say_unit(s.values.get("unit") or ""), 12),
        Column(_("Bound"), lambda s: say_bound(s.values.get("bound") or ""), 12),
        Column(_("Status of the figure"), lambda s: status_words(s.values), 18),
        Column(_("Decision"), lambda s: s.get_state_display(), 14),
        *_source_columns(),
    ]
    name = "so-lieu"
    return Sheet(
        name, _("Figures"), columns, rows.iterator(chunk_size=_AT_ONCE), said_filters(filters)
    )


def clashes_sheet(found: QuerySet[Comparison], filters: Filters, state: str) -> Sheet:
    """The comparisons, the worst first, with their arithmetic in sentences.

    The page tells each disagreement once; the file has each pair of documents it stands in.

    Args:
        found: the comparisons, in order.
        state: what people made of them.
    """
    columns = [
        Column(_("Item number"), lambda c: c.pk, 8),
        Column(_("Result"), lambda c: c.get_verdict_display(), 18),
        Column(_("Measure"), lambda c: str(measure_name(c.left.values.get("measure") or "")), 30),
        Column(_("Subject"), lambda c: _subject(c.left, _trade(c)), 24),
        Column(_("Goods"), lambda c: ", ".join(_trade(c)["goods"]), 20),
        Column(_("Market"), lambda c: ", ".join(_trade(c)["markets"]), 20),
        Column(_("First figure"), lambda c: claimed(c.left.values), 24),
        Column(_("Period of the first"), lambda c: say_period(c.left.values.get("period")), 16),
        Column(_("Words of the first"), lambda c: c.left.quote, 40),
        Column(_("Document of the first"), lambda c: str(c.left.document), 36),
        Column(_("Second figure"), lambda c: claimed(c.right.values), 24),
        Column(_("Period of the second"), lambda c: say_period(c.right.values.get("period")), 16),
        Column(_("Words of the second"), lambda c: c.right.quote, 40),
        Column(_("Document of the second"), lambda c: str(c.right.document), 36),
        Column(_("Ratio claimed"), lambda c: c.ratio.quote if c.ratio else "", 30),
        Column(_("Arithmetic"), lambda c: " ".join(say_arithmetic(c)), 70),
        Column(_("Decision"), lambda c: c.get_state_display(), 14),
    ]
    said = [*said_filters(filters), (_("Decision"), str(ComparisonState(state).label))]
    return Sheet("doi-chieu", _("Figures compared"), columns, _compared(found), said)


def _compared(found: QuerySet[Comparison]) -> Iterator[Comparison]:
    wanted = list(found.values_list("pk", flat=True))
    for at in range(0, len(wanted), _AT_ONCE):
        yield from queries.with_statements(wanted[at : at + _AT_ONCE])


def _trade(comparison: Comparison) -> dict[str, Any]:
    return comparison.arithmetic.get("trade") or NO_TRADE.to_json()


def _subject(statement: Statement, trade: dict[str, Any]) -> str:
    """Whose figure it is; "" where the subject read is the market the goods go to."""
    return "" if trade["is_subject"] else statement.values.get("subject") or ""


def _source_columns() -> list[Column]:
    return [
        Column(_("Document"), lambda s: str(s.document), 40),
        Column(_("Day"), said_on, 12),
        Column(_("Sentence"), _sentence, 70),
    ]


def _sentence(statement: Statement) -> str:
    found = sentence_of(statement)
    return " ".join(f"{found.before}{found.quote}{found.after}".split())


def _direction(statement: Statement) -> str:
    change = change_of(statement.values)
    return str(CHANGES[change]) if change else ""


def _amount(statement: Statement, name: str) -> Any:
    return read_amount(statement.values.get(name))
