"""Amounts below nought: "tăng trưởng âm 1,5%", "đạt -4,4%", "cán cân âm 15 triệu USD"."""

from vanban.patterns import regex
from vanban.records import Bound
from vanban.values.quantity import Quantity

__all__ = ["settle_signs"]

_ANY = regex(r"(?<!\w)[Ââ]m [^;.]{0,16}\d| [-–−]\d")
_BELOW = regex(r"(?:(?<!\w)[Ââ]m(?: (?:tới|đến|ở mức|mức))* |(?<= )[-–−])$")
_MOST_BEFORE = 16
_DASH = "-–−"
_NO_SIGN = ("count", "people", "rank", "ratio")
_TURNED: dict[Bound, Bound] = {"gt": "lt", "ge": "le", "lt": "gt", "le": "ge"}


def settle_signs(text: str, start: int, end: int, found: list[Quantity]) -> list[Quantity]:
    """The quantities of a sentence, those behind a minus or "âm" below nought.

    A dash right before what is no percentage is no minus that is understood: nothing is read. In
    brackets behind an amount ("(-12%)") it says that this fell, and how far, as "giảm 12%" does.

    Args:
        start, end: half-open run of the sentence.
    """
    if not found or _ANY.search(text, start, end) is None:
        return found
    settled = []
    for q in found:
        m = _BELOW.search(text, max(start, q.start - _MOST_BEFORE), q.start)
        if m is None or (q.unit in _NO_SIGN and m[0] not in _DASH):
            settled.append(q)
        elif m[0] not in _DASH or q.unit == "percent":
            settled.append(_below(q, m.start()))
    return settled


def _below(q: Quantity, start: int) -> Quantity:
    """A quantity below nought, said from `start` on: "âm hơn 4%" is less than -4."""
    low, high = (q.value, None) if q.value_high is None else (q.value_high, -q.value)
    bound = _TURNED.get(q.bound, q.bound)
    return q._replace(start=start, value=-low, value_high=high, bound=bound)
