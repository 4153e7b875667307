"""A sentence that names a meeting, as the rules about it look at it."""

import re
from typing import NamedTuple

from vanban.layers import Layers
from vanban.meetings.meeting import Meeting, head_of, lead
from vanban.patterns import regex
from vanban.sentences import Sentence
from vanban.values.times import Time

__all__ = ["Naming", "opens_with_a_day"]


class Naming(NamedTuple):
    """A sentence of a document, and the words in it for a meeting or for holding one."""

    layers: Layers
    sentence: Sentence
    named: re.Match[str]

    @property
    def head(self) -> int:
        """Where the sentence begins to tell, behind a place or a number."""
        return head_of(self.layers.text, self.sentence)

    @property
    def leads(self) -> bool:
        """Whether the sentence is one of those a text begins with."""
        return self.sentence in lead(self.layers)

    @property
    def opens_with_a_day(self) -> bool:
        """Whether the sentence begins with when it was."""
        return opens_with_a_day(self.layers.text, self.head)

    def before(self, pattern: re.Pattern[str]) -> bool:
        """Whether a pattern is found in the sentence before the name."""
        text, start = self.layers.text, self.sentence.start
        return pattern.search(text, start, self.named.start()) is not None

    def behind(self, pattern: re.Pattern[str]) -> bool:
        """Whether a pattern matches right behind the name."""
        return pattern.match(self.layers.text, self.named.end()) is not None

    def meeting(self, time: Time | None) -> Meeting:
        """What the sentence tells of, held at a time."""
        return Meeting(self.sentence.start, self.sentence.end, self.sentence.index, time)


_HEADED = regex(r"(?:Vào |Trong )?(?:Rạng sáng|[Ss]áng|[Tt]rưa|[Cc]hiều|[Tt]ối|[Nn]gày|[Hh]ôm) ")


def opens_with_a_day(text: str, head: int) -> bool:
    """Whether at `head` the words begin with which a sentence says when something was."""
    return _HEADED.match(text, head) is not None
