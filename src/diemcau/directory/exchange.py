"""The directory as files: XLSX and CSV tables, and JSON after Popolo where it fits.

Popolo (https://www.popoloproject.com) names organizations, posts, persons and memberships; what it
does not know (successions, certainty) stands beside it. Schema: schema/directory.schema.json.
"""

import csv
import io
import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from diemcau.directory.checks import BODY_COLUMNS, SUCCESSION_COLUMNS, Fault, Row
from diemcau.directory.models import (
    Body,
    Holding,
    Office,
    Partner,
    Person,
    RelationLevel,
    Succession,
)

__all__ = [
    "COLUMNS",
    "FORMATS",
    "UnreadableFile",
    "body_rows",
    "read_file",
    "succession_rows",
    "write_csv",
    "write_json",
    "write_xlsx",
]

COLUMNS = {"bodies": BODY_COLUMNS, "successions": SUCCESSION_COLUMNS}
"""Tables that come back in, and their columns."""

PARTNER_COLUMNS = ("id", "kind", "name", "name_en", "iso3", "strong", "weak", "source", "sure")
LEVEL_COLUMNS = ("partner", "level", "on", "field", "source", "sure")
FORMATS = ("xlsx", "csv", "json")
_BETWEEN_NAMES = "; "


class UnreadableFile(ValueError):
    """The file is not one of the formats, or a table of it has other columns."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("; ".join(f.reason for f in faults))
        self.faults = faults


# Out


def body_rows(ref: str = "") -> Iterable[dict[str, str]]:
    """Every body as the cells of its row, or the one with this id."""
    bodies = Body.objects.select_related("parent").prefetch_related("names")
    if ref:
        bodies = bodies.filter(ref=ref)
    for body in bodies.order_by("ref"):
        names = list(body.names.all())
        yield {
            "id": body.ref,
            "kind": body.kind,
            "name": body.name,
            "name_en": body.name_en,
            "strong": _joined(n.name for n in names if n.is_strong and n.name != body.name),
            "weak": _joined(n.name for n in names if not n.is_strong),
            "parent": body.parent.ref if body.parent else "",
            "code": body.code,
            "valid_from": body.valid_from.isoformat() if body.valid_from else "",
            "valid_to": body.valid_to.isoformat() if body.valid_to else "",
            "source": body.source_id,
            "sure": body.sure,
            "note": body.note,
        }


def succession_rows() -> Iterable[dict[str, str]]:
    """Every succession as the cells of its row."""
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


def _partner_rows() -> Iterable[dict[str, str]]:
    for partner in Partner.objects.prefetch_related("names").order_by("kind", "ref"):
        names = list(partner.names.all())
        yield {
            "id": partner.ref,
            "kind": partner.kind,
            "name": partner.name,
            "name_en": partner.name_en,
            "iso3": partner.iso3,
            "strong": _joined(n.name for n in names if n.is_strong and n.name != partner.name),
            "weak": _joined(n.name for n in names if not n.is_strong),
            "source": partner.source_id,
            "sure": partner.sure,
        }


def _level_rows() -> Iterable[dict[str, str]]:
    for row in RelationLevel.objects.select_related("partner").order_by("partner__ref", "on"):
        yield {
            "partner": row.partner.ref,
            "level": row.level,
            "on": row.on,
            "field": row.field,
            "source": row.source_id,
            "sure": row.sure,
        }


_TABLES: dict[str, tuple[tuple[str, ...], Any]] = {
    "bodies": (BODY_COLUMNS, body_rows),
    "successions": (SUCCESSION_COLUMNS, succession_rows),
    "partners": (PARTNER_COLUMNS, _partner_rows),
    "relations": (LEVEL_COLUMNS, _level_rows),
}


def write_xlsx() -> bytes:
    """Every table as a sheet; cells are text, so that codes keep their zeros."""
    import xlsxwriter

    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False}) as book:
        head = book.add_format({"bold": True, "bottom": 1})
        text = book.add_format({"num_format": "@"})
        for table, (columns, rows) in _TABLES.items():
            sheet = book.add_worksheet(table)
            sheet.freeze_panes(1, 1)
            sheet.set_column(0, len(columns) - 1, 22, text)
            for at, column in enumerate(columns):
                sheet.write_string(0, at, column, head)
            for number, row in enumerate(rows(), 1):
                for at, column in enumerate(columns):
                    if row[column]:
                        sheet.write_string(number, at, row[column], text)
    return buffer.getvalue()


def write_csv(table: str) -> str:
    """One table as CSV with a byte order mark, as spreadsheets expect of UTF-8."""
    columns, rows = _TABLES[table]
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, columns, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows({c: _guarded(row[c]) for c in columns} for row in rows())
    return "\ufeff" + buffer.getvalue()


def write_json() -> dict[str, Any]:
    """The directory after Popolo, with successions and certainty beside it."""
    return {
        "organizations": [
            {
                "id": row["id"],
                "name": row["name"],
                "classification": row["kind"],
                "parent_id": row["parent"] or None,
                "founding_date": row["valid_from"] or None,
                "dissolution_date": row["valid_to"] or None,
                "other_names": _other_names(row),
                "identifiers": [{"scheme": "code", "identifier": row["code"]}]
                if row["code"]
                else [],
                "sources": [{"note": row["source"]}],
                "certainty": row["sure"],
                "note": row["note"],
            }
            for row in body_rows()
        ],
        "posts": [
            {"id": o.ref, "label": o.name, "organization_id": o.body.ref}
            for o in Office.objects.select_related("body").order_by("ref")
        ],
        "persons": [{"id": p.ref, "name": p.name} for p in Person.objects.order_by("ref")],
        "memberships": [
            {
                "person_id": h.person.ref,
                "post_id": h.office.ref,
                "start_date": h.since or None,
                "end_date": h.until or None,
                "seen_on": h.seen,
                "acting": h.is_acting,
                "sources": [{"note": h.source_id}],
            }
            for h in Holding.objects.select_related("person", "office").order_by("id")
        ],
        "successions": [
            {
                "before_id": row["from"],
                "after_id": row["to"],
                "kind": row["kind"],
                "on": row["on"],
                "what": row["what"],
                "sources": [{"note": row["source"]}],
                "certainty": row["sure"],
            }
            for row in succession_rows()
        ],
    }


def _joined(names: Iterable[str]) -> str:
    return _BETWEEN_NAMES.join(names)


def _other_names(row: Mapping[str, str]) -> list[dict[str, str]]:
    found = [{"name": row["name_en"], "note": "en"}] if row["name_en"] else []
    for strength in ("strong", "weak"):
        found += [{"name": n, "note": strength} for n in row[strength].split(_BETWEEN_NAMES) if n]
    return found


def _guarded(text: str) -> str:
    """A cell no spreadsheet takes for a formula."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@") else text


# In


def read_file(data: bytes, *, name: str) -> dict[str, list[Row]]:
    """The tables of a file that can be taken in, with their rows numbered as the file has them.

    Args:
        data: XLSX, CSV or JSON.
        name: of the file; its ending tells the format, a CSV's table is told by its columns.
    Raises:
        UnreadableFile: another format, a missing or unknown column, a cell that is not text.
    """
    ending = name.rsplit(".", 1)[-1].lower()
    if ending not in FORMATS:
        raise UnreadableFile([Fault("", 0, "", _("The file is not XLSX, CSV or JSON."))])
    try:
        if ending == "xlsx":
            return _from_sheets(_sheets(data))
        text = data.decode("utf-8-sig")
        if ending == "csv":
            lines = list(csv.reader(io.StringIO(text, newline="")))
            return _from_sheets({_table_of(lines): lines})
        return _from_json(json.loads(text))
    except UnicodeDecodeError:
        reason = _("The file is not UTF-8 text.")
    except json.JSONDecodeError as error:
        reason = _("The JSON breaks off in line %(line)d.") % {"line": error.lineno}
    except csv.Error:
        reason = _("The CSV cannot be read.")
    raise UnreadableFile([Fault("", 0, "", reason)])


def _sheets(data: bytes) -> dict[str, list[list[Any]]]:
    import python_calamine

    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    except python_calamine.CalamineError:
        reason = _("The workbook cannot be opened: damaged, or protected by a password.")
        raise UnreadableFile([Fault("", 0, "", reason)]) from None
    wanted = [n for n in book.sheet_names if n in COLUMNS]
    if not wanted:
        reason = _("The workbook has no sheet called %(names)s.")
        raise UnreadableFile([Fault("", 0, "", reason % {"names": ", ".join(COLUMNS)})])
    return {n: book.get_sheet_by_name(n).to_python(skip_empty_area=False) for n in wanted}


def _table_of(lines: list[list[str]]) -> str:
    head = set(lines[0]) if lines else set()
    return "successions" if {"from", "to"} <= head else "bodies"


def _from_sheets(sheets: Mapping[str, list[list[Any]]]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    faults: list[Fault] = []
    for table, lines in sheets.items():
        head = [str(c).strip() for c in lines[0]] if lines else []
        for column in COLUMNS[table]:
            if column not in head:
                faults.append(Fault(table, 1, column, _("This column is missing.")))
        for column in head:
            if column and column not in COLUMNS[table]:
                faults.append(Fault(table, 1, column, _("This column is not known.")))
        found[table] = []
        for number, line in enumerate(lines[1:], 2):
            cells = {c: _cell(v) for c, v in zip(head, line, strict=False) if c}
            if any(cells.values()):
                found[table].append((number, {c: cells.get(c, "") for c in COLUMNS[table]}))
    if faults:
        raise UnreadableFile(faults)
    return found


def _cell(value: Any) -> str:
    """A cell as text: a day as ISO, a whole number without its point."""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    text = " ".join(str(value).split())
    return text[1:] if text[:1] == "'" and text[1:2] in ("=", "+", "-", "@") else text


def _from_json(content: Any) -> dict[str, list[Row]]:
    if not isinstance(content, dict) or not {"organizations", "successions"} & content.keys():
        reason = _("The JSON has neither “organizations” nor “successions”.")
        raise UnreadableFile([Fault("", 0, "", reason)])
    try:
        bodies = [_from_organization(row) for row in content.get("organizations", [])]
        successions = [
            {
                "from": row["before_id"],
                "to": row["after_id"],
                "kind": row["kind"],
                "on": row["on"],
                "what": row.get("what") or "",
                "source": _first_source(row),
                "sure": row.get("certainty") or "",
            }
            for row in content.get("successions", [])
        ]
    except (KeyError, TypeError, AttributeError, IndexError) as error:
        reason = _("The JSON does not follow the schema: %(what)s.") % {"what": error}
        raise UnreadableFile([Fault("", 0, "", reason)]) from None
    found: dict[str, list[Row]] = {}
    for table, rows in (("bodies", bodies), ("successions", successions)):
        for number, row in enumerate(rows, 1):
            wrong = [c for c, v in row.items() if not isinstance(v, str)]
            if wrong:
                raise UnreadableFile([Fault(table, number, wrong[0], _("This must be text."))])
        found[table] = list(enumerate(rows, 1))
    return found


def _from_organization(row: dict[str, Any]) -> dict[str, str]:
    names: dict[str, list[str]] = {"en": [], "strong": [], "weak": []}
    for other in row.get("other_names", []):
        names[other.get("note", "strong")].append(other["name"])
    codes = [i["identifier"] for i in row.get("identifiers", []) if i.get("scheme") == "code"]
    return {
        "id": row["id"],
        "kind": row["classification"],
        "name": row["name"],
        "name_en": names["en"][0] if names["en"] else "",
        "strong": _joined(names["strong"]),
        "weak": _joined(names["weak"]),
        "parent": row.get("parent_id") or "",
        "code": codes[0] if codes else "",
        "valid_from": row.get("founding_date") or "",
        "valid_to": row.get("dissolution_date") or "",
        "source": _first_source(row),
        "sure": row.get("certainty") or "",
        "note": row.get("note") or "",
    }


def _first_source(row: dict[str, Any]) -> str:
    sources = row.get("sources", [])
    return sources[0].get("note", "") if sources else ""
