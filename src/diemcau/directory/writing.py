"""Checked rows written to their tables; called inside the directory's actions."""

from collections.abc import Callable, Mapping
from datetime import date

from diemcau.directory.columns import parts
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
from diemcau.directory.shipped import name_fields
from vanban.directory.names import key

__all__ = ["LOCAL_SOURCE", "local_source", "set_parent", "write_body", "write_row"]

LOCAL_SOURCE = "local"
"""Key of the source of what is entered here without another."""
Cells = Mapping[str, str]


def local_source() -> Source:
    """The source of what is entered here without another."""
    source, _created = Source.objects.get_or_create(
        key=LOCAL_SOURCE, defaults={"what": "Entered in this installation", "is_local": True}
    )
    return source


def write_row(table: str, cells: Cells) -> None:
    """Write one checked row; what it refers to is there, and its source is filled in."""
    _WRITERS[table](cells)


def write_body(cells: Cells) -> Body:
    """Write a body without its parent, which may be a later row."""
    body, _created = Body.objects.update_or_create(
        ref=cells["id"],
        defaults={
            "kind": cells["kind"],
            "name": cells["name"],
            "name_en": cells["name_en"],
            "code": cells["code"],
            "host": Partner.objects.get(ref=cells["host"]) if cells["host"] else None,
            "city": cells["city"],
            "valid_from": _day(cells["valid_from"]),
            "valid_to": _day(cells["valid_to"]),
            "note": cells["note"],
            **_sourced(cells),
            **name_fields(cells["name"], _other_names(cells)),
        },
    )
    body.names.all().delete()
    BodyName.objects.bulk_create(
        BodyName(body=body, name=name, key=key(name), is_strong=is_strong)
        for name, is_strong in _names(cells).items()
    )
    return body


def set_parent(cells: Cells) -> None:
    """Put a written body under its parent."""
    parent = Body.objects.get(ref=cells["parent"]) if cells["parent"] else None
    Body.objects.filter(ref=cells["id"]).update(parent=parent)


def _write_partner(cells: Cells) -> None:
    partner, _created = Partner.objects.update_or_create(
        ref=cells["id"],
        defaults={
            "kind": cells["kind"],
            "name": cells["name"],
            "name_en": cells["name_en"],
            "iso3": cells["iso3"],
            "contains_vietnam": bool(cells["contains_vietnam"]),
            "note": cells["note"],
            **_sourced(cells),
            **name_fields(cells["name"], _other_names(cells)),
        },
    )
    partner.names.all().delete()
    PartnerName.objects.bulk_create(
        PartnerName(partner=partner, name=name, key=key(name), is_strong=is_strong)
        for name, is_strong in _names(cells).items()
    )


def _write_source(cells: Cells) -> None:
    defaults = {"what": cells["what"], "address": cells["address"], "is_local": True}
    Source.objects.update_or_create(key=cells["id"], defaults=defaults)


def _write_succession(cells: Cells) -> None:
    Succession.objects.update_or_create(
        before=Body.objects.get(ref=cells["from"]),
        after=Body.objects.get(ref=cells["to"]),
        on=date.fromisoformat(cells["on"]),
        defaults={
            "kind": cells["kind"],
            "what": cells["what"],
            "source_id": cells["source"],
            "sure": cells["sure"],
        },
    )


def _write_person(cells: Cells) -> None:
    defaults = {
        "name": cells["name"],
        "sort": name_fields(cells["name"])["sort"],
        "is_local": True,
    }
    Person.objects.update_or_create(ref=cells["id"], defaults=defaults)


def _write_office(cells: Cells) -> None:
    Office.objects.update_or_create(
        ref=cells["id"],
        defaults={
            "body": Body.objects.get(ref=cells["body"]),
            "name": cells["name"],
            "name_en": cells["name_en"],
            **_sourced(cells),
        },
    )


def _write_holder(cells: Cells) -> None:
    Holding.objects.update_or_create(
        ref=cells["id"],
        defaults={
            "person": Person.objects.get(ref=cells["person"]),
            "office": Office.objects.get(ref=cells["office"]),
            "since": cells["since"],
            "until": cells["until"],
            "seen": parts(cells["seen"]),
            "is_acting": bool(cells["acting"]),
            "source_id": cells["source"],
            "is_local": True,
        },
    )


def _write_member(cells: Cells) -> None:
    Membership.objects.update_or_create(
        ref=cells["id"],
        defaults={
            "bloc": Partner.objects.get(ref=cells["bloc"]),
            "member": Partner.objects.get(ref=cells["member"]),
            "since": cells["since"],
            "until": cells["until"],
            **_sourced(cells),
        },
    )


def _write_level(cells: Cells) -> None:
    RelationLevel.objects.update_or_create(
        ref=cells["id"],
        defaults={
            "partner": Partner.objects.get(ref=cells["partner"]),
            "level": cells["level"],
            "on": cells["on"],
            "field": cells["field"],
            **_sourced(cells),
        },
    )


def _write_agreement(cells: Cells) -> None:
    agreement, _created = Agreement.objects.update_or_create(
        partner=Partner.objects.get(ref=cells["id"]),
        defaults={"note": cells["note"], "is_local": True},
    )
    agreement.sides.set(Partner.objects.filter(ref__in=parts(cells["sides"])))


def _write_stage(cells: Cells) -> None:
    Stage.objects.update_or_create(
        ref=cells["id"],
        defaults={
            "agreement": Agreement.objects.get(partner__ref=cells["agreement"]),
            "side": Partner.objects.get(ref=cells["side"]) if cells["side"] else None,
            "stage": cells["stage"],
            "on": cells["on"],
            "known_on": cells["known_on"],
            **_sourced(cells),
        },
    )


def _write_accreditation(cells: Cells) -> None:
    Accreditation.objects.update_or_create(
        mission=Body.objects.get(ref=cells["mission"]),
        partner=Partner.objects.get(ref=cells["partner"]),
        defaults={"source_id": cells["source"]},
    )


def _sourced(cells: Cells) -> dict[str, object]:
    return {"source_id": cells["source"], "sure": cells["sure"], "is_local": True}


def _other_names(cells: Cells) -> list[str]:
    return [cells["name_en"], *parts(cells["strong"]), *parts(cells["weak"])]


def _names(cells: Cells) -> dict[str, bool]:
    """Each name of a row, and whether it is strong; a partner's own may be weak ("Anh")."""
    strong, weak = (
        [name for name in parts(cells[column]) if key(name)] for column in ("strong", "weak")
    )
    return {cells["name"]: True} | dict.fromkeys(strong, True) | dict.fromkeys(weak, False)


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


_WRITERS: dict[str, Callable[[Cells], object]] = {
    "sources": _write_source,
    "partners": _write_partner,
    "bodies": write_body,
    "successions": _write_succession,
    "people": _write_person,
    "offices": _write_office,
    "holders": _write_holder,
    "members": _write_member,
    "levels": _write_level,
    "agreements": _write_agreement,
    "stages": _write_stage,
    "accreditations": _write_accreditation,
}
