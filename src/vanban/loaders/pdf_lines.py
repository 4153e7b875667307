"""Lines of pages to paragraphs: what the page broke is joined, its margins are set aside."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from vanban.blocks import Piece
from vanban.patterns import regex

__all__ = ["Line", "join_lines", "join_pages"]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a page, in points from the top left corner; size is that of its type.

    A table row is one line too: its cells joined, and a place such as "table 2, row 3".
    """

    text: str
    left: float
    right: float
    baseline: float
    size: float
    page_height: float
    place: str = ""


_PAGE_NUMBER = regex(r"[-–—\s.]*(?:(?:trang|page)\s*)?\d{1,4}(?:\s*/\s*\d{1,4})?[-–—\s.]*", re.I)
_MARGIN = 0.12
_EDGE_LINES = 3
_ENOUGH_LINES = 8
_INDENT = 8.0
_LIST_MARK = regex(r"(?:[-–+•*●○▪]|[a-zđ]\)|\d{1,3}(?:\.\d{1,2})*[.)]|[IVX]{1,5}\.|\(\d+\))\s")
_CLOSING = (".", ":", ";", "!", "?", "…", ".”", '."', "/.", "./.")


def join_pages(pages: Sequence[Sequence[Line]]) -> Iterator[Piece]:
    """The paragraphs of a document and, after the one they interrupt, its page margins.

    Args:
        pages: the lines of each page, in reading order.
    """
    margins = _margins(pages)
    paragraph: list[str] = []
    began_on = 1
    last: Line | None = None
    aside: list[Piece] = []
    bodies = [
        [line for line in page if (number, line) not in margins]
        for number, page in enumerate(pages, start=1)
    ]
    usual = _frame([line for body in bodies for line in body if not line.place])
    for number, (page, body) in enumerate(zip(pages, bodies, strict=True), start=1):
        plain = [line for line in body if not line.place]
        frame = _frame(plain) if len(plain) >= _ENOUGH_LINES else usual
        aside += [Piece(ln.text, "furniture", number) for ln in page if (number, ln) in margins]
        first_on_page = True
        for line in body:
            if paragraph and not (
                last and _goes_on(last, line, frame, len(paragraph), first_on_page)
            ):
                yield Piece(join_lines(paragraph), "paragraph", began_on)
                paragraph = []
            if not paragraph:
                # What stood between two pages comes after the paragraph that ran across them.
                yield from aside
                aside = []
                began_on = number
            if line.place:
                yield Piece(line.text, "row", number, line.place)
                last = None
            else:
                paragraph.append(line.text)
                last = line
            first_on_page = False
    if paragraph:
        yield Piece(join_lines(paragraph), "paragraph", began_on)
    yield from aside


def _margins(pages: Sequence[Sequence[Line]]) -> set[tuple[int, Line]]:
    """Page numbers, and lines that stand at the same height of most pages with the same words.

    Only from the edge inwards: the first line of a page that is its own ends its margin.
    """
    edges = [
        (number, [by_height[:_EDGE_LINES], by_height[: -_EDGE_LINES - 1 : -1]])
        for number, page in enumerate(pages, start=1)
        for by_height in [sorted((ln for ln in page if not ln.place), key=lambda ln: ln.baseline)]
    ]
    seen = Counter(key for _, sides in edges for key in {_key(ln) for s in sides for ln in s})
    most = max(2, (len(pages) + 1) // 2)
    found: set[tuple[int, Line]] = set()
    for number, sides in edges:
        for side in sides:
            for line in side:
                if seen[_key(line)] < most and not _is_page_number(line):
                    break
                found.add((number, line))
    return found


def _key(line: Line) -> tuple[str, int]:
    """Words and height of a line; numbers may differ from page to page."""
    return re.sub(r"\d+", "#", line.text.casefold()), round(line.baseline / 6)


def _is_page_number(line: Line) -> bool:
    outer = not _MARGIN < line.baseline / line.page_height < 1 - _MARGIN
    return outer and _PAGE_NUMBER.fullmatch(line.text) is not None


class _Frame(NamedTuple):
    """Left edge, right edge and line pitch of the text of one page."""

    left: float
    right: float
    pitch: float


def _frame(body: Sequence[Line]) -> _Frame:
    if not body:
        return _Frame(0.0, 0.0, 0.0)
    lefts = Counter(round(line.left) for line in body)
    left = min(x for x, n in lefts.items() if n * 8 >= len(body) or n == max(lefts.values()))
    rights = sorted(line.right for line in body)
    right = rights[min(len(rights) - 1, int(len(rights) * 0.95))]
    steps = [b.baseline - a.baseline for a, b in pairwise(body)]
    pitches = [step for step in steps if 0 < step < 4 * body[0].size]
    return _Frame(float(left), right, median(pitches) if pitches else 0.0)


def _goes_on(last: Line, line: Line, frame: _Frame, n_lines: int, first_on_page: bool) -> bool:
    """Whether a line continues the paragraph of the line before it."""
    if line.place:
        return False
    if last.text.endswith("-") and not last.text.endswith((" -", "--")):
        return True
    left, right, pitch = frame
    closed = last.text.rstrip().endswith(_CLOSING)
    if _LIST_MARK.match(line.text) and (closed or line.left > left + _INDENT):
        return False
    if abs(last.size - line.size) > 0.2 * max(last.size, line.size):
        return False
    if not first_on_page:
        gap = line.baseline - last.baseline
        if gap <= 0 or gap > max(1.25 * pitch, 1.9 * last.size):
            return False
    if line.left > last.left + _INDENT:
        return False
    if n_lines == 1 and closed and line.left > left + _INDENT:
        return False
    # Room for the next word at the end of a line means its writer broke the line.
    first_word = len(line.text.split()[0])
    letter = (line.right - line.left) / max(1, len(line.text))
    return right - last.right < letter * (first_word + 1) + 0.5 * last.size


def join_lines(lines: Sequence[str]) -> str:
    """Lines as one; a hyphen that ends a line stays and takes no space it did not have."""
    joined = ""
    for line in lines:
        text = " ".join(line.replace("\u00ad", "").split(" ")).strip()
        glued = joined.endswith("-") and not joined.endswith(" -") and len(joined) > 1
        joined += text if not joined or glued else f" {text}"
    return joined
