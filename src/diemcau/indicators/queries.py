"""Reads of figures: what was claimed of one thing, and what does not go together."""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from itertools import groupby

from django.db.models import (
    Case,
    Count,
    F,
    Func,
    IntegerField,
    Min,
    Q,
    QuerySet,
    TextField,
    Value,
    When,
    Window,
)
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Coalesce, Greatest, Least, RowNumber

from diemcau.documents.models import LIVE, Statement, StatementState
from diemcau.documents.rules import Reader, seen
from diemcau.documents.search import found_in, terms_of
from diemcau.documents.sentences import with_sentences
from diemcau.indicators.keys import subject_of
from diemcau.indicators.models import ALL_LIVE, Comparison, ComparisonState, FigureKey, Verdict

__all__ = [
    "AT_ODDS",
    "FigureFilter",
    "Said",
    "alike",
    "all_seen",
    "comparisons_of",
    "count_disagreements",
    "figures_of",
    "filter_figures",
    "list_comparisons",
    "list_disagreements",
    "list_figure_groups",
    "list_figures",
    "repeats_of",
    "same_disagreement",
    "with_statements",
]

AT_ODDS = (Verdict.MISFIT, Verdict.CLASH, Verdict.MILD)
"""Verdicts a person should look at, the worst first."""


@dataclass(frozen=True, slots=True)
class FigureFilter:
    """What a person asked of the figures; an empty field asks nothing.

    Args:
        subject: names of which the figure has any.
        said_by: the last day on which it may have been said; one of no known day stays.
    """

    measure: str = ""
    subject: Collection[str] = ()
    period: str = ""
    document: int | None = None
    confirmed: bool = False
    words: str = ""
    said_by: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """What is claimed of something by one measure.

    Args:
        shown: the figures of the newest periods.
        n: how many there are.
    """

    measure: str
    shown: list[Statement]
    n: int

    @property
    def n_hidden(self) -> int:
        """How many are not shown."""
        return self.n - len(self.shown)


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
    if named := {subject_of(name) for name in asked.subject} - {""}:
        keys = keys.filter(subject__in=named)
    if asked.period:
        keys = keys.filter(period=asked.period)
    if asked.document is not None:
        keys = keys.filter(statement__document=asked.document)
    if asked.confirmed:
        keys = keys.filter(statement__state=StatementState.ACCEPTED)
    if terms := terms_of(asked.words):
        keys = keys.filter(found_in("statement__sought", terms))
    if asked.said_by is not None:
        said = Coalesce("statement__document__event_on", "statement__document__published_on")
        keys = keys.annotate(day_said=said)
        keys = keys.filter(Q(day_said=None) | Q(day_said__lte=asked.said_by))
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


def figures_of(
    by: Reader, names: Collection[str], *, said_by: dt.date | None = None, most: int
) -> list[Said]:
    """What is claimed of one thing, whatever it is called, by measure; in two statements.

    What has no measure of its own comes last.

    Args:
        names: all it goes by.
        said_by: as `FigureFilter` has it.
        most: figures at most of one measure and name.
    """
    if not names:
        return []
    keys = filter_figures(by, FigureFilter(subject=names, said_by=said_by))
    counts = dict(keys.order_by().values_list("measure").annotate(Count("pk")))
    rows = list_figures(keys, most=most)
    rows = rows.order_by("figure_key__measure", "-figure_key__period", "pk")
    found = groupby(rows, key=lambda row: row.figure_key.measure)
    said = [Said(measure, list(shown), counts[measure]) for measure, shown in found]
    return sorted(said, key=lambda one: one.measure == "other")


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


def alike(by: Reader, key: FigureKey) -> QuerySet[FigureKey]:
    """The other figures read of the same measure, subject and period, compared or not."""
    keys = filter_figures(by, FigureFilter(measure=key.measure))
    return keys.filter(subject=key.subject, period=key.period).exclude(pk=key.pk)


# One disagreement may stand in many pairs of documents


def _told(name: str) -> Coalesce:
    """A part of the arithmetic as text; "" where it has none."""
    return Coalesce(KeyTextTransform(name, "arithmetic"), Value(""), output_field=TextField())


def _joined(*parts: F | Coalesce | Least | Greatest) -> Func:
    # Flat: SQLite's parser has no room for as many calls inside each other as Concat makes.
    between = {"template": "(%(expressions)s)", "arg_joiner": " || '|' || "}
    return Func(*parts, output_field=TextField(), **between)


_SIDES = [_joined(F(f"{side}__figure_key__period"), _told(side)) for side in ("left", "right")]
_DISAGREEMENT = _joined(
    *(F(f"left__figure_key__{field}") for field in ("measure", "subject", "unit", "role")),
    *(F("left__figure_key__base_period"), F("verdict")),
    *(Least(*_SIDES), Greatest(*_SIDES), _told("claimed"), _told("trade")),
)
"""What two figures are said of, and both values whichever was said first: 79 against 94 is 94
against 79, and told by a third document still the same disagreement."""


def list_disagreements(
    by: Reader,
    *,
    verdicts: tuple[str, ...] = (),
    state: str = ComparisonState.PROPOSED,
    among: Q | None = None,
) -> QuerySet[Comparison]:
    """As `list_comparisons`, each disagreement once, by the pair that was compared first.

    Args:
        among: only the pairs of which this holds.
    """
    rows = list_comparisons(by, verdicts=verdicts, state=state).filter(among or Q())
    found = rows.order_by().annotate(of=_DISAGREEMENT).values("of").annotate(first=Min("pk"))
    return rows.filter(pk__in=found.values("first"))


def repeats_of(by: Reader, rows: Iterable[Comparison]) -> dict[int, list[Comparison]]:
    """The other pairs in which each of some disagreements stands, in the same state of decision.

    Args:
        rows: comparisons of one state.
    Returns:
        By the key of the comparison; those that stand in no other pair are left out.
    """
    told = list(rows)
    if not told:
        return {}
    same = same_disagreement(by, told).select_related(
        "left__document", "right__document", "ratio__document"
    )
    found: dict[str, list[Comparison]] = {}
    for row in same.order_by("pk"):
        found.setdefault(row.of, []).append(row)
    pks = {row.pk for row in told}
    repeats: dict[int, list[Comparison]] = {}
    for pairs in found.values():
        for shown in pairs:
            if shown.pk in pks and len(pairs) > 1:
                repeats[shown.pk] = [row for row in pairs if row.pk != shown.pk]
    return repeats


def same_disagreement(by: Reader, rows: Iterable[Comparison]) -> QuerySet[Comparison]:
    """All pairs in which the disagreements of some comparisons of one state stand, theirs too."""
    told = list(rows)
    wanted = Comparison.objects.filter(pk__in=[row.pk for row in told]).annotate(of=_DISAGREEMENT)
    # Narrowed by what is indexed, before the arithmetic of the rest is read.
    measures = FigureKey.objects.filter(pk__in=[row.left_id for row in told]).values("measure")
    found = list_comparisons(by, state=told[0].state).filter(left__figure_key__measure__in=measures)
    return found.annotate(of=_DISAGREEMENT).filter(of__in=wanted.values("of"))


def count_disagreements(by: Reader, *, state: str = ComparisonState.PROPOSED) -> dict[str, int]:
    """How many disagreements there are per verdict, each once."""
    found = list_comparisons(by, state=state)
    rows = found.order_by().values_list("verdict").annotate(n=Count(_DISAGREEMENT, distinct=True))
    return {**dict.fromkeys(Verdict.values, 0), **dict(rows)}
