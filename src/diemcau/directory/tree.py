"""The bodies of a day as a tree under a few headings."""

from dataclasses import dataclass, field
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from diemcau.directory.models import Body
from diemcau.directory.queries import bodies_on

__all__ = ["Branch", "Heading", "tree_on"]


@dataclass(slots=True)
class Branch:
    """A body and the bodies that belong to it."""

    body: Body
    children: list["Branch"] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the tree with its bodies, in Vietnamese order."""

    key: str
    title: str | Promise
    branches: list[Branch]
    n_bodies: int


_HEADINGS = (
    ("party", _("Party"), {"party"}),
    ("state", _("State and Government"), {"state", "ministry", "agency", "unit", "task_force"}),
    ("provinces", _("Provinces and cities"), {"province", "city"}),
    (
        "missions",
        _("Missions abroad"),
        {"embassy", "consulate_general", "permanent_mission", "representative_office"},
    ),
    ("associations", _("Associations"), {"association"}),
)


def tree_on(day: date) -> list[Heading]:
    """The bodies that existed on a day under their headings; one statement.

    A body stands under its parent if that stood too and is of the same heading, otherwise under
    the heading itself; what belongs to a province is left to the province's page.
    """
    # What belongs to a province stands on its page; here it would be four fifths of this one.
    bodies = list(bodies_on(day).exclude(parent__kind__in=["province", "city"]))
    branches = {body.pk: Branch(body) for body in bodies}
    heading_of = {kind: key for key, _title, kinds in _HEADINGS for kind in kinds}
    tops: dict[str, list[Branch]] = {key: [] for key, _title, _kinds in _HEADINGS} | {"other": []}
    counts = dict.fromkeys(tops, 0)
    for body in bodies:
        branch, parent = branches[body.pk], branches.get(body.parent_id or 0)
        heading = heading_of.get(body.kind, "other")
        counts[heading] += 1
        if parent and heading_of.get(parent.body.kind) == heading:
            parent.children.append(branch)
        else:
            tops[heading].append(branch)
    titles = [(key, title) for key, title, _kinds in _HEADINGS] + [("other", _("Others"))]
    return [Heading(key, title, tops[key], counts[key]) for key, title in titles if tops[key]]
