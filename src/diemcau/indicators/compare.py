"""Figures set side by side: claims that cannot both hold, and ratios that do not fit their base.

Proposals only, with the arithmetic as data; nothing is corrected, averaged or picked.
"""

import logging
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q

from diemcau.documents.models import LIVE, Document, Statement, StatementKind
from diemcau.documents.near import family_of
from diemcau.documents.order import said_order
from diemcau.indicators.changes import read_moved
from diemcau.indicators.claims import Claim, Meeting, exceeds, meeting
from diemcau.indicators.keys import key_of, same_matter, same_words
from diemcau.indicators.models import ALL_LIVE, Comparison, ComparisonState, FigureKey, Verdict
from diemcau.indicators.periods import read_period
from diemcau.indicators.ratios import Fit, fit_ratio
from diemcau.indicators.trade import NO_TRADE, Trade, trades_of

__all__ = ["compare_again", "propose_comparisons"]

ADDITIVE = frozenset(
    [
        *("agreements_signed", "documents_signed", "high_level_activities"),
        *("promotion_activities", "relations_upgraded", "exports", "imports", "trade_turnover"),
        *("fdi_disbursed", "fdi_projects", "tourists", "labour_sent"),
    ]
)
"""Measures that add up over time, so that a part of a period cannot hold more than the whole."""
_CROWD = 200
"""At most so many others are set beside one figure."""
_REACH = 4000
"""At most so many others are looked at for one document, the newest first."""
_MOST = 400
"""At most so many figures of one document are compared, each wording once, in text order."""

_MOST_FOUND = 4000
"""At most so many pairs, and so many ratios, are told of one document."""
_BATCH = 80
"""Rows written at a time, below SQLite's limit of variables."""

logger = logging.getLogger(__name__)


def propose_comparisons(document: Document) -> int:
    """Compare the figures of a document with each other and with those of all other documents.

    Idempotent: a pair is proposed once; what a person decided stays decided, and what nobody
    decided and no longer holds is taken away.
    Args:
        document: a saved document with its statements; near copies of it are left out, and of
            more than 400 figures those after the first 400 wordings, which the log then says.
    Returns:
        The number of comparisons of the document's figures, of any verdict.
    """
    return _propose(document, _figures(document))


def compare_again(statement: Statement) -> None:
    """Compare one figure anew after a person decided on it or corrected it.

    An undecided comparison that still holds keeps its number, and so its address.
    """
    _propose(statement.document, [statement])


def _figures(document: Document) -> list[Statement]:
    figures = list(
        document.statements.filter(kind=StatementKind.FIGURE, state__in=LIVE)
        .select_related("document")
        .order_by("start", "pk")
    )
    if len(figures) <= _MOST:
        return figures
    wordings: dict[tuple[str, ...], Statement] = {}
    for s in figures:
        wordings.setdefault((s.folded, *_claimed(s)), s)
    compared = list(wordings.values())[:_MOST]
    # A figure that is not compared is looked up and listed like the others.
    _index([s for s in figures if s not in set(compared)])
    logger.warning(
        "%s: %d figures; the first %d of different wording are compared",
        document.name,
        len(figures),
        len(compared),
    )
    return compared


def _claimed(statement: Statement) -> tuple[str, ...]:
    """What a figure says, where it says it aside."""
    fields = ("measure", "subject", "period", "role", "bound", "value", "value_high", "unit")
    more = ("change", "compares", "what")
    return tuple(str(statement.values.get(f) or "") for f in (*fields, *more))


def _propose(document: Document, statements: Sequence[Statement]) -> int:
    keys = _index(statements)
    others = _neighbours(document, list(keys.values()))
    pool = _once(others)
    pool |= {s.pk: (s, keys[s.pk]) for s in statements if s.pk in keys}
    claims = {pk: read_moved(s.values) for pk, (s, _) in pool.items()}
    trades = trades_of(s for s, _ in pool.values())
    found = [
        *_pairs(statements, pool, claims, trades),
        *_parts(statements, pool, claims, trades),
        *_ratios(statements, pool, claims, trades),
    ]
    known = _known(statements)
    told = _told(document, found) - known.keys()
    new: list[Comparison] = []
    for left, right, ratio, verdict, arithmetic in found:
        if (left.pk, right.pk, ratio.pk if ratio else None) not in told:
            if left.pk in trades:
                arithmetic["trade"] = trades[left.pk].to_json()
            _keep(known, new, left, right, ratio, verdict, arithmetic)
    if len(found) < _CROWD and len(others) < _REACH:
        # Beyond those limits not everything that holds was looked for.
        _drop(known, found)
    Comparison.objects.bulk_create(new, batch_size=_BATCH)
    return len(found)


def _index(statements: Sequence[Statement]) -> dict[int, FigureKey]:
    keys = {s.pk: key for s in statements if (key := key_of(s)) is not None}
    FigureKey.objects.bulk_create(
        list(keys.values()),
        batch_size=_BATCH,
        update_conflicts=True,
        unique_fields=["statement"],
        update_fields=[
            *("measure", "subject", "subject_name", "period", "base_period", "unit", "role")
        ],
    )
    return keys


def _neighbours(document: Document, keys: Iterable[FigureKey]) -> list[tuple[Statement, FigureKey]]:
    """Figures elsewhere about the same measure and subject, in a period one of ours refers to."""
    wanted: list[Q] = []
    for measure, subject in sorted({(k.measure, k.subject) for k in keys}):
        ours = [k for k in keys if (k.measure, k.subject) == (measure, subject)]
        periods = {k.period for k in ours} | {k.base_period for k in ours}
        periods.discard("")
        if periods:
            related = Q(period__in=periods) | Q(base_period__in=periods)
            if measure in ADDITIVE:
                # A part and its whole have different periods.
                related |= Q(role="actual")
            wanted.append(Q(measure=measure, subject=subject) & related)
    rows = _live(document, wanted)
    # A ratio elsewhere measured against one of our figures needs the figure it is said of.
    said_of = sorted({(r.measure, r.subject, r.period) for r in rows if r.base_period})
    rows += _live(document, [Q(measure=m, subject=s, period=p) for m, s, p in said_of])
    return [(row.statement, row) for row in rows]


def _live(document: Document, wanted: Sequence[Q]) -> list[FigureKey]:
    """Keys of live figures, the document's own among them but not those of its near copies."""
    copies = family_of(document) - {document.pk}
    rows: list[FigureKey] = []
    for i in range(0, len(wanted), _BATCH):
        some = reduce(or_, wanted[i : i + _BATCH])
        rows += (
            FigureKey.objects.filter(some, statement__state__in=LIVE)
            .exclude(statement__document__in=copies)
            .select_related("statement__document")
            .order_by("-statement_id")[: _REACH - len(rows)]
        )
    return rows


Pool = dict[int, tuple[Statement, FigureKey]]


def _once(others: Sequence[tuple[Statement, FigureKey]]) -> Pool:
    """Others by id; of a document with very many, each wording once."""
    n_of = Counter(s.document_id for s, _ in others)
    seen: set[tuple[object, ...]] = set()
    pool: Pool = {}
    for s, key in others:
        if n_of[s.document_id] > _MOST:
            wording = (s.document_id, s.folded, *_claimed(s))
            if wording in seen:
                continue
            seen.add(wording)
        pool[s.pk] = s, key
    return pool


Claims = dict[int, Claim | None]
Trades = dict[int, Trade]
"""By the key of a statement, as `trades_of` gives them."""
Found = tuple[Statement, Statement, Statement | None, str, dict[str, Any]]

_VERDICTS = {
    Meeting.AGREE: Verdict.AGREE,
    Meeting.MILD: Verdict.MILD,
    Meeting.APART: Verdict.CLASH,
}


def _pairs(
    statements: Sequence[Statement], pool: Pool, claims: Claims, trades: Trades
) -> list[Found]:
    found: dict[tuple[int, int], Found] = {}
    alike: dict[tuple[str, ...], list[Statement]] = defaultdict(list)
    for theirs, key in pool.values():
        alike[_alike(key)].append(theirs)
    for ours in statements:
        if ours.pk not in pool or not pool[ours.pk][1].period:
            continue
        n = 0
        for theirs in alike[_alike(pool[ours.pk][1])]:
            if n >= _CROWD or len(found) >= _MOST_FOUND:
                break
            if theirs.pk == ours.pk or not _comparable(ours, theirs, trades):
                continue
            left, right = sorted((ours, theirs), key=said_order)
            a, b = claims[left.pk], claims[right.pk]
            if a is None or b is None:
                continue
            n += 1
            verdict = _VERDICTS[meeting(a, b)]
            found[left.pk, right.pk] = left, right, None, verdict, _pair_arithmetic(a, b)
    return list(found.values())


def _alike(key: FigureKey) -> tuple[str, ...]:
    """What two figures must have in common to be set side by side."""
    return (key.measure, key.subject, key.period, key.unit, key.role, key.base_period)


def _comparable(a: Statement, b: Statement, trades: Trades) -> bool:
    same = same_words if a.document_id == b.document_id else same_matter
    return same(a, b) and _same_trade(a, b, trades)


def _same_trade(a: Statement, b: Statement, trades: Trades) -> bool:
    """Whether two figures are of the same goods and market; named by one only, they are not."""
    return trades.get(a.pk, NO_TRADE).key == trades.get(b.pk, NO_TRADE).key


def _parts(
    statements: Sequence[Statement], pool: Pool, claims: Claims, trades: Trades
) -> list[Found]:
    """Parts that claim more than their whole: more agreements in nine months than in the year."""
    found: dict[tuple[int, int], Found] = {}
    for ours in statements:
        for theirs, _key in pool.values() if ours.pk in pool else ():
            for part, whole in ((ours, theirs), (theirs, ours)):
                if not _is_part(part, pool[part.pk][1], whole, pool[whole.pk][1]):
                    continue
                if not _same_trade(part, whole, trades):
                    continue
                a, b = claims[part.pk], claims[whole.pk]
                if len(found) >= _MOST_FOUND:
                    break
                if a is not None and b is not None and exceeds(a, b):
                    arithmetic = _pair_arithmetic(a, b) | {"kind": "part"}
                    found[part.pk, whole.pk] = part, whole, None, Verdict.CLASH, arithmetic
    return list(found.values())


def _is_part(part: Statement, k: FigureKey, whole: Statement, w: FigureKey) -> bool:
    if (k.measure, k.subject, k.unit, k.role) != (w.measure, w.subject, w.unit, w.role):
        return False
    if k.measure not in ADDITIVE or k.role != "actual" or k.unit in ("percent", "ratio", "rank"):
        return False
    small, large = read_period(k.period), read_period(w.period)
    if small is None or large is None or small.days >= large.days or not large.contains(small):
        return False
    return same_matter(part, whole)


def _pair_arithmetic(left: Claim, right: Claim) -> dict[str, Any]:
    return {
        "kind": "pair",
        "unit": left.unit,
        "left": {"core": left.core.to_json(), "wide": left.wide.to_json()},
        "right": {"core": right.core.to_json(), "wide": right.wide.to_json()},
    }


_FITS = {Fit.FITS: Verdict.AGREE, Fit.BARELY: Verdict.MILD, Fit.MISFIT: Verdict.MISFIT}


def _ratios(
    statements: Sequence[Statement], pool: Pool, claims: Claims, trades: Trades
) -> list[Found]:
    """Every ratio in reach with its own figure and each base it can be measured against."""
    changed = {s.pk for s in statements}
    found: list[Found] = []
    of_period: dict[tuple[str, ...], list[tuple[Statement, FigureKey]]] = defaultdict(list)
    for statement, key in pool.values():
        of_period[key.measure, key.subject, key.period].append((statement, key))
    for ratio, key in pool.values():
        if not key.base_period:
            continue
        same = [
            (s, k)
            for s, k in of_period[key.measure, key.subject, key.period]
            if s.document_id == ratio.document_id and _same_trade(s, ratio, trades)
        ]
        own = _own_figure(ratio, same)
        if own is None:
            continue
        n = 0
        for base, base_key in of_period[key.measure, key.subject, key.base_period]:
            if n >= _CROWD or len(found) >= _MOST_FOUND:
                break
            if not changed & {ratio.pk, own.pk, base.pk} or base.pk == own.pk:
                continue
            if not _is_base(base, base_key, key, own) or not _same_trade(base, own, trades):
                continue
            n += 1
            a, b = claims[own.pk], claims[base.pk]
            if a is None or b is None:
                continue
            fit = fit_ratio(ratio.values, own=a, base=b)
            if fit is not None:
                found.append((own, base, ratio, _FITS[fit.verdict], fit.arithmetic))
    return found


def _own_figure(ratio: Statement, same: Iterable[tuple[Statement, FigureKey]]) -> Statement | None:
    """The figure a ratio qualifies: the nearest one of its document about the same thing.

    Args:
        ratio: the ratio.
        same: figures of its document, measure, subject, period and trade.
    """
    near = [s for s, k in same if not k.base_period and k.unit not in ("percent", "ratio", "rank")]
    return min(near, key=lambda s: (abs(s.start - ratio.start), s.pk), default=None)


def _is_base(base: Statement, k: FigureKey, ratio: FigureKey, own: Statement) -> bool:
    if k.base_period or k.unit != (own.values.get("unit") or "count"):
        return False
    roles = ("plan", "target") if ratio.role == "vs_plan" else ("actual",)
    return k.role in roles and same_matter(own, base)


def _told(document: Document, found: Iterable[Found]) -> set[tuple[int, int, int | None]]:
    """The pairs found that near copies of their documents, or the same ones, say already.

    A pair said once is decided once, whichever of the copies gives the values.
    """
    first_of = dict(Document.objects.exclude(near_copy_of=None).values_list("pk", "near_copy_of"))
    if not first_of:
        return set()
    # What stands in a closed document is not thereby told to those who do not see it.
    closed = set(Document.objects.filter(is_closed=True).values_list("pk", flat=True))

    def matter(*parts: Statement | None) -> frozenset[tuple[object, ...]]:
        return frozenset(
            (_first(s.document_id, first_of), s == parts[2], *_claimed(s)) for s in parts if s
        )

    family = family_of(document)
    rows = Comparison.objects.filter(
        ALL_LIVE, Q(left__document__in=family) | Q(right__document__in=family)
    ).select_related("left", "right", "ratio")
    seen = {
        matter(row.left, row.right, row.ratio)
        for row in rows
        if not closed & _documents(row.left, row.right, row.ratio)
    }
    told: set[tuple[int, int, int | None]] = set()
    for left, right, ratio, _, _ in found:
        if closed & _documents(left, right, ratio):
            continue
        said = matter(left, right, ratio)
        if said in seen:  # by an earlier document, or by another copy just now
            told.add((left.pk, right.pk, ratio.pk if ratio else None))
        if left.document_id != right.document_id:
            seen.add(said)
    return told


def _documents(*parts: Statement | None) -> set[int]:
    return {s.document_id for s in parts if s}


def _first(pk: int, first_of: dict[int, int]) -> int:
    while pk in first_of:
        pk = first_of[pk]
    return pk


def _known(statements: Sequence[Statement]) -> dict[tuple[int, int, int | None], Comparison]:
    pks = [s.pk for s in statements]
    rows = Comparison.objects.filter(Q(left__in=pks) | Q(right__in=pks) | Q(ratio__in=pks))
    return {(row.left_id, row.right_id, row.ratio_id): row for row in rows}


def _keep(
    known: dict[tuple[int, int, int | None], Comparison],
    new: list[Comparison],
    left: Statement,
    right: Statement,
    ratio: Statement | None,
    verdict: str,
    arithmetic: dict[str, Any],
) -> None:
    row = known.get((left.pk, right.pk, ratio.pk if ratio else None))
    if row is None:
        new.append(
            Comparison(left=left, right=right, ratio=ratio, verdict=verdict, arithmetic=arithmetic)
        )
    elif row.state == ComparisonState.PROPOSED and (row.verdict, row.arithmetic) != (
        verdict,
        arithmetic,
    ):
        row.verdict, row.arithmetic = verdict, arithmetic
        row.save(update_fields=["verdict", "arithmetic"])


def _drop(known: dict[tuple[int, int, int | None], Comparison], found: Sequence[Found]) -> None:
    """Take away undecided comparisons of live figures that no longer hold."""
    holds = {(left.pk, right.pk, ratio.pk if ratio else None) for left, right, ratio, _, _ in found}
    gone = [row.pk for key, row in known.items() if key not in holds]
    Comparison.objects.filter(ALL_LIVE, pk__in=gone, state=ComparisonState.PROPOSED).delete()
