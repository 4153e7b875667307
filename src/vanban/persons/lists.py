"""Persons named in a row with one office or one address: "các Phó Thủ tướng A, B và C"."""

from vanban.layers import Layers
from vanban.patterns import regex
from vanban.persons.names import (
    Span,
    is_foreign_name,
    is_native_name,
    is_of_a_country,
    is_unlisted_name,
    runs_of,
    tokens_of,
)
from vanban.persons.titles import titles_after
from vanban.persons.words import PersonMention, lexicon

__all__ = ["with_one_office", "with_sharers"]

_SEVERAL = regex(
    r"(?<!\w)(?:[Cc]ác|[Hh]ai|[Bb]a|[Bb]ốn|[Nn]ăm|[Nn]hững|[Hh]ai vị)"
    r"(?: (?:đồng chí|vị|ông|bà|ngài|anh|chị))?:? $"
)
_NEXT = regex(r" *(?:,|;|,? và|,? cùng)(?: (?:đồng chí|ông|bà|ngài))? (?=\S)")
_REACH = 16
"""Code points before a mention in which it is said that several follow."""
_MOST = 30
"""Names in one row."""


def with_sharers(layers: Layers, found: list[PersonMention]) -> list[PersonMention]:
    """The mentions, and those whom only their place in a row tells to be persons.

    Args:
        found: in text order.
    """
    at_name = {p.name_start: p for p in found}
    added = False
    for first in found:
        text = layers.text
        if not _SEVERAL.search(text, max(0, first.start - _REACH), first.start) and not (
            first.honorific
            and _SEVERAL.search(text, max(0, first.start - _REACH), first.name_start)
        ):
            continue
        if len(first.titles) > 1 or text[first.start : first.end].find(":") >= 0:
            continue
        end = first.end
        for _ in range(_MOST):
            named = _next_name(layers, end)
            if named is None:
                break
            known = at_name.get(named[0])
            if known is not None and known.titles:
                break
            name = text[slice(*named)]
            at_name[named[0]] = PersonMention(*named, named[0], name, first.titles, True)
            added = True
            end = named[1]
    return sorted(at_name.values(), key=lambda p: p.start) if added else found


def _next_name(layers: Layers, end: int) -> Span | None:
    """Where the next name of a row stands; None if what follows is no name."""
    link = _NEXT.match(layers.text, end)
    if link is None:
        return None
    run = next(runs_of(layers.text, link.end(), link.end() + _LONGEST_NAME), None)
    if run is None or run[0] != link.end():
        return None
    text, tokens = layers.text, tokens_of(layers.text, *run)
    if lexicon().heads.match(text, run[0]) or lexicon().not_people.match(text, run[0]):
        return None
    if is_native_name(text, tokens) and len(tokens) > 1:
        return run
    if is_of_a_country(layers, run[0]) or is_of_a_country(layers, tokens[-1][0]):
        return None
    named = len(tokens) >= 2 and is_foreign_name(text, tokens)
    return run if named or is_unlisted_name(text, tokens) else None


_LONGEST_NAME = 60


def with_one_office(layers: Layers, found: list[PersonMention]) -> list[PersonMention]:
    """The mentions, each of a row with the office that stands behind the last for all of them.

    "ông A và bà B, hai Phó Chủ tịch Hội X"; "ông A và bà B - đại diện của hai thành phố".

    Args:
        found: in text order.
    """
    text, shared = layers.text, list(found)
    for n in range(1, len(found)):
        first, last = found[n - 1], found[n]
        if first.titles or not (first.honorific and last.honorific):
            continue
        if text[first.end : last.start] not in (" và ", ", "):
            continue
        office = last.titles[:1] if last.titles and _OF_ALL.match(last.titles[0]) else ()
        if not last.titles and (several := _ALL_ARE.match(text, last.end)) is not None:
            office = titles_after(layers, several.end() - 1, several.end() + _LONGEST_OFFICE)
        if office:
            shared[n - 1 : n + 1] = first._replace(titles=office), last._replace(titles=office)
    return shared


_ALL_ARE = regex(r"(?:,| [-–])(?: đều)?(?: là)?(?: cả)? (?:hai|các) ")
"""Behind the last of two names, before the office both hold."""
_OF_ALL = regex(r"(?i:đồng )(?!chí)|đại diện (?:của |cho )?(?:hai|các) ")
"""An office that nobody holds alone."""
_LONGEST_OFFICE = 120
