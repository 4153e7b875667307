"""Numbers as Vietnamese write them: "1.800", "1,696 tỷ", "hai con số", "một trăm"."""

import re
from decimal import Decimal

__all__ = ["DIGITS", "SCALES", "parse_digits", "parse_words"]

DIGITS = r"\d+(?:\.\d{3})+(?:,\d+)?|\d+(?:,\d{3}){2,}|\d+(?:[.,]\d+)?"
"""Digits with Vietnamese separators: a dot groups thousands, a comma begins the decimals."""

SCALES: dict[str, Decimal] = {
    "chục": Decimal(10),
    "trăm": Decimal(100),
    "nghìn": Decimal(1_000),
    "ngàn": Decimal(1_000),
    "vạn": Decimal(10_000),
    "triệu": Decimal(1_000_000),
    "tỷ": Decimal(1_000_000_000),
    "tỉ": Decimal(1_000_000_000),
}

_UNITS = {
    "không": 0, "một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5,
    "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9,
}  # fmt: skip


def parse_digits(digits: str, *, scaled: bool) -> Decimal:
    """The value of digits.

    Args:
        digits: what `DIGITS` matched.
        scaled: a scale word or a percent sign follows, so one comma with three digits begins
            decimals ("1,696 tỷ"); otherwise it groups thousands the English way ("1,800 dự án").
    """
    if digits.count(",") > 1 or (not scaled and re.fullmatch(r"[1-9]\d{0,2},\d{3}", digits)):
        return Decimal(digits.replace(",", ""))
    if re.fullmatch(r"\d+(?:\.\d{3})+(?:,\d+)?", digits):
        return Decimal(digits.replace(".", "").replace(",", "."))
    return Decimal(digits.replace(",", "."))


def parse_words(words: str) -> Decimal | None:
    """The value of a number in words, from "một" to "chín mươi chín nghìn tỷ".

    Returns:
        None if the words are not one number.
    """
    total = Decimal(0)
    section = Decimal(0)
    digit: int | None = None
    for word in words.lower().split():
        if word in _UNITS:
            if digit is not None:
                return None
            digit = _UNITS[word]
        elif word in ("linh", "lẻ"):
            if digit is not None:
                return None
        elif word == "mười":
            if digit is not None:
                return None
            section += 10
        elif word in ("mươi", "chục"):
            section += 10 * (1 if digit is None else digit)
            digit = None
        elif word == "trăm":
            section += 100 * (1 if digit is None else digit)
            digit = None
        elif word in SCALES:
            section += digit or 0
            digit = None
            total += (section or Decimal(1)) * SCALES[word]
            section = Decimal(0)
        else:
            return None
    return total + section + (digit or 0)
