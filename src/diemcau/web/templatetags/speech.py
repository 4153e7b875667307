"""Template filters that print numbers, days and periods as the reader's language writes them."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django import template

from diemcau.documents.models import Statement
from diemcau.indicators.amounts import read_amount
from diemcau.indicators.measures import measure_name
from diemcau.web import days, numbers

register = template.Library()

register.filter("period", days.say_period)
register.filter("measure", measure_name)


@register.filter
def day(value: dt.date | dt.datetime | str | None) -> str:
    """A day, an instant's day, or an ISO day in a string."""
    if isinstance(value, str):
        return days.say_period(value)
    if isinstance(value, dt.datetime):
        value = value.date()
    return days.say_day(value)


@register.filter
def number(value: int | Decimal) -> str:
    """A number with the separators of the reader's language."""
    return numbers.say_number(Decimal(value))


@register.filter
def claimed(values: dict[str, Any]) -> str:
    """What a figure statement claims: "hơn 170", "khoảng 500 triệu USD"; "" without a number."""
    value = read_amount(values.get("value"))
    if value is None:
        return ""
    return numbers.say_bounded(
        value,
        values.get("unit") or "count",
        values.get("bound") or "eq",
        read_amount(values.get("value_high")),
    )


@register.filter
def said_on(statement: Statement) -> str:
    """The day of the meeting a statement was said at, else of its publication."""
    return days.say_day(statement.document.event_on or statement.document.published_on)
