"""Texts that were signed and stand one to a line: "hai bên đã ký các văn kiện sau:"."""

from collections.abc import Iterator

from vanban.patterns import regex
from vanban.readers.tasks.fronts import skip_number
from vanban.scan import Scan
from vanban.sentences import Sentence

__all__ = ["items_below", "opens_list"]

_MOST_ITEMS = 60
"""Texts of one list; the longest met has 35."""
_OPENS = regex(
    r"(?:các|những|\d+|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười)(?: \(?\d+\)?)?"
    r" (?:\w+ ){0,2}?(?:văn kiện|văn bản|thỏa thuận|thoả thuận|hiệp định|bản ghi nhớ|hợp đồng)"
    r"[^.;:]{0,60}:\W*"
)


def opens_list(scan: Scan, start: int, end: int) -> bool:
    """Whether the words behind a signing announce a list of what was signed.

    Args:
        scan: the document.
        start: where the words behind the signing begin.
        end: where their sentence ends.
    """
    while start < end and scan.text[start] == " ":
        start += 1
    return _OPENS.fullmatch(scan.text, start, end) is not None


def items_below(scan: Scan, lead: Sentence) -> Iterator[tuple[Sentence, int]]:
    """The lines of the list that a sentence opens, and where the words of each begin.

    Args:
        scan: the document.
        lead: the sentence that ends with the colon.
    """
    for item in scan.sentences[lead.index + 1 : lead.index + 1 + _MOST_ITEMS]:
        mark = skip_number(scan.text, item.start, item.end)
        if mark is None:
            return
        yield item, mark.end()
