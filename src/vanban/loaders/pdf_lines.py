"""Lines of pages to paragraphs: what the page broke is joined, its margins are set aside."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from vanban.blocks import Piece

__all__ = ["Line", "join_pages"]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a page, in points from the top left corner; size is that of its type."""

    text: str
    left: float
    right: float
    baseline: float
    size: float
    page_height: float


_PAGE_NUMBER = re.compile(
    r"[-–—\s.]*(?:(?:trang|page)\s*)?\d{1,4}(?:\s*/\s*\d{1,4})?[-–—\s.]*", re.I
)
_MARGIN = 0.12
_EDGE_LINES = 3
_INDENT = 8.0
_LIST_MARK = re.compile(r"(?:[-–+•*●○▪]|[a-zđ]\)|\d{1,3}(?:\.\d{1,2})*[.)]|[IVX]{1,5}\.|\(\d+\))\s")
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
    for number, page in enumerate(pages, start=1):
        body = [line for line in page if (number, line) not in margins]
        aside += [Piece(ln.text, "furniture", number) for ln in page if (number, ln) in margins]
        left, right, pitch = _frame(body)
        first_on_page = True
        for line in body:
            if last is not None and not _goes_on(
                last, line, left, right, pitch, len(paragraph), first_on_page
            ):
                yield Piece(_join(paragraph), "paragraph", began_on)
                # What stood between two pages comes after the paragraph that ran across them.
                yield from (p for p in aside if p.page != number or not first_on_page)
                aside = [p for p in aside if p.page == number and first_on_page]
                paragraph = []
            if not paragraph:
                began_on = number
            paragraph.append(line.text)
            last, first_on_page = line, False
    if paragraph:
        yield Piece(_join(paragraph), "paragraph", began_on)
    yield from aside


def _margins(pages: Sequence[Sequence[Line]]) -> set[tuple[int, Line]]:
    """Page numbers, and lines that stand at the same height of most pages with the same words."""
    found: set[tuple[int, Line]] = set()
    seen: Counter[tuple[str, int]] = Counter()
    edges: list[tuple[int, Line, tuple[str, int]]] = []
    for number, page in enumerate(pages, start=1):
        ordered = sorted(page, key=lambda ln: ln.baseline)
        edge = {id(ln): ln for ln in ordered[:_EDGE_LINES] + ordered[-_EDGE_LINES:]}
        for line in edge.values():
            outer = line.baseline < _MARGIN * line.page_height
            outer = outer or line.baseline > (1 - _MARGIN) * line.page_height
            if outer and _PAGE_NUMBER.fullmatch(line.text):
                found.add((number, line))
            key = (re.sub(r"\d+", "#", line.text.casefold()), round(line.baseline / 6))
            seen[key] += 1
            edges.append((number, line, key))
    most = max(2, (len(pages) + 1) // 2)
    found |= {(number, line) for number, line, key in edges if seen[key] >= most}
    return found


def _frame(body: Sequence[Line]) -> tuple[float, float, float]:
    """Left edge, right edge and line pitch of the text of one page."""
    if not body:
        return 0.0, 0.0, 0.0
    lefts = Counter(round(line.left) for line in body)
    left = min(x for x, n in lefts.items() if n * 8 >= len(body) or n == max(lefts.values()))
    rights = sorted(line.right for line in body)
    right = rights[min(len(rights) - 1, int(len(rights) * 0.95))]
    steps = [b.baseline - a.baseline for a, b in pairwise(body)]
    pitches = [step for step in steps if 0 < step < 4 * body[0].size]
    return float(left), right, median(pitches) if pitches else 0.0


def _goes_on(
    last: Line,
    line: Line,
    left: float,
    right: float,
    pitch: float,
    n_lines: int,
    first_on_page: bool,
) -> bool:
    """Whether a line continues the paragraph of the line before it."""
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


def _join(lines: Sequence[str]) -> str:
    """Lines as one; a hyphen that ends a line stays and takes no space it did not have."""
    joined = ""
    for line in lines:
        text = " ".join(line.replace("\u00ad", "").split(" ")).strip()
        glued = joined.endswith("-") and not joined.endswith(" -") and len(joined) > 1
        joined += text if not joined or glued else f" {text}"
    return joined
