"""The people who act in a text, with the offices it gives them."""

from functools import cache

from vanban.data import load
from vanban.letters import fold
from vanban.persons import PersonMention
from vanban.records import Person
from vanban.scan import Scan

__all__ = ["read_people"]


def read_people(scan: Scan) -> list[Person]:
    """The persons acting in a text, once each, with every office it gives them.

    Titles split at commas and "kiêm"; an office said twice keeps its fuller form. A caption may
    give an office of somebody the text names, but nobody of its own: an old picture shows others.
    """
    blocks = scan.document.blocks if scan.document.content else ()
    captions = [(b.start, b.end) for b in blocks if b.kind == "caption"]
    by_name: dict[str, list[PersonMention]] = {}
    for mention in scan.people:
        by_name.setdefault(fold(mention.name), []).append(mention)
    records = []
    for mentions in by_name.values():
        said = [m for m in mentions if not _is_in(captions, m)] if captions else mentions
        if not said:
            continue
        titles = _fullest([t for m in mentions for t in m.titles])
        first = next((m for m in said if m.titles), said[0])
        records.append(
            Person(
                anchor=scan.document.anchor(first.start, first.end),
                rule="person.title" if first.titles else "person.address",
                confidence=0.93 if titles else 0.7,
                name=first.name,
                titles=titles,
            )
        )
    return sorted(records, key=lambda r: r.anchor)


@cache
def _degrees() -> frozenset[str]:
    return frozenset(degree.rstrip(".") for degree in load("titles")["degrees"])


def _is_in(spans: list[tuple[int, int]], mention: PersonMention) -> bool:
    return any(start <= mention.start < end for start, end in spans)


def _fullest(titles: list[str]) -> tuple[str, ...]:
    """The titles without those that begin another one, in order of first mention."""
    kept: list[tuple[str, str]] = []
    offices = [t for t in titles if t not in _degrees()] or titles
    for title in (given.rstrip(" -–—") for given in offices):
        folded = fold(title)
        if any(known.startswith(folded) for known, _ in kept):
            continue
        for at, (known, _) in enumerate(kept):
            if folded.startswith(known):
                kept[at] = folded, title
                break
        else:
            kept.append((folded, title))
    return tuple(title for _, title in kept)
