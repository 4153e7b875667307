"""The shipped directory: bodies, partners, offices and people, each with the days it is valid.

Rows come from `data/partners.yml`, `data/bodies/*.yml`, `data/offices.yml` and `data/people.yml`.
A body of a province is made of its kind and the province ("ubnd.tinh-bac-ninh").
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from vanban.data import load

__all__ = [
    "PARTNER_KINDS",
    "Entry",
    "bodies",
    "both_valid",
    "partners",
    "people",
    "provincial",
    "with_those_above",
]

PARTNER_KINDS = frozenset({"country", "bloc", "region", "agreement"})


@dataclass(frozen=True, slots=True)
class Entry:
    """One row that a name can stand for.

    Args:
        id: stable word, never reused.
        kind: "ministry", "province", "embassy", "country", "person", "office", ...
        name: as it is printed.
        valid_from, valid_to: first and last day, ISO; "" if no source gives one.
    """

    id: str
    kind: str
    name: str
    valid_from: str = ""
    valid_to: str = ""

    def is_valid(self, day: str) -> bool:
        """Whether it existed on an ISO day."""
        return self.valid_from <= day and (not self.valid_to or day <= self.valid_to)


def _entry(row: dict[str, Any], kind: str) -> Entry:
    valid = row.get("valid", {})
    return Entry(row["id"], kind, row["name"], valid.get("from", ""), valid.get("to", ""))


@cache
def partners() -> dict[str, Entry]:
    """Every partner by id."""
    return {row["id"]: _entry(row, row["type"]) for row in load("partners")}


@cache
def bodies() -> dict[str, Entry]:
    """Every body that has a row of its own: central bodies, provinces, missions."""
    rows = [*load("bodies/central"), *load("bodies/provinces")]
    found = {row["id"]: _entry(row, row["kind"]) for row in rows}
    return found | {row["id"]: _entry(row, row["type"]) for row in load("bodies/missions")}


@cache
def people() -> dict[str, Entry]:
    """Every person in office whom the shipped rows know."""
    return {row["id"]: _entry(row, "person") for row in load("people")}


@cache
def provincial(kind_id: str, province_id: str) -> Entry | None:
    """The body of one kind in one province; None if the two never exist together.

    Args:
        kind_id: row of `bodies/departments.yml`, such as "ubnd".
        province_id: row of `bodies/provinces.yml`, such as "tinh-bac-ninh".
    """
    row, province = _departments()[kind_id], bodies()[province_id]
    if row.get("tier", province.kind) != province.kind:
        return None
    span = both_valid(_entry(row, row["kind"]), province)
    if span is None:
        return None
    rank = "tỉnh" if province.kind == "province" else "thành phố"
    if row["kind"] in ("party", "department", "foreign_affairs_office"):
        name = f"{row['name']} {province.name}"
    else:
        name = f"{row['name']} {rank} {province.name}"
    return Entry(f"{kind_id}.{province_id}", row["kind"], name, *span)


@cache
def with_those_above(ref: str) -> tuple[Entry, ...]:
    """A body and the bodies it belongs to, nearest first; () if no shipped row has the id.

    A department belongs to the People's Committee of its province, a mission to the ministry.
    """
    kind_id, _, province_id = ref.partition(".")
    if province_id:
        if kind_id not in _departments() or province_id not in bodies():
            return ()
        made = [provincial(kind, province_id) for kind in (kind_id, "ubnd")]
        found = [*filter(None, made), bodies()[province_id]]
        return tuple({entry.id: entry for entry in found}.values())
    above: list[Entry] = []
    while ref in bodies():
        above.append(bodies()[ref])
        ref = _parents().get(ref, "")
    return tuple(above)


@cache
def _parents() -> dict[str, str]:
    central = {row["id"]: row.get("parent", "") for row in load("bodies/central")}
    return central | {row["id"]: "mofa" for row in load("bodies/missions")}


def both_valid(one: Entry, other: Entry) -> tuple[str, str] | None:
    """First and last day on which two entries exist together; None if they never do."""
    first = max(one.valid_from, other.valid_from)
    last = min(filter(None, (one.valid_to, other.valid_to)), default="")
    return None if last and first > last else (first, last)


@cache
def _departments() -> dict[str, dict[str, Any]]:
    return {row["id"]: row for row in load("bodies/departments")}


def names_of(row: dict[str, Any]) -> Iterator[tuple[str, bool]]:
    """Every name of a row and whether it is strong; a body's own name always is."""
    aliases = row.get("aliases", {"strong": [], "weak": []})
    if "type" not in row or "host" in row:
        yield row["name"], True
    for strength in ("strong", "weak"):
        for alias in aliases[strength]:
            yield alias, strength == "strong"
