"""Bodies and partners as of a day."""

import datetime as dt
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from ninja import Query, Router, Schema
from pydantic import Field

from diemcau.api.fields import Ref, Text, Words, answers
from diemcau.api.paging import Cut, Key, Page, cut
from diemcau.directory import queries
from diemcau.directory.models import Body, Level, Partner, RelationLevel

router = Router(tags=["directory"])


class BodyOut(Schema):
    """One body; the same name or code on another day may be another body."""

    ref: str
    kind: str
    name: str
    name_en: str
    code: str
    parent: str | None
    valid_from: dt.date | None
    valid_to: dt.date | None = Field(description="Its last day; null while it stands.")
    certainty: str
    source: str


class Holder(Schema):
    """A person in an office on the day, and how that is known."""

    person: str
    office: str
    is_acting: bool
    known: str = Field(description="held, seen, or last_seen.")
    seen_on: str | None


class BodyWhole(BodyOut):
    """A body, who answers for it on the day, and who held its offices."""

    on: dt.date
    answered_by: str | None = Field(description="Ref of the body; null if its work was divided.")
    candidates: list[str] = Field(description="Bodies among which the work was divided.")
    holders: list[Holder]


class PartnerOut(Schema):
    """A country, bloc, region or agreement, with the level of relations on the day."""

    ref: str
    kind: str
    name: str
    name_en: str
    iso3: str | None
    level: Level | None
    level_since: str | None = Field(description="As precise as its source: 2023, 2023-09-10.")
    certainty: str
    source: str


class _Bodies(Schema):
    on: dt.date | None = Field(None, description="Bodies of this day; today without it.")
    kind: Text = ""
    words: Words = ""


class _Partners(Schema):
    on: dt.date | None = Field(None, description="The day of the level of relations.")
    kind: Text = ""
    words: Words = ""


class _On(Schema):
    on: dt.date | None = Field(None, description="Today without it.")


_SORTED = (Key("sort"), Key("pk"))


@router.get("/bodies", response=answers(Page[BodyOut]), summary=_("List the bodies of a day"))
def bodies(request: HttpRequest, asked: Query[_Bodies], page: Cut) -> Any:
    kinds = [asked.kind] if asked.kind else []
    rows = queries.bodies_on(_day(asked.on), kinds=kinds, words=asked.words)
    found = cut(rows.select_related("parent"), _SORTED, page)
    found["items"] = [_body(row) for row in found["items"]]
    return found


@router.get(
    "/bodies/{ref}",
    response=answers(BodyWhole),
    summary=_("One body, who answers for it on a day, and who holds its offices"),
)
def body(request: HttpRequest, ref: Ref, asked: Query[_On]) -> Any:
    row = get_object_or_404(Body.objects.select_related("parent"), ref=ref)
    on = _day(asked.on)
    followed = queries.responsible_on(ref, on)
    return {
        **_body(row),
        "on": on,
        "answered_by": followed.responsible,
        "candidates": list(followed.candidates),
        "holders": [
            {
                "person": held.holding.person.name,
                "office": held.holding.office.name,
                "is_acting": held.holding.is_acting,
                "known": held.how,
                "seen_on": held.day or None,
            }
            for held in queries.holders_on(row, on)
        ],
    }


@router.get(
    "/partners",
    response=answers(Page[PartnerOut]),
    summary=_("List partners with their level of relations on a day"),
)
def partners(request: HttpRequest, asked: Query[_Partners], page: Cut) -> Any:
    levels = queries.levels_on(_day(asked.on))
    found = cut(queries.list_partners(kind=asked.kind, words=asked.words), _SORTED, page)
    found["items"] = [_partner(row, levels.get(row.pk)) for row in found["items"]]
    return found


@router.get("/partners/{ref}", response=answers(PartnerOut), summary=_("One partner"))
def partner(request: HttpRequest, ref: Ref, asked: Query[_On]) -> Any:
    row = get_object_or_404(queries.list_partners(), ref=ref)
    return _partner(row, queries.levels_on(_day(asked.on)).get(row.pk))


def _day(on: dt.date | None) -> dt.date:
    return on or timezone.localdate()


def _body(row: Body) -> dict[str, Any]:
    same = ("ref", "kind", "name", "name_en", "code", "valid_from", "valid_to")
    return {
        **{name: getattr(row, name) for name in same},
        "parent": row.parent.ref if row.parent else None,
        "certainty": row.sure,
        "source": row.source_id,
    }


def _partner(row: Partner, level: RelationLevel | None) -> dict[str, Any]:
    return {
        **{name: getattr(row, name) for name in ("ref", "kind", "name", "name_en")},
        "iso3": row.iso3 or None,
        "level": level.level if level else None,
        "level_since": (level.on or None) if level else None,
        "certainty": row.sure,
        "source": row.source_id,
    }
