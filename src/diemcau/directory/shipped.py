"""Load the rows shipped with the engine; doing it again changes nothing."""

import json
from collections.abc import Iterable
from datetime import date
from hashlib import sha256
from typing import Any, TypeVar

from django.db import models

from diemcau.accounts.models import User
from diemcau.audit.actions import action, record_action
from diemcau.audit.models import AuditEntry
from diemcau.directory.models import (
    Accreditation,
    Agreement,
    Body,
    BodyName,
    Holding,
    Membership,
    Office,
    Partner,
    PartnerName,
    Person,
    RelationLevel,
    Source,
    Stage,
    Succession,
)
from diemcau.directory.rules import can_edit_directory
from vanban.data import load
from vanban.directory.names import bare, key, sort_key
from vanban.directory.rows import provincial
from vanban.directory.succession import shipped_links

__all__ = [
    "ensure_shipped_rows",
    "free_ref",
    "holding_ref",
    "load_shipped_rows",
    "name_fields",
]

M = TypeVar("M", bound=models.Model)
_OTHER_FILES = (
    "partners",
    "partnerships",
    "agreements",
    "offices",
    "people",
    "sources",
    "bodies/departments",
    "bodies/successions",
    "bodies/province_successions",
)


def ensure_shipped_rows() -> bool:
    """Load the shipped rows unless these very rows were loaded before; returns whether it did."""
    last = AuditEntry.objects.filter(action="directory.load").order_by("-id").first()
    if last is not None and last.detail.get("digest") == _digest():
        return False
    load_shipped_rows(None)
    return True


def _digest() -> str:
    """One word for the content of all shipped rows."""
    rows = [_own_bodies(), *(load(name) for name in _OTHER_FILES)]
    return sha256(json.dumps(rows, sort_keys=True).encode()).hexdigest()


@action("directory.load", may=can_edit_directory)
def load_shipped_rows(actor: User | None) -> dict[str, int]:
    """Bring the shipped rows in: new ones are added, changed ones set right, local ones kept.

    Nothing is deleted. Rows that were added or changed here (`is_local`) are left alone.
    Returns:
        Number of bodies and partners added, changed and kept.
    """
    counts = {"added": 0, "changed": 0, "kept": 0}
    _add_or_update(
        Source, "key", ({k: row[k] for k in ("key", "what", "address")} for row in load("sources"))
    )
    partners = _upsert(Partner, _partner_rows(), counts)
    bodies = _upsert(Body, _body_rows(partners), counts)
    _set_parents(bodies)
    bodies = _upsert(Body, _provincial_rows(bodies), counts)
    _replace_names(PartnerName, "partner", partners, load("partners"))
    _replace_names(BodyName, "body", bodies, _own_bodies())
    _load_links(bodies)
    _load_relations(partners)
    _load_missions(bodies, partners)
    _load_people(bodies)
    record_action(Source.objects.get(key="house"), detail={**counts, "digest": _digest()})
    return counts


def name_fields(name: str, aliases: Iterable[str] = ()) -> dict[str, str]:
    """The columns a list is sorted and searched by."""
    folded = " ".join(dict.fromkeys(bare(key(n)) for n in (name, *aliases)))
    return {"sort": sort_key(name), "folded": folded}


def free_ref(stem: str, taken: set[str]) -> str:
    """An id that is not taken yet, numbered from the second of a stem on; it is taken then."""
    ref, number = stem, 2
    while ref in taken:
        ref, number = f"{stem}-{number}", number + 1
    taken.add(ref)
    return ref


def holding_ref(person: str, office: str, *, is_acting: bool, taken: set[str]) -> str:
    """The id of a person's time in an office."""
    return free_ref(f"{person}.{office}{'.acting' if is_acting else ''}", taken)


def _own_bodies() -> list[dict[str, Any]]:
    return [*load("bodies/central"), *load("bodies/provinces"), *load("bodies/missions")]


def _aliases(row: dict[str, Any]) -> list[tuple[str, bool]]:
    aliases = row.get("aliases", {"strong": [], "weak": []})
    pairs = [(a, True) for a in aliases["strong"]] + [(a, False) for a in aliases["weak"]]
    if row["name"] not in [a for a, _ in pairs]:
        pairs.insert(0, (row["name"], True))
    return pairs


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _partner_rows() -> Iterable[dict[str, Any]]:
    for row in load("partners"):
        yield {
            "ref": row["id"],
            "kind": row["type"],
            "name": row["name"],
            "name_en": row["name_en"],
            "iso3": row.get("iso3", ""),
            "contains_vietnam": bool(row.get("contains_vietnam")),
            "note": row.get("note", ""),
            "source_id": row["source"],
            "sure": row["sure"],
            **name_fields(row["name"], [row["name_en"], *(a for a, _ in _aliases(row))]),
        }


def _body_rows(partners: dict[str, Partner]) -> Iterable[dict[str, Any]]:
    for row in _own_bodies():
        host = row.get("host")
        yield {
            "ref": row["id"],
            "kind": row.get("kind") or row["type"],
            "name": row["name"],
            "name_en": row["name_en"],
            "code": row.get("code", ""),
            "host_id": partners[host].pk if host else None,
            "city": row.get("city", ""),
            "valid_from": _day(row["valid"].get("from")),
            "valid_to": _day(row["valid"].get("to")),
            "note": row.get("note", ""),
            "source_id": row["source"],
            "sure": row["sure"],
            **name_fields(row["name"], [row["name_en"], *(a for a, _ in _aliases(row))]),
        }


def _provincial_rows(bodies: dict[str, Body]) -> Iterable[dict[str, Any]]:
    """The committees and departments of every province, under it from the start."""
    for row in load("bodies/departments"):
        for province in load("bodies/provinces"):
            entry = provincial(row["id"], province["id"])
            if entry is None:
                continue
            known = row["sure"] == "A" or province["id"] in row.get("known", ())
            yield {
                "ref": entry.id,
                "kind": entry.kind,
                "name": entry.name,
                "name_en": f"{row['name_en']}, {province['name_en']}",
                "code": "",
                "host_id": None,
                "city": "",
                "parent_id": bodies[province["id"]].pk,
                "valid_from": _day(entry.valid_from),
                "valid_to": _day(entry.valid_to),
                "note": row.get("note", "") if not known else "",
                "source_id": row["source"],
                "sure": "B" if known else "C",
                **name_fields(entry.name),
            }


def _upsert(model: type[M], rows: Iterable[dict[str, Any]], counts: dict[str, int]) -> dict[str, M]:
    """Add what is new, set right what differs, leave local rows; returns all rows by ref."""
    present = {one.ref: one for one in model._default_manager.all()}
    new, changed, fields = [], [], []
    for row in rows:
        fields = [name for name in row if name != "ref"]
        one = present.get(row["ref"])
        if one is None:
            new.append(model(**row))
        elif not one.is_local and any(getattr(one, name) != row[name] for name in fields):
            for name in fields:
                setattr(one, name, row[name])
            changed.append(one)
        else:
            counts["kept"] += 1
    model._default_manager.bulk_create(new)
    if changed:
        model._default_manager.bulk_update(changed, fields, batch_size=200)
    counts["added"] += len(new)
    counts["changed"] += len(changed)
    return {one.ref: one for one in model._default_manager.all()}


def _set_parents(bodies: dict[str, Body]) -> None:
    wanted = {r["id"]: r.get("parent") for r in load("bodies/central")}
    wanted |= {r["id"]: "mofa" for r in load("bodies/missions")}
    moved = []
    for ref, parent in wanted.items():
        body, parent_id = bodies[ref], bodies[parent].pk if parent else None
        if body.parent_id != parent_id and not body.is_local:
            body.parent_id = parent_id
            moved.append(body)
    Body.objects.bulk_update(moved, ["parent"], batch_size=200)


def _replace_names(
    model: type[models.Model], owner: str, owners: dict[str, Any], rows: list[dict[str, Any]]
) -> None:
    wanted = {
        (owners[row["id"]].pk, name): strong
        for row in rows
        if not owners[row["id"]].is_local
        for name, strong in _aliases(row)
    }
    kept = [one.pk for one in owners.values() if not one.is_local]
    manager = model._default_manager
    present = {
        (getattr(one, f"{owner}_id"), one.name): one
        for one in manager.filter(**{f"{owner}_id__in": kept})
    }
    manager.filter(pk__in=[one.pk for k, one in present.items() if k not in wanted]).delete()
    manager.bulk_create(
        model(**{f"{owner}_id": pk, "name": name, "key": key(name), "is_strong": strong})
        for (pk, name), strong in wanted.items()
        if (pk, name) not in present
    )


def _load_links(bodies: dict[str, Body]) -> None:
    present = set(Succession.objects.values_list("before__ref", "after__ref"))
    Succession.objects.bulk_create(
        Succession(
            before=bodies[link.before],
            after=bodies[link.after],
            kind=link.kind,
            on=date.fromisoformat(link.on),
            what=link.what,
            source_id=link.source,
            sure=link.sure,
        )
        for links in shipped_links().values()
        for link in links
        if (link.before, link.after) not in present
    )


def _load_relations(partners: dict[str, Partner]) -> None:
    _add_or_update(Membership, "ref", _membership_rows(partners))
    taken: set[str] = set()
    _add_or_update(
        RelationLevel,
        "ref",
        (
            {
                "ref": free_ref(_stem(row["partner"], row["level"]), taken),
                "partner_id": partners[row["partner"]].pk,
                "level": row["level"],
                "on": row["on"] or "",
                "field": row.get("field", ""),
                "source_id": row["source"],
                "sure": row["sure"],
            }
            for row in load("partnerships")
        ),
    )
    stages = []
    for row in load("agreements"):
        agreement, _created = Agreement.objects.get_or_create(partner=partners[row["id"]])
        if not agreement.is_local:
            agreement.note = row.get("note", "")
            agreement.save(update_fields=["note"])
            agreement.sides.set(partners[side] for side in row["sides"])
        for stage in row["stages"]:
            side = stage["side"]
            stem = _stem(row["id"], side, stage["stage"], stage["source"].lower())
            stages.append(
                {
                    "ref": free_ref(stem, taken),
                    "agreement_id": agreement.pk,
                    "side_id": None if side == "all" else partners[side].pk,
                    "stage": stage["stage"],
                    "on": stage["on"] or "",
                    "source_id": stage["source"],
                    "known_on": stage.get("known_on", ""),
                    "sure": stage["sure"],
                }
            )
    _add_or_update(Stage, "ref", stages)


def _membership_rows(partners: dict[str, Partner]) -> Iterable[dict[str, Any]]:
    taken: set[str] = set()
    for row in load("partners"):
        for member in row.get("members", ()):
            yield {
                "ref": free_ref(_stem(row["id"], member["partner"]), taken),
                "bloc_id": partners[row["id"]].pk,
                "member_id": partners[member["partner"]].pk,
                "since": member.get("from", ""),
                "until": member.get("to", ""),
                "source_id": member.get("source", row["source"]),
                "sure": member.get("sure", row["sure"]),
            }


def _stem(*words: str) -> str:
    return ".".join(words).replace("_", "-")


def _add_or_update(
    model: type[models.Model], identity: str, rows: Iterable[dict[str, Any]]
) -> None:
    """Add the rows that are not there, set right those that differ, leave local ones."""
    manager = model._default_manager
    present: dict[Any, Any] = {getattr(one, identity): one for one in manager.all()}
    new = []
    for row in rows:
        one = present.get(row[identity])
        if one is None:
            new.append(model(**row))
        elif not one.is_local and any(getattr(one, c) != value for c, value in row.items()):
            manager.filter(pk=one.pk).update(**row)
    manager.bulk_create(new)


def _load_missions(bodies: dict[str, Body], partners: dict[str, Partner]) -> None:
    present = set(Accreditation.objects.values_list("mission_id", "partner_id"))
    wanted = {
        (bodies[row["id"]].pk, partners[ref].pk): row.get("accredited_source", row["source"])
        for row in load("bodies/missions")
        for ref in row["accredited"]
    }
    Accreditation.objects.bulk_create(
        Accreditation(mission_id=mission, partner_id=partner, source_id=source)
        for (mission, partner), source in wanted.items()
        if (mission, partner) not in present
    )


def _load_people(bodies: dict[str, Body]) -> None:
    titles = {row["id"]: row for row in load("offices")}
    rows = load("people")
    _add_or_update(
        Person,
        "ref",
        (
            {"ref": row["id"], "name": row["name"], "sort": name_fields(row["name"])["sort"]}
            for row in rows
        ),
    )
    offices = {}
    for held in (held for row in rows for held in row["offices"]):
        title_id, _, body_ref = held["office"].partition("@")
        title, body = titles[title_id], bodies[body_ref]
        offices[held["office"]] = {
            "ref": held["office"],
            "name": title["name"] if "body" in title else f"{title['name']} {body.name}",
            "name_en": f"{title['name_en']}, {body.name_en}",
            "body_id": body.pk,
            "source_id": title["source"],
            "sure": title["sure"],
        }
    _add_or_update(Office, "ref", offices.values())
    person_ids = dict(Person.objects.values_list("ref", "pk"))
    office_ids = dict(Office.objects.values_list("ref", "pk"))
    taken: set[str] = set()
    _add_or_update(
        Holding,
        "ref",
        (
            {
                "ref": holding_ref(
                    row["id"], held["office"], is_acting=bool(held.get("acting")), taken=taken
                ),
                "person_id": person_ids[row["id"]],
                "office_id": office_ids[held["office"]],
                "since": held.get("from", ""),
                "until": held.get("to", ""),
                "seen": held.get("seen", []),
                "is_acting": bool(held.get("acting")),
                "source_id": held["source"],
            }
            for row in rows
            for held in row["offices"]
        ),
    )
