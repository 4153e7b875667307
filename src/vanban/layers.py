"""What a document's text holds before anybody reads records from it: words, sentences, values."""

import re
from bisect import bisect_left
from collections.abc import Callable
from functools import cached_property
from typing import Any, Protocol, TypeVar

from vanban.document import Document
from vanban.gazetteer import PartnerMention, PlaceMention, find_partners, find_places
from vanban.letters import plain_blanks
from vanban.sentences import Sentence, split_sentences
from vanban.values.quantities import Quantity, find_quantities
from vanban.values.times import Time, find_times
from vanban.words import Words
from vanban.years import document_year, is_dated, settle_years

__all__ = ["Layers", "between"]


class _Placed(Protocol):
    @property
    def start(self) -> int: ...


_P = TypeVar("_P", bound=_Placed)
_T = TypeVar("_T")


def between(items: list[_P], starts: list[int], start: int, end: int) -> list[_P]:
    """The items that begin in `[start, end)`.

    Args:
        items: in text order.
        starts: where each of them begins.
    """
    low = bisect_left(starts, start)
    if low == len(starts) or starts[low] >= end:
        return []
    return items[low : bisect_left(starts, end, low)]


class Layers:
    """The layers of one document, each made once and only when asked for.

    `text` is the document's with plain blanks: the same length, so every offset holds in both.
    Records quote the document, not this.
    """

    def __init__(self, document: Document) -> None:
        self.document = document
        self.text = plain_blanks(document.flow)
        self._told: dict[Callable[..., Any], Any] = {}

    def once(self, tell: Callable[[Any], _T]) -> _T:
        """What a function tells of the whole text, worked out when it is first asked for.

        What holds for all figures of a text must not be looked for anew for each of them.

        Args:
            tell: is given these layers, or the scan they are of.
        """
        if tell not in self._told:
            self._told[tell] = tell(self)
        told: _T = self._told[tell]
        return told

    @cached_property
    def words(self) -> Words:
        """Where each word of the text stands."""
        return Words(self.text)

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """Sentences of the content, in order."""
        return split_sentences(self.document)

    @cached_property
    def _spans(self) -> list[tuple[int, int]]:
        return [(s.start, s.end) for s in self.sentences]

    @cached_property
    def _written_times(self) -> tuple[Time, ...]:
        return find_times(self.words)

    @cached_property
    def year(self) -> int | None:
        """The year the document speaks from, as far as it fixes one."""
        return document_year(self.document, self._written_times)

    @cached_property
    def is_dated(self) -> bool:
        """Whether the document bears its own date."""
        return is_dated(self.document, self._written_times)

    @cached_property
    def times(self) -> list[Time]:
        """Time expressions of the whole text, years filled in where the document fixes them."""
        return list(settle_years(self._written_times, self.year))

    @cached_property
    def _time_starts(self) -> list[int]:
        return [t.start for t in self.times]

    def times_between(self, start: int, end: int) -> list[Time]:
        """The times that begin in `[start, end)`."""
        starts = self._time_starts
        low = bisect_left(starts, start)
        if low == len(starts) or starts[low] >= end:
            return []
        return self.times[low : bisect_left(starts, end, low)]

    @cached_property
    def quantities(self) -> dict[int, list[Quantity]]:
        """Quantities of each sentence that has any, by the sentence's index."""
        found = {
            s.index: find_quantities(
                self.words, s.start, s.end, tuple(self.times_between(s.start, s.end))
            )
            for s in self.sentences
        }
        return {index: quantities for index, quantities in found.items() if quantities}

    @cached_property
    def partners(self) -> list[PartnerMention]:
        """Mentions of countries, blocs, regions and agreements in the content, in order."""
        return find_partners(self.words, self._spans)

    @cached_property
    def _partner_starts(self) -> list[int]:
        return [p.start for p in self.partners]

    @cached_property
    def _in_captions(self) -> list[PartnerMention]:
        captions = [(b.start, b.end) for b in self.document.blocks if b.kind == "caption"]
        return find_partners(self.words, captions) if captions else []

    @cached_property
    def _caption_starts(self) -> list[int]:
        return [p.start for p in self._in_captions]

    def partners_shown(self, start: int, end: int) -> list[PartnerMention]:
        """The partners whose names begin in `[start, end)`, in the content or in a caption."""
        captioned = self._in_captions
        if captioned:
            captioned = between(captioned, self._caption_starts, start, end)
        return captioned or self.partners_between(start, end)

    def partners_between(self, start: int, end: int) -> list[PartnerMention]:
        """The partner mentions that begin in `[start, end)`."""
        starts = self._partner_starts
        low = bisect_left(starts, start)
        if low == len(starts) or starts[low] >= end:
            return []
        return self.partners[low : bisect_left(starts, end, low)]

    def follows_a_state(self, gap: re.Pattern[str], start: int, at: int) -> bool:
        """Whether a country or bloc is named in `[start, at)` and only `gap` lies behind it."""
        return any(
            p.type in ("country", "bloc") and gap.fullmatch(self.text, p.end, at) is not None
            for p in self.partners_between(start, at)
        )

    @cached_property
    def places(self) -> list[PlaceMention]:
        """Mentions of provinces in the content, in order."""
        return find_places(self.words, self._spans)

    @cached_property
    def place_names(self) -> frozenset[str]:
        """The provinces the content names."""
        return frozenset(p.name for p in self.places)

    @cached_property
    def _place_starts(self) -> list[int]:
        return [p.start for p in self.places]

    def places_between(self, start: int, end: int) -> list[PlaceMention]:
        """The provinces whose mention begins in `[start, end)`."""
        return between(self.places, self._place_starts, start, end)

    def sentence_text(self, sentence: Sentence) -> str:
        """The text of one sentence."""
        return self.text[sentence.start : sentence.end]
