"""One cue in one clause, as the doubts about it look at it."""

import re
from typing import NamedTuple

from vanban.forms import Rare
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
    """The cue's, or those of a state from what it is of on, which begin before `cue`."""

    @classmethod
    def of(cls, scan: Scan, start: int, end: int, found: Named) -> "Told":
        """What a cue tells in the clause `[start, end)`."""
        return cls(
            scan, scan.words.lower, start, end, found, found.lastgroup,
            found.start(), found.end(), found[0],
        )  # fmt: skip

    def before(self, pattern: re.Pattern[str] | Rare) -> bool:
        """Whether a pattern is found in the clause before the cue."""
        return pattern.search(self.lower, self.start, self.cue) is not None

    def behind_is(self, pattern: re.Pattern[str]) -> bool:
        """Whether a pattern matches right behind the cue."""
        return pattern.match(self.lower, self.behind, self.end) is not None
