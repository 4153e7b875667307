"""Numbers as Vietnamese write them: "1.800", "1,696 tỷ", "hai con số", "một trăm"."""

from collections.abc import Iterable
from decimal import Decimal
from functools import cache

from vanban.data import load
from vanban.patterns import regex

__all__ = ["DIGITS", "parse_digits", "parse_words", "scaled_by", "scales"]

DIGITS = r"\d+(?:\.\d{3})+(?:,\d+)?|\d+(?:,\d{3}){2,}|\d+(?:[.,]\d+)?"
"""Digits with Vietnamese separators: a dot groups thousands, a comma begins the decimals."""

_ENGLISH_THOUSANDS = regex(r"[1-9]\d{0,2},\d{3}")
_DOTTED = regex(r"\d+(?:\.\d{3})+(?:,\d+)?")


@cache
def scales() -> dict[str, Decimal]:
    """What each scale word multiplies by: "tỷ" is 1,000,000,000. Source: `data/numbers.yml`."""
    return {word: Decimal(value) for word, value in load("numbers")["scales"].items()}


def parse_digits(digits: str, *, scaled: bool) -> Decimal:
    """The value of digits.

    Args:
        digits: what `DIGITS` matched.
        scaled: a scale word or a percent sign follows, so one comma with three digits begins
            decimals ("1,696 tỷ"); otherwise it groups thousands the English way ("1,800 dự án").
    """
    if digits.count(",") > 1 or (not scaled and _ENGLISH_THOUSANDS.fullmatch(digits)):
        return Decimal(digits.replace(",", ""))
    if _DOTTED.fullmatch(digits):
        return Decimal(digits.replace(".", "").replace(",", "."))
    return Decimal(digits.replace(",", "."))


def parse_words(words: str) -> Decimal | None:
    """The value of a number in words, from "một" to "chín mươi chín nghìn tỷ".

    Source: `data/numbers.yml`.
    Returns:
        None if the words are not one number.
    """
    units = load("numbers")["digits"]
    total = Decimal(0)
    section = Decimal(0)
    digit: int | None = None
    for word in words.lower().split():
        if word in units or word in ("linh", "lẻ", "mười"):
            # Two digits in a row ("hai ba") are no number.
            if digit is not None:
                return None
            digit = units.get(word)
            section += 10 if word == "mười" else 0
        elif word in ("mươi", "chục", "trăm"):
            section += (100 if word == "trăm" else 10) * (1 if digit is None else digit)
            digit = None
        elif word in scales():
            total += (section + (digit or 0) or Decimal(1)) * scales()[word]
            section, digit = Decimal(0), None
        else:
            return None
    return total + section + (digit or 0)


def scaled_by(digits: str, scale: Iterable[str], *, scaled: bool) -> Decimal:
    """A number in digits, as many times as the words of scale behind it say.

    Args:
        digits, scaled: as `parse_digits` takes them.
        scale: words that each multiply it; () for none.
    """
    value = parse_digits(digits, scaled=scaled)
    for word in scale:
        value *= scales()[word]
    return value
