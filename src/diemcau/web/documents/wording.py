"""How a statement's values are said on a page: numbers, periods, choices, in the person's words."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext, pgettext

from diemcau.documents.models import Statement
from diemcau.review.fields import Field, told_fields
from diemcau.web.days import say_period
from diemcau.web.numbers import say_claim, say_number
from vanban.confidence import level_of

__all__ = ["Row", "confidence_words", "kind_tag", "rows_of", "state_sign"]

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
    for field in told_fields(statement.kind, statement.data):
        if field.name in _TOLD_ELSEWHERE:
            continue
        now = _words(field, statement.values)
        read = _words(field, statement.data)
        rows.append(Row(str(field.label), now, read, now != read))
    return rows


def confidence_words(confidence: float) -> str:
    """How sure the reader was, in a word."""
    return {
        "high": pgettext("confidence", "high"),
        "medium": pgettext("confidence", "medium"),
        "low": pgettext("confidence", "low"),
    }[level_of(confidence)]


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
        "commitments": pgettext("tag", "M"),
    }[kind]


def state_sign(state: str) -> str:
    """The sign behind those letters once somebody has decided."""
    return _SIGNS.get(state, "")


_TOLD_ELSEWHERE = {"bound", "value_high", "unit", "change", "compares.base"}
"""Said in one line with the value, or with what a figure is compared with."""


def _words(field: Field, values: Mapping[str, Any]) -> str:
    if field.name == "value":
        return say_claim(values)
    if field.name == "compares.kind":
        compares = values.get("compares") or {}
        kind = (field.choices or {}).get(compares.get("kind"), compares.get("kind") or "")
        base = say_period(compares.get("base"))
        return f"{kind} ({base})" if base else str(kind)
    value = values.get(field.name)
    if value in (None, "", []):
        return _as_written(values) if field.name == "deadline" else ""
    if field.choices is not None:
        return str(field.choices.get(value, value))
    if field.type == "lines":
        return "; ".join(map(str, value))
    if field.type in ("day", "period"):
        return say_period(str(value))
    if field.type == "whole":
        return say_number(Decimal(str(value)))
    return str(value)


def _as_written(values: Mapping[str, Any]) -> str:
    """A deadline that stands in the text and is no day of the calendar: "31/11/2026"."""
    written = values.get("deadline_quote")
    return gettext("“%(words)s” was not read as a day") % {"words": written} if written else ""
