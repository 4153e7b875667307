"""What a statement of each kind says, field by field: names, words on screen, and what is allowed.

The fields and their closed lists are those of the engine's records (`vanban.records`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from diemcau.indicators.measures import MEASURES

__all__ = [
    "BOUNDS",
    "CHANGES",
    "FIELDS",
    "FORMS",
    "RELATIONS",
    "ROLES",
    "Field",
    "told_fields",
]

FieldType = Literal["text", "lines", "choice", "number", "whole", "day", "period", "unit"]
Words = Mapping[str, object]

BOUNDS: Words = {
    "eq": _("exactly"),
    "ge": _("at least"),
    "gt": _("more than"),
    "le": _("at most"),
    "lt": _("nearly"),
    "approx": _("about"),
    "range": _("from … to"),
}
ROLES: Words = {
    "actual": _("actual"),
    "target": _("target"),
    "plan": _("planned or expected"),
    "comparison": _("comparison"),
}
UNITS: Words = {
    "count": pgettext_lazy("unit", "items"),
    "percent": "%",
    "USD": "USD",
    "VND": pgettext_lazy("unit", "dong"),
    "people": pgettext_lazy("unit", "people"),
    "rank": pgettext_lazy("unit", "rank"),
    "ratio": pgettext_lazy("unit", "times"),
}
CHANGES: Words = {
    "up": _("up by so much"),
    "down": _("down by so much"),
    "level": _("at so much of what it is compared with"),
}
COMPARISONS: Words = {
    "yoy": _("with the same time a year before"),
    "vs_plan": _("with the plan"),
    "vs_period": _("with another period"),
    "times": _("as many times as"),
    "rank_of": _("rank among"),
    "cumulative": _("in all up to now"),
}
MODES: Words = {
    "in_person": _("in person"),
    "online": _("online"),
    "hybrid": _("in person and online"),
}
PARTNER_TYPES: Words = {
    "country": _("country"),
    "bloc": _("bloc"),
    "region": _("region"),
    "agreement": _("agreement"),
}
RELATIONS: Words = {
    "visited": _("visit"),
    "negotiating": _("under negotiation"),
    "ratification": _("to be ratified"),
    "in_force": _("in force"),
    "upgraded": _("relations upgraded"),
    "barrier": _("barrier"),
    "target_market": _("market or source sought"),
    "mentioned": _("mentioned"),
}

REPORTED: Words = {
    "done": _("reported done"),
    "in_progress": _("reported in progress"),
    "not_started": _("reported not started"),
}
FORMS: Words = {
    "signed": _("signed"),
    "said": _("said, not signed"),
}


@dataclass(frozen=True)
class Field:
    """One field of a kind of statement.

    Args:
        name: its key in a statement's values; "compares.kind" is the key "kind" inside "compares".
        label: what the page calls it.
        type: how it is entered and checked.
        choices: the closed list of a choice, with the words shown; the first open list of a unit.
        is_required: an empty value is refused; elsewhere empty means "the text does not say".
        of_rows: only the row of a table says it; shown where one does.
    """

    name: str
    label: object
    type: FieldType = "text"
    choices: Words | None = None
    is_required: bool = False
    of_rows: bool = False


FIELDS: Mapping[str, tuple[Field, ...]] = {
    "events": (
        Field("date", _("Day"), "day"),
        Field("chair", _("Chair")),
        Field("mode", _("Held"), "choice", MODES),
        Field("endpoints", _("Remote points"), "whole"),
    ),
    "people": (
        Field("name", _("Name"), is_required=True),
        Field("titles", _("Titles"), "lines"),
    ),
    "instruments": (
        Field("kind", _("Kind of document"), is_required=True),
        Field("number", _("Number"), is_required=True),
        Field("date", _("Day"), "day"),
    ),
    "figures": (
        Field("bound", _("Bound"), "choice", BOUNDS, is_required=True),
        Field("value", _("Value"), "number", is_required=True),
        Field("value_high", _("Upper value"), "number"),
        Field("unit", _("Unit"), "unit", UNITS, is_required=True),
        Field("what", _("What is counted")),
        Field("measure", _("Measure"), "choice", MEASURES, is_required=True),
        Field("subject", _("For whom")),
        Field("period", _("Period"), "period"),
        Field("role", _("Status of the figure"), "choice", ROLES, is_required=True),
        Field("change", _("Direction"), "choice", CHANGES),
        Field("compares.kind", _("Compared"), "choice", COMPARISONS),
        Field("compares.base", _("Compared with")),
    ),
    "tasks": (
        Field("action", _("What is to be done"), is_required=True),
        Field("issuer", _("Who said so")),
        Field("assignees", _("Asked to do it"), "lines"),
        Field("coordinating", _("Coordinating"), "lines"),
        Field("deadline", _("Deadline"), "period"),
        Field("given_in", _("Order the row names"), of_rows=True),
        Field("given_on", _("Day of that order"), "day", of_rows=True),
        Field("reported_result", _("Result reported"), of_rows=True),
        Field("reported_state", _("State reported"), "choice", REPORTED, of_rows=True),
        Field("delivered_on", _("Delivered, as reported"), "day", of_rows=True),
    ),
    "partners": (
        Field("name", _("Name"), is_required=True),
        Field("type", _("Type"), "choice", PARTNER_TYPES, is_required=True),
        Field("relation", _("Relation"), "choice", RELATIONS, is_required=True),
    ),
    "shortcomings": (Field("what", _("What is lacking")),),
    "commitments": (
        Field("what", _("What is signed or promised"), is_required=True),
        Field("parties", _("Who signs or promises"), "lines"),
        Field("counterparts", _("With whom"), "lines"),
        Field("form", _("Form"), "choice", FORMS, is_required=True),
        Field("n_texts", _("Number of texts"), "whole"),
        Field("event", _("Occasion")),
        Field("date", _("Day"), "day"),
        Field("deadline", _("Deadline"), "period"),
    ),
}
"""By statement kind, in the order the page shows them."""


def told_fields(kind: str, read: Mapping[str, object]) -> list[Field]:
    """The fields a statement of a kind is told by: all but those only another table would fill.

    Args:
        read: what its reading says.
    """
    return [one for one in FIELDS[kind] if not one.of_rows or one.name in read]
