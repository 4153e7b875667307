"""A word of telling where it stands, and what kind it is."""

import re
from typing import NamedTuple

from vanban.forms import Rare
from vanban.letters import modern_tones
from vanban.readers.tasks.clauses import Clause
from vanban.readers.tasks.grammar import grammar

__all__ = ["Word", "rule_of", "word_at"]


class Word(NamedTuple):
    """A "yêu cầu", "giao", "đề nghị", "chỉ đạo" of a clause.

    Args:
        start, end: half-open run of the word `said`.
        rule: its kind: "require", "assign", "ask", "direct".
    """

    clause: Clause
    text: str
    said: str
    rule: str
    start: int
    end: int

    def before(self, pattern: re.Pattern[str] | Rare) -> bool:
        """Whether a pattern is found in the clause before the word."""
        return pattern.search(self.text, self.clause.start, self.start) is not None


def word_at(clause: Clause, m: re.Match[str]) -> Word:
    """A word of telling in a clause, with what its rules look at."""
    return Word(clause, clause.scan.text, m[0], rule_of(m), m.start(), m.end())


def rule_of(m: re.Match[str]) -> str:
    """The kind of a word of telling, as `data/tasks.yml` has it."""
    return grammar().directive_of[modern_tones(" ".join(m[0].split()))]
