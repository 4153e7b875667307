"""Days and periods in words, as every page prints them, and days as people type them."""

import datetime as dt

from diemcau.indicators.days import say_day, say_instant, say_period, say_span

__all__ = ["read_typed_day", "say_day", "say_instant", "say_period", "say_span"]


def read_typed_day(text: str) -> dt.date | None:
    """A day as people write it, 30/6/2026, or as a browser's field gives it; None of nothing.

    Raises:
        ValueError: it is none.
    """
    text = text.strip()
    if not text:
        return None
    form = "%d/%m/%Y" if "/" in text else "%Y-%m-%d"
    return dt.datetime.strptime(text, form).date()  # noqa: DTZ007
