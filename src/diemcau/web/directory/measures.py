"""Measures and units: what figures measure and what they are in, as a page and as a file."""

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from diemcau.directory.columns import BETWEEN
from diemcau.directory.exchange import write_table, write_workbook
from diemcau.directory.models import Source
from diemcau.indicators.measures import name_of
from diemcau.operation.answers import keep_answer
from diemcau.web.directory.sending import CSV, JSON, XLSX, as_file
from vanban.data import load

__all__ = ["measures", "measures_file"]

_KINDS: dict[str, Promise] = {
    "money": _("an amount of money"),
    "count": _("a count"),
    "people": _("a number of people"),
    "growth": _("a rate of growth"),
    "any": _("any kind"),
}
_DIMENSIONS: dict[str, Promise] = {
    "money": _("Money"),
    "mass": _("Mass"),
    "length": _("Length"),
    "area": _("Area"),
    "volume": _("Volume"),
    "power": _("Power"),
    "peak_power": _("Peak power"),
    "energy": _("Energy"),
    "voltage": _("Voltage"),
    "container": _("Containers"),
    "step": _("Points and places"),
    "count": _("Counting"),
    "people": _("Numbers of people"),
    "share": _("Shares"),
    "per_mille": _("Shares"),
    "ratio": _("Multiples"),
    "rank": _("Ranks"),
}
_COLUMNS = {
    "measures": ("id", "key", "kind", "name", "name_en", "cues", "source", "sure"),
    "units": (
        *("id", "unit", "dimension", "name", "name_en", "words", "factor", "base", "note"),
        *("source", "sure"),
    ),
}


@require_safe
@keep_answer
def measures(request: HttpRequest) -> HttpResponse:
    """Measures with the phrases that name them; units by dimension, with exact conversions."""
    sources = Source.objects.in_bulk()
    units = load("units")
    by_id = {row["id"]: row for row in units}

    def shown(row: dict[str, Any]) -> dict[str, Any]:
        base = by_id.get(row.get("base", ""))
        is_base = base is not None and base["id"] == row["id"]
        return {
            **row,
            "shown": name_of(row),
            "kind": _KINDS.get(row.get("kind", "")),
            "dimension": _DIMENSIONS.get(row.get("dimension", "")),
            "base": name_of(base).lower() if base and not is_base else "",
            "marked": {
                "source": sources.get(row["source"], row["source"]),
                "source_id": row["source"],
                "is_to_be_checked": row["sure"] == "C",
            },
        }

    context = {
        "measures": [shown(row) for row in load("measures")],
        "units": [shown(row) for row in units],
    }
    return render(request, "web/directory/measures.html", context)


@require_safe
def measures_file(request: HttpRequest, name: str) -> HttpResponse:
    """Both tables as a workbook or as JSON, or one of them as CSV."""
    tables = {table: [_cells(table, row) for row in load(table)] for table in _COLUMNS}
    if name == "xlsx":
        sheets = {table: (_COLUMNS[table], rows) for table, rows in tables.items()}
        return as_file(write_workbook(sheets), "do-luong.xlsx", XLSX)
    if name == "json":
        text = json.dumps({table: load(table) for table in _COLUMNS}, ensure_ascii=False, indent=1)
        return as_file(text, "do-luong.json", JSON)
    return as_file(write_table(_COLUMNS[name], tables[name]), f"{name}.csv", CSV)


def _cells(table: str, row: dict[str, Any]) -> dict[str, str]:
    cells = {column: row.get(column, "") for column in _COLUMNS[table]}
    cells |= {c: BETWEEN.join(v) for c, v in cells.items() if isinstance(v, list)}
    return cells
