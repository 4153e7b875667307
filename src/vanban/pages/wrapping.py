"""Plain text whose lines were cut at a width: which lines belong to one paragraph.

Legal portals and mail give paragraphs so. A line that goes on begins in lower case, or its first
word had no room on the line before; a paragraph of its own does neither.
"""

import re
from itertools import pairwise

from vanban.letters import LOWER, UPPER
from vanban.patterns import regex

__all__ = ["join_wrapped"]

_ENOUGH = 3
_SHARE = 10
"""One line of so many has to go on in lower case before a text is taken for wrapped."""
_NARROWEST, _WIDEST = 40, 160
_SLACK = 2
_CLOSING = (".", ":", ";", "!", "?", "…", "”", '"', "|")
_MARKED = regex(
    r"[\s*|]*(?:[-–—+•*●○▪►|#>]"
    r"|(?:[a-zđ][)/]|\d{1,3}(?:\.\d{1,2})*[.)/]|[IVX]{1,5}[.)/]|\((?:\d{1,3}|[a-zđ])\))[\s*]"
    r"|(?:(?:Điều|Chương|Mục|Phần) [\dIVX]|Nơi nhận|Căn cứ|Kính gửi|TM\.|KT\.|TL\.)"
    rf"|[{UPPER}]{{2,}}[^{LOWER}\n]*$)",
    re.MULTILINE,
)
"""How a line begins that is a paragraph of its own."""
_UNFINISHED = (" ngày", " tháng", " năm", " số")
"""How a line ends that a number has to follow: "ngày 10 tháng / 02 năm 2017"."""
_BLANKS = " \t\u00a0*"

Span = tuple[int, int]


def join_wrapped(text: str, lines: list[Span]) -> list[Span]:
    """The paragraphs of a text as runs of it; its lines themselves if they were not cut at a width.

    Args:
        text: any text.
        lines: half-open runs of its non-blank lines, in order.
    """
    going_on = sum(_continues(text, a, b) for a, b in pairwise(lines))
    if going_on < _ENOUGH or going_on * _SHARE < len(lines):
        return lines
    width = _width(text, lines)
    if not _NARROWEST <= width <= _WIDEST:
        return lines
    apart = _are_set_apart(text, lines)
    joined = [lines[0]]
    for last, line in pairwise(lines):
        if _goes_on(text, last, line, width, apart=apart):
            joined[-1] = (joined[-1][0], line[1])
        else:
            joined.append(line)
    return joined


def _continues(text: str, last: Span, line: Span) -> bool:
    """Whether a line begins in lower case right under one that is not closed."""
    return (
        _is_right_under(text, last, line)
        and _first(text, line).islower()
        and not _MARKED.match(text, *line)
        and not _is_closed(text, last)
    )


def _goes_on(text: str, last: Span, line: Span, width: int, *, apart: bool) -> bool:
    """Whether a line belongs to the paragraph of the one above it, in a text cut at a width.

    Args:
        apart: blank lines stand between the paragraphs.
    """
    if not _is_right_under(text, last, line) or _MARKED.match(text, *line):
        return False
    above = text[slice(*last)].strip(_BLANKS)
    if above.isupper():
        return False
    is_long = len(above) * 5 > width * 3
    if _is_closed(text, last):
        return is_long and (apart or _first(text, line).islower())
    begins = _first(text, line)
    if begins.islower() or above.endswith(","):
        return True
    if begins.isdigit() and above.endswith(_UNFINISHED):
        return True
    if is_long and (apart or begins.isdigit()):
        return True
    first = len(text[slice(*line)].strip(_BLANKS).split(None, 1)[0])
    return len(above) + 1 + first > width - _SLACK


def _are_set_apart(text: str, lines: list[Span]) -> bool:
    """Whether blank lines stand between paragraphs: under most lines that are closed."""
    closed = [(a, b) for a, b in pairwise(lines) if _is_closed(text, a)]
    return sum(not _is_right_under(text, a, b) for a, b in closed) * 3 > len(closed) * 2


def _is_right_under(text: str, last: Span, line: Span) -> bool:
    return text.count("\n", last[1], line[0]) == 1


def _is_closed(text: str, line: Span) -> bool:
    return text[slice(*line)].rstrip(_BLANKS).endswith(_CLOSING)


def _first(text: str, line: Span) -> str:
    return text[slice(*line)].lstrip(_BLANKS + "“\"'(")[:1]


def _width(text: str, lines: list[Span]) -> int:
    """How long the lines are that go on: all but the longest twentieth of them."""
    lengths = sorted(
        len(text[slice(*last)].strip(_BLANKS))
        for last, line in pairwise(lines)
        if _continues(text, last, line)
    )
    return lengths[len(lengths) * 19 // 20]
