"""The eight kinds of record a reading holds, as `docs/reading.md` describes them.

Every record carries its anchor, the name of the rule that made it and a confidence. None means
"the text does not say". Amounts are Decimal in whole units (1,696 tỷ USD is 1696000000 USD).
"""

from collections.abc import Callable
from dataclasses import dataclass, field, fields
from decimal import Decimal
from operator import attrgetter
from typing import Any, ClassVar, Literal

from vanban.anchors import Anchor

__all__ = [
    "KINDS",
    "Commitment",
    "Compares",
    "Event",
    "Figure",
    "Instrument",
    "Partner",
    "Person",
    "Record",
    "Shortcoming",
    "Task",
]

Bound = Literal["eq", "ge", "gt", "le", "lt", "approx", "range"]
Role = Literal["actual", "target", "plan", "comparison"]
Change = Literal["up", "down", "level"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What every record has.

    Args:
        anchor: where it stands.
        rule: name of the rule that made it, as `diemcau explain` prints it.
        confidence: 0..1, the share of records of this rule and kind that are right.
    """

    kind: ClassVar[str]
    anchor: Anchor
    rule: str
    confidence: float = 0.5

    def to_dict(self) -> dict[str, Any]:
        """Plain JSON types: quote, start, end, then the record's own fields, rule, confidence."""
        out: dict[str, Any] = {
            "quote": self.anchor.quote,
            "start": self.anchor.start,
            "end": self.anchor.end,
        }
        names, values_of = _fields(type(self))
        for name, value in zip(names, values_of(self), strict=True):
            out[name] = value if value is None or type(value) in _PLAIN else _plain(value)
        return out


_PLAIN = frozenset({str, int, float, bool})
"""Types that JSON has as they are."""


_Getter = Callable[[Any], tuple[Any, ...]]
_FIELDS: dict[type["Record"], tuple[tuple[str, ...], _Getter]] = {}


def _fields(record: type["Record"]) -> tuple[tuple[str, ...], _Getter]:
    """The fields of a kind of record but its anchor, and what takes all their values at once."""
    known = _FIELDS.get(record)
    if known is None:
        names = tuple(f.name for f in fields(record) if f.name != "anchor")
        known = _FIELDS[record] = names, attrgetter(*names)
    return known


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, Compares):
        return {"kind": value.kind, "base": value.base}
    if isinstance(value, tuple):
        return [_plain(v) for v in value]
    return value


@dataclass(frozen=True, slots=True, kw_only=True)
class Event(Record):
    """A meeting the text reports on."""

    kind: ClassVar[str] = "events"
    date: str | None = None
    chair: str | None = None
    mode: Literal["in_person", "online", "hybrid"] | None = None
    endpoints: int | None = None
    date_inferred: bool = False
    """The year was not beside the date but taken from elsewhere in the document."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person(Record):
    """A named person, once per document, with the titles the text gives."""

    kind: ClassVar[str] = "people"
    name: str
    titles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Instrument(Record):
    """A numbered legal or policy document, once per document."""

    kind: ClassVar[str] = "instruments"
    document_kind: str
    number: str
    date: str | None = None

    def to_dict(self) -> dict[str, Any]:
        out = Record.to_dict(self)
        out["kind"] = out.pop("document_kind")
        return out


@dataclass(frozen=True, slots=True)
class Compares:
    """What a comparing figure is measured against: yoy, vs_plan, vs_period, times, rank_of ..."""

    kind: str
    base: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure(Record):
    """A quantitative claim: value, unit, bound, what is measured, for whom, when."""

    kind: ClassVar[str] = "figures"
    value: Decimal
    unit: str
    bound: Bound = "eq"
    value_high: Decimal | None = None
    what: str = ""
    measure: str = "other"
    subject: str | None = None
    period: str | None = None
    role: Role = "actual"
    compares: Compares | None = None
    change: Change | None = None
    """Which way it moved by the value, or "level": what it comes to of what it is compared with."""
    period_inferred: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Task(Record):
    """Something somebody is told, asked or plans to do: one clause."""

    kind: ClassVar[str] = "tasks"
    action: str
    issuer: str | None = None
    assignees: tuple[str, ...] = ()
    coordinating: tuple[str, ...] = ()
    """Who is to help those asked, as written: "phối hợp với Y và Z"."""
    deadline: str | None = None
    """A day, a half year or a year; of a month or a quarter its last day."""
    deadline_period: str | None = None
    """The month, the quarter or the span of years, where the text names one; else None."""
    deadline_quote: str | None = None
    """The words the deadline was read from; None if there is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Partner(Record):
    """A foreign country, region, bloc or trade agreement, once per document."""

    kind: ClassVar[str] = "partners"
    name: str
    type: Literal["country", "bloc", "region", "agreement"]
    relation: str = "mentioned"
    mentions: tuple[str, ...] = ()
    ref: str | None = None
    """Id of the partner in the reference data; None if the name is open."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortcoming(Record):
    """A clause that names a weakness, an obstacle or a limitation."""

    kind: ClassVar[str] = "shortcomings"
    what: str = field(default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Commitment(Record):
    """What a side signs or promises, once for each text or promise."""

    kind: ClassVar[str] = "commitments"
    what: str
    """The text's name, or what is promised."""
    parties: tuple[str, ...] = ()
    """Who signs or promises, as written."""
    counterparts: tuple[str, ...] = ()
    """With whom or to whom, as written."""
    form: Literal["signed", "said"] = "said"
    n_texts: int | None = None
    """Number of texts signed; None for a promise."""
    event: str | None = None
    """The meeting or the visit at which it was made, in the text's words."""
    date: str | None = None
    """The day of that meeting, if the text fixes it."""
    deadline: str | None = None
    """When a promise is to be kept, as its sentence says; told as a task's is."""
    deadline_period: str | None = None
    deadline_quote: str | None = None


KINDS: tuple[str, ...] = (
    "events",
    "people",
    "instruments",
    "figures",
    "tasks",
    "partners",
    "shortcomings",
    "commitments",
)
