"""What rows of partners, blocs, relations and agreements must satisfy."""

import re
from collections import defaultdict
from collections.abc import Sequence

from django.utils.translation import gettext as _

from diemcau.directory.checks.checker import Checker, Fault, Known, ring_from
from diemcau.directory.columns import Row, parts
from diemcau.directory.models import Agreement, Level, Membership, Stage

__all__ = [
    "check_accreditations",
    "check_agreements",
    "check_levels",
    "check_members",
    "check_partners",
    "check_sources",
    "check_stages",
]

_KINDS = ("country", "bloc", "region", "agreement")
_MISSIONS = ("embassy", "consulate_general", "permanent_mission", "representative_office")
_STAGES = [value for value, _label in Stage._meta.get_field("stage").choices or ()]


def check_sources(rows: Sequence[Row], known: Known) -> list[Fault]:
    """Faults of source rows."""
    check = Checker("sources", rows, known)
    for number, cells in check.each_row():
        if not cells["what"]:
            check.fault(number, "what", _("Say what the source is."))
        if cells["address"] and not re.match(r"https?://", cells["address"]):
            check.fault(number, "address", _("An address begins with https:// or http://."))
    return check.faults


def check_partners(rows: Sequence[Row], known: Known) -> list[Fault]:
    """Faults of partner rows."""
    check = Checker("partners", rows, known)
    for number, cells in check.each_row():
        check.check_name(number, cells, _("A partner needs a name."))
        check.check_choice(number, "kind", cells["kind"], _KINDS)
        if cells["iso3"] and not re.fullmatch(r"[A-Z]{3}", cells["iso3"]):
            check.fault(number, "iso3", _("A code of ISO 3166 is three capital letters."))
        if cells["contains_vietnam"] not in ("", "1"):
            check.fault(number, "contains_vietnam", _("Write 1 for yes, or leave it empty."))
        if cells["id"] in known.bodies:
            reason = _("There is a body with the id “%(id)s” already.")
            check.fault(number, "id", reason % {"id": cells["id"]})
    return check.faults


def check_members(rows: Sequence[Row], known: Known) -> list[Fault]:
    """Faults of membership rows: a bloc is no member of itself, nor twice at one time."""
    check = Checker("members", rows, known)
    spans = {
        ref: (bloc, member, since, until)
        for ref, bloc, member, since, until in Membership.objects.values_list(
            "ref", "bloc__ref", "member__ref", "since", "until"
        )
    }
    for _number, cells in rows:
        columns = ("bloc", "member", "since", "until")
        bloc, member, since, until = (cells[column] for column in columns)
        spans[cells["id"]] = (bloc, member, since, until)
    belongs: dict[str, set[str]] = defaultdict(set)
    spells: dict[tuple[str, str], list[str]] = defaultdict(list)
    for ref, (bloc, member, _since, _until) in spans.items():
        belongs[member].add(bloc)
        spells[bloc, member].append(ref)
    for number, cells in check.each_row():
        bloc, member = cells["bloc"], cells["member"]
        check.check_partner(number, "member", member)
        if check.check_partner(number, "bloc", bloc) and known.partners[bloc] == "country":
            reason = _("“%(id)s” is a country, and a country has no members.")
            check.fault(number, "bloc", reason % {"id": bloc})
        check.check_partial_days(number, cells, "since", "until")
        if ring := ring_from(member, lambda ref: belongs.get(ref, ())):
            if bloc == member:
                check.fault(number, "member", _("A bloc cannot be a member of itself."))
            elif bloc in ring:
                reason = _("The blocs are members of each other in a ring: %(ring)s.")
                shown = " → ".join([*ring, ring[0]])
                check.fault(number, "member", reason % {"ring": shown})
        for other in spells[bloc, member]:
            if other != cells["id"] and _overlap(spans[other], spans[cells["id"]]):
                reason = _("It is a member at the same time by the row “%(id)s”.")
                check.fault(number, "since", reason % {"id": other})
    return check.faults


def _overlap(one: tuple[str, str, str, str], other: tuple[str, str, str, str]) -> bool:
    """Whether two spells share a day; where they are as precise as a year, that year is not."""
    first, last = sorted((one[2:], other[2:]))
    end, begin = first[1], last[0]
    shared = min(len(end), len(begin))
    return not end or begin[:shared] < end[:shared]


def check_levels(rows: Sequence[Row], known: Known) -> list[Fault]:
    """Faults of rows that say which level relations reached."""
    check = Checker("levels", rows, known)
    for number, cells in check.each_row():
        check.check_partner(number, "partner", cells["partner"])
        check.check_choice(number, "level", cells["level"], Level.values)
        check.check_partial_day(number, "on", cells["on"])
        if cells["level"] == Level.SECTORAL_STRATEGIC and not cells["field"]:
            check.fault(number, "field", _("Say in which field."))
    return check.faults


def check_agreements(rows: Sequence[Row], known: Known) -> list[Fault]:
    """Faults of agreement rows; the names of an agreement are those of its partner row."""
    check = Checker("agreements", rows, known)
    for number, cells in check.each_row():
        if check.check_partner(number, "id", cells["id"]):
            kind = known.partners[cells["id"]]
            if kind != "agreement":
                reason = _("“%(id)s” is a %(kind)s among the partners, not an agreement.")
                check.fault(number, "id", reason % {"id": cells["id"], "kind": kind})
        sides = parts(cells["sides"])
        if not sides:
            check.fault(number, "sides", _("An agreement needs its sides."))
        if cells["id"] in sides:
            check.fault(number, "sides", _("An agreement cannot be a side of itself."))
        for side in sides:
            check.check_partner(number, "sides", side)
    return check.faults


def check_stages(
    rows: Sequence[Row], known: Known, agreements: Sequence[Row], members: Sequence[Row]
) -> list[Fault]:
    """Faults of rows that say which stage an agreement reached, for one side or all.

    Args:
        agreements, members: rows of the same file, whose sides and members count.
    """
    check = Checker("stages", rows, known)
    sides: dict[str, set[str]] = defaultdict(set)
    inside: dict[str, set[str]] = defaultdict(set)
    if rows:
        for ref, side in Agreement.objects.values_list("partner__ref", "sides__ref"):
            sides[ref].add(side)
        for bloc, member in Membership.objects.values_list("bloc__ref", "member__ref"):
            inside[bloc].add(member)
    sides |= {cells["id"]: set(parts(cells["sides"])) for _n, cells in agreements}
    for _n, cells in members:
        inside[cells["bloc"]].add(cells["member"])
    for number, cells in check.each_row():
        ref, side = cells["agreement"], cells["side"]
        if ref not in known.agreements:
            check.fault(number, "agreement", _("There is no agreement “%(id)s”.") % {"id": ref})
        elif side and check.check_partner(number, "side", side):
            allowed = sides[ref] | {m for bloc in sides[ref] for m in inside[bloc]}
            if side not in allowed:
                reason = _("“%(id)s” is neither a side nor a member of one.")
                check.fault(number, "side", reason % {"id": side})
        check.check_choice(number, "stage", cells["stage"], _STAGES)
        check.check_partial_day(number, "on", cells["on"])
        check.check_partial_day(number, "known_on", cells["known_on"])
        if not cells["on"] and not cells["known_on"]:
            reason = _("Say when, or (“known_on”) the day the source speaks of.")
            check.fault(number, "on", reason)
    return check.faults


def check_accreditations(rows: Sequence[Row], known: Known) -> list[Fault]:
    """Faults of rows that say which partners a mission answers for."""
    check = Checker("accreditations", rows, known)
    for number, cells in check.each_row():
        mission = cells["mission"]
        if check.check_body(number, "mission", mission) and known.bodies[mission] not in _MISSIONS:
            reason = _("“%(id)s” is no mission abroad.")
            check.fault(number, "mission", reason % {"id": mission})
        check.check_partner(number, "partner", cells["partner"])
    return check.faults
