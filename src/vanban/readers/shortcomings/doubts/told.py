"""One cue in one clause, as the doubts about it look at it."""

from typing import NamedTuple

from vanban.readers.shortcomings.polarity import Named
from vanban.scan import Scan

__all__ = ["Told"]


class Told(NamedTuple):
    """A clause `[start, end)` of a document, and the words in it that may name a weakness."""

    scan: Scan
    lower: str
    """The text of the document in lower case."""
    start: int
    end: int
    found: Named
    rule: str | None
    cue: int
    """Where the words of the cue begin."""
    behind: int
    """Where they end."""
    words: str

    @classmethod
    def of(cls, scan: Scan, start: int, end: int, found: Named) -> "Told":
        """What a cue tells in the clause `[start, end)`."""
        return cls(
            scan, scan.words.lower, start, end, found, found.lastgroup,
            found.start(), found.end(), found[0],
        )  # fmt: skip
