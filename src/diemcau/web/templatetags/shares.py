"""Template filters of the statistics: shares with two digits, where a task stands in words."""

from decimal import Decimal

from django import template

from diemcau.delivery.states import Standing
from diemcau.web import numbers

register = template.Library()


@register.filter
def of(part: int, whole: int) -> str:
    """A share with two digits, "98,63%"; "" of nothing."""
    if not whole:
        return ""
    return numbers.say_amount(Decimal(part) * 100 / whole, "percent", places=2)


@register.filter
def standing_words(value: str) -> str:
    """Where a task stands, by the value of its standing."""
    return str(Standing(value).label)
