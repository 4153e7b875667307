"""From a name in a text, and its day, to one body, office, person or partner - or to none.

A name is answered only when one bearer fits; otherwise the candidates are handed back and a
person decides. Names that mean many bodies ("các bộ, ngành") never become one of them.
"""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from typing import Any

from vanban.data import load
from vanban.directory import names
from vanban.directory.index import (
    Hit,
    department_names,
    embassies_by_host,
    exact_names,
    full_name,
    heads_of_missions,
    mission_names,
    names_without_marks,
    own_words,
    polite_words,
    posts_by_city,
    rank_keys,
    title_names,
)
from vanban.directory.rows import (
    PARTNER_KINDS,
    Entry,
    bodies,
    both_valid,
    provincial,
    with_those_above,
)
from vanban.patterns import alternation, regex

__all__ = ["Resolution", "resolve"]

_NOT_BODIES = PARTNER_KINDS | {"office", "person"}
_LISTS = (regex(r"\s*[,;]\s*"), regex(r"\s*[,;]\s*|\s+và\s+|\s+cùng\s+", re.IGNORECASE))
_MAY_PART = regex(r"[,;]|\s(?:và|cùng)\s", re.IGNORECASE)
_LONGEST_NAME = 500
_LONGEST_LIST = 100
_BRACKETED = regex(r"\s*\(([^()]*)\)\s*$")


@dataclass(frozen=True, slots=True)
class Resolution:
    """What a name stands for.

    Args:
        id: the one bearer; None if it was left open.
        candidates: the bearers it may be, the one of `id` alone if there is one.
        reason: "unique"; or why it is open: "unknown", "collective" (several bodies at once),
            "several" (two bearers on that day), "needs_date" (bearers of different times),
            "needs_province", "needs_body" (a title or committee without its place),
            "not_on_that_day" (no bearer then), "weak" (too short a name as it is written),
            "list" (names of several).
    """

    id: str | None
    candidates: tuple[Entry, ...]
    reason: str


def resolve(
    name: str,
    *,
    on: date | None = None,
    kinds: Collection[str] | None = None,
    within: str | None = None,
) -> Resolution:
    """Find the one bearer of a name.

    Source: data/partners.yml, data/bodies/*.yml, data/offices.yml, data/people.yml.
    Args:
        name: as the text has it, in any case, with or without marks.
        on: the day the text speaks of; None if it is not known.
        kinds: what may be meant: "partner", "body", "office", "person", or single kinds such as
            "country" or "ministry"; None for anything.
        within: id of the body whose own text it is, or of the province it is about: "UBND tỉnh",
            "Sở Công Thương", "Bộ" and "Bộ trưởng" are then those of this body or one above it.
    """
    key = names.key(name) if len(name) <= _LONGEST_NAME else ""
    if not key:
        return Resolution(None, (), "unknown")
    hits = exact_names().get(key)
    reason = "unknown"
    if hits is None:
        hits, reason = _composed(key, within)
        if not hits and reason in _OPEN_PLACES:
            return Resolution(None, _bearers(key, reason, on, kinds), reason)
        if not hits and reason == "unknown":
            hits, reason = _otherwise(name, key, on=on, kinds=kinds, within=within)
    if not hits:
        return Resolution(None, (), reason)
    if reason == "list":
        return Resolution(None, _entries(hits), reason)
    return _decide(hits, name, on=on, kinds=kinds)


def _decide(
    hits: Iterable[Hit], name: str, *, on: date | None, kinds: Collection[str] | None
) -> Resolution:
    """One bearer, or the candidates and why none was taken."""
    wanted = [h for h in hits if kinds is None or _is_of(h[0].kind, kinds)]
    if not wanted:
        return Resolution(None, (), "unknown")
    fitting = wanted
    if on is not None:
        day = on.isoformat()
        fitting = [h for h in wanted if h[0].is_valid(day)]
        if not fitting:
            return Resolution(None, _entries(wanted), "not_on_that_day")
    entries = _entries(fitting)
    if len(entries) > 1:
        together = any(both_valid(a, b) for i, a in enumerate(entries) for b in entries[i + 1 :])
        return Resolution(None, entries, "several" if together else "needs_date")
    if not any(strong for _, strong in fitting) and not _is_capitalised(name):
        return Resolution(None, entries, "weak")
    return Resolution(entries[0].id, entries, "unique")


def _is_of(kind: str, kinds: Collection[str]) -> bool:
    if kind in kinds:
        return True
    if kind in PARTNER_KINDS:
        return "partner" in kinds
    return "body" in kinds and kind not in _NOT_BODIES


def _is_capitalised(name: str) -> bool:
    return name.lstrip()[:1].isupper()


def _entries(hits: Iterable[Hit]) -> tuple[Entry, ...]:
    return tuple({entry.id: entry for entry, _ in hits}.values())


# Names made of parts: "Sở Ngoại vụ Nghệ An", "Đại sứ Việt Nam tại Nhật Bản"


def _composed(key: str, within: str | None) -> tuple[tuple[Hit, ...], str]:
    """Bearers of a name made of parts, or what is missing from it."""
    own = _own(key, within)
    if own:
        return ((own, True),), "unknown"
    if key in own_words() and key not in rank_keys():
        return (), "needs_body"
    for kind_ids, rest in department_names().split(key):
        places = _provinces(rest, within)
        if places:
            found = [provincial(k, p.id) for k in kind_ids for p in places]
            return tuple((e, True) for e in found if e), "unknown"
        if not rest or rest in rank_keys():
            return (), "needs_province"
    for kinds, rest in mission_names().split(key):
        post = _mission(kinds[0], rest)
        if post:
            return ((post, True),), "unknown"
    for rows, rest in title_names().split(key):
        if not rest:
            held = tuple((o, True) for row in rows for o in _offices_within(row, within))
            return held, "unknown" if held else "needs_body"
        offices = tuple((o, True) for row in rows for o in _offices(row, rest, within))
        if offices:
            return offices, "unknown"
        person = [h for h in full_name(rest) if h[0].kind == "person"]
        if person:
            return tuple(person), "unknown"
    for _, rest in polite_words().split(key):
        known = [h for h in full_name(rest) if h[0].kind in ("person", "office")]
        if known:
            return tuple(known), "unknown"
        if rest:
            made, _ = _composed(rest, within)
            if made and all(h[0].kind in ("office", "person") for h in made):
                return made, "unknown"
    return (), "unknown"


def _provinces(rest: str, within: str | None) -> list[Entry]:
    """Units of the first level that the end of a name means.

    "UBND thành phố" in a province's text is a town of it, never the province.
    """
    if not rest or rest in rank_keys():
        own = [e for e in with_those_above(within or "") if e.kind in ("province", "city")]
        return [e for e in own if not rest or rank_keys()[rest] == e.kind]
    return [e for e, _ in full_name(rest) if e.kind in ("province", "city")]


def _own(key: str, within: str | None) -> Entry | None:
    """The body that a word such as "Bộ" means in the text of a body: itself, or one above it."""
    kinds = own_words().get(key) if within else None
    if kinds is None:
        return None
    word = key if key not in rank_keys() else ""
    for entry in with_those_above(within or ""):
        if entry.kind in kinds and _is_called(entry, word):
            return entry
    return None


def _is_called(entry: Entry, word: str) -> bool:
    """Whether a body is a "Cục" and not a "Vụ"; a mission or province is by its kind alone."""
    if entry.kind not in ("unit", "ministry"):
        return True
    name = names.key(entry.name)
    return name.startswith(word.removesuffix(names.key("ta"))) or names.bare(name).startswith(word)


def _offices_within(title: dict[str, Any], within: str | None) -> list[Entry]:
    """The office a bare title is in the body whose text it is, or in the nearest one above."""
    kinds = title.get("of", [])
    held = [e for e in with_those_above(within or "") if e.kind in kinds][:1]
    return [_office(title, entry) for entry in held]


def _mission(kind: str, rest: str) -> Entry | None:
    """The mission of a kind in a host or city."""
    post = posts_by_city().get((kind, rest))
    if post or kind != "embassy":
        return post
    hosts = {e.id for e, _ in full_name(rest) if e.kind == "country"}
    return embassies_by_host().get(hosts.pop()) if len(hosts) == 1 else None


def _offices(title: dict[str, Any], rest: str, within: str | None) -> list[Entry]:
    """The office a title is in the body that the rest of the name means."""
    kinds_of_body = title.get("of", [])
    found = [e for e, _ in full_name(rest)]
    if title["id"] == "minister":
        found = found or [e for e, _ in full_name(names.key("Bộ") + rest)]
    if not found:
        found = [e for e, _ in _composed(rest, within)[0]]
    if not found and {"embassy", "consulate_general"} & set(kinds_of_body):
        for _, place in heads_of_missions().split(rest):
            post = _mission(kinds_of_body[0], place)
            found = [post] if post else []
    return [_office(title, e) for e in found if e.kind in kinds_of_body]


def _office(title: dict[str, Any], body: Entry) -> Entry:
    name = f"{title['name']} {body.name}"
    return Entry(f"{title['id']}@{body.id}", "office", name, body.valid_from, body.valid_to)


_OPEN_PLACES = ("needs_province", "needs_body")


def _bearers(
    key: str, reason: str, on: date | None, kinds: Collection[str] | None
) -> tuple[Entry, ...]:
    """Everyone a name without its place may mean: the committee of each province of the day."""
    fitting = (e for e in _every_bearer(key, reason) if kinds is None or _is_of(e.kind, kinds))
    day = on.isoformat() if on else ""
    return tuple(e for e in fitting if not day or e.is_valid(day))


@lru_cache(maxsize=256)
def _every_bearer(key: str, reason: str) -> tuple[Entry, ...]:
    places = [e for e in bodies().values() if e.kind in ("province", "city")]
    if reason == "needs_province":
        made = (_composed(key, place.id)[0] for place in places)
    elif key in own_words():
        made = (_composed(key, body)[0] for body in bodies())
    else:
        made = (_composed(key, body)[0] for body, e in bodies().items() if e.kind == "ministry")
    return _entries(hit for hits in made for hit in hits)


# Names of many, names written otherwise


@cache
def _collectives() -> tuple[re.Pattern[str], frozenset[str]]:
    parts = load("bodies/name_parts")["collectives"]
    exact = [names.key(name) for name in parts["exact"]]
    first_words = regex(rf"(?:{alternation(parts['first_words'])}|cac|\d+)\s", re.IGNORECASE)
    return first_words, frozenset([*exact, *map(names.bare, exact)])


def _is_collective(name: str, key: str) -> bool:
    first_words, exact = _collectives()
    return key in exact or first_words.match(" ".join(name.split())) is not None


@cache
def _our_country() -> re.Pattern[str]:
    words = alternation(load("bodies/name_parts")["our_country"])
    return regex(rf"\s+(?:{words})\s*$", re.IGNORECASE)


def _ours(name: str, within: str | None) -> tuple[Hit, ...]:
    """Bearers of a name that says whose body it is: "Bộ Công Thương Việt Nam"."""
    end = _our_country().search(name)
    key = names.key(name[: end.start()]) if end else ""
    hits = full_name(key) or _composed(key, within)[0] if key else ()
    return tuple(h for h in hits if h[0].kind not in PARTNER_KINDS | {"person"})


def _otherwise(
    name: str, key: str, *, on: date | None, kinds: Collection[str] | None, within: str | None
) -> tuple[tuple[Hit, ...], str]:
    """A name without its marks, with its short form in brackets, or a list of names."""
    alike = [k for k in names_without_marks().get(names.bare(key), ()) if names.marks_agree(key, k)]
    if alike:
        # A weak name without its marks is too little to go by: "Ao" may be anything.
        hits = tuple(h for k in alike for h in exact_names()[k])
        strong = tuple(h for h in hits if h[1])
        return (strong, "unknown") if strong else ((), "weak")
    bracket = _BRACKETED.search(name) if ")" in name else None
    if bracket:
        outer = resolve(name[: bracket.start()], on=on, kinds=kinds, within=within)
        inner = resolve(bracket[1], on=on, kinds=kinds, within=within)
        if outer.id and (inner.id in (None, outer.id)):
            return tuple((e, True) for e in outer.candidates), "unknown"
    if ours := _ours(name, within):
        return ours, "unknown"
    if _is_collective(name, key):
        return (), "collective"
    # "Bộ Tài chính, Bộ Kế hoạch và Đầu tư": the comma parts them, the "và" may belong to a name.
    for separator in _LISTS if _MAY_PART.search(name) else ():
        parts = [part for part in separator.split(name) if part]
        if 1 < len(parts) <= _LONGEST_LIST:
            each = [resolve(part, on=on, kinds=kinds, within=within) for part in parts]
            if sum(bool(r.candidates) for r in each) > 1:
                return tuple((e, True) for r in each for e in r.candidates), "list"
    return (), "unknown"
