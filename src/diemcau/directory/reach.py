"""What belongs to a body: the bodies under it, and those whose whole work it took over.

A grant over a body reaches these. It does not follow the body into what swallowed it: whoever
worked in a department is not thereby let into the whole ministry it went to; an administrator
says so (docs/decisions).
"""

from collections import defaultdict
from collections.abc import Iterable
from typing import TypeVar

from django.db.models import QuerySet

from diemcau.directory.models import Body, Succession, SuccessionKind

__all__ = ["above", "reached_refs", "reaches"]

_Id = TypeVar("_Id", int, str)
_WHOLE = (SuccessionKind.MERGED, SuccessionKind.RENAMED)


def reaches(bodies: Iterable[int]) -> dict[int, set[int]]:
    """What each body reaches: itself, what stands under it, its predecessors with theirs.

    Args:
        bodies: ids of rows of the directory.
    Returns:
        Ids by id; two statements, none where no body is given.
    """
    wanted = set(bodies)
    if not wanted:
        return {}
    below: dict[int, list[int]] = defaultdict(list)
    for pk, parent in Body.objects.exclude(parent=None).values_list("pk", "parent"):
        below[parent].append(pk)
    for before, after in _taken_over().values_list("before", "after"):
        below[after].append(before)
    return {body: _walk(body, below) for body in wanted}


def reached_refs(ref: str) -> set[str]:
    """Ids in the directory of what a body reaches; its own alone if the directory has no such."""
    below: dict[str, list[str]] = defaultdict(list)
    under = Body.objects.exclude(parent=None).values_list("ref", "parent__ref")
    for one, parent in under.order_by():
        below[parent].append(one)
    steps = _taken_over().values_list("before__ref", "after__ref")
    for before, after in steps:
        below[after].append(before)
    return _walk(ref, below)


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


def _taken_over() -> QuerySet[Succession]:
    return Succession.objects.filter(kind__in=_WHOLE, what="").order_by()


def _walk(body: _Id, below: dict[_Id, list[_Id]]) -> set[_Id]:
    found, edge = {body}, [body]
    while edge:
        edge = [pk for one in edge for pk in below[one] if pk not in found]
        found.update(edge)
    return found
