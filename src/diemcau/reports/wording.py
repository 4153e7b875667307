"""Periods, counts and shares as official papers write them, in Vietnamese."""

import re

from diemcau.reports.official import say_number_of

__all__ = ["lower_first", "say_count", "say_counted", "say_period", "say_share", "upper_first"]

_ROMAN = ("", "I", "II", "III", "IV")


def say_period(name: str) -> str:
    """A period as documents write it: "quý III năm 2025", "6 tháng đầu năm 2025"."""
    if match := re.fullmatch(r"(\d{4})-Q([1-4])", name):
        return f"quý {_ROMAN[int(match[2])]} năm {match[1]}"
    if match := re.fullmatch(r"(\d{4})-H([12])", name):
        return f"6 tháng {'đầu' if match[2] == '1' else 'cuối'} năm {match[1]}"
    if match := re.fullmatch(r"(\d{4})-01/\1-09", name):
        return f"9 tháng đầu năm {match[1]}"
    if match := re.fullmatch(r"(\d{4})-(\d{2})", name):
        return f"tháng {int(match[2])} năm {match[1]}"
    if re.fullmatch(r"\d{4}", name):
        return f"năm {name}"
    return name


def say_count(n: int) -> str:
    """A count the way documents write it: 9.831."""
    return f"{n:,}".replace(",", ".")


def say_share(part: int, whole: int) -> str:
    """A share with two digits: 98,63%."""
    return f"{part * 100 / whole:.2f}%".replace(".", ",")


def say_counted(n: int) -> str:
    """A count as letters write it: 03 nhiệm vụ."""
    return say_number_of(say_count(n))


def upper_first(words: str) -> str:
    """With a capital at the beginning."""
    return words[:1].upper() + words[1:]


def lower_first(words: str) -> str:
    """Without a capital at the beginning."""
    return words[:1].lower() + words[1:]
