"""What a row of the directory must satisfy, asked of forms and of files alike."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from diemcau.directory.models import Body, Source, Succession, SuccessionKind
from vanban.names import key

__all__ = ["BODY_COLUMNS", "SUCCESSION_COLUMNS", "Fault", "check_bodies", "check_successions"]

BODY_COLUMNS = (
    "id",
    "kind",
    "name",
    "name_en",
    "strong",
    "weak",
    "parent",
    "code",
    "valid_from",
    "valid_to",
    "source",
    "sure",
    "note",
)
SUCCESSION_COLUMNS = ("from", "to", "kind", "on", "what", "source", "sure")
_ID = re.compile(r"[a-z0-9][a-z0-9.-]{0,79}")


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a row is refused: where it stands and what is wrong, in words."""

    table: str
    row: int
    column: str
    reason: str


Row = tuple[int, Mapping[str, str]]
"""Its number in the file, as a spreadsheet counts, and its cells by column."""


def check_bodies(rows: Sequence[Row]) -> list[Fault]:
    """Faults of body rows, against each other and against the bodies that are here."""
    faults: list[Fault] = []
    sources = set(Source.objects.values_list("key", flat=True))
    parents = dict(Body.objects.values_list("ref", "parent__ref"))
    first: dict[str, int] = {}

    def fault(row: int, column: str, reason: str) -> None:
        faults.append(Fault("bodies", row, column, reason))

    for number, cells in rows:
        ref = cells["id"]
        if not _ID.fullmatch(ref):
            reason = _("“%(id)s” is not an id: small letters, digits, dots and hyphens.")
            fault(number, "id", reason % {"id": ref})
        elif ref in first:
            reason = _("The id “%(id)s” stands in row %(row)d already.")
            fault(number, "id", reason % {"id": ref, "row": first[ref]})
        else:
            first[ref] = number
            parents[ref] = cells["parent"] or None
        if not key(cells["name"]):
            fault(number, "name", _("A body needs a name."))
        elif len(cells["name"]) > _MAX_NAME:
            fault(number, "name", _("The name is longer than %(n)d letters.") % {"n": _MAX_NAME})
        if not cells["kind"]:
            fault(number, "kind", _("Say what kind of body it is, as the other rows do."))
        faults += _check_common("bodies", number, cells, sources)
        days = {
            c: _read_day("bodies", number, c, cells[c], faults) for c in ("valid_from", "valid_to")
        }
        if days["valid_from"] and days["valid_to"] and days["valid_from"] > days["valid_to"]:
            reason = _("The last day %(to)s is before the first day %(from)s.")
            fault(
                number, "valid_to", reason % {"to": cells["valid_to"], "from": cells["valid_from"]}
            )
    for number, cells in rows:
        parent = cells["parent"]
        if not parent:
            continue
        if parent not in parents:
            fault(number, "parent", _("There is no body “%(id)s”.") % {"id": parent})
        elif ring := _ring(cells["id"], lambda ref: [parents.get(ref)]):
            if ring == [cells["id"]]:
                reason = _("A body cannot belong to itself.")
            else:
                reason = _("The bodies belong to each other in a ring: %(ring)s.") % {
                    "ring": " → ".join([*ring, ring[0]])
                }
            fault(number, "parent", reason)
    return faults


def check_successions(
    rows: Sequence[Row], *, days: Mapping[str, tuple[date | None, date | None]]
) -> list[Fault]:
    """Faults of succession rows.

    Args:
        days: first and last day of every body by id, those of the same file included.
    """
    faults: list[Fault] = []
    sources = set(Source.objects.values_list("key", flat=True))
    after: dict[str, set[str]] = {}
    present = Succession.objects.exclude(kind=SuccessionKind.FUNCTIONS_MOVED)
    for one, other in present.values_list("before__ref", "after__ref"):
        after.setdefault(one, set()).add(other)
    seen: dict[tuple[str, str, str], int] = {}

    def fault(row: int, column: str, reason: str) -> None:
        faults.append(Fault("successions", row, column, reason))

    for number, cells in rows:
        before, later = cells["from"], cells["to"]
        for column in ("from", "to"):
            if cells[column] not in days:
                fault(number, column, _("There is no body “%(id)s”.") % {"id": cells[column]})
        if before == later:
            fault(number, "to", _("A body cannot succeed itself."))
        if cells["kind"] not in SuccessionKind.values:
            reason = _("“%(kind)s” is none of: %(kinds)s.")
            fault(
                number,
                "kind",
                reason % {"kind": cells["kind"], "kinds": ", ".join(SuccessionKind.values)},
            )
        elif cells["kind"] != SuccessionKind.FUNCTIONS_MOVED:
            after.setdefault(before, set()).add(later)
        faults += _check_common("successions", number, cells, sources)
        on = _read_day("successions", number, "on", cells["on"], faults)
        if not cells["on"]:
            fault(number, "on", _("Say on which day it took effect."))
        ended = days.get(before, (None, None))[1]
        if on and ended and cells["kind"] != "functions_moved" and on != ended + timedelta(days=1):
            reason = _("“%(id)s” ends on %(end)s, so its successor begins the day after.")
            fault(number, "on", reason % {"id": before, "end": ended.isoformat()})
        same = (before, later, cells["on"])
        if same in seen:
            reason = _("The same succession stands in row %(row)d already.")
            fault(number, "from", reason % {"row": seen[same]})
        seen.setdefault(same, number)
    for number, cells in rows:
        if cells["from"] == cells["to"]:
            continue
        if ring := _ring(cells["from"], lambda ref: after.get(ref, ())):
            reason = _("The bodies succeed each other in a ring: %(ring)s.")
            fault(number, "to", reason % {"ring": " → ".join([*ring, ring[0]])})
    return faults


_MAX_NAME = 200


def _check_common(
    table: str, number: int, cells: Mapping[str, str], sources: set[str]
) -> list[Fault]:
    faults = []
    if cells["source"] and cells["source"] not in sources:
        reason = _("There is no source “%(key)s”.") % {"key": cells["source"]}
        faults.append(Fault(table, number, "source", reason))
    if cells["sure"] not in ("", "A", "B", "C"):
        reason = _("Certainty is A, B or C, not “%(sure)s”.") % {"sure": cells["sure"]}
        faults.append(Fault(table, number, "sure", reason))
    return faults


def _read_day(table: str, number: int, column: str, text: str, faults: list[Fault]) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        reason = _("“%(text)s” is not a day: write year-month-day, such as 2025-03-01.")
        faults.append(Fault(table, number, column, reason % {"text": text}))
        return None


def _ring(start: str, steps: Any) -> list[str]:
    """The way from an id back to itself, [] if there is none."""
    ways: list[list[str]] = [[start]]
    met: set[str] = set()
    while ways:
        way = ways.pop()
        following: Iterable[str | None] = steps(way[-1])
        for one in sorted(o for o in following if o):
            if one == start:
                return way
            if one not in met:
                met.add(one)
                ways.append([*way, one])
    return []
