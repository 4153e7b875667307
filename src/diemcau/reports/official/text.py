"""What an official paper is made of: texts with words that stand out, columns, head, days."""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

__all__ = [
    *("Cell", "Head", "Signing", "Span", "Text"),
    *("anchor", "clean", "lines_of", "pieces", "roman", "say_day", "say_number_of"),
]

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""What no XML document may hold."""


@dataclass(frozen=True, slots=True)
class Span:
    """Words that stand out, or lead somewhere.

    Args:
        to: key of an entry of the same paper.
        url: an address outside it.
    """

    words: str
    bold: bool = False
    italic: bool = False
    to: str = ""
    url: str = ""


Text = str | Span | Sequence["str | Span"]
"""A string, or pieces of one."""


@dataclass(frozen=True, slots=True)
class Cell:
    """The head of a column.

    Args:
        width: its share of the width of the page.
        align: of the column's cells: left, center, right, both.
    """

    label: str
    width: float = 1
    align: str = "left"


@dataclass(frozen=True, slots=True)
class Head:
    """What stands above every document.

    Args:
        issuer: the body that issues it.
        above: the body it is under; "" if it is under none that is named.
        number: of the document; "" leaves the place where it is written in.
        symbol: "BC-BNG"; of a letter "BNG-NGKT".
        place: where it is issued.
        on: the day; None leaves the place where it is written in.
    """

    issuer: str
    above: str = ""
    number: str = ""
    symbol: str = ""
    place: str = ""
    on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Signing:
    """Who signs: the office, and in whose name."""

    office: str
    authority: str = ""
    name: str = ""


def say_number_of(n: int | str) -> str:
    """A number of a document: below ten with a zero before it.

    Source: Nghị định 30/2020/NĐ-CP, Annex I.
    """
    text = str(n).strip()
    return f"0{text}" if len(text) == 1 and text.isdecimal() else text


def say_day(day: dt.date | None) -> str:
    """A day as documents write it: "ngày 04 tháng 02 năm 2026", "ngày 20 tháng 12 năm 2024".

    Source: Nghị định 30/2020/NĐ-CP, Annex I: days below ten and the months January and February
    have a zero before them.
    Args:
        day: None leaves blanks to write it in.
    """
    if day is None:
        return "ngày      tháng      năm        "
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def pieces(text: Text) -> Sequence[str | Span]:
    """The pieces of a text that is one string too."""
    return [text] if isinstance(text, str | Span) else text


def lines_of(text: Text) -> list[list[str | Span]]:
    """The pieces of a text, line by line."""
    lines: list[list[str | Span]] = [[]]
    for piece in pieces(text):
        if isinstance(piece, Span):
            lines[-1].append(piece)
            continue
        for at, words in enumerate(piece.split("\n")):
            if at:
                lines.append([])
            if words:
                lines[-1].append(words)
    return lines


def roman(n: int) -> str:
    """A number in Roman figures, as annexes have it."""
    return "X" * (n // 10) + ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"][n % 10]


def clean(words: str) -> str:
    """Words without what no XML document may hold."""
    return _CONTROL.sub("", words)


def anchor(key: str) -> str:
    """The name of the bookmark of a key."""
    return "e_" + re.sub(r"\W", "_", key)[:36]
