"""What every table asks of its rows: ids, references, days, sources."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model
from django.utils.translation import gettext as _

from diemcau.directory.columns import COLUMNS, Row, parts, row_key
from diemcau.directory.models import (
    Accreditation,
    Agreement,
    Body,
    Holding,
    Membership,
    Office,
    Partner,
    Person,
    RelationLevel,
    Source,
    Stage,
    Succession,
)
from vanban.directory.names import key

__all__ = ["Checker", "Fault", "Known", "known_rows", "ring_from"]

MODELS: dict[str, type[Model]] = {
    "sources": Source,
    "partners": Partner,
    "bodies": Body,
    "successions": Succession,
    "people": Person,
    "offices": Office,
    "holders": Holding,
    "members": Membership,
    "levels": RelationLevel,
    "agreements": Agreement,
    "stages": Stage,
    "accreditations": Accreditation,
}
_MAX_NAME = 200
_ID = re.compile(r"[a-z0-9][a-z0-9.@-]*")
_PARTIAL = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a row is refused: where it stands and what is wrong, in words."""

    table: str
    row: int
    column: str
    reason: str


@dataclass(frozen=True, slots=True)
class Known:
    """What rows may refer to: the rows that are here and those of the same file.

    Args:
        bodies: id of each body to its kind.
        partners: id of each partner to its kind.
    """

    sources: Collection[str]
    bodies: Mapping[str, str]
    partners: Mapping[str, str]
    people: Collection[str]
    offices: Collection[str]
    agreements: Collection[str]


def known_rows(tables: Mapping[str, Sequence[Row]]) -> Known:
    """The ids that are here and in the tables of a file."""

    def ids(table: str, present: Iterable[str]) -> set[str]:
        return {*present, *(cells["id"] for _n, cells in tables.get(table, ()))}

    def kinds(table: str, present: Iterable[tuple[str, str]]) -> dict[str, str]:
        return dict(present) | {cells["id"]: cells["kind"] for _n, cells in tables.get(table, ())}

    return Known(
        ids("sources", Source.objects.values_list("key", flat=True)),
        kinds("bodies", Body.objects.values_list("ref", "kind")),
        kinds("partners", Partner.objects.values_list("ref", "kind")),
        ids("people", Person.objects.values_list("ref", flat=True)),
        ids("offices", Office.objects.values_list("ref", flat=True)),
        ids("agreements", Agreement.objects.values_list("partner__ref", flat=True)),
    )


@dataclass(slots=True)
class Checker:
    """Faults of one table, gathered row by row."""

    table: str
    rows: Sequence[Row]
    known: Known
    faults: list[Fault] = field(default_factory=list)

    def fault(self, row: int, column: str, reason: str) -> None:
        self.faults.append(Fault(self.table, row, column, reason))

    def each_row(self) -> Iterator[Row]:
        """The rows one by one, after what every table asks: of all their ids, then of each."""
        self._check_ids()
        for number, cells in self.rows:
            self._check_common(number, cells)
            yield number, cells

    def _check_ids(self) -> None:
        """Each id is well formed and stands once in the file; so does each pair of a link."""
        first: dict[tuple[str, ...], int] = {}
        for number, cells in self.rows:
            own = row_key(self.table, cells)
            column = "id" if "id" in cells else COLUMNS[self.table][0]
            if "id" in cells and self.table != "sources" and not _ID.fullmatch(cells["id"]):
                reason = _("“%(id)s” is not an id: small letters, digits, dots and hyphens.")
                self.fault(number, "id", reason % {"id": cells["id"]})
            elif not own[0]:
                self.fault(number, column, _("This must be filled in."))
            elif own in first:
                reason = _("The id “%(id)s” stands in row %(row)d already.")
                if len(own) > 1:
                    reason = _("“%(id)s” stands in row %(row)d already.")
                self.fault(number, column, reason % {"id": " → ".join(own), "row": first[own]})
            else:
                first[own] = number

    def _check_common(self, number: int, cells: Mapping[str, str]) -> None:
        """Source and certainty are known, and no cell is longer than what keeps it."""
        if "source" in cells and cells["source"] and cells["source"] not in self.known.sources:
            reason = _("There is no source “%(key)s”.") % {"key": cells["source"]}
            self.fault(number, "source", reason)
        if cells.get("sure", "") not in ("", "A", "B", "C"):
            reason = _("Certainty is A, B or C, not “%(sure)s”.") % {"sure": cells["sure"]}
            self.fault(number, "sure", reason)
        for column, text in cells.items():
            most = _most(self.table, column)
            if column in ("strong", "weak"):
                text, most = max(parts(text), key=len, default=""), _MAX_NAME
            if most is not None and len(text) > most:
                reason = _("%(found)d letters are too many: at most %(most)d fit.")
                self.fault(number, column, reason % {"found": len(text), "most": most})

    def check_name(self, number: int, cells: Mapping[str, str], reason: str) -> None:
        if not key(cells["name"]):
            self.fault(number, "name", reason)

    def check_choice(self, number: int, column: str, text: str, choices: Sequence[str]) -> bool:
        if text in choices:
            return True
        reason = _("“%(kind)s” is none of: %(kinds)s.")
        self.fault(number, column, reason % {"kind": text, "kinds": ", ".join(choices)})
        return False

    def check_body(self, number: int, column: str, ref: str) -> bool:
        return self._refers(number, column, ref, self.known.bodies, _("There is no body “%(id)s”."))

    def check_partner(self, number: int, column: str, ref: str) -> bool:
        reason = _("There is no partner “%(id)s”.")
        return self._refers(number, column, ref, self.known.partners, reason)

    def check_person(self, number: int, column: str, ref: str) -> bool:
        reason = _("There is no person “%(id)s”.")
        return self._refers(number, column, ref, self.known.people, reason)

    def check_office(self, number: int, column: str, ref: str) -> bool:
        reason = _("There is no office “%(id)s”.")
        return self._refers(number, column, ref, self.known.offices, reason)

    def _refers(
        self, number: int, column: str, ref: str, ids: Collection[str], reason: str
    ) -> bool:
        if ref not in ids:
            self.fault(number, column, reason % {"id": ref})
        return ref in ids

    def check_days(self, number: int, cells: Mapping[str, str], first: str, last: str) -> None:
        """Two whole days, the last not before the first."""
        days = [self.read_day(number, column, cells[column]) for column in (first, last)]
        if days[0] and days[1] and days[0] > days[1]:
            self._reversed(number, cells, first, last)

    def check_partial_days(
        self, number: int, cells: Mapping[str, str], first: str, last: str
    ) -> None:
        """Two days as precise as their source, the last not before the first."""
        valid = [self.check_partial_day(number, column, cells[column]) for column in (first, last)]
        since, until = cells[first], cells[last]
        shared = min(len(since), len(until))
        if all(valid) and since[:shared] > until[:shared]:
            self._reversed(number, cells, first, last)

    def _reversed(self, number: int, cells: Mapping[str, str], first: str, last: str) -> None:
        reason = _("The last day %(to)s is before the first day %(from)s.")
        self.fault(number, last, reason % {"to": cells[last], "from": cells[first]})

    def check_partial_day(self, number: int, column: str, text: str) -> bool:
        """A year, a month or a day; nothing is valid too."""
        if not text:
            return True
        try:
            if not _PARTIAL.fullmatch(text):
                raise ValueError(text)
            date.fromisoformat((text + "-01-01")[:10])
        except ValueError:
            reason = _("“%(text)s” is no year, month or day: write 2025, 2025-03 or 2025-03-01.")
            self.fault(number, column, reason % {"text": text})
            return False
        return True

    def read_day(self, number: int, column: str, text: str) -> date | None:
        """A whole day; None, told as a fault, if it is none."""
        if reason := not_a_day(text):
            self.fault(number, column, reason)
            return None
        return date.fromisoformat(text) if text else None


def not_a_day(text: str) -> str:
    """Why a text is no whole day; nothing if it is one, or empty."""
    try:
        if text:
            date.fromisoformat(text)
    except ValueError:
        reason = _("“%(text)s” is not a day: write year-month-day, such as 2025-03-01.")
        return reason % {"text": text}
    return ""


@cache
def _most(table: str, column: str) -> int | None:
    """How many letters the column that keeps a cell holds; None if any number."""
    name = {"id": "key" if table == "sources" else "ref"}.get(column, column)
    try:
        kept = MODELS[table]._meta.get_field(name)
    except FieldDoesNotExist:
        return None
    return None if kept.is_relation else getattr(kept, "max_length", None)


def ring_from(start: str, steps: Callable[[str], Iterable[str | None]]) -> list[str]:
    """The way from an id back to itself, [] if there is none."""
    ways: list[list[str]] = [[start]]
    met: set[str] = set()
    while ways:
        way = ways.pop()
        for one in sorted(o for o in steps(way[-1]) if o):
            if one == start:
                return way
            if one not in met:
                met.add(one)
                ways.append([*way, one])
    return []
