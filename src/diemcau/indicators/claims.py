"""A figure statement as a claim: the values its words allow, strictly and by the letter."""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from diemcau.indicators.amounts import read_amount
from diemcau.indicators.intervals import Interval
from vanban.letters import fold

__all__ = ["Claim", "Meeting", "exceeds", "meeting", "read_claim"]

_NUMERAL = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:[.,]\d+)?")
_SCALES = {"nghin": 3, "ngan": 3, "trieu": 6, "ty": 9, "ti": 9}
_SCALE = re.compile(r"\s*(nghin|ngan|trieu|ty|ti)\b", re.IGNORECASE)
_LETTER_BELOW = re.compile(r"\b(?:duoi|chua den|chua toi|khong den|khong qua|thap hon|it hon)\b")
_LETTER_ABOVE = re.compile(r"\b(?:vuot|moc|qua nguong)\b")

EXACT_UNITS = frozenset({"count", "people", "rank"})
"""Units that come in wholes: written out to the last unit, such a number is exact."""


@dataclass(frozen=True, slots=True)
class Claim:
    """The values one figure statement allows.

    Args:
        core: what its words usually mean: "gần 60" is 50 up to but not 60.
        wide: the furthest they can be stretched by the letter, or by rounding; includes `core`.
        unit: of both.
    """

    core: Interval
    wide: Interval
    unit: str

    def __post_init__(self) -> None:
        if not self.wide.includes(self.core):
            raise ValueError(f"{self.wide} does not include {self.core}")


class Meeting:
    """How far two claims can both hold."""

    AGREE, MILD, APART = "agree", "mild", "apart"


def meeting(left: Claim, right: Claim) -> str:
    """Whether two claims in the same unit can both hold.

    Symmetric; and widening a claim never makes two claims meet less.
    Returns:
        AGREE if their usual meanings share a value, MILD if only the letter of their words does,
        APART otherwise.
    """
    if left.core.meets(right.core):
        return Meeting.AGREE
    return Meeting.MILD if left.wide.meets(right.wide) else Meeting.APART


def exceeds(part: Claim, whole: Claim) -> bool:
    """Whether every value the one allows, even by the letter, is more than any the other does."""
    low, high = part.wide.low, whole.wide.high
    return low is not None and high is not None and low > high


def read_claim(values: dict[str, Any]) -> Claim | None:
    """Read a figure's values, bound word and written digits as a claim.

    The rules, each of which the page prints in words:
    an exact word ("đạt") gives the rounding of the digits written, 31,2 % is 31,15 to 31,25, and
    nothing at all for wholes such as 253 agreements; "hơn" and "gần" reach one step of the last
    digit that is not zero, at most a fifth of the number, and by the letter further; "khoảng" and
    "ước" half such a step, at least 2 %, and by the letter one step, at least 5 %; "từ" and
    "không quá" have no other end.
    Args:
        values: a figure as `eval/SCHEMA.md` has it: value, value_high, unit, bound, quote.
    Returns:
        The claim; None if there is no number, or none its words can mean ("gần 0").
    """
    value = read_amount(values.get("value"))
    if value is None:
        return None
    unit = values.get("unit") or "count"
    quote = fold(values.get("quote") or "")
    rounding = _rounding(value, unit, quote)
    try:
        core, wide = _allowed(value, values, rounding, quote)
        if unit != "percent" and value >= 0:
            # Counts and amounts do not fall below nothing.
            core, wide = _from_zero(core), _from_zero(wide)
        return Claim(core, wide, unit)
    except ValueError:
        return None


def _allowed(
    value: Decimal, values: dict[str, Any], rounding: tuple[Decimal, Decimal], quote: str
) -> tuple[Interval, Interval]:
    near = _step(value)
    size = abs(value)
    match values.get("bound") or "eq":
        case "gt" if _LETTER_ABOVE.search(quote):
            return (Interval(value, None, True),) * 2
        case "gt":
            return Interval(value, value + near, True), Interval(value, None)
        case "ge":
            return (Interval(value, None),) * 2
        case "lt" if _LETTER_BELOW.search(quote):
            return (Interval(None, value, False, True),) * 2
        case "lt":
            return Interval(value - near, value, False, True), Interval(value - 2 * near, value)
        case "le":
            return (Interval(None, value),) * 2
        case "approx":
            half = max(near / 2, size * Decimal("0.02"), rounding[0])
            whole = max(near, size * Decimal("0.05"), rounding[1])
            return _around(value, half), _around(value, whole)
        case "range":
            high = read_amount(values.get("value_high"))
            if high is None or high < value:
                high = value
            return Interval(value, high), Interval(value - rounding[1], high + rounding[1])
        case _:
            half, whole = rounding
            # Open above: 31,25 is written 31,3.
            core = Interval(value - half, value + half, False, half > 0)
            return core, _around(value, whole)


def _around(value: Decimal, reach: Decimal) -> Interval:
    return Interval(value - reach, value + reach)


def _from_zero(interval: Interval) -> Interval:
    if interval.low is not None and interval.low >= 0:
        return interval
    return Interval(Decimal(0), interval.high, False, interval.high_open)


def _step(value: Decimal) -> Decimal:
    """One unit of the last digit that is not zero (10 for 170), at most a fifth of the value."""
    if not value:
        return Decimal(1)
    place = Decimal(1).scaleb(int(value.normalize().as_tuple().exponent))
    return min(place, abs(value) / 5)


def _rounding(value: Decimal, unit: str, quote: str) -> tuple[Decimal, Decimal]:
    """How far the digits written leave the number open: as usual, and at the most."""
    if unit == "ratio" and value == value.to_integral_value():
        # "gấp đôi": a whole multiple in words stands for the nearest half.
        return Decimal("0.25"), Decimal("0.5")
    digit, scaled = _last_digit(value, quote)
    if unit in EXACT_UNITS and not scaled and value == value.to_integral_value():
        return Decimal(0), Decimal(0)
    if digit is None:
        if unit not in ("percent", "ratio"):
            return Decimal(0), Decimal(0)
        digit = Decimal(1).scaleb(min(0, int(value.as_tuple().exponent)))
    return digit / 2, digit / 2


def _last_digit(value: Decimal, quote: str) -> tuple[Decimal | None, bool]:
    """The unit of the last digit written, and whether a scale word follows ("3,2 tỷ": 10^8)."""
    for match in _NUMERAL.finditer(quote):
        digits = match[0]
        if "," in digits:
            digits = digits.replace(".", "").replace(",", ".")
        elif re.fullmatch(r"\d{1,3}(?:\.\d{3})+", digits):
            digits = digits.replace(".", "")
        power, at = 0, match.end()
        while scale := _SCALE.match(quote, at):
            power += _SCALES[scale[1].lower()]
            at = scale.end()
        written = Decimal(digits)
        if written.scaleb(power) == value:
            return Decimal(1).scaleb(int(written.as_tuple().exponent) + power), power > 0
    return None, False
