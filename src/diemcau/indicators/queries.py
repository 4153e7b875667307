"""Reads of figures: what was claimed of one thing, and what does not go together."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Case, Count, F, IntegerField, Q, QuerySet, Value, When, Window
from django.db.models.functions import RowNumber

from diemcau.documents.models import LIVE, Statement, StatementState
from diemcau.documents.rules import Reader, seen
from diemcau.documents.sentences import with_sentences
from diemcau.indicators.models import ALL_LIVE, Comparison, ComparisonState, FigureKey, Verdict
from vanban.letters import fold

__all__ = [
    "AT_ODDS",
    "FigureFilter",
    "all_seen",
    "comparisons_of",
    "count_comparisons",
    "filter_figures",
    "list_comparisons",
    "list_figure_groups",
    "list_figures",
    "with_statements",
]

AT_ODDS = (Verdict.MISFIT, Verdict.CLASH, Verdict.MILD)
"""Verdicts a person should look at, the worst first."""


@dataclass(frozen=True, slots=True)
class FigureFilter:
    """What a person asked of the figures; an empty field asks nothing."""

    measure: str = ""
    subject: str = ""
    period: str = ""
    document: int | None = None
    confirmed: bool = False
    words: str = ""


def list_figure_groups(by: Reader, asked: FigureFilter) -> QuerySet[FigureKey, dict]:
    """One row per measure and subject: how many figures, periods and documents claim something."""
    return (
        filter_figures(by, asked)
        .values("measure", "subject")
        .annotate(
            n=Count("pk"),
            n_documents=Count("statement__document", distinct=True),
            last=Case(
                When(measure="other", then=Value(1)), default=Value(0), output_field=IntegerField()
            ),
        )
        .order_by("last", "-n_documents", "-n", "measure", "subject")
    )


def filter_figures(by: Reader, asked: FigureFilter) -> QuerySet[FigureKey]:
    """Keys of the figures that hold, that a person may see and that were asked for."""
    keys = FigureKey.objects.filter(seen(by, "statement__document"), statement__state__in=LIVE)
    if asked.measure:
        keys = keys.filter(measure=asked.measure)
    if asked.subject:
        keys = keys.filter(subject=fold(asked.subject))
    if asked.period:
        keys = keys.filter(period=asked.period)
    if asked.document is not None:
        keys = keys.filter(statement__document=asked.document)
    if asked.confirmed:
        keys = keys.filter(statement__state=StatementState.ACCEPTED)
    for word in fold(asked.words).split():
        keys = keys.filter(statement__folded__contains=word)
    return keys


def list_figures(keys: QuerySet[FigureKey], *, most: int) -> QuerySet[Statement]:
    """The statements of figure keys, with their sentences, newest period first.

    Args:
        keys: which figures.
        most: figures at most of one measure and subject, those of the newest periods.
    """
    ranked = keys.annotate(
        place=Window(
            RowNumber(),
            partition_by=[F("measure"), F("subject")],
            order_by=[F("period").desc(), F("pk").asc()],
        )
    ).filter(place__lte=most)
    chosen = Statement.objects.filter(pk__in=ranked.values("pk"))
    return (
        with_sentences(chosen)
        .select_related("document", "figure_key")
        .order_by("figure_key__measure", "figure_key__subject", "-figure_key__period", "pk")
    )


def list_comparisons(
    by: Reader, *, verdicts: tuple[str, ...] = (), state: str = ComparisonState.PROPOSED
) -> QuerySet[Comparison]:
    """Comparisons whose statements all still hold and may be seen, the worst verdict first.

    Args:
        verdicts: only these; all without.
        state: what people made of them.
    """
    rows = Comparison.objects.filter(all_seen(by), ALL_LIVE, state=state)
    if verdicts:
        rows = rows.filter(verdict__in=verdicts)
    return rows.annotate(badness=_badness()).order_by("badness", "-pk")


def all_seen(by: Reader) -> Q:
    """The comparisons every statement of which a person may see."""
    return seen(by, "left__document") & seen(by, "right__document") & seen(by, "ratio__document")


def _badness() -> Case:
    verdicts = (*AT_ODDS, Verdict.AGREE)
    return Case(
        *(When(verdict=verdict, then=Value(i)) for i, verdict in enumerate(verdicts)),
        default=Value(len(verdicts)),
        output_field=IntegerField(),
    )


def with_statements(ids: Iterable[int]) -> list[Comparison]:
    """Comparisons with their statements and documents, in the order of the ids.

    Apart from the list, so that sorting it does not drag every statement along.
    """
    wanted = list(ids)
    rows = Comparison.objects.filter(pk__in=wanted).select_related(
        "left__document", "right__document", "ratio__document"
    )
    return sorted(rows, key=lambda row: wanted.index(row.pk))


def comparisons_of(by: Reader, statements: list[int]) -> QuerySet[Comparison]:
    """Comparisons not dismissed in which any of these statements stands, the worst first."""
    return (
        Comparison.objects.filter(
            all_seen(by),
            ALL_LIVE,
            Q(left__in=statements) | Q(right__in=statements) | Q(ratio__in=statements),
        )
        .exclude(state=ComparisonState.DISMISSED)
        .annotate(badness=_badness())
        .order_by("badness", "-pk")
    )


def count_comparisons(by: Reader, *, state: str = ComparisonState.PROPOSED) -> dict[str, int]:
    """How many comparisons whose statements all still hold there are per verdict."""
    found = list_comparisons(by, state=state)
    rows = found.order_by().values_list("verdict").annotate(n=Count("pk"))
    return {**dict.fromkeys(Verdict.values, 0), **dict(rows)}
