"""The words that name a weakness, and those that belong to it, from `data/shortcomings.yml`."""

import re
from functools import cache
from typing import Any

from vanban.data import load
from vanban.patterns import Cue, Match, alternation, cue, regex
from vanban.readers.shortcomings.beginnings import Beginning, beginnings

__all__ = ["any_of", "cues", "frame", "turns"]


class _Parts(dict[str, Match]):
    """By a first word, what of the cues can begin with it, compiled when a text has such a word.

    A word begins a handful of some thousand phrases; trying all of them takes five times as long.
    """

    def __init__(self, rows: list[dict[str, Any]]) -> None:
        self._rows = rows
        self._ways: dict[str, list[Beginning]] = {}

    def __missing__(self, word: str) -> Match:
        forms = []
        for row in self._rows:
            if word not in row["begins"]:
                continue
            if row["id"] not in self._ways:
                self._ways[row["id"]] = beginnings(row["pattern"])
            fit = [way.source for way in self._ways[row["id"]] if way.fits(word)]
            if fit:
                forms.append(_form({"id": row["id"], "pattern": "|".join(fit)}))
        found = self[word] = regex("|".join(forms) or r"(?!)").match
        return found


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
