"""What belongs to a body: the bodies under it, and those whose whole work it took over.

A grant over a body reaches these. It does not follow the body into what swallowed it: whoever
worked in a department is not thereby let into the whole ministry it went to; an administrator
says so (docs/decisions).
"""

from collections import defaultdict
from collections.abc import Iterable

from diemcau.directory.models import Body, Succession, SuccessionKind

__all__ = ["reaches"]

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
    whole = Succession.objects.filter(kind__in=_WHOLE, what="")
    for before, after in whole.values_list("before", "after"):
        below[after].append(before)
    return {body: _walk(body, below) for body in wanted}


def _walk(body: int, below: dict[int, list[int]]) -> set[int]:
    found, edge = {body}, [body]
    while edge:
        edge = [pk for one in edge for pk in below[one] if pk not in found]
        found.update(edge)
    return found
