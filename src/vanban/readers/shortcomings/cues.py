"""The words that name a weakness, and those that belong to it, from `data/shortcomings.yml`."""

import re
from functools import cache
from typing import Any

from vanban.data import load
from vanban.patterns import Cue, Match, alternation, cue, regex

__all__ = ["any_of", "cues", "frame", "turns"]


class _Parts(dict[str, Match]):
    """By a first word, the cues that it can begin, each compiled when a text has such a word.

    A word begins two or three of the cues, and trying all of them takes five times as long.
    """

    def __init__(self, rows: list[dict[str, Any]]) -> None:
        self._rows = rows
        self._compiled: dict[str, Match] = {}

    def __missing__(self, word: str) -> Match:
        rows = tuple(self._one(row) for row in self._rows if word in row["begins"])

        def first(text: str, start: int, end: int) -> re.Match[str] | None:
            for match in rows:
                if (m := match(text, start, end)) is not None:
                    return m
            return None

        found = self[word] = rows[0] if len(rows) == 1 else first
        return found

    def _one(self, row: dict[str, Any]) -> Match:
        if row["id"] not in self._compiled:
            self._compiled[row["id"]] = regex(_form(row)).match
        return self._compiled[row["id"]]


def _form(row: dict[str, Any]) -> str:
    return f"(?P<{row['id']}>(?i:{row['pattern']}))"


@cache
def cues() -> Cue:
    """What names a weakness; the name of the group that matched is the row's id."""
    rows = load("shortcomings")["cues"]
    first = frozenset(word for row in rows for word in row["begins"])
    return Cue(lambda: rf"(?<!\w)(?:{'|'.join(map(_form, rows))})", first, parts=_Parts(rows))


@cache
def any_of(name: str) -> Cue:
    """The words of one list.

    Args:
        name: its key in `data/shortcomings.yml`.
    """
    return cue(load("shortcomings")[name], any_case=True)


@cache
def turns() -> Cue:
    """Words behind which what stood before counts no more."""
    return cue(load("shortcomings")["turns"], then=r"(?!\w)(?! song)")


@cache
def frame() -> re.Pattern[str]:
    """What may stand before a clause and is left out of it: connectives, and who says so."""
    data = load("shortcomings")
    return regex(
        rf"(?:[-–+•]\s*)?(?:(?:{alternation(data['connectives'])}),?\s*)?"
        rf"(?:[^,;:]{{0,120}}?(?:{alternation(data['sayings'])})(?: rằng)?[:,]?\s+)?"
    )
