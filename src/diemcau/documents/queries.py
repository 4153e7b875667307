"""Which documents there are, with what was read in each and what was decided."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from diemcau.accounts.rules import Duty
from diemcau.documents.models import Document, Statement, StatementKind, StatementState
from diemcau.documents.rules import Reader, kept_for, library_of, seen
from vanban.letters import fold

__all__ = [
    *("SHOWN", "SORTS", "Cell", "Counts"),
    *("counts_of", "list_documents", "originals_of", "statements_to_decide"),
]

SHOWN = ("all", "to_review", "reviewed", "copies")
"""What the list can be narrowed to."""

SORTS = {
    "added": ["-added_at", "-pk"],
    "event": ["-event_on", "-pk"],
    "title": ["folded", "pk"],
    "left": ["-n_left", "-pk"],
}


@dataclass(frozen=True)
class Cell:
    """How many statements of one kind a document has, and how many are accepted."""

    label: str
    n: int
    n_accepted: int


@dataclass
class Counts:
    """Statements of a document by kind and by state, superseded ones left out."""

    by_kind: dict[str, int] = field(default_factory=lambda: dict.fromkeys(StatementKind.values, 0))
    accepted_by_kind: dict[str, int] = field(
        default_factory=lambda: dict.fromkeys(StatementKind.values, 0)
    )
    by_state: dict[str, int] = field(
        default_factory=lambda: dict.fromkeys(StatementState.values, 0)
    )

    @property
    def n_all(self) -> int:
        """All statements that still count."""
        return sum(self.by_kind.values())

    @property
    def n_left(self) -> int:
        """Statements nobody has decided on."""
        return self.by_state[StatementState.PROPOSED]

    @property
    def n_decided(self) -> int:
        """Statements somebody has decided on."""
        return self.n_all - self.n_left

    @property
    def cells(self) -> list[Cell]:
        """One cell per kind, in the order of the kinds."""
        return [
            Cell(str(kind.label), self.by_kind[kind], self.accepted_by_kind[kind])
            for kind in StatementKind
        ]


def list_documents(
    by: Reader, *, words: str = "", shown: str = "all", sort: str = "added"
) -> QuerySet[Document]:
    """The documents a person may see, filtered and sorted.

    Args:
        words: all of these stand in the title, file name or outlet, with or without marks.
        shown: one of `SHOWN`.
        sort: a key of `SORTS`.
    """
    documents = library_of(by)
    proposed = Statement.objects.filter(document=OuterRef("pk"), state=StatementState.PROPOSED)
    for word in fold(words).split():
        documents = documents.filter(folded__contains=word)
    if shown in ("to_review", "reviewed"):
        documents = documents.filter(
            Exists(proposed) if shown == "to_review" else ~Exists(proposed)
        )
    elif shown == "copies":
        documents = documents.exclude(near_copy_of=None).filter(seen(by, "near_copy_of"))
    if sort == "left":
        # Counted only where it orders: over all documents it is the one slow question here.
        n_left = proposed.order_by().values("document").annotate(n=Count("pk")).values("n")
        documents = documents.annotate(n_left=Coalesce(Subquery(n_left), 0))
    return documents.order_by(*SORTS[sort])


def statements_to_decide(by: Reader) -> QuerySet[Statement]:
    """What was read and waits for this person; what another body keeps, its people decide on."""
    return Statement.objects.filter(
        seen(by), kept_for(by, Duty.CONFIRM), state=StatementState.PROPOSED
    )


def originals_of(by: Reader, documents: Iterable[Document]) -> dict[int, Document]:
    """What some documents are near copies of, where a person may see it; by the copy's id."""
    copies = [d for d in documents if d.near_copy_of_id]
    if not copies:
        return {}
    wanted = {d.near_copy_of_id for d in copies}
    originals = Document.objects.filter(seen(by, "pk"), pk__in=wanted).in_bulk()
    return {d.pk: originals[d.near_copy_of_id] for d in copies if d.near_copy_of_id in originals}


def counts_of(documents: Iterable[Document]) -> dict[int, Counts]:
    """The statements of some documents by kind and state, in one query; by document id."""
    counts: dict[int, Counts] = defaultdict(Counts)
    rows = (
        Statement.objects.filter(document__in=[d.pk for d in documents])
        .exclude(state=StatementState.SUPERSEDED)
        .values_list("document", "kind", "state")
        .annotate(n=Count("pk"))
        .order_by()
    )
    for document, kind, state, n in rows:
        counts[document].by_kind[kind] += n
        counts[document].by_state[state] += n
        if state == StatementState.ACCEPTED:
            counts[document].accepted_by_kind[kind] += n
    return counts
