"""Writes to the directory: one body, one succession, one holder, one whole file."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from diemcau.accounts.models import User
from diemcau.audit.actions import action, record_action
from diemcau.directory.checks import (
    BODY_COLUMNS,
    SUCCESSION_COLUMNS,
    Fault,
    Row,
    check_bodies,
    check_successions,
)
from diemcau.directory.exchange import body_rows, succession_rows
from diemcau.directory.models import (
    Body,
    BodyName,
    Holding,
    Office,
    Person,
    Source,
    Succession,
    SuccessionKind,
)
from diemcau.directory.rules import can_edit_directory
from diemcau.directory.shipped import name_fields
from vanban.names import bare, key

__all__ = [
    "Plan",
    "RefusedRows",
    "import_tables",
    "plan_import",
    "record_holder",
    "record_succession",
    "save_body",
]

LOCAL_SOURCE = "local"
_BETWEEN_NAMES = ";"


class RefusedRows(ValueError):
    """Rows cannot stand; nothing of what they came with was written."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("; ".join(f"{f.table} {f.row} {f.column}: {f.reason}" for f in faults))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class Plan:
    """What taking a file in would do.

    Args:
        added, changed: rows by table: (id, {column: [old, new]}).
        n_unchanged: rows that say what is here already.
        faults: why it cannot be taken in; then nothing of it is.
    """

    added: list[tuple[str, str]] = field(default_factory=list)
    changed: list[tuple[str, str, dict[str, list[str]]]] = field(default_factory=list)
    n_unchanged: int = 0
    faults: list[Fault] = field(default_factory=list)

    @property
    def has_changes(self) -> bool:
        return bool(self.added or self.changed)


def plan_import(tables: Mapping[str, list[Row]]) -> Plan:
    """Compare the tables of a file with what is here; writes nothing.

    Args:
        tables: from `exchange.read_file`.
    """
    bodies, successions = tables.get("bodies", []), tables.get("successions", [])
    faults = check_bodies(bodies)
    if not faults:
        days = {ref: (first, last) for ref, first, last in _days()}
        days |= {c["id"]: (_day(c["valid_from"]), _day(c["valid_to"])) for _n, c in bodies}
        faults = check_successions(successions, days=days)
    if faults:
        return Plan(faults=faults)
    plan = Plan()
    unchanged = 0
    present = _present_bodies()
    for _number, cells in bodies:
        before = present.get(cells["id"])
        if before is None:
            plan.added.append(("bodies", cells["id"]))
        elif changes := _changes(before, _filled(cells, before), BODY_COLUMNS):
            plan.changed.append(("bodies", cells["id"], changes))
        else:
            unchanged += 1
    present_links = _present_successions()
    for _number, cells in successions:
        name = f"{cells['from']} → {cells['to']}"
        before = present_links.get((cells["from"], cells["to"], cells["on"]))
        if before is None:
            plan.added.append(("successions", name))
        elif changes := _changes(before, _filled(cells, before), SUCCESSION_COLUMNS):
            plan.changed.append(("successions", name, changes))
        else:
            unchanged += 1
    return Plan(plan.added, plan.changed, unchanged)


@action("directory.import", may=can_edit_directory)
def import_tables(actor: User | None, tables: Mapping[str, list[Row]], *, name: str) -> Plan:
    """Take the tables of a file in, all of it or nothing; rows that are not in it stay.

    Args:
        tables: from `exchange.read_file`.
        name: of the file, for the log.
    Raises:
        RefusedRows: a row cannot stand.
    """
    plan = plan_import(tables)
    if plan.faults:
        raise RefusedRows(plan.faults)
    changed = {row[1] for row in (*plan.added, *plan.changed) if row[0] == "bodies"}
    source = _local_source()
    bodies = [cells for _number, cells in tables.get("bodies", []) if cells["id"] in changed]
    for cells in bodies:
        _write_body(cells, default_source=source)
    for cells in bodies:
        parent = Body.objects.get(ref=cells["parent"]) if cells["parent"] else None
        Body.objects.filter(ref=cells["id"]).update(parent=parent)
    for _number, cells in tables.get("successions", []):
        Succession.objects.update_or_create(
            before=Body.objects.get(ref=cells["from"]),
            after=Body.objects.get(ref=cells["to"]),
            on=date.fromisoformat(cells["on"]),
            defaults={
                "kind": cells["kind"],
                "what": cells["what"],
                "source_id": cells["source"] or source.key,
                "sure": cells["sure"] or "C",
            },
        )
    record_action(
        source,
        detail={
            "file": name,
            "added": [list(row) for row in plan.added],
            "changed": [list(row) for row in plan.changed],
        },
    )
    return plan


@action("directory.save_body", may=can_edit_directory)
def save_body(actor: User | None, cells: Mapping[str, str], *, reason: str) -> Body:
    """Add a body, or change the one with this id; the log keeps what stood before.

    Args:
        cells: a cell for every column of `BODY_COLUMNS`.
        reason: why, in the person's words.
    Raises:
        RefusedRows: a field cannot stand.
    """
    full = {column: cells.get(column, "") for column in BODY_COLUMNS}
    faults = check_bodies([(1, full)])
    if not reason.strip():
        faults.append(Fault("bodies", 1, "reason", _("Say why, in a few words.")))
    if faults:
        raise RefusedRows(faults)
    before = _present_bodies(full["id"]).get(full["id"], {})
    body = _write_body(full, default_source=_local_source())
    body.parent = Body.objects.get(ref=full["parent"]) if full["parent"] else None
    body.save(update_fields=["parent"])
    changes = _changes(before, full, BODY_COLUMNS)
    record_action(body, detail={"changed": changes}, reason=reason.strip())
    return body


@action("directory.record_succession", may=can_edit_directory)
def record_succession(actor: User | None, cells: Mapping[str, str], *, reason: str) -> Succession:
    """Say what became of a body; unless only functions moved, it ends the day before.

    Args:
        cells: a cell for every column of `SUCCESSION_COLUMNS`.
        reason: why, in the person's words.
    Raises:
        RefusedRows: a field cannot stand, or the bodies would succeed each other in a ring.
    """
    full = {column: cells.get(column, "") for column in SUCCESSION_COLUMNS}
    faults = check_successions([(1, full)], days={r: (a, b) for r, a, b in _days()})
    if not reason.strip():
        faults.append(Fault("successions", 1, "reason", _("Say why, in a few words.")))
    if faults:
        raise RefusedRows(faults)
    before, on = Body.objects.get(ref=full["from"]), date.fromisoformat(full["on"])
    if before.valid_to is None and full["kind"] != SuccessionKind.FUNCTIONS_MOVED:
        before.valid_to, before.is_local = on - timedelta(days=1), True
        before.save(update_fields=["valid_to", "is_local"])
    row, _created = Succession.objects.update_or_create(
        before=before,
        after=Body.objects.get(ref=full["to"]),
        on=on,
        defaults={
            "kind": full["kind"],
            "what": full["what"],
            "source_id": full["source"] or _local_source().key,
            "sure": full["sure"] or "B",
        },
    )
    record_action(row, detail=full, reason=reason.strip())
    return row


@action("directory.record_holder", may=can_edit_directory)
def record_holder(
    actor: User | None,
    body: Body,
    *,
    title: str,
    name: str,
    since: date | None = None,
    until: date | None = None,
    is_acting: bool = False,
    reason: str,
) -> Holding:
    """Say who holds an office of a body; a person with the same name here is the same person.

    Args:
        title: the office as it is called, "Thứ trưởng".
        name: of the person.
        since, until: first and last day; None if not known.
        is_acting: "Quyền", or entrusted with the duties.
        reason: what it rests on: the decision, with number and date.
    Raises:
        RefusedRows: a field cannot stand.
    """
    title, name = " ".join(title.split()), " ".join(name.split())
    faults = []
    if not key(title):
        faults.append(Fault("holders", 1, "title", _("Name the office.")))
    if not key(name):
        faults.append(Fault("holders", 1, "name", _("Name the person.")))
    if since and until and until < since:
        faults.append(Fault("holders", 1, "until", _("The last day is before the first day.")))
    if not reason.strip():
        faults.append(Fault("holders", 1, "reason", _("Say which decision it rests on.")))
    if faults:
        raise RefusedRows(faults)
    source = _local_source()
    known = body.offices.filter(name__in=[title, f"{title} {body.name}"]).first()
    office = known or Office.objects.create(
        ref=f"{_word(title)}@{body.ref}",
        name=f"{title} {body.name}",
        body=body,
        source=source,
        sure="B",
    )
    person = Person.objects.filter(name=name).first() or Person.objects.create(
        ref=_free_ref(_word(name)), name=name, sort=name_fields(name)["sort"]
    )
    holding = Holding.objects.create(
        person=person,
        office=office,
        since=since.isoformat() if since else "",
        until=until.isoformat() if until else "",
        is_acting=is_acting,
        source=source,
    )
    detail = {"person": name, "office": office.name, "since": holding.since, "until": holding.until}
    record_action(holding, detail=detail, reason=reason.strip())
    return holding


def _write_body(cells: Mapping[str, str], *, default_source: Source) -> Body:
    strong, weak = (_names(cells[c]) for c in ("strong", "weak"))
    present = Body.objects.filter(ref=cells["id"]).first()
    body, _created = Body.objects.update_or_create(
        ref=cells["id"],
        defaults={
            "kind": cells["kind"],
            "name": cells["name"],
            "name_en": cells["name_en"],
            "code": cells["code"],
            "valid_from": _day(cells["valid_from"]),
            "valid_to": _day(cells["valid_to"]),
            "note": cells["note"],
            "source_id": cells["source"] or (present.source_id if present else default_source.key),
            "sure": cells["sure"] or (present.sure if present else "C"),
            "is_local": True,
            **name_fields(cells["name"], [cells["name_en"], *strong, *weak]),
        },
    )
    body.names.all().delete()
    named = {cells["name"]: True} | dict.fromkeys(strong, True) | dict.fromkeys(weak, False)
    BodyName.objects.bulk_create(
        BodyName(body=body, name=name, key=key(name), is_strong=is_strong)
        for name, is_strong in named.items()
    )
    return body


def _names(cell: str) -> list[str]:
    return [name.strip() for name in cell.split(_BETWEEN_NAMES) if key(name)]


def _local_source() -> Source:
    source, _created = Source.objects.get_or_create(
        key=LOCAL_SOURCE, defaults={"what": "Entered in this installation"}
    )
    return source


def _days() -> Any:
    return Body.objects.values_list("ref", "valid_from", "valid_to")


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _present_bodies(ref: str = "") -> dict[str, dict[str, str]]:
    return {row["id"]: row for row in body_rows(ref)}


def _present_successions() -> dict[tuple[str, str, str], dict[str, str]]:
    return {(row["from"], row["to"], row["on"]): row for row in succession_rows()}


def _filled(cells: Mapping[str, str], before: Mapping[str, str]) -> dict[str, str]:
    """An empty source or certainty in a file means: as it is."""
    kept = {c: before[c] for c in ("source", "sure") if not cells[c]}
    return {**cells, **kept}


def _changes(
    before: Mapping[str, str], after: Mapping[str, str], columns: tuple[str, ...]
) -> dict[str, list[str]]:
    found = {}
    for column in columns:
        old, new = before.get(column, ""), after[column]
        if column in ("strong", "weak"):
            same = _names(old) == _names(new)
        else:
            same = old == new
        if not same:
            found[column] = [old, new]
    return found


def _word(name: str) -> str:
    """A name as a stable word: "Thứ trưởng" gives "thu-truong"."""
    return "-".join(w for w in (bare(key(part)) for part in name.split()) if w)


def _free_ref(word: str) -> str:
    taken = set(Person.objects.filter(ref__startswith=word).values_list("ref", flat=True))
    number = 2
    ref = word
    while ref in taken:
        ref, number = f"{word}-{number}", number + 1
    return ref
