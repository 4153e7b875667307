"""The bodies a list names one by one, where what they are is said once for all of them."""

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache, partial

from vanban.data import load
from vanban.directory.resolve import Resolution, resolve
from vanban.patterns import alternation, regex

__all__ = ["Listed", "named_in"]

_LONGEST = 1500
_MOST_PIECES = 4
"""Pieces between commas and "và" that one name may have: "Văn hóa, Thể thao và Du lịch"."""
_BETWEEN = regex(r"\s*[,;]\s*(?:(?:và|cùng)\s+)?|\s+(?:và|cùng)\s+", re.IGNORECASE)
_ONE = ("unique", "needs_date", "several", "not_on_that_day")
"""Somebody is named, though the day may be needed to tell who: no name of many."""


@dataclass(frozen=True, slots=True)
class Listed:
    """One of the bodies a list names.

    Args:
        name: in the words of the list, what it says once for all before its own: "UBND Hà Tĩnh".
        bearer: what it means.
    """

    name: str
    bearer: Resolution


def named_in(
    words: str,
    *,
    on: date | None = None,
    kinds: Collection[str] | None = None,
    within: str | None = None,
) -> tuple[Listed, ...]:
    """The bodies that a list names, in text order: "UBND các tỉnh Nghệ An, Hà Tĩnh" are two.

    Args:
        words: as the text has them; `on`, `kinds` and `within` as `resolve` takes them.
    Returns:
        () if they name one, or if any part of them means nobody, or many, so that a person decides.
    """
    if len(words) > _LONGEST or not _BETWEEN.search(words):
        return ()
    if resolve(words, on=on, kinds=kinds, within=within).reason in _ONE:
        return ()
    meant = partial(resolve, on=on, kinds=kinds, within=within)
    found: list[Listed] = []
    at, said = 0, ""
    while at < len(words):
        if head := _plural(words, at):
            said, at = said if head["kind"] is None else head["kind"], head.end()
        for end, after in _ends(words, at):
            one = _one(words[at:end], said, meant)
            if one is not None:
                found.append(one)
                if one.name == words[at:end]:
                    said = _own_head(one.name) or said
                at = after
                break
        else:
            return ()
    return tuple(found) if len(found) > 1 else ()


def _ends(words: str, start: int) -> Iterator[tuple[int, int]]:
    """Where a name that begins here may end, and where the next one begins; the longest first."""
    ends = []
    for gap in _BETWEEN.finditer(words, start):
        ends.append((gap.start(), gap.end()))
        if len(ends) == _MOST_PIECES:
            return reversed(ends)
    return reversed([*ends, (len(words), len(words))])


def _one(words: str, said: str, meant: Callable[[str], Resolution]) -> Listed | None:
    """Whom words of a list mean: with what was said before, else alone; None if nobody or many.

    Args:
        meant: whom a name means on the list's day.
    """
    tried = (f"{said} {words}", words) if said else (words,)
    asked = [Listed(one, meant(one)) for one in tried]
    named = [one for one in asked if one.bearer.reason in _ONE and one.bearer.candidates]
    return next((one for one in named if one.bearer.id), named[0] if named else None)


def _plural(words: str, at: int) -> re.Match[str] | None:
    """The words at a place that say in the plural what the names after them are.

    Its `kind` is what each is called: "Bộ" of "các Bộ:", "UBND" of "UBND các tỉnh"; None where only
    places are announced ("và các thành phố"), so that what was said before holds.
    """
    kinds, places = _plurals()
    return kinds.match(words, at) or places.match(words, at)


@cache
def _plurals() -> tuple[re.Pattern[str], re.Pattern[str]]:
    parts = load("bodies/name_parts")
    plural, place = alternation(parts["plural"]), alternation(parts["list_places"])
    kind = r"(?P<kind>(?:(?!\s(?:và|cùng)\s)[^,;:]){2,60}?)"
    places = rf"(?:{place})(?:(?:,| và|/)\s*(?:{place}))?(?: trực thuộc trung ương)?"
    end = r"(?:\s*:\s*|\s+)"
    return (
        regex(rf"(?:{plural})\s+(?P<kind>{alternation(_heads())}){end}", re.IGNORECASE),
        regex(rf"(?:{kind}\s+)?(?:{plural})\s+{places}{end}", re.IGNORECASE),
    )


def _own_head(name: str) -> str:
    """What a name of a list says of those after it: "Bộ" in "Bộ Ngoại giao"."""
    found = _head().match(name)
    return found[0].strip() if found else ""


@cache
def _head() -> re.Pattern[str]:
    return regex(rf"(?:{alternation(_heads())})\s", re.IGNORECASE)


def _heads() -> list[str]:
    """What may be said once before the names of a list; of missions with "tại"."""
    parts = load("bodies/name_parts")
    missions = [name for names in parts["missions"].values() for name in names]
    heads = [f"Đại sứ {whose}" for whose in parts["heads_of_missions"]]
    return [
        *parts["list_heads"],
        *(f"{name} {at}" for name in (*missions, *heads) for at in parts["at"]),
    ]
