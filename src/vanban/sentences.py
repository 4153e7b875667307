"""Cut a document's content into sentences, each a half-open run of its text."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from vanban.blocks import SET_ASIDE, Block
from vanban.data import load
from vanban.document import Document
from vanban.letters import LOWER, UPPER
from vanban.patterns import alternation, regex

__all__ = ["Sentence", "split_sentences"]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A run of one block, `text[start:end]`.

    Args:
        block: index of the block in `Document.blocks`.
        index: which sentence of the document it is, from 0.
        heading: whether its block is a heading.
    """

    start: int
    end: int
    block: int
    index: int
    heading: bool = False

    def asks(self, text: str) -> bool:
        """Whether it is a question.

        Args:
            text: the document's.
        """
        last = self.end - 1
        while last > self.start and text[last] in _CLOSING:
            last -= 1
        return text[last] == "?"


_CLOSING = ' "”’»)'


@cache
def _not_an_end() -> re.Pattern[str]:
    """What stands before a full stop that ends nothing: "TP", an initial, a list's number."""
    words = alternation(load("sentences")["abbreviations"])
    return regex(
        rf"(?:(?<![{LOWER}{UPPER}0-9])(?:{words}|(?<!quý )(?<!Quý )[{UPPER}])"
        r"|v\.v|(?:\A|\n)[^\S\n]*(?:[0-9]{1,2}|[IVX]{1,5}|[a-zđA-Z]))$"
    )


_END = regex(
    rf"(?P<dots>[.…!?](?:(?<=\.)\.+)?)[\"”’'»)\]]*"
    rf"(?:[^\S\n]+(?=[\"“‘«(\[\-–—•*]*[{UPPER}0-9])|(?=[{UPPER}][{LOWER}])|\n|$)"
)


_LONGEST = 2000
"""Code points; the longest sentence met in official texts has some 900."""


def split_sentences(document: Document) -> tuple[Sentence, ...]:
    """The sentences of a document's content, in text order.

    A sentence ends at ".", "!", "?", "…" before a capital or a digit, at the end of its block, and
    also where the blank is missing ("phát triển.Giải quyết"); not after an abbreviation, an
    initial or the number of a list item. Table rows and headings are one sentence each. Whatever
    runs on for more than 2,000 code points is cut there.
    """
    sentences: list[Sentence] = []
    text = document.flow
    for number, block in enumerate(document.blocks):
        if block.kind in SET_ASIDE:
            continue
        for start, end in _in_reach(text, _cut(text, block)):
            sentences.append(
                Sentence(start, end, number, len(sentences), heading=block.kind == "heading")
            )
    return tuple(sentences)


def _cut(text: str, block: Block) -> Iterator[tuple[int, int]]:
    """The sentences of one block, as half-open runs."""
    if block.kind == "row":
        yield from _cells(text, block)
        return
    start, last = block.start, block.end
    while start < last and text[start].isspace():
        start += 1
    while last > start and text[last - 1].isspace():
        last -= 1
    start = _behind_alternative_text(text, start, last)
    for match in _END.finditer(text, start, last):
        at, dots = match.start("dots"), match["dots"]
        if dots == "." and _ends_nothing(text, block.start, at):
            continue
        if dots == "." and match.end() == match.end("dots") and _inside_a_token(text, at):
            continue
        end = match.end()
        while end > at and text[end - 1].isspace():
            end -= 1
        if text[start:end].strip():
            yield start, end
        start = match.end()
        while start < last and text[start].isspace():
            start += 1
    if start < last:
        yield start, last


def _behind_alternative_text(text: str, start: int, end: int) -> int:
    """Past what a page says in place of a picture, glued to a caption: "TIÊU ĐỀ - ảnh 1Đại sứ"."""
    reach = min(end, start + _LONGEST_TITLE)
    if text.find(" ảnh ", start, reach) < 0 and text.find(" Ảnh ", start, reach) < 0:
        return start
    glued = _GLUED.match(text, start, reach)
    return glued.end() if glued is not None else start


_LONGEST_TITLE = 260
_GLUED = regex(rf"(?:[^\n.;!?]|\.(?=\w))+? [-–] [Ảả]nh \d{{1,2}}(?=[{UPPER}])")


def _ends_nothing(text: str, start: int, at: int) -> bool:
    """Whether the full stop at `at`, in a block that begins at `start`, ends no sentence."""
    low = max(start - 1, at - 8, 0)
    last = text[at - 1 : at]
    may_number = low == 0 or text.find("\n", low, at) >= 0
    if not (may_number or last.isupper() or last in _last_letters()):
        return False
    return _not_an_end().search(text, low, at) is not None


@cache
def _last_letters() -> frozenset[str]:
    """The letters that end what `_not_an_end` finds behind the number of a line."""
    return frozenset(["v", *(word[-1] for word in load("sentences")["abbreviations"])])


def _cells(text: str, block: Block) -> Iterator[tuple[int, int]]:
    """The cells of a row: what one says of a task or a figure is not said of its neighbour."""
    start = block.start
    while start < block.end:
        end = text.find(" | ", start, block.end)
        end = end if end >= 0 else block.end
        if text[start:end].strip(" |"):
            yield start, end
        start = end + 3


def _in_reach(text: str, spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The runs, those that no sentence is as long as cut at a blank.

    Readers look back and forth inside a sentence; a megabyte without a stop must cost no more than
    a megabyte of sentences.
    """
    for start, end in spans:
        while end - start > _LONGEST:
            blank = text.rfind(" ", start + _LONGEST // 2, start + _LONGEST)
            cut = blank if blank >= 0 else start + _LONGEST
            yield start, cut
            start = cut
            while start < end and text[start].isspace():
                start += 1
        if start < end:
            yield start, end


def _inside_a_token(text: str, at: int) -> bool:
    """Whether the dot at `at`, with no blank after it, belongs to a name ("TP.Vinh", "www.A")."""
    begin = at
    while begin > 0 and text[begin - 1].isalnum():
        begin -= 1
    word = text[begin:at]
    return len(word) < 2 or (begin > 0 and text[begin - 1] in "./@:") or not word[-1].isalpha()
