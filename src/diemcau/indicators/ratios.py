"""Whether a ratio ("gấp đôi năm 2024", "tăng 31,2%") fits its figure and the figure of its base."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from diemcau.indicators.changes import change_of, read_moved
from diemcau.indicators.claims import Claim
from diemcau.indicators.intervals import Interval

__all__ = ["Fit", "RatioFit", "fit_ratio"]


class Fit:
    """How a ratio sits with its two figures."""

    FITS, BARELY, MISFIT = "fits", "barely", "misfit"


@dataclass(frozen=True, slots=True)
class RatioFit:
    """The verdict on a ratio, and its arithmetic as plain JSON.

    Args:
        verdict: FITS if the usual meanings allow it, BARELY if only the letter of the words or
            the rounding does, MISFIT if nothing does.
        arithmetic: intervals of the own figure, the base, the ratio claimed, the ratio possible,
            and the base the ratio implies.
    """

    verdict: str
    arithmetic: dict[str, Any]


def fit_ratio(values: dict[str, Any], *, own: Claim, base: Claim) -> RatioFit | None:
    """Hold a claimed ratio against the figure it qualifies and the figure of its base.

    Args:
        values: the ratio's own values: value, unit "ratio" (times) or "percent" (change), quote,
            what.
        own: the figure the ratio is said of.
        base: the figure of the period it is measured against, in the same unit.
    Returns:
        The fit; None if the ratio has no number, or a base of nothing, so that it means nothing.
    """
    claimed = _claimed(values)
    if claimed is None:
        return None
    usual, widest = own.core.over(base.core), own.wide.over(base.wide)
    if usual is None or widest is None:
        return None
    if claimed.core.meets(usual):
        verdict = Fit.FITS
    elif claimed.wide.meets(widest):
        verdict = Fit.BARELY
    else:
        verdict = Fit.MISFIT
    implied = own.core.over(claimed.core) if claimed.core.low and claimed.core.low > 0 else None
    point = own.core.over(Interval.point(_point(values))) if _point(values) > 0 else None
    return RatioFit(
        verdict,
        {
            "kind": "ratio",
            "unit": own.unit,
            "left": {"core": own.core.to_json(), "wide": own.wide.to_json()},
            "right": {"core": base.core.to_json(), "wide": base.wide.to_json()},
            "claimed": {"core": claimed.core.to_json(), "wide": claimed.wide.to_json()},
            "possible": {"core": usual.to_json(), "wide": widest.to_json()},
            "implied": implied.to_json() if implied else None,
            "implied_point": point.to_json() if point else None,
        },
    )


def _claimed(values: dict[str, Any]) -> Claim | None:
    """The claim of a ratio as a multiple of its base: up 31,2 % is 1,312 times."""
    claim = read_moved(values)
    if claim is None or claim.unit != "percent":
        return claim
    return Claim(_multiple(claim.core), _multiple(claim.wide), "ratio")


def _multiple(percent: Interval) -> Interval:
    return percent.scale(Decimal("0.01")).shift(Decimal(1))


def _point(values: dict[str, Any]) -> Decimal:
    """The ratio as a single multiple, the one its number names."""
    value = Decimal(str(values["value"]))
    if (values.get("unit") or "") != "percent":
        return value
    part = value / 100
    match change_of(values):
        case "down":
            return 1 - part
        case "level":
            return part
    return 1 + part
