"""What rows of bodies and of what became of them must satisfy."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from django.utils.translation import gettext as _

from diemcau.directory.checks.checker import Checker, Fault, Known, ring_from
from diemcau.directory.columns import Row
from diemcau.directory.models import Body, Succession, SuccessionKind

__all__ = ["check_bodies", "check_successions"]


def check_bodies(rows: Sequence[Row], known: Known) -> list[Fault]:
    """Faults of body rows, against each other and against the bodies that are here."""
    check = Checker("bodies", rows, known)
    parents = dict(Body.objects.values_list("ref", "parent__ref"))
    parents |= {cells["id"]: cells["parent"] or None for _n, cells in rows}
    for number, cells in check.each_row():
        check.check_name(number, cells, _("A body needs a name."))
        if not cells["kind"]:
            reason = _("Say what kind of body it is, as the other rows do.")
            check.fault(number, "kind", reason)
        check.check_days(number, cells, "valid_from", "valid_to")
        if cells["host"]:
            check.check_partner(number, "host", cells["host"])
        if not cells["parent"] or not check.check_body(number, "parent", cells["parent"]):
            continue
        if ring := ring_from(cells["id"], lambda ref: [parents.get(ref)]):
            if ring == [cells["id"]]:
                reason = _("A body cannot belong to itself.")
            else:
                reason = _("The bodies belong to each other in a ring: %(ring)s.") % {
                    "ring": " → ".join([*ring, ring[0]])
                }
            check.fault(number, "parent", reason)
    return check.faults


def check_successions(
    rows: Sequence[Row], known: Known, bodies: Sequence[Row], *, ends_bodies: bool
) -> list[Fault]:
    """Faults of succession rows.

    Args:
        bodies: body rows of the same file, whose days hold.
        ends_bodies: recording the succession ends the body before, so its last day may be open.
    """
    check = Checker("successions", rows, known)
    last_days = _last_days(bodies) if rows else {}
    after: dict[str, set[str]] = {}
    present = Succession.objects.exclude(kind=SuccessionKind.FUNCTIONS_MOVED)
    for one, other in present.values_list("before__ref", "after__ref"):
        after.setdefault(one, set()).add(other)
    for number, cells in check.each_row():
        before, later = cells["from"], cells["to"]
        are_bodies = [check.check_body(number, c, cells[c]) for c in ("from", "to")]
        if before == later:
            check.fault(number, "to", _("A body cannot succeed itself."))
        is_kind = check.check_choice(number, "kind", cells["kind"], SuccessionKind.values)
        is_whole = is_kind and cells["kind"] != SuccessionKind.FUNCTIONS_MOVED
        if is_whole:
            after.setdefault(before, set()).add(later)
        on = check.read_day(number, "on", cells["on"])
        if not cells["on"]:
            check.fault(number, "on", _("Say on which day it took effect."))
        if not on or not is_whole or not all(are_bodies):
            continue
        ended = last_days.get(before)
        if ended is None and not ends_bodies:
            reason = _("“%(id)s” has no last day: give it %(day)s in the table “bodies”.")
            day = (on - timedelta(days=1)).isoformat()
            check.fault(number, "on", reason % {"id": before, "day": day})
        elif ended and on != ended + timedelta(days=1):
            reason = _("“%(id)s” ends on %(end)s, so its successor begins the day after.")
            check.fault(number, "on", reason % {"id": before, "end": ended.isoformat()})
    for number, cells in rows:
        if cells["from"] == cells["to"]:
            continue
        if ring := ring_from(cells["from"], lambda ref: after.get(ref, ())):
            reason = _("The bodies succeed each other in a ring: %(ring)s.")
            check.fault(number, "to", reason % {"ring": " → ".join([*ring, ring[0]])})
    return check.faults


def _last_days(rows: Sequence[Row]) -> Mapping[str, date | None]:
    """The last day of every body by id, as the rows of the file would leave it."""
    found = dict(Body.objects.values_list("ref", "valid_to"))
    for _number, cells in rows:
        try:
            found[cells["id"]] = date.fromisoformat(cells["valid_to"])
        except ValueError:
            found[cells["id"]] = None
    return found
