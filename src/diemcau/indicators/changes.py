"""Which way a figure says that something moved, and the claim that makes of it.

The value is kept as the text writes it; a fall of 8,1 % and a rise of 8,1 % are no more alike than
"bằng 96,5%" of last year and "tăng 96,5%".
"""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Literal

from diemcau.indicators.claims import Claim, read_claim
from diemcau.indicators.intervals import Interval
from vanban.letters import fold

__all__ = ["change_of", "read_moved"]

Change = Literal["up", "down", "level"]

_DOWN = re.compile(r"\b(?:giam|thap hon|sut)\b")
_UP = re.compile(r"\b(?:tang|vuot|cao hon|hon)\b")
_EQUAL = re.compile(r"\b(?:bang|dat)\b")
_HELD_AGAINST = ("yoy", "vs_period", "vs_plan")


def change_of(values: Mapping[str, Any]) -> Change | None:
    """Whether a figure is by how much something rose or fell, or what it comes to of its base.

    What the reader or a person said; of figures read before the reader told it, what the quote
    and the name of what is measured say of a percentage.
    Args:
        values: of a figure statement.
    Returns:
        None where nothing moved: an amount, a share.
    """
    if "change" in values:
        return values["change"] or None
    kind = (values.get("compares") or {}).get("kind")
    grows = kind in _HELD_AGAINST or str(values.get("measure")).endswith("_growth")
    if values.get("unit") != "percent" or not grows:
        return None
    words = fold(f"{values.get('quote') or ''} {values.get('what') or ''}")
    if _DOWN.search(words):
        return "down"
    if _UP.search(words):
        return "up"
    return "level" if kind in _HELD_AGAINST and _EQUAL.search(words) else None


def read_moved(values: Mapping[str, Any]) -> Claim | None:
    """The claim of a figure, of a percentage as the change it tells: down 8,1 % is -8,1.

    Args:
        values: of a figure statement.
    Returns:
        The claim; None if there is no number, or none its words can mean.
    """
    claim = read_claim(dict(values))
    change = change_of(values)
    if claim is None or claim.unit != "percent" or change in (None, "up"):
        return claim
    return Claim(_moved(claim.core, change), _moved(claim.wide, change), claim.unit)


def _moved(percent: Interval, change: Change | None) -> Interval:
    if change == "down":
        return percent.scale(Decimal(-1))
    return percent.shift(Decimal(-100))
