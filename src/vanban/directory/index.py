"""Every name the shipped rows give, by the key it is compared by; and the pieces of full names."""

from collections.abc import Iterable
from functools import cache
from typing import Any

from vanban.data import load
from vanban.directory import names
from vanban.directory.rows import Entry, bodies, names_of, partners, people

__all__ = [
    "Hit",
    "Prefixes",
    "department_names",
    "embassies_by_host",
    "exact_names",
    "full_name",
    "heads_of_missions",
    "mission_names",
    "names_without_marks",
    "own_words",
    "polite_words",
    "posts_by_city",
    "rank_keys",
    "title_names",
]

Hit = tuple[Entry, bool]
"""A bearer, and whether the name is strong enough alone."""


# Names that stand as they are


@cache
def exact_names() -> dict[str, tuple[Hit, ...]]:
    """Key of every full name to its bearers."""
    index: dict[str, tuple[Hit, ...]] = {}

    def add(name: str, entry: Entry, *, strong: bool) -> None:
        key = names.key(name)
        index[key] = (*index.get(key, ()), (entry, strong))

    for rows, entries in (
        (load("partners"), partners()),
        (load("bodies/central"), bodies()),
        (load("bodies/provinces"), bodies()),
        (load("bodies/missions"), bodies()),
        (load("people"), people()),
    ):
        for row in rows:
            for name, strong in names_of(row):
                add(name, entries[row["id"]], strong=strong)
    ranks = load("bodies/name_parts")["ranks"]
    for row in load("bodies/provinces"):
        for rank in ranks[row["kind"]]:
            for name, _ in names_of(row):
                add(f"{rank} {name}", bodies()[row["id"]], strong=True)
    for row in load("offices"):
        for name in row.get("bare", []):
            add(name, Entry(f"{row['id']}@{row['body']}", "office", row["name"]), strong=True)
    return index


@cache
def names_without_marks() -> dict[str, list[str]]:
    """Bare key to the keys that give it."""
    index: dict[str, list[str]] = {}
    for key in exact_names():
        index.setdefault(names.bare(key), []).append(key)
    return index


def full_name(key: str) -> tuple[Hit, ...]:
    """Bearers of a full name, typed with its marks or with none at all."""
    hits = exact_names().get(key)
    if hits is None and key == names.bare(key):
        alike = names_without_marks().get(key, ())
        hits = tuple(h for k in alike for h in exact_names()[k] if h[1])
    return hits or ()


# Names made of parts: "Sở Ngoại vụ Nghệ An", "Đại sứ Việt Nam tại Nhật Bản"


class Prefixes:
    """Beginnings of names, found by the longest one that fits."""

    def __init__(self, rows: Iterable[tuple[str, Any]]) -> None:
        self.values: dict[str, list[Any]] = {}
        for name, value in rows:
            key = names.key(name)
            for written in {key, names.bare(key)}:
                self.values.setdefault(written, []).append(value)
        self.lengths = sorted({len(k) for k in self.values}, reverse=True)
        self.first = frozenset(k[0] for k in self.values)

    def split(self, key: str) -> Iterable[tuple[list[Any], str]]:
        """The values of each beginning of a key, and what is left of the key, longest first."""
        if key[0] in self.first:
            for length in self.lengths:
                found = self.values.get(key[:length])
                if found is not None:
                    yield found, key[length:]


@cache
def department_names() -> Prefixes:
    return Prefixes(
        (name, row["id"])
        for row in load("bodies/departments")
        for name in (row["name"], *row["aliases"])
    )


@cache
def mission_names() -> Prefixes:
    parts = load("bodies/name_parts")
    return Prefixes(
        (f"{name} {at}", kind)
        for kind, prefixes in parts["missions"].items()
        for name in prefixes
        for at in parts["at"]
    )


@cache
def title_names() -> Prefixes:
    return Prefixes(
        (name, row) for row in load("offices") for name in row.get("names", row.get("bare", []))
    )


@cache
def heads_of_missions() -> Prefixes:
    parts = load("bodies/name_parts")
    return Prefixes(
        (f"{name} {at}", None) for name in parts["heads_of_missions"] for at in parts["at"]
    )


@cache
def polite_words() -> Prefixes:
    parts = load("bodies/name_parts")
    return Prefixes((word, None) for word in (*parts["honorifics"], *parts["acting"]))


@cache
def rank_keys() -> dict[str, str]:
    """Key of a rank to the kind of unit that has it: "tỉnh" is a province's."""
    ranks = load("bodies/name_parts")["ranks"]
    return _with_bare((rank, kind) for kind, words in ranks.items() for rank in words)


@cache
def own_words() -> dict[str, frozenset[str]]:
    """Key of a word by which a body's own document calls it to the kinds of body it may be."""
    kinds: dict[str, frozenset[str]] = {}
    for kind, words in load("bodies/name_parts")["own"].items():
        for word in words:
            for key in _with_bare([(word, kind)]):
                kinds[key] = kinds.get(key, frozenset()) | {kind}
    return kinds


def _with_bare(rows: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Values by the key of a name, and by the key without its marks."""
    found = {}
    for name, value in rows:
        key = names.key(name)
        found[names.bare(key)] = value
        found[key] = value
    return found


@cache
def posts_by_city() -> dict[tuple[str, str], Entry]:
    """Kind of mission and the key of its city to the mission."""
    return {
        (row["type"], names.key(city)): bodies()[row["id"]]
        for row in load("bodies/missions")
        for city in (row["city"], *row.get("city_aliases", []))
    }


@cache
def embassies_by_host() -> dict[str, Entry]:
    """Host to its embassy."""
    rows = (r for r in load("bodies/missions") if r["type"] in ("embassy", "representative_office"))
    return {row["host"]: bodies()[row["id"]] for row in rows}
