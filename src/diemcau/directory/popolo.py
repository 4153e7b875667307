"""The tables of the directory as JSON after Popolo, and back.

Source: Popolo (https://www.popoloproject.com) names organizations, posts, persons, memberships and
other_names; partners, levels of relations, agreements, successions and certainty stand beside it.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Literal

from django.utils.translation import gettext as _

from diemcau.directory.checks import Fault
from diemcau.directory.columns import BETWEEN, COLUMNS, Row, parts

__all__ = ["Misshapen", "from_json", "to_json"]

Shape = Literal["text", "null", "flag", "list", "source", "en", "strong", "weak", "code", "iso3"]

_SOURCED: dict[str, tuple[str, Shape]] = {
    "source": ("sources", "source"),
    "sure": ("certainty", "text"),
}
_NAMED: dict[str, tuple[str, Shape]] = {
    "id": ("id", "text"),
    "name": ("name", "text"),
    "name_en": ("other_names", "en"),
    "strong": ("other_names", "strong"),
    "weak": ("other_names", "weak"),
}
_SPAN: dict[str, tuple[str, Shape]] = {
    "since": ("start_date", "null"),
    "until": ("end_date", "null"),
}
_SECTIONS: dict[str, tuple[str, dict[str, tuple[str, Shape]]]] = {
    "sources": (
        "sources",
        {"id": ("id", "text"), "what": ("note", "text"), "address": ("url", "text")},
    ),
    "partners": (
        "partners",
        {
            **_NAMED,
            "kind": ("classification", "text"),
            "iso3": ("identifiers", "iso3"),
            "contains_vietnam": ("contains_vietnam", "flag"),
            **_SOURCED,
            "note": ("note", "text"),
        },
    ),
    "bodies": (
        "organizations",
        {
            **_NAMED,
            "kind": ("classification", "text"),
            "parent": ("parent_id", "null"),
            "host": ("host_id", "null"),
            "city": ("city", "text"),
            "code": ("identifiers", "code"),
            "valid_from": ("founding_date", "null"),
            "valid_to": ("dissolution_date", "null"),
            **_SOURCED,
            "note": ("note", "text"),
        },
    ),
    "successions": (
        "successions",
        {
            "from": ("before_id", "text"),
            "to": ("after_id", "text"),
            "kind": ("kind", "text"),
            "on": ("on", "text"),
            "what": ("what", "text"),
            **_SOURCED,
        },
    ),
    "people": ("persons", {"id": ("id", "text"), "name": ("name", "text")}),
    "offices": (
        "posts",
        {
            "id": ("id", "text"),
            "name": ("label", "text"),
            "name_en": ("label_en", "text"),
            "body": ("organization_id", "text"),
            **_SOURCED,
        },
    ),
    "holders": (
        "memberships",
        {
            "id": ("id", "text"),
            "person": ("person_id", "text"),
            "office": ("post_id", "text"),
            **_SPAN,
            "seen": ("seen_on", "list"),
            "acting": ("acting", "flag"),
            "source": ("sources", "source"),
        },
    ),
    "members": (
        "bloc_memberships",
        {
            "id": ("id", "text"),
            "bloc": ("organization_id", "text"),
            "member": ("member_id", "text"),
            **_SPAN,
            **_SOURCED,
        },
    ),
    "levels": (
        "relation_levels",
        {
            "id": ("id", "text"),
            "partner": ("partner_id", "text"),
            "level": ("level", "text"),
            "on": ("start_date", "null"),
            "field": ("field", "text"),
            **_SOURCED,
        },
    ),
    "agreements": (
        "agreements",
        {"id": ("id", "text"), "sides": ("side_ids", "list"), "note": ("note", "text")},
    ),
    "stages": (
        "agreement_stages",
        {
            "id": ("id", "text"),
            "agreement": ("agreement_id", "text"),
            "side": ("side_id", "null"),
            "stage": ("stage", "text"),
            "on": ("on", "null"),
            "known_on": ("known_on", "null"),
            **_SOURCED,
        },
    ),
    "accreditations": (
        "accreditations",
        {
            "mission": ("organization_id", "text"),
            "partner": ("partner_id", "text"),
            "source": ("sources", "source"),
        },
    ),
}
_SCHEMES = {"code": "code", "iso3": "iso3166-1-alpha-3"}


class Misshapen(ValueError):
    """A row of the JSON does not follow the schema."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.reason)
        self.fault = fault


def to_json(tables: Mapping[str, Iterable[Mapping[str, str]]]) -> dict[str, Any]:
    """Rows by table as JSON by section, in the order of the sections."""
    return {
        section: [_row_out(fields, row) for row in tables[table]]
        for table, (section, fields) in _SECTIONS.items()
    }


def from_json(content: Any) -> dict[str, list[Row]]:
    """The tables of a JSON text that follows the schema, rows counted from 1 in each section.

    Raises:
        Misshapen: a section or row does not follow it.
    """
    tables = {section: table for table, (section, _fields) in _SECTIONS.items()}
    if not isinstance(content, dict) or not tables.keys() & content.keys():
        reason = _("The JSON has none of the sections: %(names)s.")
        raise Misshapen(Fault("", 0, "", reason % {"names": ", ".join(tables)}))
    for section, rows in content.items():
        if section not in tables:
            raise Misshapen(Fault(section, 0, "", _("This section is not known.")))
        if not isinstance(rows, list):
            raise Misshapen(Fault(section, 0, "", _("This must be a list of rows.")))
    return {
        tables[section]: [(n, _row_in(tables[section], n, row)) for n, row in enumerate(rows, 1)]
        for section, rows in content.items()
    }


def _row_out(fields: Mapping[str, tuple[str, Shape]], row: Mapping[str, str]) -> dict[str, Any]:
    out: dict[str, Any] = {}
    for column, (name, shape) in fields.items():
        cell = row[column]
        match shape:
            case "text":
                out[name] = cell
            case "null":
                out[name] = cell or None
            case "flag":
                out[name] = cell == "1"
            case "list":
                out[name] = parts(cell)
            case "source":
                out[name] = [{"note": cell}] if cell else []
            case "en":
                out[name] = [{"name": cell, "note": "en"}] if cell else []
            case "strong" | "weak":
                out[name] += [{"name": part, "note": shape} for part in parts(cell)]
            case "code" | "iso3":
                scheme = _SCHEMES[shape]
                out[name] = [{"scheme": scheme, "identifier": cell}] if cell else []
    return out


def _row_in(table: str, number: int, row: Any) -> dict[str, str]:
    """The cells of a row; what is left out is empty, what is not known is refused."""
    _section, fields = _SECTIONS[table]
    if not isinstance(row, dict):
        raise Misshapen(Fault(table, number, "", _("This must be a row of named values.")))
    for name in row.keys() - {name for name, _shape in fields.values()}:
        raise Misshapen(Fault(table, number, name, _("This column is not known.")))
    cells = dict.fromkeys(COLUMNS[table], "")
    for column, (name, shape) in fields.items():
        if (value := row.get(name)) is None:
            continue
        try:
            cells[column] = _cell_in(value, shape)
        except (TypeError, KeyError, AttributeError):
            reason = _("This does not follow the schema.")
            raise Misshapen(Fault(table, number, name, reason)) from None
        except ValueError as error:
            raise Misshapen(Fault(table, number, name, str(error))) from None
    return cells


def _cell_in(value: Any, shape: Shape) -> str:
    match shape:
        case "text" | "null":
            return _text(value)
        case "flag":
            return {True: "1", False: ""}[value]
        case "list":
            return BETWEEN.join(_text(one) for one in _list(value))
        case "source":
            return _only([_text(one["note"]) for one in _list(value)])
        case "en":
            return _only([_text(one["name"]) for one in _list(value) if one.get("note") == "en"])
        case "strong" | "weak":
            notes = ("strong", None) if shape == "strong" else ("weak",)
            named = [one for one in _list(value) if one.get("note") in notes]
            if any(one.get("note") not in ("en", "strong", "weak", None) for one in value):
                raise ValueError(_("The note of a name is en, strong or weak."))
            return BETWEEN.join(_text(one["name"]) for one in named)
        case "code" | "iso3":
            found = []
            for one in _list(value):
                if one["scheme"] != _SCHEMES[shape]:
                    reason = _("The scheme of an identifier here is “%(scheme)s”.")
                    raise ValueError(reason % {"scheme": _SCHEMES[shape]})
                found.append(_text(one["identifier"]))
            return _only(found)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError(_("This must be text."))
    return " ".join(value.split())


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise ValueError(_("This must be a list."))
    return value


def _only(found: list[str]) -> str:
    if len(found) > 1:
        raise ValueError(_("Only one is kept here; there are %(n)d.") % {"n": len(found)})
    return found[0] if found else ""
