"""Intervals of exact decimals: what values a claim allows, and their arithmetic."""

from dataclasses import dataclass
from decimal import Decimal, localcontext

__all__ = ["Interval"]

_DIGITS = 50
"""Working precision of quotients, the only results that may not be exact."""


@dataclass(frozen=True, slots=True)
class Interval:
    """Numbers between two ends; an end may be missing (unbounded) or open (not itself allowed)."""

    low: Decimal | None = None
    high: Decimal | None = None
    low_open: bool = False
    high_open: bool = False

    def __post_init__(self) -> None:
        if self.low is None or self.high is None:
            return
        if self.low > self.high or (self.low == self.high and (self.low_open or self.high_open)):
            raise ValueError(f"no number lies in {self}")

    @classmethod
    def point(cls, value: Decimal) -> "Interval":
        """The interval of one number."""
        return cls(value, value)

    def meets(self, other: "Interval") -> bool:
        """Whether some number lies in both."""
        return not (self._below(other) or other._below(self))

    def _below(self, other: "Interval") -> bool:
        if self.high is None or other.low is None:
            return False
        if self.high != other.low:
            return self.high < other.low
        return self.high_open or other.low_open

    def includes(self, other: "Interval") -> bool:
        """Whether every number of the other lies in this one."""
        low = self.low is None or (
            other.low is not None
            and (
                other.low > self.low
                or (other.low == self.low and (other.low_open or not self.low_open))
            )
        )
        high = self.high is None or (
            other.high is not None
            and (
                other.high < self.high
                or (other.high == self.high and (other.high_open or not self.high_open))
            )
        )
        return low and high

    def shift(self, amount: Decimal) -> "Interval":
        """The interval moved up by an amount."""
        return Interval(
            None if self.low is None else self.low + amount,
            None if self.high is None else self.high + amount,
            self.low_open,
            self.high_open,
        )

    def scale(self, factor: Decimal) -> "Interval":
        """The interval times a number that is not zero; a negative one swaps the ends."""
        low = None if self.low is None else self.low * factor
        high = None if self.high is None else self.high * factor
        if factor < 0:
            return Interval(high, low, self.high_open, self.low_open)
        return Interval(low, high, self.low_open, self.high_open)

    def over(self, other: "Interval") -> "Interval | None":
        """All quotients of a number of this by a number of the other.

        Returns:
            The interval of quotients, ends rounded at 50 digits; None unless both hold only
            numbers from zero up and the divisor can be more than zero: amounts are not negative.
        """
        if not (_not_negative(self) and _not_negative(other)) or other.high == 0:
            return None
        with localcontext(prec=_DIGITS):
            low, low_open = Decimal(0), other.high is None and self.low != 0
            if other.high is not None and self.low is not None:
                low = self.low / other.high
                low_open = self.low_open or (other.high_open and self.low != 0)
            high, high_open = None, False
            if self.high is not None and other.low:
                high = self.high / other.low
                high_open = self.high_open or (other.low_open and self.high != 0)
        return Interval(low, high, low_open, high_open)

    def to_json(self) -> dict[str, str | bool | None]:
        """Plain JSON: the ends as exact decimal strings, and whether each is open."""
        return {
            "low": None if self.low is None else _text(self.low),
            "high": None if self.high is None else _text(self.high),
            "low_open": self.low_open,
            "high_open": self.high_open,
        }

    @classmethod
    def from_json(cls, data: dict) -> "Interval":
        """The interval `to_json` wrote."""
        return cls(
            None if data["low"] is None else Decimal(data["low"]),
            None if data["high"] is None else Decimal(data["high"]),
            data["low_open"],
            data["high_open"],
        )


def _not_negative(interval: Interval) -> bool:
    return interval.low is not None and interval.low >= 0


def _text(value: Decimal) -> str:
    return format(value.normalize(), "f") if value else "0"
