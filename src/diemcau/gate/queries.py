"""What waits at the gate, and which papers there are."""

from dataclasses import dataclass

from django.db.models import QuerySet

from diemcau.accounts.models import User
from diemcau.accounts.rules import can_add_documents
from diemcau.gate.models import Decision, HeldFile, HeldState, PaperRecord, Stop
from diemcau.gate.rules import can_decide_held, seen_stops
from vanban.letters import fold

__all__ = ["Waiting", "list_papers", "waiting_for"]


@dataclass(frozen=True)
class Waiting:
    """How many of each there are for a person; None where they may not look."""

    n_stops: int | None
    n_held: int | None
    n_papers: int


def waiting_for(person: User) -> Waiting:
    """What the person finds beside the list of documents."""
    stops = Stop.objects.filter(seen_stops(person), decision=Decision.WAITING)
    held = HeldFile.objects.filter(state=HeldState.HELD)
    return Waiting(
        n_stops=stops.count() if can_add_documents(person) else None,
        n_held=held.count() if can_decide_held(person) else None,
        n_papers=PaperRecord.objects.count(),
    )


def list_papers(*, words: str = "") -> QuerySet[PaperRecord]:
    """The paper records, newest first.

    Args:
        words: all of these stand in the number or the issuer, with or without marks.
    """
    papers = PaperRecord.objects.select_related("added_by")
    for word in fold(words).split():
        papers = papers.filter(folded__contains=word)
    return papers
