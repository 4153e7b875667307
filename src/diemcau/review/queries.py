"""What there is to review, and what was decided."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Case, Count, Exists, OuterRef, Q, QuerySet, When

from diemcau.delivery.models import Echo, EchoState
from diemcau.documents.models import LIVE, Document, Statement, StatementState
from diemcau.documents.queries import statements_to_decide
from diemcau.documents.rules import Reader, library_of, seen
from diemcau.review.models import Batch

__all__ = [
    "MergeChoices",
    "Progress",
    "echoes_of",
    "last_batch",
    "merge_choices",
    "next_document",
    "progress_of",
    "proposed_statements",
    "statements_to_review",
]

_OFFERED = 8
"""Statements to merge with that are offered at once."""
_LISTED = 300
_BESIDE = 2
"""How many on either side in the text are looked at."""
_THE_SAME = 0.6
"""Alike enough to be ticked beforehand."""


@dataclass(frozen=True)
class Progress:
    """How far the review of a document is: `n_decided` of `n_all` statements."""

    n_decided: int
    n_all: int

    @property
    def n_left(self) -> int:
        """Statements nobody has decided on yet."""
        return self.n_all - self.n_decided


@dataclass(frozen=True)
class MergeChoices:
    """What a statement may be merged into.

    Args:
        first: offered at once.
        others: the rest of the document's, in text order.
        beside: ids of those that stand next to it in the text.
        likely: id of the one that may be chosen beforehand: the only one, or so much the same.
        n_more: how many a very long document has beyond these, the least alike.
    """

    first: Sequence[Statement] = ()
    others: Sequence[Statement] = ()
    beside: frozenset[int] = frozenset()
    likely: int | None = None
    n_more: int = 0


def proposed_statements(
    document: Document, *, kinds: Iterable[str] = (), minimum: float = 0.0
) -> QuerySet[Statement]:
    """The statements of a document still to be decided on, in text order.

    Args:
        kinds: only these kinds; none given means every kind.
        minimum: least confidence, 0..1.
    """
    found = Statement.objects.filter(
        document=document, state=StatementState.PROPOSED, confidence__gte=minimum
    )
    kinds = list(kinds)
    if kinds:
        found = found.filter(kind__in=kinds)
    return found.order_by("start", "id")


def statements_to_review(
    document: Document, *, least_sure_first: bool = False
) -> QuerySet[Statement]:
    """Every statement of a document but those superseded, with who decided.

    Args:
        least_sure_first: those still to be decided on first, the least sure before the surer;
            otherwise all in text order.
    """
    found = (
        Statement.objects.filter(document=document)
        .exclude(state=StatementState.SUPERSEDED)
        .select_related("decided_by", "merged_into")
    )
    if not least_sure_first:
        return found.order_by("start", "end", "id")
    waits = Case(When(state=StatementState.PROPOSED, then=0), default=1)
    return found.order_by(waits, "confidence", "start", "id")


def progress_of(document: Document) -> Progress:
    """How many of a document's statements are decided on."""
    counts = Statement.objects.filter(document=document).aggregate(
        n_all=Count("pk", filter=~Q(state=StatementState.SUPERSEDED)),
        n_left=Count("pk", filter=Q(state=StatementState.PROPOSED)),
    )
    return Progress(counts["n_all"] - counts["n_left"], counts["n_all"])


def next_document(by: Reader, after: Document | None = None) -> Document | None:
    """The document to review next: one with statements this person is to decide on, going round.

    The oldest comes first.
    Args:
        after: the document before it; never itself the answer.
    """
    proposed = statements_to_decide(by).filter(document=OuterRef("pk"))
    waiting = library_of(by).filter(Exists(proposed)).order_by("pk")
    if after is None:
        return waiting.first()
    return waiting.filter(pk__gt=after.pk).first() or waiting.filter(pk__lt=after.pk).first()


def merge_choices(statement: Statement) -> MergeChoices:
    """The statements a statement can be merged into: of the same document and kind, still standing.

    First the one that says most of the same, if it does; then those beside it in the text, which
    may be the other half of its sentence; then the most alike. The rest follows in text order.
    """
    same_kind = list(
        Statement.objects.filter(
            Q(state__in=LIVE) | Q(pk=statement.pk),
            document=statement.document_id,
            kind=statement.kind,
        ).order_by("start", "id")
    )
    at = next(i for i, one in enumerate(same_kind) if one.pk == statement.pk)
    beside = same_kind[max(0, at - _BESIDE) : at] + same_kind[at + 1 : at + 1 + _BESIDE]
    beside.sort(key=lambda one: max(one.start, statement.start) - min(one.end, statement.end))
    likeness = {one.pk: _likeness(statement, one) for one in same_kind if one.pk != statement.pk}
    ranked = sorted(
        (one for one in same_kind if one.pk != statement.pk), key=lambda one: -likeness[one.pk]
    )
    best = ranked[0] if ranked and likeness[ranked[0].pk] >= _THE_SAME else None
    only = ranked[0] if len(ranked) == 1 else None
    first = list(dict.fromkeys([*([best] if best else []), *beside, *ranked]))[:_OFFERED]
    rest = [one for one in ranked if one not in first]
    others = sorted(rest[:_LISTED], key=lambda one: (one.start, one.pk))
    return MergeChoices(
        first=first,
        others=others,
        beside=frozenset(one.pk for one in beside),
        likely=one.pk if (one := best or only) else None,
        n_more=len(rest) - len(others),
    )


def _likeness(one: Statement, other: Statement) -> float:
    """Share of the words of both that both have, 0..1."""
    words, others = set(one.folded.split()), set(other.folded.split())
    return 2 * len(words & others) / ((len(words) + len(others)) or 1)


def last_batch(document: Document) -> Batch | None:
    """The last batch of a document that can still be undone."""
    return (
        Batch.objects.filter(document=document, undone_at=None, n_statements__gt=0)
        .order_by("-pk")
        .first()
    )


def echoes_of(by: Reader, statements: Iterable[int]) -> list[tuple[int, Statement]]:
    """Where some task statements were said in other documents: (statement id, the other one).

    Proposals and confirmed ones, not those a person dismissed; the other one brings its document.
    """
    pks = set(statements)
    echoes = (
        Echo.objects.filter(Q(earlier__in=pks) | Q(later__in=pks))
        .filter(seen(by, "earlier__document"), seen(by, "later__document"))
        .exclude(state=EchoState.DISMISSED)
        .select_related("earlier__document", "later__document")
        .order_by("earlier__document__event_on", "pk")
    )
    found = []
    for echo in echoes:
        if echo.later_id in pks:
            found.append((echo.later_id, echo.earlier))
        if echo.earlier_id in pks:
            found.append((echo.earlier_id, echo.later))
    return found
