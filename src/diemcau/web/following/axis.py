"""The deadlines of a task on one line of time: each that held, each asked for, and today."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from diemcau.delivery.models import Task
from diemcau.delivery.timeline import Entry

__all__ = ["Axis", "Mark", "axis_of"]

_WIDTH = 640
_LEFT, _RIGHT = 44, _WIDTH - 44
_ROW = 26
_TOP = 22


@dataclass(frozen=True, slots=True)
class Mark:
    """One deadline on the line.

    Args:
        x: where its last day stands.
        y: its row's height.
        day: its last day.
        state: "first", or of `SlipState`.
        before: where the deadline it moved from stands; None for the first.
    """

    x: float
    y: int
    day: dt.date
    state: str
    before: float | None = None


@dataclass(frozen=True, slots=True)
class Axis:
    """The drawing: its size, its marks, where today and the given and delivered days stand."""

    width: int
    height: int
    left: int
    right: int
    base: int
    marks: Sequence[Mark]
    today: float
    begun: tuple[float, dt.date] | None
    delivered: tuple[float, dt.date] | None


def axis_of(task: Task, slips: Sequence[Entry], *, on: dt.date) -> Axis | None:
    """The line of a task whose deadline somebody asked to move; None if nobody did.

    Args:
        slips: the entries of new deadlines, oldest first.
    """
    if not slips:
        return None
    first = slips[0].x
    days = [day for one in slips for day in (one.x, one.y) if day is not None]
    begun, delivered = task.said_on, task.delivered_on
    whole = [*days, on, *(day for day in (begun, delivered) if day is not None)]
    low, high = min(whole), max(whole)
    span = max((high - low).days, 1)

    def at(day: dt.date) -> float:
        return round(_LEFT + (_RIGHT - _LEFT) * (day - low).days / span, 1)

    marks = []
    y = _TOP
    if first is not None:
        marks.append(Mark(at(first), y, first, "first"))
        y += _ROW
    for one in slips:
        assert one.y is not None
        marks.append(Mark(at(one.y), y, one.y, one.e, None if one.x is None else at(one.x)))
        y += _ROW
    return Axis(
        width=_WIDTH,
        height=y + 26,
        left=_LEFT,
        right=_RIGHT,
        base=y,
        marks=marks,
        today=at(on),
        begun=(at(begun), begun) if begun else None,
        delivered=(at(delivered), delivered) if delivered else None,
    )
