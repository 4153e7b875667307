"""One pass over a document that every reader builds on: its layers, who is named, what was held."""

from bisect import bisect_left
from collections.abc import Iterator
from functools import cached_property

from vanban.layers import Layers, between
from vanban.meetings.encounters import find_meetings
from vanban.meetings.meeting import Meeting
from vanban.meetings.named import find_meeting
from vanban.persons.interviews import find_interviewee
from vanban.persons.mentions import PersonMention, find_people
from vanban.persons.signatures import find_signatures

__all__ = ["Scan"]


class Scan(Layers):
    """The layers of one document and the mentions found with their help, each made once."""

    @cached_property
    def people(self) -> list[PersonMention]:
        """Mentions of persons with an office or a form of address, in order."""
        return find_people(self)

    @cached_property
    def _people_starts(self) -> list[int]:
        return [p.start for p in self.people]

    def people_between(self, start: int, end: int) -> list[PersonMention]:
        """The persons whose mention begins in `[start, end)`, an office before a name included."""
        return between(self.people, self._people_starts, start, end)

    def people_before(self, at: int) -> Iterator[PersonMention]:
        """The persons whose mention begins before an offset, the nearest first."""
        for index in range(bisect_left(self._people_starts, at) - 1, -1, -1):
            yield self.people[index]

    @cached_property
    def titles_of(self) -> dict[str, frozenset[str]]:
        """The offices of each person by name, in order of first mention."""
        found: dict[str, set[str]] = {}
        for person in self.people:
            found.setdefault(person.name, set()).update(person.titles)
        return {name: frozenset(titles) for name, titles in found.items()}

    @cached_property
    def only_signed(self) -> frozenset[str]:
        """Who stands in the signature and nowhere else: the text calls them by their office."""
        signed = {p.start: p.name for p in find_signatures(self)}
        return frozenset(signed.values()) - {p.name for p in self.people if p.start not in signed}

    @cached_property
    def interviewee(self) -> str | None:
        """Who answers, if the text is an interview: their name; None if it is none."""
        return find_interviewee(self, self.people)

    @cached_property
    def meeting(self) -> Meeting | None:
        """The meeting the text reports on; None if it reports on none."""
        return find_meeting(self)

    @cached_property
    def meetings(self) -> list[Meeting]:
        """All meetings the text reports on, in text order."""
        return find_meetings(self, self.meeting, self.people)
