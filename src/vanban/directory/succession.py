"""Who answers today for what was given to a body that has since merged, split or been renamed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any, Literal

from vanban.data import load
from vanban.directory.rows import bodies, provincial
from vanban.errors import VanbanError

__all__ = ["CycleError", "Link", "Succession", "follow", "shipped_links"]

Kind = Literal["merged", "renamed", "split", "functions_moved"]
_WHOLE = ("merged", "renamed")


class CycleError(VanbanError):
    """Bodies follow each other in a ring."""


@dataclass(frozen=True, slots=True)
class Link:
    """One step from a body to what took over its work.

    Args:
        before, after: ids of the two bodies.
        kind: merged, renamed (the whole body), split (divided: a person says which part),
            functions_moved (a part left, the rest stayed or went another way).
        on: first day of the new state, ISO.
        what: the part that moved; "" if the whole or not stated.
        source, sure: where it comes from and how certain it is, as in the data rows.
    """

    before: str
    after: str
    kind: Kind
    on: str
    what: str = ""
    source: str = ""
    sure: str = ""


@dataclass(frozen=True, slots=True)
class Succession:
    """Where responsibility lies on a day.

    Args:
        responsible: id of the one body that answers; None if a person must confirm.
        candidates: the bodies it may be, the responsible one alone if there is one.
        steps: the links that were followed, oldest first.
        moved: links along the way by which a part of the work went elsewhere.
    """

    responsible: str | None
    candidates: tuple[str, ...]
    steps: tuple[Link, ...]
    moved: tuple[Link, ...]


def follow(body: str, *, on: str, links: Mapping[str, Sequence[Link]]) -> Succession:
    """Follow a body through its mergers up to a day.

    Args:
        body: id of the body the work was given to.
        on: ISO day; links that began later are not followed.
        links: links by the id of the body before.
    Raises:
        CycleError: the links lead back to a body already met.
    """
    return _follow(body, on=on, links=links, met=frozenset())


def _follow(
    body: str, *, on: str, links: Mapping[str, Sequence[Link]], met: frozenset[str]
) -> Succession:
    if body in met:
        raise CycleError(f"{body} follows itself")
    met |= {body}
    due = [link for link in links.get(body, ()) if link.on <= on]
    moved = tuple(link for link in due if link.kind == "functions_moved")
    whole = [link for link in due if link.kind in _WHOLE]
    parts = [link for link in due if link.kind == "split"]
    if not whole and not parts:
        return Succession(body, (body,), (), moved)
    followed = [(link, _follow(link.after, on=on, links=links, met=met)) for link in whole + parts]
    candidates = tuple(dict.fromkeys(c for _, later in followed for c in later.candidates))
    steps = tuple(step for link, later in followed for step in (link, *later.steps))
    moved += tuple(link for _, later in followed for link in later.moved)
    sole = len(followed) == 1 and not parts
    return Succession(followed[0][1].responsible if sole else None, candidates, steps, moved)


@cache
def shipped_links() -> dict[str, tuple[Link, ...]]:
    """The links of the shipped rows by the body before, bodies of merged provinces included."""
    rows = [*load("bodies/successions"), *load("bodies/province_successions")]
    links = [_link(row) for row in rows]
    links += _of_departments()
    links += _of_committees(load("bodies/province_successions"))
    found: dict[str, tuple[Link, ...]] = {}
    for link in links:
        found[link.before] = (*found.get(link.before, ()), link)
    return found


def _link(row: dict[str, Any]) -> Link:
    return Link(
        row["from"],
        row["to"],
        row["kind"],
        row["on"],
        row.get("what", ""),
        row["source"],
        row["sure"],
    )


def _of_committees(rows: Iterable[dict[str, Any]]) -> list[Link]:
    """When a province merges, so do its committees and departments.

    A party committee of a province that became part of a city is followed by the city's.
    """
    found = []
    for row in rows:
        for kind in load("bodies/departments"):
            before = provincial(kind["id"], row["from"])
            if before is None or not before.is_valid(_day_before(row["on"])):
                continue
            after_kind = kind["id"]
            if kind.get("tier"):
                tier = bodies()[row["to"]].kind
                after_kind = {"province": "tinh-uy", "city": "thanh-uy"}[tier]
            after = provincial(after_kind, row["to"])
            if after:
                # The source speaks of the provinces; that their bodies follow is inferred.
                sure = "B" if kind["sure"] == "A" else "C"
                found.append(
                    Link(before.id, after.id, row["kind"], row["on"], "", row["source"], sure)
                )
    return found


def _of_departments() -> list[Link]:
    """What became of departments inside their province, as of their ministries."""
    found = []
    for kind in load("bodies/departments"):
        successors = kind.get("becomes", ())
        for province in load("bodies/provinces") if successors else ():
            before = provincial(kind["id"], province["id"])
            if before is None or before.valid_to != kind["valid"]["to"]:
                continue
            on = (date.fromisoformat(before.valid_to) + timedelta(days=1)).isoformat()
            how: Kind = "merged" if len(successors) == 1 else "split"
            found += [
                Link(before.id, after.id, how, on, "", kind["source"], "C")
                for successor in successors
                if (after := provincial(successor, province["id"])) and after.is_valid(on)
            ]
    return found


def _day_before(day: str) -> str:
    return (date.fromisoformat(day) - timedelta(days=1)).isoformat()
