"""The same matter said again in another document: proposals a person confirms or dismisses.

Two clauses are proposed when they share enough telling words (idf-weighted words and word pairs,
looked up in an inverted index) and a long enough run of them, which is shown as the reason.
"""

import heapq
import logging
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass

from django.db.models import Count, F, Q
from django.db.models.functions import Substr

from diemcau.delivery.matters.likeness import (
    clause_end,
    containment,
    gram_hash,
    grams,
    is_office_talk,
    longest_run,
    syllables,
)
from diemcau.delivery.models import Clause, ClauseGram, Echo
from diemcau.documents.models import LIVE, Document, Statement, StatementKind, TextVersion
from diemcau.documents.near import family_of
from diemcau.documents.order import said_order

__all__ = ["LEAST_RUN", "LEAST_SCORE", "propose_echoes"]

LEAST_SCORE = 0.5
"""Least share of the smaller clause's telling words."""
LEAST_RUN = 5
"""Least number of syllables in a row."""
_LEAST_TELLING = 3
"""Least number of syllables in that row that are not office talk."""
_HABIT = 0.2
"""Weight of office talk against its inverse frequency: small collections know no habits yet."""
_SHORTEST = 4
"""A clause of fewer syllables says too little to be recognised."""
_COMMON = 0.05
"""A gram found in more than this share of all clauses does not make two clauses candidates."""
_LONGEST_LIST = 400
"""Most tasks of one document that are compared: the longest clauses, each wording once."""
_CROWD = 500
"""A gram in more clauses than this makes no candidates, however large the collection is."""
_LOOKS = 20_000
"""Most clauses looked up for one clause of ours, those that share its rarest grams first."""
_CANDIDATES = 50
"""Most candidates of one clause, those that share most with it."""
_BATCH = 50
"""Clauses of ours compared at a time, which bounds what is in memory."""
_CHUNK = 800
"""Values per IN list, below SQLite's limit."""

logger = logging.getLogger(__name__)


def propose_echoes(document: Document) -> int:
    """Propose that tasks of a document say again what tasks of other documents said.

    Idempotent: a pair is proposed once; what a person decided stays decided.
    Args:
        document: a saved document with its statements; near copies of it are left out, and of
            more than 400 tasks the longest are compared, which the log then says.
    Returns:
        The number of pairs that are alike enough, new or known.
    """
    clauses = _index(document)
    if not clauses:
        return 0
    ours = list(clauses)
    known = set(
        Echo.objects.filter(Q(earlier__in=ours) | Q(later__in=ours)).values_list(
            "earlier_id", "later_id"
        )
    )
    n = 0
    found = []
    for likeness in _alike(document, clauses):
        n += 1
        earlier, later = likeness.earlier, likeness.later
        if (earlier.pk, later.pk) not in known:
            found.append(
                Echo(
                    earlier=earlier,
                    later=later,
                    score=likeness.score,
                    shared=likeness.shared,
                    n_shared=likeness.n_shared,
                )
            )
    Echo.objects.bulk_create(found, batch_size=_CHUNK)
    return n


def _index(document: Document) -> dict[int, Clause]:
    """The clauses that are compared, by statement id; made and indexed where they are not yet."""
    statements = list(
        document.statements.filter(kind=StatementKind.TASK, state__in=LIVE).only(
            "document_id", "text_version_id", "start", "end"
        )
    )
    # A text is long and the same for all: fetched once, not with every statement.
    versions = {s.text_version_id for s in statements}
    texts = dict(TextVersion.objects.filter(pk__in=versions).values_list("pk", "text"))
    ends = {s.pk: clause_end(texts[s.text_version_id], s.start, s.end) for s in statements}
    compared = statements
    if len(statements) > _LONGEST_LIST:
        wordings: dict[str, Statement] = {}
        for s in statements:
            wordings.setdefault(texts[s.text_version_id][s.start : ends[s.pk]].casefold(), s)
        compared = heapq.nlargest(
            _LONGEST_LIST, wordings.values(), key=lambda s: (ends[s.pk] - s.start, -s.start)
        )
        logger.warning(
            "%s: %d tasks; the %d longest of different wording are compared with other documents",
            document.name,
            len(statements),
            len(compared),
        )
    clauses = {c.pk: c for c in Clause.objects.filter(pk__in=[s.pk for s in compared])}
    new: list[Clause] = []
    for statement in compared:
        if statement.pk in clauses:
            continue
        end = ends[statement.pk]
        text = texts[statement.text_version_id][statement.start : end]
        words = [word for word, _, _ in syllables(text)]
        if len(words) >= _SHORTEST:
            new.append(Clause(statement=statement, end=end, words=" ".join(words)))
    Clause.objects.bulk_create(new, batch_size=_CHUNK)
    for clause in new:
        ClauseGram.objects.bulk_create(
            (ClauseGram(clause=clause, gram=g) for g in sorted(_grams(clause))), batch_size=_CHUNK
        )
    return clauses | {c.pk: c for c in new}


def _grams(clause: Clause) -> set[int]:
    return {gram_hash(g) for g in grams(clause.words.split())}


@dataclass(frozen=True)
class _Likeness:
    earlier: Statement
    later: Statement
    score: float
    shared: str
    n_shared: int


def _alike(document: Document, clauses: dict[int, Clause]) -> Iterable[_Likeness]:
    total = Clause.objects.count()
    family = family_of(document)
    every = sorted(clauses)
    for i in range(0, len(every), _BATCH):
        yield from _alike_of(family, {pk: clauses[pk] for pk in every[i : i + _BATCH]}, total)


def _alike_of(family: Set[int], clauses: dict[int, Clause], total: int) -> Iterable[_Likeness]:
    ours = {pk: _grams(clause) for pk, clause in clauses.items()}
    frequency = _frequency(set().union(*ours.values()))
    # In a small collection every gram is rare enough: two clauses are two, not a habit.
    limit = min(_CROWD, max(20, _COMMON * total))
    candidates = _candidates(family, ours, {g: n for g, n in frequency.items() if 2 <= n <= limit})
    others = {pk for some in candidates.values() for pk in some}
    statements = _said({*ours, *others})
    theirs = {pk: _grams(statements[pk].clause) for pk in others}
    # The weight of their grams that ours do not have is needed too.
    frequency |= _frequency(set().union(*theirs.values()) - frequency.keys()) if theirs else {}
    habits = {
        gram_hash(g)
        for s in statements.values()
        for g in grams(s.clause.words.split())
        if is_office_talk(g)
    }

    def weight(gram: int) -> float:
        telling = math.log(1 + total / max(1, frequency.get(gram, 1)))
        return telling * _HABIT if gram in habits else telling

    scored = [
        (*sorted((statements[pk], statements[other]), key=said_order), score)
        for pk, some in candidates.items()
        for other in some
        if (score := containment(ours[pk], theirs[other], weight)) >= LEAST_SCORE
    ]
    texts = _texts({earlier.pk for earlier, _, _ in scored})
    for earlier, later, score in scored:
        likeness = _evidence(earlier, later, score, texts[earlier.pk])
        if likeness is not None:
            yield likeness


def _said(some: Set[int]) -> dict[int, Statement]:
    """Statements with what tells where and when they were said, by id; without any text."""
    rows = Statement.objects.select_related("document", "clause").only(
        "start", "document__event_on", "document__published_on", "clause__end", "clause__words"
    )
    return {s.pk: s for chunk in _chunks(sorted(some)) for s in rows.filter(pk__in=chunk)}


def _texts(some: Set[int]) -> dict[int, str]:
    """The clauses of statements as written, by statement id."""
    cut = Substr("text_version__text", F("start") + 1, F("clause__end") - F("start"))
    rows = Statement.objects.annotate(cut=cut).values_list("pk", "cut")
    return {pk: text for chunk in _chunks(sorted(some)) for pk, text in rows.filter(pk__in=chunk)}


def _frequency(some: set[int]) -> Counter[int]:
    counts: Counter[int] = Counter()
    for chunk in _chunks(sorted(some)):
        counts.update(
            dict(
                ClauseGram.objects.filter(gram__in=chunk)
                .values_list("gram")
                .annotate(n=Count("id"))
                .order_by()
            )
        )
    return counts


def _candidates(
    family: Set[int], ours: dict[int, set[int]], rare: dict[int, int]
) -> dict[int, list[int]]:
    """The clauses of other families that share most rare grams with each of ours."""
    looked: dict[int, list[int]] = {}
    for pk, some in ours.items():
        looked[pk], n = [], 0
        for gram in sorted(some & rare.keys(), key=lambda g: (rare[g], g)):
            n += rare[gram]
            if n > _LOOKS:
                break
            looked[pk].append(gram)
    holders: dict[int, list[int]] = defaultdict(list)
    for chunk in _chunks(sorted({gram for some in looked.values() for gram in some})):
        rows = (
            ClauseGram.objects.filter(gram__in=chunk, clause__statement__state__in=LIVE)
            .exclude(clause__statement__document__in=family)
            .values_list("gram", "clause_id")
        )
        for gram, clause in rows:
            holders[gram].append(clause)
    found: dict[int, list[int]] = {}
    for pk, some in looked.items():
        shared = Counter(clause for gram in some for clause in holders.get(gram, ()))
        # A run of the least length alone holds that many words and one pair fewer.
        enough = [(n, -clause) for clause, n in shared.items() if n >= LEAST_RUN - 1]
        found[pk] = [-clause for _, clause in heapq.nlargest(_CANDIDATES, enough)]
    return found


def _chunks(values: Sequence[int]) -> Iterable[Sequence[int]]:
    return (values[i : i + _CHUNK] for i in range(0, len(values), _CHUNK))


def _evidence(earlier: Statement, later: Statement, score: float, text: str) -> _Likeness | None:
    places = syllables(text)
    left = [word for word, _, _ in places]
    at, _, length = longest_run(left, later.clause.words.split())
    telling = sum(not is_office_talk(word) for word in left[at : at + length])
    if length < LEAST_RUN or telling < _LEAST_TELLING:
        return None
    shared = text[places[at][1] : places[at + length - 1][2]]
    return _Likeness(earlier, later, round(score, 4), shared, length)
