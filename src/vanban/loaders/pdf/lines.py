"""Lines of pages to paragraphs: what the page broke is joined, its margins are set aside."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from vanban.blocks import Piece
from vanban.loaders.pdf.columns import Column, in_columns
from vanban.loaders.pdf.line import Line
from vanban.patterns import regex

__all__ = ["Line", "join_lines", "join_pages"]


_PAGE_NUMBER = regex(r"[-–—\s.]*(?:(?:trang|page)\s*)?\d{1,4}(?:\s*/\s*\d{1,4})?[-–—\s.]*", re.I)
_MARGIN = 0.12
_EDGE_LINES = 3
_ENOUGH_LINES = 8
_INDENT = 8.0
_FIRST_LINE = 60.0
"""As far as the first line of a paragraph may begin to the right of the others."""
_LIST_MARK = regex(r"(?:[-–+•*●○▪]|[a-zđ]\)|\d{1,3}(?:\.\d{1,2})*[.)]|[IVX]{1,5}\.|\(\d+\))\s")
_ALONE = regex(
    r"(?:nơi nhận|kính gửi)\s*:|cộng h(?:òa|oà) xã hội chủ nghĩa việt nam\b|độc lập\s*[-–]\s*tự do"
    r"|[^\W\d_][\w .-]{1,30}, ngày [\d.…]{0,9} ?tháng [\d.…]{0,9} ?năm(?: \d{4}| ?[.…]+)?\s*$",
    re.I,
)
"""Lines of an official paper that go on no other."""
_CLOSING = (".", ":", ";", "!", "?", "…", ".”", '."', "/.", "./.")


def join_pages(pages: Sequence[Sequence[Line]]) -> Iterator[Piece]:
    """The paragraphs of a document and, after the one they interrupt, its page margins.

    Args:
        pages: the lines of each page, in reading order.
    """
    margins = _margins(pages)
    paragraph: list[str] = []
    began_on = 1
    last: _Placed | None = None
    aside: list[Piece] = []
    bodies = _bodies(pages, margins)
    for number, (page, body) in enumerate(zip(pages, bodies, strict=True), start=1):
        aside += [Piece(ln.text, "furniture", number) for ln in page if (number, ln) in margins]
        first_on_page = True
        for placed in body:
            line = placed.line
            if paragraph and not (
                last and _goes_on(last, placed, len(paragraph), first_on_page=first_on_page)
            ):
                yield Piece(join_lines(paragraph), "paragraph", began_on)
                paragraph = []
            if not paragraph:
                # What stood between two pages comes after the paragraph that ran across them.
                yield from aside
                aside = []
                began_on = number
            if line.place:
                yield Piece(
                    line.text, "furniture" if line.is_furniture else "row", number, line.place
                )
                last = None
            else:
                paragraph.append(line.text)
                last = placed
            first_on_page = False
    if paragraph:
        yield Piece(join_lines(paragraph), "paragraph", began_on)
    yield from aside


class _Placed(NamedTuple):
    """A line, the column it stands in, and the frame of what stands there."""

    line: Line
    column: Column | None
    frame: "_Frame"


def _bodies(
    pages: Sequence[Sequence[Line]], margins: set[tuple[int, Line]]
) -> Iterator[list[_Placed]]:
    """The lines of each page without its margins, in reading order."""
    bodies = [
        [line for line in page if (number, line) not in margins]
        for number, page in enumerate(pages, start=1)
    ]
    usual = _frame([line for body in bodies for line in body if not line.place])
    known: list[Column] = []
    for body in bodies:
        placed = in_columns(body, known)
        known = sorted({column for _, column in placed if column}) or known
        frames: dict[Column | None, _Frame] = {}
        for column in {column for _, column in placed}:
            lines = [line for line, its in placed if its == column and not line.place]
            enough = len(lines) >= _ENOUGH_LINES
            # A full line among columns is measured by all that stands on the page.
            frames[column] = _frame(lines if enough or column else []) if lines else usual
            if column is None and not enough:
                whole = [line for line, _ in placed if not line.place]
                frames[column] = _frame(whole) if len(lines) < len(whole) else usual
        yield [_Placed(line, column, frames[column]) for line, column in placed]


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
            for at, line in enumerate(side):
                inner = side[at + 1] if at + 1 < len(side) else None
                if seen[_key(line)] < most and not _is_page_number(line, inner):
                    break
                found.add((number, line))
    return found


def _key(line: Line) -> tuple[str, int]:
    """Words and height of a line; numbers may differ from page to page."""
    return re.sub(r"\d+", "#", line.text.casefold()), round(line.baseline / 6)


def _is_page_number(line: Line, inner: Line | None) -> bool:
    """Whether a line at the edge of a page is its number, and not the end of a sentence.

    Args:
        inner: the next line towards the middle of the page.
    """
    outer = not _MARGIN < line.baseline / line.page_height < 1 - _MARGIN
    if not outer or _PAGE_NUMBER.fullmatch(line.text) is None:
        return False
    # "... vào tháng" and under it "12/2025.": it stands in the text, as near as any line.
    near = inner is not None and abs(inner.baseline - line.baseline) < 2 * line.size
    return not (near and inner and -_INDENT < inner.left - line.left < _FIRST_LINE)


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


def _goes_on(last: _Placed, next_: _Placed, n_lines: int, *, first_on_page: bool) -> bool:
    """Whether a line continues the paragraph of the line before it."""
    above, line = last.line, next_.line
    if line.place or (last.column is None) != (next_.column is None):
        return False
    jumped = first_on_page or last.column != next_.column
    if jumped and not first_on_page and not _is_next(last.column, next_.column):
        return False
    if above.text.endswith("-") and not above.text.endswith((" -", "--")):
        return True
    closed = above.text.rstrip().endswith(_CLOSING)
    indent, indent_above = line.left - next_.frame.left, above.left - last.frame.left
    if (_LIST_MARK.match(line.text) and (closed or indent > _INDENT)) or _ALONE.match(line.text):
        return False
    if abs(above.size - line.size) > 0.2 * max(above.size, line.size):
        return False
    if not jumped:
        gap = line.baseline - (above.ends_on or above.baseline)
        if gap <= 0 or gap > max(1.25 * next_.frame.pitch, 1.9 * above.size):
            return False
    if indent > indent_above + _INDENT:
        return False
    if n_lines == 1 and closed and indent > _INDENT:
        return False
    # Room for the next word at the end of a line means its writer broke the line.
    first_word = len(line.text.split()[0])
    letter = (line.right - line.left) / max(1, len(line.text))
    return last.frame.right - above.right < letter * (first_word + 1) + 0.5 * above.size


def _is_next(column: Column | None, other: Column | None) -> bool:
    """Whether one column is read right after the other."""
    return bool(
        column and other and column.stretch == other.stretch and other.number == column.number + 1
    )


def join_lines(lines: Sequence[str]) -> str:
    """Lines as one; a hyphen that ends a line stays and takes no space it did not have."""
    joined = ""
    for line in lines:
        text = " ".join(line.split(" ")).strip()
        glued = joined.endswith("-") and not joined.endswith(" -") and len(joined) > 1
        joined += text if not joined or glued else f" {text}"
    return joined
