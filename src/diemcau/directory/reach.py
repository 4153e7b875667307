"""What belongs to a body: the bodies under it, and those whose whole work it took over.

A grant over a body reaches these. It does not follow the body into what swallowed it: whoever
worked in a department is not thereby let into the whole ministry it went to; an administrator
says so (docs/decisions).
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from django.db.models import QuerySet

from diemcau.audit.kept import kept
from diemcau.directory.models import Body, Succession, SuccessionKind
from diemcau.directory.queries import bodies_on

__all__ = ["Family", "above", "family_of", "reached_refs", "reaches", "runs"]

_Id = TypeVar("_Id", int, str)
_WHOLE = (SuccessionKind.MERGED, SuccessionKind.RENAMED)
_COMMITTEE = "peoples_committee"
_DEPARTMENTS = ("department", "foreign_affairs_office")
"""What belongs to a province, and is run by its committee."""


def reaches(bodies: Iterable[int]) -> dict[int, set[int]]:
    """What each body reaches: itself, what stands under it, its predecessors with theirs.

    Args:
        bodies: ids of rows of the directory.
    Returns:
        Ids by id; one statement, none where no body is given.
    """
    wanted = set(bodies)
    if not wanted:
        return {}

    def find() -> dict[int, set[int]]:
        below = _edges(("pk", "parent"), ("before", "after"))
        return {body: _walk(body, below) for body in wanted}

    return {body: set(ids) for body, ids in kept("reaches", frozenset(wanted), find).items()}


def runs(body: Body, *, on: date) -> set[int]:
    """The bodies whose work a body directs on a day, to which it may hand on its own.

    What it reaches; and a People's Committee runs the departments of its province, which stand
    beside it in the directory: they belong to the province.
    Source: Luật Tổ chức chính quyền địa phương: the departments of a province are the specialised
    agencies of its People's Committee.
    Returns:
        Ids of rows of the directory, the body itself not among them.
    """
    tops = {body.pk}
    if body.kind == _COMMITTEE and body.parent_id is not None:
        beside = bodies_on(on, kinds=_DEPARTMENTS).filter(parent=body.parent_id)
        tops.update(beside.order_by().values_list("pk", flat=True))
    return set().union(*reaches(tops).values()) - {body.pk}


def reached_refs(ref: str) -> set[str]:
    """Ids in the directory of what a body reaches; its own alone if the directory has no such."""
    edges = ("ref", "parent__ref"), ("before__ref", "after__ref")
    return set(kept("reached_refs", ref, lambda: _walk(ref, _edges(*edges))))


def above(bodies: Iterable[int]) -> set[int]:
    """Ids of some bodies and of all that stand above them; one statement, none for no body."""
    found = set(bodies)
    if not found:
        return found
    parents = dict(Body.objects.exclude(parent=None).order_by().values_list("pk", "parent"))
    edge = set(found)
    while edge:
        edge = {parents[one] for one in edge if one in parents} - found
        found |= edge
    return found


@dataclass(frozen=True, slots=True)
class Family:
    """A body and what it reaches, each body in one part only.

    Args:
        under: each body directly under it, with the ids in the directory of all it reaches.
        before: each body whose whole work it took over, likewise.
    """

    body: Body
    under: list[tuple[Body, set[str]]]
    before: list[tuple[Body, set[str]]]

    @property
    def refs(self) -> set[str]:
        """Ids in the directory of all of them."""
        parts = (refs for _body, refs in (*self.under, *self.before))
        return {self.body.ref}.union(*parts)


def family_of(ref: str) -> Family | None:
    """A body with what stands under it and what it took over; two statements.

    Returns:
        None if the directory has no such body.
    """
    bodies = {one.pk: one for one in Body.objects.all()}
    body = next((one for one in bodies.values() if one.ref == ref), None)
    if body is None:
        return None
    steps = list(_taken_over().values_list("before", "after"))
    below: dict[int, list[int]] = defaultdict(list)
    for one in bodies.values():
        if one.parent_id is not None:
            below[one.parent_id].append(one.pk)
    for before, after in steps:
        below[after].append(before)
    met = {body.pk}

    def parts(of: list[Body]) -> list[tuple[Body, set[str]]]:
        found = []
        for one in of:
            reached = _walk(one.pk, below) - met
            met.update(reached)
            if one.pk in reached:
                found.append((one, {bodies[pk].ref for pk in reached}))
        return found

    under = parts([one for one in bodies.values() if one.parent_id == body.pk])
    taken = parts([bodies[before] for before, after in steps if after == body.pk])
    return Family(body, under, taken)


def _edges(parent: tuple[str, str], step: tuple[str, str]) -> dict[Any, list[Any]]:
    """What stands right below each body, and what came to it whole; one statement."""
    below: dict[Any, list[Any]] = defaultdict(list)
    under = Body.objects.exclude(parent=None).order_by().values_list(*parent)
    for one, top in under.union(_taken_over().values_list(*step), all=True):
        below[top].append(one)
    return below


def _taken_over() -> QuerySet[Succession]:
    return Succession.objects.filter(kind__in=_WHOLE, what="").order_by()


def _walk(body: _Id, below: dict[_Id, list[_Id]]) -> set[_Id]:
    found, edge = {body}, [body]
    while edge:
        edge = [pk for one in edge for pk in below[one] if pk not in found]
        found.update(edge)
    return found
