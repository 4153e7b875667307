"""One pass over a document that every reader builds on: sentences, times, names of partners."""

import re
from bisect import bisect_left
from functools import cached_property
from typing import TYPE_CHECKING, Any

from vanban.document import Document
from vanban.gazetteer import PartnerMention, PlaceMention, find_partners, find_places
from vanban.sentences import Sentence, split_sentences
from vanban.values.quantities import Quantity, find_quantities
from vanban.values.times import Time, find_times
from vanban.years import document_year, settle_years

if TYPE_CHECKING:
    from vanban.readers.people import PersonMention

__all__ = ["Scan"]


class Scan:
    """The layers of one document, each made once and only when asked for."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.text = document.text
        self.memo: dict[int, Any] = {}

    @cached_property
    def year(self) -> int | None:
        """The year the document speaks from, as far as it fixes one."""
        return document_year(self.document, self._written_times)

    @cached_property
    def _written_times(self) -> tuple[Time, ...]:
        return find_times(self.text)

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """Sentences of the content, in order."""
        return split_sentences(self.document)

    @cached_property
    def times(self) -> tuple[Time, ...]:
        """Time expressions of the whole text, years filled in where the document fixes them."""
        return settle_years(self._written_times, self.year)

    @cached_property
    def _time_starts(self) -> list[int]:
        return [t.start for t in self.times]

    def times_between(self, start: int, end: int) -> tuple[Time, ...]:
        """The times that begin in `[start, end)`."""
        starts = self._time_starts
        return self.times[bisect_left(starts, start) : bisect_left(starts, end)]

    @cached_property
    def quantities(self) -> dict[int, list[Quantity]]:
        """Quantities of each sentence, by the sentence's index."""
        return {
            s.index: find_quantities(self.text, s.start, s.end, self.times_between(s.start, s.end))
            for s in self.sentences
            if _DIGIT_OR_WORD.search(self.text, s.start, s.end)
        }

    @cached_property
    def partners(self) -> list[PartnerMention]:
        """Mentions of countries, blocs, regions and agreements in the content, in order."""
        return find_partners(self.text, [(s.start, s.end) for s in self.sentences])

    def partners_between(self, start: int, end: int) -> list[PartnerMention]:
        """The partner mentions that begin in `[start, end)`."""
        return [p for p in self.partners if start <= p.start < end]

    @cached_property
    def places(self) -> list[PlaceMention]:
        """Mentions of provinces in the content, in order."""
        return find_places(self.text, [(s.start, s.end) for s in self.sentences])

    @cached_property
    def people(self) -> list["PersonMention"]:
        """Mentions of persons with an office or a form of address, in order."""
        from vanban.readers.people import find_people

        return find_people(self)

    def sentence_text(self, sentence: Sentence) -> str:
        """The text of one sentence."""
        return self.text[sentence.start : sentence.end]


_DIGIT_OR_WORD = re.compile(r"\d|con số|gấp|thứ|(?i:một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười)\s")
