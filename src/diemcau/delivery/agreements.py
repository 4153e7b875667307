"""Reads of agreements: the register, the stage of each on a day, and those that look the same."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Case, Count, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from diemcau.delivery.models import Agreement, AgreementSide, AgreementStage, Commitment, Stage
from diemcau.documents.rules import Reader, seen
from vanban.letters import fold

__all__ = [
    "ORDER",
    "UNKNOWN_STAGE",
    "AgreementFilter",
    "SideStage",
    "StageOn",
    "count_stages",
    "list_agreements",
    "stage_on",
    "twins_of",
    "without_commitment",
]

EXPIRING_DAYS = 180
"""An agreement whose last day is at most so many days away asks what comes after it."""

UNKNOWN_STAGE = "unknown"
"""Asks for, and counts, the agreements of which nothing was known by the day."""

ORDER = (
    *(Stage.DRAFT, Stage.SIGNED, Stage.APPROVED, Stage.IN_FORCE),
    *(Stage.EXPIRED, Stage.REPLACED),
)
_SINCE_RECORDED = (Stage.DRAFT, Stage.REPLACED)
"""Stages that, without a day of their own, hold from the day somebody recorded them."""


@dataclass(frozen=True, slots=True)
class AgreementFilter:
    """What a person asked the register of agreements for; an empty field asks nothing.

    Args:
        unfollowed: signed by the day, and no commitment is recorded in it.
    """

    stage: str = ""
    partner: str = ""
    body: str = ""
    level: str = ""
    year: int | None = None
    expiring: bool = False
    unfollowed: bool = False
    words: str = ""


def list_agreements(
    by: Reader, asked: AgreementFilter | None = None, *, on: dt.date
) -> QuerySet[Agreement]:
    """The agreements that stand and that a person may see, the latest signed first.

    Annotations: `n_commitments`, those a person may see.
    """
    asked = asked or AgreementFilter()
    rows = Agreement.objects.filter(seen(by), withdrawn_at=None)
    if asked.partner:
        rows = rows.filter(sides__in=AgreementSide.objects.filter(ref=asked.partner, is_ours=False))
    if asked.body:
        rows = rows.filter(sides__in=AgreementSide.objects.filter(ref=asked.body, is_ours=True))
    if asked.level:
        rows = rows.filter(level=asked.level)
    if asked.year is not None:
        rows = rows.filter(signed_on__year=asked.year)
    if asked.expiring:
        rows = rows.filter(_ends_soon(on))
    if asked.unfollowed:
        rows = rows.filter(without_commitment(on))
    if asked.stage:
        rows = rows.filter(_at_stage(asked.stage, on))
    for word in fold(asked.words).split():
        rows = rows.filter(folded__contains=word)
    standing = Q(commitments__task__withdrawn_at=None) & seen(by, "commitments__task__document")
    return rows.annotate(
        n_commitments=Count("commitments", filter=standing, distinct=True)
    ).order_by(F("signed_on").desc(nulls_last=True), "-pk")


def count_stages(by: Reader, *, on: dt.date) -> dict[str, int]:
    """How many agreements a person may see are at each stage or at none that is known, which add
    up; and `expiring`, `unfollowed`."""
    rows = Agreement.objects.filter(seen(by), withdrawn_at=None)
    names = (*Stage.values, UNKNOWN_STAGE)
    counts = {name: Count("pk", filter=_at_stage(name, on)) for name in names}
    return rows.aggregate(
        **counts,
        expiring=Count("pk", filter=_ends_soon(on)),
        unfollowed=Count("pk", filter=without_commitment(on)),
    )


def without_commitment(on: dt.date) -> Q:
    """Agreements signed by a day in which no commitment to follow is recorded."""
    made = Commitment.objects.filter(task__withdrawn_at=None).exclude(agreement=None)
    return Q(signed_on__lte=on) & ~Q(pk__in=made.values("agreement"))


def _ends_soon(on: dt.date) -> Q:
    soon = on + dt.timedelta(days=EXPIRING_DAYS)
    return Q(valid_to__range=(on, soon)) & ~_replaced(on)


def _replaced(on: dt.date) -> Q:
    rows = _by_then(on).filter(stage=Stage.REPLACED)
    return Q(replaced_by__isnull=False, pk__in=rows.values("agreement"))


def _at_stage(stage: str, on: dt.date) -> Q:
    """The rule of `stage_on`, for a list; an agreement in force for some sides counts as signed."""
    replaced = _replaced(on)
    if stage == Stage.REPLACED:
        return replaced
    over = Q(valid_to__lt=on) & ~Q(renews_itself=True)
    ended = over | _whole(Stage.EXPIRED, on) | _each_side(on, Stage.EXPIRED)
    if stage == Stage.EXPIRED:
        return ended & ~replaced
    gone = ended | replaced
    force = _whole(Stage.IN_FORCE, on) | _each_side(on, Stage.IN_FORCE)
    if stage == Stage.IN_FORCE:
        return force & ~gone
    approved = _whole(Stage.APPROVED, on) | _each_side(on, Stage.APPROVED, Stage.IN_FORCE)
    if stage == Stage.APPROVED:
        return approved & ~force & ~gone
    signed = _whole(Stage.SIGNED, on) | Q(signed_on__lte=on) | _each_side(on)
    if stage == Stage.SIGNED:
        return signed & ~approved & ~force & ~gone
    told = Q(pk__in=_by_then(on).values("agreement"))
    early = ~signed & ~approved & ~force & ~gone
    return early & told if stage == Stage.DRAFT else early & ~told


def _by_then(on: dt.date) -> QuerySet[AgreementStage]:
    """The stages reached by a day and not taken back, as `_since` tells the day of each."""
    signed = Q(agreement__signed_on=None) | Q(agreement__signed_on__lte=on)
    undated = Q(stage__in=_SINCE_RECORDED, at__date__lte=on) | (
        ~Q(stage__in=_SINCE_RECORDED) & signed
    )
    return AgreementStage.objects.filter(Q(on__lte=on) | Q(undated, on=None), taken_back_at=None)


def _whole(stage: Stage, on: dt.date) -> Q:
    rows = _by_then(on).filter(side=None, stage=stage)
    return Q(pk__in=rows.values("agreement"))


def _each_side(on: dt.date, *stages: Stage) -> Q:
    """The latest stage of every side is one of these; without any, every side is past the draft."""
    order = Case(*(When(stage=one, then=Value(n)) for n, one in enumerate(ORDER)))
    rows = _by_then(on).filter(side=OuterRef("pk")).annotate(at_step=order)
    last = rows.order_by(F("on").desc(nulls_last=True), "-at_step", "-pk").values("stage")[:1]
    sides = AgreementSide.objects.annotate(last=Coalesce(Subquery(last), Value("")))
    none = ("", Stage.DRAFT)
    others = sides.exclude(last__in=stages) if stages else sides.filter(last__in=none)
    return Q(pk__in=sides.values("agreement")) & ~Q(pk__in=others.values("agreement"))


@dataclass(frozen=True, slots=True)
class SideStage:
    """The latest stage one side reached by a day.

    Args:
        side: None is the whole, where sources do not tell the sides apart.
        row: None if nothing is known of it.
        whole: the latest of the whole, recorded without telling the sides apart.
    """

    side: AgreementSide | None
    row: AgreementStage | None
    whole: AgreementStage | None = None

    @property
    def shown(self) -> AgreementStage | None:
        """What holds for the side: its own stage, or the whole's where that came later."""
        return _latest(one for one in (self.row, self.whole) if one is not None)


@dataclass(frozen=True, slots=True)
class StageOn:
    """Where an agreement is in its life on a day.

    Args:
        stage: of the whole; None if nothing was known of it by the day.
        sides: the stage of each side.
        n_in_force: sides for which it is in force.
    """

    stage: Stage | None
    sides: tuple[SideStage, ...]
    n_in_force: int


def stage_on(agreement: Agreement, *, on: dt.date) -> StageOn:
    """The stage of an agreement on a day, for the whole and for each side.

    Source: the fourteen cases of the field: signed is not in force, and in force for 21 of 27 sides
    is not in force. A day nobody knows counts as past, though never before the day of signing; a
    draft and what was replaced without a day are that from the day it was recorded.
    Args:
        agreement: with `sides` and `stages` at hand.
    """
    rows = [
        one
        for one in agreement.stages.all()
        if one.taken_back_at is None and _since(one, agreement) <= on
    ]
    of_whole = _latest(one for one in rows if one.side_id is None)
    sides = [
        SideStage(side, _latest(one for one in rows if one.side_id == side.pk), of_whole)
        for side in agreement.sides.all()
    ]
    n_in_force = sum(one.row is not None and one.row.stage == Stage.IN_FORCE for one in sides)
    return StageOn(_of_whole(agreement, rows, sides, on), tuple(sides), n_in_force)


def _of_whole(
    agreement: Agreement, rows: list[AgreementStage], sides: list[SideStage], on: dt.date
) -> Stage | None:
    """The stage of the whole, from the rows that count by the day."""
    whole = {one.stage for one in rows if one.side_id is None}
    each = {one.row.stage if one.row is not None else "" for one in sides}
    if agreement.replaced_by_id is not None and any(one.stage == Stage.REPLACED for one in rows):
        return Stage.REPLACED
    over = agreement.valid_to and agreement.valid_to < on and not agreement.renews_itself
    if over or Stage.EXPIRED in whole or each == {Stage.EXPIRED}:
        return Stage.EXPIRED
    if Stage.IN_FORCE in whole or each == {Stage.IN_FORCE}:
        return Stage.IN_FORCE
    if Stage.APPROVED in whole or (each and each <= {Stage.APPROVED, Stage.IN_FORCE}):
        return Stage.APPROVED
    signed = agreement.signed_on is not None and agreement.signed_on <= on
    if signed or Stage.SIGNED in whole or (each and not each & {"", Stage.DRAFT}):
        return Stage.SIGNED
    return Stage.DRAFT if rows else None


def _since(row: AgreementStage, agreement: Agreement) -> dt.date:
    if row.on is None and row.stage in _SINCE_RECORDED:
        return timezone.localdate(row.at)
    return row.on or agreement.signed_on or dt.date.min


def _latest(rows: Iterable[AgreementStage]) -> AgreementStage | None:
    return max(
        rows,
        key=lambda one: (one.on or dt.date.min, ORDER.index(Stage(one.stage)), one.pk),
        default=None,
    )


def twins_of(by: Reader, agreement: Agreement, partners: set[str]) -> list[Agreement]:
    """Agreements of the same title, or of the same partner and day, that a person may see.

    One text told of by a ministry, an embassy and a newspaper is one agreement.
    """
    rows = Agreement.objects.filter(seen(by), withdrawn_at=None)
    words = fold(agreement.title)
    same = [
        one
        for one in rows.filter(folded__startswith=words[:80]).exclude(pk=agreement.pk)[:20]
        if fold(one.title) == words
        and (one.signed_on == agreement.signed_on or None in (one.signed_on, agreement.signed_on))
    ]
    if agreement.number:
        sides = AgreementSide.objects.filter(ref__in=partners).values("agreement")
        same += rows.filter(number__iexact=agreement.number, pk__in=sides).exclude(
            pk__in=[agreement.pk, *(one.pk for one in same)]
        )[:5]
    return same
