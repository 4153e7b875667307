"""The same matter said again in another document: proposals a person confirms or dismisses.

Two clauses are proposed when they share enough telling words (idf-weighted words and word pairs,
looked up in an inverted index) and a long enough run of them, which is shown as the reason.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from diemcau.delivery.likeness import (
    clause_end,
    containment,
    gram_hash,
    grams,
    is_office_talk,
    longest_run,
    syllables,
)
from diemcau.delivery.models import Clause, ClauseGram, Echo
from diemcau.documents.models import Document, Statement, StatementKind, StatementState

__all__ = ["LEAST_RUN", "LEAST_SCORE", "propose_echoes"]

LIVE = (StatementState.PROPOSED, StatementState.ACCEPTED)
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
_CHUNK = 800
"""Values per IN list, below SQLite's limit."""


def propose_echoes(document: Document) -> int:
    """Propose that tasks of a document say again what tasks of other documents said.

    Idempotent: a pair is proposed once; what a person decided stays decided.
    Args:
        document: a saved document with its statements; near copies of it are left out.
    Returns:
        The number of pairs that are alike enough, new or known.
    """
    ours = list(
        document.statements.filter(kind=StatementKind.TASK, state__in=LIVE).select_related(
            "document", "text_version"
        )
    )
    clauses = _index(ours)
    if not clauses:
        return 0
    known = set(
        Echo.objects.filter(Q(earlier__in=clauses) | Q(later__in=clauses)).values_list(
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
    Echo.objects.bulk_create(found)
    return n


def _index(statements: Sequence[Statement]) -> dict[int, Clause]:
    """The clauses of statements, by statement id; made and indexed where they are not yet."""
    clauses = {c.pk: c for c in Clause.objects.filter(pk__in=[s.pk for s in statements])}
    new: list[Clause] = []
    for statement in statements:
        if statement.pk in clauses:
            continue
        text = statement.text_version.text
        end = clause_end(text, statement.start, statement.end)
        words = [word for word, _, _ in syllables(text[statement.start : end])]
        if len(words) >= _SHORTEST:
            new.append(Clause(statement=statement, end=end, words=" ".join(words)))
    Clause.objects.bulk_create(new)
    ClauseGram.objects.bulk_create(
        (ClauseGram(clause=c, gram=g) for c in new for g in sorted(_grams(c))), batch_size=_CHUNK
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
    ours = {pk: _grams(clause) for pk, clause in clauses.items()}
    habits: set[int] = set()
    frequency = _frequency(set().union(*ours.values()))
    total = Clause.objects.count()

    def weight(gram: int) -> float:
        telling = math.log(1 + total / max(1, frequency.get(gram, 1)))
        return telling * _HABIT if gram in habits else telling

    # In a small collection every gram is rare enough: two clauses are two, not a habit.
    limit = max(20, _COMMON * total)
    rare = [g for g, n in frequency.items() if 2 <= n <= limit]
    others = _candidates(document, ours, rare)
    statements = {
        s.pk: s
        for s in Statement.objects.filter(pk__in={*ours, *others}).select_related(
            "document", "text_version", "clause"
        )
    }
    theirs = {pk: _grams(statements[pk].clause) for pk in others}
    # The weight of their grams that ours do not have is needed too.
    frequency |= _frequency(set().union(*theirs.values()) - frequency.keys()) if theirs else {}
    for clause in (*clauses.values(), *(statements[pk].clause for pk in others)):
        habits |= {gram_hash(g) for g in grams(clause.words.split()) if is_office_talk(g)}
    for other, partners in others.items():
        for pk in partners:
            score = containment(ours[pk], theirs[other], weight)
            if score >= LEAST_SCORE:
                pair = sorted((statements[pk], statements[other]), key=_said_order)
                likeness = _evidence(pair[0], pair[1], score)
                if likeness is not None:
                    yield likeness


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
    document: Document, ours: dict[int, set[int]], rare: list[int]
) -> dict[int, list[int]]:
    """Clauses of other documents that share rare grams, each with those of ours it shares with."""
    root = document.near_copy_of_id or document.pk
    holders: dict[int, list[int]] = defaultdict(list)
    for pk, some in ours.items():
        for gram in some:
            holders[gram].append(pk)
    shared: Counter[tuple[int, int]] = Counter()
    for chunk in _chunks(rare):
        rows = (
            ClauseGram.objects.filter(gram__in=chunk, clause__statement__state__in=LIVE)
            .exclude(clause__statement__document__in=[document.pk, root])
            .exclude(clause__statement__document__near_copy_of=root)
            .values_list("gram", "clause_id")
        )
        for gram, clause in rows:
            for pk in holders[gram]:
                shared[clause, pk] += 1
    found: dict[int, list[int]] = defaultdict(list)
    for (clause, pk), n in shared.items():
        # A run of the least length alone holds that many words and one pair fewer.
        if n >= LEAST_RUN - 1:
            found[clause].append(pk)
    return found


def _chunks(values: Sequence[int]) -> Iterable[Sequence[int]]:
    return (values[i : i + _CHUNK] for i in range(0, len(values), _CHUNK))


def _said_order(statement: Statement) -> tuple[date, int, int]:
    document = statement.document
    day = document.event_on or document.published_on or date.max
    return (day, document.pk, statement.start)


def _evidence(earlier: Statement, later: Statement, score: float) -> _Likeness | None:
    text = earlier.text_version.text[earlier.start : earlier.clause.end]
    places = syllables(text)
    left = [word for word, _, _ in places]
    at, _, length = longest_run(left, later.clause.words.split())
    telling = sum(not is_office_talk(word) for word in left[at : at + length])
    if length < LEAST_RUN or telling < _LEAST_TELLING:
        return None
    shared = text[places[at][1] : places[at + length - 1][2]]
    return _Likeness(earlier, later, round(score, 4), shared, length)
