"""Entries about what rests on documents a reader of the log may not see: that they are, no more.

What an entry says beside its action can be words of the document: a title, a reason, evidence. Who
may not see the document is told who did what and when, and nothing else of it, and finds the entry
by nothing else.
"""

from collections.abc import Iterable, Iterator
from itertools import islice

from django.apps import apps
from django.db.models import CharField, Q
from django.db.models.functions import Cast

from diemcau.accounts.models import User
from diemcau.audit.models import AuditEntry
from diemcau.documents.models import Document
from diemcau.documents.rules import seen

__all__ = ["hidden_among", "hidden_from", "with_hidden"]

_RESTS_ON = {
    "delivery.agreement": ("document",),
    "delivery.echo": ("earlier__document", "later__document"),
    "delivery.instrument": ("document", "statement__document"),
    "delivery.task": ("document",),
    "documents.document": ("pk",),
    "documents.statement": ("document",),
    "engagements.event": ("document",),
    "exchange.taskimport": ("document",),
    "indicators.comparison": ("left__document", "right__document"),
    "review.batch": ("document",),
    "urging.reminder": ("items__task__document",),
}
"""The ways from a target to its documents, by `AuditEntry.target_type`."""
_AT_ONCE = 2000


def hidden_from(person: User) -> Q | None:
    """The entries of which a person is told no more than that they are; None if there are none."""
    shown = seen(person, "pk")
    if not shown or not Document.objects.exclude(shown).exists():
        return None
    hidden = Q()
    for target_type, paths in _RESTS_ON.items():
        shown = Q()
        for path in paths:
            shown &= seen(person, path)
        rows = apps.get_model(target_type)._default_manager.exclude(shown)
        ids = rows.order_by().values_list(Cast("pk", CharField()), flat=True)
        hidden |= Q(target_type=target_type, target_id__in=ids)
    return hidden


def hidden_among(entries: Iterable[AuditEntry], hidden: Q | None) -> set[int]:
    """The ids of those among some entries that are hidden."""
    if hidden is None:
        return set()
    wanted = AuditEntry.objects.filter(hidden, pk__in=[one.pk for one in entries])
    return set(wanted.order_by().values_list("pk", flat=True))


def with_hidden(
    entries: Iterator[AuditEntry], hidden: Q | None
) -> Iterator[tuple[AuditEntry, bool]]:
    """Each entry with whether it is hidden, asked for some thousand at once."""
    while some := list(islice(entries, _AT_ONCE)):
        among = hidden_among(some, hidden)
        yield from ((one, one.pk in among) for one in some)
