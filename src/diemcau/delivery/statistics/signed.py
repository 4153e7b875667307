"""The agreements of a reporting period: those signed in it, or that reached a stage in it.

A signed text is no commitment: what it obliges to is followed only where somebody recorded a
commitment in it. A report on both says the texts beside, so that none is left out without a word.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Prefetch, Q, QuerySet, prefetch_related_objects

from diemcau.delivery.agreements import AgreementFilter, StageOn, list_agreements, stage_on
from diemcau.delivery.models import Agreement, AgreementSide, AgreementStage, Nature, Stage
from diemcau.delivery.narrowing import TaskFilter
from diemcau.delivery.periods import Span
from diemcau.directory.reach import reached_refs
from diemcau.documents.rules import Reader

__all__ = ["SignedText", "signed_in", "tell_signed"]


@dataclass(frozen=True, slots=True)
class SignedText:
    """One agreement of a period.

    Args:
        life: its stage on the day of the report.
        moves: the stages it reached in the period, the first one first; without the signing.
        n_commitments: those recorded in it that the person may see.
    """

    agreement: Agreement
    life: StageOn
    moves: tuple[AgreementStage, ...]
    n_commitments: int


def signed_in(by: Reader, asked: TaskFilter, span: Span, *, on: dt.date) -> QuerySet[Agreement]:
    """The agreements a person may see that were signed or moved in a period, the latest first.

    A report on orders alone has none beside it.
    Args:
        asked: what the report is narrowed to; of it hold for texts the nature, the body, one of
            whose reach is a side, the partner, the document and the words.
        on: the day the report is told for; what came later is not told.
    """
    days = _days(span, on)
    moved = AgreementStage.objects.filter(on__range=days, taken_back_at=None)
    found = list_agreements(by, AgreementFilter(partner=asked.partner, words=asked.words), on=on)
    found = found.filter(Q(signed_on__range=days) | Q(pk__in=moved.values("agreement")))
    if asked.nature not in ("", Nature.COMMITMENT, Nature.AGREEMENT):
        found = found.none()
    if asked.body:
        refs = {asked.body} if asked.alone else reached_refs(asked.body)
        ours = AgreementSide.objects.filter(is_ours=True, ref__in=refs)
        found = found.filter(pk__in=ours.values("agreement"))
    if asked.document is not None:
        found = found.filter(document=asked.document)
    return found


def tell_signed(found: Iterable[Agreement], span: Span, *, on: dt.date) -> list[SignedText]:
    """What a report tells of agreements of `signed_in`, in their order."""
    rows, days = list(found), _days(span, on)
    stages = Prefetch("stages", AgreementStage.objects.select_related("side"))
    prefetch_related_objects(rows, "sides", stages)
    return [
        SignedText(row, stage_on(row, on=on), _moves(row, days), row.n_commitments) for row in rows
    ]


def _days(span: Span, on: dt.date) -> tuple[dt.date, dt.date]:
    return span.first, min(span.last, on)


def _moves(row: Agreement, days: tuple[dt.date, dt.date]) -> tuple[AgreementStage, ...]:
    first, last = days
    return tuple(
        one
        for one in row.stages.all()
        if one.taken_back_at is None
        and one.on is not None
        and first <= one.on <= last
        and (one.stage != Stage.SIGNED or one.on != row.signed_on)
    )
