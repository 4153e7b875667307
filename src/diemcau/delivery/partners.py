"""With whom a commitment is, where its own words name nobody: the partner of what it is tied to."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from django.db.models import Exists, OuterRef, Q, QuerySet

from diemcau.delivery.among import rows_among
from diemcau.delivery.models import AgreementSide, Commitment
from diemcau.delivery.promises import named_partners, names_partner
from diemcau.documents.rules import Reader, seen
from diemcau.engagements.models import EventPartner

__all__ = ["Partners", "PartnersFrom", "partners_of", "tied_to_partner"]

PartnersFrom = Literal["", "event", "agreement"]


@dataclass(frozen=True, slots=True)
class Partners:
    """The partners of a commitment.

    Args:
        names: as written.
        of: what they are taken from; "" is the commitment's own words.
    """

    names: tuple[str, ...]
    of: PartnersFrom = ""


def partners_of(
    by: Reader, commitments: Sequence[Commitment], named: dict[int, list[str]]
) -> dict[int, Partners]:
    """The partners of commitments by id: those named, else of the visit or meeting each was made
    at, else the other sides of its agreement, where the person may see these.

    Args:
        named: by commitment, the names on the partner's side; "phía Bạn" is none.
    """
    silent = [one for one in commitments if not any(map(names_partner, named.get(one.pk, ())))]
    found = {one.pk: Partners(tuple(named.get(one.pk, ()))) for one in commitments}
    events = _by(_met(by), "event", {one.occasion_id for one in silent})
    for one in silent:
        if names := events.get(one.occasion_id):
            found[one.pk] = Partners(names, "event")
    left = [one for one in silent if not found[one.pk].of]
    texts = _by(_other_sides(by), "agreement", {one.agreement_id for one in left})
    for one in left:
        if names := texts.get(one.agreement_id):
            found[one.pk] = Partners(names, "agreement")
    return found


def _by(
    rows: QuerySet[EventPartner] | QuerySet[AgreementSide], of: str, wanted: set[int | None]
) -> dict[int | None, tuple[str, ...]]:
    """The names of some rows as written, by the id of what they belong to."""
    found: dict[int | None, list[str]] = defaultdict(list)
    ids = sorted(pk for pk in wanted if pk is not None)
    for row in rows_among(rows.order_by("pk"), ids, name=of):
        found[getattr(row, f"{of}_id")].append(row.as_written)
    return {pk: tuple(dict.fromkeys(names)) for pk, names in found.items()}


def tied_to_partner(by: Reader, ref: str) -> Q:
    """Tasks whose commitment has a partner from what it is tied to: `partners_of` as asked."""
    met, sides = _met(by), _other_sides(by)
    at_event = Q(occasion__in=met.filter(ref=ref).values("event"))
    in_text = Q(agreement__in=sides.filter(ref=ref).values("agreement"))
    tied = Commitment.objects.filter(
        ~Exists(named_partners().filter(commitment=OuterRef("pk"))),
        at_event | in_text & ~Q(occasion__in=met.values("event")),
    )
    return Q(pk__in=tied.values("task"))


def _met(by: Reader) -> QuerySet[EventPartner]:
    """The partners of visits and meetings a person may see."""
    return EventPartner.objects.filter(seen(by, "event__document"), event__withdrawn_at=None)


def _other_sides(by: Reader) -> QuerySet[AgreementSide]:
    """The other sides of agreements a person may see."""
    return AgreementSide.objects.filter(
        seen(by, "agreement__document"), agreement__withdrawn_at=None, is_ours=False
    )
