"""Writes to the directory: one body, one succession, one holder."""

import hashlib
from collections.abc import Mapping
from datetime import date, timedelta

from django.utils.translation import gettext as _

from diemcau.accounts.models import User
from diemcau.audit.actions import action, record_action
from diemcau.directory.checks import Fault, check_tables, not_a_day
from diemcau.directory.columns import BODY_COLUMNS, SUCCESSION_COLUMNS
from diemcau.directory.imports import RefusedRows, changes_of
from diemcau.directory.models import (
    Body,
    Holding,
    Office,
    Person,
    Source,
    Succession,
    SuccessionKind,
)
from diemcau.directory.rules import can_edit_directory
from diemcau.directory.shipped import free_ref, holding_ref, name_fields
from diemcau.directory.tables import body_rows
from diemcau.directory.writing import local_source, set_parent, write_body
from vanban.directory.names import bare, key

__all__ = [
    *("BodyMoved", "RefusedRows", "record_holder", "record_succession", "save_body"),
    "state_of",
]

_LONGEST = 80
"""Letters of a title or a person's name: their ids are made of them."""


class BodyMoved(ValueError):
    """Somebody changed the body since it was opened; nothing was written.

    Args:
        now: its cells as they stand.
    """

    def __init__(self, now: Mapping[str, str]) -> None:
        super().__init__(now["id"])
        self.now = now


def state_of(cells: Mapping[str, str]) -> str:
    """What tells one state of a body's cells from another, to be sent back with them."""
    text = "\x1f".join(cells[column] for column in BODY_COLUMNS)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


@action("directory.save_body", may=can_edit_directory)
def save_body(
    actor: User | None, cells: Mapping[str, str], *, reason: str, seen: str | None = None
) -> Body:
    """Add a body, or change the one with this id; the log keeps what stood before.

    Args:
        cells: a cell for every column of `BODY_COLUMNS`.
        reason: why, in the person's words.
        seen: the state (`state_of`) the person had before them; None does not ask.
    Raises:
        BodyMoved: it is in another state now.
        RefusedRows: a field cannot stand.
    """
    full = {column: cells.get(column, "") for column in BODY_COLUMNS}
    # Whoever saves the same body waits here, and is then asked what they had seen.
    Body.objects.select_for_update(of=("self",)).filter(ref=full["id"]).first()
    before = next(iter(body_rows(full["id"])) if full["id"] else iter(()), None)
    if seen is not None and before is not None and state_of(before) != seen:
        raise BodyMoved(before)
    faults = check_tables({"bodies": [(1, full)]})
    if not reason.strip():
        faults.append(Fault("bodies", 1, "reason", _("Say why, in a few words.")))
    if faults:
        raise RefusedRows(faults)
    before = before or dict.fromkeys(BODY_COLUMNS, "")
    full["source"] = full["source"] or before["source"] or local_source().key
    full["sure"] = full["sure"] or before["sure"] or "C"
    body = write_body(full)
    set_parent(full)
    changes = changes_of(before, full, BODY_COLUMNS)
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
    faults = check_tables({"successions": [(1, full)]}, ends_bodies=True)
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
            "source_id": full["source"] or local_source().key,
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
    since: str = "",
    until: str = "",
    is_acting: bool = False,
    reason: str,
) -> Holding:
    """Say who holds an office of a body; a person with the same name here is the same person.

    Args:
        title: the office as it is called, "Thứ trưởng".
        name: of the person.
        since, until: first and last day, "2026-04-01"; empty if not known.
        is_acting: "Quyền", or entrusted with the duties.
        reason: what it rests on: the decision, with number and date.
    Raises:
        RefusedRows: a field cannot stand.
    """
    title, name = " ".join(title.split()), " ".join(name.split())
    since, until = since.strip(), until.strip()
    faults = [
        Fault("holders", 1, column, fault)
        for column, text in (("since", since), ("until", until))
        if (fault := not_a_day(text))
    ]
    if not key(title):
        faults.append(Fault("holders", 1, "title", _("Name the office.")))
    if not key(name):
        faults.append(Fault("holders", 1, "name", _("Name the person.")))
    if not faults and since and until and until < since:
        faults.append(Fault("holders", 1, "until", _("The last day is before the first day.")))
    if not reason.strip():
        faults.append(Fault("holders", 1, "reason", _("Say which decision it rests on.")))
    for column, text in (("title", title), ("name", name)):
        if len(text) > _LONGEST:
            why = _("%(found)d letters are too many: at most %(most)d fit.")
            counts = {"found": len(text), "most": _LONGEST}
            faults.append(Fault("holders", 1, column, why % counts))
    if faults:
        raise RefusedRows(faults)
    source = local_source()
    known = body.offices.filter(name__in=[title, f"{title} {body.name}"]).first()
    office = known or _office(f"{_word(title)}@{body.ref}", f"{title} {body.name}", body, source)
    refs = set(Person.objects.values_list("ref", flat=True))
    person = Person.objects.filter(name=name).first() or Person.objects.create(
        ref=free_ref(_word(name), refs),
        name=name,
        sort=name_fields(name)["sort"],
        is_local=True,
    )
    taken = set(Holding.objects.filter(person=person).values_list("ref", flat=True))
    holding = Holding.objects.create(
        ref=holding_ref(person.ref, office.ref, is_acting=is_acting, taken=taken),
        person=person,
        office=office,
        since=since,
        until=until,
        is_acting=is_acting,
        source=source,
        is_local=True,
    )
    detail = {"person": name, "office": office.name, "since": holding.since, "until": holding.until}
    record_action(holding, detail=detail, reason=reason.strip())
    return holding


def _office(ref: str, name: str, body: Body, source: Source) -> Office:
    fields = {"name": name, "body": body, "source": source, "sure": "B", "is_local": True}
    return Office.objects.get_or_create(ref=ref, defaults=fields)[0]


def _word(name: str) -> str:
    """A name as a stable word: "Thứ trưởng" gives "thu-truong"."""
    return "-".join(w for w in (bare(key(part)) for part in name.split()) if w)
