"""How a statement's values are said on a page: numbers, periods, choices, in the person's words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from diemcau.documents.fields import BOUNDS, FIELDS, UNITS, Field
from diemcau.documents.models import Statement

__all__ = ["Row", "amount_words", "confidence_words", "kind_tag", "rows_of", "state_sign"]

_SIGNS = {"accepted": " ✓", "rejected": " ✕", "merged": " ⇢", "superseded": " ~"}


@dataclass(frozen=True)
class Row:
    """One line of a statement: what it is called, what holds, what was read if that differs.

    Args:
        value: "" means that the text does not say.
    """

    label: str
    value: str
    read: str = ""
    is_corrected: bool = False


def rows_of(statement: Statement) -> list[Row]:
    """The fields of a statement as lines; an empty field is a line too, for it is an answer."""
    rows = []
    for field in FIELDS[statement.kind]:
        if field.name in _TOLD_ELSEWHERE:
            continue
        now = _words(field, statement.values)
        read = _words(field, statement.data)
        rows.append(Row(str(field.label), now, read, now != read))
    return rows


def amount_words(value: Any, unit: str) -> str:
    """A number with its unit: 1696000000 USD is "1,696 tỷ USD", 15.5 percent is "15,5%"."""
    number = Decimal(str(value))
    if unit in ("USD", "VND") or (len(unit) == 3 and unit.isupper()):
        name = str(UNITS.get(unit, unit))
        for size, word in ((9, pgettext("amount", "billion")), (6, pgettext("amount", "million"))):
            if abs(number) >= Decimal(10) ** size:
                return f"{_plain(number.scaleb(-size))} {word} {name}"
        return f"{_plain(number)} {name}"
    if unit == "percent":
        return f"{_plain(number)}%"
    if unit in ("count", ""):
        return _plain(number)
    return f"{_plain(number)} {UNITS.get(unit, unit.removeprefix('other:'))}"


def confidence_words(confidence: float) -> str:
    """How sure the reader was, in a word."""
    if confidence >= 0.85:
        return pgettext("confidence", "high")
    if confidence >= 0.6:
        return pgettext("confidence", "medium")
    return pgettext("confidence", "low")


def kind_tag(kind: str) -> str:
    """The letters that stand for a kind in the text."""
    return {
        "events": pgettext("tag", "E"),
        "people": pgettext("tag", "P"),
        "instruments": pgettext("tag", "D"),
        "figures": pgettext("tag", "F"),
        "tasks": pgettext("tag", "T"),
        "partners": pgettext("tag", "C"),
        "shortcomings": pgettext("tag", "S"),
    }[kind]


def state_sign(state: str) -> str:
    """The sign behind those letters once somebody has decided."""
    return _SIGNS.get(state, "")


_TOLD_ELSEWHERE = {"bound", "value_high", "unit", "compares.base"}
"""Said in one line with the value, or with what a figure is compared with."""


def _words(field: Field, values: Mapping[str, Any]) -> str:
    if field.name == "value":
        return _figure_words(values)
    if field.name == "compares.kind":
        compares = values.get("compares") or {}
        kind = (field.choices or {}).get(compares.get("kind"), compares.get("kind") or "")
        return f"{kind} ({compares['base']})" if compares.get("base") else str(kind)
    value = values.get(field.name)
    if value in (None, "", []):
        return ""
    if field.choices is not None:
        return str(field.choices.get(value, value))
    if field.type == "lines":
        return "; ".join(map(str, value))
    if field.type in ("day", "period"):
        return _day_words(str(value))
    if field.type == "whole":
        return _plain(Decimal(str(value)))
    return str(value)


def _figure_words(values: Mapping[str, Any]) -> str:
    if values.get("value") is None:
        return ""
    unit, bound = str(values.get("unit") or ""), values.get("bound", "eq")
    low = amount_words(values["value"], unit)
    if bound == "range" and values.get("value_high") is not None:
        return _("%(low)s to %(high)s") % {
            "low": low,
            "high": amount_words(values["value_high"], unit),
        }
    return low if bound == "eq" else f"{BOUNDS.get(bound, bound)} {low}"


def _day_words(text: str) -> str:
    try:
        return date_format(date.fromisoformat(text), "d/m/Y")
    except ValueError:
        return text


def _plain(number: Decimal) -> str:
    plain = number.normalize()
    places = max(0, -int(plain.as_tuple().exponent))
    return number_format(plain, decimal_pos=places, use_l10n=True)
