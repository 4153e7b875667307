"""What a line is by where it stands: where the article ends, its headings, repeated captions."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from vanban.blocks import BlockKind
from vanban.patterns import regex

__all__ = ["find_credited", "find_end", "find_headings", "find_repeated"]

_ENOUGH_BODY = 60
_LONGEST_CAPTION = 250
_FEWEST_CAPTION_WORDS = 4
_FULL_SENTENCE_WORDS = 12
_MOST_HEADING_WORDS = 40
_LINKED = 0.3
_MOST_BYLINES = 10
_NAME = regex(
    r"(?:(?:theo|bài|tin|pv|ths\.?|ts\.?|gs\.?|pgs\.?)\s+)?"
    r"[^\W\d_a-zđ][\w’'.-]*(?:\s*[-–,&]?\s*[^\W\d_a-zđ][\w’'.-]*){0,5}(?:\s*[(/-][^()]{2,30}\)?)?"
)
_LIST_MARK = regex(r"\s*(?:[-–+•*●○▪]|[a-zđ]\)|\(\d+\))\s")
_ITEM_NUMBER = regex(r"\s*\d{1,2}(?:\.\d{1,2})*[.)]?\s")
_MOST_ITEM_WORDS = 16
_NUMBERED_HEADING = regex(r"\s*(?:[IVX]{1,5}|[A-Z]|Phần\s\w+|Chương\s\w+)[.\s-]")
_CLOSING = (".", "!", "?", "…", ";", ":", ",", '."', ".”", "”.", '".')


_LEAD = regex(
    r"\s*(?:\([^()]{2,30}\)|[A-ZĐ]{2,12}(?=\s?[-–—.]))?[\s.–—-]*"
    r"(?:Rạng\ssáng|Sáng|Trưa|Chiều|Tối|Ngày|Hôm)(?:\sngày|\snay)?,?\s(?=\(?\d)"
)
"""How a report begins, and no caption: "(VOV5) - Chiều 23/2, ..."."""


def find_repeated(lines: Sequence[str], kinds: Sequence[BlockKind]) -> list[int]:
    """Two neighbouring short lines where one says the other again: a caption and its alt text.

    Returns:
        Indexes of both lines of every pair; of a lead that is printed twice that of the first.
    """
    found: set[int] = set()
    for index in range(1, len(lines)):
        if len(lines[index]) > _LONGEST_CAPTION or len(lines[index - 1]) > _LONGEST_CAPTION:
            continue
        if lines[index].lstrip()[:6].lower() != lines[index - 1].lstrip()[:6].lower():
            continue
        first, second = _bare(lines[index - 1]), _bare(lines[index])
        short, long = sorted((first, second), key=len)
        if (
            kinds[index] in ("paragraph", "caption")
            and kinds[index - 1] in ("paragraph", "caption")
            and short.count(" ") + 1 >= 4
            and long.count(" ") < 40
            and len(short) * 10 >= len(long) * 6
            and long.startswith(short[: max(len(short) - 3, 12)])
        ):
            found.add(index - 1)
            if first != second or not _LEAD.match(lines[index]):
                found.add(index)
    return sorted(found)


def find_credited(lines: Sequence[str], kinds: Sequence[BlockKind]) -> Iterator[int]:
    """Indexes of captions that have a photographer's name alone on the line below them.

    The name ends no article: above it stands no whole sentence but what a picture shows, and
    below it the text goes on with one.
    """
    for index in range(1, len(lines) - 2):
        above, name, below = lines[index], lines[index + 1], lines[index + 2]
        if (
            set(kinds[index - 1 : index + 3]) == {"paragraph"}
            and not above.rstrip().endswith(_CLOSING)
            and _FEWEST_CAPTION_WORDS <= _words(above) <= _MOST_HEADING_WORDS
            and _is_byline(name)
            and _is_full(lines[index - 1])
            and _is_full(below)
        ):
            yield index


def find_end(lines: Sequence[str], kinds: Sequence[BlockKind], signs: Sequence[str]) -> int:
    """The index of the first line that no longer belongs to the article.

    An end sign counts only in the second half of the words, so that a comment counter under the
    title ends nothing. A by-line ends the article if nothing after it speaks of the same matter.
    """
    body = [
        _words(line) if kind == "paragraph" else 0 for line, kind in zip(lines, kinds, strict=True)
    ]
    before = 0
    after = sum(n for line, n in zip(lines, body, strict=True) if _is_full(line))
    for index, sign in enumerate(signs):
        if sign == "end" and before >= _ENOUGH_BODY and before >= after:
            return _byline_above(lines, kinds, body, index)
        before += body[index]
        after -= body[index] if _is_full(lines[index]) else 0
    return _byline_above(lines, kinds, body, _credit_end(lines, kinds, signs, body))


def _credit_end(
    lines: Sequence[str], kinds: Sequence[BlockKind], signs: Sequence[str], body: Sequence[int]
) -> int:
    """Where a source line or a by-line closes the article; the number of lines if none does."""
    total = sum(body)
    before = tried = 0
    for index, line in enumerate(lines):
        closes = signs[index] == "credit" or (
            kinds[index] == "paragraph" and before >= _ENOUGH_BODY and _is_byline(line)
        )
        if closes and before >= _ENOUGH_BODY and before * 2 >= total:
            rest = [i for i in range(index + 1, len(lines)) if kinds[i] == "paragraph"]
            article = _pairs(" ".join(lines[i] for i in range(index) if body[i])) if rest else set()
            if not any(_is_linked(lines[i], article) for i in rest):
                return index
            tried += 1
            if tried == _MOST_BYLINES:
                # A list of names, not an article; looking on would cost the square of its length.
                break
        before += body[index]
    return len(lines)


def _byline_above(
    lines: Sequence[str], kinds: Sequence[BlockKind], body: Sequence[int], end: int
) -> int:
    """Move the end up over a name or initials alone on the last line before it."""
    last = end - 1
    while last >= 0 and kinds[last] != "paragraph":
        last -= 1
    if last > 0 and _is_byline(lines[last]) and sum(body[:last]) >= _ENOUGH_BODY:
        return last
    return end


def _is_byline(line: str) -> bool:
    """A name ("Minh Chi"), two names, or initials ("PQ") alone on a line."""
    text = line.strip()
    if _NUMBERED_HEADING.match(text) or (text.isupper() and len(text) > 5):
        return False
    return len(text) <= 50 and _words(text) <= 8 and _NAME.fullmatch(text) is not None


def _is_linked(line: str, article: set[str]) -> bool:
    """Whether a line after the by-line still speaks of the article: shares its pairs of words."""
    pairs = _pairs(line)
    if len(pairs) < 6:
        return False
    return len(pairs & article) >= _LINKED * len(pairs)


def find_headings(
    lines: Sequence[str], kinds: Sequence[BlockKind], *, titled: bool = True
) -> Iterator[int]:
    """Lines that head what follows: short, without a closing mark, above a longer paragraph.

    Args:
        lines, kinds: the document's lines and what each is so far.
        titled: whether the first line may be the title; a letterhead's is the issuing body.
    """
    content = [i for i, k in enumerate(kinds) if k in ("paragraph", "heading")]
    for at, index in enumerate(content[:-1]):
        line, below = lines[index].strip(), lines[content[at + 1]].strip()
        first_line = titled and at == 0
        is_question = first_line and line.endswith(("?", "!"))
        if line.endswith(_CLOSING) and not is_question:
            continue
        if _words(line) > _MOST_HEADING_WORDS or _LIST_MARK.match(line):
            continue
        if _ITEM_NUMBER.match(line) and _words(line) > _MOST_ITEM_WORDS:
            continue
        first = line.lstrip("“\"'(")[:1]
        if not first.isupper() and not first.isdigit():
            continue
        is_title = first_line and (_words(line) >= 4 or (line.isupper() and _words(line) >= 2))
        longer = _words(below) > _words(line) and _is_full(below)
        if (
            longer
            or (is_title and not below[:1].islower())
            or (_NUMBERED_HEADING.match(line) and _words(line) <= 25)
        ):
            yield index


def _is_full(line: str) -> bool:
    """A sentence or more: long enough and closed by a mark."""
    return _words(line) >= _FULL_SENTENCE_WORDS and line.rstrip().endswith(_CLOSING)


def _pairs(text: str) -> set[str]:
    words = re.findall(r"\w+", text.lower())
    return {f"{a} {b}" for a, b in pairwise(words)}


def _words(line: str) -> int:
    return line.count(" ") + line.count("\u00a0") + 1


def _bare(line: str) -> str:
    """A line without brackets and closing marks, in lower case."""
    return " ".join(re.sub(r"\([^)]*\)|[.,;:!?…_]", " ", line.lower()).split())
