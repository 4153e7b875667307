"""Which stage of an agreement can follow which: what cannot have been is not recorded."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from diemcau.delivery.agreements import ORDER
from diemcau.delivery.models import Agreement, AgreementStage, Stage
from diemcau.delivery.refusals import Refused
from diemcau.indicators.days import say_day

__all__ = ["refuse_out_of_order"]

_ENDS = (Stage.EXPIRED, Stage.REPLACED)
"""Either ends the whole; a text that was replaced may still run out, before that day or after."""


@dataclass(frozen=True, slots=True)
class _Reached:
    stage: Stage
    on: dt.date
    side: int | None


def refuse_out_of_order(
    agreement: Agreement, *, stage: Stage, side: int | None, on: dt.date | None
) -> None:
    """Refuse a stage whose day does not go with the days of those recorded before.

    Only days that are known are held against each other. Each side has its own life: one joins what
    is in force for others, and one leaves before others do; yet none is bound before the signing,
    and none goes back to a draft or lives on once the whole has ended.
    Args:
        side: id of the side; None for the whole.
        on: the day it was reached; None where nobody knows.
    Raises:
        Refused: names both stages and their days.
    """
    if on is None:
        return
    new = _Reached(stage, on, side)
    for other in _recorded(agreement):
        early, late = sorted((new, other), key=lambda one: ORDER.index(one.stage))
        if not _bound(early, late):
            continue
        if early.on > late.on:
            raise Refused(
                _(
                    "“%(late)s” on %(late_day)s cannot come before “%(early)s” on %(early_day)s."
                    " Check the day; if what was recorded is wrong, take that stage back first."
                )
                % _said(early, late)
            )
        if early.on == late.on and early.stage == Stage.IN_FORCE and late.stage in _ENDS:
            raise Refused(
                _(
                    "“%(early)s” and “%(late)s” cannot both be of %(early_day)s. Check the day; if"
                    " what was recorded is wrong, take that stage back first."
                )
                % _said(early, late)
            )


def _recorded(agreement: Agreement) -> Iterable[_Reached]:
    """The dated stages that stand, and the day of signing the agreement itself tells."""
    if agreement.signed_on is not None:
        yield _Reached(Stage.SIGNED, agreement.signed_on, None)
    rows = AgreementStage.objects.filter(agreement=agreement, taken_back_at=None)
    for row in rows.exclude(on=None):
        yield _Reached(Stage(row.stage), row.on, row.side_id)


def _bound(early: _Reached, late: _Reached) -> bool:
    """Whether the one has to come first."""
    if early.stage == late.stage or early.stage in _ENDS:
        return False
    if early.side == late.side:
        return True
    if early.side is not None and late.side is not None:
        return False
    of_whole = early if early.side is None else late
    return early.stage == Stage.DRAFT or of_whole.stage in (Stage.SIGNED, *_ENDS)


def _said(early: _Reached, late: _Reached) -> dict[str, str]:
    return {
        "early": str(early.stage.label),
        "late": str(late.stage.label),
        "early_day": say_day(early.on),
        "late_day": say_day(late.on),
    }
