"""Every row of the directory as the cells of its table."""

from collections.abc import Callable, Iterable

from diemcau.directory.columns import BETWEEN
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

__all__ = ["body_rows", "rows_of"]

Cells = dict[str, str]


def rows_of(table: str) -> Iterable[Cells]:
    """The rows of a table of `columns.COLUMNS`, every one with a cell for each column."""
    return _ROWS[table]()


def body_rows(ref: str = "") -> Iterable[Cells]:
    """Every body as the cells of its row, or the one with this id."""
    bodies = Body.objects.select_related("parent", "host").prefetch_related("names")
    if ref:
        bodies = bodies.filter(ref=ref)
    for body in bodies.order_by("ref"):
        yield {
            "id": body.ref,
            "kind": body.kind,
            "name": body.name,
            "name_en": body.name_en,
            **_aliases(body),
            "parent": body.parent.ref if body.parent else "",
            "host": body.host.ref if body.host else "",
            "city": body.city,
            "code": body.code,
            "valid_from": body.valid_from.isoformat() if body.valid_from else "",
            "valid_to": body.valid_to.isoformat() if body.valid_to else "",
            "source": body.source_id,
            "sure": body.sure,
            "note": body.note,
        }


def _aliases(one: Body | Partner) -> Cells:
    names = list(one.names.all())
    return {
        "strong": BETWEEN.join(n.name for n in names if n.is_strong and n.name != one.name),
        "weak": BETWEEN.join(n.name for n in names if not n.is_strong),
    }


def _succession_rows() -> Iterable[Cells]:
    rows = Succession.objects.select_related("before", "after").order_by("on", "before__ref")
    for row in rows:
        yield {
            "from": row.before.ref,
            "to": row.after.ref,
            "kind": row.kind,
            "on": row.on.isoformat(),
            "what": row.what,
            "source": row.source_id,
            "sure": row.sure,
        }


def _source_rows() -> Iterable[Cells]:
    for row in Source.objects.order_by("key"):
        yield {"id": row.key, "what": row.what, "address": row.address}


def _partner_rows() -> Iterable[Cells]:
    for partner in Partner.objects.prefetch_related("names").order_by("kind", "ref"):
        yield {
            "id": partner.ref,
            "kind": partner.kind,
            "name": partner.name,
            "name_en": partner.name_en,
            "iso3": partner.iso3,
            **_aliases(partner),
            "contains_vietnam": "1" if partner.contains_vietnam else "",
            "source": partner.source_id,
            "sure": partner.sure,
            "note": partner.note,
        }


def _person_rows() -> Iterable[Cells]:
    for row in Person.objects.order_by("ref"):
        yield {"id": row.ref, "name": row.name}


def _office_rows() -> Iterable[Cells]:
    for row in Office.objects.select_related("body").order_by("ref"):
        yield {
            "id": row.ref,
            "body": row.body.ref,
            "name": row.name,
            "name_en": row.name_en,
            "source": row.source_id,
            "sure": row.sure,
        }


def _holder_rows() -> Iterable[Cells]:
    for row in Holding.objects.select_related("person", "office").order_by("ref"):
        yield {
            "id": row.ref,
            "person": row.person.ref,
            "office": row.office.ref,
            "since": row.since,
            "until": row.until,
            "seen": BETWEEN.join(row.seen),
            "acting": "1" if row.is_acting else "",
            "source": row.source_id,
        }


def _member_rows() -> Iterable[Cells]:
    for row in Membership.objects.select_related("bloc", "member").order_by("bloc__ref", "ref"):
        yield {
            "id": row.ref,
            "bloc": row.bloc.ref,
            "member": row.member.ref,
            "since": row.since,
            "until": row.until,
            "source": row.source_id,
            "sure": row.sure,
        }


def _level_rows() -> Iterable[Cells]:
    for row in RelationLevel.objects.select_related("partner").order_by("partner__ref", "on"):
        yield {
            "id": row.ref,
            "partner": row.partner.ref,
            "level": row.level,
            "on": row.on,
            "field": row.field,
            "source": row.source_id,
            "sure": row.sure,
        }


def _agreement_rows() -> Iterable[Cells]:
    rows = Agreement.objects.select_related("partner").prefetch_related("sides")
    for row in rows.order_by("partner__ref"):
        sides = sorted(side.ref for side in row.sides.all())
        yield {"id": row.partner.ref, "sides": BETWEEN.join(sides), "note": row.note}


def _stage_rows() -> Iterable[Cells]:
    rows = Stage.objects.select_related("agreement__partner", "side")
    for row in rows.order_by("agreement__partner__ref", "on", "ref"):
        yield {
            "id": row.ref,
            "agreement": row.agreement.partner.ref,
            "side": row.side.ref if row.side else "",
            "stage": row.stage,
            "on": row.on,
            "known_on": row.known_on,
            "source": row.source_id,
            "sure": row.sure,
        }


def _accreditation_rows() -> Iterable[Cells]:
    rows = Accreditation.objects.select_related("mission", "partner")
    for row in rows.order_by("mission__ref", "partner__ref"):
        yield {
            "mission": row.mission.ref,
            "partner": row.partner.ref,
            "source": row.source_id,
        }


_ROWS: dict[str, Callable[[], Iterable[Cells]]] = {
    "sources": _source_rows,
    "partners": _partner_rows,
    "bodies": body_rows,
    "successions": _succession_rows,
    "people": _person_rows,
    "offices": _office_rows,
    "holders": _holder_rows,
    "members": _member_rows,
    "levels": _level_rows,
    "agreements": _agreement_rows,
    "stages": _stage_rows,
    "accreditations": _accreditation_rows,
}
