"""Why words that name a weakness may name none where they stand."""

from vanban.readers.shortcomings.doubts.counts import COUNTS
from vanban.readers.shortcomings.doubts.denied import DENIED
from vanban.readers.shortcomings.doubts.of_others import OF_OTHERS
from vanban.readers.shortcomings.doubts.settings import SETTINGS
from vanban.readers.shortcomings.doubts.spoken_of import SPOKEN_OF
from vanban.readers.shortcomings.doubts.told import Told
from vanban.readers.shortcomings.doubts.whole import speaks_of_none
from vanban.readers.shortcomings.polarity import Named
from vanban.scan import Scan

__all__ = ["holds", "speaks_of_none"]

_DOUBTS = (*DENIED, *COUNTS, *SPOKEN_OF, *OF_OTHERS, *SETTINGS)
"""What can be held against a cue; one is enough, so their order is only that of their cost."""


def holds(scan: Scan, start: int, end: int, found: Named) -> bool:
    """Whether a cue in a clause names a weakness there.

    Args:
        scan: the document.
        start: where the clause begins.
        end: where it ends.
        found: the cue.
    """
    told = Told.of(scan, start, end, found)
    return not any(doubt(told) for doubt in _DOUBTS)
