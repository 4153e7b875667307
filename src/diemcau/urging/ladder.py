"""Which step of a rule is next: a ladder climbed one audience at a time, with grace between."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

__all__ = ["Rung", "Sent", "next_rung"]


@dataclass(frozen=True, slots=True)
class Rung:
    """One step of a rule.

    Args:
        number: from 1.
        days: after the day the rule counts from; before it, for a rule that counts down.
        to: who hears of it, an `Audience`.
    """

    number: int
    days: int
    to: str


@dataclass(frozen=True, slots=True)
class Sent:
    """A step that was sent."""

    number: int
    on: dt.date


def next_rung(
    rungs: Sequence[Rung],
    sent: Sequence[Sent],
    *,
    anchor: dt.date,
    on: dt.date,
    counts_down: bool = False,
    again: int = 0,
) -> tuple[Rung, dt.date] | None:
    """The step to send on a day, and the day it fell due; None if nothing is to be sent.

    Counting down, the last step whose day has come. Counting up, the furthest step that has the
    audience of the first one not sent: who is above hears only when those below have had the days
    between the two steps since they heard, whatever time was missed.
    Args:
        rungs: in their order.
        sent: what was sent of this rule, for this item, from this anchor.
        anchor: the day counted from.
        again: days after which the last step is sent again; 0 never.
    """
    highest = max((one.number for one in sent), default=0)
    if counts_down:
        come = [r for r in rungs if on >= anchor - dt.timedelta(days=r.days)]
        if on > anchor or not come or come[-1].number <= highest:
            return None
        return come[-1], anchor - dt.timedelta(days=come[-1].days)
    left = [r for r in rungs if r.number > highest]
    last_on = max((one.on for one in sent), default=None)
    if not left:
        if not again or last_on is None or (on - last_on).days < again:
            return None
        return rungs[-1], on
    come = [r for r in left if r.to == left[0].to and on >= anchor + dt.timedelta(days=r.days)]
    if not come:
        return None
    before = next((r for r in rungs if r.number == highest), None)
    is_higher = before is not None and before.to != come[0].to
    if before and is_higher and last_on and (on - last_on).days < come[0].days - before.days:
        return None
    return come[-1], anchor + dt.timedelta(days=come[-1].days)
