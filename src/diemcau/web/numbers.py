"""Numbers, amounts and intervals in words: the Vietnamese way in Vietnamese, else the English."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import get_language, gettext, ngettext, pgettext

from diemcau.indicators.amounts import read_amount
from diemcau.indicators.changes import change_of

__all__ = [
    "say_amount",
    "say_bound",
    "say_bounded",
    "say_claim",
    "say_interval",
    "say_number",
    "say_unit",
]

_SCALES = ((Decimal(10) ** 9, "billion"), (Decimal(10) ** 6, "million"))


def say_number(value: Decimal, *, places: int | None = None) -> str:
    """Print a number with the separators of the active language: 1.234,5 or 1,234.5.

    Args:
        value: any finite decimal.
        places: round to at most so many digits after the mark; None keeps every digit.
    """
    if places is not None:
        value = round(value, places)
    if not value:
        return "0"
    text = f"{value.normalize():,f}"
    if _is_vietnamese():
        return text.translate(str.maketrans(",.", ".,"))
    return text


def say_amount(value: Decimal, unit: str, *, places: int | None = None) -> str:
    """Print a number with its unit: "3,207 tỷ USD", "31,2%", "100.000 người", "gấp 2 lần".

    Args:
        value: amount in whole units.
        unit: as the evaluation schema has it: count, percent, USD, VND, people, rank, ratio, or
            "other:" and a unit in the text's words.
        places: as in `say_number`, of the number as printed.
    """
    match unit:
        case "count" | "":
            return say_number(value, places=places)
        case "percent":
            return f"{say_number(value, places=places)}%"
        case "people":
            # Plural by the size of the number; a part of a person is never printed.
            count = int(value)
            return ngettext("%(n)s person", "%(n)s people", count) % {"n": say_number(value)}
        case "rank":
            return gettext("rank %(n)s") % {"n": say_number(value)}
        case "ratio":
            return gettext("%(n)s times") % {"n": say_number(value, places=places)}
    name = unit.removeprefix("other:")
    for scale, word in _SCALES:
        if abs(value) >= scale and unit.isupper():
            number = say_number(value / scale, places=places)
            if word == "billion":
                return gettext("%(n)s billion %(unit)s") % {"n": number, "unit": name}
            return gettext("%(n)s million %(unit)s") % {"n": number, "unit": name}
    return f"{say_number(value, places=places)} {name}"


def say_unit(unit: str) -> str:
    """Print a unit alone: "%", "người", "USD"; "số lượng" where things are only counted."""
    match unit:
        case "count":
            return gettext("count")
        case "percent":
            return "%"
        case "people":
            return pgettext("unit", "people")
        case "rank":
            return gettext("place in a ranking")
        case "ratio":
            return gettext("times as much")
    return unit.removeprefix("other:")


def say_bound(bound: str) -> str:
    """Print the word before an amount alone: "hơn", "gần", "khoảng"; "đúng" where it is as said."""
    match bound:
        case "eq":
            return gettext("as said")
        case "range":
            return gettext("from … to …")
    return _with_bound("", bound).strip()


def say_bounded(value: Decimal, unit: str, bound: str, high: Decimal | None = None) -> str:
    """Print an amount with its bound word: "hơn 170", "gần 60", "khoảng 500 triệu USD"."""
    if bound == "range" and high is not None:
        low = say_amount(value, unit)
        return gettext("%(low)s to %(high)s") % {"low": low, "high": say_amount(high, unit)}
    return _with_bound(say_amount(value, unit), bound)


def _with_bound(amount: str, bound: str) -> str:
    match bound:
        case "gt":
            return gettext("over %(amount)s") % {"amount": amount}
        case "lt":
            return gettext("nearly %(amount)s") % {"amount": amount}
        case "ge":
            return gettext("at least %(amount)s") % {"amount": amount}
        case "le":
            return gettext("at most %(amount)s") % {"amount": amount}
        case "approx":
            return gettext("about %(amount)s") % {"amount": amount}
    return amount


def say_claim(values: Mapping[str, Any]) -> str:
    """Print what a figure claims: "hơn 170", "giảm 8,1%", "bằng 96,5%"; "" without a number.

    Args:
        values: of a figure statement.
    """
    value = read_amount(values.get("value"))
    if value is None:
        return ""
    high = read_amount(values.get("value_high"))
    amount = say_bounded(value, values.get("unit") or "count", values.get("bound") or "eq", high)
    match change_of(values):
        case "up":
            return gettext("up %(amount)s") % {"amount": amount}
        case "down":
            return gettext("down %(amount)s") % {"amount": amount}
        case "level":
            return gettext("at %(amount)s") % {"amount": amount}
    return amount


def say_interval(interval: dict, unit: str, *, places: int | None = 3) -> str:
    """Print an interval in words: "trên 170", "từ 50 đến dưới 60", "đúng 253".

    Args:
        interval: as `Interval.to_json` writes it.
        unit: of its ends.
        places: digits after the mark at most, of each end as printed.
    """
    low, high = (
        None if interval[end] is None else Decimal(interval[end]) for end in ("low", "high")
    )
    if low is not None and low == high:
        return gettext("exactly %(n)s") % {"n": say_amount(low, unit, places=places)}
    # An amount that cannot be negative has no lower end worth a word.
    if low is None or (low == 0 and high is not None):
        if high is None:
            return gettext("any value")
        words = gettext("under %(n)s") if interval["high_open"] else gettext("at most %(n)s")
        return words % {"n": say_amount(high, unit, places=places)}
    if high is None:
        words = gettext("above %(n)s") if interval["low_open"] else gettext("%(n)s or more")
        return words % {"n": say_amount(low, unit, places=places)}
    ends = {
        "low": say_amount(low, unit, places=places),
        "high": say_amount(high, unit, places=places),
    }
    if interval["low_open"] and interval["high_open"]:
        return gettext("above %(low)s and under %(high)s") % ends
    if interval["low_open"]:
        return gettext("above %(low)s, up to %(high)s") % ends
    if interval["high_open"]:
        return gettext("from %(low)s to under %(high)s") % ends
    return gettext("from %(low)s to %(high)s") % ends


def _is_vietnamese() -> bool:
    return (get_language() or "").startswith("vi")
