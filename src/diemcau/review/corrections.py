"""Check what a person put in place of what was read; say what was found and what was expected."""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.formats import get_format
from django.utils.translation import gettext as _

from diemcau.delivery.deadlines import typed_period
from diemcau.indicators.days import say_period
from diemcau.indicators.periods import read_period
from diemcau.review.fields import FIELDS, Field
from vanban.letters import fold

__all__ = ["InvalidValues", "clean_values", "shown_value"]

_UNIT = re.compile(r"other:.+|[A-Z]{3}")
_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_SCALES = {"nghin": 3, "ngan": 3, "trieu": 6, "ty": 9, "ti": 9}
_SCALES |= {"thousand": 3, "million": 6, "billion": 9}
"""Words behind a number, folded: "1,696 tỷ" is what the text says and what may be typed."""
_LONGEST = 2000
_DIGITS = 24
"""Whole digits of an amount that the ledger holds exactly."""


class InvalidValues(ValueError):
    """Values that cannot stand.

    Args:
        problems: one sentence per field name, in the language in force.
    """

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__(" ".join(problems.values()))
        self.problems = dict(problems)


def clean_values(kind: str, raw: Mapping[str, Any]) -> dict[str, Any]:
    """Turn what was typed into the values of a statement.

    Numbers are taken as the language in force writes them, days as dd/mm/yyyy or yyyy-mm-dd,
    periods as `typed_period` takes them wherever a deadline is typed.
    Args:
        kind: the statement's kind.
        raw: text per field name, as a form sends it; for lists one item per line, or a list.
    Returns:
        Every field of the kind with plain JSON types; an empty field is None, an empty list [].
    Raises:
        InvalidValues: one or more fields cannot stand.
    """
    values: dict[str, Any] = {}
    problems: dict[str, str] = {}
    for field in FIELDS[kind]:
        try:
            value = _clean(field, raw.get(field.name))
            if field.is_required and value in (None, "", []):
                raise ValueError(_("“%(field)s” is empty; it must be filled in.") % _named(field))
        except ValueError as problem:
            problems[field.name] = str(problem)
            continue
        _put(values, field.name, value)
    if kind == "figures" and not problems:
        problems = _check_figure(values)
    if problems:
        raise InvalidValues(problems)
    return values


def shown_value(field: Field, values: Mapping[str, Any]) -> str:
    """A field's value as the form shows it, so that typing nothing changes nothing."""
    value: Any = values
    for key in field.name.split("."):
        value = (value or {}).get(key)
    if value is None:
        return ""
    if field.type == "lines":
        return "\n".join(value)
    if field.type in ("number", "whole"):
        return _shown(value)
    if field.type in ("day", "period") and re.fullmatch(r"\d{4}-\d{2}-\d{2}", str(value)):
        return "/".join(reversed(str(value).split("-")))
    if field.type == "period" and typed_period(words := say_period(str(value))) == value:
        return words
    return str(value)


def _clean(field: Field, raw: Any) -> Any:
    if field.type == "lines":
        lines = raw if isinstance(raw, list | tuple) else str(raw or "").splitlines()
        return [line for line in (" ".join(str(one).split()) for one in lines) if line]
    text = " ".join(str("" if raw is None else raw).split())
    if not text:
        return None
    if len(text) > _LONGEST:
        raise ValueError(
            _("“%(field)s” has %(found)s characters; at most %(most)s fit.")
            % (_named(field) | {"found": len(text), "most": _LONGEST})
        )
    if field.type == "choice":
        if text not in (field.choices or {}):
            raise _refusal(field, text, ", ".join(map(str, (field.choices or {}).values())))
        return text
    if field.type == "unit":
        if text not in (field.choices or {}) and not _UNIT.fullmatch(text):
            raise _refusal(field, text, _("a unit of the list, or other: and a word"))
        return text
    if field.type in ("number", "whole"):
        return _clean_number(field, text)
    if field.type == "day":
        return _clean_day(field, text)
    if field.type == "period":
        return _clean_period(field, text)
    return text


def _clean_number(field: Field, text: str) -> int | float:
    point, group = get_format("DECIMAL_SEPARATOR"), get_format("THOUSAND_SEPARATOR")
    typed, scale = text, 0
    words = text.rsplit(" ", 1)
    if field.type == "number" and len(words) == 2 and fold(words[1]) in _SCALES:
        text, scale = words[0], _SCALES[fold(words[1])]
    shape = rf"-?\d{{1,3}}([{re.escape(group)} ]\d{{3}})+({re.escape(point)}\d+)?"
    plain = rf"-?\d+({re.escape(point)}\d+)?"
    example = f"1{group}234{point}5" if field.type == "number" else f"1{group}234"
    if not re.fullmatch(shape, text) and not re.fullmatch(plain, text):
        raise _refusal(field, typed, _("a number such as %(example)s") % {"example": example})
    number = Decimal(text.replace(group, "").replace(" ", "").replace(point, ".")).scaleb(scale)
    if field.type == "whole" and number != number.to_integral_value():
        raise _refusal(field, text, _("a whole number"))
    if number.adjusted() >= _DIGITS:
        raise _refusal(
            field, text, _("a number of at most %(digits)s digits") % {"digits": _DIGITS}
        )
    return int(number) if number == number.to_integral_value() else float(number)


def _clean_day(field: Field, text: str) -> str:
    expected = _("a day such as 20/12/2024")
    try:
        if match := _DAY.fullmatch(text):
            day, month, year = map(int, match.groups())
            return date(year, month, day).isoformat()
        return date.fromisoformat(text).isoformat()
    except ValueError as problem:
        raise _refusal(field, text, expected) from problem


def _clean_period(field: Field, text: str) -> str:
    period = typed_period(text).upper()
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", period):
        return _clean_day(field, text if _DAY.fullmatch(text) else period)
    if read_period(period) is not None:
        return period
    first, _slash, last = map(read_period, period.partition("/"))
    if first and last:
        raise _refusal(field, text, _("a period that ends after it begins"))
    raise _refusal(
        field, text, _("a day or a period such as 30/06/2026, 6/2026, 2026-Q3, 2026-H1, 2022-2026")
    )


def _check_figure(values: dict[str, Any]) -> dict[str, str]:
    low, high = values["value"], values["value_high"]
    if values["bound"] == "range" and (high is None or high <= low):
        return {
            "value_high": _(
                "Upper value: found “%(found)s”; a range needs one greater than %(low)s."
            )
            % {"found": "" if high is None else _shown(high), "low": _shown(low)}
        }
    if values["bound"] != "range" and high is not None:
        return {
            "value_high": _("Upper value: found “%(found)s”; only a range (from … to) has one.")
            % {"found": _shown(high)}
        }
    compares = values["compares"]
    if compares["kind"] is None and compares["base"] is not None:
        return {
            "compares.kind": _(
                "Compared: found nothing, but “Compared with” says “%(found)s”; "
                "fill in both or neither."
            )
            % {"found": compares["base"]}
        }
    values["compares"] = compares if compares["kind"] else None
    return {}


def _put(values: dict[str, Any], name: str, value: Any) -> None:
    outer, _dot, inner = name.partition(".")
    if inner:
        values.setdefault(outer, {})[inner] = value
    else:
        values[outer] = value


def _named(field: Field) -> dict[str, Any]:
    return {"field": field.label}


def _refusal(field: Field, found: str, expected: str) -> ValueError:
    return ValueError(
        _("%(field)s: found “%(found)s”; expected %(expected)s.")
        % {"field": field.label, "found": found[:80], "expected": expected}
    )


def _shown(value: Any) -> str:
    """A number as the language in force writes it, with every digit."""
    number = Decimal(str(value))
    whole = number == number.to_integral_value()
    plain = f"{int(number):,}" if whole else f"{number:,f}"
    marks = {",": get_format("THOUSAND_SEPARATOR"), ".": get_format("DECIMAL_SEPARATOR")}
    return plain.translate(str.maketrans(marks))
